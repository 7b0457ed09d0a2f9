"""Quotation marks: what stands between them, straight, curly, doubled or single."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan

OPENING = {"“": "”", "«": "»", "„": "“", "``": "''", "‘‘": "’’", "‘": "’"}
EITHER = frozenset({'"', "''", "'"})
BEGINNING = OPENING.keys() | EITHER
STOPS = frozenset(".?!…,") | {"...", "--", "—", "–", "."}
GLUED = frozenset(".?!…,;")
FOLLOWING = frozenset(".,;:?!)")
SHORTEST_NAME = 3
WORKS = word_set(
    """
    show program programme film movie book novel memoir song album play series podcast column
    magazine essay documentary broadcast blog musical opera painting
    """
)
"""What has a name of its own that stands between quotation marks."""
SHORT = 5
"""Quoted words up to this many, in the middle of a sentence, are a turn of phrase, not speech."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks included. `closed` is false where the closing mark is missing."""

    words: TokenSpan
    closed: bool
    speech: bool


def find_quotations(tokens: Sequence[Token]) -> Iterator[Quotation]:
    """Find the quotations among the tokens of a paragraph, outermost only, in order."""
    for start, end, closed in _pair_marks(tokens):
        yield _build_quotation(tokens, start, end, closed=closed)


def _pair_marks(tokens: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
    opened: tuple[int, str] | None = None
    for index, token in enumerate(tokens):
        mark = token.text
        if opened is None:
            closing = _get_closing_mark(token) if mark in BEGINNING else None
            if closing:
                opened = (index, closing)
        elif mark == opened[1] and _is_closing(token) and not _is_reopening(token):
            yield opened[0], index + 1, True
            opened = None
    if opened is not None and opened[1] not in {"'", "’"}:
        yield opened[0], len(tokens), False


def _get_closing_mark(token: Token) -> str | None:
    """Return the mark that will close what this token opens, if it opens anything."""
    if token.text in OPENING:
        return OPENING[token.text] if _is_at_left(token) else None
    if token.text in EITHER and _is_at_left(token) and not token.whitespace_:
        return token.text if _is_before_word(token) else None
    return None


def _is_before_word(token: Token) -> bool:
    """Return True unless a straight mark closes: “…, 'she said.',” is followed by a comma."""
    if token.i + 1 == len(token.doc):
        return False
    glued = token.i > 0 and not token.nbor(-1).whitespace_ and token.nbor(-1).text in GLUED
    return not glued and token.nbor().text not in FOLLOWING


def _is_at_left(token: Token) -> bool:
    if token.i == 0:
        return True
    before = token.nbor(-1)
    return bool(before.whitespace_) or before.is_space or before.is_punct


def _is_closing(token: Token) -> bool:
    if token.text not in {"'", "’"}:
        return True
    if _is_possessive(token):
        return False
    return bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.nbor().is_punct


def _is_possessive(token: Token) -> bool:
    """Return True for “the residents' homes”, if a mark further on closes what is quoted."""
    owner = token.i > 0 and not token.nbor(-1).whitespace_ and token.nbor(-1).lower_.endswith("s")
    if not owner or token.i + 1 == len(token.doc) or not token.nbor().text[:1].islower():
        return False
    for later in token.doc[token.i + 1 :]:
        if later.text in {"'", "’"}:
            return later.i > 0 and later.nbor(-1).text in GLUED
        if later.text == "‘":
            return False
    return False


def _is_reopening(token: Token) -> bool:
    """Return True for the mark that a further paragraph of the same quotation begins with."""
    if token.text != '"' or token.i == 0 or token.whitespace_:
        return False
    before = token.nbor(-1)
    return before.is_space or bool(before.whitespace_)


def _build_quotation(tokens: Sequence[Token], start: int, end: int, *, closed: bool) -> Quotation:
    words = [t for t in tokens[start:end] if not t.is_punct and not t.is_space]
    inside = tokens[max(start, end - 2)] if closed else tokens[end - 1]
    stopped = inside.text in STOPS
    before = tokens[start - 1] if start else None
    whole = before is None or before.text in STOPS | {":"} or before.is_space
    long = len(words) > SHORT
    titled = _is_title(words) if not whole else _is_work(tokens[:start], words)
    spoken = long or stopped or (whole and len(words) > 1)
    return Quotation(TokenSpan(start, end), closed, speech=spoken and not titled)


def _is_work(before: Sequence[Token], words: Sequence[Token]) -> bool:
    """Return True for “on her show, “Tonight””: the name of it, and nothing said."""
    told = len(before) > 1 and before[-1].text == "," and before[-2].lower_ in WORKS
    return told and len(words) <= SHORT + 1 and all(t.text[:1].isupper() for t in words[:1])


def _is_title(words: Sequence[Token]) -> bool:
    """Return True for “Sunday Morning Futures”, the name of a programme or a book."""
    named = [t for t in words if len(t) > SHORTEST_NAME or t.tag_.startswith("NNP")]
    return 1 < len(words) <= SHORT + 1 and all(t.text[:1].isupper() for t in (*named, words[0]))
