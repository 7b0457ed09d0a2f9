"""The time: read here, at the edge, and handed to the rules as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
