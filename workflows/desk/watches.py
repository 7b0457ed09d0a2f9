"""Links looked at again: what became of the pages behind them, said once to the moderators.

Nothing is decided by it, and nobody's vote waits for it.
"""

from datetime import datetime, timedelta

from workflows.claims import ChangeKind, PageChange
from workflows.desk.notices import tell_moderators
from workflows.notices import Notice, NoticeKind
from workflows.page_watch import RECENTLY, DueLook, Watch, find_next_look, keep_sight
from workflows.store.claim_store import ClaimStore
from workflows.voting import VOTABLE

NOTICES = {
    ChangeKind.GONE: NoticeKind.PAGE_GONE,
    ChangeKind.MOVED: NoticeKind.PAGE_MOVED,
    ChangeKind.CHANGED: NoticeKind.PAGE_CHANGED,
}


def is_waiting(store: ClaimStore) -> bool:
    """Return True while pages were read that nobody watches yet."""
    return bool(store.watches.list_new())


def queue_new(store: ClaimStore, every: timedelta) -> int:
    """Have the pages of new links watched; return how many there were."""
    new = store.watches.list_new()
    for row, key, taken_at in new:
        store.watches.add(row, find_next_look(key, Watch(), every, taken_at))
    return len(new)


def list_due(store: ClaimStore, now: datetime) -> tuple[DueLook, ...]:
    """Return the links that are to be looked at now: of open claims, and of those just settled."""
    return store.watches.list_due(VOTABLE, now - RECENTLY, now)


def keep_failure(store: ClaimStore, due: DueLook, every: timedelta, now: datetime) -> None:
    """Nothing is known of a page that could not be looked at; it is looked at again."""
    if store.watches.is_due(due):
        store.watches.keep(due, due.watch, find_next_look(due.key, due.watch, every, now), now)


def keep_look(
    store: ClaimStore,
    due: DueLook,
    seen: PageChange | None,
    site: str | None,
    every: timedelta,
    now: datetime,
) -> None:
    """Keep what a look has `seen` of a page, found on this `site`; tell the moderators once."""
    if not store.watches.is_due(due):
        return
    watch = keep_sight(due.watch, seen, now.date())
    store.watches.keep(due, watch, find_next_look(due.key, watch, every, now), now)
    if site:
        store.watches.keep_site(due, site)
    if watch.change == due.watch.change:
        return
    store.outbox.redraw([due.claim])
    if watch.change:
        _tell(store, due, watch.change, now)


def _tell(store: ClaimStore, due: DueLook, change: PageChange, now: datetime) -> None:
    """Tell them, once for each of a page's fates; the address stays with the link alone."""
    team, claim = store.teams.get(due.team), store.claims.get(due.claim)
    link = next(each for each in store.evidence.of_claim(claim) if each.key == due.key)
    values = {"site": link.origin, "lost": " ".join(change.lost), "other": change.site or ""}
    notice = Notice(NOTICES[change.kind], f"link:{due.key}:{due.taken_at}", claim, values)
    tell_moderators(store, team, notice, now)
