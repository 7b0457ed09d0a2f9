"""Snapshots: what stood behind each link when it was added, kept beside the way of a link.

A link is attached in one transaction with the wish to read its page; nothing waits for the page.
"""

from dataclasses import replace
from datetime import datetime

from workflows.claims import Claim, Evidence, Snapshot, SnapshotState
from workflows.desk.pictures import keep_picture
from workflows.desk.transitions import apply_recounted
from workflows.errors import CorrobotError, Unavailable
from workflows.events import PageSeen
from workflows.ids import make_hash, make_random_key
from workflows.matching.sketch import is_same_report
from workflows.snapshots import (
    MAX_PREVIEW,
    DueSnapshot,
    PageRead,
    find_next_try,
    find_status,
    make_refusal,
)
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team
from workflows.voting import VOTABLE


def ask_for_snapshot(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    link: Evidence,
    now: datetime,
    *,
    private: bool = False,
    preview: str | None = None,
) -> Snapshot | None:
    """Have a link's page read if its team wants that, unless the page is `private`.

    `preview` is what Discord showed of the page. Return the snapshot as it stands now.
    """
    store.pictures.remove_linked(claim, link.key)
    store.page_copies.release(claim, link.key)
    if private:
        store.snapshots.keep_private(claim, link.key)
        return Snapshot(SnapshotState.PRIVATE)
    if not team.settings.snapshots:
        store.snapshots.remove(claim, link.key)
        return None
    shown = " ".join((preview or "").split())[:MAX_PREVIEW] or None
    store.snapshots.queue(claim, link.key, shown, now)
    return Snapshot(SnapshotState.WAITING, preview=shown)


def list_due(store: ClaimStore, now: datetime) -> tuple[DueSnapshot, ...]:
    """Return the links whose pages are to be read now."""
    return store.snapshots.list_due(now)


def keep_page(store: ClaimStore, due: DueSnapshot, page: PageRead, now: datetime) -> None:
    """Keep what was read behind a link, unless it was taken away or changed meanwhile."""
    if store.snapshots.is_waiting(due):
        store.snapshots.keep(due, page, now)
        if page.copy:
            store.page_copies.keep(due.row, page.copy)
        if page.picture:
            keep_picture(store, due.row, due.team, due.claim, page.picture, page.picture_text)
        _count_by_page(store, due, page, now)
        store.outbox.redraw([due.claim])


def _count_by_page(store: ClaimStore, due: DueSnapshot, page: PageRead, now: datetime) -> None:
    """Count a link by what its page is: an agency's report, another link's, the claim's own.

    A settled claim stays as it is.
    """
    team, claim = store.teams.get(due.team), store.claims.get(due.claim)
    if claim.state.settled_at is not None or claim.state.status not in VOTABLE:
        return
    links = {link.key: link for link in store.evidence.of_claim(claim)}
    link, sketches = links[due.key], store.snapshots.list_sketches(claim)
    same = (
        links[key].origin
        for key, sketch in sketches.items()
        if key != due.key and is_same_report(page.sketch, sketch)
    )
    documents = store.documents.list_sketches(claim)
    own = any(is_same_report(page.sketch, sketch) for sketch in documents)
    origin = page.wire or next(same, link.origin)
    seen = replace(link, origin=origin, counts=link.counts and not own)
    if seen == link:
        return
    salt, note = make_random_key(), store.evidence.note_of(claim, link.key)
    store.evidence.change(claim, seen, salt, note.key if note else None)
    data = PageSeen(
        link.key,
        link.by,
        link.stance,
        seen.origin,
        seen.counts,
        make_hash(link.url, salt),
        note,
        link.grade,
        link.target,
    )
    apply_recounted(store, team, claim, data, now)


def keep_failure(store: ClaimStore, due: DueSnapshot, error: CorrobotError, now: datetime) -> None:
    """Have a page that may be readable later tried again; else keep why it cannot be read."""
    if not store.snapshots.is_waiting(due):
        return
    again = find_next_try(due.attempts + 1, now) if isinstance(error, Unavailable) else None
    if again:
        store.snapshots.postpone(due, again)
        return
    store.snapshots.refuse(due, make_refusal(error), find_status(error), now)
    store.outbox.redraw([due.claim])
