"""A run of tokens of one paragraph, from the first to before the last."""

from typing import NamedTuple

from workflows.extraction.parse import Doc, Token, read_text

EDGES = frozenset(".,;:—–-…!?'\"“”‘’`()[]|/*") | {"--", "''", "``", "...", "‘‘", "’’"}
MARKS = frozenset("'\"“”‘’`«»") | {"''", "``", "‘‘", "’’"}


class TokenSpan(NamedTuple):
    """Token indices, end exclusive."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start

    def contains(self, other: "TokenSpan") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "TokenSpan") -> bool:
        return self.start < other.end and other.start < self.end

    def count_shared(self, other: "TokenSpan") -> int:
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def has(self, index: int) -> bool:
        return self.start <= index < self.end

    def chars(self, doc: Doc) -> tuple[int, int]:
        """Character offsets in the paragraph."""
        last = doc[self.end - 1]
        return doc[self.start].idx, last.idx + len(last)

    def text(self, doc: Doc) -> str:
        return read_text(doc[self.start : self.end])


def subtree_span(token: Token) -> TokenSpan:
    return TokenSpan(token.left_edge.i, token.right_edge.i + 1)


def is_edge(token: Token) -> bool:
    """Return True if a token says nothing at the end of a stretch: a mark or white space."""
    return token.text in EDGES or token.is_space


def find_last_word(doc: Doc, before: int) -> Token | None:
    """Return the last token before an index that is no white space."""
    return next((doc[i] for i in range(before - 1, -1, -1) if not doc[i].is_space), None)


def trim_span(doc: Doc, start: int, end: int, *, keep_quotes: bool = True) -> TokenSpan | None:
    """Return the stretch without white space and loose marks at its ends.

    None if nothing is left.
    """
    while start < end and _is_loose(doc[start], keep_quotes=keep_quotes):
        start += 1
    while end > start and _is_loose(doc[end - 1], keep_quotes=keep_quotes):
        if doc[end - 1].text == ")" and _is_opened(doc, start, end - 1):
            break
        end -= 1
    return TokenSpan(start, end) if start < end else None


def _is_opened(doc: Doc, start: int, closing: int) -> bool:
    """Return True if a bracket that closes is opened in the same stretch: “Kit Lee (D)”."""
    inside = [t.text for t in doc[start:closing]]
    return inside.count("(") > inside.count(")")


def _is_loose(token: Token, *, keep_quotes: bool) -> bool:
    return is_edge(token) and not (keep_quotes and token.text in MARKS)
