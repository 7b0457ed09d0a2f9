"""What Discord's refusals mean for a message of ours, by the codes that its docs list."""

from enum import Enum, auto

import aiohttp
import discord

from workflows.errors import Unavailable


class Meaning(Enum):
    """What is to be done about a request that was not taken."""

    LATER = auto()
    """Nobody knows, or Discord says to come again."""
    MESSAGE_GONE = auto()
    CHANNEL_GONE = auto()
    CLOSED = auto()
    """We may not, in this channel."""
    ARCHIVED = auto()
    """The channel is a thread that was archived; it can be opened again."""
    TOO_OLD = auto()
    """Too many edits of messages older than an hour."""
    NEVER = auto()
    """Discord will say the same again."""


_CODES = {
    10003: Meaning.CHANNEL_GONE,
    10004: Meaning.CHANNEL_GONE,  # the server, or we are no more in it
    10008: Meaning.MESSAGE_GONE,
    30046: Meaning.TOO_OLD,
    50001: Meaning.CLOSED,
    50013: Meaning.CLOSED,
    50083: Meaning.ARCHIVED,
    160005: Meaning.CLOSED,  # a locked thread
}
IN_VAIN = frozenset({Meaning.CHANNEL_GONE, Meaning.CLOSED, Meaning.ARCHIVED})
"""What holds for every message of a channel."""
PASSING = frozenset({Meaning.LATER, Meaning.TOO_OLD})
EXPECTED = (
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
    Unavailable,
)
"""What may be raised by a request, or by reading what it is to say, without our being at fault."""


def meaning_of(error: Exception) -> Meaning:
    """Of one of the `EXPECTED` errors."""
    if not isinstance(error, discord.HTTPException):
        return Meaning.LATER
    known = _CODES.get(error.code)
    if known:
        return known
    if error.status >= 500 or error.status == 429:  # noqa: PLR2004
        return Meaning.LATER
    return Meaning.CLOSED if error.status == 403 else Meaning.NEVER  # noqa: PLR2004


def put_off(error: Exception) -> bool:
    """Whether Discord said that it took nothing, and to come again."""
    if isinstance(error, discord.RateLimited):
        return True
    return isinstance(error, discord.HTTPException) and error.status == 429  # noqa: PLR2004
