"""What stood behind the links, and which pages are yet to be read."""

import json
from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import Claim, EvidenceKey, Refusal, SnapshotState, TeamId
from workflows.snapshots import DueSnapshot, PageRead
from workflows.store import rows

AT_ONCE = 4
"""Pages that are read together."""


class SnapshotRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def queue(self, claim: Claim, key: EvidenceKey, preview: str | None, now: datetime) -> None:
        """Have a link's page read; what was kept of it before goes."""
        self._begin(claim, key, SnapshotState.WAITING, preview, rows.format_moment(now))

    def keep_private(self, claim: Claim, key: EvidenceKey) -> None:
        """Keep that a link's page is not to be opened; what was kept of it goes."""
        self._begin(claim, key, SnapshotState.PRIVATE, None, None)

    def _begin(
        self,
        claim: Claim,
        key: EvidenceKey,
        state: SnapshotState,
        preview: str | None,
        next_try_at: str | None,
    ) -> None:
        self.remove(claim, key)
        self._db.execute(
            "INSERT INTO snapshots (evidence_id, state, preview, next_try_at)"
            " SELECT id, ?, ?, ? FROM evidence WHERE claim_id = ? AND key = ?",
            [state.value, preview, next_try_at, claim.id, key],
        )

    def remove(self, claim: Claim, key: EvidenceKey) -> None:
        self._db.execute(
            "DELETE FROM snapshots WHERE evidence_id ="
            " (SELECT id FROM evidence WHERE claim_id = ? AND key = ?)",
            [claim.id, key],
        )

    def list_due(self, now: datetime) -> tuple[DueSnapshot, ...]:
        """Return the links whose pages are to be read now, the longest waiting first."""
        found = self._db.execute(
            "SELECT snapshots.evidence_id, snapshots.attempts, evidence.key, evidence.url,"
            " claims.id AS claim_id, claims.team_id, claims.words FROM snapshots"
            " JOIN evidence ON evidence.id = snapshots.evidence_id"
            " JOIN claims ON claims.id = evidence.claim_id"
            " JOIN teams ON teams.id = claims.team_id AND teams.snapshots = 1"
            " WHERE snapshots.next_try_at <= ? ORDER BY snapshots.next_try_at, evidence_id LIMIT ?",
            [rows.format_moment(now), AT_ONCE],
        )
        return tuple(map(_read_due, found.fetchall()))

    def is_waiting(self, due: DueSnapshot) -> bool:
        """Return True while a link that was due is there, at the same address, and not yet read."""
        found = self._db.execute(
            "SELECT 1 FROM snapshots JOIN evidence ON evidence.id = evidence_id"
            " WHERE evidence_id = ? AND url = ? AND state = ?",
            [due.row, due.url, SnapshotState.WAITING.value],
        )
        return found.fetchone() is not None

    def keep(self, due: DueSnapshot, page: PageRead, now: datetime) -> None:
        said, place = page.passage, page.passage.place if page.passage else None
        self._db.execute(
            "UPDATE snapshots SET state = ?, next_try_at = NULL, attempts = attempts + 1,"
            " title = ?, site = ?, author = ?, published = ?, status = ?, taken_at = ?,"
            " sha256 = ?, sketch = ?, passage = ?, passage_start = ?,"
            " place_kind = ?, place_name = ?, figures = ?, found_on = ?"
            " WHERE evidence_id = ?",
            [
                SnapshotState.TAKEN.value,
                page.title,
                page.site,
                page.author,
                page.published.isoformat() if page.published else None,
                page.status,
                rows.format_moment(now),
                page.sha256,
                rows.as_json(sorted(page.sketch)),
                said.text if said else None,
                said.start if said else None,
                place.kind.value if place else None,
                place.name if place else None,
                rows.as_json(page.figures),
                page.found_on,
                due.row,
            ],
        )

    def list_sketches(self, claim: Claim) -> dict[EvidenceKey, frozenset[int]]:
        """Return the sketch of each page that was read behind a claim's links."""
        found = self._db.execute(
            "SELECT evidence.key, sketch FROM snapshots"
            " JOIN evidence ON evidence.id = snapshots.evidence_id"
            " WHERE evidence.claim_id = ? AND sketch IS NOT NULL ORDER BY evidence.id",
            [claim.id],
        )
        return {
            EvidenceKey(row["key"]): frozenset(json.loads(row["sketch"]))
            for row in found.fetchall()
        }

    def refuse(self, due: DueSnapshot, refusal: Refusal, status: int | None, now: datetime) -> None:
        """Keep that a page cannot be read, and why."""
        self._db.execute(
            "UPDATE snapshots SET state = ?, next_try_at = NULL, attempts = attempts + 1,"
            " refusal = ?, status = ?, taken_at = ? WHERE evidence_id = ?",
            [
                SnapshotState.REFUSED.value,
                rows.as_json(refusal),
                status,
                rows.format_moment(now),
                due.row,
            ],
        )

    def postpone(self, due: DueSnapshot, at: datetime) -> None:
        self._db.execute(
            "UPDATE snapshots SET attempts = attempts + 1, next_try_at = ? WHERE evidence_id = ?",
            [rows.format_moment(at), due.row],
        )


def _read_due(row: Row) -> DueSnapshot:
    return DueSnapshot(
        row=row["evidence_id"],
        team=TeamId(row["team_id"]),
        claim=row["claim_id"],
        key=EvidenceKey(row["key"]),
        url=row["url"],
        words=row["words"],
        attempts=row["attempts"],
    )
