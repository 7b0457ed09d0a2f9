"""A claim's history, replayed: what its events add up to, by what each of them recorded. Pure.

Folding takes the recorded outcomes; `replay` also decides anew those made under the rules of today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from workflows.claims import (
    ClaimKey,
    ClaimState,
    Consent,
    Disagreement,
    EvidenceCounts,
    EvidenceKey,
    Hedge,
    MemberKey,
    Tally,
    Verdict,
    Vote,
)
from workflows.events import (
    Assigned,
    ClaimAdded,
    ConsentGiven,
    DisagreementFound,
    Edited,
    Event,
    EventData,
    EvidenceAdded,
    EvidenceEdited,
    EvidenceRemoved,
    GaveAway,
    MergedInto,
    MergeUndone,
    PassageAdded,
    Received,
    Released,
    Reopened,
    Text,
    VoteCast,
    VoteRemoved,
    VoteRestored,
    VoteTakenBack,
    get_ruling,
)
from workflows.lifecycle import apply_event
from workflows.policy import Policy
from workflows.voting import RULES, count_evidence


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """What the events of a claim add up to.

    `came` and `went` are the rows of the passages that documents or other claims gave it, or that
    it gave. `named` are its sources that were given other names, `hedged` the passages that were
    given another hedge, by row.
    """

    state: ClaimState
    votes: Mapping[MemberKey, Vote] = field(default_factory=dict)
    evidence: Mapping[EvidenceKey, EvidenceAdded] = field(default_factory=dict)
    wording: int = 1
    words_hash: str = ""
    assigned_to: MemberKey | None = None
    assigned_day: date | None = None
    merged_into: ClaimKey | None = None
    came: frozenset[int] = frozenset()
    went: frozenset[int] = frozenset()
    ruling: Text | None = None
    named: Mapping[int, str] = field(default_factory=dict)
    hedged: Mapping[int, Hedge] = field(default_factory=dict)
    disagreements: frozenset[tuple[ClaimKey, Disagreement]] = frozenset()
    consent: Consent | None = None

    @property
    def tally(self) -> Tally:
        state = [vote for vote in self.votes.values() if not vote.stale]
        weights = dict.fromkeys(Verdict, 0)
        for vote in state:
            weights[vote.verdict] += vote.weight
        return Tally(len(state), *weights.values())

    def sources(self, policy: Policy) -> EvidenceCounts:
        return count_evidence(policy, self.evidence.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """An event whose outcome the rules of today, under the same version, decide otherwise."""

    event: Event
    expected: ClaimState


def fold_history(events: Iterable[Event]) -> ClaimHistory:
    """Return what these events of one claim, in order, add up to, by their recorded outcomes."""
    history: ClaimHistory | None = None
    for event in events:
        history = replay_event(history, event.data, event.at, event.outcome.state)
    if history is None:
        raise ValueError("a claim's history begins with its being added")
    return history


def replay_claim(
    events: Iterable[Event], policies: Mapping[int, Policy]
) -> Iterator[tuple[ClaimHistory, Difference | None]]:
    """Each state of a claim's history, with the difference, if its outcome is decided anew."""
    history: ClaimHistory | None = None
    for event in events:
        before = history.state if history else event.outcome.state
        history = replay_event(history, event.data, event.at, event.outcome.state)
        expected = event.outcome.state
        if event.outcome.rules == RULES:
            policy = policies[event.outcome.policy]
            expected = apply_event(
                event.data, policy, history.tally, history.sources(policy), before, event.at
            )
        same = expected == event.outcome.state
        yield history, None if same else Difference(event, expected)


