"""What is still to be written of documents that are being taken in, step by step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlite_utils import Database

from workflows.claims import Document, MemberKey
from workflows.intake import ArrivalStep
from workflows.store import rows


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A step that is to be written next: of which document, and who brought it."""

    id: int
    document: int
    by: MemberKey | None
    step: ArrivalStep


class ArrivalRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, document: Document, by: MemberKey | None, steps: Iterable[ArrivalStep]) -> None:
        self._db.conn.executemany(
            "INSERT INTO arrivals (document_id, position, added_by, step) VALUES (?, ?, ?, ?)",
            [
                (document.id, position, by, rows.as_json(step))
                for position, step in enumerate(steps)
            ],
        )

    def find_next(self, document: int | None) -> WaitingStep | None:
        """Return what comes next of this document; None: of any, that which is least far."""
        row = self._db.execute(
            "SELECT id, document_id, added_by, step FROM arrivals"
            " WHERE document_id = ifnull(?, document_id) ORDER BY position, id LIMIT 1",
            [document],
        ).fetchone()
        if row is None:
            return None
        by = MemberKey(row["added_by"]) if row["added_by"] else None
        step = msgspec.json.decode(row["step"], type=ArrivalStep)
        return WaitingStep(row["id"], row["document_id"], by, step)

    def read_written(self, waiting: WaitingStep) -> dict[int, int]:
        """Return the rows of the claims that a step speaks of, by their places, as far as known."""
        found = self._db.execute(
            "SELECT place, claim_id FROM arrived WHERE document_id = ?"
            " AND place IN (SELECT value FROM json_each(?))",
            [waiting.document, rows.as_json(sorted(waiting.step.places))],
        )
        return {row["place"]: row["claim_id"] for row in found.fetchall()}

    def keep_written(self, waiting: WaitingStep, written: Mapping[int, int]) -> None:
        """Keep that a step is written, and in which rows; after the last one nothing is kept."""
        self._db.conn.executemany(
            "INSERT INTO arrived (document_id, place, claim_id) VALUES (?, ?, ?)",
            [(waiting.document, place, row) for place, row in written.items()],
        )
        self._db.execute("DELETE FROM arrivals WHERE id = ?", [waiting.id])
        self._db.execute(
            "DELETE FROM arrived WHERE document_id = :document AND NOT EXISTS"
            " (SELECT 1 FROM arrivals WHERE document_id = :document)",
            {"document": waiting.document},
        )
