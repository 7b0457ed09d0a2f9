"""What a team takes in, and which of its claims are posted. Pure functions of values."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NewType, TypeVar

import msgspec

from workflows.claims import Disagreement, FoundClaim, MemberKey, Place
from workflows.documents.document import PageReview
from workflows.engines import BY_RULES, ReadingReport
from workflows.ids import make_hash
from workflows.teams import Settings

T = TypeVar("T")
DraftKey = NewType("DraftKey", str)
"""A draft's random key: what the buttons of its preview carry."""
PUT_IN = re.compile(r"\[[^\]]*\]")
OPEN_WORD = re.compile(
    r"\b(?:this|these|those|such|both|there|then|it|he|she|they|them|him|we|us|you)\b",
    re.IGNORECASE,
)
"""Words that may point out of a claim."""
BARE_SUBJECT = re.compile(
    r"The [a-z-]+ (?:has|have|had|is|are|was|were|will|would|can|could|[a-z]+ed|[a-z]+s)\b"
)
"""A subject of one common noun: which one, a reader may ask."""
DOUBT_COST = 0.15
"""What each doubt takes from a claim's check-worthiness in the order of cards."""
KEPT = timedelta(days=14)
"""How long a draft waits for a decision; then it is removed."""
_WORD = re.compile(r"\w+")
_COMMON = 0.5
"""The share of the words of the shorter text that two versions of a document have in common."""
_DIFFERING = 0.01
"""The share of the words in which two versions of one text may differ."""
MOST_DRAFTS = 10
"""Drafts one member may have at a time."""
LONGEST_COMPARED = 200_000
"""Characters of a text beyond which it is compared with others as a whole only: words take long."""
STEP = 6
"""Claims, or disagreements, that are written in one transaction; votes come in between two."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A document on its way in, with the claims found in it.

    `writer` is the member whose message it is, whoever brought it.
    """

    title: str
    publisher: str | None
    url: str | None
    published: date | None
    language: str
    text: str
    claims: tuple[FoundClaim, ...]
    places: tuple[Place, ...] = ()
    reviews: tuple[PageReview, ...] = ()
    reading: ReadingReport = BY_RULES
    writer: MemberKey | None = None

    @property
    def sha256(self) -> str:
        return make_hash(self.text)


@dataclass(frozen=True, slots=True)
class Revision:
    """How a draft differs from the version of its document that the team has.

    `former` is that document's row; `revised` leads from the places of claims that have another
    figure now to the rows of those they stand in for; `gone` are the rows of claims it lacks.
    """

    former: int
    revised: Mapping[int, int] = field(default_factory=dict)
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A text somebody brought and has not decided on: private to them, and no part of history.

    Until it is `read`, its claims are not found yet. Its claims are named by their places in
    `intake.claims`: those `picked`, and those the team knows already, with their rows.
    """

    key: DraftKey
    by: MemberKey
    intake: Intake
    read: bool
    picked: frozenset[int]
    until: datetime
    known: Mapping[int, int] = field(default_factory=dict)
    revision: Revision | None = None


class NewClaim(msgspec.Struct, frozen=True, tag=True):
    """A claim on its way in, by its place in its document."""

    place: int


class ExistingClaim(msgspec.Struct, frozen=True, tag=True):
    """A claim the team has, by its row."""

    row: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a claim on its way in is: `same` as another or new, and with which it disagrees.

    `unchanged`: an earlier version of its document says it already.
    """

    same: NewClaim | ExistingClaim | None
    others: tuple[tuple[NewClaim | ExistingClaim, Disagreement], ...] = ()
    unchanged: bool = False

    @property
    def revises(self) -> bool:
        """Return True if the claim stands in its document in the place of another figure."""
        return any(disagreement is Disagreement.REVISES for _, disagreement in self.others)


@dataclass(frozen=True, slots=True)
class ArrivingClaim:
    """A claim of a document that is being written, by its place among them.

    `where` tells where in the document it stands; `is_new`, that an earlier version of the
    document has nothing in its place; `unchanged`, that it says this already.
    """

    place: int
    found: FoundClaim
    same: NewClaim | ExistingClaim | None
    posted: bool
    where: Place | None = None
    is_new: bool = False
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class ArrivalStep:
    """What of a document is written at once: claims, what disagrees, what it no longer says, posts.

    A disagreement names the place of one side, and the other. `gone` are the rows of claims that
    an earlier version had. `post` holds places; the first step that posts (`opens`) posts the
    document's card before them.
    """

    claims: tuple[ArrivingClaim, ...] = ()
    disagreements: tuple[tuple[int, NewClaim | ExistingClaim, Disagreement], ...] = ()
    gone: tuple[int, ...] = ()
    post: tuple[int, ...] = ()
    opens: bool = False

    @property
    def places(self) -> frozenset[int]:
        """The places of the claims it speaks of, those written before it too."""
        named = {each.same for each in self.claims} | {who for _, who, _ in self.disagreements}
        ours = {place for place, _, _ in self.disagreements} | {*self.post}
        return frozenset(ours | {who.place for who in named if isinstance(who, NewClaim)})


