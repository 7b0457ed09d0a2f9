"""Whether a claim's words come from its passage: nothing is invented outside of brackets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from workflows.llm.verbatim import fold
from workflows.llm.word_lists import load_word_lists

BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_]+(?:['\u0610-\u061a\u064b-\u065f-][^\W\d_]+)*")
_SHORTEST_STEM = 3
"""Letters that two forms of a word share at least."""
_LONGEST_ENDING = 4
"""Letters in which two forms of a word may differ at their ends."""
_HANGUL = ("\uac00", "\ud7a3")
_KOREAN_ENDING = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|에게|께서|로|으로|와|과|도|만|까지|부터|라고|이라고|다고|고|다|했다|했다고"
    r"|한다|한다고|하는|했을|했던|한|할|됐다|됐다고|된|될|되었다|이다|였다|이었다|입니다|습니다|였다고|이라며|며|면서"
    r"|라며|을|던|지|ㄴ|수)?"
)
_CYRILLIC_ENDING = re.compile(
    r"(?:а|я|у|ю|і|ї|и|е|є|о|ь|й|ій|ого|ому|им|ім|их|іх|ими|ою|ею|єю|ом|ем|єм|ові|еві|єві|ів|їв|ей|ам|ям|ами"
    r"|ями|ах|ях|ові|ська|ський|ської|ську|ському|ським|ль|ють|ять|уть|є|ує|ва|ви|в|ла|ло|ли|ти|ть|ний|на|не|ні|ної|ному)?"
)
_LATIN_NAME_ENDING = re.compile(r"(?:'s|'|s)?")
_ARABIC_HEAD = re.compile(r"^(?:[وف]?(?:ال|لل|بال|كال|[بلك])|[وف])(?=\w{3})")
_ARABIC_TAIL = re.compile(r"(?:ة|ه|ها|هم|ات|ون|ين|ان|وا|ت|ا|ي|ت)?")
_SEVERAL = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2}")
"""Two letters of a script that puts no spaces between words."""


def find_invented(words: str, passage: str) -> str | None:
    """Return the first word of a claim, outside of brackets, that its passage has not.

    A form of the passage's word will do ("closed" for "close"), but not for names, numbers and
    negations, which must stand there as they are, the endings of their language's cases aside.
    """
    there = list(_iter_words(fold(passage)))
    known = {word.casefold() for word in there}
    if any(word.endswith("n't") for word in known):
        known.add("not")
    lists = load_word_lists()
    for word in _iter_words(fold(BRACKETED.sub(" ", words))):
        lower = word.casefold()
        if lower in known or (lower in lists.free and not word[0].isdigit()):
            continue
        if word[0].isdigit() or lower in lists.exact or not _is_form(word, there):
            return word
    return None


def keeps_order(words: str, passage: str) -> bool:
    """Return True if a claim's own words follow each other in its passage as well.

    Where they don't, they may have been put together otherwise: "40 men and 300 women were hurt"
    says nothing of 300 men.
    """
    there, free = list(_iter_words(fold(passage))), load_word_lists().free
    at = 0
    for word in _iter_words(fold(BRACKETED.sub(" ", words))):
        places = range(at, len(there))
        alike = (place for place in places if _is_form(word, [there[place]]))
        place = next(alike, None)
        if place is not None:
            at = place + 1
        elif word.casefold() not in free:
            return False
    return True


def has_negations_of(words: str, content: str) -> bool:
    """Return True if each negation of the content is in a claim's words too, in whatever form."""
    negations = load_word_lists().negations
    negated, told = (
        any(word.casefold() in negations for word in _iter_words(fold(text)))
        for text in (content, words)
    )
    return told or not negated


def _iter_words(text: str) -> Iterator[str]:
    """Yield the words and numbers of a text; without spaces between them, each pair of letters."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match[0]
        if _SEVERAL.search(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word


def _is_form(word: str, there: Sequence[str]) -> bool:
    return any(word.casefold() == other.casefold() or _are_forms(word, other) for other in there)


def _are_forms(one: str, other: str) -> bool:
    """Return True if two words are forms of one, as far as their letters tell."""
    low, high = one.casefold(), other.casefold()
    if low[0].isdigit() or high[0].isdigit():
        return False
    if "\u0600" <= low[0] <= "\u06ff":
        return _are_arabic_forms(low, high)
    if _HANGUL[0] <= low[0] <= _HANGUL[1]:
        return _have_endings(low, high, 1, _KOREAN_ENDING)
    if one[0].isupper() or other[0].isupper():  # a name, or the first word of a sentence
        if "\u0400" <= low[0] <= "\u052f":
            return _have_endings(low, high, _SHORTEST_STEM, _CYRILLIC_ENDING)
        return _have_endings(low, high, len(min(low, high, key=len)), _LATIN_NAME_ENDING)
    return high not in load_word_lists().exact and _share_stem(low, high)


def _share_stem(low: str, high: str) -> bool:
    """Return True if two lower-case words begin alike in their better half."""
    shared = _count_shared(low, high)
    return shared >= max(_SHORTEST_STEM, (max(len(low), len(high)) + 1) // 2) and (
        max(len(low), len(high)) - shared <= _LONGEST_ENDING
    )


def _are_arabic_forms(one: str, other: str) -> bool:
    bare, against = _ARABIC_HEAD.sub("", one), _ARABIC_HEAD.sub("", other)
    return _have_endings(bare, against, 2, _ARABIC_TAIL)


def _have_endings(one: str, other: str, stem: int, ending: re.Pattern[str]) -> bool:
    """Return True if two words share their first letters, and are endings from there on."""
    for shared in range(_count_shared(one, other), max(stem, 1) - 1, -1):
        if ending.fullmatch(one, shared) and ending.fullmatch(other, shared):
            return True
    return False


def _count_shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared
