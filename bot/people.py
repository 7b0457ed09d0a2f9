"""Who is in front of us, as Discord describes them with each interaction."""

import discord

from bot.language.words import Words, words_for
from workflows.errors import NotFound
from workflows.teams import Person


def person_of(interaction: discord.Interaction) -> Person:
    """The person, with the roles and permissions they have at this moment."""
    user = interaction.user
    member = user if isinstance(user, discord.Member) else None
    return Person(
        discord_id=user.id,
        roles=frozenset(role.id for role in member.roles) if member else frozenset(),
        joined_at=member.joined_at if member else None,
        manages_messages=interaction.permissions.manage_messages,
        administrator=interaction.permissions.administrator,
    )


def guild_of(interaction: discord.Interaction) -> int:
    """The server's id. Raises NotFound in a direct message."""
    if interaction.guild_id is None:
        raise NotFound("This works in a server only.")
    return interaction.guild_id


def readers_words(interaction: discord.Interaction) -> Words:
    """For private answers: the reader's own language."""
    return words_for(str(interaction.locale))
