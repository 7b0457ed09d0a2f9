"""The ledger of digests: one row for each team, kind and local date."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import TeamId
from workflows.store import rows


class RunKind(StrEnum):
    """The channel's digest of a day, or one that a moderator asked for."""

    DAILY = "daily"
    NOW = "now"


class RunResult(StrEnum):
    POSTED = "posted"
    EMPTY = "empty"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A digest that was made, or owed and not made. It covers what is after `covers_from`."""

    id: int
    team: TeamId
    kind: RunKind
    local_date: date
    covers_from: datetime
    at: datetime
    result: RunResult


class DigestRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        team: TeamId,
        kind: RunKind,
        local_date: date,
        covers_from: datetime,
        at: datetime,
        result: RunResult,
    ) -> int:
        """The new run's id, or 0 where that day has its row already."""
        found = self._db.execute(
            "INSERT INTO digest_runs (team_id, kind, local_date, covers_from, at, result)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                team,
                kind.value,
                local_date.isoformat(),
                rows.moment(covers_from),
                rows.moment(at),
                result.value,
            ],
        )
        return int(found.lastrowid or 0) if found.rowcount else 0

    def get(self, run: int) -> DigestRun:
        return _run(self._db.execute("SELECT * FROM digest_runs WHERE id = ?", [run]).fetchone())

    def last(self, team: TeamId) -> DigestRun | None:
        """The last daily run of a team, whatever came of it."""
        row = self._db.execute(
            "SELECT * FROM digest_runs WHERE team_id = ? AND kind = 'daily'"
            " ORDER BY local_date DESC LIMIT 1",
            [team],
        ).fetchone()
        return _run(row) if row else None

    def last_read(self, team: TeamId, before: datetime) -> DigestRun | None:
        """The last daily run before `before` whose content went out or was nothing."""
        row = self._db.execute(
            "SELECT * FROM digest_runs WHERE team_id = ? AND kind = 'daily'"
            " AND result IN ('posted', 'empty') AND at < ? ORDER BY at DESC LIMIT 1",
            [team, rows.moment(before)],
        ).fetchone()
        return _run(row) if row else None

    def skipped_since(self, team: TeamId, after: datetime, until: datetime) -> tuple[date, ...]:
        found = self._db.execute(
            "SELECT local_date FROM digest_runs WHERE team_id = ? AND kind = 'daily'"
            " AND result = 'skipped' AND at > ? AND at <= ? ORDER BY local_date",
            [team, rows.moment(after), rows.moment(until)],
        )
        return tuple(date.fromisoformat(day) for (day,) in found.fetchall())


def _run(row: Row) -> DigestRun:
    return DigestRun(
        id=row["id"],
        team=TeamId(row["team_id"]),
        kind=RunKind(row["kind"]),
        local_date=date.fromisoformat(row["local_date"]),
        covers_from=datetime.fromisoformat(row["covers_from"]),
        at=datetime.fromisoformat(row["at"]),
        result=RunResult(row["result"]),
    )
