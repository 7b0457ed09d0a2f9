"""Direct speech: quotations, the cue that introduces or closes each, and how they go on."""

from collections.abc import Iterator, Sequence

from workflows.claims import Hedge
from workflows.extraction.attribution.content_span import (
    PAUSES,
    find_clause_start,
    find_content,
    find_first_token,
)
from workflows.extraction.attribution.factuality import has_negation
from workflows.extraction.attribution.indirect_speech import find_by_colon_before
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import (
    find_beside,
    find_speaker,
    is_told_of,
    iter_outer_subjects,
    mention_span,
    opens_with_cue,
)
from workflows.extraction.attribution.uncued_speech import find_uncued
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import ACCORDING, VERB_FORMS, Cue
from workflows.extraction.text.quotations import Quotation
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, TokenSpan, find_last_word
from workflows.extraction.text.syntax import FINITE

ENDS = frozenset({".", "?", "!"})
DIRECT = frozenset({",", ":", "—", "–", "--"})
"""What stands between a cue and the words it quotes."""
SPOKEN_OUT = ENDS | {",", "...", "…", "—", "–", "--"}
"""Marks at the end of a quotation after which only who says it can follow."""


def span_all_said(
    first: Quotation, words: TokenSpan, cue: Token, paragraph: Paragraph
) -> TokenSpan:
    """Return what is said, from `first`, its first quotation.

    `words` runs to the end of its last.
    """
    sentence = paragraph.get_sentence(words.start)
    if cue.i >= words.start:
        return _span_before_cue(first, words, cue, sentence)
    return _span_after_cue(words, cue, sentence)


def _span_before_cue(first: Quotation, words: TokenSpan, cue: Token, sentence: Span) -> TokenSpan:
    """“… was “a mistake” for the town, he said."""
    doc = cue.doc
    start, end = _go_back(words.start, sentence), words.end
    begins = find_first_token(cue)
    if words.end == first.words.end < begins and doc[end - 2].text not in SPOKEN_OUT:
        end = begins
    return TokenSpan(start, end)


def _go_back(start: int, sentence: Span) -> int:
    """Return where the clause begins of which a quotation is but the end."""
    doc = sentence.doc
    before = [t for t in doc[sentence.start : start] if not t.is_space]
    if not before or any(t.text in ENDS for t in before):
        return start
    if _continues_lower_case(doc, start):
        return find_clause_start(doc, sentence, start)
    if before[-1].text in DIRECT:
        return start
    return sentence.start if any(t.tag_ in FINITE for t in before) else start


def _continues_lower_case(doc: Doc, start: int) -> bool:
    """Return True if a quotation begins in the middle of a sentence: with a small letter."""
    return start + 1 < len(doc) and doc[start + 1].text[:1].islower()


def _span_after_cue(words: TokenSpan, cue: Token, sentence: Span) -> TokenSpan:
    """He said the plan was “a mistake”."""
    doc = cue.doc
    between = [t for t in doc[cue.i + 1 : words.start] if not t.is_space]
    if not between or between[-1].text in DIRECT:
        return _span_around_cue(words, cue, sentence)
    known = VERB_FORMS.get(cue.lower_)
    told = find_content(cue, known, sentence) if known is not None else None
    if told is not None and cue.i < told.start and told.overlaps(words):
        return TokenSpan(min(told.start, words.start), max(told.end, words.end))
    that = next((t.i for t in between if t.lower_ == "that"), None)
    if that is not None:
        return TokenSpan(that, words.end)
    if _is_only_adjunct(between):
        return words
    told_by = cue.lower_ in ACCORDING and cue.right_edge.i < words.start
    start = cue.right_edge.i + 1 if told_by else cue.i + 1
    return TokenSpan(start + (doc[start].text in LEFT_OPEN), words.end)


