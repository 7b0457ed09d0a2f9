"""The parts of a document: what each paragraph is, and whose words it holds."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.extraction.text.turns import Turn


class PartKind(StrEnum):
    """What a paragraph is in its document."""

    TEXT = "text"
    HEADING = "heading"
    """A title or the heading of a section."""
    CORRECTION = "correction"
    LABEL = "label"
    """A turn's label on a line of its own, or a signature."""
    NOTICE = "notice"
    """What is around the text: an advert, “read more”, a byline, a caption, a credit."""
    DIRECTION = "direction"
    """“[Applause]”: what happens while somebody speaks."""


READ = frozenset({PartKind.TEXT, PartKind.HEADING, PartKind.CORRECTION})
"""The kinds of parts that may hold claims."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph by its span, without dateline, bullet or label, and whose turn it is."""

    kind: PartKind
    start: int
    end: int
    turn: Turn | None = None
