"""Our own copies of linked pages: which file holds which page, and which files may go."""

from collections.abc import Collection

from sqlite_utils import Database

from workflows.claims import Claim, EvidenceKey, Status
from workflows.page_copies import AT_ONCE, PageCopy
from workflows.store import rows


class PageCopyRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, row: int, copy: PageCopy) -> None:
        """Keep which file holds a link's page; the file it had before may go."""
        self._db.execute("UPDATE page_copies SET evidence_id = NULL WHERE evidence_id = ?", [row])
        self._db.execute(
            "INSERT INTO page_copies (name, evidence_id, sha256, size) VALUES (?, ?, ?, ?)",
            [copy.name, row, copy.sha256, copy.size],
        )

    def release(self, claim: Claim, key: EvidenceKey) -> None:
        """A link's page is another one, or private: its copy may go."""
        self._db.execute(
            "UPDATE page_copies SET evidence_id = NULL WHERE evidence_id ="
            " (SELECT id FROM evidence WHERE claim_id = ? AND key = ?)",
            [claim.id, key],
        )

    def list_gone(self) -> tuple[str, ...]:
        """Return the files whose links are gone, or whose claims were dropped."""
        found = self._db.execute(
            "SELECT name FROM page_copies LEFT JOIN evidence ON evidence.id = evidence_id"
            " LEFT JOIN claims ON claims.id = claim_id"
            " WHERE evidence.id IS NULL OR claims.status = ? ORDER BY name LIMIT ?",
            [Status.DROPPED.value, AT_ONCE],
        )
        return tuple(name for (name,) in found.fetchall())

    def list_unknown(self, names: Collection[str]) -> tuple[str, ...]:
        """Return which of these files hold no page that is known."""
        found = self._db.execute(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT name FROM page_copies)",
            [rows.as_json(sorted(names))],
        )
        return tuple(name for (name,) in found.fetchall())

    def forget(self, names: Collection[str]) -> None:
        """These files are gone."""
        self._db.execute(
            "DELETE FROM page_copies WHERE name IN (SELECT value FROM json_each(?))",
            [rows.as_json(sorted(names))],
        )
