"""From a text to its claims: the stages in order, and the only place that knows them all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from workflows.claims import FoundClaim
from workflows.extraction import appositions, assembly, chains, clauses, countering, sentences
from workflows.extraction.attribution import sayings
from workflows.extraction.chains import Voice
from workflows.extraction.clauses import Statement
from workflows.extraction.context import Context
from workflows.extraction.references import Cast
from workflows.extraction.sayings import Manner
from workflows.extraction.sentences import Paragraph
from workflows.extraction.stretches import Stretch
from workflows.extraction.worth import worth

MOSTLY = 0.5
"""A statement this far taken up by what a source says is that source's, not a claim beside it."""


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
    return countering.linked(found)


def worths(nlp: Language, texts: Sequence[str]) -> list[float]:
    """How check-worthy each sentence is, 0 to 1."""
    readable = (sentences.readable(text)[: sentences.LONGEST] for text in texts)
    return [worth(doc).score for doc in nlp.pipe(readable, batch_size=256)]


def _of_paragraph(context: Context, outer: list[Voice]) -> Iterator[FoundClaim]:
    found = [claim for voice in outer for claim in _of_voice(context, voice)]
    found += [
        assembly.claim(context, statement, Voice((), statement.words), nested=nested)
        for sentence in context.paragraph.sentences
        for statement, nested in _own(context.paragraph, sentence, outer)
        if not context.only_doubts(statement.words)
    ]
    yield from sorted(found, key=lambda claim: (claim.quote_start, claim.start, claim.nested))


def _of_voice(context: Context, voice: Voice) -> Iterator[FoundClaim]:
    """The claims of one voice: the fullest stands for all that is said, others are nested in it."""
    doc = context.paragraph.doc
    told = list(_told(context.paragraph, voice))
    if not told:
        return
    fullest = max(told, key=lambda t: chains.word_count(doc, t[1].words))
    for owner, statement in told:
        first = statement is fullest[1]
        span = voice.content if first else statement.words
        yield assembly.claim(context, statement, owner, span=span, nested=not first)


def _told(paragraph: Paragraph, voice: Voice) -> Iterator[tuple[Voice, Statement]]:
    """Each statement of a voice, those of the voices within it in their place."""
    doc = paragraph.doc
    inside = [inner for inner in voice.inner if _speaks(paragraph, inner)]
    own = clauses.statements(paragraph, voice.content, voice.asides) or [
        Statement(doc[voice.content.start : voice.content.end].root, voice.content)
    ]
    claimed: list[Stretch] = []
    for statement in own:
        attitude = bool(inside) and not statement.lead and not clauses.is_finite(statement.root)
        if not attitude and not _taken_up(doc, statement.words, inside):
            yield voice, statement
            claimed.append(statement.words)
    for statement in appositions.told_beside(doc, voice.content, own):
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
    return any(clauses.is_finite(statement.root) for statement in told)


def _own(
    paragraph: Paragraph, sentence: Span, outer: list[Voice]
) -> Iterator[tuple[Statement, bool]]:
    """What the document states in its own voice in a sentence, and whether within another claim."""
    whole = Stretch(sentence.start, sentence.end)
    stated = clauses.statements(paragraph, whole)
    claimed: list[Stretch] = []
    for statement in (*stated, *appositions.told_beside(paragraph.doc, whole, stated)):
        states = bool(statement.lead) or clauses.is_finite(statement.root)
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
