"""The days of a digest's picture: how many claims were open, how many were decided."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import Status
from workflows.digest.trend import (
    LEAST,
    LONGEST,
    UNDECIDED,
    DayCount,
    StatusChange,
    count_days,
    find_first_day,
)

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 11, 10), date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def step(claim, when, status, was=Status.UNREVIEWED):
    return StatusChange(claim, when, was, status)


def test_open_and_decided():
    """Each day has the claims open at its end and those decided on it."""
    steps = [
        step(1, at(11), Status.UNREVIEWED, None),
        step(2, at(11), Status.UNREVIEWED, None),
        step(1, at(12), Status.SUPPORTED),
        step(1, at(14), Status.REFUTED, Status.SUPPORTED),
        step(3, at(14), Status.DROPPED),
    ]

    days = count_days(steps, 4, BERLIN, FIRST, LAST, NOW)

    assert [day.open for day in days] == [4, 6, 5, 5, 4, 4, 4]
    assert [day.decided for day in days] == [0, 0, 1, 0, 1, 0, 0]
    assert [day.day for day in days] == [FIRST + timedelta(days=n) for n in range(7)]


def test_local_days():
    """A day is the team's own."""
    late = [step(1, at(12, 23), Status.SUPPORTED)]  # 00:00 of the next day in Berlin

    days = count_days(late, 0, BERLIN, FIRST, LAST, NOW)

    assert [day.day.day for day in days if day.decided] == [13]


def test_later_events_left_out():
    """What happened after the digest was made is not in its chart."""
    days = count_days([step(1, at(16, 9), Status.SUPPORTED)], 2, BERLIN, FIRST, LAST, NOW)

    assert days[-1] == DayCount(LAST, 3, 0)


def test_verdict_within_a_day():
    """A verdict that comes and goes in one day is one decision."""
    to_and_fro = [
        step(1, at(12, 1), Status.SUPPORTED),
        step(1, at(12, 2), Status.CONFLICTING, Status.SUPPORTED),
        step(1, at(12, 3), Status.SUPPORTED, Status.CONFLICTING),
    ]

    days = count_days(to_and_fro, 0, BERLIN, FIRST, LAST, NOW)

    assert (sum(day.decided for day in days), days[0].open) == (1, 1)


def test_too_little_to_show():
    """Less than a week, and nothing at all, make no chart."""
    some = [step(1, at(12), Status.SUPPORTED)]

    assert count_days(some, 1, BERLIN, FIRST + timedelta(days=1), LAST, NOW) == ()
    assert count_days([], 0, BERLIN, FIRST, LAST, NOW) == ()
    assert len(count_days([], 1, BERLIN, FIRST, LAST, NOW)) == LEAST


def test_two_weeks_at_most():
    """At most two weeks are shown."""
    long_ago = date(2020, 1, 1)

    assert (LAST - find_first_day(long_ago, LAST)).days == LONGEST - 1
    assert find_first_day(FIRST, LAST) == FIRST


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 6 * 24), st.sampled_from(list(Status))),
        max_size=40,
    )
)
def test_days_add_up(moves):
    """However claims move, the days add up."""
    state: dict[int, Status | None] = {}
    steps = []
    for claim, hours, status in sorted(moves, key=lambda move: move[1]):
        if state.get(claim) is not status:
            when = datetime(2026, 11, 10, tzinfo=UTC) + timedelta(hours=hours)
            steps.append(StatusChange(claim, when, state.get(claim), status))
            state[claim] = status
    open_now = sum(status in UNDECIDED for status in state.values())

    days = count_days(
        steps, open_now, ZoneInfo("UTC"), FIRST, LAST, datetime.max.replace(tzinfo=UTC)
    )

    for day in days:
        until = {s.claim: s.status for s in steps if s.at.date() <= day.day}
        assert day.open == sum(status in UNDECIDED for status in until.values())
