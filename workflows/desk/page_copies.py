"""Our own copies of linked pages: they go with their links, and with claims that are dropped."""

from collections.abc import Collection

from workflows.store.claim_store import ClaimStore


def list_gone(store: ClaimStore) -> tuple[str, ...]:
    """Return the files that may go: nothing that is kept needs them."""
    return store.page_copies.list_gone()


def list_unknown(store: ClaimStore, names: Collection[str]) -> tuple[str, ...]:
    """Return which of these files are left over from a write that was never finished."""
    return store.page_copies.list_unknown(names)


def forget(store: ClaimStore, names: Collection[str]) -> None:
    """These files are gone."""
    store.page_copies.forget(names)
