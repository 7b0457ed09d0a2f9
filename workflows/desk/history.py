"""A claim's history as it may be told: line by line, with what each led to and the reasons given.

While the direction of a claim's votes is hidden, a line may tell only one's own; whoever shows one
asks `Line.known` first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, ClaimState, EvidenceCounts, MemberKey, Tally, Verdict
from workflows.events import (
    ClaimAdded,
    Edited,
    Event,
    EventData,
    PassageAdded,
    PassageGone,
    VoteCast,
    VoteRemoved,
    VoteRestored,
    VoteTakenBack,
)
from workflows.policy import Policy
from workflows.replay import ClaimHistory, replay_event
from workflows.store.claim_store import ClaimStore


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, and what the claim came to by it.

    `known`: which way the vote went may be told. `again`: it stood already, and was given a reason.
    `reason` is None where none was given, may be known or is kept. `about` is the title of the
    document a passage is from, or the words the claim had from here on. `policy` is the version of
    the rules that decided it; `tally` and `sources` are what they decided on.
    """

    at: datetime
    data: EventData
    known: bool
    again: bool
    reason: str | None
    about: str | None
    before: ClaimState | None
    after: ClaimState
    tally: Tally
    sources: EvidenceCounts
    policy: int


def read_history(
    store: ClaimStore, claim: Claim, reader: MemberKey | None = None
) -> tuple[HistoryLine, ...]:
    """Return the whole history of a claim, as this reader may be told it."""
    events = store.history.of_claim(claim)
    return tuple(_iter_lines(store, claim, events, reader, store.teams.policies(claim.team)))


def find_people(store: ClaimStore, lines: Iterable[HistoryLine]) -> Mapping[MemberKey, int]:
    """The accounts of those who did something, as far as they have not asked to be forgotten."""
    return store.teams.discord_ids({by for line in lines if (by := line.data.by)})


def _iter_lines(
    store: ClaimStore,
    claim: Claim,
    events: Iterable[Event],
    reader: MemberKey | None,
    policies: Mapping[int, Policy],
) -> Iterator[HistoryLine]:
    history: ClaimHistory | None = None
    votes: dict[MemberKey, Verdict] = {}
    words = store.claim_texts.of_claim(claim)
    for event in events:
        data, outcome = event.data, event.outcome
        before = history.state if history else None
        history = replay_event(history, data, event.at, outcome.state)
        known = claim.state.tally_shown or data.by == reader is not None
        text = getattr(data, "reason", None)
        told = known or not isinstance(data, VoteCast)
        kept = store.history.text(text.key) if text and told else None
        yield HistoryLine(
            event.at,
            data,
            known,
            _is_again(votes, data),
            kept[0] if kept else None,
            _describe_subject(store, claim, data, words),
            before,
            outcome.state,
            history.tally,
            history.sources(policies[outcome.policy]),
            outcome.policy,
        )


def _is_again(votes: dict[MemberKey, Verdict], data: EventData) -> bool:
    """Return True if this vote stood already and was given a reason.

    `votes` are brought up to it.
    """
    match data:
        case VoteCast(by=by, verdict=verdict, reason=reason):
            again = votes.get(by) is verdict and reason is not None
            votes[by] = verdict
            return again
        case VoteRestored(voter=by, verdict=verdict):
            votes[by] = verdict
        case VoteTakenBack(by=by) | VoteRemoved(voter=by):
            votes.pop(by, None)
    return False


def _describe_subject(
    store: ClaimStore, claim: Claim, data: EventData, words: Mapping[int, str]
) -> str | None:
    match data:
        case ClaimAdded():
            return words.get(1)
        case Edited(wording=wording):
            return words.get(wording)
        case PassageAdded(document=key) | PassageGone(document=key):
            document = store.documents.with_key(claim.team, key)
            return document.title if document else None
    return None
