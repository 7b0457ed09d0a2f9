"""The lists of a digest: what is told of a claim, and how claims stand together. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
from workflows.voting import HELD, STANCE_OF, Missing, conclude, is_votable


class Section(StrEnum):
    """The lists of a digest, in the order in which they are read; the last two a member's own."""

    DECIDED = "decided"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    ONE_VOTE_AWAY = "one_vote_away"
    NEEDS_SOURCE = "needs_source"
    NEEDS_VOTES = "needs_votes"
    ABOUT_TO_SETTLE = "about_to_settle"
    NEW = "new"
    ASKED_AGAIN = "asked_again"
    AWAITING = "awaiting"


MOST: Mapping[Section, int] = dict.fromkeys(Section, 5) | {
    Section.CONFLICTING: 3,
    Section.NEEDS_SOURCE: 3,
    Section.ABOUT_TO_SETTLE: 3,
    Section.NEW: 3,
}
"""How many claims each list names, so that a digest is read in half a minute; of the others it
says how many there are."""


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
    `check` says whether the source did say it. `by_moderator`: the verdict was settled by hand.
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
    by_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a digest names it. `tally` is there only when its direction may be seen.

    `sources` are the links for the verdict that stands, `grades` those that were given to them;
    `divided` are the links on the two sides of a conflict. Before the quorum nothing here tells
    which verdict the votes or the links favour.
    """

    number: int
    words: str
    source: str | None
    hedge: Hedge | None
    document: str | None
    link: CardLink | None
    check_worthiness: float
    state: ClaimState
    was: Status | None
    votes: int
    tally: Tally | None
    sources: int
    votes_missing: int
    sources_missing: int
    document_id: int | None = None
    grades: tuple[Grade, ...] = ()
    divided: EvidenceCounts | None = None
    check: AttributionCheck = AttributionCheck.UNCHECKED
    by_moderator: bool = False


@dataclass(frozen=True, slots=True)
class SectionEntries:
    """One list of a digest: the claims it names, and how many more would stand in it.

    Those of one document stand together, at the place of the first of them.
    """

    section: Section
    entries: tuple[Entry, ...]
    more: int = 0


def find_news(claim: DigestClaim, covers: Window) -> Section | None:
    """Return True if the team reached a verdict on it in this time, or changed its mind."""
    state = claim.state
    if not covers.has(state.since):
        return None
    if claim.was in HELD and claim.was is not state.status:
        return Section.CHANGED
    return Section.DECIDED if state.status in HELD else None


def build_section(
    section: Section, named: Sequence[DigestClaim], policy: Policy, more: int = 0
) -> SectionEntries:
    """Return a list of these claims, in their order but for those of one document."""
    return SectionEntries(
        section, tuple(_build_entry(claim, policy) for claim in _group_by_document(named)), more
    )


def _group_by_document(claims: Sequence[DigestClaim]) -> list[DigestClaim]:
    """Return those of one document together, at the place of the first of them."""
    places: dict[object, int] = {}
    for place, claim in enumerate(claims):
        places.setdefault(_get_group(claim), place)
    return sorted(claims, key=lambda claim: places[_get_group(claim)])


def _get_group(claim: DigestClaim) -> object:
    return ("alone", claim.number) if claim.document_id is None else claim.document_id


def _build_entry(claim: DigestClaim, policy: Policy) -> Entry:
    state, missing = claim.state, find_missing(claim, policy)
    verdict = HELD.get(state.status)
    stance = STANCE_OF[verdict] if verdict else None
    return Entry(
        number=claim.number,
        words=claim.words,
        source=claim.source,
        hedge=claim.hedge,
        document=claim.document,
        link=claim.link,
        check_worthiness=claim.check_worthiness,
        state=state,
        was=claim.was if claim.was in HELD else None,
        votes=claim.tally.votes,
        tally=claim.tally if state.tally_shown else None,
        sources=int(getattr(claim.sources, stance)) if stance else 0,
        votes_missing=missing.votes,
        sources_missing=_count_missing_evidence(missing, shown=state.tally_shown),
        document_id=claim.document_id,
        grades=tuple(sorted(claim.grades, key=_get_order)) if verdict else (),
        divided=claim.sources if state.status is Status.CONFLICTING else None,
        check=claim.check,
        by_moderator=claim.by_moderator,
    )


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