def _span_around_cue(words: TokenSpan, cue: Token, sentence: Span) -> TokenSpan:
    """“The plan, he said, “will fail” by May.”: said on both sides of the cue."""
    doc = cue.doc
    begins = find_first_token(cue)
    inserted = begins - 1 > sentence.start and doc[begins - 1].text in PAUSES
    inserted = inserted and cue.tag_ != "VBG"  # “they broke in, shouting “it burns””
    if not inserted or not _continues_lower_case(doc, words.start):
        return words
    return TokenSpan(
        find_clause_start(doc, sentence, begins),
        max(words.end, _find_rest_end(words.end, sentence)),
    )


def _find_rest_end(end: int, sentence: Span) -> int:
    """Return the end of a sentence that goes on behind its quotation."""
    doc = sentence.doc
    goes_on = end < sentence.end and doc[end].text[:1].islower() and doc[end - 1].text in MARKS
    return sentence.end if goes_on else end


def _is_only_adjunct(words: list[Token]) -> bool:
    """Return True if between cue and quotation there is just to whom, when or where it was said."""
    return not any(t.tag_ in FINITE or t.dep_ in {"nsubj", "nsubjpass", "mark"} for t in words)


AFTER = 20
BEFORE = 22
"""Tokens between a quotation and its cue."""
INTERRUPTED = frozenset({",", "?", "!", "—", "–", "--", "..."})
NEAR = 6
LEFT_OPEN = frozenset({",", "?", "!"})
GOING_ON = frozenset({",", "—", "–", "--", ";", ":"})
LONG_ASIDE = 60
SHORT_ASIDE = 8
MOST_ASIDE = 0.6
"""What stands between two quotations, as a share of their words, for them to be one."""
APOSTROPHES = frozenset("'’")


def find_direct_speech(
    paragraph: Paragraph, quoted: Sequence[Quotation]
) -> Iterator[AttributionRelation]:
    """Yield the direct speech of a paragraph.

    A quotation without a cue goes on from the last speaker.
    """
    doc = paragraph.doc
    inside = {i for q in quoted for i in range(*q.words)}
    last: AttributionRelation | None = None
    speech = [q for q in quoted if q.speech]
    while speech:
        first = speech.pop(0)
        cue = (
            _find_cue_around(doc, first, inside)
            or _find_any_verb_after(doc, first)
            or _find_any_verb_before(doc, first, inside)
        )
        end, rest = _find_continuation(doc, first, speech)
        if cue is None and any(_find_cue_after(doc, q, inside) for q in speech[:rest]):
            end, rest = first.words.end, 0  # “called it “odd.” “It is full,” said Lee.”
        del speech[:rest]
        words = TokenSpan(first.words.start, end)
        if cue is not None:
            said = span_all_said(first, words, cue, paragraph)
            last = _build_quoted(cue, said, quoted)
            yield last
            speech = [q for q in speech if q.words.start >= said.end]
        elif (titled := find_by_colon_before(paragraph, words)) is not None:
            last = titled
            yield last
        elif last is not None:
            yield AttributionRelation(
                CueType.STRAY, last.cue, last.source, words, last.hedge, last.head
            )
        elif (unknown := find_uncued(paragraph, first, words)) is not None:
            last = unknown
            yield unknown


def _build_quoted(
    cue: Token, content: TokenSpan, quoted: Sequence[Quotation]
) -> AttributionRelation:
    head = _find_speaker(cue, content)
    source = mention_span(head, cue) if head is not None else None
    known = VERB_FORMS.get(cue.lower_)
    end = cue.i + 2 if cue.lower_ == "according" else cue.i + 1
    asides = (_span_gap(cue, content, quoted),) if content.has(cue.i) else ()
    hedge = known.hedge if known else Hedge.REPORTED
    return AttributionRelation(
        CueType.QUOTED, TokenSpan(cue.i, end), source, content, hedge, head, asides
    )


