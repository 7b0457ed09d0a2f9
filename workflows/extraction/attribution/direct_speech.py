"""Direct speech: quotations, the cue that introduces or closes each, and how they go on."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from workflows.claims import Hedge
from workflows.extraction.attribution.content_span import (
    FINITE,
    PAUSES,
    clause_start,
    content,
    first_of,
)
from workflows.extraction.attribution.indirect_speech import by_colon_before
from workflows.extraction.attribution.relation import Manner, Saying
from workflows.extraction.attribution.source_mention import (
    beside,
    mention,
    speaker,
    subjects_around,
)
from workflows.extraction.text.lexicon import ACCORDING, VERB_FORMS, Cue
from workflows.extraction.text.quotations import Quotation
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, Stretch, last_word

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


AFTER = 20
BEFORE = 22
"""Tokens between a quotation and its cue."""
INTERRUPTED = frozenset({",", "?", "!", "—", "–", "--", "..."})
NEAR = 6
LEFT_OPEN = frozenset({",", "?", "!"})
GOING_ON = frozenset({",", "—", "–", "--", ";", ":"})
LONG_ASIDE = 60
MOST_ASIDE = 0.6
"""What stands between two quotations, as a share of their words, for them to be one."""
APOSTROPHES = frozenset("'’")


def spoken(paragraph: Paragraph, quoted: list[Quotation]) -> Iterator[Saying]:
    """The direct speech of a paragraph; a quotation without a cue goes on from the last speaker."""
    doc = paragraph.doc
    inside = {i for q in quoted for i in range(*q.words)}
    last: Saying | None = None
    speech = [q for q in quoted if q.speech]
    while speech:
        first = speech.pop(0)
        cue = (
            _cue_around(doc, first, inside)
            or _any_verb_after(doc, first)
            or _any_verb_before(doc, first, inside)
        )
        end, rest = _going_on(doc, first, speech)
        del speech[:rest]
        words = Stretch(first.words.start, end)
        if cue is not None:
            said = all_said(first, words, cue, paragraph)
            last = _said(cue, said, quoted)
            yield last
            speech = [q for q in speech if q.words.start >= said.end]
        elif (titled := by_colon_before(paragraph, words)) is not None:
            last = titled
            yield last
        elif last is not None:
            yield Saying(Manner.STRAY, last.cue, last.source, words, last.hedge, last.head)


def _said(cue: Token, content: Stretch, quoted: list[Quotation]) -> Saying:
    head = _speaker_of(cue, content)
    source = mention(head, cue) if head is not None else None
    known = VERB_FORMS.get(cue.lower_)
    end = cue.i + 2 if cue.lower_ == "according" else cue.i + 1
    asides = (_gap(cue, content, quoted),) if content.has(cue.i) else ()
    hedge = known.hedge if known else Hedge.REPORTED
    return Saying(Manner.QUOTED, Stretch(cue.i, end), source, content, hedge, head, asides)


def _gap(cue: Token, content: Stretch, quoted: list[Quotation]) -> Stretch:
    """The words between two quotations that tell who speaks; or just the cue with its source."""
    before = max((q.words.end for q in quoted if q.words.end <= cue.i), default=content.start)
    after = min((q.words.start for q in quoted if q.words.start > cue.i), default=content.end)
    if before > content.start and after < content.end:
        return Stretch(before, after)
    head = speaker(cue)
    source = mention(head, cue) if head is not None else Stretch(cue.i, cue.i + 1)
    return Stretch(min(source.start, cue.i), max(source.end, cue.i + 1))


def _speaker_of(cue: Token, said: Stretch) -> Token | None:
    if cue.lower_ in ACCORDING:
        objects = (o for to in cue.rights for o in to.rights if o.dep_ == "pobj")
        return next(objects, None)
    found = speaker(cue)
    around = subjects_around(cue) if cue.tag_ == "VBG" else ()
    outside = (t for t in (found, *around) if t is not None and not _in_what_is_said(t, cue, said))
    return next(outside, None) or beside(cue)


def _in_what_is_said(found: Token, cue: Token, said: Stretch) -> bool:
    """Whether the parser took a word of the speech itself for the speaker."""
    if not said.has(found.i):
        return False
    between = cue.doc[min(found.i, cue.i) : max(found.i, cue.i)]
    return not said.has(cue.i) or any(t.text in MARKS - APOSTROPHES for t in between)


def _introduces(token: Token) -> bool:
    cue: Cue | None = VERB_FORMS.get(token.lower_)
    if cue is not None and token.tag_.startswith("VB"):
        return "q" in cue.frames or "c" in cue.frames
    return token.lower_ == "according" and token.i + 1 < len(token.doc)


def _cue_around(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """The cue behind a quotation, or before it; a participle behind it begins what is said next.

    In “he said it was “wrong,” adding that …” the cue is "said".
    """
    after = _cue_after(doc, quotation, inside)
    if after is not None and after.tag_ != "VBG":
        return after
    return _cue_before(doc, quotation, inside) or after


def _cue_after(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """“…,” he said; “….” He said."""
    end = quotation.words.end
    interrupted = _interrupted(doc, quotation)
    if end == len(doc) or not (interrupted or doc[end - 2].text == "."):
        return None
    for token in doc[end : end + AFTER]:
        if token.text in ENDS or token.i in inside:
            return None
        if _introduces(token):
            done = token.i + 1 == len(doc) or doc[token.i + 1].text in ENDS
            return token if (interrupted or done) and not _tells_on(token, end, inside) else None
    return None


def _tells_on(cue: Token, end: int, inside: set[int]) -> bool:
    """Whether a verb behind a quotation tells what follows it, and not the quotation."""
    return _joins(cue, end) or any(
        c.dep_ == "ccomp" and c.left_edge.i > cue.i and c.left_edge.i not in inside
        for c in cue.rights
    )


def _joins(cue: Token, end: int) -> bool:
    """“Called it “wrong,” and said …”: what comes next, and not the quotation."""
    return cue.doc[end].dep_ == "cc" and cue.dep_ == "conj"


def _cue_before(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """He said, "…"; he said that it was "…"."""
    start = quotation.words.start
    for i in range(start - 1, max(-1, start - BEFORE), -1):
        token = doc[i]
        if i in inside or token.text in ENDS:
            return None
        if _introduces(token):
            return token if start - 1 - i <= 1 else _outermost(token, quotation)
    return None


def _outermost(cue: Token, quotation: Quotation) -> Token:
    """The verb of saying in whose content both the cue found and the quotation stand."""
    verb, told = cue, False
    while verb.dep_ in {"ccomp", "conj", "relcl", "dobj"} and verb.head.i < verb.i:
        told |= verb.dep_ == "ccomp" or (verb.dep_ == "relcl" and _marked(verb))
        verb = verb.head
        if told and _introduces(verb) and verb.sent.end > quotation.words.start:
            cue = verb
    return cue


def _marked(clause: Token) -> bool:
    """Whether a clause taken for a relative one is what is told: “told them that it was …”."""
    return any(t.dep_ == "mark" for t in clause.lefts)


def _any_verb_after(doc: Doc, quotation: Quotation) -> Token | None:
    """“…?” he boomed: whatever is done with a quotation that ends so is a way of saying it."""
    end = quotation.words.end
    if not quotation.closed or doc[end - 2].text not in LEFT_OPEN:
        return None
    for token in doc[end : end + NEAR]:
        if token.is_punct:
            return None
        if token.tag_ in {"VBD", "VBZ"}:
            return token if beside(token) is not None and not _joins(token, end) else None
    return None


def _any_verb_before(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """He boomed: “…”; The paper put it so, “…”."""
    start = quotation.words.start
    mark = last_word(doc, start)
    if mark is None or mark.text not in {":", ","}:
        return None
    for i in range(mark.i - 1, max(-1, start - BEFORE), -1):
        token = doc[i]
        if i in inside or token.text in ENDS or (token.is_punct and mark.text == ","):
            return None
        if token.tag_ in {"VBD", "VBZ", "VBP"} and subject_before(token):
            return token
    return None


def subject_before(verb: Token) -> bool:
    head = speaker(verb)
    return head is not None and head.i < verb.i


def _interrupted(doc: Doc, quotation: Quotation) -> bool:
    """Whether the sentence goes on behind the quotation."""
    end = quotation.words.end
    inner = doc[max(0, end - 2)].text if quotation.closed else ""
    outer = doc[end].text if end < len(doc) else "."
    return inner in INTERRUPTED or outer in {",", "—", "–", "--"} or outer[:1].islower()


def _going_on(doc: Doc, first: Quotation, others: list[Quotation]) -> tuple[int, int]:
    """Where the speech ends that begins with a quotation, and how many more it takes in."""
    end, taken = first.words.end, 0
    current = first
    for other in others:
        gap = [doc[i] for i in range(end, other.words.start) if not doc[i].is_space]
        said = end - first.words.start + other.words.end - other.words.start
        if not _resumes(doc, current, gap) or len(gap) > said * MOST_ASIDE:
            break
        end, taken, current = other.words.end, taken + 1, other
    return end, taken


def _resumes(doc: Doc, current: Quotation, gap: list[Token]) -> bool:
    """Whether what stands between two quotations is nothing, or just who is speaking."""
    if not gap:
        return True
    done = gap[-1].text == "."
    if len(gap) > (LONG_ASIDE if done else AFTER * 2) or not (done or gap[-1].text in GOING_ON):
        return False
    if any(t.text in ENDS for t in gap[:-1]) or not _interrupted(doc, current):
        return False
    cues = [t for t in gap if _introduces(t)]
    return bool(cues) and (done or len(cues) == 1)
