"""Who can no longer be written to is told so at their next word to us, privately, and once."""

import discord

from bot.controls.client_of import corrobot
from bot.people import readers_words
from workflows.desk import subscriptions


async def with_ending(interaction: discord.Interaction, said: str) -> str:
    """What is said to somebody; with a line about their own digest where Discord closed its way."""
    desk = corrobot(interaction).desk
    guild = interaction.guild_id
    if guild is None or not await desk.read(subscriptions.has_ended, guild, interaction.user.id):
        return said
    await desk.write(subscriptions.take_ending, guild, interaction.user.id)
    return (
        said
        + "\n-# "
        + readers_words(interaction).say(
            "Your own digest has ended: Discord does not let us write to you. Allow direct messages"
            " from this server and subscribe again: `/digest subscribe`."
        )
    )