def _span_gap(cue: Token, content: TokenSpan, quoted: Sequence[Quotation]) -> TokenSpan:
    """Return the words between two quotations that tell who speaks.

    Or just the cue with its source.
    """
    before = max((q.words.end for q in quoted if q.words.end <= cue.i), default=content.start)
    after = min((q.words.start for q in quoted if q.words.start > cue.i), default=content.end)
    if before > content.start and after < content.end:
        return _take_marks(cue.doc, TokenSpan(before, after), content)
    head = find_speaker(cue)
    source = mention_span(head, cue) if head is not None else TokenSpan(cue.i, cue.i + 1)
    return TokenSpan(min(source.start, cue.i), max(source.end, cue.i + 1))


def _take_marks(doc: Doc, gap: TokenSpan, content: TokenSpan) -> TokenSpan:
    """Return a gap with the quotation marks at its ends, where one sentence goes on behind it."""
    start, end = gap
    if doc[end - 1].text in ENDS:
        return gap
    # The comma stands within the first pair of marks, or, as in French and British print, behind.
    pausing = doc[start - 2].text == "," or doc[start].text == ","
    if doc[start - 1].text in MARKS and start - 1 > content.start and pausing:
        start -= 1
        end += doc[end].text in MARKS and end + 1 < content.end
    return TokenSpan(start, end)


def _find_speaker(cue: Token, said: TokenSpan) -> Token | None:
    if cue.lower_ in ACCORDING:
        objects = (o for to in cue.rights for o in to.rights if o.dep_ == "pobj")
        return next(objects, None)
    found = find_speaker(cue)
    around = iter_outer_subjects(cue) if cue.tag_ == "VBG" else ()
    outside = (t for t in (found, *around) if t is not None and not _is_in_content(t, cue, said))
    return next(outside, None) or find_beside(cue)


def _is_in_content(found: Token, cue: Token, said: TokenSpan) -> bool:
    """Return True if the parser took a word of the speech itself for the speaker."""
    if not said.has(found.i):
        return False
    between = cue.doc[min(found.i, cue.i) : max(found.i, cue.i)]
    return not said.has(cue.i) or any(t.text in MARKS - APOSTROPHES for t in between)


def _is_introducing(token: Token) -> bool:
    cue: Cue | None = VERB_FORMS.get(token.lower_)
    verbal = token.tag_.startswith("VB") or opens_with_cue(token)
    if cue is not None and verbal and not is_told_of(token):
        return "q" in cue.frames or "c" in cue.frames
    return token.lower_ == "according" and token.i + 1 < len(token.doc)


