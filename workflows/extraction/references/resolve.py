"""Whom and what the pronouns, nouns and short names of a text mean, paragraph by paragraph."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.references.binding import (
    find_actor,
    find_clause_verb,
    find_complement,
    find_partner,
    is_deictic,
    is_everybodys,
    is_generic,
    is_pleonastic,
    is_within,
)
from workflows.extraction.references.entities import (
    Antecedent,
    Entity,
    EntityTable,
    Seen,
    iter_recent,
)
from workflows.extraction.references.kinds import EntityKind, Gender, find_nature, make_singular
from workflows.extraction.references.mentions import (
    Mention,
    MentionType,
    Role,
    find_mentions,
    mention_body,
    mention_named_body,
    mention_speaker,
)
from workflows.extraction.references.ranking import (
    Anaphor,
    AntecedentCandidate,
    Memory,
    has_rival,
    load_ranking,
    may_mean,
)
from workflows.extraction.text.parts import PartKind
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

THIRD = frozenset({"he", "she", "it", "they"})
PERSONAL = frozenset({"he", "she"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
DIRECT = frozenset({CueType.QUOTED, CueType.STRAY, CueType.COLON})
"""Cues of a saying in the speaker's own words."""
BACK = {"he": 4, "she": 4, "it": 2, "they": 3}
"""Sentences back within which a pronoun finds what it means."""
PERSONS_KEPT = 4
SPEAKERS_KEPT = 6
FARTHEST = 12
"""Sentences back within which the only person of a text is still meant by "he"."""
SURE = 0.9
"""How sure it must be whom "she" means, for her gender to be learned from it."""
CONTINUING = frozenset(
    {"added", "adds", "adding", "continued", "continues", "concluded", "concludes", "went", "goes"}
)
"""Verbs by which the one who spoke last speaks on."""
COUNTING = frozenset({"count", "figure", "number", "tally", "total"})
COUNTED_BACK = 2
"""Sentences back within which "that number" finds what was counted."""
COUNTS_KEPT = 6
SCHOLARS = frozenset(
    {"academic", "analyst", "author", "economist", "expert", "fellow", "historian", "lecturer"}
    | {"professor", "researcher", "scholar", "scientist", "student"}
)
"""Those at a body who do not mean it by "we"."""
COPULAS = frozenset({"is", "was", "are", "were", "became", "remains", "'s", "’s"})
OF = frozenset({"of", "for", "at", "with"})


SHORT_WORD_CHARS = 3
FEWEST_TITLE_WORDS = 4
TITLE_CASE = 0.85
"""Share of a heading's longer words that have a capital where all of them do by custom."""


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A mention and what it means: `entity` is None where that stays open.

    `antecedent` are the words that tell it in full; None where the mention does so itself.
    `candidates` are the heads, in the same paragraph, of those it may mean, the likeliest first.
    """

    mention: Mention
    entity: Entity | None = None
    antecedent: Antecedent | None = None
    candidates: tuple[int, ...] = ()
    beside: bool = False
    """The antecedent goes behind the mention, not in its place: "the figure [80,000 people]"."""


@dataclass(frozen=True, slots=True)
class ParagraphReferences:
    """The mentions of a paragraph with what they mean, by the token of their head, in order."""

    by_head: dict[int, ResolvedReference] = field(default_factory=dict)

    def get(self, token: Token | None) -> ResolvedReference | None:
        return self.by_head.get(token.i) if token is not None else None


@dataclass(slots=True)
class ReferenceResolver:
    """Reads the paragraphs of one text in order, and remembers what they have mentioned."""

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
    owned: dict[int, str] = field(default_factory=dict)
    """By its offset, a mention like "his plan" with its owner's name: "Renn's plan"."""
    counts: list[Seen] = field(default_factory=list)
    """The last things that were counted: "340 houses"."""

    def introduce_company(self, name: str, start: int, end: int) -> None:
        """Take in the company that all of the text is about: it is "the company"."""
        self.table.name_company(mention_named_body(name, start, end))

    def read(
        self, paragraph: Paragraph, heard: Sequence[AttributionRelation]
    ) -> ParagraphReferences:
        """Find what the mentions of the next paragraph mean."""
        self.paragraph += 1
        mentions = list(find_mentions(paragraph, self.table.names))
        if paragraph.kind is PartKind.HEADING:
            self._read_title(paragraph, mentions)
            return ParagraphReferences()
        reading = _Reading(self, paragraph, heard, mentions)
        found = reading.resolve_all()
        self.sentence += len(paragraph.sentences)
        self.quote += len(reading.quotes)
        return ParagraphReferences(found)

    def _read_title(self, paragraph: Paragraph, mentions: Sequence[Mention]) -> None:
        """Remember the names of a heading, whose other words tell little of what is what.

        Where every word has a capital nothing tells names from other words: “Roe Says Port …”.
        """
        if _is_title_case(paragraph):
            return
        for mention in mentions:
            if mention.form is MentionType.NAME and paragraph.doc[mention.head].ent_type_:
                entity, _ = self.table.link(mention, self.sentence)
                entity.in_title = True