def replay_event(  # noqa: C901, PLR0911  # one line for each kind of event
    history: ClaimHistory | None, data: EventData, at: datetime, state: ClaimState
) -> ClaimHistory:
    """Return the story after one more event, which led to `standing`."""
    if history is None:
        if not isinstance(data, ClaimAdded):
            raise ValueError("a claim's history begins with its being added")
        history = ClaimHistory(state, words_hash=data.words_hash)
        return history if data.passage is None else _add_votes(history, [data.passage])
    history = replace(history, state=state, ruling=get_ruling(data) or history.ruling)
    match data:
        case VoteCast(by=by, verdict=verdict, weight=weight, wording=wording):
            vote = Vote(by, verdict, weight, wording, at)
            return replace(history, votes={**history.votes, by: vote})
        case VoteRestored(voter=voter, verdict=verdict, weight=weight, wording=wording):
            vote = Vote(voter, verdict, weight, wording, at)
            return replace(history, votes={**history.votes, voter: vote})
        case VoteTakenBack(by=by) | VoteRemoved(voter=by):
            left = {voter: vote for voter, vote in history.votes.items() if voter != by}
            return replace(history, votes=left)
        case Reopened():
            return _make_stale(history)
        case Edited(wording=wording, words_hash=words_hash, named=named, hedged=hedged):
            return replace(
                _make_stale(history),
                wording=wording,
                words_hash=words_hash,
                named={**history.named, **dict(named)},
                hedged={**history.hedged, **dict(hedged)},
            )
        case Assigned(to=to, day=day):
            return replace(history, assigned_to=to, assigned_day=day)
        case Released():
            return replace(history, assigned_to=None, assigned_day=None)
        case ConsentGiven(consent=consent):
            return replace(history, consent=consent)
        case DisagreementFound(other=other, disagreement=found):
            return replace(history, disagreements=history.disagreements | {(other, found)})
    return _move(_attach(history, data), data)


def _attach(history: ClaimHistory, data: EventData) -> ClaimHistory:
    """Return the story with the links that came, changed or went by this event."""
    links = dict(history.evidence)
    match data:
        case EvidenceAdded() as link:
            links[link.evidence] = link
        case EvidenceEdited() as edited:
            links[edited.evidence] = edit_link(links[edited.evidence], edited)
        case EvidenceRemoved(evidence=key):
            del links[key]
        case MergedInto(evidence=keys) | GaveAway(evidence=keys):
            links = {key: link for key, link in links.items() if key not in keys}
    if isinstance(data, MergedInto | Received | GaveAway | MergeUndone | PassageAdded):
        links |= {link.evidence: link for link in data.links}
    return replace(history, evidence=links) if links != history.evidence else history


def edit_link(link: EvidenceAdded, edited: EvidenceEdited) -> EvidenceAdded:
    """Return the link as it is after an edit: it stays its author's."""
    fresh = {each.name: getattr(edited, each.name) for each in fields(EvidenceEdited)}
    return replace(link, **fresh | {"by": link.by})


def _move(history: ClaimHistory, data: EventData) -> ClaimHistory:
    """Return the story with the passages that came or went, and whose duplicate the claim is."""
    match data:
        case MergedInto(into=into, passages=passages):
            history = replace(history, merged_into=into)
            return _remove_vote(history, passages)
        case MergeUndone(passages=passages):
            return _add_votes(replace(history, merged_into=None), passages)
        case Received(passages=passages):
            return _add_votes(history, passages)
        case PassageAdded(passage=passage):
            return _add_votes(history, [passage])
        case GaveAway(passages=passages):
            return _remove_vote(history, passages)
    return history


def _add_votes(history: ClaimHistory, passages: Iterable[int]) -> ClaimHistory:
    come = frozenset(passages)
    return replace(history, came=history.came | come, went=history.went - come)


def _remove_vote(history: ClaimHistory, passages: Iterable[int]) -> ClaimHistory:
    gone = frozenset(passages)
    return replace(history, came=history.came - gone, went=history.went | gone)


def _make_stale(history: ClaimHistory) -> ClaimHistory:
    votes = {voter: replace(vote, stale=True) for voter, vote in history.votes.items()}
    return replace(history, votes=votes)
