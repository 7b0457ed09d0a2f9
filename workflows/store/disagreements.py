"""What a team knows already, as new claims meet it; and which of its claims disagree."""

from collections.abc import Iterable

from sqlite_utils import Database

from workflows.claims import Claim, Disagreement, Document, FoundClaim, Status, TeamId
from workflows.store import rows


class DisagreementRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def words(self, team: TeamId, *, after: int = 0) -> list[tuple[int, str]]:
        """Return the row and the words of each claim that a new one may be: all but the dropped.

        `after`: only of those in later rows.
        """
        found = self._db.execute(
            "SELECT id, words FROM claims WHERE team_id = ? AND status <> ? AND id > ? ORDER BY id",
            [team, Status.DROPPED.value, after],
        )
        return [(row["id"], row["words"]) for row in found.fetchall()]

    def read_last(self, team: TeamId) -> int:
        """Return the row of the team's newest claim; 0 for none."""
        (last,) = self._db.execute(
            "SELECT ifnull(max(id), 0) FROM claims WHERE team_id = ?", [team]
        ).fetchone()
        return int(last)

    def find_waiting(self, claims: Iterable[int]) -> frozenset[int]:
        """Return those of these rows that lie on the shelf, or were merged into one that does."""
        found = self._db.execute(
            "WITH RECURSIVE kept (asked, id) AS (SELECT value, value FROM json_each(?)"
            " UNION SELECT kept.asked, claims.merged_into FROM kept"
            " JOIN claims ON claims.id = kept.id WHERE claims.merged_into IS NOT NULL)"
            " SELECT asked FROM kept JOIN claims ON claims.id = kept.id"
            " WHERE claims.status = ?",
            [rows.as_json(list(claims)), Status.SHELVED.value],
        )
        return frozenset(int(row) for (row,) in found.fetchall())

    def state(self, team: TeamId) -> tuple[int, ...]:
        """Another one once a claim was added, reworded or taken out, merged or brought back."""
        found = self._db.execute(
            "SELECT count(*), ifnull(max(id), 0), ifnull(sum(wording), 0),"
            " ifnull(sum((status IN (?, ?)) * id), 0), count(merged_into)"
            " FROM claims WHERE team_id = ?",
            [Status.DROPPED.value, Status.DUPLICATE.value, team],
        )
        return tuple(found.fetchone())

    def get_kept(self, claim_id: int) -> Claim:
        """Return the claim of this row; for a duplicate, the one it was merged into."""
        row = self._db.execute(
            "WITH RECURSIVE kept AS (SELECT * FROM claims WHERE id = ?"
            " UNION SELECT claims.* FROM claims JOIN kept ON claims.id = kept.merged_into)"
            " SELECT * FROM kept WHERE merged_into IS NULL",
            [claim_id],
        ).fetchone()
        return rows.read_claim(row)

    def stands_at(self, claim: Claim, document: Document, found: FoundClaim) -> bool:
        """Return True if this very passage is the claim's already."""
        row = self._db.execute(
            "SELECT 1 FROM passages"
            " WHERE claim_id = ? AND document_id = ? AND start = ? AND end = ?",
            [claim.id, document.id, found.start, found.end],
        ).fetchone()
        return row is not None

    def disagree(self, claim: Claim, other: Claim, disagreement: Disagreement) -> bool:
        """Keep that a claim disagrees with another of its team; False where that is known."""
        kept = self._db.execute(
            "INSERT INTO disagreements (claim_id, other_id, kind) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [claim.id, other.id, disagreement.value],
        )
        return bool(kept.rowcount)

    def disagreements(self, claim: Claim) -> tuple[tuple[int, Disagreement], ...]:
        """Return the rows of the claims that disagree with it or its duplicates, and in what."""
        found = self._db.execute(
            "SELECT id, other_id, kind FROM disagreements WHERE claim_id = ? UNION ALL"
            " SELECT disagreements.id, other_id, kind FROM claims"
            " JOIN disagreements ON claim_id = claims.id WHERE merged_into = ? ORDER BY 1",
            [claim.id, claim.id],
        )
        return tuple((row["other_id"], Disagreement(row["kind"])) for row in found.fetchall())
