"""Every wording a claim has had, with the salt of the hash that history holds of it."""

from datetime import datetime

from sqlite_utils import Database

from workflows.claims import Claim
from workflows.ids import make_hash, make_random_key
from workflows.store import rows


class ClaimTextRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, claim: Claim, now: datetime) -> str:
        """Make the claim's words the ones in force, as its version says; the hash of them."""
        salt = make_random_key()
        self._db.execute(
            "INSERT INTO wordings (claim_id, version, words, salt, made_at) VALUES (?, ?, ?, ?, ?)",
            [claim.id, claim.wording, claim.words, salt, rows.format_moment(now)],
        )
        self._db.execute(
            "UPDATE claims SET words = ?, wording = ? WHERE id = ?",
            [claim.words, claim.wording, claim.id],
        )
        return make_hash(claim.words, salt)

    def hash_of(self, claim: Claim) -> str | None:
        """Return what history should hold of the claim's words; None where they are not kept."""
        row = self._db.execute(
            "SELECT salt FROM wordings WHERE claim_id = ? AND version = ?",
            [claim.id, claim.wording],
        ).fetchone()
        return make_hash(claim.words, row["salt"]) if row else None

    def of_claim(self, claim: Claim) -> dict[int, str]:
        """Return the words of each version."""
        found = self._db.execute(
            "SELECT version, words FROM wordings WHERE claim_id = ? ORDER BY version", [claim.id]
        )
        return {row["version"]: row["words"] for row in found.fetchall()}
