"""Small things the process remembers of the world outside, by name."""

from workflows.store.claim_store import ClaimStore


def get(store: ClaimStore, name: str) -> str | None:
    return store.marks.get(name)


def put(store: ClaimStore, name: str, value: str) -> None:
    store.marks.put(name, value)


def remove(store: ClaimStore, name: str) -> None:
    store.marks.remove(name)
