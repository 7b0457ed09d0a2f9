"""Doubt that a text adds to what it told: “…, a figure Kyiv could not confirm”.

Such a clause is no part of what was said: it is cut from it, and what was said is unconfirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.claims import Hedge
from workflows.extraction.attribution.factuality import (
    has_negative_subject,
    is_lacking,
    is_reversed,
)
from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.parse import Span, Token, read_text
from workflows.extraction.text.lexicon import RESPONSES, UNSURE_FORMS, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import find_subject, is_finite

BACK = word_set("it them this that these those which what")
TOLD = word_set(
    """
    report reports claim claims statement statements figure figures allegation allegations account
    accounts assertion assertions accusation accusations number numbers toll information version
    versions detail details story stories news rumour rumours rumor rumors assessment charge charges
    """
)
"""Nouns that mean what was just told."""
DENIALS = frozenset(
    form
    for form, known in RESPONSES.items()
    if any(hedge is Hedge.DENIED and not particles for particles, hedge in known)
)
CONFIRMATIONS = word_set("confirmation verification corroboration proof evidence")
OPEN = word_set("unconfirmed unverified unproven uncorroborated unsubstantiated")
DOUBTING = DENIALS | UNSURE_FORMS | CONFIRMATIONS | OPEN
CLAUSES = frozenset({"relcl", "advcl", "conj", "ccomp", "parataxis", "acl", "appos", "dep"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word by which something told before is left unconfirmed, and the clause it stands in.

    `leaves_open` is false for a clause that only denies it: “…, a charge the mayor rejects”.
    """

    word: Token
    clause: TokenSpan
    leaves_open: bool = True

    @property
    def text(self) -> str:
        """The words that say so: “could not confirm”."""
        doc, first = self.word.doc, self.word.i
        token = self.word
        while token.dep_ in {"xcomp", "acomp", "attr"} and token.head.i < token.i:
            token = token.head
            first = min(first, token.i)
        helpers = [c.i for c in token.lefts if c.dep_ in {"aux", "auxpass", "neg"}]
        near = [t.i for t in doc[max(0, first - 2) : first] if t.dep_ in {"det", "amod"}]
        return read_text(doc[min([first, *helpers, *near]) : self.word.i + 1])


def find_doubts(paragraph: Paragraph) -> list[Doubt]:
    """Return the doubts of a paragraph, in order."""
    return [
        Doubt(token, _find_clause(token, paragraph.get_sentence(token.i)), _is_doubt(token))
        for token, word in zip(paragraph.doc, paragraph.words, strict=True)
        if word in DOUBTING and (_is_doubt(token) or _is_denial(token))
    ]


def cut_doubts(
    found: list[AttributionRelation], doubts: list[Doubt]
) -> Iterator[AttributionRelation]:
    """Yield sayings without the doubt that stands in what they tell; none that is only doubt."""
    for saying in found:
        kept: AttributionRelation | None = saying
        for doubt in doubts:
            if kept is not None:
                kept = _cut(kept, doubt)
        if kept is not None:
            yield kept


def _cut(saying: AttributionRelation, doubt: Doubt) -> AttributionRelation | None:
    content, clause = saying.content, doubt.clause
    if clause.has(saying.cue.start) or not content.has(doubt.word.i):
        return saying
    if clause.start <= content.start:
        return None if clause.contains(content) else saying
    doc = doubt.word.doc
    rest = trim_span(doc, clause.end, content.end)
    if rest is not None and any(is_finite(t) for t in doc[rest.start : rest.end]):
        return replace(saying, asides=(*saying.asides, clause))
    shorter = trim_span(doc, content.start, clause.start)
    return saying if shorter is None else replace(saying, content=shorter)


def _is_doubt(token: Token) -> bool:
    word = token.lower_
    if word in UNSURE_FORMS and token.tag_.startswith("VB"):
        return _is_looking_back(token) and (is_reversed(token) or has_negative_subject(token))
    if word in CONFIRMATIONS and token.dep_ != "compound":
        return is_lacking(token) and _is_of_told(token)
    if word in OPEN and token.dep_ in {"acomp", "oprd"}:
        subject = find_subject(token.head)
        return subject is not None and _is_told(subject)
    return False


def _is_denial(token: Token) -> bool:
    """Return True for “…, a charge the mayor rejects”, “…, which she denies”."""
    if token.dep_ not in {"relcl", "acl"} or token.lower_ not in DENIALS:
        return False
    return token.head.lower_ in TOLD and _is_beside(token.head)


def _is_looking_back(verb: Token) -> bool:
    if any(c.dep_ in {"ccomp", "csubj"} and c.i > verb.i for c in verb.children):
        return False  # “it could not be established whether”
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            return _is_told(child)
    return verb.dep_ == "relcl" and verb.head.lower_ in TOLD and _is_beside(verb.head)


def _is_told(noun: Token) -> bool:
    """Return True if a noun means what was told before, and not what it goes on to tell."""
    if noun.lower_ in BACK:
        return True
    own = any(c.dep_ in {"acl", "relcl", "ccomp"} or c.lower_ == "of" for c in noun.rights)
    return noun.lower_ in TOLD and not own


def _is_beside(noun: Token) -> bool:
    """Return True for “…, a figure that”: told of what stands before the comma."""
    before = noun.left_edge.i - 1
    return before > 0 and noun.doc[before].text in {",", "—", "–", "--"}


def _is_of_told(noun: Token) -> bool:
    """Return True for “no confirmation of the claim”, “no independent confirmation”."""
    if any(c.dep_ in {"acl", "relcl", "ccomp"} for c in noun.rights):
        return False
    phrases = [c for c in noun.rights if c.dep_ == "prep"]
    if any(p.lower_ in {"of", "for"} for p in phrases):
        return any(_is_told(o) for p in phrases for o in p.rights if o.dep_ == "pobj")
    return noun.lower_ in {"confirmation", "verification", "corroboration"}


def _find_clause(word: Token, sentence: Span) -> TokenSpan:
    """The clause in which a doubt stands, with the noun beside the comma that it is told of."""
    top = word
    while top.head.i != top.i and not (is_finite(top) and top.dep_ in CLAUSES):
        top = top.head
    if top.dep_ in {"relcl", "acl"} and top.head.lower_ in TOLD and _is_beside(top.head):
        return TokenSpan(top.head.left_edge.i, top.right_edge.i + 1)
    span = subtree_span(top)
    if top.head.i == top.i or span.start <= sentence.start:
        subject = find_subject(top)
        start = subject.left_edge.i if subject is not None else top.i
        span = TokenSpan(min(start, word.i), max(span.end, word.i + 1))
    return span
