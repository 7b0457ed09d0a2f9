"""A document as it was read: its text, to which all offsets refer, and what it says of itself."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from workflows.claims import Place, PlaceKind
from workflows.errors import BadInput

BYTE_ORDER_MARK = "\ufeff"
MAX_TITLE = 150
MAX_PARAGRAPHS = 5000
"""Paragraphs of a file other than a text; more is made to take long."""


@dataclass(frozen=True, slots=True)
class PageReview:
    """What a page says it has checked itself: the claim, its rating, and who rated it."""

    claim: str
    rating: str
    by: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text, to which all offsets refer, and what the document says of itself."""

    text: str
    title: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    places: tuple[Place, ...] = ()
    reviews: tuple[PageReview, ...] = ()
    author: str | None = None


def require_few_paragraphs(count: int, name: str) -> None:
    """Raise BadInput for more paragraphs than a text that somebody wrote to be read has."""
    if count > MAX_PARAGRAPHS:
        raise BadInput(
            "{name} has more than {most} paragraphs. Copy the part that matters and paste it.",
            code="too-many-paragraphs",
            name=name,
            most=MAX_PARAGRAPHS,
        )


FEWEST_PARAGRAPHS = 4
"""Paragraphs from which one is worth naming by its number."""
_GAP = re.compile(r"\n[^\S\n]*\n\s*")


def find_places(
    text: str, own: Sequence[Place], offsets: Sequence[int]
) -> tuple[Place | None, ...]:
    """Return where in a document each offset stands: in its own places, or else its paragraphs.

    None before the first, and in a text of few paragraphs. No other paragraph is made a place: a
    long text has tens of thousands.
    """
    starts = [place.start for place in own] or list_paragraph_starts(text)
    if not own and len(starts) < FEWEST_PARAGRAPHS:
        return (None,) * len(offsets)
    numbers = [bisect_right(starts, offset) for offset in offsets]
    if own:
        return tuple(own[number - 1] if number else None for number in numbers)
    return tuple(
        Place(starts[number - 1], str(number), PlaceKind.PARAGRAPH) if number else None
        for number in numbers
    )


def list_paragraph_starts(text: str) -> list[int]:
    """Return the offsets at which the paragraphs of a text begin; one at least."""
    first = len(text) - len(text.lstrip(BYTE_ORDER_MARK + " \t\r\n"))
    return [first, *(gap.end() for gap in _GAP.finditer(text, first) if gap.end() < len(text))]


class ParagraphCount:
    """How many paragraphs of a text are done, by the share of its characters that is."""

    def __init__(self, text: str) -> None:
        self._starts, self._length = list_paragraph_starts(text), len(text)
        self.total, self.done = len(self._starts), 0

    def reach(self, share: float) -> None:
        """This share of the text is done."""
        self.done = max(0, bisect_right(self._starts, share * self._length) - 1)


def find_title(text: str, name: str) -> str:
    """Return a text's heading, its short first line, or else its file's name."""
    lines = text.lstrip(BYTE_ORDER_MARK).lstrip().splitlines()
    first = lines[0].strip() if lines else ""
    heading = first.lstrip("#").strip()
    alone = first.startswith("#") or any(line.strip() for line in lines[1:])
    if heading and alone and len(heading) <= MAX_TITLE:
        return heading
    return PurePath(name).stem or name


def is_blank(text: str) -> bool:
    """Return True for a text in which nothing can be read."""
    return not text.strip(BYTE_ORDER_MARK + " \t\r\n\f\v\u00a0\u2028\u2029") or text.isspace()


_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿ])")


def join_lines(lines: str) -> str:
    """Return lines as one paragraph; a word that a line end parted with a hyphen is whole again."""
    return " ".join(_HYPHENATED.sub("", lines).split())


def join_paragraphs(
    parts: list[tuple[str, list[str]]], kind: PlaceKind
) -> tuple[str, tuple[Place, ...]]:
    """Return one text of the paragraphs of all parts, and where each named part begins in it."""
    texts: list[str] = []
    places: list[Place] = []
    offset = 0
    for name, paragraphs in parts:
        if not paragraphs:
            continue
        if name and (not places or places[-1].name != name):
            places.append(Place(offset, name, kind))
        texts.extend(paragraphs)
        offset += sum(len(paragraph) + 2 for paragraph in paragraphs)
    return "\n\n".join(texts), tuple(places)
