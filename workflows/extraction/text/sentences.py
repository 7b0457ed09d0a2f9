"""Paragraphs of a text, each read by the model on its own, and the sentences in them."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from workflows.extraction.text.spans import TokenSpan

LONGEST = 3000
"""Characters read at once: a paragraph beyond it is read in pieces, so that cost stays linear."""
WRAPPED = 50
"""A line at least this long that ends without a stop is taken to go on in the next line."""
LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
ITEM = re.compile(r"\s*(?:[-*•·–—>#|]|\(?\d{1,3}[.)]\s|[a-zA-Z][.)]\s)")
STOPPED = re.compile(r"""[.!?:;…]["'”’)\]]*$""")
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?:[ ,/]+[A-Z][\w.’'-]*){0,5}(?:,? \d{1,2})?(?: ?\([^()\n]{1,40}\))?|"
    r"[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,3} \([A-Z]{2,6}\)|"
    r"\([A-Z][\w ./-]{1,30}\)) ?(?:—|–|--|-) (?=\S)"
)
"""What a wire report begins with: "LISBON, March 3 (Wire) --"."""
CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?|[A-Z]{2,4})?(?: ?[-–—:])? (?=[\"“A-Z])")
"""What an entry of a live page begins with: "14:05 ", "3:20 p.m. ET - "."""
GAP = re.compile(r"[.!?]['\"”’)]*\s+|\s+")
OPENING = frozenset('“"‘«„')
BATCH = 64
TOGETHER = 30_000
"""Paragraphs, and characters, that the model reads at once."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the model reads it. `start` is the offset of its first character."""

    doc: Doc
    start: int
    sentences: tuple[Span, ...]
    tokens: tuple[Token, ...] = field(init=False)
    """The tokens of `doc`: going through them here costs a third of it."""
    text: str = field(init=False)
    """The text of `doc`, which would put it together anew each time."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", tuple(self.doc))
        object.__setattr__(self, "text", self.doc.text)

    def get_sentence(self, index: int) -> Span:
        """The sentence in which a token stands."""
        at = bisect_right(self.sentences, index, key=lambda sentence: sentence.start)
        return self.sentences[max(0, at - 1)]

    def get_sentences(self, stretch: TokenSpan) -> tuple[Span, ...]:
        """The sentences a stretch touches."""
        first = bisect_right(self.sentences, stretch.start, key=lambda sentence: sentence.start)
        last = bisect_right(self.sentences, stretch.end - 1, key=lambda sentence: sentence.start)
        return self.sentences[max(0, first - 1) : last]


def read_paragraphs(nlp: Language, text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order."""
    plain = make_readable(text)
    pieces = [piece for span in split_paragraphs(text) for piece in _split_pieces(plain, *span)]
    for batch in _batch(pieces):
        texts = ((plain[start:end], start) for start, end in batch)
        for doc, start in nlp.pipe(texts, as_tuples=True, batch_size=BATCH):
            yield Paragraph(doc, start, tuple(doc.sents))


def _batch(pieces: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Pieces to read together: enough to be quick, and few enough that long ones fit in memory."""
    batch: list[tuple[int, int]] = []
    length = 0
    for start, end in pieces:
        if batch and (len(batch) == BATCH or length + end - start > TOGETHER):
            yield batch
            batch, length = [], 0
        batch.append((start, end))
        length += end - start
    if batch:
        yield batch


def make_readable(text: str) -> str:
    """The same text, character for character, with what would confuse the model made a blank."""
    return (
        "".join(map(_replace_unreadable, text))
        if not text.isascii() or _is_unreadable(text)
        else text
    )


def split_paragraphs(text: str) -> list[tuple[int, int]]:
    """Where paragraphs stand: blank lines part them, and single line ends where a line is done."""
    found: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        body = line.group()
        if not body.strip():
            continue
        start = line.start() + len(body) - len(body.lstrip())
        end = line.start() + len(body.rstrip())
        if found and (
            _is_continued(text, found[-1], start, end)
            or _is_speech_continued(text, found[-1], start)
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((_skip_heading(text, start, end), end))
    return found


def _skip_heading(text: str, start: int, end: int) -> int:
    """Where a paragraph's first sentence begins: behind a dateline or the time of an entry."""
    heading = DATELINE.match(text, start, end) or CLOCK.match(text, start, end)
    return heading.end() if heading is not None and heading.end() < end else start


def _is_continued(text: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether a line continues the one before: wrapped text, not a new paragraph or list item."""
    between = text[before[1] : start]
    if between.count("\n") + between.count("\r") - between.count("\r\n") > 1:
        return False
    last = (
        text[before[0] : before[1]].rsplit("\n", 1)[-1] if before[1] - before[0] < LONGEST else ""
    )
    if len(last) < WRAPPED or ITEM.match(text[start:end]):
        return False
    return text[start].islower() or not STOPPED.search(last)


def _is_speech_continued(text: str, before: tuple[int, int], start: int) -> bool:
    """Whether a paragraph is the quotation that the one before announced or left open."""
    if text[start] not in OPENING or before[1] - before[0] > LONGEST // 2:
        return False
    if text[before[1] - 1] == ":":
        return True
    return text[start] == "“" and text.rfind("“", *before) > text.rfind("”", *before)


def _split_pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = start + _find_cut(plain[start : start + LONGEST])
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _find_cut(piece: str) -> int:
    """Where best to cut a piece: after its last sentence, else its last word, else at its end."""
    best = word = 0
    for gap in GAP.finditer(piece):
        word = gap.end()
        if not gap.group().isspace():
            best = gap.end()
    return best if best > LONGEST // 3 else word or LONGEST


def _is_unreadable(text: str) -> bool:
    return any(c < " " or c == "\x7f" for c in text)


def _replace_unreadable(character: str) -> str:
    if character.isalnum() or character == " ":
        return character
    return " " if unicodedata.category(character)[0] in "CZ" else character
