"""Everything that is kept, by subject. The only package that speaks SQL; it decides nothing."""

from sqlite_utils import Database

from workflows.store.claims import ClaimRecords
from workflows.store.digests import DigestRecords
from workflows.store.documents import DocumentRecords
from workflows.store.history import HistoryRecords
from workflows.store.outbox import OutboxRecords
from workflows.store.teams import TeamRecords


class ClaimStore:
    """The tables over one connection, for the thread that owns it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.teams = TeamRecords(db)
        self.documents = DocumentRecords(db)
        self.claims = ClaimRecords(db)
        self.history = HistoryRecords(db)
        self.outbox = OutboxRecords(db)
        self.digests = DigestRecords(db)

    def data_version(self) -> int:
        """Changes when another connection has committed."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file and its references; empty when all is well."""
        integrity = [row[0] for row in self._db.execute("PRAGMA integrity_check").fetchall()]
        dangling = self._db.execute("PRAGMA foreign_key_check").fetchall()
        return [fault for fault in integrity if fault != "ok"] + [
            f"{row[0]} {row[1]} refers to a missing row of {row[2]}" for row in dangling
        ]
