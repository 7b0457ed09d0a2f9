"""What Discord's refusals mean for a message of ours, by the codes that its docs list."""

from enum import Enum, auto

import aiohttp
import discord

from workflows.errors import Unavailable


class Failure(Enum):
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
    10003: Failure.CHANNEL_GONE,
    10004: Failure.CHANNEL_GONE,  # the server, or we are no more in it
    10008: Failure.MESSAGE_GONE,
    10087: Failure.LATER,  # a tag that was taken away just now
    30046: Failure.TOO_OLD,
    40067: Failure.CLOSED,  # a forum that asks for a tag, and offers none that we may give
    50001: Failure.CLOSED,
    50013: Failure.CLOSED,
    50083: Failure.ARCHIVED,
    160005: Failure.CLOSED,  # a locked thread
    160006: Failure.CLOSED,  # as many threads are open as a server may have
}
IN_VAIN = frozenset({Failure.CHANNEL_GONE, Failure.CLOSED, Failure.ARCHIVED})
"""What holds for every message of a channel."""
PASSING = frozenset({Failure.LATER, Failure.TOO_OLD})
EXPECTED = (
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
    Unavailable,
)
"""What may be raised by a request, or by reading what it is to say, without our being at fault."""


def classify_failure(error: Exception) -> Failure:
    """Of one of the `EXPECTED` errors."""
    if not isinstance(error, discord.HTTPException):
        return Failure.LATER
    known = _CODES.get(error.code)
    if known:
        return known
    if error.status >= 500 or error.status == 429:  # noqa: PLR2004
        return Failure.LATER
    return Failure.CLOSED if error.status == 403 else Failure.NEVER  # noqa: PLR2004


def find_delay(error: Exception) -> bool:
    """Return True if Discord said that it took nothing, and to come again."""
    if isinstance(error, discord.RateLimited):
        return True
    return isinstance(error, discord.HTTPException) and error.status == 429  # noqa: PLR2004