def _find_cue_around(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """Return the cue behind a quotation, or before it.

    A participle behind it begins what is said next.

    In “he said it was “wrong,” adding that …” the cue is "said".
    """
    after = _find_cue_after(doc, quotation, inside)
    if after is not None and after.tag_ != "VBG":
        return after
    return _find_cue_before(doc, quotation, inside) or after


def _find_cue_after(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """“…,” he said; “….” He said."""
    end = quotation.words.end
    interrupted = _is_interrupted(doc, quotation)
    if end == len(doc) or not (interrupted or doc[end - 2].text == "."):
        return None
    for token in doc[end : end + AFTER]:
        if token.text in ENDS or token.i in inside:
            return None
        if _is_introducing(token):
            if has_negation(token):
                return None  # ““….” The mayor did not answer.”
            done = token.i + 1 == len(doc) or doc[token.i + 1].text in ENDS
            return (
                token
                if (interrupted or done) and not _continues_telling(token, end, inside)
                else None
            )
    return None


def _continues_telling(cue: Token, end: int, inside: set[int]) -> bool:
    """Return True if a verb behind a quotation tells what follows it, and not the quotation."""
    return _is_joined(cue, end) or any(
        c.dep_ == "ccomp" and c.left_edge.i > cue.i and c.left_edge.i not in inside
        for c in cue.rights
    )


def _is_joined(cue: Token, end: int) -> bool:
    """“Called it “wrong”, but he said …”: what comes next, and not the quotation."""
    first = cue.doc[end]
    if first.text == "," and end + 1 < cue.i:
        first = first.nbor()
    return first.lower_ == "but" or (first.dep_ == "cc" and cue.dep_ == "conj")


def _find_cue_before(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """He said, "…"; he said that it was "…"."""
    start = quotation.words.start
    for i in range(start - 1, max(-1, start - BEFORE), -1):
        token = doc[i]
        if i in inside or token.text in ENDS:
            return None
        if _is_introducing(token):
            return token if start - 1 - i <= 1 else _find_outermost(token, quotation)
    return None


def _find_outermost(cue: Token, quotation: Quotation) -> Token:
    """Return the verb of saying in whose content both the cue found and the quotation stand."""
    verb, told = cue, False
    while verb.dep_ in {"ccomp", "conj", "relcl", "dobj"} and verb.head.i < verb.i:
        told |= verb.dep_ == "ccomp" or (verb.dep_ == "relcl" and _is_marked(verb))
        verb = verb.head
        if told and _is_introducing(verb) and verb.sent.end > quotation.words.start:
            cue = verb
    return cue


def _is_marked(clause: Token) -> bool:
    """Return True if what looks relative is what is told: “told them that it was …”."""
    return any(t.dep_ == "mark" for t in clause.lefts)


def _find_any_verb_after(doc: Doc, quotation: Quotation) -> Token | None:
    """“…?” he boomed: whatever is done with a quotation that ends so is a way of saying it."""
    end = quotation.words.end
    if not quotation.closed or doc[end - 2].text not in LEFT_OPEN:
        return None
    for token in doc[end : end + NEAR]:
        if token.is_punct:
            return None
        if token.tag_ in {"VBD", "VBZ"}:
            return token if find_beside(token) is not None and not _is_joined(token, end) else None
    return None


def _find_any_verb_before(doc: Doc, quotation: Quotation, inside: set[int]) -> Token | None:
    """He boomed: “…”; The paper put it so, “…”."""
    start = quotation.words.start
    mark = find_last_word(doc, start)
    if mark is None or mark.text not in {":", ","}:
        return None
    for i in range(mark.i - 1, max(-1, start - BEFORE), -1):
        token = doc[i]
        if i in inside or token.text in ENDS or (token.is_punct and mark.text == ","):
            return None
        if token.tag_ in {"VBD", "VBZ", "VBP"} and has_subject_before(token):
            return token
    return None


def has_subject_before(verb: Token) -> bool:
    head = find_speaker(verb)
    return head is not None and head.i < verb.i


def _is_interrupted(doc: Doc, quotation: Quotation) -> bool:
    """Return True if the sentence goes on behind the quotation."""
    end = quotation.words.end
    inner = doc[max(0, end - 2)].text if quotation.closed else ""
    outer = doc[end].text if end < len(doc) else "."
    return inner in INTERRUPTED or outer in {",", "—", "–", "--"} or outer[:1].islower()


def _find_continuation(doc: Doc, first: Quotation, others: list[Quotation]) -> tuple[int, int]:
    """Return where the speech ends that begins with a quotation, and how many more it takes in."""
    end, taken = first.words.end, 0
    current = first
    for other in others:
        gap = [doc[i] for i in range(end, other.words.start) if not doc[i].is_space]
        said = end - first.words.start + other.words.end - other.words.start
        if not _is_resumed(doc, current, gap) or len(gap) > max(SHORT_ASIDE, said * MOST_ASIDE):
            break
        told = taken > 0 if not gap else gap[-1].text == "."
        if told and _find_cue_after(doc, other, set()) is not None:
            break  # “…,” said Lee. “…,” said Roe.
        end, taken, current = other.words.end, taken + 1, other
    return end, taken


def _is_resumed(doc: Doc, current: Quotation, gap: list[Token]) -> bool:
    """Return True if what stands between two quotations is nothing, or just who is speaking."""
    if not gap:
        return True
    done = gap[-1].text == "."
    if len(gap) > (LONG_ASIDE if done else AFTER * 2) or not (done or gap[-1].text in GOING_ON):
        return False
    if any(t.text in ENDS for t in gap[:-1]) or not _is_interrupted(doc, current):
        return False
    cues = [t for t in gap if _is_introducing(t)]
    return bool(cues) and (done or len(cues) == 1)
