"""A document as it was read: its text, to which all offsets refer, and what it says of itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

BYTE_ORDER_MARK = "\ufeff"
MAX_TITLE = 150


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the text stands in the original: a page, or a time.

    It begins at `start`, an offset, and goes on until the next place.
    """

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text, to which all offsets refer, and what the document says of itself."""

    text: str
    title: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    places: tuple[Place, ...] = ()


def find_place(places: Sequence[Place], offset: int) -> str:
    """Return the name of the place in which an offset stands; "" for a text without places."""
    return next((place.name for place in reversed(places) if place.start <= offset), "")


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


def join_paragraphs(parts: list[tuple[str, list[str]]]) -> tuple[str, tuple[Place, ...]]:
    """Return one text of the paragraphs of all parts, and where each named part begins in it."""
    texts: list[str] = []
    places: list[Place] = []
    offset = 0
    for name, paragraphs in parts:
        if not paragraphs:
            continue
        if name and (not places or places[-1].name != name):
            places.append(Place(offset, name))
        texts.extend(paragraphs)
        offset += sum(len(paragraph) + 2 for paragraph in paragraphs)
    return "\n\n".join(texts), tuple(places)
