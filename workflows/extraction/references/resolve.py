"""Whom and what the pronouns, nouns and short names of a text mean, paragraph by paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.references.bridging import bridge_nouns
from workflows.extraction.references.counted import resolve_group
from workflows.extraction.references.definites import link_mention
from workflows.extraction.references.entities import Seen
from workflows.extraction.references.events import find_events
from workflows.extraction.references.locale import (
    find_locale,
    find_region,
    read_bodies,
    read_places,
)
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.mentions import find_mentions
from workflows.extraction.references.named_speakers import mention_named_body
from workflows.extraction.references.nouns import resolve_noun
from workflows.extraction.references.pronouns import resolve_third
from workflows.extraction.references.readable import find_open_words
from workflows.extraction.references.reading import NamedPlace, Reading, TextMemory, Whereabouts
from workflows.extraction.references.resolved import ParagraphReferences
from workflows.extraction.references.scenes import find_case, find_incident, read_scenes
from workflows.extraction.references.speakers import begin_turn, resolve_speaker
from workflows.extraction.references.studied import bridge_study
from workflows.extraction.references.voices import continue_voice, remember_voice
from workflows.extraction.text.parts import PartKind
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.studies import Study

THIRD = frozenset({"he", "she", "it", "they"})
SHORT_WORD_CHARS = 3
FEWEST_TITLE_WORDS = 4
TITLE_CASE = 0.85
"""Share of a heading's longer words that have a capital where all of them do by custom."""


@dataclass(slots=True)
class ReferenceResolver:
    """Reads the paragraphs of one text in order, and remembers what they have mentioned."""

    _memory: TextMemory = field(default_factory=TextMemory)

    @property
    def recent(self) -> Sequence[Seen]:
        """The last mentions, the latest at the end."""
        return list(self._memory.table.recent)

    def introduce_company(self, name: str, start: int, end: int) -> None:
        """Take in the company that what follows is about: it is "the company"."""
        body = mention_named_body(name, start, end)
        self._memory.table.name_company(body, self._memory.sentence)

    def introduce_dateline(self, name: str, start: int, end: int) -> None:
        """Take in the place that a text was written in."""
        self._memory.dateline = NamedPlace(name, start, end, 0, "in", inside=True)

    def introduce_study(self, study: Study | None) -> None:
        """Take in the study that all of the text is about."""
        self._memory.study = study

    @property
    def whereabouts(self) -> Whereabouts:
        """Where the text takes place, and which event it is about."""
        memory = self._memory
        return Whereabouts(
            find_locale(memory.places, memory.dateline),
            find_region(memory.places),
            memory.places,
            find_incident(memory.scenes),
            find_case(memory.scenes),
        )

    def read(
        self, paragraph: Paragraph, heard: Sequence[AttributionRelation]
    ) -> ParagraphReferences:
        """Find what the mentions of the next paragraph mean."""
        memory = self._memory
        memory.paragraph += 1
        mentions = list(find_mentions(paragraph, memory.table.names))
        if paragraph.kind is PartKind.HEADING:
            self._read_title(paragraph, mentions)
            return _put_together(paragraph)
        reading = Reading(memory, paragraph, heard, mentions)
        _resolve_all(reading)
        reading.found |= {event.mention.head: event for event in find_events(reading)}
        memory.places += read_places(reading)
        read_scenes(reading)
        bridge_study(reading)
        bridge_nouns(reading)
        remember_voice(reading)
        memory.sentence += len(paragraph.sentences)
        memory.quote += len(reading.quotes)
        memory.asked = paragraph.text.rstrip().endswith("?")
        return _put_together(paragraph, reading)

    def _read_title(self, paragraph: Paragraph, mentions: Sequence[Mention]) -> None:
        """Remember the names of a heading, whose other words tell little of what is what.

        Where every word has a capital nothing tells names from other words: “Roe Says Port …”.
        """
        if _is_title_case(paragraph):
            return
        self._memory.places += read_bodies(paragraph, 1)
        for mention in mentions:
            if mention.form is MentionType.NAME and paragraph.doc[mention.head].ent_type_:
                entity = link_mention(self._memory.table, mention, self._memory.sentence)
                entity.in_title = True


def _put_together(paragraph: Paragraph, reading: Reading | None = None) -> ParagraphReferences:
    open_words, pointing = find_open_words(paragraph)
    if reading is None:
        return ParagraphReferences(open_words=open_words, pointing=pointing)
    found = dict(sorted(reading.found.items()))
    return ParagraphReferences(found, reading.speaker, reading.voice, open_words, pointing)


def _is_title_case(paragraph: Paragraph) -> bool:
    long = [t for t in paragraph.doc if t.is_alpha and len(t) > SHORT_WORD_CHARS]
    capital = sum(t.text[:1].isupper() for t in long)
    return len(long) >= FEWEST_TITLE_WORDS and capital >= len(long) * TITLE_CASE


def _resolve_all(reading: Reading) -> None:
    begin_turn(reading)
    continue_voice(reading)
    own: list[Mention] = []
    for mention in reading.mentions:
        if mention.headless:
            resolve_group(reading, mention)
        elif mention.form is not MentionType.PRONOUN:
            resolve_noun(reading, mention)
        elif mention.noun in THIRD:
            resolve_third(reading, mention)
        else:
            own.append(mention)
    for mention in own:
        resolve_speaker(reading, mention)
