"""Finding words in a text exactly: only white space and the kind of quotation marks may differ."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

_DOUBLE = frozenset("“”„‟«»″〝〞「」『』")
_SINGLE = frozenset("‘’‚‛′`´‹›")
_SEPARATORS = ".,٫٬"


class TextSpan(NamedTuple):
    """Character offsets into the document's text, the end exclusive."""

    start: int
    end: int


def fold(text: str) -> str:
    """Return a text with one kind of white space and of each quotation mark, none at its ends."""
    return "".join(mark for mark, _ in _iter_folded(text, 0)).strip()


class SearchableText:
    """A document's text in which words are found, by offsets into the text as it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        folded = list(_iter_folded(text, 0))
        self._folded = "".join(mark for mark, _ in folded)
        self._offsets = [offset for _, offset in folded]

    def find(self, words: str, within: TextSpan, near: int | None = None) -> TextSpan | None:
        """Return where words stand whole within a stretch; the nearest place where there are many.

        `near` is the offset to be near to, the stretch's start by default.
        """
        near = within.start if near is None else near
        found = self.iter_places(words, within)
        return min(found, key=lambda span: abs(span.start - near), default=None)

    def iter_places(self, words: str, within: TextSpan) -> Iterator[TextSpan]:
        """Yield every place of words within a stretch, those inside of longer words left out."""
        wanted = fold(words)
        if not wanted:
            return
        at = bisect_left(self._offsets, within.start)
        last = bisect_left(self._offsets, within.end)
        while (at := self._folded.find(wanted, at, last)) >= 0:
            span = TextSpan(self._offsets[at], self._offsets[at + len(wanted) - 1] + 1)
            if is_whole(self.text, span):
                yield span
            at += 1


def is_whole(text: str, span: TextSpan) -> bool:
    """Return True if a stretch begins and ends no number, and no word of an alphabet with cases.

    Particles and clitics grow together with a word in the other scripts, so that "서울" is found in
    "서울은".
    """
    return not _grow_together(text, span.start) and not _grow_together(text, span.end)


def _grow_together(text: str, at: int) -> bool:
    """Return True if the characters before and behind an offset belong together."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isdigit() and after.isdigit():
        return True
    if after in _SEPARATORS and before.isdigit():
        return at + 1 < len(text) and text[at + 1].isdigit()
    if before in _SEPARATORS and after.isdigit():
        return at > 1 and text[at - 2].isdigit()
    return _is_cased(before) and _is_cased(after)


def _is_cased(mark: str) -> bool:
    return mark.isalpha() and mark.lower() != mark.upper()


def _iter_folded(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield each character as it is compared, with its offset; a run of white space as one."""
    spaced = False
    for place, mark in enumerate(text, offset):
        if mark.isspace():
            if not spaced:
                yield " ", place
            spaced = True
            continue
        spaced = False
        yield '"' if mark in _DOUBLE else "'" if mark in _SINGLE else mark, place
