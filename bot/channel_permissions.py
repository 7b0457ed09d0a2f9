"""What the bot needs in a team's channels, what is missing there, and a link that grants it."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

import discord

from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from workflows.teams import Layout, Settings

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "view_channel": gettext_noop("View Channel"),
        "send_messages": gettext_noop("Send Messages"),
        "embed_links": gettext_noop("Embed Links"),
        "read_message_history": gettext_noop("Read Message History"),
        "attach_files": gettext_noop("Attach Files"),
        "create_public_threads": gettext_noop("Create Public Threads"),
        "send_messages_in_threads": gettext_noop("Send Messages in Threads"),
        "manage_threads": gettext_noop("Manage Threads"),
    }
)
"""Each permission as Discord's own settings call it."""
IN_THREADS: Mapping[str, str] = MappingProxyType({"send_messages": "send_messages_in_threads"})
"""What a permission is called in a thread, where Discord asks for another one."""
CREATE_POSTS = gettext_noop("Create Posts")
"""What Discord's settings call Send Messages in a forum."""
POSTING = ("view_channel", "send_messages", "embed_links", "read_message_history")
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "claims_channel": POSTING,
        "digest_channel": (*POSTING, "attach_files"),
        "moderators_channel": POSTING,
    }
)
"""What each of a team's channels needs; the digest has a chart."""


IN_LAYOUT: Mapping[Layout, tuple[str, ...]] = MappingProxyType(
    {
        Layout.CHANNEL: (),
        Layout.THREAD: ("create_public_threads", "send_messages_in_threads"),
        Layout.FORUM: ("send_messages_in_threads", "manage_threads"),
    }
)
"""What the claims' channel needs besides, by where cards stand."""
INVITED = (*POSTING, "attach_files")
"""What the bot asks for before anybody knows where its cards will stand."""


def find_layout(settings: Settings, forums: Collection[int]) -> Layout:
    """Return where cards stand; `forums` are the server's. A forum takes posts and nothing else."""
    if settings.claims_channel in forums:
        return Layout.FORUM
    return Layout.CHANNEL if settings.layout is Layout.FORUM else settings.layout


def list_uses(settings: Settings, forums: Collection[int] = ()) -> dict[int, list[str]]:
    """Return what a team's channels need, by their ids: one channel may serve several ends."""
    found: dict[int, list[str]] = {}
    for place, needed in NEEDED.items():
        channel = getattr(settings, place)
        if channel is not None:
            kept = found.setdefault(channel, [])
            kept += [name for name in needed if name not in kept]
    found[settings.claims_channel] += IN_LAYOUT[find_layout(settings, forums)]
    return found


def list_forums(channels: Iterable[object]) -> frozenset[int]:
    """Return which of a server's channels are forums, by their ids."""
    return frozenset(each.id for each in channels if isinstance(each, discord.ForumChannel))


def name_permission(name: str, channel: object) -> str:
    """Return what Discord's settings of this channel call a permission, in English."""
    in_forum = isinstance(channel, discord.ForumChannel)
    return CREATE_POSTS if in_forum and name == "send_messages" else NAMES[name]


def find_missing(guild: discord.Guild, settings: Settings) -> dict[int, list[str]]:
    """Return the permissions that are missing, by channel.

    A channel that is gone misses all of them.
    """
    found = {
        channel: find_lacking(guild.get_channel_or_thread(channel), needed)
        for channel, needed in list_uses(settings, list_forums(guild.channels)).items()
    }
    return {channel: lacking for channel, lacking in found.items() if lacking}


def find_lacking(
    channel: object, needed: Iterable[str], me: discord.Member | None = None
) -> list[str]:
    """Return which of these permissions the bot lacks in a channel; all of them where it is none.

    `me` is the bot's own place in the server, where the library does not know it.
    """
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return list(needed)
    held = channel.permissions_for(me or channel.guild.me)
    if isinstance(channel, discord.Thread):  # which takes no threads under its messages
        needed = [IN_THREADS.get(name, name) for name in needed if name != "create_public_threads"]
    return [name for name in dict.fromkeys(needed) if not getattr(held, name)]


def is_unfit(channel: object) -> bool:
    """Return True for a channel of the server's in which nothing can be posted: a category."""
    return isinstance(channel, discord.CategoryChannel)


def find_grantable(guild: discord.Guild, settings: Settings) -> bool:
    """Return True if permissions are missing in a channel that is there: they can be granted."""
    return any(
        guild.get_channel_or_thread(channel) is not None
        for channel in find_missing(guild, settings)
    )


def make_invitation(application: int, guild: int | None = None, needed: Iterable[str] = ()) -> str:
    """Return the address that invites the bot, or invites it anew, with all that it needs."""
    wanted = discord.Permissions(**dict.fromkeys((*INVITED, *needed), True))
    server = discord.Object(guild) if guild else discord.utils.MISSING
    return discord.utils.oauth_url(
        application, permissions=wanted, guild=server, scopes=("bot", "applications.commands")
    )


def list_needed(settings: Settings, forums: Collection[int]) -> list[str]:
    """Return every permission that a team's channels need."""
    return [name for needed in list_uses(settings, forums).values() for name in needed]


def write_missing(guild: discord.Guild, settings: Settings, tr: Translator) -> list[str]:
    """Return a line for each channel in which something is missing."""
    found = (
        (channel, guild.get_channel_or_thread(channel), needed)
        for channel, needed in list_uses(settings, list_forums(guild.channels)).items()
    )
    lines = (_write_line(channel, there, needed, tr) for channel, there, needed in found)
    return [line for line in lines if line]


def _write_line(channel: int, there: object, needed: Iterable[str], tr: Translator) -> str:
    """Return what is the matter with a channel, and nothing where all is well."""
    name = f"<#{channel}>"
    if there is None:
        return tr.text("⚠️ The channel {channel} is gone. Choose another one.", channel=name)
    if is_unfit(there):
        return tr.text(
            "⚠️ I can't post in {channel}. Choose a text channel or a forum.",
            channel=name,
        )
    if lacking := find_lacking(there, needed):
        return tr.text(
            "⚠️ I lack permissions in {channel}: {permissions}.",
            channel=name,
            permissions=tr.join([tr.text(name_permission(name, there)) for name in lacking]),
        )
    return ""
