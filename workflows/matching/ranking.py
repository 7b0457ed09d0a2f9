"""Which texts say most about a claim: a plain BM25 over the words that carry something. Pure.

Each word of a claim adds to a text's score as it is rarer among the texts; a name and a figure
add more. What was ranked first can be explained by the words both share.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from workflows.matching.normalize import find_base, remove_invisible
from workflows.matching.word_lists import EMPTY, SYNONYMS

SATURATION, LENGTH_SHARE = 1.2, 0.6
"""BM25's k1 and b: how soon a word's repetition says no more, and how far length counts."""
TELLING = 1.6
"""How many times an ordinary word's weight a name or a figure has."""
_TERM = re.compile(r"\d[\d.,\u202f\u00a0]*\d|\w+(?:['’]\w+)?")
_BETWEEN_DIGITS = re.compile(r"[.,\u202f\u00a0](?=\d{3}(?:\D|$))")
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


def _make_term(token: str) -> str:
    if token[0].isdigit():
        return _BETWEEN_DIGITS.sub("", token)
    low = token.casefold().removesuffix("'s").removesuffix("’s")
    if low in _STOP:
        return ""
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


def measure_cover(query: Query, terms: Sequence[str]) -> float:
    """Return the share, 0 to 1, of a query's weight that stands in a text."""
    whole = sum(query.weights.values())
    there = set(terms)
    return sum(w for term, w in query.weights.items() if term in there) / whole if whole else 0.0
