"""What is remembered of a text from one paragraph to the next, and one paragraph being read."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.binding import find_called
from workflows.extraction.references.definites import link_mention
from workflows.extraction.references.entities import Entity, EntityTable, Seen
from workflows.extraction.references.frames import Scene
from workflows.extraction.references.kinds import BELOW, EntityKind, is_human
from workflows.extraction.references.ledes import find_age_behind, find_introduced
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.references.named_speakers import SPEAKING_FOR
from workflows.extraction.references.names import is_sibling
from workflows.extraction.references.resolved import ResolvedReference
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.studies import Study

DIRECT = frozenset({CueType.QUOTED, CueType.STRAY, CueType.COLON})
"""Cues of a saying in the speaker's own words."""
ARGUMENTS = frozenset({Role.SUBJECT, Role.OBJECT})
LONGEST_TITLE = 4
"""Tokens from the second office of “chairman and chief executive Ann Lee” to the name."""
PERSONS_KEPT = 4
SPEAKERS_KEPT = 6
COPULAS = frozenset({"is", "was", "are", "were", "became", "remains", "'s", "’s"})


class NamedPlace(NamedTuple):
    """A place as a text names it, with its state: `start` and `end` are offsets into the text."""

    words: str
    start: int
    end: int
    sentence: int
    preposition: str
    inside: bool
    """Something is told to be in it: "in Olden", "the city of Olden"."""
    body: bool = False
    """It is only told whose a body is: "Olden police"."""
    personal: bool = False
    """It is only told where somebody is from: "Sen. Ann Lee of Ohio"."""


class Whereabouts(NamedTuple):
    """The town and state of a text, the places it names, and the event or trial it is about."""

    locale: NamedPlace | None
    region: str | None
    places: Sequence[NamedPlace]
    incident: Scene | None
    case: Scene | None


@dataclass(slots=True)
class TextMemory:
    """What the paragraphs read so far have mentioned, and how many sentences they had."""

    table: EntityTable = field(default_factory=EntityTable)
    last_meant: dict[str, Entity] = field(default_factory=dict)
    speakers: list[tuple[int, Entity | None]] = field(default_factory=list)
    """The last ones who said something, by sentence; None is somebody unknown."""
    persons: list[Seen] = field(default_factory=list)
    left_open: dict[str, int] = field(default_factory=dict)
    """The sentence in which each pronoun was last left open."""
    sentence: int = 0
    paragraph: int = 0
    quote: int = 0
    asked: bool = False
    """True where the last paragraph ended with a question."""
    owned: dict[int, str] = field(default_factory=dict)
    """By its offset, a mention like "his plan" with its owner's name: "Renn's plan"."""
    voice: Seen | None = None
    """Where the one was named whose words the last paragraph told, if that is one person."""
    silent: int = 0
    """Paragraphs since then in which nobody spoke."""
    pairs: list[tuple[frozenset[Entity], Entity]] = field(default_factory=list)
    """Those named side by side, "Roe and Lee", with what both are together."""
    counts: list[Seen] = field(default_factory=list)
    """The last things that were counted: "340 houses"."""
    scenes: list[Scene] = field(default_factory=list)
    """The events told of, in order."""
    places: list[NamedPlace] = field(default_factory=list)
    dateline: NamedPlace | None = None
    study: Study | None = None
    """The study that all of the text is about."""
    study_entity: Entity = field(default_factory=lambda: Entity(EntityKind.THING, None, False))
    elsewhere: bool = False
    """True where the last paragraph told of another study."""