def _is_title_case(paragraph: Paragraph) -> bool:
    long = [t for t in paragraph.tokens if t.is_alpha and len(t) > SHORT_WORD_CHARS]
    capital = sum(t.text[:1].isupper() for t in long)
    return len(long) >= FEWEST_TITLE_WORDS and capital >= len(long) * TITLE_CASE


@dataclass(slots=True)
class _Reading:
    """One paragraph while its mentions are resolved."""

    resolver: ReferenceResolver
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
    """Whose turn the paragraph stands in."""

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
        return self.resolver.table

    def resolve_all(self) -> dict[int, ResolvedReference]:
        self._begin_turn()
        own: list[Mention] = []
        for mention in self.mentions:
            if mention.form is not MentionType.PRONOUN:
                self._resolve_noun(mention)
            elif mention.noun in THIRD:
                self._resolve_third(mention)
            else:
                own.append(mention)
        for mention in own:
            self._resolve_speaker(mention)
        return dict(sorted(self.found.items()))

    def _begin_turn(self) -> None:
        """Take in whose turn it is: a label names its speaker as any words would."""
        turn = self.paragraph.turn
        if turn is not None and turn.name is not None and turn.speaker is not None:
            mention = mention_speaker(turn.speaker, *turn.name)
            self.speaker, _ = self.table.link(mention, self.resolver.sentence)
            if turn.body is not None and self.speaker.affiliation is None:
                body = mention_named_body(turn.body.name, *turn.body.span)
                self.speaker.affiliation, _ = self.table.link(body, self.resolver.sentence)

    def _place(self, mention: Mention, entity: Entity) -> Seen:
        return Seen(
            mention,
            entity,
            self._find_sentence(mention.head),
            self.resolver.paragraph,
            self._find_quote(mention.head),
            mention.head in self.sources,
        )

    def _find_sentence(self, index: int) -> int:
        return self.resolver.sentence + bisect_right(self.starts, index)

    def _find_quote(self, index: int) -> int:
        for number, words in enumerate(self.quotes, 1):
            if words.has(index):
                return self.resolver.quote + number
        return 0

    # Names and nouns

    def _link(self, mention: Mention) -> Entity:
        """Return the entity of a name or noun, as soon as it is asked for."""
        known = self.entities.get(mention.head)
        if known is not None:
            return known
        sentence = self._find_sentence(mention.head)
        entity = self._find_same(mention)
        if entity is not None:
            self.table.join(entity, mention, sentence)
        else:
            entity, _ = self.table.link(mention, sentence)
        self.entities[mention.head] = entity
        return entity

    def _find_same(self, mention: Mention) -> Entity | None:
        """Return who is told to be the same right here: "Nordbank, a lender", "Falk is a baker"."""
        head = self.doc[mention.head]
        other: Mention | None = None
        if head.dep_ == "appos" and _is_set_off(self.doc, mention):
            other = self.by_head.get(head.head.i)
        elif head.dep_ == "attr" and head.head.lower_ in COPULAS:
            subject = next((c for c in head.head.lefts if c.dep_ == "nsubj"), None)
            other = self.by_head.get(subject.i) if subject is not None else None
            if other is not None and other.form is not MentionType.NAME:
                other = None
        if other is None or other.form is MentionType.PRONOUN or other.head >= mention.head:
            return None
        if not _are_same(other, mention):
            return None
        entity = self._link(other)
        if mention.form is MentionType.NAME:
            named = self.table.find_named(mention.name)
            if named is not None and named is not entity:
                return None
        return entity

    def _resolve_noun(self, mention: Mention) -> None:
        entity = self._link(mention)
        seen = self._place(mention, entity)
        self.table.recent.append(seen)
        self._remember_person(seen)
        if mention.head in self.sources:
            self._remember_speaker(mention, entity)
        self._find_affiliation(mention, entity)
        self._remember_owner(mention)
        counted = self._find_counted(mention, seen.sentence)
        self.found[mention.head] = ResolvedReference(
            mention,
            entity,
            self._find_antecedent(entity, mention) if counted is None else counted,
            beside=counted is not None,
        )
        self._join_coordinated(mention, seen)
        if self._is_count(mention):
            self.resolver.counts = [*self.resolver.counts, seen][-COUNTS_KEPT:]

    def _remember_owner(self, mention: Mention) -> None:
        """Remember whose "his plan" is, in case "the plan" is told of later."""
        if not mention.owned_by_pronoun:
            return
        owner = self.found.get(mention.words.start)
        told = owner.antecedent if owner is not None else None
        _, _, rest = mention.text.partition(" ")
        if told is not None and rest and not told.counted:
            mark = "'" if told.plural and told.text.endswith("s") else "'s"
            self.resolver.owned[mention.start] = f"{told.text}{mark} {rest}"

    def _is_count(self, mention: Mention) -> bool:
        """Return True for a number of something: "340 houses", not "40 percent"."""
        head = self.doc[mention.head]
        return head.tag_ == "NNS" and any(c.dep_ == "nummod" and c.tag_ == "CD" for c in head.lefts)

    def _find_counted(self, mention: Mention, sentence: int) -> Antecedent | None:
        """Return what "that number" or "the figure" counts, if just one thing was counted."""
        if mention.noun not in COUNTING or not mention.bare:
            return None
        near = [s for s in self.resolver.counts if sentence - s.sentence <= COUNTED_BACK]
        last = max((s.sentence for s in near), default=0)
        near = [s for s in near if s.sentence == last]
        return _quote_words(near[0].entity, near[0].mention) if len(near) == 1 else None

    def _find_antecedent(self, entity: Entity, mention: Mention) -> Antecedent | None:
        """Return the earlier words that tell more than a mention does, if there are any."""
        if entity.ambiguous:
            return None
        told = entity.find_words(before=mention.start)
        if told is None or told is mention or told.start >= mention.start:
            return None
        if mention.form is MentionType.NAME and len(told.name) <= len(mention.name):
            return None
        if mention.form is not MentionType.NAME and (not mention.bare or told.bare):
            return None
        if told.text.lower() == mention.text.lower():
            return None
        words = _quote_words(entity, told)
        return words._replace(text=self.resolver.owned.get(told.start, words.text))

    def _remember_speaker(self, mention: Mention, entity: Entity | None) -> None:
        said = (self._find_sentence(mention.head), entity)
        self.resolver.speakers = [*self.resolver.speakers, said][-SPEAKERS_KEPT:]

    def _find_last_speaker(self, mention: Mention) -> Entity | None:
        """Return who spoke last, in a sentence before."""
        own = self._find_sentence(mention.head)
        before = (entity for sentence, entity in self.resolver.speakers[::-1] if sentence < own)
        return next(before, None)

    def _remember_person(self, seen: Seen) -> None:
        known = seen.entity.kind in {EntityKind.PERSON, None}
        if not known or seen.entity.plural:
            return
        if seen.entity.kind is None and not seen.entity.named:
            return
        kept = [other for other in self.resolver.persons if other.entity is not seen.entity]
        self.resolver.persons = [*kept, seen][-PERSONS_KEPT:]

    def _find_affiliation(self, mention: Mention, entity: Entity) -> None:
        """Remember for whom somebody speaks: "a spokeswoman for Nordbank", "head of the clinic"."""
        if entity.affiliation is not None or entity.kind is not EntityKind.PERSON:
            return
        if mention.noun in SCHOLARS:
            return
        head = self.doc[mention.head]
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ in OF:
                for grandchild in child.rights:
                    self._affiliate(entity, grandchild)
        for child in head.lefts:
            if child.dep_ == "poss":
                self._affiliate(entity, child)
        if mention.form is MentionType.NAME:
            self._affiliate_by_title(entity, mention)

    def _affiliate_by_title(self, entity: Entity, mention: Mention) -> None:
        if entity.affiliation is None:
            body = mention_body(self.paragraph, mention)
            if body is not None and (len(body.name) > 1 or self.table.find_named(body.name)):
                entity.affiliation, _ = self.table.link(body, self._find_sentence(mention.head))

    def _affiliate(self, entity: Entity, token: Token) -> None:
        body = self.by_head.get(token.i)
        if body is None or body.form is MentionType.PRONOUN:
            return
        certain = body.form is not MentionType.INDEFINITE and not body.plural
        acts = (
            body.nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}
            or body.noun == "campaign"
        )
        if certain and acts:
            entity.affiliation = self._link(body)

    def _join_coordinated(self, mention: Mention, seen: Seen) -> None:
        """Remember two who are named together as what "they" may mean."""
        head = self.doc[mention.head]
        last = next((c for c in head.rights if c.dep_ == "conj"), None)
        while last is not None and last.tag_.startswith("NN"):
            following = next((c for c in last.rights if c.dep_ == "conj"), None)
            if following is None:
                break
            last = following
        if last is None or head.dep_ == "conj" or self.by_head.get(last.i) is None:
            return
        end = self.by_head[last.i]
        if end.nature.kind is not mention.nature.kind or end.form is not mention.form:
            return
        words = TokenSpan(mention.words.start, end.words.end)
        both = Mention(
            words=words,
            head=mention.head,
            start=mention.start,
            end=end.end,
            text=" ".join(words.text(self.doc).split()),
            noun=mention.noun,
            form=MentionType.INDEFINITE,
            nature=mention.nature._replace(gender=None),
            plural=True,
            role=mention.role,
            verb=mention.verb,
        )
        entity = Entity(mention.nature.kind, None, plural=True)
        entity.see(both, seen.sentence)
        self.table.recent.append(seen._replace(mention=both, entity=entity))

    # He, she, it, they

    def _resolve_third(self, mention: Mention) -> None:
        token = self.doc[mention.head]
        if mention.noun == "it" and mention.role is not Role.POSSESSOR and is_pleonastic(token):
            return
        anaphor = self._describe(mention, token)
        candidates = self._find_candidates(anaphor, token)
        if token.lower_ in REFLEXIVE:
            candidates = [c for c in candidates if c.entity is anaphor.actor]
        ahead = self._find_cataphor(mention, token)
        memory = Memory(
            self.resolver.last_meant,
            self._find_last_speaker(mention),
            only_person=len(self.resolver.persons) == 1,
        )
        ranked = load_ranking().rank(anaphor, candidates, memory)
        entity: Entity | None = None
        sure = 0.0
        vague = mention.noun == "it" and (is_deictic(token) or _is_event(find_complement(token)))
        vague = vague or self._has_open_actor(mention, token)
        if ahead is None and not vague and load_ranking().is_sure(anaphor, ranked):
            sure = ranked[0].sure
            speaks_on = (
                anaphor.is_source
                and ranked[0].entity is memory.last_speaker
                and token.head.lower_ in CONTINUING
            )
            if not has_rival(
                anaphor,
                ranked,
                somebody_open=self._is_open_before(mention),
                speaks_on=speaks_on,
            ):
                entity = ranked[0].entity
        local = tuple(
            seen.mention.head
            for candidate in ranked
            for seen in candidate.mentions
            if seen.paragraph == self.resolver.paragraph
        )
        if ahead is not None:
            local = (ahead, *local)
        if not ranked:
            self.resolver.left_open[mention.noun] = self._find_sentence(mention.head)
        self._keep(mention, entity, sure, local)

    def _keep(
        self, mention: Mention, entity: Entity | None, sure: float, local: tuple[int, ...]
    ) -> None:
        if entity is None:
            self.found[mention.head] = ResolvedReference(mention, candidates=local)
            if mention.head in self.sources:
                self._remember_speaker(mention, None)
            return
        if mention.noun in {"he", "she"} and sure >= SURE:
            entity.kind = entity.kind or EntityKind.PERSON
            entity.gender = entity.gender or (
                Gender.MALE if mention.noun == "he" else Gender.FEMALE
            )
        seen = self._place(mention, entity)
        entity.see(mention, seen.sentence)
        self.entities[mention.head] = entity
        self.table.recent.append(seen)
        self._remember_person(seen)
        self.resolver.last_meant[mention.noun] = entity
        if mention.head in self.sources:
            self._remember_speaker(mention, entity)
        told = entity.find_words(before=mention.start)
        antecedent = _quote_words(entity, told) if told is not None else None
        self.found[mention.head] = ResolvedReference(mention, entity, antecedent, local)

    def _has_open_actor(self, mention: Mention, token: Token) -> bool:
        """Return True for a "his" in the clause of an open "he", or a "he" in what he says."""
        verb = find_clause_verb(token) if mention.role is Role.POSSESSOR else None
        actor = find_actor(verb) if verb is not None else None
        saying = self._find_saying(mention.head)
        heads = [actor, saying.head if saying is not None else None]
        above = [self.found.get(head.i) for head in heads if head is not None]
        return any(
            reference is not None
            and reference.entity is None
            and reference.mention.noun == mention.noun
            for reference in above
        )

    def _is_open_before(self, mention: Mention) -> bool:
        """Return True if a "he" of whom nobody was named stands in this or the last sentence."""
        if mention.noun not in {"he", "she"}:
            return False
        last = self.resolver.left_open.get(mention.noun, -FARTHEST)
        return self._find_sentence(mention.head) - last <= 1

    def _describe(self, mention: Mention, token: Token) -> Anaphor:
        unknown = Entity(None, None, None)
        verb = find_clause_verb(token) if mention.role is Role.POSSESSOR else None
        partner = find_partner(token)
        if token.lower_ in REFLEXIVE:
            verb = find_clause_verb(token)
        actor = find_actor(verb) if verb is not None else None
        saying = self._find_saying(mention.head)
        quoted = self._find_quote(mention.head) != 0
        source = None
        if saying is not None and not quoted:
            source = self._find_source(saying)
        if partner is not None:
            actor = partner
        acting = self._find_entity(actor) if actor is None or actor.i < token.i else None
        return Anaphor(
            self._place(mention, unknown),
            acting if acting is not None and may_mean(mention.noun, acting) else None,
            source,
            mention.head in self.sources or self._find_quote_before(token) is not None,
            partitive=token.lower_ == "them" and token.i > 0 and token.nbor(-1).lower_ == "of",
        )

    def _find_entity(self, head: Token | None) -> Entity | None:
        """Return the entity of a head in this paragraph, linking a name or noun ahead of time."""
        if head is None:
            return None
        mention = self.by_head.get(head.i)
        if mention is None:
            return None
        return (
            self.entities.get(head.i)
            if mention.form is MentionType.PRONOUN
            else self._link(mention)
        )

    def _find_source(self, saying: AttributionRelation) -> Entity | None:
        return self._find_entity(saying.head)

    def _find_saying(self, index: int, *, direct: bool = False) -> AttributionRelation | None:
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

    def _find_candidates(self, anaphor: Anaphor, token: Token) -> list[AntecedentCandidate]:
        own = anaphor.seen
        grouped: dict[int, AntecedentCandidate] = {}
        excluded = self._find_excluded(own, token)
        for seen in iter_recent(self.table, own.sentence, BACK[own.mention.noun]):
            entity = seen.entity
            if id(entity) in excluded or not may_mean(own.mention.noun, entity):
                continue
            told_to_be = seen.mention.predicate and own.mention.noun in PERSONAL
            if told_to_be or not self._is_possible(own, seen, token):
                continue
            if anaphor.partitive and entity.plural is not True:
                continue
            grouped.setdefault(id(entity), AntecedentCandidate(entity, [])).mentions.append(seen)
        if own.mention.noun in {"he", "she"} and not grouped and len(self.resolver.persons) == 1:
            only = self.resolver.persons[0]
            near = own.sentence - only.sentence <= FARTHEST
            if near and may_mean(own.mention.noun, only.entity) and id(only.entity) not in excluded:
                grouped[id(only.entity)] = AntecedentCandidate(only.entity, [only])
        return list(grouped.values())

    def _find_excluded(self, own: Seen, token: Token) -> set[int]:
        """Return those whom a pronoun cannot mean, wherever they are mentioned."""
        excluded: set[int] = set()
        if self.speaker is not None and not own.quote:
            excluded.add(id(self.speaker))
        if own.quote:
            saying = self._find_saying(token.i, direct=True)
            speaker = self._find_source(saying) if saying is not None else None
            if speaker is not None:
                excluded.add(id(speaker))
        if (
            token.tag_ == "PRP"
            and token.lower_ not in REFLEXIVE
            and own.mention.role is not Role.SUBJECT
        ):
            verb = self.doc[own.mention.verb] if own.mention.verb >= 0 else None
            actor = self._find_entity(find_actor(verb)) if verb is not None else None
            if actor is not None:
                excluded.add(id(actor))
        saying = self.sources.get(token.i)
        said = saying.content if saying is not None else self._find_quote_before(token)
        if said is not None and not said.has(token.i):
            excluded |= {id(e) for head, e in self.entities.items() if said.has(head)}
        return excluded

    def _find_quote_before(self, token: Token) -> TokenSpan | None:
        """Return the quotation right before a pronoun: "“…,” he went on"."""
        if token.dep_ != "nsubj":
            return None
        return next((words for words in self.quotes if words.end == token.i), None)

    def _is_possible(self, own: Seen, seen: Seen, token: Token) -> bool:
        """Return True if syntax lets a pronoun mean this mention."""
        if seen.paragraph != own.paragraph:
            return True
        mention = seen.mention
        if mention.form is not MentionType.PRONOUN and is_within(token, self.doc[mention.head]):
            return False
        co_argument = mention.verb >= 0 and mention.verb == own.mention.verb
        free = token.tag_ == "PRP$" or token.lower_ in REFLEXIVE
        return free or not co_argument

    def _find_cataphor(self, mention: Mention, token: Token) -> int | None:
        """Return the head of the subject that a pronoun at the front of its sentence runs ahead of.

        “In his speech, Renn …”, “After he resigned, Renn …”: whether he is meant is not certain.
        """
        sentence = self.paragraph.get_sentence(token.i)
        root = sentence.root
        if token.i >= root.i or not root.tag_.startswith(("VB", "MD")):
            return None
        at = token
        while at.head.i not in {root.i, at.i}:
            at = at.head
        if at.dep_ not in {"prep", "advcl", "npadvmod", "pcomp", "ccomp"}:
            return None
        subject = next((c for c in root.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or subject.i < token.i:
            return None
        other = self.by_head.get(subject.i)
        if other is None or other.form is MentionType.PRONOUN or at.dep_ == "ccomp":
            return None
        return other.head if may_mean(mention.noun, self._link(other)) else None

    # I, we, you

    def _resolve_speaker(self, mention: Mention) -> None:
        token = self.doc[mention.head]
        saying = self._find_saying(mention.head, direct=True)
        speaker = self._find_source(saying) if saying is not None else self.speaker
        entity: Entity | None = None
        if speaker is not None:
            if mention.noun == "i":
                entity = speaker if speaker.plural is not True else None
            elif mention.noun == "we" and not is_everybodys(token):
                entity = _find_party(speaker)
            elif mention.noun == "you" and saying is not None and not is_generic(token):
                entity = self._find_addressed(saying)
            elif self.paragraph.turn is not None and self.paragraph.turn.confirms:
                entity = speaker  # who says yes is the one who was asked
        told = entity.find_words() if entity is not None else None
        self.found[mention.head] = (
            ResolvedReference(mention, entity, _quote_words(entity, told))
            if entity is not None and told is not None
            else ResolvedReference(mention)
        )

    def _find_addressed(self, saying: AttributionRelation) -> Entity | None:
        """Return the one whom a speaker "told"."""
        cue = self.doc[saying.cue.start]
        listener = next((c for c in cue.rights if c.dep_ in {"dobj", "dative"}), None)
        found = self._find_entity(listener)
        single = found is not None and found.kind is EntityKind.PERSON and found.plural is not True
        return found if single else None


def _is_set_off(doc: Doc, mention: Mention) -> bool:
    """Return True if a mark stands before an apposition, or it is a name right behind a noun."""
    before = doc[mention.words.start - 1] if mention.words.start else None
    if before is None:
        return False
    return before.is_punct or (mention.form is MentionType.NAME and before.tag_ == "NN")


def _is_event(complement: Token | None) -> bool:
    """Return True if "it" is told to be what only an event or all that was said can be."""
    kind = find_nature(make_singular(complement.lower_)).kind if complement is not None else None
    return kind in {EntityKind.THING, EntityKind.EVENT}


def _find_party(speaker: Entity) -> Entity | None:
    """Return whom a speaker means by "we": a body or several people, or the body of one of them."""
    if speaker.plural or speaker.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}:
        return speaker
    return speaker.affiliation


def _are_same(one: Mention, other: Mention) -> bool:
    """Return True if two mentions told to be the same can be: of kinds that go together."""
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


def _quote_words(entity: Entity, told: Mention) -> Antecedent:
    return Antecedent(
        told.text,
        told.start,
        told.end,
        entity.named,
        plural=told.plural is True or told.noun == "police",
        counted=told.plural is True and told.form is MentionType.INDEFINITE,
    )


def iter_resolved(references: ParagraphReferences) -> Iterator[ResolvedReference]:
    """Go through the mentions that earlier words stand for."""
    for reference in references.by_head.values():
        if reference.antecedent is not None:
            yield reference
