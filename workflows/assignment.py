"""Looking into a claim until a day: when the nudge is due, and when the claim is free. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflows.errors import BadInput

LONGEST = timedelta(days=90)
"""How far ahead a day may lie."""


def check_day(day: date, zone: ZoneInfo, now: datetime) -> date:
    """Return the day if it is today in the zone or lies ahead, not too far. Raises BadInput."""
    today = now.astimezone(zone).date()
    if not today <= day <= today + LONGEST:
        raise BadInput(
            "Choose today or a day within the next {n} days.", n=LONGEST.days, code="day"
        )
    return day


def find_end(day: date, zone: ZoneInfo) -> datetime:
    """Return when the day is over in the zone, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def find_nudge(day: date, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the day's nudge is due, in UTC: at this hour.

    Where that has passed already: halfway to the day's end.
    """
    due = datetime.combine(day, at, zone).astimezone(UTC)
    return due if due > now else now + (find_end(day, zone) - now) / 2
