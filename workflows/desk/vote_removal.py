"""/votes remove: a moderator takes votes out of the claims that are still open.

Those of one member, or of all who joined since they did; with the links they brought, if wanted.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.claims import Claim, EvidenceKey, MemberKey, Status, Vote
from workflows.desk.claim_views import get_team
from workflows.desk.evidence import recheck_attribution, restore_link
from workflows.desk.moderation import make_reason
from workflows.desk.transitions import (
    apply_due_in_team,
    apply_recounted,
    recount_evidence,
)
from workflows.errors import NotFound
from workflows.events import EvidenceRemoved, Text, VoteCast, VoteRemoved, VoteRestored
from workflows.lifecycle import apply_event, find_due
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Team, require_moderator
from workflows.voting import VOTABLE, count_evidence

_UNSAID = Text("", "")
"""The reason while it is only foreseen what would come of it."""
UNDO = timedelta(hours=24)
"""How long after they were taken out votes can be put back together."""


class Rule(StrEnum):
    """The rules on who may vote that can be made to reach votes already cast."""

    MEMBER_DAYS = "member_days"
    OWN_CLAIMS = "own_claims"


@dataclass(frozen=True, slots=True)
class VoteSelection:
    """Whose votes: an account's, and `since` it joined also those who did so later; and `links`.

    Or those that a `rule` of the team forbids now and took before: whoever is too new, or voted on
    a claim of their own.
    """

    account: int = 0
    since: bool = False
    links: bool = False
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class ChangedClaim:
    """A claim that votes are taken out of: how many, and where it stands before and after."""

    number: int
    votes: int
    before: Status
    after: Status


@dataclass(frozen=True, slots=True)
class Removal:
    """What is taken out: votes, by their claims, and `links`.

    `others` are those who joined since the account did and have votes on open claims too.
    """

    claims: tuple[ChangedClaim, ...]
    links: int
    others: int = 0
    joined_at: datetime | None = None
    days: int = 0
    """How long the rules want members to be in the server."""

    @property
    def votes(self) -> int:
        return sum(each.votes for each in self.claims)

    def list_changes(self) -> Iterator[ChangedClaim]:
        """Yield the claims that stand elsewhere afterwards."""
        return (each for each in self.claims if each.before is not each.after)


def preview_removal(store: ClaimStore, acting: Acting, selection: VoteSelection) -> Removal:
    """Return what would be taken out, and what would come of it; nothing is changed yet.

    `links` are counted whether they are wanted or not. Raises NotFound where there are no votes
    of theirs on open claims, and NotAllowed.
    """
    team = _require_moderated(store, acting)
    member = store.teams.find_member(team.id, selection.account)
    joined_at = store.teams.read_joined(member) if member else None
    members = _select(store, team, selection, acting.now)
    found = _list_open_votes(store, team, selection, members, acting.now)
    links = {each.id: keys for each, keys in _list_links(store, members, acting.now)}
    gone = links if selection.links else {}
    later = store.teams.list_joined_since(team.id, joined_at) if joined_at else ()
    others = [
        each for each in later if each not in members and _find_open_votes(store, each, acting.now)
    ]
    return Removal(
        tuple(
            ChangedClaim(
                claim.number,
                len(votes),
                claim.state.status,
                _foresee(store, team, claim, votes, gone.get(claim.id, ()), acting.now),
            )
            for claim, votes in found
        ),
        sum(map(len, links.values())),
        len(others),
        joined_at,
        team.policy.member_days,
    )


def find_reached(store: ClaimStore, acting: Acting, rule: Rule) -> int:
    """Return how many votes on open claims a rule forbids now and took before.

    Raises NotFound, NotAllowed.
    """
    team = _require_moderated(store, acting)
    selection = VoteSelection(rule=rule)
    members = _select(store, team, selection, acting.now)
    try:
        found = _list_open_votes(store, team, selection, members, acting.now)
    except NotFound:
        return 0
    return sum(len(votes) for _, votes in found)


def remove_votes(
    store: ClaimStore, acting: Acting, selection: VoteSelection, reason: str
) -> Removal:
    """Take these votes, and links if wanted, out of the open claims; those are decided anew.

    Raises as `preview_removal`, and BadInput without a reason.
    """
    team = _require_moderated(store, acting)
    apply_due_in_team(store, team, acting.now)
    members = _select(store, team, selection, acting.now)
    found = _list_open_votes(store, team, selection, members, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    links = 0
    for claim, keys in _list_links(store, members, acting.now) if selection.links else ():
        for key in keys:
            gone = EvidenceRemoved(key, by, make_reason(store, team, by, reason))
            claim = _remove_link(store, team, claim, gone, acting.now)  # noqa: PLW2901
            links += 1
    changed = []
    for before, votes in found:
        claim = store.claims.get(before.id)
        for vote in votes:
            store.votes.remove_vote(claim, vote.voter)
            said = make_reason(store, team, by, reason)
            data = VoteRemoved(by, vote.voter, said)
            tally = claim.tally.minus(vote)
            claim = apply_recounted(store, team, claim, data, acting.now, tally=tally)
        status, after = before.state.status, claim.state.status
        changed.append(ChangedClaim(claim.number, len(votes), status, after))
    return Removal(tuple(changed), links)


def restore_votes(store: ClaimStore, acting: Acting, selection: VoteSelection) -> Removal:
    """Put back the votes that this moderator took out lately, where nothing came after them.

    With `links`, also those. A claim that was settled or reworded, who voted again or was
    forgotten, and a page that is on the claim once more, stay as they are. Raises NotFound where
    there is nothing to put back, and NotAllowed.
    """
    team = _require_moderated(store, acting)
    apply_due_in_team(store, team, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    members = frozenset(_select(store, team, selection, acting.now - UNDO))
    links = _restore_links(store, team, by, members, acting.now) if selection.links else 0
    changed = []
    for row in store.history.list_removed_since(team.id, by, acting.now - UNDO):
        before = claim = store.claims.get(row)
        gone = _list_removed(store, claim, by, acting.now - UNDO)
        votes = {
            voter: cast
            for voter, cast in gone.items()
            if voter in members or (selection.rule is Rule.OWN_CLAIMS and voter == claim.added_by)
        }
        if claim.state.status not in VOTABLE or claim.state.settled_at is not None:
            continue
        put_back = 0
        for voter, cast in votes.items():
            if cast.wording != claim.wording or store.votes.vote_of(claim, voter):
                continue
            kept = store.history.text(cast.reason.key) if cast.reason else None
            vote = Vote(voter, cast.verdict, cast.weight, cast.wording, acting.now)
            store.votes.put_vote(claim, vote, cast.reason.key if cast.reason and kept else None)
            text = cast.reason if kept else None
            data = VoteRestored(by, voter, cast.verdict, cast.weight, cast.wording, text)
            tally = claim.tally.plus(vote)
            claim = apply_recounted(store, team, claim, data, acting.now, tally=tally)
            put_back += 1
        if put_back:
            status, after = before.state.status, claim.state.status
            changed.append(ChangedClaim(claim.number, put_back, status, after))
    if not changed and not links:
        raise NotFound("There is nothing to put back.", code="nothing-removed")
    return Removal(tuple(changed), links)


def _restore_links(
    store: ClaimStore, team: Team, by: MemberKey, members: frozenset[MemberKey], now: datetime
) -> int:
    """Put back the links that this moderator took away lately; return how many."""
    put_back = 0
    store.evidence.purge_removed(now - UNDO)
    for row, link in store.evidence.list_removed(team.id, by):
        claim = store.claims.get(row)
        if link.by not in members or not _is_open(claim, now):
            continue
        put_back += restore_link(store, team, claim, link, by, now)
    return put_back


def _require_moderated(store: ClaimStore, acting: Acting) -> Team:
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    return team


def _select(
    store: ClaimStore, team: Team, selection: VoteSelection, now: datetime
) -> tuple[MemberKey, ...]:
    """Return whose votes are meant. Raises NotFound for somebody who is not known here."""
    days = team.policy.member_days
    if selection.rule is Rule.MEMBER_DAYS and days:
        return store.teams.list_joined_since(team.id, now - timedelta(days=days))
    if selection.rule:
        return ()
    member = store.teams.find_member(team.id, selection.account)
    if member is None:
        raise _make_refusal()
    joined_at = store.teams.read_joined(member) if selection.since else None
    later = store.teams.list_joined_since(team.id, joined_at) if joined_at else ()
    return (member, *(each for each in later if each != member))


def _make_refusal() -> NotFound:
    return NotFound("There are no votes by this member on open claims.", code="no-votes")


def _list_open_votes(
    store: ClaimStore,
    team: Team,
    selection: VoteSelection,
    members: tuple[MemberKey, ...],
    now: datetime,
) -> list[tuple[Claim, list[Vote]]]:
    """Return their votes on each claim that is open. Raises NotFound where there is none."""
    votes, claims = defaultdict[int, list[Vote]](list), dict[int, Claim]()
    found = [each for member in members for each in _find_open_votes(store, member, now)]
    if selection.rule is Rule.OWN_CLAIMS and not team.policy.own_claims:
        found = _find_own_votes(store, team, now)
    for claim, vote in found:
        claims[claim.id] = claim
        votes[claim.id].append(vote)
    if not claims:
        raise _make_refusal()
    return [(claims[row], votes[row]) for row in sorted(claims)]


def _find_open_votes(
    store: ClaimStore, member: MemberKey, now: datetime
) -> list[tuple[Claim, Vote]]:
    return [
        (claim, vote)
        for claim, vote in store.votes.list_unsettled_votes(member)
        if _is_open(claim, now)
    ]


def _find_own_votes(store: ClaimStore, team: Team, now: datetime) -> list[tuple[Claim, Vote]]:
    """Return the votes of those who added a claim on that claim."""
    return [
        (claim, vote)
        for claim in store.claims.open_in(team.id)
        if claim.added_by
        and _is_open(claim, now)
        and (vote := store.votes.vote_of(claim, claim.added_by))
    ]


def _list_links(
    store: ClaimStore, members: tuple[MemberKey, ...], now: datetime
) -> list[tuple[Claim, list[EvidenceKey]]]:
    """Return the links they added to each claim that is open."""
    links = defaultdict[int, list[EvidenceKey]](list)
    for member in members:
        for row, key in store.evidence.list_unsettled_of(member):
            links[row].append(key)
    claims = ((store.claims.get(row), keys) for row, keys in sorted(links.items()))
    return [(claim, keys) for claim, keys in claims if _is_open(claim, now)]


def _remove_link(
    store: ClaimStore, team: Team, claim: Claim, data: EvidenceRemoved, now: datetime
) -> Claim:
    store.evidence.keep_removed(claim, data.evidence, data.by, now)
    store.evidence.remove(claim, data.evidence)
    recheck_attribution(store, claim)
    return apply_recounted(store, team, claim, data, now)


def _list_removed(
    store: ClaimStore, claim: Claim, by: MemberKey, since: datetime
) -> dict[MemberKey, VoteCast]:
    """Return the votes this moderator took out of a claim since then, as they were cast last."""
    cast, removed = dict[MemberKey, VoteCast](), dict[MemberKey, VoteCast]()
    for event in store.history.of_claim(claim):
        match event.data:
            case VoteCast(by=voter):
                cast[voter] = event.data
                removed.pop(voter, None)
            case VoteRemoved(voter=voter, by=remover) if remover == by and event.at >= since:
                if voter in cast:
                    removed[voter] = cast[voter]
    return removed


def _is_open(claim: Claim, now: datetime) -> bool:
    """Return True if votes count on it, and its hold has not ended unnoticed."""
    settling = claim.state.provisional and find_due(claim.state, now) is not None
    return claim.state.status in VOTABLE and not settling


def _foresee(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    votes: list[Vote],
    gone: list[EvidenceKey] | tuple[()],
    now: datetime,
) -> Status:
    """Return where the claim will stand: the links go first, then one vote after the other."""
    links, state, tally = list(store.evidence.of_claim(claim)), claim.state, claim.tally
    for key in gone:
        links = [link for link in links if link.key != key]
        data = EvidenceRemoved(key, claim.added_by or MemberKey(""), None)
        state = apply_event(
            data, team.policy, tally, count_evidence(team.policy, links), state, now
        )
    sources = count_evidence(team.policy, links) if gone else recount_evidence(store, team, claim)
    for vote in votes:
        tally = tally.minus(vote)
        removed = VoteRemoved(vote.voter, vote.voter, _UNSAID)
        state = apply_event(removed, team.policy, tally, sources, state, now)
    return state.status
