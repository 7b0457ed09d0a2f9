"""Which texts say most about a claim: a plain BM25 over the words that carry something. Pure.

Each word of a claim adds to a text's score as it is rarer among the texts; a name and a figure
add more. What was ranked first can be explained by the words both share.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log

from workflows.matching.normalize import find_base, remove_invisible
from workflows.matching.word_lists import EMPTY, SYNONYMS

SATURATION, LENGTH_SHARE = 1.2, 0.6
"""BM25's k1 and b: how soon a word's repetition says no more, and how far length counts."""
TELLING = 1.6
"""How many times an ordinary word's weight a name or a figure has."""
ENOUGH = 0.5
"""What the shares of both texts' words that they have in common must add up to, so that they are
about one thing."""
FEWEST = 2
"""Words with a topic in them that such texts share: no figures, nothing that any text might say."""
_TERM = re.compile(r"\d[\d.,\u202f\u00a0]*\d|\w+(?:['’]\w+)?")
_POSSESSIVE = re.compile(r"['’]s$")
_BETWEEN_DIGITS = re.compile(r"[.,\u202f\u00a0](?=\d{3}(?:\D|$))")
_ANYWHERE = frozenset(
    map(
        find_base,
        {
            *("people", "person", "man", "men", "woman", "women", "child", "children", "one"),
            *("year", "month", "week", "day", "hour", "time", "half", "third", "percent", "per"),
            *("hundred", "thousand", "million", "billion", "number", "new", "first", "last"),
            *("all", "any", "more", "most", "many", "much", "other", "such", "only", "just"),
            *("make", "made", "get", "take", "go", "come", "give", "use", "be", "you", "we"),
            *("city", "town", "country", "state", "part", "place", "thing", "way", "group"),
        },
    )
)
"""Words that two texts on different things share as well."""
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        (
            *("zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        )
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"}
"""Numbers as they are spelled; "one" is hardly ever a figure."""
_STOP = EMPTY | frozenset(
    {
        *("of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "as", "that"),
        *("this", "it", "its", "he", "she", "they", "his", "her", "their", "who", "which", "will"),
        *("would", "can", "could", "may", "might", "should", "says", "said", "say", "into"),
        *("about", "after", "before", "than", "there"),
    }
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: each term with its weight."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, words: str) -> "Query":
        """Return the query that a claim's words make."""
        weights: dict[str, float] = {}
        for token in _TERM.findall(remove_invisible(words)):
            term = _make_term(token)
            if term:
                telling = token[0].isdigit() or (token[0].isupper() and bool(weights))
                weights[term] = max(weights.get(term, 0), TELLING if telling else 1.0)
        return cls(weights)


def list_terms(text: str) -> list[str]:
    """Return the words of a text that carry something, each in one form."""
    terms = (_make_term(token) for token in _TERM.findall(remove_invisible(text)))
    return [term for term in terms if term]


def list_words(text: str) -> list[str]:
    """Return the words of a text that carry something, as they stand: what an index is asked."""
    tokens = (token for token in _TERM.findall(remove_invisible(text)) if _make_term(token))
    found = [_NUMBERS.get(token.casefold(), _POSSESSIVE.sub("", token)) for token in tokens]
    return list(dict.fromkeys(found))


def _make_term(token: str) -> str:
    if token[0].isdigit():
        return _BETWEEN_DIGITS.sub("", token)
    low = _POSSESSIVE.sub("", token.casefold())
    if low in _STOP:
        return ""
    if low in _NUMBERS:
        return _NUMBERS[low]
    base = find_base(low)
    return SYNONYMS.get(base, base)


def score_texts(query: Query, texts: Sequence[Sequence[str]]) -> list[float]:
    """Return how much each text, given by its terms, says of what is looked for."""
    average = sum(map(len, texts)) / len(texts) if texts else 0
    within: Counter[str] = Counter()
    counts = []
    for text in texts:
        count = Counter(term for term in text if term in query.weights)
        counts.append(count)
        within.update(count.keys())
    rarity = {
        term: weight * log(1 + (len(texts) - within[term] + 0.5) / (within[term] + 0.5))
        for term, weight in query.weights.items()
    }
    return [
        sum(
            rarity[term] * times * (SATURATION + 1) / (times + SATURATION * damping)
            for term, times in count.items()
        )
        for count, text in zip(counts, texts, strict=True)
        for damping in (1 - LENGTH_SHARE + LENGTH_SHARE * len(text) / (average or 1),)
    ]


def rank_alike(words: str, texts: Sequence[str], most: int, *, loosely: bool = False) -> list[int]:
    """Return the places of the texts that are about what a claim says, likest first.

    About it is what holds enough of the claim's words, or has enough of its own among them; with
    `loosely` whatever shares a word.
    """
    query, terms = Query.of(words), [list_terms(text) for text in texts]
    scores = score_texts(query, terms)
    ranked = sorted(range(len(texts)), key=lambda place: (-scores[place], place))
    about = (
        place
        for place in ranked
        if scores[place] > 0 and (loosely or _is_about(query, terms[place]))
    )
    return list(islice(about, most))


def _is_about(query: Query, terms: Sequence[str]) -> bool:
    shared = set(terms) & set(query.weights)
    topical = [term for term in shared if not term[0].isdigit() and term not in _ANYWHERE]
    mutual = len(shared) / (len(set(terms)) or 1)
    return len(topical) >= FEWEST and measure_cover(query, terms) + mutual >= ENOUGH


def measure_cover(query: Query, terms: Sequence[str]) -> float:
    """Return the share, 0 to 1, of a query's weight that stands in a text."""
    whole = sum(query.weights.values())
    there = set(terms)
    return sum(w for term, w in query.weights.items() if term in there) / whole if whole else 0.0
