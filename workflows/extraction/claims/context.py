"""What the stages need to know of a paragraph while its claims are put together."""

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span, Token

from workflows.claims import DateMention, Figure
from workflows.extraction.attribution.coreference import Cast, Reference, names
from workflows.extraction.attribution.relation import Saying
from workflows.extraction.claims.dates import dates
from workflows.extraction.claims.figures import figures
from workflows.extraction.claims.hedges import left_open
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import Stretch
from workflows.extraction.text.syntax import INABILITY


@dataclass(frozen=True, slots=True)
class Context:
    """A paragraph with its figures and dates, and what stands for what in it.

    `resolved` are the references of sources by cue, `names` those of pronouns by token. `unsure`
    are the sayings that the text itself leaves unconfirmed, with the words for it, and `doubting`
    the verbs by which it does.
    """

    text: str
    paragraph: Paragraph
    published: date | None
    figures: list[Figure]
    dates: list[DateMention]
    resolved: dict[int, Reference]
    names: dict[int, str]
    unsure: dict[int, str]
    doubting: tuple[int, ...]

    def only_doubts(self, words: Stretch) -> bool:
        """Whether a statement just leaves another unconfirmed."""
        return any(words.has(index) for index in self.doubting)

    @classmethod
    def of(
        cls,
        text: str,
        paragraph: Paragraph,
        published: date | None,
        heard: list[Saying],
        cast: Cast,
    ) -> "Context":
        doc = paragraph.doc
        when = dates(paragraph.text, published)
        resolved = _resolved(heard, cast)
        doubting = left_open(paragraph.tokens)
        return cls(
            text,
            paragraph,
            published,
            figures(doc, paragraph.text, [(d.start, d.end) for d in when]),
            when,
            resolved,
            names(paragraph, heard, resolved),
            _unsure(paragraph, heard, doubting),
            tuple(verb.i for verb in doubting),
        )


def _resolved(heard: list[Saying], cast: Cast) -> dict[int, Reference]:
    found: dict[int, Reference] = {}
    for saying in sorted(heard, key=lambda s: s.cue.start):
        reference = cast.heard(saying)
        if reference is not None:
            found[saying.cue.start] = reference
    return found


def _told_before(heard: list[Saying], sentence: Span, verb: Token) -> list[Saying]:
    """The sayings a sentence looks back at: its own, else those of the last sentence with any."""
    said = [s for s in heard if s.content.end <= verb.i and not s.cue.start >= verb.i]
    own = [s for s in said if sentence.start <= s.cue.start]
    if own or not said:
        return own
    said = [s for s in said if s.source is not None] or said
    last = max(said, key=lambda s: s.content.end)
    return [s for s in said if s.content.overlaps(last.content)]


def _unsure(paragraph: Paragraph, heard: list[Saying], doubting: list[Token]) -> dict[int, str]:
    """For each "could not confirm them", the sayings before it that it leaves unconfirmed."""
    found: dict[int, str] = {}
    for verb in doubting:
        before = _told_before(heard, paragraph.sentence_of(verb.i), verb)
        if before:
            nearest = max(before, key=lambda s: s.content.end)
            first = min(verb.left_edge.i, verb.i)
            if verb.head.lower_ in INABILITY:
                first = min(first, verb.head.i)
            words = paragraph.doc[first : verb.i + 1].text
            found.update(
                {s.cue.start: words for s in before if s.content.overlaps(nearest.content)}
            )
    return found
