"""What the stages need to know of a paragraph while its claims are put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflows.claims import DateMention, Figure
from workflows.extraction.attribution.doubts import Doubt, find_doubts
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Span, Token
from workflows.extraction.quantities.dates import find_dates
from workflows.extraction.quantities.figures import find_figures
from workflows.extraction.references.entities import Seen
from workflows.extraction.references.resolve import ReferenceResolver
from workflows.extraction.references.resolved import ParagraphReferences
from workflows.extraction.references.sources import (
    ResolvedSource,
    name_actor,
    name_voice,
    resolve_source,
)
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import trim_span
from workflows.extraction.text.speech_acts import SpeechAct


@dataclass(frozen=True, slots=True)
class Context:
    """A paragraph with its figures and dates, and what stands for what in it.

    `resolved` are the sources whose mention does not tell who they are, by cue. `unsure`
    are the sayings that the text itself leaves unconfirmed, with the words for it, and `doubts`
    where it does.
    """

    text: str
    paragraph: Paragraph
    published: date | None
    figures: list[Figure]
    dates: list[DateMention]
    references: ParagraphReferences
    resolved: dict[int, ResolvedSource]
    unsure: dict[int, str]
    doubts: tuple[Doubt, ...]
    acts: list[SpeechAct]
    """Its questions and courtesies: what is said in them is not claimed."""

    def is_claimed(self, index: int) -> bool:
        """Return True if a token is claimed, not asked or said to be polite."""
        return not any(act.withholds(index) for act in self.acts)

    def cut_doubt(self, statement: Statement) -> Statement | None:
        """Return a statement without the doubt at its end; None where it is nothing else."""
        for doubt in self.doubts:
            if doubt.clause.has(statement.root.i):
                return None
            start, end = statement.words
            if statement.words.has(doubt.word.i) and start < doubt.clause.start:
                words = trim_span(self.paragraph.doc, start, min(end, doubt.clause.start))
                statement = replace(statement, words=words or statement.words)
        return statement

    def find_doubt(self, statement: Statement) -> str | None:
        """Return the words by which its own sentence leaves a statement unconfirmed."""
        sentence = self.paragraph.get_sentence(statement.root.i)
        return next(
            (
                doubt.text
                for doubt in self.doubts
                if doubt.leaves_open
                and statement.words.end <= doubt.word.i < sentence.end
                and statement.root.i < doubt.word.i
            ),
            None,
        )

    @classmethod
    def build(
        cls,
        text: str,
        paragraph: Paragraph,
        published: date | None,
        heard: list[AttributionRelation],
        resolver: ReferenceResolver,
        acts: list[SpeechAct],
        told_day: date | None = None,
    ) -> "Context":
        doc = paragraph.doc
        when = find_dates(paragraph.text, published, doc, told_day)
        references = resolver.read(paragraph, heard)
        doubts = find_doubts(paragraph)
        return cls(
            text,
            paragraph,
            published,
            find_figures(doc, paragraph.text, [(d.start, d.end) for d in when]),
            when,
            references,
            _resolve_sources(paragraph, heard, references, resolver),
            _find_unsure(paragraph, heard, doubts),
            tuple(doubts),
            acts,
        )


def _resolve_sources(
    paragraph: Paragraph,
    heard: list[AttributionRelation],
    references: ParagraphReferences,
    resolver: ReferenceResolver,
) -> dict[int, ResolvedSource]:
    recent = resolver.recent
    found = (
        (
            saying.cue.start,
            name_voice(references) or name_actor(_select_beside(paragraph, saying, recent))
            if saying.source is None and saying.cue_type is CueType.STRAY
            else resolve_source(saying, references, _select_before(paragraph, saying, recent)),
        )
        for saying in heard
    )
    return {cue: resolved for cue, resolved in found if resolved is not None}


def _select_beside(
    paragraph: Paragraph, saying: AttributionRelation, recent: Sequence[Seen]
) -> list[Seen]:
    """Return the mentions of the sentence before a quotation, in its own paragraph."""
    if saying.content.start == 0:
        return []
    sentence = paragraph.get_sentence(saying.content.start - 1)
    start, end = paragraph.locate(sentence.start_char, sentence.end_char)
    _, said = paragraph.locate(*saying.content.chars(paragraph.doc))
    return [seen for seen in recent if start <= seen.mention.start < min(end, said)]


def _select_before(
    paragraph: Paragraph, saying: AttributionRelation, recent: Sequence[Seen]
) -> list[Seen]:
    """Return the mentions that stand before the source of a saying."""
    if saying.source is None:
        return []
    start, _ = paragraph.locate(*saying.source.chars(paragraph.doc))
    return [seen for seen in recent if seen.mention.start < start]


def _find_told_before(
    heard: list[AttributionRelation], sentence: Span, verb: Token
) -> list[AttributionRelation]:
    """The sayings a sentence looks back at: its own, else those of the last sentence with any."""
    said = [s for s in heard if s.content.end <= verb.i and not s.cue.start >= verb.i]
    own = [s for s in said if sentence.start <= s.cue.start]
    if own or not said:
        return own
    said = [s for s in said if s.source is not None] or said
    last = max(said, key=lambda s: s.content.end)
    return [s for s in said if s.content.overlaps(last.content)]


def _find_unsure(
    paragraph: Paragraph, heard: list[AttributionRelation], doubts: list[Doubt]
) -> dict[int, str]:
    """For each "could not confirm them", the sayings before it that it leaves unconfirmed."""
    found: dict[int, str] = {}
    for doubt in (doubt for doubt in doubts if doubt.leaves_open):
        verb = doubt.word
        before = _find_told_before(heard, paragraph.get_sentence(verb.i), verb)
        if before:
            nearest = max(before, key=lambda s: s.content.end)
            found.update(
                {s.cue.start: doubt.text for s in before if s.content.overlaps(nearest.content)}
            )
    return found
