"""Votes: cast, changed, taken back, and the reasons given for them."""

from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, ClaimKey, Verdict, Vote
from workflows.desk.claim_views import ClaimSheet, claim_of, sheet, team_of
from workflows.desk.transitions import record, settle
from workflows.errors import NotAllowed, Refused
from workflows.events import VoteCast, VoteTakenBack
from workflows.lifecycle import require_open_to_votes
from workflows.policy import ReasonRule
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Team, require_membership, require_voter


class ReasonNeeded(Refused):
    """The team wants a reason with each vote, and none was given."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a vote. `sheet` is there when it was asked for."""

    claim: Claim
    vote: Vote | None
    before: Vote | None
    first_ever: bool
    sheet: ClaimSheet | None

    @property
    def changed(self) -> bool:
        return self.vote is not self.before


def cast(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    verdict: Verdict,
    now: datetime,
    *,
    reason: str | None = None,
    with_sheet: bool = True,
) -> Receipt:
    """One member's verdict on one claim. The same verdict again changes nothing.

    Raises NotFound, NotAllowed, Refused where the claim takes no votes, ReasonNeeded.
    """
    team, claim = _votable(store, guild, key, person, now)
    voter = store.teams.member(team.id, person.discord_id, now)
    if claim.added_by == voter and not team.policy.own_claims:
        raise NotAllowed(
            "This team does not let people vote on claims they added themselves. A moderator can"
            " change that with /policy set."
        )
    before = store.claims.vote_of(claim, voter)
    reason = (reason or "").strip() or None
    if before and _says_the_same(before, verdict, reason):
        return _receipt(store, team, claim, before, before, with_sheet=with_sheet)
    if not reason and team.policy.reason is ReasonRule.REQUIRED:
        raise ReasonNeeded("This team wants a reason with each vote.")
    vote = Vote(
        voter=voter,
        verdict=verdict,
        weight=_weight(team, person, before, verdict),
        wording=claim.wording,
        at=now,
        reason=reason,
    )
    first_ever = before is None and not store.claims.has_voted(voter)
    text = store.history.keep_text(team.id, voter, reason)
    store.claims.put_vote(claim, vote, text.key if text else None)
    tally = (claim.tally.minus(before) if before else claim.tally).plus(vote)
    happening = VoteCast(voter, verdict, vote.weight, vote.wording, text)
    claim = record(store, team, claim, happening, now, tally=tally)
    return _receipt(store, team, claim, vote, before, first_ever=first_ever, with_sheet=with_sheet)


def take_back(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, now: datetime
) -> Receipt:
    """Without a vote of theirs, nothing changes. Who may vote no more may still take one back.

    Raises NotFound, and Refused where the claim takes no votes.
    """
    team = team_of(store, guild)
    claim = settle(store, team, claim_of(store, team, key), now)
    require_open_to_votes(claim.standing)
    voter = store.teams.find_member(team.id, person.discord_id)
    before = store.claims.vote_of(claim, voter) if voter else None
    if before is None or voter is None:
        return _receipt(store, team, claim, None, None)
    store.claims.remove_vote(claim, voter)
    claim = record(store, team, claim, VoteTakenBack(voter), now, tally=claim.tally.minus(before))
    return _receipt(store, team, claim, None, before)


def give_reason(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> Receipt:
    """The member's standing vote, cast again with a reason. Raises Refused without one."""
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    voter = store.teams.find_member(team.id, person.discord_id)
    before = store.claims.vote_of(claim, voter) if voter else None
    if before is None:
        raise Refused("You have no vote on this claim to give a reason for.")
    return cast(store, guild, key, person, before.verdict, now, reason=reason)


def _votable(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, now: datetime
) -> tuple[Team, Claim]:
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    require_voter(team, person)
    require_membership(team, person, now)
    claim = settle(store, team, claim, now)
    if claim.merged_into is not None:
        kept = store.claims.get(claim.merged_into)
        raise Refused("This claim was merged into #{number}; vote there.", number=kept.number)
    require_open_to_votes(claim.standing)
    return team, claim


def _weight(team: Team, person: Person, before: Vote | None, verdict: Verdict) -> int:
    """What the vote weighs; the same vote with another reason weighs what it did when cast."""
    if before and before.verdict is verdict and not before.stale:
        return before.weight
    return team.policy.weight_of(person.roles)


def _says_the_same(before: Vote, verdict: Verdict, reason: str | None) -> bool:
    return (
        before.verdict is verdict
        and not before.stale
        and (reason is None or reason == before.reason)
    )


def _receipt(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    vote: Vote | None,
    before: Vote | None,
    *,
    first_ever: bool = False,
    with_sheet: bool = True,
) -> Receipt:
    shown = sheet(store, team, claim) if with_sheet else None
    return Receipt(claim, vote, before, first_ever, shown)
