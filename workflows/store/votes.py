"""Whose vote is asked for again: the claim was edited or reopened since, or merged into another."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.store import rows

ASKED = """
WITH RECURSIVE kept (claim_id, id) AS (
    SELECT id, id FROM claims WHERE team_id = :team
    UNION
    SELECT kept.claim_id, claims.merged_into FROM kept JOIN claims ON claims.id = kept.id
    WHERE claims.merged_into IS NOT NULL
)
SELECT votes.id, votes.voter_id, kept.id AS claim, votes.claim_id <> kept.id AS merged
FROM votes JOIN kept ON kept.claim_id = votes.claim_id JOIN claims ON claims.id = kept.id
WHERE (votes.stale = 1 OR votes.claim_id <> kept.id)
AND claims.settled_at IS NULL AND claims.status NOT IN ('shelved', 'dropped', 'duplicate')
AND NOT EXISTS (
    SELECT 1 FROM votes AS own
    WHERE own.claim_id = kept.id AND own.voter_id = votes.voter_id AND own.stale = 0
)
"""
_ELSEWHERE = """
WITH RECURSIVE merged (id) AS (
    SELECT id FROM claims WHERE merged_into = :claim
    UNION SELECT claims.id FROM merged JOIN claims ON claims.merged_into = merged.id
)
SELECT voter_id FROM votes WHERE claim_id IN (SELECT id FROM merged) AND EXISTS (
    SELECT 1 FROM claims WHERE id = :claim AND settled_at IS NULL
    AND status NOT IN ('shelved', 'dropped', 'duplicate')
) AND NOT EXISTS (
    SELECT 1 FROM votes AS own
    WHERE own.claim_id = :claim AND own.voter_id = votes.voter_id AND own.stale = 0
)
"""


class VoteRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of_member(self, team: TeamId, voter: MemberKey) -> dict[int, tuple[bool, list[int]]]:
        """By the row of each claim: was it merged, and the rows of the votes not asked for yet."""
        asked: dict[int, tuple[bool, list[int]]] = {}
        found = self._db.execute(
            ASKED + " AND votes.voter_id = :voter AND votes.asked_at IS NULL ORDER BY votes.id",
            {"team": team, "voter": voter},
        )
        for row in found.fetchall():
            merged, votes = asked.get(row["claim"], (True, []))
            asked[row["claim"]] = (merged and bool(row["merged"]), [*votes, row["id"]])
        return asked

    def voters(self, claim: int) -> int:
        """Return how many members voted on a claim that was merged into this one, and not here."""
        merged = self._db.execute("SELECT 1 FROM claims WHERE merged_into = ? LIMIT 1", [claim])
        if merged.fetchone() is None:
            return 0
        (voters,) = self._db.execute(
            f"SELECT count(DISTINCT voter_id) FROM ({_ELSEWHERE})",  # noqa: S608  # ours
            {"claim": claim},
        ).fetchone()
        return int(voters)

    def is_asked(self, claim: int, voter: MemberKey) -> bool:
        """Return True if this member voted on a claim merged into this one, but not on this one."""
        found = self._db.execute(
            _ELSEWHERE + " AND voter_id = :voter LIMIT 1", {"claim": claim, "voter": voter}
        )
        return found.fetchone() is not None

    def mark(self, votes: Iterable[int], now: datetime) -> None:
        """These votes' members have been asked."""
        self._db.execute(
            "UPDATE votes SET asked_at = ? WHERE id IN (SELECT value FROM json_each(?))",
            [rows.format_moment(now), rows.as_json(list(votes))],
        )
