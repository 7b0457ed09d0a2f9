"""The closed classes of words, read once from their file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from workflows.llm.verbatim import fold


@dataclass(frozen=True, slots=True)
class WordLists:
    """`free` words need no place in the passage; `exact` ones (numbers, negations) need their own.

    `scales` are the words that multiply a figure.
    """

    free: frozenset[str]
    exact: frozenset[str]
    negations: frozenset[str]
    scales: dict[str, float]


@cache
def load_word_lists() -> WordLists:
    """Return the words of all languages together: names and quotations mix them."""
    text = (resources.files("workflows.llm") / "languages.toml").read_text(encoding="utf-8")
    languages = tomllib.loads(text).values()
    return WordLists(
        free=frozenset(word for each in languages for word in fold(each["free"]).split()),
        exact=frozenset(
            word
            for each in languages
            for word in fold(f"{each['negations']} {each['numbers']}").split()
        ),
        negations=frozenset(word for each in languages for word in fold(each["negations"]).split()),
        scales={word: value for each in languages for word, value in each["scales"].items()},
    )
