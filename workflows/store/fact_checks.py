"""The known fact-checks of a team, and their words as one looks for them."""

import re
from datetime import date, datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import TeamId
from workflows.fact_checks import FactCheck
from workflows.store import rows

NEAR = 30
"""Fact-checks with a claim's words that are looked at more closely, the likest first."""
_WORDS = 40
"""Words of a claim that are looked for."""


class FactCheckRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, team: TeamId, check: FactCheck, now: datetime) -> bool:
        """Keep a fact-check as it is now; return True if it is new."""
        values = [
            check.publisher,
            check.rating,
            check.claimant,
            _write_day(check.reviewed_on),
            _write_day(check.claimed_on),
        ]
        known = self._db.execute(
            "UPDATE fact_checks SET publisher = ?, rating = ?, claimant = ?, reviewed_on = ?,"
            " claimed_on = ? WHERE team_id = ? AND url = ? AND claim = ?",
            [*values, team, check.url, check.claim],
        ).rowcount
        if known:
            return False
        row = self._db.execute(
            "INSERT INTO fact_checks (publisher, rating, claimant, reviewed_on, claimed_on,"
            " team_id, url, claim, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, team, check.url, check.claim, rows.format_moment(now)],
        ).lastrowid
        self._db.execute(
            "INSERT INTO fact_check_words (rowid, claim) VALUES (? << 32 | ?, ?)",
            [team, row, check.claim],
        )
        return True

    def near(self, team: TeamId, words: str) -> tuple[FactCheck, ...]:
        """Return the team's fact-checks that share the most telling words with these."""
        wanted = dict.fromkeys(re.findall(r"\w{2,}", words.casefold())[:_WORDS])
        if not wanted:
            return ()
        found = self._db.execute(
            "SELECT fact_checks.* FROM fact_check_words"
            " CROSS JOIN fact_checks ON fact_checks.id = fact_check_words.rowid & 0xffffffff"
            " WHERE fact_check_words MATCH :words"
            " AND fact_check_words.rowid BETWEEN :team << 32 AND :team << 32 | 0xffffffff"
            " ORDER BY fact_check_words.rank, fact_checks.id LIMIT :most",
            {"words": " OR ".join(f'"{word}"' for word in wanted), "team": team, "most": NEAR},
        )
        return tuple(map(_read_fact_check, found.fetchall()))

    def find(self, team: TeamId, check: FactCheck) -> FactCheck | None:
        """Return a fact-check of this claim at this address as it is kept."""
        row = self._db.execute(
            "SELECT * FROM fact_checks WHERE team_id = ? AND url = ? AND claim = ?",
            [team, check.url, check.claim],
        ).fetchone()
        return _read_fact_check(row) if row else None

    def get(self, team: TeamId, check: int) -> FactCheck | None:
        row = self._db.execute(
            "SELECT * FROM fact_checks WHERE team_id = ? AND id = ?", [team, check]
        ).fetchone()
        return _read_fact_check(row) if row else None


def _write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_fact_check(row: Row) -> FactCheck:
    return FactCheck(
        url=row["url"],
        claim=row["claim"],
        publisher=row["publisher"],
        rating=row["rating"],
        claimant=row["claimant"],
        reviewed_on=rows.read_day(row["reviewed_on"]),
        claimed_on=rows.read_day(row["claimed_on"]),
        id=row["id"],
    )
