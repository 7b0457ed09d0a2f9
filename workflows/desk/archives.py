"""Copies of linked pages in an archive: asked for once, looked for before it is asked again."""

from datetime import datetime

from workflows.archives import (
    LOOKS,
    MINUTE,
    POLLS,
    ArchiveStep,
    DueCapture,
    Reply,
    choose_step,
    find_archive,
    find_next_look,
    find_pause,
)
from workflows.store.claim_store import ClaimStore

_PAUSED, _PAUSES = "archive_paused_until", "archive_pauses"
"""Under which names it is remembered that the archive wants to be left alone."""


def is_waiting(store: ClaimStore) -> bool:
    """Return True while pages were read that nobody has asked the archive to keep."""
    return store.captures.count_new() > 0


def queue_new(store: ClaimStore, now: datetime) -> int:
    """Have the pages of new links kept. Private and unread ones have no place here."""
    return store.captures.queue_new(now)


def list_due(store: ClaimStore, rate: int, now: datetime) -> tuple[DueCapture, ...]:
    """Return what may be done now, with at most `rate` pages asked for in any minute.

    Nothing while the archive wants to be left alone, over all its addresses.
    """
    paused = store.process_state.get(_PAUSED)
    if paused and now < datetime.fromisoformat(paused):
        return ()
    room = rate - store.captures.count_asked(now - MINUTE)
    chosen = []
    for due in store.captures.list_due(now):
        if choose_step(due) is ArchiveStep.ASK:
            if room <= 0:
                continue
            room -= 1
        chosen.append(due)
    return tuple(chosen)


def begin_asking(store: ClaimStore, due: DueCapture, now: datetime) -> bool:
    """Keep that a page is asked for; False for one that is kept by an archive already."""
    if find_archive(due.url):
        store.captures.finish(due, None)
        return False
    store.captures.mark_asked(due, now + LOOKS[0], now)
    return True


def keep_reply(store: ClaimStore, due: DueCapture, reply: Reply, now: datetime) -> None:
    """Keep what the archive said of a page's copy."""
    if reply.copy or reply.is_final:
        _finish(store, due, reply.copy)
    elif reply.job and not due.job:
        store.captures.keep_job(due, reply.job, 0, now + MINUTE / 2)
    elif due.job and reply.job and due.looks < POLLS:
        store.captures.keep_job(due, due.job, due.looks + 1, now + MINUTE)
    elif due.job:
        store.captures.keep_job(due, None, 0, now + MINUTE)
    store.process_state.remove(_PAUSES)


def keep_look(store: ClaimStore, due: DueCapture, copy: str | None, now: datetime) -> None:
    """Keep what a look for a page's copy found."""
    if copy:
        _finish(store, due, copy)
    else:
        store.captures.keep_look(due, find_next_look(due.looks + 1, now))


def give_up(store: ClaimStore, due: DueCapture) -> None:
    """A page that the archive never kept is asked for no more."""
    store.captures.finish(due, None)


def keep_pause(store: ClaimStore, due: DueCapture, retry_after: str, now: datetime) -> datetime:
    """Leave the archive alone, for all pages; return until when. What it refused is not counted."""
    pauses = int(store.process_state.get(_PAUSES) or 0)
    until = find_pause(retry_after, pauses, now)
    store.process_state.put(_PAUSED, until.isoformat())
    store.process_state.put(_PAUSES, str(pauses + 1))
    if choose_step(due) is ArchiveStep.ASK:
        store.captures.uncount(due)
    return until


def _finish(store: ClaimStore, due: DueCapture, copy: str | None) -> None:
    store.captures.finish(due, copy)
    if copy:
        store.outbox.redraw([due.claim])
