"""Votes: cast, changed, taken back, and the reasons given for them."""

from dataclasses import dataclass

from workflows.claims import Claim, ClaimKey, Verdict, Vote
from workflows.desk.claim_views import ClaimView, build_view, get_claim, get_team
from workflows.desk.subscriptions import take_ended
from workflows.desk.transitions import apply, apply_due
from workflows.errors import NotAllowed, Refused
from workflows.events import VoteCast, VoteTakenBack
from workflows.lifecycle import require_open_to_votes
from workflows.policy import ReasonRule
from workflows.store.claim_store import ClaimStore
from workflows.store.votes import Voter
from workflows.teams import Acting, Person, Team, require_membership, require_voter


class ReasonNeeded(Refused):
    """The team wants a reason with each vote, and none was given."""


@dataclass(frozen=True, slots=True)
class VoteReceipt:
    """What became of a vote. `view` is there when it was asked for.

    `digest_ended`: the voter's own digest ended, and they are told so now, once.
    """

    claim: Claim
    vote: Vote | None
    before: Vote | None
    first_ever: bool
    view: ClaimView | None
    digest_ended: bool = False

    @property
    def changed(self) -> bool:
        return self.vote is not self.before


def cast_vote(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    verdict: Verdict,
    *,
    reason: str | None = None,
    with_view: bool = True,
) -> VoteReceipt:
    """Return one member's verdict on one claim. The same verdict again changes nothing.

    Raises NotFound, NotAllowed, Refused where the claim takes no votes, ReasonNeeded.
    """
    team, claim = _require_votable(store, acting, key)
    voter = _find_voter(store, team, acting)
    if claim.added_by == voter.key and not team.policy.own_claims:
        raise NotAllowed(
            "This team doesn't let people vote on claims they added. A moderator can"
            " change that with /policy set.",
            code="own-claim",
        )
    before = store.votes.vote_of(claim, voter.key) if voter.has_voted else None
    reason = (reason or "").strip() or None
    if before and _is_same_vote(before, verdict, reason):
        return _build_receipt(store, team, claim, before, before, with_view=with_view)
    if not reason and team.policy.reason is ReasonRule.REQUIRED:
        raise ReasonNeeded("This team wants a reason with each vote.")
    vote = Vote(
        voter=voter.key,
        verdict=verdict,
        weight=_find_weight(team, acting.person, before, verdict),
        wording=claim.wording,
        at=acting.now,
        reason=reason,
    )
    text = store.history.keep_text(team.id, voter.key, reason)
    store.votes.put_vote(claim, vote, text.key if text else None)
    tally = (claim.tally.minus(before) if before else claim.tally).plus(vote)
    data = VoteCast(voter.key, verdict, vote.weight, vote.wording, text)
    claim = apply(store, team, claim, data, acting.now, tally=tally)
    return _build_receipt(
        store,
        team,
        claim,
        vote,
        before,
        first_ever=not voter.has_voted,
        digest_ended=voter.digest_ended and take_ended(store, voter.key),
        with_view=with_view,
    )


def take_back_vote(store: ClaimStore, acting: Acting, key: ClaimKey) -> VoteReceipt:
    """Without a vote of theirs, nothing changes. Who may vote no more may still take one back.

    Raises NotFound, and Refused where the claim takes no votes.
    """
    team = get_team(store, acting.guild)
    claim = apply_due(store, team, get_claim(store, team, key), acting.now)
    require_open_to_votes(claim.state)
    voter = store.teams.find_member(team.id, acting.person.discord_id)
    before = store.votes.vote_of(claim, voter) if voter else None
    if before is None or voter is None:
        return _build_receipt(store, team, claim, None, None)
    store.votes.remove_vote(claim, voter)
    claim = apply(
        store, team, claim, VoteTakenBack(voter), acting.now, tally=claim.tally.minus(before)
    )
    return _build_receipt(store, team, claim, None, before)


def give_reason(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str) -> VoteReceipt:
    """Return the member's standing vote, cast again with a reason. Raises Refused without one."""
    team = get_team(store, acting.guild)
    claim = get_claim(store, team, key)
    voter = store.teams.find_member(team.id, acting.person.discord_id)
    before = store.votes.vote_of(claim, voter) if voter else None
    if before is None:
        raise Refused(
            "You have no vote on this claim, so there is nothing to give a reason for.",
            code="no-vote",
        )
    return cast_vote(store, acting, key, before.verdict, reason=reason)


def _require_votable(store: ClaimStore, acting: Acting, key: ClaimKey) -> tuple[Team, Claim]:
    team = get_team(store, acting.guild)
    claim = get_claim(store, team, key)
    require_voter(team, acting.person)
    require_membership(team, acting.person, acting.now)
    claim = apply_due(store, team, claim, acting.now)
    if claim.merged_into is not None:
        kept = store.disagreements.get_kept(claim.merged_into)
        raise Refused(
            "This claim was merged into #{number}. Vote there instead.",
            code="duplicate",
            number=kept.number,
        )
    require_open_to_votes(claim.state)
    return team, claim


def _find_voter(store: ClaimStore, team: Team, acting: Acting) -> Voter:
    """Find who votes; whoever is new gets a key. Since when they are in the server is kept."""
    person = acting.person
    voter = store.votes.find_voter(team.id, person.discord_id)
    if voter is None:
        return Voter(
            store.teams.add_member(team.id, person.discord_id, person.joined_at, acting.now)
        )
    if person.joined_at not in (None, voter.joined_at):
        store.teams.keep_joined(voter.key, person.joined_at)
    return voter


def _find_weight(team: Team, person: Person, before: Vote | None, verdict: Verdict) -> int:
    """Return what the vote weighs.

    The same vote with another reason weighs what it did when cast.
    """
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
    digest_ended: bool = False,
    with_view: bool = True,
) -> VoteReceipt:
    shown = build_view(store, team, claim) if with_view else None
    return VoteReceipt(claim, vote, before, first_ever, shown, digest_ended)
