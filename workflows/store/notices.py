"""What moderators were told, and what of it is mended."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlite_utils import Database

from workflows.claims import TeamId
from workflows.notices import Notice, NoticeKind, SentNotice
from workflows.store import rows


class NoticeRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, team: TeamId, notice: Notice, now: datetime) -> int | None:
        """Return the new notice's row; None where the same was told and is not mended yet."""
        found = self._db.execute(
            'INSERT INTO notices (team_id, kind, about, claim_id, "values", at)'
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                team,
                notice.kind.value,
                notice.about,
                notice.claim.id if notice.claim else None,
                rows.as_json(notice.values),
                rows.format_moment(now),
            ],
        )
        return int(found.lastrowid or 0) if found.rowcount else None

    def mend(self, team: TeamId, kind: NoticeKind, about: str, now: datetime) -> int | None:
        """It is mended: should it come again, it is told again. Its row, if it had been told."""
        found = self._db.execute(
            "SELECT id FROM notices WHERE team_id = ? AND kind = ? AND about = ?"
            " AND mended_at IS NULL",
            [team, kind.value, about],
        ).fetchone()
        if found is None:
            return None
        self._db.execute(
            "UPDATE notices SET mended_at = ? WHERE id = ?", [rows.format_moment(now), found["id"]]
        )
        return int(found["id"])

    def list_unsent(self, team: TeamId) -> tuple[int, ...]:
        """Return the open notices that were never queued."""
        found = self._db.execute(
            "SELECT id FROM notices WHERE team_id = ? AND mended_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM outbox WHERE notice_id = notices.id) ORDER BY id",
            [team],
        )
        return tuple(int(row) for (row,) in found.fetchall())

    def list_open(self, team: TeamId, kinds: Iterable[NoticeKind]) -> list[tuple[NoticeKind, str]]:
        """Return what was told of these kinds and is not mended, as kind and about."""
        found = self._db.execute(
            "SELECT kind, about FROM notices WHERE team_id = ? AND mended_at IS NULL"
            " AND kind IN (SELECT value FROM json_each(?)) ORDER BY id",
            [team, rows.as_json(list(kinds))],
        )
        return [(NoticeKind(kind), about) for kind, about in found.fetchall()]

    def list_teams(self, kind: NoticeKind) -> tuple[TeamId, ...]:
        """Return the teams that were told of this kind and for which it is not mended."""
        found = self._db.execute(
            "SELECT DISTINCT team_id FROM notices WHERE kind = ? AND mended_at IS NULL",
            [kind.value],
        )
        return tuple(TeamId(team) for (team,) in found.fetchall())

    def get(self, notice: int) -> tuple[TeamId, SentNotice]:
        row = self._db.execute(
            "SELECT notices.*, claims.number FROM notices"
            " LEFT JOIN claims ON claims.id = notices.claim_id WHERE notices.id = ?",
            [notice],
        ).fetchone()
        told = SentNotice(
            id=row["id"],
            kind=NoticeKind(row["kind"]),
            about=row["about"],
            at=datetime.fromisoformat(row["at"]),
            claim=row["number"],
            values=msgspec.json.decode(row["values"], type=dict[str, str | int]),
        )
        return TeamId(row["team_id"]), told