@dataclass(slots=True)
class Reading:
    """One paragraph while its mentions are resolved."""

    memory: TextMemory
    paragraph: Paragraph
    heard: Sequence[AttributionRelation]
    mentions: Sequence[Mention]
    quotes: list[TokenSpan] = field(init=False)
    starts: list[int] = field(init=False)
    by_head: dict[int, Mention] = field(init=False)
    entities: dict[int, Entity] = field(default_factory=dict)
    """By head, what has been linked so far."""
    found: dict[int, ResolvedReference] = field(default_factory=dict)
    sources: dict[int, AttributionRelation] = field(init=False)
    speaker: Entity | None = None
    """Whose turn the paragraph stands in, or who speaks on in it."""
    voice: Seen | None = None
    """Where the one was named who speaks on in a paragraph that is all quotation."""

    def __post_init__(self) -> None:
        self.quotes = [quotation.words for quotation in self.paragraph.quotations]
        self.starts = [sentence.start for sentence in self.paragraph.sentences]
        self.by_head = {mention.head: mention for mention in self.mentions}
        self.sources = {saying.head.i: saying for saying in self.heard if saying.head is not None}

    @property
    def doc(self) -> Doc:
        return self.paragraph.doc

    @property
    def table(self) -> EntityTable:
        return self.memory.table

    @property
    def answers(self) -> bool:
        """Return True if the paragraph before asks a question."""
        return self.memory.asked and self.paragraph.turn is not None

    @property
    def first_sentence(self) -> int:
        return self.memory.sentence + 1

    def place(self, mention: Mention, entity: Entity) -> Seen:
        return Seen(
            mention,
            entity,
            self.find_sentence(mention.head),
            self.memory.paragraph,
            self.find_quote(mention.head),
            mention.head in self.sources,
        )

    def find_sentence(self, index: int) -> int:
        return self.memory.sentence + bisect_right(self.starts, index)

    def find_quote(self, index: int) -> int:
        for number, words in enumerate(self.quotes, 1):
            if words.has(index):
                return self.memory.quote + number
        return 0

    def link(self, mention: Mention) -> Entity:
        """Return the entity of a name or noun, as soon as it is asked for."""
        known = self.entities.get(mention.head)
        if known is not None:
            return known
        sentence = self.find_sentence(mention.head)
        bearer = self._find_bearer(mention)
        if bearer is not None:
            self.entities[mention.head] = self.link(bearer)
            return self.entities[mention.head]
        entity = self._find_same(mention)
        entity = entity or find_introduced(self.doc, self.table, mention, sentence)
        behind = self._find_name_behind(mention) if entity is None else None
        if entity is not None:
            self.table.join(entity, mention, sentence)
            below = not BELOW.isdisjoint(mention.text.lower().split())
            if is_human(mention.noun) and mention.form is not MentionType.NAME and not below:
                self.table.call(entity, mention.noun)  # “Ann Lee, mayor of Olden”
        elif behind is not None:
            entity = self.table.add(mention, sentence, self.table.find_name(behind))
        elif is_sibling(self.doc[mention.head], mention.name):
            entity = self.table.add(mention, sentence)
        else:
            entity = link_mention(self.table, mention, sentence, self._find_parties(mention))
        self.entities[mention.head] = entity
        age = find_age_behind(self.doc, mention) if mention.form is MentionType.NAME else ""
        if age:
            self.table.call(entity, f"{age}-year-old")
        return entity

    def _find_parties(self, mention: Mention) -> list[Entity]:
        """Return those who do or suffer what a noun does: “Kerr sued the firm” tells of two."""
        if mention.form is not MentionType.DEFINITE or mention.role not in ARGUMENTS:
            return []
        return [
            self.entities[other.head]
            for other in self.mentions
            if other.verb == mention.verb >= 0
            and other.role in ARGUMENTS
            and other.head in self.entities
        ]

    def find_entity(self, head: Token | None) -> Entity | None:
        """Return the entity of a head in this paragraph, linking a name or noun ahead of time."""
        if head is None:
            return None
        mention = self.by_head.get(head.i)
        if mention is None:
            return None
        return (
            self.entities.get(head.i) if mention.form is MentionType.PRONOUN else self.link(mention)
        )

    def find_source(self, saying: AttributionRelation) -> Entity | None:
        return self.find_entity(saying.head)

    def find_saying(self, index: int, *, direct: bool = False) -> AttributionRelation | None:
        """Return the innermost saying in whose content a token stands."""
        around = [
            saying
            for saying in self.heard
            if saying.content.has(index)
            and saying.source is not None
            and not any(aside.has(index) for aside in saying.asides)
            and (not direct or self._is_direct(saying, index))
        ]
        return min(around, key=lambda saying: saying.content.length, default=None)

    def _is_direct(self, saying: AttributionRelation, index: int) -> bool:
        if saying.cue_type in DIRECT:
            return True
        return any(q.has(index) and not q.has(saying.cue.start) for q in self.quotes)

    def remember_speaker(self, mention: Mention, entity: Entity | None) -> None:
        said = (self.find_sentence(mention.head), entity)
        self.memory.speakers = [*self.memory.speakers, said][-SPEAKERS_KEPT:]

    def find_last_speaker(self, mention: Mention) -> Entity | None:
        """Return who spoke last, in a sentence before."""
        own = self.find_sentence(mention.head)
        before = (entity for sentence, entity in self.memory.speakers[::-1] if sentence < own)
        return next(before, None)

    def remember_person(self, seen: Seen) -> None:
        known = seen.entity.kind in {EntityKind.PERSON, None}
        if not known or seen.entity.plural:
            return
        if seen.entity.kind is None and not seen.entity.named:
            return
        kept = [other for other in self.memory.persons if other.entity is not seen.entity]
        self.memory.persons = [*kept, seen][-PERSONS_KEPT:]

    def _find_same(self, mention: Mention) -> Entity | None:
        """Return who is told to be the same right here: "Nordbank, a lender", "Falk is a baker"."""
        head = self.doc[mention.head]
        if head.dep_ == "pobj" and head.head.lower_ == "as" and is_human(mention.noun):
            return self._find_holder(head, mention)
        other = self._find_told(mention)
        if other is None or other.form is MentionType.PRONOUN or other.head >= mention.head:
            return None
        if not _are_same(other, mention):
            return None
        entity = self.link(other)
        if mention.form is MentionType.NAME:
            named = self.table.find_named(mention.name)
            if named is not None and named is not entity:
                return None
            if any(m.name and not _share_word(m, mention) for m in entity.mentions):
                return None  # “the chairman, Ann Lee”, where another was chairman before
        if head.dep_ == "appos":
            self._remember_office(entity, mention if other.form is MentionType.NAME else other)
        return entity

    def _find_bearer(self, office: Mention) -> Mention | None:
        """Return Ann Lee for the first office of “Norlink Chairman and CEO Ann Lee”."""
        head = self.doc[office.head]
        if head.lower_ not in SPEAKING_FOR or any(c.dep_ == "det" for c in head.lefts):
            return None
        joint, *behind = self.doc[head.i + 1 : head.i + 2 + LONGEST_TITLE] or [head]
        first = next((t.i for t in behind if t.lower_ not in SPEAKING_FOR), -1)
        if joint.lower_ != "and" or first <= joint.i + 1:
            return None
        people = (m for m in self.mentions if m.form is MentionType.NAME and m.words.has(first))
        person = next((m for m in people if m.nature.kind is EntityKind.PERSON), None)
        beside = person is not None and self.doc[person.head].dep_ == "appos"
        return None if beside else person

    def _find_name_behind(self, mention: Mention) -> Mention | None:
        """Return the name of “the party chairman, Ann Lee”, whoever was chairman before."""
        if mention.form is not MentionType.DEFINITE or mention.nature.kind is not EntityKind.PERSON:
            return None
        rights = self.doc[mention.head].rights
        names = (self.by_head.get(c.i) for c in rights if c.dep_ == "appos")
        return next(
            (
                n
                for n in names
                if n is not None and n.form is MentionType.NAME and _are_same(mention, n)
            ),
            None,
        )

    def _find_told(self, mention: Mention) -> Mention | None:
        """Return what is told to be a mention, in an apposition or with a verb."""
        head = self.doc[mention.head]
        if _is_owner(head):
            return None  # “Thiel is the candidate's first donor”
        if head.dep_ == "appos":
            return self.by_head.get(head.head.i) if _is_set_off(self.doc, mention) else None
        if mention.form is MentionType.NAME:
            called = find_called(head)
            return self.by_head.get(called.i) if called is not None else None
        if head.dep_ != "attr" or head.head.lower_ not in COPULAS:
            return None
        subject = next((c for c in head.head.lefts if c.dep_ == "nsubj"), None)
        if subject is None:
            return None
        beside = (c for c in subject.rights if c.dep_ == "appos")
        named = (self.by_head.get(t.i) for t in (subject, *beside))
        return next((m for m in named if m is not None and m.form is MentionType.NAME), None)

    def _find_holder(self, role: Token, mention: Mention) -> Entity | None:
        """Return who held a role: “her years as mayor”."""
        owner = next((c for c in role.head.head.lefts if c.dep_ == "poss"), None)
        holder = self.entities.get(owner.i) if owner is not None else None
        if holder is None or holder.kind is not EntityKind.PERSON:
            return None
        self.table.call(holder, mention.noun)
        return holder

    def _remember_office(self, entity: Entity, role: Mention) -> None:
        """Remember what somebody with a name is told to be: "Ann Lee, the mayor of Olden"."""
        certain = entity.kind is EntityKind.PERSON and is_human(role.noun)
        told = self.memory.owned.get(role.start, "" if role.owned_by_pronoun else role.text)
        if certain and role.form is not MentionType.NAME and not entity.office:
            entity.office = told


