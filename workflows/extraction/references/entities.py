"""Everything a text has mentioned so far: who is who under which names and nouns."""

import re
from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workflows.extraction.references.fates import Fate
from workflows.extraction.references.kinds import (
    FACILITIES,
    NATURES,
    EntityKind,
    Gender,
    Nature,
    make_singular,
)
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.text.lexicon import word_set

KEPT = 80
"""Mentions kept to choose from: some four sentences of them, so that cost stays linear."""
PAPERS = frozenset(
    {"gazette", "guardian", "herald", "journal", "news", "observer", "post", "press", "times"}
    | {"courier", "mail", "star", "telegraph", "tribune"}
)
"""What the names of newspapers end with."""
PUBLIC_BODIES = word_set(
    """
    academy agency airport assembly authority board chamber clinic college commission committee
    council court department district fair festival hospital institute jail legislature library
    ministry museum office orchestra parliament police prison school senate sheriff university
    """
)
"""What the names of bodies end with that are called after their place: "Olden Police"."""
FULL_TITLES = {
    "adm": "admiral",
    "capt": "captain",
    "col": "colonel",
    "dr": "doctor",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "maj": "major",
    "prof": "professor",
    "rep": "representative",
    "sen": "senator",
    "sgt": "sergeant",
}
"""What "the professor" is called before a name."""
NAMES_KEPT = 6
CALLED_BY_LAST_WORD = frozenset(
    {EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.EVENT, EntityKind.THING}
)
"""Kinds of what is "the brigade" where it was named "the 53rd Brigade" before."""
MEMBERS = word_set("republicans democrats conservatives liberals lawmakers members leaders")
"""What the name of those who sit in a chamber ends with."""
AUTHORITIES = word_set(
    """
    agent constable court detective inspector judge justice magistrate marshal officer police
    prosecutor sheriff superintendent
    """
)
"""Who arrests, charges and tries others."""
AGED = re.compile(r"\b\d{1,3}-year-old\b")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
"""What stands behind a surname: “Ann Lee Roe Jr.”"""
PAIR = 2
MOST = 3
"""Titles, and words of a name of nobody knows what, from which on there are too many."""
SHORTEST_MISSPELT = 5
DOUBLED = re.compile(r"(.)\1")
MAIN_SHARE = 2
"""Times as many mentions by which one body is the one that a text is about."""
SAME_NOUN = 4
"""Entities kept for one noun."""


