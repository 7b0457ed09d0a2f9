"""What the parser says of a paragraph, read off once into plain values.

Names and meanings are spaCy's. Its own tokens are made anew each time they are asked for, with
each of their words; the stages ask some hundred times for every token.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self

from spacy import tokens as spacy_tokens


class Token:
    """A word or mark, with what the parser says of it.

    `tag_`, `dep_` and `ent_type_` may be set; another `head` is given by `attach`, since edges,
    children and sentences follow from it.
    """

    __slots__ = (
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "is_sent_start",
        "is_space",
        "left_edge",
        "lefts",
        "like_num",
        "lower_",
        "right_edge",
        "rights",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: "Doc"
    lefts: tuple["Token", ...]
    rights: tuple["Token", ...]
    left_edge: "Token"
    right_edge: "Token"
    is_sent_start: bool
    if TYPE_CHECKING:

        @property
        def head(self) -> "Token":
            """Return what it hangs on, which only `attach` changes: itself for a root."""

    def __init__(self, token: spacy_tokens.Token) -> None:
        self.i = token.i
        self.idx = token.idx
        self.text = token.text
        self.lower_ = token.lower_
        self.whitespace_ = token.whitespace_
        self.tag_ = token.tag_
        self.dep_ = token.dep_
        self.ent_type_ = token.ent_type_
        self.ent_iob_ = token.ent_iob_
        self.is_alpha = token.is_alpha
        self.is_punct = token.is_punct
        self.is_space = token.is_space
        self.like_num = token.like_num

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def is_digit(self) -> bool:
        return self.text.isdigit()

    @property
    def is_sent_end(self) -> bool:
        return self.i + 1 == len(self.doc) or self.doc[self.i + 1].is_sent_start

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def children(self) -> tuple["Token", ...]:
        return self.lefts + self.rights

    @property
    def subtree(self) -> Iterator["Token"]:
        for word in self.lefts:
            yield from word.subtree
        yield self
        for word in self.rights:
            yield from word.subtree

    @property
    def ancestors(self) -> Iterator["Token"]:
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple["Token", ...]:
        """Return those that are joined with it, without itself."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for word in joined:
            joined.extend(c for c in word.rights if c.dep_ == "conj")
        return tuple(word for word in joined if word is not self)

    @property
    def sent(self) -> "Span":
        start = self.i
        while start > 0 and not self.doc[start].is_sent_start:
            start -= 1
        end = self.i + 1
        while end < len(self.doc) and not self.doc[end].is_sent_start:
            end += 1
        return Span(self.doc, start, end)

    def nbor(self, by: int = 1) -> "Token":
        """Return the token so many further on. Raises IndexError beyond the paragraph."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]

    def is_ancestor(self, other: "Token") -> bool:
        return any(token is self for token in other.ancestors)

    def attach(self, head: "Token") -> None:
        """Hang it on another head; a sentence's root hangs on itself.

        Nothing is hung on what hangs on it: a tree has no rings.
        """
        if head is self.head or self.is_ancestor(head):
            return
        roots = [_find_top(self), _find_top(head)]
        start = min(root.left_edge.i for root in roots)
        end = max(root.right_edge.i for root in roots) + 1
        parsed = self.doc.parsed
        parsed[self.i].head = parsed[head.i]
        self.doc.read_tree(start, end)


class Span(tuple[Token, ...]):  # noqa: SLOT001  # a tuple can have none but empty ones
    """Tokens that follow each other, from `start` to before `end`: a sentence, an entity."""

    start: int
    end: int
    doc: "Doc"
    label_: str

    def __new__(cls, doc: "Doc", start: int, end: int, label: str = "") -> Self:
        span = super().__new__(cls, doc[start:end])
        span.doc, span.start, span.end, span.label_ = doc, start, end, label
        return span

    @property
    def root(self) -> Token:
        return find_root(self)

    @property
    def start_char(self) -> int:
        return self[0].idx

    @property
    def end_char(self) -> int:
        return self[-1].idx + len(self[-1].text)

    @property
    def text(self) -> str:
        return read_text(self)


class Doc(tuple[Token, ...]):  # noqa: SLOT001  # as above
    """The tokens of a paragraph."""

    text: str
    ents: tuple[Span, ...]
    inserted: Sequence[tuple[int, int]]
    """Which of its characters the document has in square brackets."""
    parsed: spacy_tokens.Doc
    """What it is read off from, which knows how edges and sentences follow from heads."""

    def __new__(cls, parsed: spacy_tokens.Doc, inserted: Sequence[tuple[int, int]] = ()) -> Self:
        doc = super().__new__(cls, map(Token, parsed))
        doc.parsed, doc.text, doc.inserted = parsed, parsed.text, inserted
        for token in doc:
            token.doc = doc
        doc.read_tree(0, len(doc))
        doc.ents = tuple(Span(doc, e.start, e.end, e.label_) for e in parsed.ents)
        return doc

    def read_tree(self, start: int, end: int) -> None:
        """Read heads, children, edges and sentences of some tokens, after one got another head."""
        below: dict[int, list[Token]] = {}
        for token, source in zip(self[start:end], self.parsed[start:end], strict=True):
            head = source.head.i
            token.head = self[head]  # type: ignore[misc]  # to be set here only
            token.left_edge, token.right_edge = self[source.left_edge.i], self[source.right_edge.i]
            token.is_sent_start = bool(source.is_sent_start)
            token.lefts = token.rights = ()
            if head != token.i:
                below.setdefault(head, []).append(token)
        for head, children in below.items():
            token = self[head]
            token.lefts = tuple(child for child in children if child.i < head)
            token.rights = tuple(child for child in children if child.i > head)

    @property
    def sents(self) -> Iterator[Span]:
        """Yield its sentences, as they stand when they are come to."""
        start = 0
        for token in self[1:]:
            if token.is_sent_start:
                yield Span(self, start, token.i)
                start = token.i
        if self:
            yield Span(self, start, len(self))

    def find_entities(self, start: int, end: int) -> list[Span]:
        """Return the entities that lie within some tokens."""
        return [entity for entity in self.ents if start <= entity.start and entity.end <= end]

    def char_span(self, start: int, end: int) -> Span | None:
        """Return the tokens of which characters are a part; None where there are none."""
        if not 0 <= start < end <= len(self.text):
            return None
        first, last = self._find_token(start), self._find_token(end - 1)
        if start == first.idx + len(first.text):  # the space behind it
            first = first.nbor() if first is not last else first
        return Span(self, first.i, last.i + 1)

    def _find_token(self, offset: int) -> Token:
        """Return the token that a character is of, be it the space behind it."""
        return self[bisect_right(self, offset, key=lambda token: token.idx) - 1]


def read_text(tokens: Sequence[Token]) -> str:
    """Return the text of tokens in a row."""
    if not tokens:
        return ""
    last = tokens[-1]
    return last.doc.text[tokens[0].idx : last.idx + len(last.text)]


def find_root(tokens: Sequence[Token]) -> Token:
    """Return the one of tokens in a row that stands highest, and first among those."""
    first, last = tokens[0].i, tokens[-1].i
    root, least = tokens[0], len(tokens[0].doc)
    for token in tokens:
        if token.head is token:
            return token
        if not first <= token.head.i <= last:
            height = _measure_height(token)
            if height < least:
                root, least = token, height
    return root


def _find_top(token: Token) -> Token:
    """Return the root of its sentence."""
    for above in token.ancestors:
        token = above
    return token


def _measure_height(token: Token) -> int:
    """Return how many heads stand above a token; a lone mark or white space counts as lowest."""
    if (token.is_space or token.is_punct) and not token.lefts and not token.rights:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)
