"""Links whose pages are looked at again, and what became of the pages."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import (
    EvidenceKey,
    SnapshotState,
    Status,
    TeamId,
)
from workflows.page_watch import MOST_A_DAY, DueLook, KnownPage, Watch
from workflows.store import rows

AT_ONCE = 4
"""Pages that are looked at together."""
DAY = timedelta(days=1)


class WatchRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def list_new(self) -> tuple[tuple[int, EvidenceKey, datetime], ...]:
        """Return the pages that were read and are not watched, each with its link and when."""
        found = self._db.execute(
            "SELECT evidence_id, key, taken_at FROM snapshots"
            " JOIN evidence ON evidence.id = evidence_id"
            " WHERE state = ? AND evidence_id NOT IN (SELECT evidence_id FROM watches) LIMIT 500",
            [SnapshotState.TAKEN.value],
        )
        return tuple(
            (row["evidence_id"], EvidenceKey(row["key"]), datetime.fromisoformat(row["taken_at"]))
            for row in found.fetchall()
        )

    def add(self, row: int, next_look_at: datetime) -> None:
        self._db.execute(
            "INSERT INTO watches (evidence_id, next_look_at) VALUES (?, ?)",
            [row, rows.format_moment(next_look_at)],
        )

    def list_due(
        self, votable: Collection[Status], settled_since: datetime, now: datetime
    ) -> tuple[DueLook, ...]:
        """Return the links that are to be looked at now, the longest waiting first.

        Those of open claims, and of claims settled since then; none of a team that has had its
        share today.
        """
        found = self._db.execute(
            "SELECT watches.*, snapshots.sha256, snapshots.title, passage, snapshots.figures,"
            " found_on, phash, taken_at, evidence.key, evidence.url, claims.id AS claim_id,"
            " claims.team_id FROM watches"
            " JOIN snapshots ON snapshots.evidence_id = watches.evidence_id"
            " LEFT JOIN pictures ON pictures.evidence_id = watches.evidence_id AND is_upload = 0"
            " JOIN evidence ON evidence.id = watches.evidence_id"
            " JOIN claims ON claims.id = evidence.claim_id"
            " JOIN teams ON teams.id = claims.team_id"
            "  AND teams.snapshots = 1 AND watch_links = 1"
            " WHERE next_look_at <= :now AND (settled_at IS NULL OR settled_at > :settled)"
            " AND claims.status IN (SELECT value FROM json_each(:votable))"
            " AND claims.team_id NOT IN (SELECT theirs.team_id FROM watches AS others"
            "  JOIN evidence AS links ON links.id = others.evidence_id"
            "  JOIN claims AS theirs ON theirs.id = links.claim_id"
            "  WHERE others.looked_at > :day GROUP BY theirs.team_id HAVING count(*) >= :most)"
            " ORDER BY next_look_at, watches.evidence_id LIMIT :at_once",
            {
                "now": rows.format_moment(now),
                "settled": rows.format_moment(settled_since),
                "votable": rows.as_json(sorted(votable)),
                "day": rows.format_moment(now - DAY),
                "most": MOST_A_DAY,
                "at_once": AT_ONCE,
            },
        )
        return tuple(map(_read_due, found.fetchall()))

    def is_due(self, due: DueLook) -> bool:
        """Return True while a link that was due is there, with the page that was known of it."""
        found = self._db.execute(
            "SELECT 1 FROM watches JOIN snapshots ON snapshots.evidence_id = watches.evidence_id"
            " WHERE watches.evidence_id = ? AND taken_at = ?",
            [due.row, due.taken_at],
        )
        return found.fetchone() is not None

    def keep(self, due: DueLook, watch: Watch, next_look_at: datetime, now: datetime) -> None:
        """Keep what a look has found, and when the next one is."""
        self._db.execute(
            "UPDATE watches SET looked_at = ?, next_look_at = ?, change = ?, changed_on = ?,"
            " suspected = ?, suspected_on = ? WHERE evidence_id = ?",
            [
                rows.format_moment(now),
                rows.format_moment(next_look_at),
                rows.as_json(watch.change) if watch.change else None,
                watch.changed_on.isoformat() if watch.changed_on else None,
                rows.as_json(watch.suspected) if watch.suspected else None,
                watch.suspected_on.isoformat() if watch.suspected_on else None,
                due.row,
            ],
        )

    def keep_site(self, due: DueLook, site: str) -> None:
        """Keep where a page was found, of one that was read before that was kept."""
        self._db.execute(
            "UPDATE snapshots SET found_on = ? WHERE evidence_id = ? AND found_on IS NULL",
            [site, due.row],
        )


def _read_due(row: Row) -> DueLook:
    return DueLook(
        row=row["evidence_id"],
        team=TeamId(row["team_id"]),
        claim=row["claim_id"],
        key=EvidenceKey(row["key"]),
        url=row["url"],
        known=KnownPage(
            row["sha256"],
            row["title"],
            row["passage"],
            tuple(json.loads(row["figures"])),
            row["found_on"],
            row["phash"],
        ),
        watch=Watch(
            rows.read_change(row["change"]),
            rows.read_day(row["changed_on"]),
            rows.read_change(row["suspected"]),
            rows.read_day(row["suspected_on"]),
        ),
        taken_at=row["taken_at"],
    )