class Antecedent(NamedTuple):
    """The words that stand for an entity: `start` and `end` are offsets into the document."""

    text: str
    start: int
    end: int
    named: bool
    plural: bool
    counted: bool
    """Several without an article: "10,000 troops"."""


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that a text mentions, and all that is known of it."""

    kind: EntityKind | None
    gender: Gender | None
    plural: bool | None
    mentions: list[Mention] = field(default_factory=list)
    """The first mention and the fullest names, a few of them."""
    nouns: set[str] = field(default_factory=set)
    named: bool = False
    """Mentioned by a name among these."""
    count: int = 0
    first_sentence: int = 0
    last_sentence: int = 0
    in_title: bool = False
    ambiguous: bool = False
    """A name that several bear: never given another name."""
    guessed: bool = False
    """Of a kind that only the model tells."""
    office: str = ""
    """What somebody named was told to be: "the mayor of Olden"."""
    fates: set[Fate] = field(default_factory=set)
    """Whether he is told to be arrested or charged, harmed or dead."""
    affiliation: "Entity | None" = None
    """The body that somebody speaks for."""

    def find_words(self, before: int | None = None) -> Mention | None:
        """Return the mention that tells most, of those before an offset where there are any."""
        earlier = [m for m in self.mentions if before is None or m.start < before]
        known = earlier or self.mentions
        names = [mention for mention in known if mention.form is MentionType.NAME]
        names = [m for m in names if not m.name[-1].islower()] or names  # “Olden governor”
        if names:
            return max(names, key=lambda m: (len(m.name), 0 < len(m.titles) < MOST, -m.start))
        pairs = [m for m in known if m.number is not None and m.text[:1].isupper()]
        if pairs:
            return max(pairs, key=lambda m: (m.words.length, -m.start))  # “Ann Roe and Tim Lee”
        return max(known, key=lambda m: (not m.short, -m.start), default=None)

    @property
    def may_be_person(self) -> bool:
        """Return True for one word that the model alone takes for a body's name: "Christie"."""
        guessed = self.kind is EntityKind.ORGANISATION and self.guessed
        return guessed and all(
            len(m.name) == 1 and not m.name[0].isupper() and not m.text.startswith("the ")
            for m in self.mentions
        )

    def may_suffer(self, fate: Fate | None) -> bool:
        """Return True unless somebody cannot be the one accused: he died, or is who accuses."""
        if fate is not Fate.ACCUSED or Fate.ACCUSED in self.fates:
            return True
        return Fate.DEAD not in self.fates and not self.nouns & AUTHORITIES

    def has_surname(self, word: str) -> bool:
        return any(len(m.name) > 1 and m.name[-1] == word for m in self.mentions)

    def see(self, mention: Mention, sentence: int) -> None:
        """Take in one more mention."""
        self.count += 1
        if not self.mentions:
            self.guessed = mention.guessed
        self.last_sentence = sentence
        self.first_sentence = self.first_sentence or sentence
        if mention.fate is not None:
            self.fates.add(mention.fate)
        if mention.form is MentionType.PRONOUN:
            return
        told = mention.nature
        sure = told.kind not in {None, EntityKind.THING} and not mention.guessed
        if self.kind is None or (sure and (self.guessed or self.kind is EntityKind.THING)):
            self.kind = told.kind
            self.guessed = mention.guessed
        if self.kind is EntityKind.PERSON and mention.form is MentionType.NAME:
            self.office = self.office or mention.description
        if told.gender is not None and self.gender is None and not _is_only_surname(self, mention):
            self.gender = told.gender
        if len(self.mentions) < NAMES_KEPT:
            self.mentions.append(mention)
            self.named = self.named or mention.form is MentionType.NAME


class Seen(NamedTuple):
    """A mention in its place: the running numbers of its sentence, paragraph and quotation.

    The quotation's is 0 where there is none; `speaks` is true where it tells who says something.
    """

    mention: Mention
    entity: Entity
    sentence: int
    paragraph: int
    quote: int
    speaks: bool = False


