"""Pages that an archive is asked to keep, and where their copies are."""

from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.archives import DueCapture
from workflows.claims import SnapshotState, TeamId
from workflows.store import rows

AT_ONCE = 6
"""Pages that are looked after together."""


class CaptureRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def queue_new(self, now: datetime) -> int:
        """Have the pages kept that were read and are not queued; return how many there were."""
        return self._db.execute(
            "INSERT INTO captures (evidence_id, next_try_at) SELECT evidence_id, ? FROM snapshots"
            " WHERE state = ? AND evidence_id NOT IN (SELECT evidence_id FROM captures)",
            [rows.format_moment(now), SnapshotState.TAKEN.value],
        ).rowcount

    def count_new(self) -> int:
        found = self._db.execute(
            "SELECT count(*) FROM snapshots"
            " WHERE state = ? AND evidence_id NOT IN (SELECT evidence_id FROM captures)",
            [SnapshotState.TAKEN.value],
        )
        return int(found.fetchone()[0])

    def list_due(self, now: datetime) -> tuple[DueCapture, ...]:
        found = self._db.execute(
            "SELECT captures.*, evidence.url, claims.id AS claim_id, claims.team_id FROM captures"
            " JOIN evidence ON evidence.id = captures.evidence_id"
            " JOIN claims ON claims.id = evidence.claim_id"
            " JOIN teams ON teams.id = claims.team_id AND teams.snapshots = 1"
            " WHERE next_try_at <= ? ORDER BY next_try_at, captures.evidence_id LIMIT ?",
            [rows.format_moment(now), AT_ONCE],
        )
        return tuple(map(_read_due, found.fetchall()))

    def count_asked(self, since: datetime) -> int:
        """Return how many pages were asked to be kept since then."""
        found = self._db.execute(
            "SELECT count(*) FROM captures WHERE asked_at > ?", [rows.format_moment(since)]
        )
        return int(found.fetchone()[0])

    def mark_asked(self, due: DueCapture, next_try_at: datetime, now: datetime) -> None:
        """Keep that it is asked for, before it is: from then on it is looked for first."""
        self._db.execute(
            "UPDATE captures SET asks = asks + 1, asked_at = ?, looks = 0, next_try_at = ?"
            " WHERE evidence_id = ?",
            [rows.format_moment(now), rows.format_moment(next_try_at), due.row],
        )

    def uncount(self, due: DueCapture) -> None:
        """The archive didn't take what was asked; it is looked for all the same."""
        self._db.execute("UPDATE captures SET asks = asks - 1 WHERE evidence_id = ?", [due.row])

    def keep_job(self, due: DueCapture, job: str | None, looks: int, next_try_at: datetime) -> None:
        self._db.execute(
            "UPDATE captures SET job = ?, looks = ?, next_try_at = ? WHERE evidence_id = ?",
            [job, looks, rows.format_moment(next_try_at), due.row],
        )

    def keep_look(self, due: DueCapture, next_try_at: datetime) -> None:
        self._db.execute(
            "UPDATE captures SET looks = looks + 1, next_try_at = ? WHERE evidence_id = ?",
            [rows.format_moment(next_try_at), due.row],
        )

    def finish(self, due: DueCapture, address: str | None) -> None:
        """Keep where the copy is; None: there is none, and it is asked for no more."""
        self._db.execute(
            "UPDATE captures SET address = ?, job = NULL, next_try_at = NULL WHERE evidence_id = ?",
            [address, due.row],
        )


def _read_due(row: Row) -> DueCapture:
    return DueCapture(
        row=row["evidence_id"],
        team=TeamId(row["team_id"]),
        claim=row["claim_id"],
        url=row["url"],
        asks=row["asks"],
        asked_at=rows.read_moment(row["asked_at"]),
        looks=row["looks"],
        job=row["job"],
    )
