"""The same claim again: whether two claims say one thing, or disagree in a figure or in polarity.

Candidates come by a fuzzy comparison of their letters; what they are is decided by rules on their
words in order, names, figures, dates and polarity. A wrong merge is worse than a missed one: what
the rules cannot tell is another claim. Pure functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from math import inf

from rapidfuzz import fuzz, process

from workflows.claims import Claim, DateMention, Figure, Polarity
from workflows.matching.normalize import (
    ABOUT,
    NormalizedText,
    Quantity,
    Word,
    find_day_put_in,
    normalize,
    remove_days,
    remove_invisible,
)
from workflows.matching.word_lists import EMPTY, SYNONYMS

ALIKE = 62.0
"""The least likeness of letters, of 100, that is looked at; the rules decide upwards of it."""
MOST = 100
"""Of the known claims, the likest that are looked at: a crowd of near ones costs no more."""
SAME_NEWS = timedelta(days=10)
"""How far apart two claims without a date in their words may be and still tell the same news."""
ROUNDING = 0.1
"""How far from its value a figure with "about" may lie."""
_SINCE = frozenset({"since", "from", "after"})
_UNTIL = frozenset({"until", "till", "by", "before"})
FEWEST, FEWEST_NAMELESS, FEWEST_BARE = 3, 6, 2
"""Words and figures by which a claim is known again; more where none of them is telling."""


class Relation(StrEnum):
    """What one claim is to another."""

    SAME = "same"
    FIGURE = "figure"
    POLARITY = "polarity"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ClaimSignature:
    """What of a claim is compared. `day` is the day it is meant for, its figures are in order.

    `told_day` is the day of its report, where extraction put it in.
    """

    said: NormalizedText
    polarity: Polarity
    times: frozenset[tuple[str, date | str | None, date | None]]
    day: date
    told_day: str | None = None


@lru_cache(maxsize=1024)  # a claim is shown more often than it changes
def make_signature(
    words: str,
    polarity: Polarity,
    figures: tuple[Figure, ...],
    dates: tuple[DateMention, ...],
    day: date,
) -> ClaimSignature:
    """`day` is the claim's `as_of`, or the day it came in where it has none."""
    said = normalize(words, figures, tuple(mention.text for mention in dates))
    times = frozenset(map(_get_times, dates))
    return ClaimSignature(said, polarity, times, day, find_day_put_in(words))


def make_claim_signature(claim: Claim) -> ClaimSignature:
    """Of a claim the team has."""
    day = claim.as_of or claim.added_at.date()
    return make_signature(claim.words, claim.polarity, claim.figures, claim.dates, day)


def find_candidates(words: str, known: Sequence[str]) -> list[int]:
    """Return the indices in `known` of the `key`s worth comparing with this one, likest first."""
    found = process.extract(words, known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST)
    return [place for _, _, place in found]


def make_key(words: str) -> str:
    """A claim's words as candidates are looked for by: those that carry something, in order."""
    return " ".join(
        sorted(
            SYNONYMS.get(word, word)
            for word in remove_invisible(remove_days(words)).casefold().split()
            if word not in EMPTY
        )
    )


def compare(one: ClaimSignature, other: ClaimSignature) -> Relation:
    """Return what two claims are to each other; the same whichever is named first."""
    if not _is_comparable(one, other):
        return Relation.DIFFERENT
    pairs = list(zip(one.said.quantities, other.said.quantities, strict=True))
    equal = all(_is_equal(*pair) for pair in pairs)
    turned = one.said.negations - other.said.negations
    if one.polarity is not other.polarity:
        return Relation.POLARITY if turned % 2 and equal else Relation.DIFFERENT
    if equal and not turned:
        return Relation.SAME
    affirmed = one.polarity is Polarity.AFFIRMED and not one.said.negations and not turned
    apart = all(_is_equal(*pair) or _is_disjoint(*pair) for pair in pairs)
    counts = one.said.counts_something
    return Relation.FIGURE if affirmed and apart and counts else Relation.DIFFERENT


def is_repeated(one: ClaimSignature, other: ClaimSignature) -> bool:
    """Return True if somebody typed a claim again word for word, however short it is.

    Of whom and what it speaks is then for the team to know; words that point back never tell.
    """
    return (
        not (one.said.dangling or other.said.dangling)
        and one.polarity is other.polarity
        and one.said.negations == other.said.negations
        and one.said.words == other.said.words
        and one.said.quantities == other.said.quantities
        and _is_same_time(one, other)
    )


