"""Quotations that no word of saying introduces: said by somebody, never by the document."""

from workflows.claims import Hedge
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.quotations import Quotation
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import FINITE

STOPS = frozenset({".", "?", "!", "…", "...", ":"})
MARKS_CHARS = "\"“”«»„‘’'"
GROUPS = frozenset({"ORG", "GPE", "NORP", "LOC", "FAC", "EVENT"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PERSONS = word_set(
    """
    he she man woman boy girl minister mayor president governor spokesman spokeswoman officer
    doctor nurse teacher farmer driver captain engineer lawyer judge witness mother father widow
    son daughter resident owner fisherman pilot chief director manager chairman chairwoman priest
    pastor imam student worker soldier sailor miner baker
    """
)
"""Heads of who may speak where a gesture stands in place of a saying."""


def find_uncued(
    paragraph: Paragraph, quotation: Quotation, words: TokenSpan
) -> AttributionRelation | None:
    """Return the saying of a quotation without a cue, if it is sentences of its own.

    Its speaker is the person told of right before it (“Lee pointed at the mill. “It burned.””),
    else somebody unknown; its cue is its opening mark.
    """
    doc = paragraph.doc
    start, end = words
    if not quotation.speech or doc[end - 1 if not quotation.closed else end - 2].text not in STOPS:
        return None
    if start > 0 and doc[start - 1].text not in STOPS and doc[start - 1].text not in MARKS_CHARS:
        return None
    if not any(token.tag_ in FINITE for token in doc[start:end]):
        return None
    head = _find_gesture(paragraph, start)
    source = mention_span(head) if head is not None else None
    cue = TokenSpan(start, start + 1)
    return AttributionRelation(CueType.STRAY, cue, source, words, Hedge.REPORTED, head)


def _find_gesture(paragraph: Paragraph, start: int) -> Token | None:
    """Return who does something in the sentence right before a quotation."""
    if start == 0:
        return None
    before: Span = paragraph.get_sentence(start - 1)
    if any(token.text in MARKS_CHARS for token in before if token.i < start):
        return None
    subject = next((t for t in before.root.children if t.dep_ in SUBJECTS and t.i < start), None)
    if subject is None or any(c.dep_ == "conj" for c in subject.rights):
        return None
    named = subject.tag_ == "NNP" and any(c.tag_ == "NNP" for c in subject.lefts)
    person = subject.ent_type_ == "PERSON" or (named and subject.ent_type_ not in GROUPS)
    return subject if person or subject.lower_ in PERSONS else None
