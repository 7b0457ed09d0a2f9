"""A digest for every local date, once, at the team's hour, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.digest.schedule import (
    CATCH_UP,
    LONGEST_WALK,
    Schedule,
    find_due_at,
    find_midnight,
    find_next_date,
    find_next_due,
    list_due,
)

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHANGING = (
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Seoul",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Antarctica/Troll",
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def schedule(zone: str, at: str, *, since: datetime = LONG_AGO, **more):
    return Schedule(since, ZoneInfo(zone), time.fromisoformat(at), **more)


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("Asia/Seoul", "09:00", date(2026, 3, 29), utc(2026, 3, 29, 0)),
        ("Europe/Berlin", "09:00", date(2026, 3, 28), utc(2026, 3, 28, 8)),
        ("Europe/Berlin", "09:00", date(2026, 3, 29), utc(2026, 3, 29, 7)),
        ("Europe/Berlin", "02:30", date(2026, 3, 29), utc(2026, 3, 29, 1, 30)),
        ("Europe/Berlin", "02:30", date(2026, 10, 25), utc(2026, 10, 25, 0, 30)),
        ("America/New_York", "02:30", date(2026, 3, 8), utc(2026, 3, 8, 7, 30)),
        ("America/New_York", "01:30", date(2026, 11, 1), utc(2026, 11, 1, 5, 30)),
        ("Australia/Lord_Howe", "02:15", date(2026, 10, 4), utc(2026, 10, 3, 15, 45)),
        ("Australia/Lord_Howe", "01:45", date(2026, 4, 5), utc(2026, 4, 4, 14, 45)),
        ("America/Sao_Paulo", "00:30", date(2018, 11, 4), utc(2018, 11, 4, 3, 30)),
        ("America/Sao_Paulo", "23:30", date(2018, 2, 17), utc(2018, 2, 18, 1, 30)),
        ("Africa/Casablanca", "02:30", date(2023, 3, 19), utc(2023, 3, 19, 1, 30)),
        ("Africa/Casablanca", "02:30", date(2023, 4, 23), utc(2023, 4, 23, 2, 30)),
        ("Pacific/Apia", "09:00", date(2011, 12, 29), utc(2011, 12, 29, 19)),
        ("Pacific/Apia", "09:00", date(2011, 12, 31), utc(2011, 12, 30, 19)),
    ],
)
def test_skipped_and_repeated_hours(zone, at, day, expected):
    """An hour left out comes that much later; of one that comes twice the first counts."""
    daily = schedule(zone, at, last=day - timedelta(days=1))

    assert find_due_at(daily, day) == expected
    assert [owed.local_date for owed in list_due(daily, expected)] == [day]
    assert list_due(daily, expected - MINUTE) == ()
    assert find_next_due(daily, expected - MINUTE) == expected
    assert find_next_due(daily, expected) > expected


def test_date_left_out():
    """A date that a zone left out owes nothing."""
    samoa = schedule("Pacific/Apia", "09:00", last=date(2011, 12, 28))

    owed = list_due(samoa, utc(2011, 12, 31, 12))

    assert [each.local_date for each in owed] == [date(2011, 12, 29), date(2011, 12, 31)]


@pytest.mark.parametrize(
    ("late", "posted"),
    [
        (timedelta(), True),
        (CATCH_UP - timedelta(seconds=1), True),
        (CATCH_UP, False),
        (timedelta(hours=20), False),
    ],
)
def test_six_hours_late(late, posted):
    """A digest is posted while it is less than six hours late."""
    berlin = schedule("Europe/Berlin", "09:00", last=date(2026, 11, 22))

    (owed,) = list_due(berlin, utc(2026, 11, 23, 8) + late)

    assert owed.post is posted


def test_days_without_a_run():
    """After days without a run only the last digest is posted."""
    berlin = schedule("Europe/Berlin", "09:00", last=date(2026, 11, 19))

    owed = list_due(berlin, utc(2026, 11, 23, 8, 30))

    assert [(each.local_date.day, each.post) for each in owed] == [
        (20, False),
        (21, False),
        (22, False),
        (23, True),
    ]


@pytest.mark.parametrize(
    ("created", "first"),
    [
        (utc(2026, 11, 23, 7, 59), date(2026, 11, 23)),
        (utc(2026, 11, 23, 8, 0), date(2026, 11, 23)),
        (utc(2026, 11, 23, 8, 1), date(2026, 11, 24)),
        (utc(2026, 11, 22, 23, 30), date(2026, 11, 23)),
    ],
)
def test_hours_before_the_team(created, first):
    """A team owes nothing for hours before it was created."""
    berlin = schedule("Europe/Berlin", "09:00", since=created)

    owed = list_due(berlin, utc(2026, 11, 26, 8))

    assert owed[0].local_date == first


def test_clock_jumps_ahead():
    """A clock that jumps far ahead leaves no more than a year behind."""
    owed = list_due(schedule("UTC", "09:00", last=date(2026, 11, 22)), utc(2099, 1, 1))

    assert len(owed) <= LONGEST_WALK + 2


def test_clock_put_back():
    """A clock that was put back owes nothing again."""
    berlin = schedule("Europe/Berlin", "09:00", last=date(2026, 11, 23))

    assert list_due(berlin, utc(2026, 11, 22, 12)) == ()
    assert find_next_due(berlin, utc(2026, 11, 22, 12)) == utc(2026, 11, 24, 8)


def test_moved_zone():
    """A team that moves to another zone gets no date twice."""
    moved = schedule("America/Los_Angeles", "09:00", last=date(2026, 11, 23))

    assert list_due(moved, utc(2026, 11, 23, 23)) == ()
    assert find_next_due(moved, utc(2026, 11, 23, 23)) == utc(2026, 11, 24, 17)


@pytest.mark.parametrize("days", [{0}, {5, 6}, {0, 1, 2, 3, 4}])
def test_chosen_weekdays(days):
    """Only the schedule's own days of the week owe a digest."""
    berlin = schedule("Europe/Berlin", "09:00", last=date(2026, 11, 1), days=frozenset(days))

    owed = list_due(berlin, utc(2026, 11, 30, 8))

    november = [date(2026, 11, day) for day in range(2, 31)]
    assert [each.local_date for each in owed] == [day for day in november if day.weekday() in days]
    assert find_next_date(berlin, utc(2026, 11, 30, 8)).weekday() in days


