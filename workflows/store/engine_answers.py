"""What language models answered, so that no part of a text is asked about twice; and the day's use.

An answer is gone with the last text it was given for: triggers see to it, whatever removes that.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from workflows.claims import TeamId
from workflows.store import rows

ORPHANED = timedelta(days=1)
"""How long an answer is kept whose text was never taken in."""


class EngineAnswerRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, team: TeamId, keys: Iterable[str]) -> dict[str, str]:
        """Return the answers that are there, by their keys."""
        found = self._db.execute(
            "SELECT key, answer FROM engine_answers WHERE team_id = ?"
            " AND key IN (SELECT value FROM json_each(?))",
            [team, rows.as_json(list(keys))],
        )
        return {row["key"]: row["answer"] for row in found.fetchall()}

    def keep(self, team: TeamId, key: str, sha256: str, answer: str, now: datetime) -> None:
        """Keep an answer for a text with this fingerprint."""
        self._db.execute(
            "INSERT OR IGNORE INTO engine_answers (team_id, key, text_sha256, answer, answered_at)"
            " VALUES (?, ?, ?, ?, ?)",
            [team, key, sha256, answer, rows.format_moment(now)],
        )

    def count_requests(self, team: TeamId, day: date) -> int:
        """Return how often the team's engine was asked on a day."""
        row = self._db.execute(
            "SELECT requests FROM engine_use WHERE team_id = ? AND local_date = ?",
            [team, day.isoformat()],
        ).fetchone()
        return row["requests"] if row else 0

    def add_request(self, team: TeamId, day: date) -> None:
        self._db.execute(
            "INSERT INTO engine_use (team_id, local_date, requests) VALUES (?, ?, 1)"
            " ON CONFLICT DO UPDATE SET requests = requests + 1",
            [team, day.isoformat()],
        )

    def add_tokens(self, team: TeamId, day: date, shown: int, written: int) -> None:
        self._db.execute(
            "UPDATE engine_use SET tokens_shown = tokens_shown + ?,"
            " tokens_written = tokens_written + ? WHERE team_id = ? AND local_date = ?",
            [shown, written, team, day.isoformat()],
        )

    def remove_orphans(self, now: datetime) -> int:
        """Remove the answers for texts that were read and never taken in; how many."""
        return self._db.execute(
            "DELETE FROM engine_answers AS old WHERE answered_at < ?"
            " AND NOT EXISTS (SELECT 1 FROM documents WHERE documents.team_id = old.team_id"
            "  AND sha256 = old.text_sha256 AND text <> '')"
            " AND NOT EXISTS (SELECT 1 FROM drafts WHERE drafts.team_id = old.team_id"
            "  AND sha256 = old.text_sha256)",
            [rows.format_moment(now - ORPHANED)],
        ).rowcount
