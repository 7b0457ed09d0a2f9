"""Votes: cast, changed, taken back, and the reasons given for them."""

from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, ClaimKey, Verdict, Vote
from workflows.desk.claim_views import ClaimView, build_view, get_claim, get_team
from workflows.desk.transitions import apply, apply_due
from workflows.errors import NotAllowed, Refused
from workflows.events import VoteCast, VoteTakenBack
from workflows.lifecycle import require_open_to_votes
from workflows.policy import ReasonRule
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Team, require_membership, require_voter


class ReasonNeeded(Refused):
    """The team wants a reason with each vote, and none was given."""


@dataclass(frozen=True, slots=True)
class VoteReceipt:
    """What became of a vote. `sheet` is there when it was asked for."""

    claim: Claim
    vote: Vote | None
    before: Vote | None
    first_ever: bool
    view: ClaimView | None

    @property
    def changed(self) -> bool:
        return self.vote is not self.before


def cast_vote(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    verdict: Verdict,
    now: datetime,
    *,
    reason: str | None = None,
    with_view: bool = True,
) -> VoteReceipt:
    """One member's verdict on one claim. The same verdict again changes nothing.

    Raises NotFound, NotAllowed, Refused where the claim takes no votes, ReasonNeeded.
    """
    team, claim = _require_votable(store, guild, key, person, now)
    voter = store.teams.member(team.id, person.discord_id, now)
    if claim.added_by == voter and not team.policy.own_claims:
        raise NotAllowed(
            "This team does not let people vote on claims they added themselves. A moderator can"
            " change that with /policy set.",
            code="own-claim",
        )
    before = store.claims.vote_of(claim, voter)
    reason = (reason or "").strip() or None
    if before and _is_same_vote(before, verdict, reason):
        return _build_receipt(store, team, claim, before, before, with_view=with_view)
    if not reason and team.policy.reason is ReasonRule.REQUIRED:
        raise ReasonNeeded("This team wants a reason with each vote.")
    vote = Vote(
        voter=voter,
        verdict=verdict,
        weight=_find_weight(team, person, before, verdict),
        wording=claim.wording,
        at=now,
        reason=reason,
    )
    first_ever = before is None and not store.claims.has_voted(voter)
    text = store.history.keep_text(team.id, voter, reason)
    store.claims.put_vote(claim, vote, text.key if text else None)
    tally = (claim.tally.minus(before) if before else claim.tally).plus(vote)
    data = VoteCast(voter, verdict, vote.weight, vote.wording, text)
    claim = apply(store, team, claim, data, now, tally=tally)
    return _build_receipt(
        store, team, claim, vote, before, first_ever=first_ever, with_view=with_view
    )


def take_back_vote(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, now: datetime
) -> VoteReceipt:
    """Without a vote of theirs, nothing changes. Who may vote no more may still take one back.

    Raises NotFound, and Refused where the claim takes no votes.
    """
    team = get_team(store, guild)
    claim = apply_due(store, team, get_claim(store, team, key), now)
    require_open_to_votes(claim.state)
    voter = store.teams.find_member(team.id, person.discord_id)
    before = store.claims.vote_of(claim, voter) if voter else None
    if before is None or voter is None:
        return _build_receipt(store, team, claim, None, None)
    store.claims.remove_vote(claim, voter)
    claim = apply(store, team, claim, VoteTakenBack(voter), now, tally=claim.tally.minus(before))
    return _build_receipt(store, team, claim, None, before)


def give_reason(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> VoteReceipt:
    """The member's standing vote, cast again with a reason. Raises Refused without one."""
    team = get_team(store, guild)
    claim = get_claim(store, team, key)
    voter = store.teams.find_member(team.id, person.discord_id)
    before = store.claims.vote_of(claim, voter) if voter else None
    if before is None:
        raise Refused("You have no vote on this claim to give a reason for.", code="no-vote")
    return cast_vote(store, guild, key, person, before.verdict, now, reason=reason)


def _require_votable(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, now: datetime
) -> tuple[Team, Claim]:
    team = get_team(store, guild)
    claim = get_claim(store, team, key)
    require_voter(team, person)
    require_membership(team, person, now)
    claim = apply_due(store, team, claim, now)
    if claim.merged_into is not None:
        kept = store.claims.get(claim.merged_into)
        raise Refused(
            "This claim was merged into #{number}; vote there.",
            code="duplicate",
            number=kept.number,
        )
    require_open_to_votes(claim.state)
    return team, claim


def _find_weight(team: Team, person: Person, before: Vote | None, verdict: Verdict) -> int:
    """What the vote weighs; the same vote with another reason weighs what it did when cast."""
    if before and before.verdict is verdict and not before.stale:
        return before.weight
    return team.policy.weight_of(person.roles)


def _is_same_vote(before: Vote, verdict: Verdict, reason: str | None) -> bool:
    return (
        before.verdict is verdict
        and not before.stale
        and (reason is None or reason == before.reason)
    )


def _build_receipt(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    vote: Vote | None,
    before: Vote | None,
    *,
    first_ever: bool = False,
    with_view: bool = True,
) -> VoteReceipt:
    shown = build_view(store, team, claim) if with_view else None
    return VoteReceipt(claim, vote, before, first_ever, shown)