@dataclass(slots=True)
class EntityTable:
    """The entities of a text and its last mentions, the latest at the end."""

    recent: deque[Seen] = field(default_factory=lambda: deque(maxlen=KEPT))
    company: Entity | None = None
    """The company that all of the text is about, or the section being read."""
    opening: int = 0
    """The sentence with which that section begins."""
    _by_name: dict[str, Entity] = field(default_factory=dict)
    _by_part: dict[str, list[Entity]] = field(default_factory=dict)
    _by_noun: dict[str, list[Entity]] = field(default_factory=dict)

    @property
    def names(self) -> Container[str]:
        """The words by which somebody with a longer name may be called, in lower case."""
        return self._by_part

    def add(self, mention: Mention, sentence: int, known: Entity | None = None) -> Entity:
        """Return the entity that a name or noun means: the one known, else a new one."""
        entity = known or Entity(mention.nature.kind, mention.nature.gender, mention.plural)
        entity.see(mention, sentence)
        self._index(mention, entity)
        return entity

    def name_company(self, mention: Mention, sentence: int = 0) -> None:
        """Take in what "the company" means from now on, before anything is read of it."""
        if self.company is not None:
            known = self._by_noun.get("company", [])  # of many, the first may be forgotten
            known[:] = [each for each in known if each is not self.company]
            self.company.nouns.discard("company")
        entity = self.add(mention, sentence, self.find_name(mention))
        self._add_noun("company", entity)
        self.company, self.opening = entity, sentence + 1

    def join(self, entity: Entity, mention: Mention, sentence: int) -> None:
        """Take a mention for one of an entity: an apposition, or what somebody is told to be."""
        entity.see(mention, sentence)
        self._index(mention, entity)

    def call(self, entity: Entity, noun: str) -> None:
        """Take in a noun by which somebody may be meant from now on."""
        if entity.kind is EntityKind.PERSON:
            self._add_noun(noun, entity)

    def find_all(self, noun: str) -> Sequence[Entity]:
        """Return the last entities that were called so, the latest at the end."""
        return self._by_noun.get(noun, ())

    def find_named(self, words: tuple[str, ...]) -> Entity | None:
        """Return the entity with just this name."""
        return self._by_name.get(" ".join(words).lower())

    def find_main(self, kind: EntityKind) -> Entity | None:
        """Return the one that a text begins with and tells of far more than of any other."""
        known = {id(e): e for e in self._by_name.values() if e.kind is kind}.values()
        ranked = sorted(known, key=lambda e: -e.count)
        rivals = MAIN_SHARE * max((e.count for e in ranked[1:]), default=1)
        main = (e for e in ranked[:1] if e.first_sentence <= 1 and e.count >= rivals)
        return next(main, None)

    def _index(self, mention: Mention, entity: Entity) -> None:
        aged = read_age(mention.text)
        if aged is not None and mention.referring:
            self._add_noun(aged, entity)
        if mention.form is MentionType.NAME:
            full = " ".join(mention.name).lower()
            self._by_name.setdefault(full, entity)
            for part in _find_parts(mention, entity):
                _remember(self._by_part.setdefault(part, []), entity)
            if len(mention.name) > 1 and entity.kind is not EntityKind.PERSON:
                letters = "".join(w[0] for w in mention.name if w[0].isupper()).lower()
                if len(letters) > 1:
                    _remember(self._by_part.setdefault(letters, []), entity)
            for noun in _find_nouns(mention):
                self._add_noun(noun, entity)
        elif mention.referring:
            self._add_noun(mention.noun, entity)

    def _add_noun(self, noun: str, entity: Entity) -> None:
        entity.nouns.add(noun)
        _remember(self._by_noun.setdefault(noun, []), entity)

    def find_name(self, mention: Mention) -> Entity | None:
        """Return who is meant by a name: the same, or a part of one that only one bears."""
        full = " ".join(mention.name).lower()
        same = self._by_name.get(full)
        if len(mention.name) > 1:
            if same is not None and _may_be(same, mention):
                return same
            first, last = mention.name[0].lower(), mention.name[-1].lower()
            short = self._by_name.get(last) or (
                self._by_name.get(first)
                if mention.nature.kind is EntityKind.ORGANISATION and last not in PUBLIC_BODIES
                else None
            )
            if short is not None and _is_short_of(short, mention) and _may_be(short, mention):
                return short
            near = [
                e
                for e in self._by_part.get(last, ())
                if _has_ends(e, first, last) or _has_tail(e, mention)
            ]
            certain = len(near) == 1 and (_may_be(near[0], mention) or _has_tail(near[0], mention))
            return near[0] if certain else None
        bearers = [
            e
            for e in self._by_part.get(full, ())
            if _may_be(e, mention) and not e.ambiguous and not _is_called_after(e, mention)
        ]
        if len(bearers) > 1 and mention.nature.gender is not None:
            bearers = [e for e in bearers if e.gender is mention.nature.gender] or bearers
        if len(bearers) > 1 and len({_find_first_name(e) for e in bearers} - {""}) == 1:
            bearers = [max(bearers, key=lambda e: e.count)]  # one whose name is told in two ways
        if len(bearers) > 1:
            persons = all(e.kind is EntityKind.PERSON for e in bearers)
            kind = EntityKind.PERSON if persons else mention.nature.kind
            return self._find_ambiguous(full, mention._replace(nature=Nature(kind)))
        if not bearers and same is None:
            return self._find_misspelt(full, mention)
        return (
            bearers[0] if bearers else same if same is not None and _may_be(same, mention) else None
        )

    def _find_misspelt(self, word: str, mention: Mention) -> Entity | None:
        """Return Ann Byrne for “Bryne”, if only she was named in full so nearly."""
        if mention.nature.kind is EntityKind.PLACE or len(word) < SHORTEST_MISSPELT:
            return None
        near = {
            id(entity): entity
            for part, known in self._by_part.items()
            if part[0] == word[0] and _is_slip(part, word)
            for entity in known
            if entity.kind is EntityKind.PERSON and entity.has_surname(part.title())
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def _find_ambiguous(self, full: str, mention: Mention) -> Entity:
        """Return the one that stands for a name which several bear."""
        known = self._by_name.get(full)
        if known is None or not known.ambiguous:
            known = Entity(
                mention.nature.kind, mention.nature.gender, mention.plural, ambiguous=True
            )
            self._by_name[full] = known
        return known


FIRST_WORDS = {
    **{word: word for word in ("lake", "river", "cape", "port", "fort", "camp", "hotel", "castle")},
    **{word: word for word in ("hurricane", "typhoon", "cyclone", "storm", "mission", "project")},
    "loch": "lake",
    "lough": "lake",
    "mount": "mountain",
    "mt": "mountain",
}
"""Words with which a name begins, and what is then meant: “Lake Pell” is “the lake”."""


def _is_slip(one: str, other: str) -> bool:
    """Return True for two letters the wrong way round, or one written twice."""
    if len(one) != len(other):
        return DOUBLED.sub(r"\1", one) == DOUBLED.sub(r"\1", other)
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    swapped = len(apart) == PAIR and apart[1] == apart[0] + 1
    return swapped and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]


