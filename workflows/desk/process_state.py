"""Small things the process remembers of the world outside, by name."""

from workflows.store.claim_store import ClaimStore


def get(store: ClaimStore, name: str) -> str | None:
    return store.process_state.get(name)


def put(store: ClaimStore, name: str, value: str) -> None:
    store.process_state.put(name, value)


def remove(store: ClaimStore, name: str) -> None:
    store.process_state.remove(name)
