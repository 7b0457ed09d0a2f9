"""On which days a digest is owed, and since when. Pure functions.

A digest is owed once for every local date on one of the team's days, at the team's hour. All
reckoning is done in UTC: an hour that a clock change leaves out is taken as much later as the clock
was put forward, and of an hour that comes twice the first counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from workflows.teams import EVERY_DAY

CATCH_UP = timedelta(hours=6)
"""From this late on a digest is skipped instead of posted."""
LONGEST_WALK = 366
"""How many days back digests are looked for that were never made."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When digests are due: a team's, or one member's own.

    For an hour before `since` none is owed: then the team was not there, its digest was paused, or
    it was due at other hours. `last` is the latest local date that has its digest, and `days` are
    the days of the week that have one (0 is Monday; never empty).
    """

    since: datetime
    timezone: ZoneInfo
    digest_at: time
    last: date | None = None
    days: frozenset[int] = EVERY_DAY


def find_due_at(schedule: Schedule, day: date) -> datetime:
    """Return when the digest of this local date is due, in UTC."""
    return _find_instant(schedule.timezone, day, schedule.digest_at)


@dataclass(frozen=True, slots=True)
class OwedDigest:
    """A local date that owes a digest since `due_at`: to be posted, or recorded as skipped."""

    local_date: date
    due_at: datetime
    post: bool


def list_due(schedule: Schedule, now: datetime) -> tuple[OwedDigest, ...]:
    """Return the local dates that owe a digest at `now`, oldest first.

    One is to be posted while it is less than `CATCH_UP` late; as that is well under a day, this
    can only be the latest.
    """
    today = now.astimezone(schedule.timezone).date()
    calendar = _iter_calendar(schedule, today - timedelta(days=LONGEST_WALK))
    reached = takewhile(lambda owed: owed[0] <= today + timedelta(days=1), calendar)
    return tuple(OwedDigest(day, at, post=now - at < CATCH_UP) for day, at in reached if at <= now)


def find_next_due(schedule: Schedule, now: datetime) -> datetime:
    """Return the first time after `now` at which a digest will be due."""
    return _find_next(schedule, now)[1]


def find_next_date(schedule: Schedule, now: datetime) -> date:
    """Return the local date of that digest."""
    return _find_next(schedule, now)[0]


def find_midnight(zone: ZoneInfo, day: date) -> datetime:
    """Return when this local date begins, in UTC."""
    return _find_instant(zone, day, time())


def _find_next(schedule: Schedule, now: datetime) -> tuple[date, datetime]:
    yesterday = now.astimezone(schedule.timezone).date() - timedelta(days=1)
    return next((day, at) for day, at in _iter_calendar(schedule, yesterday) if at > now)


def _iter_calendar(schedule: Schedule, first: date) -> Iterator[tuple[date, datetime]]:
    """Yield the local dates that have no digest yet, from `first` on, and when each is due.

    None for an hour before the schedule began, nor for a day of the week without one, nor for a
    date that its zone left out (as Samoa did when it moved over the date line).
    """
    begin = schedule.since.astimezone(schedule.timezone).date() - timedelta(days=1)
    day = max(first, begin, schedule.last + timedelta(days=1) if schedule.last else begin)
    while True:
        if day.weekday() in schedule.days and _is_existing(schedule.timezone, day):
            at = find_due_at(schedule, day)
            if at >= schedule.since:
                yield day, at
        day += timedelta(days=1)


def _is_existing(zone: ZoneInfo, day: date) -> bool:
    return find_midnight(zone, day) < find_midnight(zone, day + timedelta(days=1))


def _find_instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The UTC time at which a clock in the zone first shows this, or has just left it out."""
    return datetime.combine(day, at.replace(fold=0, tzinfo=zone)).astimezone(UTC)
