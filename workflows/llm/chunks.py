"""A text cut into the parts that a model reads one at a time, each with what stands before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from workflows.claims import Place
from workflows.ids import make_hash
from workflows.llm.verbatim import TextSpan

SIZE = 1600
"""Characters of a part at most: some 400 tokens, whose claims a small model still lists whole."""
CONTEXT = 800
"""Characters before a part that are shown with it."""
OPENING = 240
"""Characters of a text's beginning that are shown with every part: its title and dateline."""
_BREAKS = (
    re.compile(r"\n[^\S\n]*\r?\n"),
    re.compile(r"[.!?。！？؟…][\"'”’»)\]]*\s"),
    re.compile(r"[。！？\n]"),
    re.compile(r"\s"),
)
"""Where a text may be cut, the best first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a text, by its offsets, with the words before it and the day it was told on."""

    span: TextSpan
    opening: TextSpan
    context: TextSpan
    told: date | None

    def make_key(self, text: str, model: str, version: str) -> str:
        """Return what two chunks share only if a model would be asked the very same of both."""
        parts = (self.opening, self.context, self.span)
        shown = "\x1f".join(text[slice(*part)] for part in parts)
        return make_hash("\x1e".join((model, version, str(self.told), shown)))


def cut_text(text: str, published: date | None, places: Sequence[Place] = ()) -> list[Chunk]:
    """Return the parts of a text in order, together all of it that has letters or digits.

    What stands at `places` with a day of their own is told on that day, in parts of its own.
    """
    found = []
    for start, end, day in _iter_dated(text, published, places):
        opening = TextSpan(start, min(start + OPENING, end))
        for span in _iter_cuts(text, start, end):
            before = TextSpan(max(opening.start, span.start - CONTEXT), span.start)
            shown = TextSpan(opening.start, min(opening.end, before.start))
            if any(mark.isalnum() for mark in text[slice(*span)]):
                found.append(Chunk(span, shown, before, day))
    return found


def _iter_dated(
    text: str, published: date | None, places: Sequence[Place]
) -> Iterator[tuple[int, int, date | None]]:
    days = {place.start: place.day for place in places if place.day}
    starts = sorted({0, *(start for start in days if 0 < start < len(text))})
    for start, end in pairwise([*starts, len(text)]):
        yield start, end, days.get(start) or published


def _iter_cuts(text: str, start: int, end: int) -> Iterator[TextSpan]:
    while end - start > SIZE:
        cut = _find_cut(text, start, start + SIZE)
        yield TextSpan(start, cut)
        start = cut
    yield TextSpan(start, end)


def _find_cut(text: str, start: int, most: int) -> int:
    """Return the best place to cut in the second half of a stretch; its end where there is none."""
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, start + SIZE // 2, most)]
        if ends:
            return ends[-1]
    return most