def _find_nouns(mention: Mention) -> set[str]:
    """Return the nouns that a name tells: "bank" of Halden Bank, "mayor" of Mayor Ann Lee."""
    joints = (at for at, word in enumerate(mention.name) if at and word in {"of", "for"})
    head = mention.name[next(joints, len(mention.name)) - 1].lower()
    told = len(mention.name) >= PAIR or len(mention.text.split()) > PAIR
    if not told and not mention.titles:
        return set()
    titles = [FULL_TITLES.get(title, title) for title in mention.titles[-1:]]
    found = {
        make_singular(word) for word in (mention.name[-1].lower(), head, *titles) if word in NATURES
    }
    first = mention.name[0].lower() if len(mention.name) >= PAIR else ""
    found |= {FIRST_WORDS[first]} if first in FIRST_WORDS and not mention.titles else set()
    if mention.nature.kind is EntityKind.PERSON:  # not “the state” of a Secretary of State
        known = (word for word in found if word in NATURES)
        return {word for word in known if NATURES[word].kind is EntityKind.PERSON}
    if mention.nature.kind in CALLED_BY_LAST_WORD and head.isalpha():
        found.add(head)
    papers = len(mention.name) >= PAIR and mention.name[-1].lower() in PAPERS
    return found | ({"newspaper", "paper"} if papers else set())


def _find_parts(mention: Mention, entity: Entity) -> set[str]:
    """Return the words of a name that may stand for all of it, in lower case."""
    first, last = mention.name[0].lower(), mention.name[-1].lower()
    joined = any(word.islower() for word in mention.name[1:-1])
    short = not joined and len(mention.name) <= MOST
    if entity.kind is EntityKind.PERSON or (entity.kind is None and short):
        own = (
            mention.name[-2].lower()
            if last.strip(".") in SUFFIXES and len(mention.name) > PAIR
            else last
        )
        return {first, last, own}
    if entity.kind is EntityKind.THING and len(mention.name) == PAIR:
        return {first, last}  # “a Lund Falcon” is “the Lund” or “the Falcon”
    papers = {last} if len(mention.name) > 1 and last in PAPERS else set()
    return {first} | papers if entity.kind is EntityKind.ORGANISATION and short else papers


def _remember(known: list[Entity], entity: Entity) -> None:
    if entity not in known:
        known.append(entity)
        del known[:-SAME_NOUN]