def plan_arrival(
    claims: Sequence[FoundClaim],
    met: Sequence[Match],
    chosen: Collection[int],
    where: Sequence[Place | None] = (),
    gone: Sequence[int] = (),
) -> tuple[ArrivalStep, ...]:
    """Return the steps in which a document's claims are written, and then posted.

    `where` tells of each where in the document it stands, `gone` are the rows of claims that an
    earlier version of it had.

    Nothing is posted before all is written, so that no document is ever half shown.
    """
    arriving, pairs = [], list[tuple[int, NewClaim | ExistingClaim, Disagreement]]()
    for place, (found, match) in enumerate(zip(claims, met, strict=True)):
        arriving.append(
            ArrivingClaim(
                place,
                found,
                match.same,
                posted=place in chosen,
                where=where[place] if where else None,
                is_new=not match.revises,
                unchanged=match.unchanged,
            )
        )
        pairs += ((place, other, disagreement) for other, disagreement in match.others)
        if found.counters is not None and 0 <= found.counters < len(claims):
            pairs.append((place, NewClaim(found.counters), Disagreement.DOUBTS))
    return (
        *(ArrivalStep(claims=part) for part in _split(arriving)),
        *(ArrivalStep(disagreements=part) for part in _split(pairs)),
        *(ArrivalStep(gone=part) for part in _split(gone)),
        *(
            ArrivalStep(post=part, opens=not place)
            for place, part in enumerate(_split(sorted(chosen)) or [()])
        ),
    )


def _split(items: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(items[first : first + STEP]) for first in range(0, len(items), STEP)]


def rank_claims(claims: Sequence[FoundClaim]) -> tuple[int, ...]:
    """Return the places of the claims, the most useful as a card first, equal ones as they stand.

    Check-worthiness leads; what a reader may have to ask back about, or what is told within
    another claim, comes after what is as worthy and can be read alone.
    """
    return tuple(sorted(range(len(claims)), key=lambda place: -_score_card(claims[place])))


def _score_card(claim: FoundClaim) -> float:
    ours_apart = PUT_IN.sub("", claim.words)
    doubts = (
        claim.needs_words,
        claim.nested,
        OPEN_WORD.search(ours_apart) is not None,
        BARE_SUBJECT.match(ours_apart) is not None,
    )
    return claim.check_worthiness - DOUBT_COST * sum(doubts)


def choose_to_post(
    claims: Sequence[FoundClaim], settings: Settings, posted_today: int
) -> frozenset[int]:
    """Return the indices of the claims to post: the most check-worthy that the team's rule allows.

    Claims whose words leave open who or what is meant go to the shelf, as do those below
    `post_threshold`, beyond the `post` best of the document, or beyond what is left of
    `post_per_day`. Equal ones are taken in the order of the document.
    """
    worthy = [
        place
        for place in rank_claims(claims)
        if claims[place].check_worthiness >= settings.post_threshold
        and not claims[place].needs_words
    ]
    limits = [len(worthy)]
    if settings.post is not None:
        limits.append(settings.post)
    if settings.post_per_day is not None:
        limits.append(max(0, settings.post_per_day - posted_today))
    return frozenset(worthy[: min(limits)])


@lru_cache(maxsize=8)  # asked ahead, then once more while it is written
def is_version(text: str, other: str) -> bool:
    """Return True for texts that have most of their words in common: one was made of the other."""
    ours, theirs = Counter(_WORD.findall(text)), Counter(_WORD.findall(other))
    fewer = min(ours.total(), theirs.total())
    return bool(fewer) and (ours & theirs).total() >= _COMMON * fewer


@lru_cache(maxsize=8)  # asked ahead, then once more while it is written
def is_same_text(text: str, other: str) -> bool:
    """Return True for texts of nearly the same words, and of the same numbers.

    A page brought again differs in a space or a caption; a figure makes it another version.
    """
    if max(len(text), len(other)) > LONGEST_COMPARED:
        return text == other
    ours, theirs = Counter(_WORD.findall(text)), Counter(_WORD.findall(other))
    differing = (ours - theirs) + (theirs - ours)
    has_number = any(map(str.isdecimal, "".join(differing)))
    return bool(ours) and not has_number and differing.total() <= _DIFFERING * ours.total()
