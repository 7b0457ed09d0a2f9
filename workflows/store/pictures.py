"""Pictures that are evidence: what tells them from others, and which are yet to be read."""

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import (
    Claim,
    EvidenceKey,
    PictureRead,
    SeenPicture,
    TeamId,
)
from workflows.pictures import DuePicture, KnownPicture
from workflows.store import rows

AT_ONCE = 4
"""Pictures that are read together."""
MOST_KNOWN = 20_000
"""Pictures of a team that a new one is compared with, the newest first."""


class PictureRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def queue(self, claim: Claim, key: EvidenceKey, upload: str, now: datetime) -> None:
        """Have a picture read that was sent along with a link."""
        self._db.execute(
            "INSERT INTO pictures (evidence_id, is_upload, upload, next_try_at)"
            " SELECT id, 1, ?, ? FROM evidence WHERE claim_id = ? AND key = ?",
            [upload, rows.format_moment(now), claim.id, key],
        )

    def list_due(self, now: datetime) -> tuple[DuePicture, ...]:
        found = self._db.execute(
            "SELECT pictures.*, evidence.key, claims.id AS claim_id, claims.team_id FROM pictures"
            " JOIN evidence ON evidence.id = evidence_id JOIN claims ON claims.id = claim_id"
            " WHERE next_try_at <= ? ORDER BY next_try_at, evidence_id LIMIT ?",
            [rows.format_moment(now), AT_ONCE],
        )
        return tuple(map(_read_due, found.fetchall()))

    def is_waiting(self, due: DuePicture) -> bool:
        """Return True while a picture that was due is there and not yet read."""
        found = self._db.execute(
            "SELECT 1 FROM pictures WHERE evidence_id = ? AND upload = ?", [due.row, due.upload]
        )
        return found.fetchone() is not None

    def postpone(self, due: DuePicture, at: datetime) -> None:
        self._db.execute(
            "UPDATE pictures SET attempts = attempts + 1, next_try_at = ? WHERE evidence_id = ?",
            [rows.format_moment(at), due.row],
        )

    def keep(
        self, row: int, read: PictureRead, text: str, seen: Sequence[SeenPicture], *, upload: bool
    ) -> None:
        """Keep what was read of a picture; one sent along goes before what stands at the link."""
        self._db.execute(
            "INSERT INTO pictures (evidence_id, is_upload, sha256, phash, width, height, words,"
            " seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (evidence_id) DO UPDATE SET"
            " upload = NULL, next_try_at = NULL, sha256 = excluded.sha256,"
            " phash = excluded.phash, width = excluded.width, height = excluded.height,"
            " words = excluded.words, seen = excluded.seen"
            " WHERE is_upload = excluded.is_upload",
            [
                row,
                int(upload),
                read.sha256,
                read.phash,
                read.width,
                read.height,
                text,
                rows.as_json(seen),
            ],
        )

    def list_known(self, team: TeamId, besides: int) -> tuple[KnownPicture, ...]:
        """Return the pictures on a team's claims but this one."""
        found = self._db.execute(
            "SELECT claims.number, sha256, phash FROM pictures"
            " JOIN evidence ON evidence.id = evidence_id JOIN claims ON claims.id = claim_id"
            " WHERE claims.team_id = ? AND claims.id <> ? AND sha256 IS NOT NULL"
            " ORDER BY evidence_id DESC LIMIT ?",
            [team, besides, MOST_KNOWN],
        )
        return tuple(KnownPicture(*row) for row in found.fetchall())

    def remove(self, row: int) -> None:
        self._db.execute("DELETE FROM pictures WHERE evidence_id = ?", [row])

    def remove_linked(self, claim: Claim, key: EvidenceKey) -> None:
        """Let go of what was kept of the picture behind a link; one that was sent along stays."""
        self._db.execute(
            "DELETE FROM pictures WHERE is_upload = 0 AND evidence_id ="
            " (SELECT id FROM evidence WHERE claim_id = ? AND key = ?)",
            [claim.id, key],
        )


def _read_due(row: Row) -> DuePicture:
    return DuePicture(
        row=row["evidence_id"],
        team=TeamId(row["team_id"]),
        claim=row["claim_id"],
        key=EvidenceKey(row["key"]),
        upload=row["upload"],
        attempts=row["attempts"],
    )
