"""The one way a claim changes: decide by the rules, keep the result, append the event."""

from dataclasses import replace
from datetime import datetime

from workflows.claims import Claim, ClaimState, EvidenceCounts, MemberKey, Tally
from workflows.desk import webhooks
from workflows.events import Event, EventData, Outcome, Released, get_ruling
from workflows.lifecycle import apply_event, find_change_of_mind, find_due
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team
from workflows.voting import count_evidence


def apply(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    data: EventData,
    now: datetime,
    *,
    tally: Tally | None = None,
    sources: EvidenceCounts | None = None,
) -> Claim:
    """The claim after `happening`, decided under the team's policy and kept with its event."""
    tally = claim.tally if tally is None else tally
    sources = claim.sources if sources is None else sources
    state = apply_event(data, team.policy, tally, sources, claim.state, now)
    return apply_due(
        store, team, save_event(store, team, claim, data, now, state, tally, sources), now
    )


def apply_recounted(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    data: EventData,
    now: datetime,
    *,
    tally: Tally | None = None,
) -> Claim:
    """As `record`, with the links counted by today's policy: it may have changed meanwhile."""
    sources = recount_evidence(store, team, claim)
    return apply(store, team, claim, data, now, tally=tally, sources=sources)


def recount_evidence(store: ClaimStore, team: Team, claim: Claim) -> EvidenceCounts:
    """Return how many of its links count under the team's policy."""
    return count_evidence(team.policy, store.evidence.of_claim(claim))


def apply_due(store: ClaimStore, team: Team, claim: Claim, now: datetime) -> Claim:
    """The claim with what the clock brought by `now`, each at its own time.

    Settled, asked again, or free again where whoever looked into it has had their day.
    """
    free, due = claim.assigned_until, find_due(claim.state, now)
    if free and free <= now and (due is None or free <= due[1]):
        claim, free = release(store, team, claim, None, free), None
    if due:
        data, at = due
        state = apply_event(data, team.policy, claim.tally, claim.sources, claim.state, at)
        claim = save_event(store, team, claim, data, at, state, claim.tally, claim.sources)
    return release(store, team, claim, None, free) if free and free <= now else claim


def release(
    store: ClaimStore, team: Team, claim: Claim, by: MemberKey | None, at: datetime
) -> Claim:
    """Return the claim with nobody looking into it; None: their day is over."""
    store.claims.assign(claim, None)
    claim = replace(claim, assigned_to=None, assigned_day=None, assigned_until=None)
    return save_event(store, team, claim, Released(by), at, claim.state, claim.tally, claim.sources)


def apply_due_in_team(store: ClaimStore, team: Team, now: datetime) -> None:
    """Apply what was due in the team before an action on many claims."""
    for claim in store.claims.due(now):
        if claim.team == team.id:
            apply_due(store, team, claim, now)


def save_event(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    data: EventData,
    at: datetime,
    state: ClaimState,
    tally: Tally,
    sources: EvidenceCounts,
) -> Claim:
    """The claim as it is now kept: its row, its event, and its document's card if that changed."""
    version = store.claims.save(claim, state, tally, sources)
    outcome = Outcome(state, team.policy_version)
    store.history.append(claim, Event(at, data, outcome))
    webhooks.queue_event(store, claim, data, at)
    if ruling := get_ruling(data):
        store.claims.rule(claim, ruling.key)
    if turned := find_change_of_mind(claim.state, state):
        store.history.append(claim, Event(at, turned, outcome))
        webhooks.queue_event(store, claim, turned, at)
    if _get_place(state) != _get_place(claim.state):
        store.documents.touch(claim.id)
    return replace(claim, state=state, tally=tally, sources=sources, version=version)


def _get_place(state: ClaimState) -> tuple[str, bool]:
    return state.status.value, state.settled_at is not None


def apply_all_due(store: ClaimStore, now: datetime) -> tuple[Claim, ...]:
    """Return the claims of all teams for which something was due by `now`, with that done."""
    return tuple(
        apply_due(store, store.teams.get(claim.team), claim, now) for claim in store.claims.due(now)
    )


def find_next_due(store: ClaimStore) -> datetime | None:
    """Return when the clock brings something next."""
    return store.claims.next_due()
