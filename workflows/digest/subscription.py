"""A member's wish for a digest of their own: when, where, and in which language. Values."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from workflows.claims import MemberKey, TeamId


@dataclass(frozen=True, slots=True)
class Subscription:
    """`channel` is the direct channel to them, and `days` are days of the week, 0 for Monday.

    For an hour before `since` no digest is owed. `ended_at` is when Discord would no longer take
    messages to them; they are told at their next word to us.
    """

    member: MemberKey
    team: TeamId
    channel: int
    at: time
    timezone: ZoneInfo
    days: frozenset[int]
    language: str
    since: datetime
    ended_at: datetime | None = None
