"""Simulated time over the real desk and a real ledger: what becomes of every local date's digest.

A team for each zone and hour, each with a claim that stays open, so that every digest is posted.
The clock goes by the hour, and by the minute around each change of a zone's clocks.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.builders import build_found_claim, make_due
from workflows.desk import intake, setup
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import make_first_settings

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FOUND = build_found_claim("It is so")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one team's digests.

    `due` local dates; of them posted `once`, `twice` or more, or `missing`; posted on dates that
    were not due; at another time than the first showing of their hour (`astray`); recorded as
    skipped. `changes` of the zone's clocks, `gaps` and `overlaps` in which the hour lay.
    """

    zone: str
    at: time
    changes: int
    due: int
    once: int
    twice: int
    missing: int
    not_due: int
    astray: int
    skipped: int
    gaps: int
    overlaps: int

    @property
    def right(self) -> bool:
        wrong = self.twice, self.missing, self.not_due, self.astray, self.skipped
        return not any(wrong) and self.once == self.due


def walk(
    path: Path,
    zones: Sequence[str],
    hours: Sequence[time],
    begin: datetime,
    end: datetime,
    around: timedelta = 2 * HOUR,
) -> list[Fate]:
    """The fate of each team's digests between two times; `path` is a migrated database."""
    changes = {zone: list(_changes(ZoneInfo(zone), begin, end)) for zone in zones}
    db = connections.open_for_writing(path)
    db.execute("PRAGMA synchronous = OFF")
    store = ClaimStore(db)
    teams = [(zone, at) for zone in zones for at in hours]
    for guild, (zone, at) in enumerate(teams, 1):
        _found_team(store, guild, zone, at, begin)
    for now in _steps(begin, end, [at for found in changes.values() for at in found], around):
        make_due(store, now)
    fates = [
        _fate(store, guild, zone, at, begin, end, len(changes[zone]))
        for guild, (zone, at) in enumerate(teams, 1)
    ]
    db.close()
    return fates


def _found_team(store: ClaimStore, guild: int, zone: str, at: time, now: datetime) -> None:
    settings = replace(make_first_settings(guild, 1), timezone=ZoneInfo(zone), digest_at=at)
    setup.create_team(store, settings, Policy(), now)
    document = Intake("A document", None, None, None, "en", "It is so", (FOUND,))
    intake.add_document(store, guild, document, None, now)


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The hours within which the zone's clocks change."""
    hours = [begin + HOUR * n for n in range(int((end - begin) / HOUR) + 1)]
    for earlier, later in pairwise(hours):
        if earlier.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield later


def _steps(
    begin: datetime, end: datetime, changes: Sequence[datetime], around: timedelta
) -> list[datetime]:
    steps = {begin + HOUR * n for n in range(int((end - begin) / HOUR) + 1)}
    for change in changes:
        minutes = int(2 * around / MINUTE)
        steps.update(change - around + MINUTE * n for n in range(minutes + 1))
    return sorted(step for step in steps if begin <= step <= end)


def _fate(
    store: ClaimStore,
    guild: int,
    zone_name: str,
    at: time,
    begin: datetime,
    end: datetime,
    changes: int,
) -> Fate:
    zone = ZoneInfo(zone_name)
    posted: Counter[date] = Counter()
    made: dict[date, datetime] = {}
    rows = store._db.execute(
        "SELECT local_date, at, (SELECT count(*) FROM outbox WHERE digest_run_id = digest_runs.id)"
        " AS sent FROM digest_runs JOIN teams ON teams.id = team_id WHERE guild = ?"
        " AND digest_runs.kind = 'daily'",
        [guild],
    ).fetchall()
    for row in rows:
        day = date.fromisoformat(row["local_date"])
        posted[day] += row["sent"]
        made[day] = datetime.fromisoformat(row["at"])
    showings = {day: _showings(zone, day, at) for day in _days(zone, begin, end)}
    due = {day for day, shown in showings.items() if begin <= _when(shown, zone, day, at) <= end}
    return Fate(
        zone=zone_name,
        at=at,
        changes=changes,
        due=len(due),
        once=sum(posted[day] == 1 for day in due),
        twice=sum(posted[day] > 1 for day in due),
        missing=sum(posted[day] == 0 for day in due),
        not_due=len({day for day in posted if posted[day]} - due),
        astray=sum(
            not timedelta() <= made[day] - _when(showings[day], zone, day, at) < HOUR
            for day in due
            if day in made
        ),
        skipped=sum(row["sent"] == 0 for row in rows),
        gaps=sum(not showings[day] for day in due),
        overlaps=sum(len(showings[day]) > 1 for day in due),
    )


def _days(zone: ZoneInfo, begin: datetime, end: datetime) -> set[date]:
    """The dates that the zone's clocks show in this time: told by reading them every hour."""
    hours = int((end - begin) / HOUR) + 1
    return {(begin + HOUR * n).astimezone(zone).date() for n in range(hours)}


def _showings(zone: ZoneInfo, day: date, at: time) -> list[datetime]:
    """When a clock there shows this hour on that date, found by reading the clock.

    Every offset a zone has ever had is a multiple of a minute in this time.
    """
    noon = datetime.combine(day, time(12), UTC)
    wanted = datetime.combine(day, at)
    candidates = {
        wanted.replace(tzinfo=UTC) - offset
        for near in (noon - DAY, noon, noon + DAY)
        if (offset := near.astimezone(zone).utcoffset()) is not None
    }
    return sorted(
        each for each in candidates if each.astimezone(zone).replace(tzinfo=None) == wanted
    )


def _when(showings: list[datetime], zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first showing; in a gap as much after it as the hour lies in it: by the old offset."""
    if showings:
        return showings[0]
    before = datetime.combine(day, at, UTC) - DAY
    return datetime.combine(day, at, UTC) - (before.astimezone(zone).utcoffset() or timedelta())
