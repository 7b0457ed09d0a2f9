"""How many claims were open, and how many were decided, day by day. Pure functions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.claims import Status
from workflows.voting import HELD

UNDECIDED = frozenset({Status.UNREVIEWED, Status.IN_REVIEW, Status.CONFLICTING})
LONGEST = 14
"""Days that are shown at most."""
LEAST = 7
"""With fewer there is no course to show."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A claim's status changed; `was` is None for a claim that was new."""

    claim: int
    at: datetime
    was: Status | None
    status: Status


@dataclass(frozen=True, slots=True)
class DayCount:
    """The claims open at the end of a local date, and those that reached a verdict on it."""

    day: date
    open: int
    decided: int


def find_first_day(created: date, last: date) -> date:
    """Return where a course that ends with `last` begins, for a team created on that date."""
    return max(created, last - timedelta(days=LONGEST - 1))


def count_days(
    steps: Iterable[StatusChange],
    open_now: int,
    zone: ZoneInfo,
    first: date,
    last: date,
    until: datetime,
) -> tuple[DayCount, ...]:
    """Return the days from `first` to `last`, the last as it stood at `until`.

    Empty where they are few.

    `steps` are all since `first` began, and `open_now` is how many claims are open after them.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    opened: Counter[date] = Counter()
    decided: dict[date, set[int]] = {day: set() for day in days}
    count = open_now
    for step in steps:
        change = (step.status in UNDECIDED) - (step.was in UNDECIDED)
        day = step.at.astimezone(zone).date()
        if step.at > until:
            count -= change
            continue
        opened[day] += change
        if step.status in HELD:
            decided.setdefault(day, set()).add(step.claim)
    counted = []
    for day in reversed(days):
        counted.append(DayCount(day, count, len(decided[day])))
        count -= opened[day]
    told = any(each.open or each.decided for each in counted)
    return tuple(reversed(counted)) if told and len(days) >= LEAST else ()
