"""Direct speech: quotations, the cue that introduces or closes each, and how they go on."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from workflows.claims import Hedge
from workflows.extraction.contents import FINITE, content
from workflows.extraction.cues import ACCORDING, VERB_FORMS, Cue
from workflows.extraction.quotations import Quotation
from workflows.extraction.sayings import Manner, Saying
from workflows.extraction.sentences import Paragraph
from workflows.extraction.sources import mention, speaker
from workflows.extraction.stretches import Stretch

AFTER = 14
BEFORE = 22
"""Tokens between a quotation and its cue."""
INTERRUPTED = frozenset({",", "?", "!", "—", "–", "--", "..."})
BEFORE_NOUN = frozenset({"DT", "JJ", "JJR", "JJS", "PRP$", "RB", "POS", "HYPH"})
ENDS = frozenset({".", "?", "!"})


def spoken(paragraph: Paragraph, quoted: list[Quotation]) -> Iterator[Saying]:
    """The direct speech of a paragraph; a quotation without a cue goes on from the last speaker."""
    doc = paragraph.doc
    inside = {i for q in quoted for i in range(*q.words)}
    last: Saying | None = None
    speech = [q for q in quoted if q.speech]
    while speech:
        first = speech.pop(0)
        cue = _cue_after(doc, first, inside) or _cue_before(doc, first, inside)
        end, rest = _going_on(doc, first, speech)
        del speech[:rest]
        if cue is not None:
            last = _said(cue, Stretch(_beginning(first, cue, paragraph), end))
            yield last
        else:
            stray = _stray(Stretch(first.words.start, end), last)
            if stray is not None:
                yield stray


def _beginning(first: Quotation, cue: Token, paragraph: Paragraph) -> int:
    """Where what is said begins: at the quotation, or before it if that only ends the sentence."""
    start = first.words.start
    doc = paragraph.doc
    sentence = paragraph.sentence_of(start)
    if cue.i > start:
        before = doc[sentence.start : start]
        if any(t.text in ENDS or (t.text in {",", ":"} and t.i == start - 1) for t in before):
            return start
        return sentence.start if any(t.tag_ in FINITE for t in before) else start
    words = [t for t in doc[cue.i + 1 : start] if not t.is_space]
    if not words or words[-1].text in {",", ":", "—", "–", "--"} or words[-1].lower_ == "that":
        return start
    known = VERB_FORMS.get(cue.lower_)
    indirect = content(cue, known, sentence) if known is not None else None
    if indirect is not None and cue.i < indirect.start < start:
        return indirect.start
    return start if _only_beside(words) else cue.i + 1


def _only_beside(words: list[Token]) -> bool:
    """Whether between cue and quotation there is just to whom, when or where it was said."""
    return not any(t.tag_ in FINITE or t.dep_ in {"nsubj", "nsubjpass", "mark"} for t in words)


def _said(cue: Token, content: Stretch) -> Saying:
    head = _speaker_of(cue, content)
    source = mention(head, cue) if head is not None else None
    known = VERB_FORMS.get(cue.lower_)
    end = cue.i + 2 if cue.lower_ == "according" else cue.i + 1
    asides = (Stretch(cue.i, end),) if content.has(cue.i) else ()
    hedge = known.hedge if known else Hedge.REPORTED
    return Saying(Manner.QUOTED, Stretch(cue.i, end), source, content, hedge, head, asides)


def _speaker_of(cue: Token, said: Stretch) -> Token | None:
    if cue.lower_ in ACCORDING:
        objects = (o for to in cue.rights for o in to.rights if o.dep_ == "pobj")
        return next(objects, None)
    found = speaker(cue)
    if found is not None and not (said.has(found.i) and not said.has(cue.i)):
        return found
    return _beside(cue)


def _beside(cue: Token) -> Token | None:
    """“…,” said the minister: the noun right behind a verb without subject, or right before it."""
    doc = cue.doc
    for run in (range(cue.i + 1, min(cue.i + AFTER, len(doc))), range(cue.i - 1, -1, -1)):
        named: Token | None = None
        for i in run:
            if doc[i].tag_.startswith(("NN", "PRP", "CD")):
                named = doc[i] if named is None or i > cue.i else named
            elif named is not None or doc[i].tag_ not in BEFORE_NOUN:
                break
        if named is not None:
            return named
    return None


def _introduces(token: Token) -> bool:
    cue: Cue | None = VERB_FORMS.get(token.lower_)
    if cue is not None and token.tag_.startswith("VB"):
        return "q" in cue.frames or "c" in cue.frames
    return token.lower_ == "according" and token.i + 1 < len(token.doc)


def _cue_after(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """“…,” he said."""
    if not _interrupted(doc, quotation):
        return None
    for i in range(quotation.words.end, min(quotation.words.end + AFTER, len(doc))):
        token = doc[i]
        if token.text in ENDS or i in inside:
            return None
        if _introduces(token):
            return token
    return None


def _cue_before(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """He said, "…"; he said that it was "…"."""
    start = quotation.words.start
    for i in range(start - 1, max(-1, start - BEFORE), -1):
        token = doc[i]
        if i in inside or (token.text in ENDS and i < start - 1):
            return None
        if _introduces(token):
            return token
    return None


def _interrupted(doc: Doc, quotation: Quotation) -> bool:
    """Whether the sentence goes on behind the quotation."""
    end = quotation.words.end
    inner = doc[max(0, end - 2)].text if quotation.closed else ""
    outer = doc[end].text if end < len(doc) else "."
    return (
        inner in INTERRUPTED
        or outer in {",", "—", "–", "--"}
        or doc[end - 1 : end + 1].text[-1:].islower()
    )


def _going_on(doc: Doc, first: Quotation, others: list[Quotation]) -> tuple[int, int]:
    """Where the speech ends that begins with a quotation, and how many more it takes in."""
    end, taken = first.words.end, 0
    current = first
    for other in others:
        gap = [doc[i] for i in range(end, other.words.start) if not doc[i].is_space]
        if not _resumes(doc, current, gap) or len(gap) > end - first.words.start + len(other.words):
            break
        end, taken, current = other.words.end, taken + 1, other
    return end, taken


def _resumes(doc: Doc, current: Quotation, gap: list[Token]) -> bool:
    """Whether what stands between two quotations is nothing, or just who is speaking."""
    if not gap:
        return True
    if len(gap) > AFTER * 2 or gap[-1].text not in {".", ",", "—", "–", "--", ";", ":"}:
        return False
    if any(t.text in ENDS for t in gap[:-1]) or not _interrupted(doc, current):
        return False
    cues = [t for t in gap if _introduces(t)]
    return bool(cues) and not (gap[-1].text in {",", ":"} and len(cues) > 1)


def _stray(content: Stretch, last: Saying | None) -> Saying | None:
    """A quotation without a cue: the speaker just heard in the same paragraph goes on."""
    if last is None:
        return None
    return Saying(Manner.STRAY, last.cue, last.source, content, last.hedge, last.head)
