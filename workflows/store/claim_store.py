"""Everything that is kept, by subject. The only package that speaks SQL; it decides nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from workflows.store.arrivals import ArrivalRecords
from workflows.store.audit import AuditRecords
from workflows.store.captures import CaptureRecords
from workflows.store.claim_texts import ClaimTextRecords
from workflows.store.claims import ClaimRecords
from workflows.store.connections import PURGE_WAIT_MS, missing_triggers, truncate_log, waiting_steps
from workflows.store.digests import DigestRecords
from workflows.store.disagreements import DisagreementRecords
from workflows.store.documents import DocumentRecords
from workflows.store.drafts import DraftRecords
from workflows.store.engine_answers import EngineAnswerRecords
from workflows.store.evidence import EvidenceRecords
from workflows.store.exports import ExportRecords
from workflows.store.fact_checks import FactCheckRecords
from workflows.store.feeds import FeedRecords
from workflows.store.history import HistoryRecords
from workflows.store.mail import MailRecords
from workflows.store.notices import NoticeRecords
from workflows.store.outbox import OutboxRecords
from workflows.store.page_copies import PageCopyRecords
from workflows.store.pictures import PictureRecords
from workflows.store.process_state import ProcessStateRecords
from workflows.store.publications import PublicationRecords
from workflows.store.search import SearchRecords
from workflows.store.snapshots import SnapshotRecords
from workflows.store.subscriptions import SubscriptionRecords
from workflows.store.teams import TeamRecords
from workflows.store.votes import VoteRecords
from workflows.store.watches import WatchRecords
from workflows.store.webhooks import WebhookRecords


class ClaimStore:
    """The tables over one connection, for the thread that owns it."""

    def __init__(self, db: Database) -> None:
        self._db, self._purging, self._is_hindered = db, False, False
        self.teams = TeamRecords(db)
        self.documents = DocumentRecords(db)
        self.claims = ClaimRecords(db)
        self.evidence = EvidenceRecords(db)
        self.drafts = DraftRecords(db)
        self.engine_answers = EngineAnswerRecords(db)
        self.exports = ExportRecords(db)
        self.fact_checks = FactCheckRecords(db)
        self.feeds = FeedRecords(db)
        self.history = HistoryRecords(db)
        self.outbox = OutboxRecords(db)
        self.publications = PublicationRecords(db)
        self.page_copies = PageCopyRecords(db)
        self.pictures = PictureRecords(db)
        self.digests = DigestRecords(db)
        self.search = SearchRecords(db)
        self.snapshots = SnapshotRecords(db)
        self.subscriptions = SubscriptionRecords(db)
        self.captures = CaptureRecords(db)
        self.claim_texts = ClaimTextRecords(db)
        self.disagreements = DisagreementRecords(db)
        self.votes = VoteRecords(db)
        self.arrivals = ArrivalRecords(db)
        self.watches = WatchRecords(db)
        self.webhooks = WebhookRecords(db)
        self.audit = AuditRecords(db)
        self.mail = MailRecords(db)
        self.notices = NoticeRecords(db)
        self.process_state = ProcessStateRecords(db)

    def after_begin(self) -> None:
        """Prepare for the actions of a transaction that keeps every other writer out."""
        self.teams.after_begin()

    def purge(self) -> None:
        """Once this is committed, leave nothing of what was removed in the write-ahead log."""
        self._purging = True

    def after_commit(self) -> None:
        """Do what `purge` asked for; while a reader is in the way, again after the next commit.

        Only the first time is the reader waited for: one that stays, such as a replication's, would
        otherwise hold up every vote.
        """
        if self._purging:
            wait_ms = 0 if self._is_hindered else PURGE_WAIT_MS
            self._purging = self._is_hindered = not truncate_log(self._db, wait_ms=wait_ms)

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever others write meanwhile."""
        self._db.execute("SAVEPOINT one_state")
        try:
            yield
        finally:
            self._db.execute("RELEASE one_state")

    def data_version(self) -> int:
        """Changes when another connection has committed."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def waiting_steps(self, path: Path) -> int:
        """Return how many steps bring the tables up to date.

        Raises Refused for another program's file.
        """
        return len(waiting_steps(self._db, path))

    def faults(self) -> list[str]:
        """Return what is wrong with the file, its references and the guards of its history."""
        integrity = [row[0] for row in self._db.execute("PRAGMA integrity_check").fetchall()]
        dangling = self._db.execute("PRAGMA foreign_key_check").fetchall()
        return [
            *(f"The file is damaged: {fault}." for fault in integrity if fault != "ok"),
            *(f"Row {row[1]} of {row[0]} refers to a missing row of {row[2]}." for row in dangling),
            *(f"The trigger {name} does not stand." for name in missing_triggers(self._db)),
        ]