def _may_be(entity: Entity, mention: Mention) -> bool:
    kind, gender = mention.nature
    if kind is not None and entity.kind is not None and kind is not entity.kind:
        if mention.guessed and entity.kind is EntityKind.PERSON and len(mention.name) == 1:
            return entity.has_surname(mention.name[0])
        if mention.guessed and entity.kind is EntityKind.THING and len(mention.name) == 1:
            return mention.text.startswith("the ")  # “the Falcon”, a car told of as “a Lund Falcon”
        return len(mention.name) > 1 and EntityKind.PERSON not in {kind, entity.kind}
    agrees = gender is None or entity.gender is None or gender is entity.gender
    return agrees or _is_only_surname(entity, mention)


def _is_only_surname(entity: Entity, mention: Mention) -> bool:
    """Return True for the “Joseph” of Ann Joseph, which is no man."""
    alone = len(mention.name) == 1 and not mention.titles
    return alone and entity.has_surname(mention.name[0])


def _is_called_after(entity: Entity, mention: Mention) -> bool:
    """Return True for Olden, a place, where the Olden Police Department was named."""
    word = mention.name[0].lower()
    longer = [m.name for m in entity.mentions if len(m.name) > 1 and m.name[0].lower() == word]
    place = mention.nature.kind is EntityKind.PLACE
    if any(name[-1].lower() in MEMBERS for name in longer):
        return True  # the Senate, beside Senate Republicans
    if place and longer and entity.kind is None:
        return True  # “The Olden, Ohio, railway” beside Olden Southern
    if entity.kind is not EntityKind.ORGANISATION or not longer:
        return False
    return place or any(name[-1].lower() in PUBLIC_BODIES | FACILITIES for name in longer)


def _is_short_of(entity: Entity, mention: Mention) -> bool:
    """Return True if an entity is known by one word only, which this name has too."""
    names = [m.name for m in entity.mentions if m.form is MentionType.NAME]
    if entity.kind is EntityKind.PLACE and mention.nature.kind is EntityKind.ORGANISATION:
        return False  # Olden, and the Medical Journal of Olden
    return (
        bool(names)
        and all(len(name) == 1 for name in names)
        and mention.nature.kind
        in {
            EntityKind.PERSON,
            EntityKind.ORGANISATION,
            None,
        }
    )


def _has_ends(entity: Entity, first: str, last: str) -> bool:
    return any(
        len(m.name) > 1 and (m.name[0].lower(), m.name[-1].lower()) == (first, last)
        for m in entity.mentions
    )


def _find_first_name(entity: Entity) -> str:
    """Return the first word of the longest name, "" where there is but one word."""
    names = [m.name for m in entity.mentions if len(m.name) > 1]
    return max(names, key=len)[0].lower() if names else ""


def _has_tail(entity: Entity, mention: Mention) -> bool:
    """Return True for "Holtz-Eakin", where Douglas Holtz-Eakin was named."""
    size, tail = len(mention.name), [word.lower() for word in mention.name]
    return entity.kind is EntityKind.PERSON and any(
        len(m.name) > size and [word.lower() for word in m.name[-size:]] == tail
        for m in entity.mentions
    )


def find_accused(known: Iterable[Entity]) -> Entity | None:
    """Return the only one accused among those given, the one told of in full before the others."""
    accused = [e for e in known if Fate.ACCUSED in e.fates]
    if len(accused) > 1:
        accused = [e for e in accused if e.named or any(not m.short for m in e.mentions)]
    only = accused[0] if len(accused) == 1 else None
    return only if only is not None and only.plural is not True else None


def agrees(entity: Entity, mention: Mention) -> bool:
    return entity.plural is None or mention.plural is None or entity.plural == mention.plural


def iter_recent(table: EntityTable, sentence: int, back: int) -> Iterator[Seen]:
    """Go through the mentions of the last sentences, the latest first."""
    for seen in reversed(table.recent):
        if sentence - seen.sentence > back:
            return
        yield seen


def read_age(words: str) -> str | None:
    """Return “27-year-old” where words tell somebody's age."""
    told = AGED.search(words) if "-year-old" in words else None
    return told[0] if told is not None else None
