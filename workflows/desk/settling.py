"""What time brings about: holds that end, and the monthly return of what could not be told."""

from datetime import datetime

from workflows.claims import Claim
from workflows.desk.recording import settle
from workflows.store.claim_store import ClaimStore


def settle_all(store: ClaimStore, now: datetime) -> tuple[Claim, ...]:
    """The claims of all teams for which something was due by `now`, with that done."""
    return tuple(
        settle(store, store.teams.get(claim.team), claim, now) for claim in store.claims.due(now)
    )


def next_settling(store: ClaimStore) -> datetime | None:
    """When the clock brings something next."""
    return store.claims.next_due()
