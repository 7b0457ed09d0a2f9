"""Pictures as evidence: read beside everything people do, and known again on other claims."""

from datetime import datetime

from workflows.claims import PictureRead, TeamId
from workflows.errors import CorrobotError, Unavailable
from workflows.pictures import DuePicture, find_seen
from workflows.snapshots import find_next_try
from workflows.store.claim_store import ClaimStore


def list_due(store: ClaimStore, now: datetime) -> tuple[DuePicture, ...]:
    """Return the pictures that were sent along with links and are to be read now."""
    return store.pictures.list_due(now)


def keep_upload(store: ClaimStore, due: DuePicture, read: PictureRead, text: str) -> None:
    """Keep what was read of a picture, unless its link was taken away meanwhile."""
    if store.pictures.is_waiting(due):
        keep_picture(store, due.row, due.team, due.claim, read, text, upload=True)
        store.outbox.redraw([due.claim])


def keep_picture(
    store: ClaimStore,
    row: int,
    team: TeamId,
    claim: int,
    read: PictureRead,
    text: str,
    *,
    upload: bool = False,
) -> None:
    """Keep what tells a link's picture from others, and on which claims it was seen before."""
    seen = find_seen(read, store.pictures.list_known(team, besides=claim))
    store.pictures.keep(row, read, text, seen, upload=upload)


def keep_failure(store: ClaimStore, due: DuePicture, error: CorrobotError, now: datetime) -> None:
    """Have a picture that may be readable later tried again; else let it go."""
    if not store.pictures.is_waiting(due):
        return
    again = find_next_try(due.attempts + 1, now) if isinstance(error, Unavailable) else None
    if again:
        store.pictures.postpone(due, again)
    else:
        store.pictures.remove(due.row)
