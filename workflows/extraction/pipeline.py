"""From a text to its claims: the stages in order, and the only place that knows them all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from workflows.claims import FoundClaim
from workflows.extraction.attribution import chains
from workflows.extraction.attribution.chains import Voice
from workflows.extraction.attribution.coreference import Cast
from workflows.extraction.attribution.find import sayings
from workflows.extraction.attribution.relation import Manner
from workflows.extraction.check_worthiness.model import Worth, worth
from workflows.extraction.claims import appositives, build, clauses, rebuttals
from workflows.extraction.claims.clauses import Statement
from workflows.extraction.claims.context import Context
from workflows.extraction.text import sentences
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import Stretch
from workflows.extraction.text.syntax import is_finite

CHECKABLE = 0.3
"""The check-worthiness from which a statement stands beside the others of its voice."""
FEWEST = 2
WIDE = 6
"""Tokens of an aside from which what stands before and behind it, no shorter, are two passages."""
MOSTLY = 0.5
"""A statement this far taken up by what a source says is that source's, not a claim beside it."""


class Told(NamedTuple):
    """A statement of a voice, and how much it is worth checking."""

    voice: Voice
    statement: Statement
    worth: Worth


def claims(
    nlp: Language,
    text: str,
    published: date | None,
    reached: Callable[[int], None] = lambda _: None,
) -> tuple[FoundClaim, ...]:
    """The claims of a text in the order in which they stand.

    `reached` is told the offset of each paragraph as it is come to.
    """
    found: list[FoundClaim] = []
    cast = Cast()
    for paragraph in sentences.read(nlp, text):
        reached(paragraph.start)
        cast.next_paragraph()
        heard = sayings(paragraph)
        context = Context.of(text, paragraph, published, heard, cast)
        found.extend(_of_paragraph(context, chains.voices(heard)))
    return rebuttals.linked(found)


def worths(nlp: Language, texts: Sequence[str]) -> list[float]:
    """How check-worthy each sentence is, 0 to 1."""
    readable = (sentences.readable(text)[: sentences.LONGEST] for text in texts)
    return [worth(doc).score for doc in nlp.pipe(readable, batch_size=256)]


def _of_paragraph(context: Context, outer: list[Voice]) -> Iterator[FoundClaim]:
    found = [claim for voice in outer for claim in _of_voice(context, voice)]
    found += [
        _own_claim(context, statement, nested=nested)
        for sentence in context.paragraph.sentences
        for statement, nested in _own(context.paragraph, sentence, outer)
        if not context.only_doubts(statement.words)
    ]
    yield from sorted(found, key=lambda claim: (claim.quote_start, claim.start, claim.nested))


def _own_claim(context: Context, statement: Statement, *, nested: bool) -> FoundClaim:
    judged = build.judged(context, statement)
    voice = Voice((), statement.words)
    return build.claim(context, statement, voice, judged, nested=nested)


def _of_voice(context: Context, voice: Voice) -> Iterator[FoundClaim]:
    """The claims of one voice: those that stand beside each other, and those nested in them."""
    told = [
        Told(owner, statement, build.judged(context, statement))
        for owner, statement in _told(context.paragraph, voice)
    ]
    beside = _beside(context.paragraph.doc, told, voice)
    for each in told:
        span = beside.pop(each.statement.words, None)
        yield build.claim(
            context, each.statement, each.voice, each.worth, span=span, nested=span is None
        )


def _beside(doc: Doc, told: list[Told], voice: Voice) -> dict[Stretch, Stretch]:
    """By its words, the part of a voice's content that each statement stands for."""
    found: dict[Stretch, Stretch] = {}
    for part in _parts(told, voice):
        inside = [t for t in told if part.has(t.statement.root.i)]
        found.update(_sharing(doc, inside, part, voice.asides))
    return found


def _parts(told: list[Told], voice: Voice) -> list[Stretch]:
    """What a voice says, in the parts that a long aside breaks it into."""
    start, end = voice.content
    found: list[Stretch] = []
    for aside in sorted(voice.asides):
        before, after = Stretch(start, aside.start), Stretch(aside.end, end)
        wide = min(before.length, aside.length, after.length) >= WIDE
        if wide and all(
            any(part.has(t.statement.root.i) for t in told) for part in (before, after)
        ):
            found.append(before)
            start = aside.end
    return [*found, Stretch(start, end)]