def _is_owner(noun: Token) -> bool:
    return noun.i + 1 < len(noun.doc) and noun.nbor().tag_ == "POS"


def _is_set_off(doc: Doc, mention: Mention) -> bool:
    """Return True if a mark stands before an apposition, or it is a name right behind a noun."""
    before = doc[mention.words.start - 1] if mention.words.start else None
    if before is None:
        return False
    return before.is_punct or (mention.form is MentionType.NAME and before.tag_ == "NN")


def _share_word(one: Mention, other: Mention) -> bool:
    """Return True for two names of which one may be a form of the other, or its letters."""
    words = {word.lower() for word in one.name}
    letters = any(len(name) == 1 and name[0].isupper() for name in (one.name, other.name))
    return letters or any(word.lower() in words for word in other.name)


def _are_same(one: Mention, other: Mention) -> bool:
    """Return True if two mentions told to be the same can be: of kinds that go together."""
    if {one.nature.kind, other.nature.kind} == {EntityKind.PLACE} and one.name and other.name:
        return False  # “Olden, Ohio”
    if one.name and other.name and not _share_word(one, other):
        return False  # “It is on with Ann Lee, Tim Falk will try”
    kinds = {m.nature.kind if not m.guessed else None for m in (one, other)}
    if MentionType.NAME not in {one.form, other.form} or (
        one.plural != other.plural
        and None
        not in {
            one.plural,
            other.plural,
        }
    ):
        return False
    bodies = {EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.PLACE, None}
    return kinds <= {EntityKind.PERSON, None} or kinds <= bodies or len(kinds) == 1
