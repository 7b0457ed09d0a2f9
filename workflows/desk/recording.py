"""The one way a claim changes: decide by the rules, keep the result, append the event."""

from dataclasses import replace
from datetime import datetime

from workflows.claims import Claim, Sources, Standing, Tally
from workflows.lifecycle import Event, Happening, Outcome, settle_due
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team
from workflows.voting import decide


def record(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    happening: Happening,
    now: datetime,
    *,
    tally: Tally | None = None,
    sources: Sources | None = None,
) -> Claim:
    """The claim after `happening`, decided under the team's policy and kept with its event."""
    tally = claim.tally if tally is None else tally
    sources = claim.sources if sources is None else sources
    standing = decide(team.policy, tally, sources, claim.standing, now).standing
    return settle(
        store, team, keep(store, team, claim, happening, now, standing, tally, sources), now
    )


def settle(store: ClaimStore, team: Team, claim: Claim, now: datetime) -> Claim:
    """The claim with the settling applied that was due by `now`, at its own time."""
    due = settle_due(claim.standing, now)
    if due is None:
        return claim
    settled, at, standing = due
    return keep(store, team, claim, settled, at, standing, claim.tally, claim.sources)


def keep(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    happening: Happening,
    at: datetime,
    standing: Standing,
    tally: Tally,
    sources: Sources,
) -> Claim:
    """The claim as it is now kept: its row, its event, and its document's card if that changed."""
    version = store.claims.save(claim, standing, tally, sources)
    store.history.append(claim, Event(at, happening, Outcome(standing, team.policy_version)))
    if _place(standing) != _place(claim.standing):
        store.documents.touch(claim.id)
    return replace(claim, standing=standing, tally=tally, sources=sources, version=version)


def _place(standing: Standing) -> tuple[str, bool]:
    return standing.status.value, standing.settled_at is not None