def find_difference(one: ClaimSignature, other: ClaimSignature) -> tuple[str, str] | None:
    """Return the first figures in which two claims disagree, as they stand in the words of each."""
    pairs = zip(one.said.quantities, other.said.quantities, strict=False)
    return next(
        ((ours.text, theirs.text) for ours, theirs in pairs if _is_disjoint(ours, theirs)), None
    )


def find_changed_figure(one: ClaimSignature, other: ClaimSignature) -> tuple[str, str] | None:
    """Return the first figures of two versions of a claim that are not the same, as in the words.

    Here "about 40" is another figure than "about 42": somebody put it in the other's place.
    """
    pairs = zip(one.said.quantities, other.said.quantities, strict=False)
    return next(
        (
            (ours.text, theirs.text)
            for ours, theirs in pairs
            if (ours.value, ours.upper) != (theirs.value, theirs.upper)
        ),
        None,
    )


# ----------------------------------------------------------------------------------------- words


def _is_standing_alone(said: NormalizedText) -> bool:
    """Return True if it is clear of whom and what a claim speaks, without its document."""
    words = sum(word.carries for word in said.words)
    fewest = FEWEST if said.telling else FEWEST_NAMELESS
    if said.begins_with_name and not said.quantities and len(said.words) <= FEWEST:
        fewest = FEWEST_BARE  # “Kherson has fallen”
    return not said.dangling and words + len(said.quantities) >= fewest


def _is_comparable(one: ClaimSignature, other: ClaimSignature) -> bool:
    """Return True if two claims of one time differ in figures and negation at most."""
    return (
        _is_standing_alone(one.said)
        and _is_standing_alone(other.said)
        and _is_same_time(one, other)
        and _has_same_words(one.said.words, other.said.words)
        and [figure.unit for figure in one.said.quantities]
        == [figure.unit for figure in other.said.quantities]
    )


def _has_same_words(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Word for word, in order: who did what to whom is in the order alone."""
    return len(ours) == len(theirs) and all(
        mine.form == other.form or (mine.name is not None and mine.name == other.name)
        for mine, other in zip(ours, theirs, strict=True)
    )


# ------------------------------------------------------------------------------------------ time


def _get_times(mention: DateMention) -> tuple[str, date | str | None, date | None]:
    """A time as it is compared: the day of saying it is no part of "since June" or "by May"."""
    lead = mention.text.casefold().split()[0] if mention.text.split() else ""
    if lead in _UNTIL and mention.last is not None:
        return "until", mention.last, None
    if mention.first is None:
        return "", mention.text.casefold(), None
    if lead in _SINCE:
        return "since", mention.first, None
    return "", mention.first, mention.last


def _is_same_time(one: ClaimSignature, other: ClaimSignature) -> bool:
    """Return the same times named; or none, and the same news."""
    days = {one.told_day, other.told_day} - {None}
    if one.times != other.times or len(days) > 1:
        return False
    if one.said.deictic or other.said.deictic:
        return one.day == other.day
    return bool(one.times) or abs(one.day - other.day) <= SAME_NEWS


# --------------------------------------------------------------------------------------- figures


def _is_equal(ours: Quantity, theirs: Quantity) -> bool:
    return (ours.value, ours.upper, ours.bound) == (theirs.value, theirs.upper, theirs.bound) or (
        (ours.value, ours.upper) == (theirs.value, theirs.upper)
        and {ours.bound, theirs.bound} == {"", ABOUT}
    )


def _is_disjoint(ours: Quantity, theirs: Quantity) -> bool:
    """Return True if not both can be right."""
    (low, high), (other_low, other_high) = _get_tolerance(ours), _get_tolerance(theirs)
    return high < other_low or other_high < low


def _get_tolerance(figure: Quantity) -> tuple[float, float]:
    """Return the numbers that a figure allows."""
    low, high = figure.value, figure.value if figure.upper is None else figure.upper
    if figure.bound == ABOUT:
        return low - abs(low) * ROUNDING, high + abs(high) * ROUNDING
    if figure.bound == "least":
        return low, inf
    if figure.bound == "most":
        return -inf, high
    return low, high
