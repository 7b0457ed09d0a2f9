"""Ids and times as Discord writes them."""

import itertools
import time
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

DISCORD_EPOCH = 1420070400000
_count = itertools.count()


def snowflake(ago: float = 0.0) -> str:
    """Return a new id, of something made so many seconds ago; a later one is greater."""
    milliseconds = int((time.time() - ago) * 1000) - DISCORD_EPOCH
    return str((milliseconds << 22) | (next(_count) & 0x3FFFFF))


def iso(at: float | None = None) -> str:
    moment = datetime.fromtimestamp(time.time() if at is None else at, UTC)
    return moment.isoformat(timespec="microseconds")
