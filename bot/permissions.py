"""What the bot needs in a team's channels, what is missing there, and a link that grants it."""

from collections.abc import Mapping
from types import MappingProxyType

import discord

from bot.labels import N_
from bot.words import Words
from workflows.teams import Settings

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "view_channel": N_("View Channel"),
        "send_messages": N_("Send Messages"),
        "embed_links": N_("Embed Links"),
        "read_message_history": N_("Read Message History"),
        "attach_files": N_("Attach Files"),
    }
)
"""Each permission as Discord's own settings call it."""
POSTING = ("view_channel", "send_messages", "embed_links", "read_message_history")
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "claims_channel": POSTING,
        "digest_channel": (*POSTING, "attach_files"),
        "moderators_channel": POSTING,
    }
)
"""What each of a team's channels needs; the digest has a chart."""


def missing(guild: discord.Guild, settings: Settings) -> dict[int, list[str]]:
    """The permissions that are missing, by channel; a channel that is gone misses all of them."""
    found: dict[int, list[str]] = {}
    for place, needed in NEEDED.items():
        channel = getattr(settings, place)
        if channel is None:
            continue
        held = _held(guild, channel)
        lacking = [name for name in needed if not getattr(held, name)]
        kept = found.setdefault(channel, [])
        kept += [name for name in lacking if name not in kept]
    return {channel: lacking for channel, lacking in found.items() if lacking}


def _held(guild: discord.Guild, channel: int) -> discord.Permissions:
    found = guild.get_channel(channel)
    return found.permissions_for(guild.me) if found else discord.Permissions.none()


def invitation(application: int, guild: int | None = None) -> str:
    """The address that invites the bot, or invites it anew, with all that it needs."""
    wanted = discord.Permissions(**dict.fromkeys(NAMES, True))
    server = discord.Object(guild) if guild else discord.utils.MISSING
    return discord.utils.oauth_url(
        application, permissions=wanted, guild=server, scopes=("bot", "applications.commands")
    )


def missing_said(guild: discord.Guild, settings: Settings, words: Words) -> list[str]:
    """A line for each channel in which something is missing."""
    return [
        words.say(
            "⚠️ In {channel} I may not: {permissions}.",
            channel=f"<#{channel}>",
            permissions=words.listed([words.say(NAMES[name]) for name in lacking]),
        )
        for channel, lacking in missing(guild, settings).items()
    ]
