"""What the stages need to know of a paragraph while its claims are put together."""

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from workflows.claims import DateMention, Figure
from workflows.extraction.dates import dates
from workflows.extraction.figures import figures
from workflows.extraction.hedges import left_open
from workflows.extraction.references import SINGULAR, Cast
from workflows.extraction.sayings import Saying
from workflows.extraction.sentences import Paragraph


@dataclass(frozen=True, slots=True)
class Context:
    """`resolved` are the names of sources by cue; `names` those of pronouns by token;
    `unsure` are the sayings that the text itself leaves unconfirmed, with the words for it."""

    text: str
    paragraph: Paragraph
    published: date | None
    figures: list[Figure]
    dates: list[DateMention]
    resolved: dict[int, str]
    names: dict[int, str]
    unsure: dict[int, str]

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
        when = dates(doc.text, published)
        resolved = _resolved(doc, heard, cast)
        return cls(
            text,
            paragraph,
            published,
            figures(doc, [(d.start, d.end) for d in when]),
            when,
            resolved,
            _names(doc, heard, resolved),
            _unsure(paragraph, heard),
        )


def _resolved(doc: Doc, heard: list[Saying], cast: Cast) -> dict[int, str]:
    found: dict[int, str] = {}
    for saying in sorted(heard, key=lambda s: s.cue.start):
        name = cast.heard(doc, saying)
        if name is not None:
            found[saying.cue.start] = name
    return found


def _names(doc: Doc, heard: list[Saying], resolved: dict[int, str]) -> dict[int, str]:
    """Pronouns that certainly mean the speaker: "he" in what one named man says of himself."""
    found: dict[int, str] = {}
    for saying in heard:
        if saying.source is None or saying.head is None:
            continue
        person = resolved.get(saying.cue.start)
        if saying.head.lower_ in SINGULAR and person is not None:
            found[saying.head.i] = person
        elif saying.head.tag_.startswith("NNP") and saying.head.ent_type_ == "PERSON":
            person = saying.source.text(doc)
        if person is not None and saying.content.start > saying.source.start:
            found.update(_himself(doc, saying, person))
    return found


def _himself(doc: Doc, saying: Saying, person: str) -> dict[int, str]:
    """ "He" as first subject of the content, when nobody else is named before it."""
    for token in doc[saying.content.start : saying.content.end]:
        if token.ent_type_ == "PERSON" or token.text in {"“", '"'}:
            return {}
        if token.lower_ in SINGULAR and token.dep_ in {"nsubj", "nsubjpass"}:
            return {token.i: person}
    return {}


def _unsure(paragraph: Paragraph, heard: list[Saying]) -> dict[int, str]:
    """For each "could not confirm them", the saying before it in the same sentence."""
    found: dict[int, str] = {}
    for sentence in paragraph.sentences:
        for verb in left_open(sentence):
            before = [s for s in heard if sentence.start <= s.cue.start and s.content.end <= verb.i]
            if before:
                nearest = max(before, key=lambda s: s.content.end)
                first = min(verb.left_edge.i, verb.i)
                words = paragraph.doc[first : verb.i + 1].text
                found.update(
                    {s.cue.start: words for s in before if s.content.overlaps(nearest.content)}
                )
    return found
