"""A claim's history: its fold, where each event leads, and which moves are allowed. Pure functions.

Folding takes the recorded outcomes; `replay` also decides anew those made under the rules of today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflows.claims import (
    EvidenceKey,
    MemberKey,
    Sources,
    Standing,
    Status,
    Tally,
    Verdict,
    Vote,
)
from workflows.errors import Refused
from workflows.happenings import (
    Assigned,
    ChangedMind,
    ClaimAdded,
    ClaimPosted,
    Dropped,
    Edited,
    Event,
    EvidenceAdded,
    Happening,
    Reopened,
    Reposted,
    Settled,
    VoteCast,
    VoteTakenBack,
)
from workflows.policy import Policy
from workflows.voting import RULES, VOTABLE, decide, in_force


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of a claim add up to."""

    standing: Standing
    votes: Mapping[MemberKey, Vote] = field(default_factory=dict)
    evidence: Mapping[EvidenceKey, EvidenceAdded] = field(default_factory=dict)
    wording: int = 1
    words_hash: str = ""
    assigned_to: MemberKey | None = None

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


# ------------------------------------------------------------------------ which moves are allowed


def require_open_to_votes(standing: Standing) -> None:
    """Raise Refused, with why and who can change it, where a claim takes no votes."""
    if standing.settled_at is not None:
        raise Refused(
            "This claim is settled since {since}. A moderator can reopen it.",
            since=standing.settled_at,
        )
    if standing.status not in VOTABLE:
        raise Refused(_CLOSED[standing.status])


_CLOSED: Mapping[Status, str] = {
    Status.SHELVED: "This claim is on the shelf: it must be posted before it can be voted on.",
    Status.DROPPED: "A moderator has dropped this claim; it takes no more votes.",
    Status.DUPLICATE: "This claim was merged into another one; please vote there.",
}


# ------------------------------------------------------------------------ where each event leads


def added(status: Status, now: datetime) -> Standing:
    """Where a claim begins: before the team, or on the shelf."""
    return Standing(status=status, since=now)


def posted(before: Standing, now: datetime) -> Standing:
    """Put a shelved claim before the team. Raises Refused for any other."""
    if before.status is not Status.SHELVED:
        raise Refused("This claim is posted already.")
    return replace(before, status=Status.UNREVIEWED, since=now)


def settle_due(standing: Standing, now: datetime) -> tuple[Settled, datetime, Standing] | None:
    """The settling that was due by `now`: the event, its own time, and the locked standing."""
    due = standing.settles_at
    if not standing.provisional or due is None or due > now:
        return None
    return Settled(Verdict(standing.status.value)), due, replace(standing, settled_at=due)


def standing_after(  # noqa: PLR0911  # one line for each kind of event
    happening: Happening,
    policy: Policy,
    tally: Tally,
    sources: Sources,
    before: Standing,
    now: datetime,
) -> Standing:
    """Where a claim stands after `happening`, which left it with this tally and these sources."""
    match happening:
        case ClaimAdded(status=status):
            return added(status, now)
        case ClaimPosted():
            return posted(before, now) if before.status is Status.SHELVED else before
        case Settled(by=None):
            due = settle_due(before, now)
            return due[2] if due else before
        case Settled(verdict=verdict):
            status = Status(verdict.value)
            closed = _closed(before, status, now)
            since = before.since if status is before.status else now
            return replace(closed, since=since, settled_at=now, last=verdict)
        case ChangedMind() | Assigned() | Reposted():
            return before
        case Dropped():
            return _closed(before, Status.DROPPED, now)
        case Reopened():
            return _closed(before, Status.UNREVIEWED, now)
    after = decide(policy, tally, sources, before, now).standing
    return replace(after, asked_again_at=_asked(happening, before, after, now))


def _closed(before: Standing, status: Status, now: datetime) -> Standing:
    """`before` in another status, with no hold running."""
    return replace(
        before,
        status=status,
        since=now,
        holding=None,
        settles_at=None,
        settled_at=None,
        extended=False,
        asked_again_at=None,
    )


def _asked(
    happening: Happening, before: Standing, after: Standing, now: datetime
) -> datetime | None:
    """Since when a claim that could not be told is before the team again: a link, a passage."""
    if after.status is not Status.NOT_ENOUGH_EVIDENCE or before.status is not after.status:
        return None
    if isinstance(happening, EvidenceAdded):
        return now
    return None if isinstance(happening, VoteCast) else before.asked_again_at


def changed_mind(before: Standing, after: Standing) -> ChangedMind | None:
    """The event that says so, where the team now holds the opposite of what it held last."""
    if before.last is None or after.last is None or before.last is after.last:
        return None
    return ChangedMind(before.last, after.last)


# -------------------------------------------------------------------------- what events add up to


def fold(events: Iterable[Event]) -> Story:
    """What these events of one claim, in order, add up to, by their recorded outcomes."""
    story: Story | None = None
    for event in events:
        story = step(story, event.happening, event.at, event.outcome.standing)
    if story is None:
        raise ValueError("a claim's history begins with its being added")
    return story


def replay(
    events: Iterable[Event], policies: Mapping[int, Policy]
) -> Iterator[tuple[Story, Difference | None]]:
    """Each state of a claim's history, with the difference, if its outcome is decided anew."""
    story: Story | None = None
    for event in events:
        before = story.standing if story else event.outcome.standing
        story = step(story, event.happening, event.at, event.outcome.standing)
        expected = event.outcome.standing
        if event.outcome.rules == RULES:
            policy = policies[event.outcome.policy]
            expected = standing_after(
                event.happening, policy, story.tally, story.sources(policy), before, event.at
            )
        same = expected == event.outcome.standing
        yield story, None if same else Difference(event, expected)


def step(  # noqa: PLR0911  # one line for each kind of event
    story: Story | None, happening: Happening, at: datetime, standing: Standing
) -> Story:
    """The story after one more event, which led to `standing`."""
    if story is None:
        if not isinstance(happening, ClaimAdded):
            raise ValueError("a claim's history begins with its being added")
        return Story(standing, words_hash=happening.words_hash)
    story = replace(story, standing=standing)
    match happening:
        case VoteCast(by=by, verdict=verdict, weight=weight, wording=wording):
            vote = Vote(by, verdict, weight, wording, at)
            return replace(story, votes={**story.votes, by: vote})
        case VoteTakenBack(by=by):
            left = {voter: vote for voter, vote in story.votes.items() if voter != by}
            return replace(story, votes=left)
        case Reopened():
            return _stale(story)
        case Edited(wording=wording, words_hash=words_hash):
            return replace(_stale(story), wording=wording, words_hash=words_hash)
        case Assigned(to=to):
            return replace(story, assigned_to=to)
        case EvidenceAdded() as link:
            return replace(story, evidence={**story.evidence, link.evidence: link})
    return story


def _stale(story: Story) -> Story:
    votes = {voter: replace(vote, stale=True) for voter, vote in story.votes.items()}
    return replace(story, votes=votes)
