"""Looking into a claim until a day, in the team's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.assignment import LONGEST, check_day, find_end, find_nudge
from workflows.errors import BadInput

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 3, 2, 16, tzinfo=UTC)  # the third, one in the morning, in Seoul
ZONES = st.sampled_from(["Asia/Seoul", "Europe/Berlin", "America/New_York", "Pacific/Apia"])


@pytest.mark.parametrize("ahead", [-1, LONGEST.days + 1])
def test_day_out_of_reach(ahead):
    """A day that has passed where the team is, or lies too far ahead, is refused."""
    with refuses(BadInput, "day"):
        check_day(date(2026, 3, 3) + timedelta(days=ahead), SEOUL, NOW)

    assert check_day(date(2026, 3, 3), SEOUL, NOW) == date(2026, 3, 3)


@given(ZONES, st.integers(0, 400), st.times(), st.integers(0, 24 * 60))
def test_nudge_before_end(zone, days, at, minutes):
    """A nudge is due on the day itself, after now and before the day is over."""
    zone, day = ZoneInfo(zone), date(2026, 1, 1) + timedelta(days=days)
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    now = min(begin + timedelta(minutes=minutes), find_end(day, zone) - timedelta(minutes=1))

    due = find_nudge(day, at.replace(tzinfo=None, fold=0), zone, now)

    assert now < due < find_end(day, zone) or due.astimezone(zone).date() == day
