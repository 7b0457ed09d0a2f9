"""All that is said where words are quoted: the quotation and what of its sentence goes with it."""

from spacy.tokens import Doc, Span, Token

from workflows.extraction.contents import FINITE, PAUSES, clause_start, content, first_of
from workflows.extraction.cues import VERB_FORMS
from workflows.extraction.quotations import Quotation
from workflows.extraction.sentences import Paragraph
from workflows.extraction.stretches import MARKS, Stretch

ENDS = frozenset({".", "?", "!"})
DIRECT = frozenset({",", ":", "—", "–", "--"})
"""What stands between a cue and the words it quotes."""
SPOKEN_OUT = ENDS | {",", "...", "…", "—", "–", "--"}
"""Marks at the end of a quotation after which only who says it can follow."""


def all_said(first: Quotation, words: Stretch, cue: Token, paragraph: Paragraph) -> Stretch:
    """What is said, from `first`, its first quotation; `words` runs to the end of its last."""
    sentence = paragraph.sentence_of(words.start)
    if cue.i >= words.start:
        return _before_cue(first, words, cue, sentence)
    return _after_cue(words, cue, sentence)


def _before_cue(first: Quotation, words: Stretch, cue: Token, sentence: Span) -> Stretch:
    """“… was “a mistake” for the town, he said."""
    doc = cue.doc
    start, end = _back_to(words.start, sentence), words.end
    begins = first_of(cue)
    if words.end == first.words.end < begins and doc[end - 2].text not in SPOKEN_OUT:
        end = begins
    return Stretch(start, end)


def _back_to(start: int, sentence: Span) -> int:
    """Where the clause begins of which a quotation is but the end."""
    doc = sentence.doc
    before = [t for t in doc[sentence.start : start] if not t.is_space]
    if not before or any(t.text in ENDS for t in before):
        return start
    if _goes_on_small(doc, start):
        return clause_start(doc, sentence, start)
    if before[-1].text in DIRECT:
        return start
    return sentence.start if any(t.tag_ in FINITE for t in before) else start


def _goes_on_small(doc: Doc, start: int) -> bool:
    """Whether a quotation begins in the middle of a sentence: with a small letter."""
    return start + 1 < len(doc) and doc[start + 1].text[:1].islower()


def _after_cue(words: Stretch, cue: Token, sentence: Span) -> Stretch:
    """He said the plan was “a mistake”."""
    doc = cue.doc
    between = [t for t in doc[cue.i + 1 : words.start] if not t.is_space]
    if not between or between[-1].text in DIRECT:
        return _inserted(words, cue, sentence)
    known = VERB_FORMS.get(cue.lower_)
    told = content(cue, known, sentence) if known is not None else None
    if told is not None and cue.i < told.start and told.overlaps(words):
        return Stretch(min(told.start, words.start), max(told.end, words.end))
    that = next((t.i for t in between if t.lower_ == "that"), None)
    if that is not None:
        return Stretch(that, words.end)
    start = words.start if _only_beside(between) else cue.i + 1
    return Stretch(start, words.end)


def _inserted(words: Stretch, cue: Token, sentence: Span) -> Stretch:
    """“The plan, he said, “will fail” by May.”: said on both sides of the cue."""
    doc = cue.doc
    begins = first_of(cue)
    inserted = begins - 1 > sentence.start and doc[begins - 1].text in PAUSES
    if not inserted or not _goes_on_small(doc, words.start):
        return words
    return Stretch(clause_start(doc, sentence, begins), max(words.end, _rest(words.end, sentence)))


def _rest(end: int, sentence: Span) -> int:
    """The end of a sentence that goes on behind its quotation."""
    doc = sentence.doc
    goes_on = end < sentence.end and doc[end].text[:1].islower() and doc[end - 1].text in MARKS
    return sentence.end if goes_on else end


def _only_beside(words: list[Token]) -> bool:
    """Whether between cue and quotation there is just to whom, when or where it was said."""
    return not any(t.tag_ in FINITE or t.dep_ in {"nsubj", "nsubjpass", "mark"} for t in words)
