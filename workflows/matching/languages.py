"""Claims in two languages that are perhaps the same: what is certain in both is compared. Pure.

Words can't be compared across languages; figures, days and names can, where they are certain. Two
claims that share enough of them are shown to a moderator. They are never merged by themselves.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from anyascii import anyascii

from workflows.claims import DateMention, Figure
from workflows.matching.normalize import TELLING, remove_invisible

ENOUGH = 3
"""Points that make two claims perhaps the same: a telling figure and a day, two names and one."""
MOST = 3
"""Claims that are offered as perhaps the same, the likest first."""
LONGEST_PERIOD = timedelta(days=31)
"""Days that a date may cover and still be worth a point: "in 2024" stands in most claims."""
ROUND = 100
"""A multiple of it is found in many claims, as small numbers are."""
_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_SHORTEST_STEM, _STEM_SHARE = 4, 0.6
"""Letters that two spellings of a name begin with, and their share of the longer one."""


@dataclass(frozen=True, slots=True)
class LanguageNeutralSignature:
    """What of a claim can be compared with one in another language.

    `figures` are values with their currency or "percent", `days` the first and last day of each
    precise date, `names` are in Latin letters, without capitals and accents.
    """

    figures: frozenset[tuple[float, float | None, str | None]]
    days: frozenset[tuple[date, date]]
    names: frozenset[str]


def make_neutral_signature(
    words: str, figures: Iterable[Figure], dates: Iterable[DateMention]
) -> LanguageNeutralSignature:
    """Return what of a claim's words doesn't depend on their language."""
    return LanguageNeutralSignature(
        frozenset((figure.value, figure.upper, _find_measure(figure)) for figure in figures),
        frozenset(
            (mention.first, mention.last)
            for mention in dates
            if mention.first and mention.last and mention.last - mention.first < LONGEST_PERIOD
        ),
        frozenset(_iter_names(words)),
    )


def rank_perhaps_same(
    ours: LanguageNeutralSignature, others: Sequence[LanguageNeutralSignature], most: int = MOST
) -> list[int]:
    """Return the places of those that are perhaps the same claim, likest first."""
    points = [count_shared(ours, theirs) for theirs in others]
    near = [place for place, count in enumerate(points) if count >= ENOUGH]
    return sorted(near, key=lambda place: (-points[place], place))[:most]


def count_shared(ours: LanguageNeutralSignature, theirs: LanguageNeutralSignature) -> int:
    """Return the points of what two claims share: a telling figure counts for two.

    Names alone are a topic and no claim, and so is a day: without a shared figure there are none
    but for a day with two names.
    """
    figures, days = ours.figures & theirs.figures, ours.days & theirs.days
    names = sum(any(_is_same_name(one, other) for other in theirs.names) for one in ours.names)
    if not figures and not (days and names > 1):
        return 0
    counted = sum(2 if _is_telling(value) else 1 for value, _, _ in figures)
    return counted + len(days) + min(names, 2)


def _is_telling(value: float) -> bool:
    """Return True for a figure that few other claims will have: 12,000, 4.5, 340, but not 300."""
    return abs(value) >= TELLING or bool(value % 1) or (abs(value) > ROUND and value % ROUND != 0)


def _find_measure(figure: Figure) -> str | None:
    """Return a unit that is written the same in all languages: a currency's code, "percent"."""
    unit = figure.unit or ""
    return unit if unit.isupper() or unit == "percent" else None


def _iter_names(words: str) -> Iterable[str]:
    """Yield what is a name for certain: a word with a capital, but for the first; capitals only."""
    for place, match in enumerate(_NAME.finditer(remove_invisible(words))):
        word = match[0]
        if len(word) > 1 and word[0].isupper() and (place or word.isupper()):
            letters = "".join(filter(str.isalpha, anyascii(word))).casefold()
            if len(letters) > 1:
                yield letters


def _is_same_name(one: str, other: str) -> bool:
    """Return True for a name in two spellings or cases: "zelenskyi", "zelenskogo"."""
    if one == other:
        return True
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared >= _SHORTEST_STEM and shared >= _STEM_SHARE * max(len(one), len(other))
