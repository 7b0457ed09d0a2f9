"""The one way a claim changes: decide by the rules, keep the result, append the event."""

from dataclasses import replace
from datetime import datetime

from workflows.claims import Claim, Sources, Standing, Tally
from workflows.events import Event, Happening, Outcome, ruling_of
from workflows.lifecycle import changed_mind, due_by, standing_after
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team
from workflows.voting import in_force


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
    standing = standing_after(happening, team.policy, tally, sources, claim.standing, now)
    return settle(
        store, team, keep(store, team, claim, happening, now, standing, tally, sources), now
    )


def record_anew(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    happening: Happening,
    now: datetime,
    *,
    tally: Tally | None = None,
) -> Claim:
    """As `record`, with the links counted by today's policy: it may have changed meanwhile."""
    sources = counted(store, team, claim)
    return record(store, team, claim, happening, now, tally=tally, sources=sources)


def counted(store: ClaimStore, team: Team, claim: Claim) -> Sources:
    """How many of its links count under the team's policy."""
    return in_force(team.policy, store.evidence.of_claim(claim))


def settle(store: ClaimStore, team: Team, claim: Claim, now: datetime) -> Claim:
    """The claim with what the clock brought by `now`, at its own time: settled, or asked again."""
    due = due_by(claim.standing, now)
    if due is None:
        return claim
    happening, at = due
    standing = standing_after(
        happening, team.policy, claim.tally, claim.sources, claim.standing, at
    )
    return keep(store, team, claim, happening, at, standing, claim.tally, claim.sources)


def settle_due_in(store: ClaimStore, team: Team, now: datetime) -> None:
    """What was due in the team before an action on many claims comes before it."""
    for claim in store.claims.due(now):
        if claim.team == team.id:
            settle(store, team, claim, now)


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
    outcome = Outcome(standing, team.policy_version)
    store.history.append(claim, Event(at, happening, outcome))
    if ruling := ruling_of(happening):
        store.claims.rule(claim, ruling.key)
    if turned := changed_mind(claim.standing, standing):
        store.history.append(claim, Event(at, turned, outcome))
    if _place(standing) != _place(claim.standing):
        store.documents.touch(claim.id)
    return replace(claim, standing=standing, tally=tally, sources=sources, version=version)


def _place(standing: Standing) -> tuple[str, bool]:
    return standing.status.value, standing.settled_at is not None


def settle_all(store: ClaimStore, now: datetime) -> tuple[Claim, ...]:
    """The claims of all teams for which something was due by `now`, with that done."""
    return tuple(
        settle(store, store.teams.get(claim.team), claim, now) for claim in store.claims.due(now)
    )


def next_settling(store: ClaimStore) -> datetime | None:
    """When the clock brings something next."""
    return store.claims.next_due()
