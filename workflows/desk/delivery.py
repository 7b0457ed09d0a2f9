"""What the outbox and the cards ask of the store, one transaction each."""

from collections.abc import Iterable
from datetime import datetime

from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, Queued, State


def undelivered(store: ClaimStore, after: int) -> tuple[Queued, ...]:
    return store.outbox.undelivered(after)


def again(store: ClaimStore, queued: Queued) -> Queued:
    """The post as it stands now."""
    return store.outbox.get(queued.id)


def begin(store: ClaimStore, queued: Queued, now: datetime) -> None:
    store.outbox.begin(queued, now)


def sent(store: ClaimStore, queued: Queued, message: int, version: int) -> bool:
    """Whether the message shows less than is stored, for something changed while it was sent."""
    store.outbox.sent(queued, message, version)
    return any(card.version > card.shown_version for card in store.outbox.cards([message]))


def known(store: ClaimStore, message: int) -> bool:
    """Whether this message is known to be one of our posts."""
    return store.outbox.has_sent(message)


def ended(store: ClaimStore, queued: Queued, state: State, reason: str) -> None:
    store.outbox.ended(queued, state, reason)


def unpark(store: ClaimStore) -> None:
    """At a start, what was parked is tried once more: the hindrance may be mended."""
    store.outbox.unpark()


def cards_behind(store: ClaimStore, after: int) -> tuple[int, tuple[Card, ...]]:
    """The cards that show less than is stored, changed after that event; and the last event."""
    return store.outbox.cards_behind(after)


def cards(store: ClaimStore, messages: Iterable[int]) -> tuple[Card, ...]:
    return store.outbox.cards(messages)


def shown(store: ClaimStore, versions: Iterable[tuple[int, int]]) -> None:
    store.outbox.show(versions)


def lost(store: ClaimStore, message: int) -> None:
    store.outbox.lost(message)


def data_version(store: ClaimStore) -> int:
    return store.data_version()
