"""Where a digest counts a claim, which it names, and what it tells of each. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import islice, zip_longest

from workflows.claims import (
    AttributionCheck,
    ClaimState,
    EvidenceCounts,
    Grade,
    Hedge,
    Status,
    Tally,
)
from workflows.policy import Policy
from workflows.voting import HELD, STANCE_OF, Missing, SettledBy, conclude, is_votable


class Section(StrEnum):
    """Where a digest counts a claim, in the order in which it is read; two are a member's own.

    Of what was decided and of what needs somebody it names the foremost; the others it counts.
    """

    CHANGED = "changed"
    DECIDED = "decided"
    ASKED_AGAIN = "asked_again"
    ONE_VOTE_AWAY = "one_vote_away"
    CONFLICTING = "conflicting"
    NEEDS_SOURCE = "needs_source"
    NEW = "new"
    NEEDS_VOTES = "needs_votes"
    AWAITING = "awaiting"
    ABOUT_TO_SETTLE = "about_to_settle"
    UNRESOLVED = "unresolved"


NEWS = (Section.CHANGED, Section.DECIDED)
TASKS = (
    Section.ASKED_AGAIN,
    Section.ONE_VOTE_AWAY,
    Section.CONFLICTING,
    Section.NEEDS_SOURCE,
    Section.NEW,
    Section.NEEDS_VOTES,
    Section.AWAITING,
)
MOST_NEWS, MOST_TASKS = 3, 8
"""How many claims a digest names, so that it is read in half a minute."""


@dataclass(frozen=True, slots=True)
class CardLink:
    """Where a claim's card is."""

    channel: int
    message: int


@dataclass(frozen=True, slots=True)
class Window:
    """The time a digest reports on: after the one, up to and with the other."""

    after: datetime
    until: datetime

    def has(self, at: datetime) -> bool:
        return self.after < at <= self.until


@dataclass(frozen=True, slots=True)
class DigestClaim:
    """What a digest asks of a claim that it may name.

    `source` is the outermost of the chain, `was` where the claim stood when the window began, for
    one whose status has changed since. `grades` are those of the links for the verdict it has,
    `check` says whether the source did say it. `settled_by`: whose verdict it has.
    `taken_until` is the day until whose end somebody looks into it.
    """

    number: int
    words: str
    source: str | None
    hedge: Hedge | None
    document: str | None
    link: CardLink | None
    check_worthiness: float
    state: ClaimState
    tally: Tally
    sources: EvidenceCounts
    posted_at: datetime
    was: Status | None = None
    document_id: int | None = None
    grades: tuple[Grade, ...] = ()
    check: AttributionCheck = AttributionCheck.UNCHECKED
    settled_by: SettledBy | None = None
    taken_until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a digest names it, and what it lacks.

    Of `claim` only what may be seen is left: before the quorum nothing in it tells which verdict
    the votes or the links favour, and its links are there only for a verdict or a conflict.
    """

    section: Section
    claim: DigestClaim
    votes_missing: int = 0
    sources_missing: int = 0

    @property
    def sources(self) -> int:
        """Return how many links there are for the verdict it has."""
        verdict = HELD.get(self.claim.state.status)
        return int(getattr(self.claim.sources, STANCE_OF[verdict])) if verdict else 0


def find_news(claim: DigestClaim, covers: Window) -> Section | None:
    """Return if the team reached a verdict on it in this time, or changed its mind; else None."""
    state = claim.state
    if not covers.has(state.since):
        return None
    if claim.was in HELD and claim.was is not state.status:
        return Section.CHANGED
    return Section.DECIDED if state.status in HELD else None


def list_news(
    sections: Mapping[Section, Sequence[DigestClaim]], policy: Policy
) -> tuple[Entry, ...]:
    """Return the foremost of what was decided: the refuted, the changed, the others in turn."""
    found = [(section, claim) for section in NEWS for claim in sections.get(section, ())]
    refuted = [each for each in found if each[1].state.status is Status.REFUTED]
    rest = [each for each in found if each not in refuted]
    changed = [each for each in rest if each[0] is Section.CHANGED]
    decided = [each for each in rest if each[0] is Section.DECIDED]
    return _take_turns((refuted, changed, decided), MOST_NEWS, policy)


def list_tasks(
    sections: Mapping[Section, Sequence[DigestClaim]], policy: Policy
) -> tuple[Entry, ...]:
    """Return the foremost of what needs somebody, from each section in turn.

    So none crowds the others out; the first of them matter most, where there is room for fewer.
    """
    waiting = [[(section, claim) for claim in sections.get(section, ())] for section in TASKS]
    return _take_turns(waiting, MOST_TASKS, policy)


def _take_turns(
    groups: Iterable[Sequence[tuple[Section, DigestClaim]]], most: int, policy: Policy
) -> tuple[Entry, ...]:
    """Return the first of each group, then the second of each, and so on."""
    turns = (each for turn in zip_longest(*groups) for each in turn if each)
    return tuple(build_entry(section, claim, policy) for section, claim in islice(turns, most))


def build_entry(section: Section, claim: DigestClaim, policy: Policy) -> Entry:
    state, missing = claim.state, find_missing(claim, policy)
    decided = state.status in HELD
    told = replace(
        claim,
        tally=claim.tally if state.tally_shown else Tally(claim.tally.votes),
        sources=claim.sources
        if decided or state.status is Status.CONFLICTING
        else EvidenceCounts(),
        grades=tuple(sorted(claim.grades, key=_get_order)) if decided else (),
        was=claim.was if claim.was in HELD else None,
    )
    lacking = _count_missing_evidence(missing, shown=state.tally_shown)
    return Entry(section, told, missing.votes, lacking)


def _get_order(grade: Grade) -> tuple[str, int]:
    return grade.source, grade.information


def find_missing(claim: DigestClaim, policy: Policy) -> Missing:
    """Return what keeps it from a verdict; nothing where it is not voted on."""
    state = claim.state
    if not is_votable(state):
        return Missing()
    return conclude(policy, claim.tally, claim.sources, state.status)[1]


def _count_missing_evidence(missing: Missing, *, shown: bool) -> int:
    """Return how many links are lacking. While the votes are hidden: whichever way they go."""
    if shown and not missing.votes:
        return max(missing.evidence.values(), default=0)
    return min((missing.evidence.get(verdict, 0) for verdict in STANCE_OF), default=0)
