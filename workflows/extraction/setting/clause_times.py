"""When each main clause of a sentence is told to have been, and which are only reported."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workflows.claims import DateMention
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.quantities.dates import find_verb
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.syntax import HELPERS, find_subject

STEPS = 4
NOT_SIMPLE = word_set("had 'd ’d has have 've ’ve be been is are 's ’s")
HAD = frozenset({"had", "'d", "’d"})
SAYING = inflect_all(
    """
    say tell add report announce state note explain confirm write warn argue acknowledge declare ask
    reply testify identify release publish post reveal disclose
    """
) | word_set("told said wrote")
"""Verbs whose day is that on which something was told, and not when it was."""
TIMES_OF_DAY = word_set("morning afternoon evening night noon midnight day a.m. p.m. am pm")


class Clause(NamedTuple):
    """A main clause by its verb, or one of what a sentence reports."""

    verb: Token
    reported: bool
    says: bool
    """Its verb tells that something was said: its time is not that of what was said."""
    times: tuple[DateMention, ...]
    """The times that are its verb's, and not a noun's in it: “his speech on Tuesday”."""
    timed: bool
    """It names any time."""

    @property
    def is_past(self) -> bool:
        return is_past(self.verb)


def read_clauses(
    paragraph: Paragraph, sentence: Span, times: Sequence[DateMention], cues: frozenset[int]
) -> list[Clause]:
    """Return the clauses of a sentence in order, without those in quotation marks."""
    doc = paragraph.doc
    owners = {m: _find_owner(doc, m, cues) for m in times}
    found: list[Clause] = []
    for verb, reported in _iter_verbs(sentence.root, cues):
        if not is_quoted(paragraph, verb):
            own = [m for m, owner in owners.items() if owner is not None and owner.i == verb.i]
            says = _says(verb, cues)
            direct = tuple(m for m in own if _hangs_on(doc, m, verb, says=says))
            found.append(Clause(verb, reported, says, direct, bool(own)))
    return found


def _find_owner(doc: Doc, mention: DateMention, cues: frozenset[int]) -> Token | None:
    """Return the verb of a time: of “said on Friday he met Lee” the first, however it is parsed."""
    verb = find_verb(doc, mention.start, mention.end)
    if verb is None or verb.dep_ != "ccomp" or not _says(verb.head, cues):
        return verb
    subject = find_subject(verb)
    before = subject if subject is not None else verb
    return verb.head if verb.head.idx < mention.start < before.left_edge.idx else verb


def is_past(verb: Token) -> bool:
    """Return True for the simple past: “voted”, “was shot”, “did not vote”."""
    helpers = {c.lower_ for c in verb.lefts if c.dep_ in HELPERS}
    if helpers & NOT_SIMPLE or any(c.tag_ == "MD" for c in verb.lefts):
        return False
    if verb.tag_ == "VBN":
        lent = verb.dep_ == "conj" and not helpers and verb.head.i != verb.i
        return bool(helpers & {"was", "were", "got"}) or (lent and is_past(verb.head))
    return verb.tag_ == "VBD" or (verb.tag_ == "VB" and "did" in helpers)


def is_perfect(verb: Token) -> bool:
    """Return True for “had voted”, which lies before what is told around it."""
    return any(c.dep_ in HELPERS and c.lower_ in HAD for c in verb.lefts)


def _iter_verbs(root: Token, cues: frozenset[int]) -> Iterator[tuple[Token, bool]]:
    """Yield the verbs of a sentence's main clauses and of what it reports, told which."""
    waiting = [(root, False)]
    for verb, reported in waiting:
        yield verb, reported
        joined = (c for c in verb.rights if c.dep_ == "conj" and c.tag_.startswith("VB"))
        waiting.extend((c, reported) for c in joined)
        if _says(verb, cues):
            waiting.extend((c, True) for c in verb.children if c.dep_ == "ccomp")


def _says(verb: Token, cues: frozenset[int]) -> bool:
    """Return True for a verb by which something is said: its day is that of the saying."""
    return verb.i in cues or verb.lower_ in SAYING


def _hangs_on(doc: Doc, mention: DateMention, verb: Token, *, says: bool) -> bool:
    """Return True if a time is its verb's, and not a noun's: “his speech on Tuesday”."""
    if says and verb.idx < mention.start:
        return True
    span = doc.char_span(mention.start, mention.end)
    token = span.root if span is not None else verb
    for _ in range(STEPS):
        if token.head.i == verb.i:
            return True
        inside = span is not None and span.start <= token.head.i < span.end
        inside = inside or token.head.lower_ in TIMES_OF_DAY
        if token.head.i == token.i or (token.head.tag_.startswith("N") and not inside):
            return False
        token = token.head
    return False


def is_time_quoted(paragraph: Paragraph, mention: DateMention) -> bool:
    """Return True for a time in quotation marks, which counts from when it was said."""
    span = paragraph.doc.char_span(mention.start, mention.end)
    return span is not None and is_quoted(paragraph, span.root)


def is_quoted(paragraph: Paragraph, token: Token) -> bool:
    """Return True for a word in quotation marks."""
    return any(each.words.has(token.i) for each in paragraph.quotations)