def _sharing(
    doc: Doc, told: list[Told], part: Stretch, asides: tuple[Stretch, ...]
) -> dict[Stretch, Stretch]:
    """Several statements each worth checking share a part; else the fullest stands for it."""
    worthy = _outermost([t.statement.words for t in told if t.worth.score >= CHECKABLE])
    if len(worthy) < FEWEST:
        every = [t.statement.words for t in told]
        fullest = max(every, key=lambda words: chains.word_count(doc, words), default=None)
        return {} if fullest is None else {fullest: part}
    edges = [part.start, *(words.start for words in worthy[1:]), part.end]
    return {
        words: clauses.alone(doc, Stretch(*ends), asides)
        for words, ends in zip(worthy, pairwise(edges), strict=True)
    }


def _outermost(every: list[Stretch]) -> list[Stretch]:
    """Those that lie in no other, in order."""
    found: list[Stretch] = []
    for words in sorted(every, key=lambda words: (words.start, -words.end)):
        if not found or words.start >= found[-1].end:
            found.append(words)
    return found


def _told(paragraph: Paragraph, voice: Voice) -> Iterator[tuple[Voice, Statement]]:
    """Each statement of a voice, those of the voices within it in their place."""
    doc = paragraph.doc
    inside = [inner for inner in voice.inner if _speaks(paragraph, inner)]
    own = clauses.statements(paragraph, voice.content, voice.asides) or [
        Statement(doc[voice.content.start : voice.content.end].root, voice.content)
    ]
    claimed: list[Stretch] = []
    for statement in own:
        attitude = bool(inside) and not statement.lead and not is_finite(statement.root)
        if not attitude and not _taken_up(doc, statement.words, inside):
            yield voice, statement
            claimed.append(statement.words)
    for statement in appositives.told_beside(doc, voice.content, own):
        # Only what stands in a longer statement: it is never to stand for all that is said.
        says = any(inner.links[-1].cue.has(statement.root.i) for inner in voice.inner)
        within = _within(statement, claimed)
        if within and not says and not _taken_up(doc, statement.words, inside):
            yield voice, statement
    for inner in inside:
        yield from _told(paragraph, inner)


def _speaks(paragraph: Paragraph, voice: Voice) -> bool:
    """Whether a voice within another tells something of its own, not just an attitude."""
    if voice.links[-1].manner is not Manner.VERB:
        return True
    told = clauses.statements(paragraph, voice.content)
    return any(is_finite(statement.root) for statement in told)


def _own(
    paragraph: Paragraph, sentence: Span, outer: list[Voice]
) -> Iterator[tuple[Statement, bool]]:
    """What the document states in its own voice in a sentence, and whether within another claim."""
    whole = Stretch(sentence.start, sentence.end)
    stated = clauses.statements(paragraph, whole)
    claimed: list[Stretch] = []
    for statement in (*stated, *appositives.told_beside(paragraph.doc, whole, stated)):
        states = bool(statement.lead) or is_finite(statement.root)
        says = any(link.cue.has(statement.root.i) for voice in outer for link in voice.links)
        if states and not says and not _taken_up(paragraph.doc, statement.words, outer):
            yield statement, _within(statement, claimed)
            claimed.append(statement.words)


def _within(statement: Statement, claimed: Sequence[Stretch]) -> bool:
    """Whether an apposition or relative clause was left standing in the words of a claim."""
    return any(words != statement.words and words.contains(statement.words) for words in claimed)


def _taken_up(doc: Doc, words: Stretch, voices: Sequence[Voice]) -> bool:
    count = chains.word_count(doc, words)
    shared = sum(words.shared(voice.content) for voice in voices)
    cues = any(words.has(link.cue.start) for voice in voices for link in voice.links[-1:])
    return shared >= count * MOSTLY or (cues and shared >= count * 0.3)
