"""The context of an interaction: its client, who acts and where, and how errors are answered."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

import aiohttp
import discord
from discord import app_commands

from bot.errors import ALREADY_ACKNOWLEDGED, answer_error
from bot.i18n.translator import Translator, translator_for
from bot.reading.turns import Asker
from workflows.errors import NotFound
from workflows.teams import Acting, Person

if TYPE_CHECKING:
    from bot.client import CorrobotClient

    Interaction = discord.Interaction[CorrobotClient]
else:
    Interaction = discord.Interaction
"""An interaction whose client is our own."""

Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


def get_fields(interaction: Interaction) -> Mapping[str, object]:
    """Return what was sent with the interaction, as Discord wrote it."""
    return cast(Mapping[str, object], interaction.data or {})


async def handle_errors(
    interaction: Interaction, handler: Callable[[Interaction], Awaitable[None]]
) -> None:
    """Run a handler of ours where no hook of discord.py's would answer what it raises."""
    try:
        with interaction.client.track_handler(interaction):
            await handler(interaction)
    except Exception as error:  # noqa: BLE001  # answered, and logged where it is a bug
        await answer_error(interaction, error)


async def retry_once(answer: Callable[[], Awaitable[object]]) -> None:
    """Give an answer, and once more where the connection dropped before anybody said it arrived.

    That Discord has it already is what was wanted. Raises what the last attempt raises.
    """
    try:
        await _answer_unless_acknowledged(answer)
    except (aiohttp.ClientError, OSError):
        await _answer_unless_acknowledged(answer)


async def _answer_unless_acknowledged(answer: Callable[[], Awaitable[object]]) -> None:
    try:
        await answer()
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


def release(interaction: Interaction) -> None:
    """Part an interaction from its response: nothing answers it any longer.

    Each holds the other, and some thirty objects of the message with them. So all that comes in a
    rush of presses would lie about until the garbage collector stops everything to find it.
    """
    with suppress(AttributeError):  # it was never asked for
        del interaction._cs_response  # type: ignore[attr-defined]  # noqa: SLF001  # no other way


def get_person(interaction: Interaction) -> Person:
    """Return the person, with the roles and permissions they have at this moment."""
    user = interaction.user
    if isinstance(user, discord.Member):
        return describe_member(user, interaction.channel_id)
    return Person(
        user.id,
        frozenset(),
        None,
        manages_messages=False,
        administrator=False,
        sees=lambda _: False,
    )


def describe_member(member: discord.Member, here: int | None = None) -> Person:
    """Return a member as the rules know them.

    Their rights are those in the whole server and in the team's own channels: the one in which they
    type may be theirs, with every right in it. `here` is that one: they see it, also where we are
    told of it by nothing else.
    """
    rights = member.guild_permissions
    return Person(
        discord_id=member.id,
        roles=frozenset(role.id for role in member.roles),
        joined_at=member.joined_at,
        manages_messages=rights.manage_messages,
        administrator=rights.administrator,
        sees=lambda channel: channel == here or can_see(member, channel),
        manages=partial(can_manage, member),
    )


def can_see(member: discord.Member, channel: int) -> bool | None:
    """Return True if somebody sees a channel of their server; None where no such one is known."""
    found = member.guild.get_channel_or_thread(channel)
    if found is None:
        return None
    rights = found.permissions_for(member)
    if isinstance(found, discord.Thread) and found.is_private():
        return rights.manage_threads or any(each.id == member.id for each in found.members)
    return rights.view_channel


def can_manage(member: discord.Member, channel: int) -> bool:
    """Return True if somebody manages messages in a channel; in the server, if that is gone."""
    found = member.guild.get_channel_or_thread(channel)
    rights = found.permissions_for(member) if found else member.guild_permissions
    return rights.manage_messages


def get_guild(interaction: Interaction) -> int:
    """Return the server's id. Raises NotFound in a direct message."""
    if interaction.guild_id is None:
        raise NotFound("This only works in a server.")
    return interaction.guild_id


def get_asker(interaction: Interaction) -> Asker:
    """Return for whom a document is read, so that everybody has their turn."""
    return Asker(interaction.guild_id or 0, interaction.user.id)


def get_acting(interaction: Interaction) -> Acting:
    """Return who acts, in which server, and when. Raises NotFound in a direct message."""
    return Acting(get_guild(interaction), get_person(interaction), interaction.client.now())


async def find_acting(interaction: Interaction, guild: int) -> Acting:
    """Return who acts in this server, also from a direct message, with the roles they have now.

    Raises NotFound for who is not there, and for another server's button.
    """
    if interaction.guild_id == guild:
        return get_acting(interaction)
    if interaction.guild_id is not None:
        raise NotFound("This belongs to another server.")
    bot = interaction.client
    person = await bot.find_person(guild, interaction.user.id)
    if person is None:
        raise NotFound("You're no longer in the server this belongs to.")
    return Acting(guild, person, bot.now())


def reader_translator(interaction: Interaction) -> Translator:
    """For private answers: the reader's own language."""
    return translator_for(str(interaction.locale))


AnyCommand = TypeVar(
    "AnyCommand",
    app_commands.Group,
    app_commands.ContextMenu,
    app_commands.Command[Any, ..., Any],
)


def offer_in_servers_only(command: AnyCommand) -> AnyCommand:
    """Return the same group or command, offered in servers and nowhere else."""
    command.allowed_contexts = app_commands.AppCommandContext(
        guild=True, dm_channel=False, private_channel=False
    )
    command.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
    return command
