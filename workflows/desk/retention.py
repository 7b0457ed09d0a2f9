"""How long things are kept: the texts of documents that are done with, and copies of it all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.desk.vote_removal import UNDO
from workflows.store.claim_store import ClaimStore

AT_ONCE = 50
"""Documents whose texts one transaction removes, so that no vote waits long for it."""


@dataclass(frozen=True, slots=True)
class Retention:
    """`texts`: how long a document's text outlives the last decision on its claims; None: always.

    `backups`: how old a copy of the database may become; None where the bot makes none.
    """

    texts: timedelta | None
    backups: timedelta | None


def remove_texts(store: ClaimStore, keeping: Retention, now: datetime) -> int:
    """Remove the texts that were kept long enough; how many, at most `AT_ONCE`.

    And the links that can no longer be put back.

    A text goes once its document was added longer ago than that, and each of its claims has been
    settled, dropped, merged or on the shelf for as long. Claims keep the words they were taken
    from, and the document its title, source and fingerprint.
    """
    store.evidence.purge_removed(now - UNDO)
    if keeping.texts is None:
        return 0
    return store.documents.remove_texts(now - keeping.texts, AT_ONCE)
