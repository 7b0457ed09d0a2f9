"""What time brings about: holds that end."""

from datetime import datetime

from workflows.claims import Claim
from workflows.desk.recording import settle
from workflows.store.claim_store import ClaimStore


def settle_all(store: ClaimStore, now: datetime) -> tuple[Claim, ...]:
    """The claims of all teams whose hold has ended by `now`, settled."""
    return tuple(
        settle(store, store.teams.get(claim.team), claim, now)
        for claim in store.claims.due_to_settle(now)
    )


def next_settling(store: ClaimStore) -> datetime | None:
    return store.claims.next_settling()
