"""Paragraphs of a text, each read by the model on its own, and the sentences in them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.language import Language

from workflows.extraction.parse import Doc, Span
from workflows.extraction.text.parts import READ, Part, PartKind
from workflows.extraction.text.plain_text import CharSpan, PlainText, read_plain
from workflows.extraction.text.quotations import Quotation, find_quotations
from workflows.extraction.text.reattach import reattach
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import mend_past_tenses
from workflows.extraction.text.turns import Turn

LONGEST = 3000
"""Characters read at once: a paragraph beyond it is read in pieces, so that cost stays linear."""
GAP = re.compile(r"[.!?]['\"”’)]*\s+|\s+")
BATCH = 64
PARSED = 4 * BATCH
"""spaCy's parser takes a quarter of its batch at once."""
TOGETHER = 30_000
"""Paragraphs, and characters, that the model reads at once."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the model reads it; `plain` knows where its words stand in the document."""

    doc: Doc
    plain: PlainText
    sentences: tuple[Span, ...]
    kind: PartKind = PartKind.TEXT
    turn: Turn | None = None
    text: str = field(init=False)
    words: tuple[str, ...] = field(init=False)
    """Each token in lower case."""
    quotations: tuple[Quotation, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "words", tuple(token.lower_ for token in self.doc))
        object.__setattr__(self, "quotations", tuple(find_quotations(self.doc)))

    @property
    def start(self) -> int:
        """Return the offset of its first character in the document."""
        return self.plain.sources[0]

    def locate(self, start: int, end: int) -> CharSpan:
        """Return where characters of `text` stand in the document."""
        return self.plain.locate(start, end)

    def get_sentence(self, index: int) -> Span:
        """Return the sentence in which a token stands."""
        at = bisect_right(self.sentences, index, key=lambda sentence: sentence.start)
        return self.sentences[max(0, at - 1)]

    def get_sentences(self, stretch: TokenSpan) -> tuple[Span, ...]:
        """Return the sentences a stretch touches."""
        first = bisect_right(self.sentences, stretch.start, key=lambda sentence: sentence.start)
        last = bisect_right(self.sentences, stretch.end - 1, key=lambda sentence: sentence.start)
        return self.sentences[max(0, first - 1) : last]


class _Piece(NamedTuple):
    """What the model reads at once, and the part of the document it is of."""

    plain: PlainText
    part: Part


def read_paragraphs(nlp: Language, text: str, parts: Iterable[Part]) -> Iterator[Paragraph]:
    """Read those parts of a text that may hold claims, in order."""
    for batch in _batch(_iter_pieces(text, parts)):
        texts = ((piece.plain.text, piece) for piece in batch)
        for parsed, piece in nlp.pipe(texts, as_tuples=True, batch_size=PARSED):
            doc = Doc(parsed, piece.plain.inserted)
            mend_past_tenses(doc)
            reattach(doc)
            yield Paragraph(doc, piece.plain, tuple(doc.sents), piece.part.kind, piece.part.turn)


def _iter_pieces(text: str, parts: Iterable[Part]) -> Iterator[_Piece]:
    for part in parts:
        if part.kind in READ:
            plain = read_plain(text, part.start, part.end)
            for start, end in _split_pieces(plain.text):
                yield _Piece(plain.cut(start, end), part)


def _batch(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces to read together: enough to be quick, and few enough that long ones fit in memory."""
    batch: list[_Piece] = []
    length = 0
    for piece in pieces:
        more = len(piece.plain.text)
        if batch and (len(batch) == BATCH or length + more > TOGETHER):
            yield batch
            batch, length = [], 0
        batch.append(piece)
        length += more
    if batch:
        yield batch


def _split_pieces(plain: str) -> Iterator[tuple[int, int]]:
    start, end = 0, len(plain)
    while end - start > LONGEST:
        cut = start + _find_cut(plain[start : start + LONGEST])
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _find_cut(piece: str) -> int:
    """Find the best cut of a piece: after its last sentence, else its last word, else its end."""
    best = word = 0
    for gap in GAP.finditer(piece):
        word = gap.end()
        if not gap.group().isspace():
            best = gap.end()
    return best if best > LONGEST // 3 else word or LONGEST