def test_later_start():
    """A digest that begins later owes nothing before."""
    paused = schedule(
        "Europe/Berlin",
        "00:00",
        last=date(2026, 11, 20),
        since=find_midnight(ZoneInfo("Europe/Berlin"), date(2026, 12, 1)),
    )

    assert list_due(paused, utc(2026, 11, 30, 22, 59)) == ()
    assert find_next_due(paused, utc(2026, 11, 23)) == utc(2026, 11, 30, 23)
    assert [owed.local_date for owed in list_due(paused, utc(2026, 11, 30, 23))] == [
        date(2026, 12, 1)
    ]


# ------------------------------------------------------------------------- walking through time


def changes(zone: ZoneInfo) -> list[datetime]:
    """The times at which the zone's clocks change, in years with every kind of change."""
    years = (1993, 2011, 2018, 2023, 2026, 2027)
    days = [utc(year, 1, 1) + timedelta(days=day) for year in years for day in range(364)]
    hours = [
        day + timedelta(hours=hour)
        for day in days
        if _is_changed(zone, day, day + timedelta(days=1))
        for hour in range(24)
    ]
    found = [
        hour + timedelta(hours=1)
        for hour in hours
        if _is_changed(zone, hour, hour + timedelta(hours=1))
    ]
    return found or [utc(2026, 3, 29)]


def _is_changed(zone: ZoneInfo, earlier: datetime, later: datetime) -> bool:
    return earlier.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset()


CHANGES = {zone: changes(ZoneInfo(zone)) for zone in CHANGING}


@st.composite
def walks(draw):
    """A zone, one of its changes, and an hour that lies near it as often as not."""
    zone = draw(st.sampled_from(CHANGING))
    change = draw(st.sampled_from(CHANGES[zone]))
    if draw(st.booleans()):
        near = change.astimezone(ZoneInfo(zone)) + timedelta(minutes=draw(st.integers(-90, 90)))
        at = near.time().replace(second=0, microsecond=0, fold=0)
    else:
        at = time(draw(st.integers(0, 23)), draw(st.integers(0, 59)))
    return ZoneInfo(zone), change, at


@settings(max_examples=30)  # tests.long.digest_zones walks through all zones
@given(walks())
def test_minute_by_minute(walk):
    """Through a clock change each date has one digest, at its hour."""
    zone, change, at = walk
    begin = (change - timedelta(hours=37)).replace(second=0)
    minutes = [begin + MINUTE * step for step in range(74 * 60)]
    walls = [minute.astimezone(zone).replace(tzinfo=None) for minute in minutes]
    last = walls[0].date()
    posted: dict[date, datetime] = {}
    for minute, wall in zip(minutes, walls, strict=True):
        for owed in list_due(Schedule(LONG_AGO, zone, at, last), minute):
            assert owed.local_date not in posted
            assert owed.post
            posted[owed.local_date], last = wall, owed.local_date

    whole_days = {wall.date() for wall in walls} - {walls[0].date(), walls[-1].date()}
    assert whole_days <= set(posted)
    for day in whole_days:
        wanted = datetime.combine(day, at)
        if wanted in walls:
            assert posted[day] == wanted
        else:
            assert wanted < posted[day] <= wanted + timedelta(hours=24)


@settings(max_examples=60)
@given(walks(), st.lists(st.integers(1, 40 * 60), min_size=1, max_size=12))
def test_any_absence(walk, pauses):
    """However long the bot is away, each date has one row and no digest is stale."""
    zone, change, at = walk
    now = change - timedelta(days=3)
    created, last = now, None
    seen: list[date] = []
    for pause in pauses:
        now += timedelta(minutes=pause)
        owed = list_due(Schedule(created, zone, at, last), now)
        assert all(now - each.due_at < CATCH_UP for each in owed if each.post)
        assert not any(each.post for each in owed[:-1])
        seen += [each.local_date for each in owed]
        last = seen[-1] if seen else None

    assert len(set(seen)) == len(seen)
    assert seen == sorted(seen)
    never_run = Schedule(created, zone, at)
    assert seen == [each.local_date for each in list_due(never_run, now)]


@settings(max_examples=60)
@given(walks(), st.integers(-40 * 60, 40 * 60))
def test_announced_time_holds(walk, minutes):
    """The next digest is due when it was announced, and not before."""
    zone, change, at = walk
    now = change + timedelta(minutes=minutes)
    made = list_due(Schedule(LONG_AGO, zone, at), now)
    current = Schedule(LONG_AGO, zone, at, made[-1].local_date)

    then = find_next_due(current, now)

    assert then > now
    assert list_due(current, then - MINUTE) == ()
    assert list_due(current, then)[0].post
