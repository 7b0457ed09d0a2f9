"""A claim's history as it may be told: line by line, with what each led to and the reasons given.

While the direction of a claim's votes is hidden, a line may tell only one's own; whoever shows one
asks `Line.known` first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, MemberKey, Sources, Standing, Tally, Verdict
from workflows.events import (
    ClaimAdded,
    Edited,
    Event,
    Happening,
    PassageAdded,
    VoteCast,
    VoteTakenBack,
)
from workflows.policy import Policy
from workflows.replay import Story, step
from workflows.store.claim_store import ClaimStore


@dataclass(frozen=True, slots=True)
class Line:
    """One event, and what the claim came to by it.

    `known`: which way the vote went may be told. `again`: it stood already, and was given a reason.
    `reason` is None where none was given, may be known or is kept. `about` is the title of the
    document a passage is from, or the words the claim had from here on. `policy` is the version of
    the rules that decided it; `tally` and `sources` are what they decided on.
    """

    at: datetime
    happening: Happening
    known: bool
    again: bool
    reason: str | None
    about: str | None
    before: Standing | None
    after: Standing
    tally: Tally
    sources: Sources
    policy: int


def lines_of(store: ClaimStore, claim: Claim, reader: MemberKey | None = None) -> tuple[Line, ...]:
    """The whole history of a claim, as this reader may be told it."""
    events = store.history.of_claim(claim)
    return tuple(_lines(store, claim, events, reader, store.teams.policies(claim.team)))


def people_in(store: ClaimStore, lines: Iterable[Line]) -> Mapping[MemberKey, int]:
    """The accounts of those who did something, as far as they have not asked to be forgotten."""
    return store.teams.discord_ids({by for line in lines if (by := line.happening.by)})


def _lines(
    store: ClaimStore,
    claim: Claim,
    events: Iterable[Event],
    reader: MemberKey | None,
    policies: Mapping[int, Policy],
) -> Iterator[Line]:
    story: Story | None = None
    votes: dict[MemberKey, Verdict] = {}
    words = store.wordings.of_claim(claim)
    for event in events:
        happening, outcome = event.happening, event.outcome
        before = story.standing if story else None
        story = step(story, happening, event.at, outcome.standing)
        known = claim.standing.tally_shown or happening.by == reader is not None
        text = getattr(happening, "reason", None)
        told = known or not isinstance(happening, VoteCast)
        kept = store.history.text(text.key) if text and told else None
        yield Line(
            event.at,
            happening,
            known,
            _is_again(votes, happening),
            kept[0] if kept else None,
            _about(store, claim, happening, words),
            before,
            outcome.standing,
            story.tally,
            story.sources(policies[outcome.policy]),
            outcome.policy,
        )


def _is_again(votes: dict[MemberKey, Verdict], happening: Happening) -> bool:
    """Whether this vote stood already and was given a reason; `votes` are brought up to it."""
    match happening:
        case VoteCast(by=by, verdict=verdict, reason=reason):
            again = votes.get(by) is verdict and reason is not None
            votes[by] = verdict
            return again
        case VoteTakenBack(by=by):
            votes.pop(by, None)
    return False


def _about(
    store: ClaimStore, claim: Claim, happening: Happening, words: Mapping[int, str]
) -> str | None:
    match happening:
        case ClaimAdded():
            return words.get(1)
        case Edited(wording=wording):
            return words.get(wording)
        case PassageAdded(document=key):
            document = store.documents.with_key(claim.team, key)
            return document.title if document else None
    return None
