"""A claim's history, replayed: what its events add up to, by what each of them recorded. Pure.

Folding takes the recorded outcomes; `replay` also decides anew those made under the rules of today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from workflows.claims import (
    ClaimKey,
    Disagreement,
    EvidenceKey,
    MemberKey,
    Sources,
    Standing,
    Tally,
    Verdict,
    Vote,
)
from workflows.events import (
    Assigned,
    ClaimAdded,
    DisagreementFound,
    Edited,
    Event,
    EvidenceAdded,
    EvidenceEdited,
    EvidenceRemoved,
    GaveAway,
    Happening,
    MergedInto,
    MergeUndone,
    PassageAdded,
    Received,
    Reopened,
    Text,
    VoteCast,
    VoteTakenBack,
    ruling_of,
)
from workflows.lifecycle import standing_after
from workflows.policy import Policy
from workflows.voting import RULES, in_force


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of a claim add up to.

    `came` and `went` are the rows of the passages that documents or other claims gave it, or that
    it gave. `named` are its sources that were given other names, by row.
    """

    standing: Standing
    votes: Mapping[MemberKey, Vote] = field(default_factory=dict)
    evidence: Mapping[EvidenceKey, EvidenceAdded] = field(default_factory=dict)
    wording: int = 1
    words_hash: str = ""
    assigned_to: MemberKey | None = None
    merged_into: ClaimKey | None = None
    came: frozenset[int] = frozenset()
    went: frozenset[int] = frozenset()
    ruling: Text | None = None
    named: Mapping[int, str] = field(default_factory=dict)
    disagreements: frozenset[tuple[ClaimKey, Disagreement]] = frozenset()

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
        story = Story(standing, words_hash=happening.words_hash)
        return story if happening.passage is None else _with(story, [happening.passage])
    story = replace(story, standing=standing, ruling=ruling_of(happening) or story.ruling)
    match happening:
        case VoteCast(by=by, verdict=verdict, weight=weight, wording=wording):
            vote = Vote(by, verdict, weight, wording, at)
            return replace(story, votes={**story.votes, by: vote})
        case VoteTakenBack(by=by):
            left = {voter: vote for voter, vote in story.votes.items() if voter != by}
            return replace(story, votes=left)
        case Reopened():
            return _stale(story)
        case Edited(wording=wording, words_hash=words_hash, named=named):
            names = {**story.named, **dict(named)}
            return replace(_stale(story), wording=wording, words_hash=words_hash, named=names)
        case Assigned(to=to):
            return replace(story, assigned_to=to)
        case DisagreementFound(other=other, disagreement=found):
            return replace(story, disagreements=story.disagreements | {(other, found)})
    return _moved(_attached(story, happening), happening)


def _attached(story: Story, happening: Happening) -> Story:
    """The story with the links that came, changed or went by this event."""
    links = dict(story.evidence)
    match happening:
        case EvidenceAdded() as link:
            links[link.evidence] = link
        case EvidenceEdited() as edited:
            links[edited.evidence] = edited_link(links[edited.evidence], edited)
        case EvidenceRemoved(evidence=key):
            del links[key]
        case MergedInto(evidence=keys) | GaveAway(evidence=keys):
            links = {key: link for key, link in links.items() if key not in keys}
    if isinstance(happening, MergedInto | Received | GaveAway | MergeUndone | PassageAdded):
        links |= {link.evidence: link for link in happening.links}
    return replace(story, evidence=links) if links != story.evidence else story


def edited_link(link: EvidenceAdded, edited: EvidenceEdited) -> EvidenceAdded:
    """The link as it is after an edit: it stays its author's."""
    fresh = {each.name: getattr(edited, each.name) for each in fields(EvidenceEdited)}
    return replace(link, **fresh | {"by": link.by})


def _moved(story: Story, happening: Happening) -> Story:
    """The story with the passages that came or went, and whose duplicate the claim is."""
    match happening:
        case MergedInto(into=into, passages=passages):
            story = replace(story, merged_into=into)
            return _without(story, passages)
        case MergeUndone(passages=passages):
            return _with(replace(story, merged_into=None), passages)
        case Received(passages=passages):
            return _with(story, passages)
        case PassageAdded(passage=passage):
            return _with(story, [passage])
        case GaveAway(passages=passages):
            return _without(story, passages)
    return story


def _with(story: Story, passages: Iterable[int]) -> Story:
    come = frozenset(passages)
    return replace(story, came=story.came | come, went=story.went - come)


def _without(story: Story, passages: Iterable[int]) -> Story:
    gone = frozenset(passages)
    return replace(story, came=story.came - gone, went=story.went | gone)


def _stale(story: Story) -> Story:
    votes = {voter: replace(vote, stale=True) for voter, vote in story.votes.items()}
    return replace(story, votes=votes)
