"""/votes remove: a moderator takes a member's votes out of the claims that are still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, Status, Vote
from workflows.desk.claim_views import get_team
from workflows.desk.moderation import make_reason
from workflows.desk.transitions import apply_due_in_team, apply_recounted, recount_evidence
from workflows.errors import NotFound
from workflows.events import Text, VoteRemoved
from workflows.lifecycle import apply_event, find_due
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Team, require_moderator
from workflows.voting import VOTABLE

_UNSAID = Text("", "")
"""The reason while it is only foreseen what would come of it."""


@dataclass(frozen=True, slots=True)
class RemovedVote:
    """A vote that is taken out of a claim, and where the claim stands before and after."""

    number: int
    before: Status
    after: Status


def preview_removal(store: ClaimStore, acting: Acting, account: int) -> tuple[RemovedVote, ...]:
    """Return what taking out this account's votes would change; nothing is changed yet.

    Raises NotFound where there are no votes of theirs on open claims, and NotAllowed.
    """
    team = _require_moderated(store, acting)
    return tuple(
        RemovedVote(
            claim.number, claim.state.status, _foresee(store, team, claim, vote, acting.now)
        )
        for claim, vote in _list_open_votes(store, team, account, acting.now)
    )


def remove_votes(
    store: ClaimStore, acting: Acting, account: int, reason: str
) -> tuple[RemovedVote, ...]:
    """Take this account's votes out of the claims that are open; those are decided anew.

    Raises as `preview_removal`, and BadInput without a reason.
    """
    team = _require_moderated(store, acting)
    apply_due_in_team(store, team, acting.now)
    found = _list_open_votes(store, team, account, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    removed = []
    for claim, vote in found:
        said = make_reason(store, team, by, reason)
        store.votes.remove_vote(claim, vote.voter)
        after = apply_recounted(
            store,
            team,
            claim,
            VoteRemoved(by, vote.voter, said),
            acting.now,
            tally=claim.tally.minus(vote),
        )
        removed.append(RemovedVote(claim.number, claim.state.status, after.state.status))
    return tuple(removed)


def _require_moderated(store: ClaimStore, acting: Acting) -> Team:
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    return team


def _list_open_votes(
    store: ClaimStore, team: Team, account: int, now: datetime
) -> tuple[tuple[Claim, Vote], ...]:
    member = store.teams.find_member(team.id, account)
    votes = store.votes.list_unsettled_votes(member) if member else ()
    found = tuple(
        (claim, vote)
        for claim, vote in votes
        if claim.state.status in VOTABLE and not _is_settling(claim, now)
    )
    if not found:
        raise NotFound("There are no votes by this member on open claims.", code="no-votes")
    return found


def _is_settling(claim: Claim, now: datetime) -> bool:
    """Return True if its hold has ended, though nobody has settled it yet."""
    return claim.state.provisional and find_due(claim.state, now) is not None


def _foresee(store: ClaimStore, team: Team, claim: Claim, vote: Vote, now: datetime) -> Status:
    data = VoteRemoved(vote.voter, vote.voter, _UNSAID)
    tally, sources = claim.tally.minus(vote), recount_evidence(store, team, claim)
    return apply_event(data, team.policy, tally, sources, claim.state, now).status


def list_changes(removed: tuple[RemovedVote, ...]) -> Iterator[RemovedVote]:
    """Yield those whose claims stand elsewhere afterwards."""
    return (each for each in removed if each.before is not each.after)
