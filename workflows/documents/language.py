"""Languages: only English is read, and a text in another one is told apart before it is.

A text that is wrongly refused is worse than a foreign one that yields odd claims: short texts,
lists of names and texts that are partly English are read.
"""

import re
from collections import Counter
from functools import cache
from importlib import import_module
from typing import Protocol

from babel import Locale

from workflows.errors import BadInput

READ = "en"
"""The language that is read, as its documents have it."""
FEWEST, FEWEST_OF_OTHER_SCRIPTS = 60, 20
"""Letters below which a text is too short to be told apart; of no Latin ones fewer do."""
OBVIOUS = 0.12
"""The share of words so common in English that a text full of them is English: half the usual."""
PARTLY = 0.2
"""The share of its letters in English paragraphs from which a text is read."""
SURE, HARDLY = 0.6, 0.01
"""How likely another language must be, and how unlikely English, for a text to be refused."""
LONGEST = 40_000
"""Characters that are looked at: enough to know, and soon done."""
ENGLISH = frozenset({"en", "pcm", "sco"})
"""English, and what lies so near to it that a short text may be taken for it."""
_WORD = re.compile(r"[^\W\d_]+")
COMMON = frozenset(
    _WORD.findall("""
    the of and to a in is that was for on with as by at from are were has have had not be been it
    its he his she her they their this which who will would said
    """)
)


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def require_english(text: str, name: str) -> None:
    """Raise BadInput, with the language's name, for a text that is surely in another one."""
    language = find_language(text)
    if language != READ:
        raise BadInput(
            "{name} seems to be in {language}. Only English can be read so far.",
            name=name,
            language=name_language(language),
        )


def name_language(language: str) -> str:
    """Return a language's English name, or its code where it has none."""
    return str(Locale("en").languages.get(language, language))


def find_language(text: str) -> str:
    """Return the code (ISO 639) of the language a text is in: English, unless surely another."""
    return find_other_language(text) or READ


def find_other_language(text: str) -> str | None:
    """Return the code (ISO 639) of the language a text is surely in, if that is not English."""
    text = text[:LONGEST]
    words = _WORD.findall(text.casefold())
    if not _is_long_enough(words) or _is_obvious(words):
        return None
    code, likely, english = _judge(text)
    if code in ENGLISH or likely < SURE or english > HARDLY:
        return None
    return None if _is_partly_english(text) else code


def _is_long_enough(words: list[str]) -> bool:
    letters = sum(map(len, words))
    latin = sum(len(word) for word in words if word[0] < "\u0250")
    fewest = FEWEST if latin * 2 > letters else FEWEST_OF_OTHER_SCRIPTS
    return letters >= fewest


def _is_obvious(words: list[str]) -> bool:
    return sum(word in COMMON for word in words) >= OBVIOUS * len(words)


def _is_partly_english(text: str) -> bool:
    """Return True if a fair part of it, by paragraphs, is in English."""
    letters: Counter[bool] = Counter()
    for paragraph in text.splitlines():
        words = _WORD.findall(paragraph.casefold())
        if _is_long_enough(words):
            english = _is_obvious(words) or _judge(paragraph)[0] in ENGLISH
            letters[english] += sum(map(len, words))
    return letters[True] >= PARTLY * letters.total() if letters else False


def _judge(text: str) -> tuple[str, float, float]:
    """Return the likeliest language, how likely it is, and how likely English is."""
    ranked = _load_identifier().rank(text)
    english = sum(likely for code, likely in ranked if code in ENGLISH)
    return *ranked[0], english


@cache
def _load_identifier() -> _Identifier:
    """Read when first needed: that takes a second, and most texts are English on sight."""
    langid = import_module("py3langid.langid")
    known: _Identifier = langid.LanguageIdentifier.from_model_file(
        langid.MODEL_FILE, norm_probs=True
    )
    return known
