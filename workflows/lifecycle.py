"""A claim's history: its events, their fold, and which moves are allowed. Pure functions.

An event carries everything the status depends on: what was done, under which policy and wording,
and the outcome that was decided, with the version of the rules that decided it. Folding takes the
recorded outcomes; `replay` also decides anew those made under the rules of today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflows.claims import (
    ClaimKey,
    EvidenceKey,
    Grade,
    MemberKey,
    Sources,
    Stance,
    Standing,
    Status,
    Tally,
    Verdict,
    Vote,
)
from workflows.errors import Refused
from workflows.policy import Policy
from workflows.voting import RULES, VOTABLE, decide, in_force


@dataclass(frozen=True, slots=True)
class Text:
    """Words somebody wrote, kept outside the events: their key, and a salted hash of them."""

    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class ClaimAdded:
    """A claim entered the team's list. `words_hash` is the hash of version 1 of its words."""

    kind = "claim_added"
    claim: ClaimKey
    number: int
    words_hash: str
    status: Status
    by: MemberKey | None


@dataclass(frozen=True, slots=True)
class ClaimPosted:
    """A shelved claim was put before the team."""

    kind = "claim_posted"
    by: MemberKey | None


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A member's first or changed vote, with the weight it had at that moment."""

    kind = "vote_cast"
    by: MemberKey
    verdict: Verdict
    weight: int
    wording: int
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class VoteTakenBack:
    kind = "vote_taken_back"
    by: MemberKey


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """A link was attached. The address stands outside the event too, which holds its hash."""

    kind = "evidence_added"
    evidence: EvidenceKey
    by: MemberKey
    stance: Stance
    origin: str
    counts: bool
    address_hash: str
    note: Text | None = None
    grade: Grade = field(default_factory=Grade)
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict was locked: by the end of its hold, or by a moderator."""

    kind = "settled"
    verdict: Verdict
    by: MemberKey | None = None


Happening = ClaimAdded | ClaimPosted | VoteCast | VoteTakenBack | EvidenceAdded | Settled
"""What can happen to a claim."""

KINDS: Mapping[str, type[Happening]] = {
    happening.kind: happening
    for happening in (ClaimAdded, ClaimPosted, VoteCast, VoteTakenBack, EvidenceAdded, Settled)
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the claim stood after an event, by which version of the rules and of the policy."""

    standing: Standing
    policy: int
    rules: int = RULES


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a claim's history."""

    at: datetime
    happening: Happening
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of a claim add up to."""

    standing: Standing
    votes: Mapping[MemberKey, Vote] = field(default_factory=dict)
    evidence: Mapping[EvidenceKey, EvidenceAdded] = field(default_factory=dict)
    wording: int = 1

    @property
    def tally(self) -> Tally:
        standing = [vote for vote in self.votes.values() if not vote.stale]
        weights = dict.fromkeys(Verdict, 0)
        for vote in standing:
            weights[vote.verdict] += vote.weight
        return Tally(len(standing), *weights.values())

    def sources(self, policy: Policy) -> Sources:
        return in_force(policy, self.evidence.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """An event whose outcome the rules of today, under the same version, decide otherwise."""

    event: Event
    expected: Standing


def added(status: Status, now: datetime) -> Standing:
    """Where a claim begins: before the team, or on the shelf."""
    return Standing(status=status, since=now)


def posted(before: Standing, now: datetime) -> Standing:
    """Put a shelved claim before the team. Raises Refused for any other."""
    if before.status is not Status.SHELVED:
        raise Refused("This claim is posted already.")
    return replace(before, status=Status.UNREVIEWED, since=now)


def require_open_to_votes(standing: Standing) -> None:
    """Raise Refused, with why and who can change it, where a claim takes no votes."""
    if standing.settled_at is not None:
        raise Refused(
            "This claim is settled since {since}. A moderator can reopen it.",
            since=standing.settled_at,
        )
    if standing.status not in VOTABLE:
        raise Refused(_CLOSED[standing.status])


def settle_due(standing: Standing, now: datetime) -> tuple[Settled, datetime, Standing] | None:
    """The settling that was due by `now`: the event, its own time, and the locked standing."""
    due = standing.settles_at
    if not standing.provisional or due is None or due > now:
        return None
    return Settled(Verdict(standing.status.value)), due, replace(standing, settled_at=due)


def fold(events: Iterable[Event]) -> Story:
    """What these events of one claim, in order, add up to, by their recorded outcomes."""
    story: Story | None = None
    for event in events:
        story = _step(story, event)
    if story is None:
        raise ValueError("a claim's history begins with its being added")
    return story


def replay(
    events: Iterable[Event], policies: Mapping[int, Policy]
) -> Iterator[tuple[Story, Difference | None]]:
    """Each state of a claim's history, with the difference, if its outcome is decided anew."""
    story: Story | None = None
    for event in events:
        before, story = story, _step(story, event)
        expected = event.outcome.standing
        if event.outcome.rules == RULES and before is not None:
            expected = _expected(before, story, event, policies[event.outcome.policy])
        elif event.outcome.rules == RULES and isinstance(event.happening, ClaimAdded):
            expected = added(event.happening.status, event.at)
        same = expected == event.outcome.standing
        yield story, None if same else Difference(event, expected)


def _step(story: Story | None, event: Event) -> Story:
    standing = event.outcome.standing
    if story is None:
        if not isinstance(event.happening, ClaimAdded):
            raise ValueError("a claim's history begins with its being added")
        return Story(standing)
    match event.happening:
        case VoteCast(by=by, verdict=verdict, weight=weight, wording=wording):
            votes = {**story.votes, by: Vote(by, verdict, weight, wording, event.at)}
            return replace(story, votes=votes, standing=standing)
        case VoteTakenBack(by=by):
            votes = {voter: vote for voter, vote in story.votes.items() if voter != by}
            return replace(story, votes=votes, standing=standing)
        case EvidenceAdded() as link:
            evidence = {**story.evidence, link.evidence: link}
            return replace(story, evidence=evidence, standing=standing)
        case _:
            return replace(story, standing=standing)


def _expected(before: Story, after: Story, event: Event, policy: Policy) -> Standing:
    match event.happening:
        case ClaimPosted():
            if before.standing.status is not Status.SHELVED:
                return before.standing
            return posted(before.standing, event.at)
        case Settled():
            due = settle_due(before.standing, event.at)
            return due[2] if due else before.standing
        case VoteCast() | VoteTakenBack() | EvidenceAdded():
            return decide(
                policy, after.tally, after.sources(policy), before.standing, event.at
            ).standing
        case ClaimAdded():
            return before.standing


_CLOSED: Mapping[Status, str] = {
    Status.SHELVED: "This claim is on the shelf: it must be posted before it can be voted on.",
    Status.DROPPED: "A moderator has dropped this claim; it takes no more votes.",
    Status.DUPLICATE: "This claim was merged into another one; please vote there.",
}
