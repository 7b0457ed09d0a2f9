"""Whom and what "the baker", "that bank" and "the company" mean, by what was mentioned before."""

from collections.abc import Iterable, Sequence

from workflows.extraction.references.entities import (
    AGED,
    PUBLIC_BODIES,
    Entity,
    EntityTable,
    Seen,
    agrees,
    find_accused,
    read_age,
)
from workflows.extraction.references.fates import Fate
from workflows.extraction.references.kinds import (
    ALIKE,
    BELOW,
    COMPANY_NOUNS,
    COUNTRIES,
    FACILITIES,
    GENERAL,
    OFFICES,
    STATES,
    EntityKind,
    Nature,
    find_nature,
)
from workflows.extraction.references.mention import POINTING, Mention, MentionType, Role
from workflows.extraction.text.lexicon import word_set

VAGUE = word_set(
    """
    case day fact idea issue kind lot matter one other part people person point problem
    question reason result situation sort thing time way world year
    """
)
"""Nouns that are used of ever new things: who was called so before is not meant again for sure."""
TRADES = word_set("center centre club lab laboratory office practice service studio")
"""What the names of companies end with as well as those of other bodies."""
ANYBODY = frozenset({"boy", "child", "girl", "man", "person", "woman"})
"""Nouns by which ever new people are meant: not long after is the same one meant."""
ALIASES = word_set(
    "billionaire businessman businesswoman candidate contender frontrunner magnate mogul politician"
    " tycoon"
)
"""What somebody just named may be called who was never told to be that."""
CALLED_AGAIN = ALIASES | word_set(
    "politician republican democrat lawmaker veteran native newcomer mother father star"
)
"""What newspapers call somebody whom they have just named, with more words: “the Olden native”."""
BODIES = word_set("association charity group nonprofit organisation organization outfit")
"""What a body may be called beside a company."""
NEAR = 3
"""Sentences back within which "the company" may mean the only one named."""
FAR = 12
"""Sentences back within which "the baker" may mean "a baker in Olden"."""
FARTHEST = 40
"""Sentences back within which the only one with a name is still "the mayor"."""
SURE = frozenset({EntityKind.PLACE, EntityKind.GROUP, EntityKind.TIME})
UNMINDED = frozenset({EntityKind.THING, EntityKind.EVENT, EntityKind.PLACE})
MAIN_TIMES = 4
"""Times as many mentions by which a team or plan is the one that a text is about."""
LOCAL = 3
"""Words of the name of a place's body: “Pell Parish Council”."""
LOCAL_BODIES = {
    "city": frozenset({"police", "fire"}),
    "village": frozenset({"parish"}),
    "town": frozenset({"police", "fire"}),
    "township": frozenset({"police", "fire"}),
}
FORMER = frozenset({"then", "former", "current", "ex"})
"""What is told of an office beside what it is."""
SOON = 2
"""Sentences within which a state is named that a text is about."""
CITIES_AND_STATES = frozenset({"new york", "washington"})
AHEAD = 3
"""Sentences by which the one told of last must be nearer than any other."""
HELD = OFFICES | word_set("congressman lawmaker mayor sheriff speaker")
"""Nouns for what only one at a time is in most texts."""
PARTIES = frozenset({"Conservative", "Democratic", "Labour", "Liberal", "Republican"})
APART = word_set("former ex other another second vice deputy new next late previous")
"""What tells one who holds an office from another."""
PARTS = APART | word_set("holding local parent rival sister same whole")
"""What tells one company from another."""
PAIR = 2
LONGEST_DESCRIPTION = 4
"""Words of a description that can stand for the only body named: “the Dutch brewer”."""


def link_mention(
    table: EntityTable, mention: Mention, sentence: int, parties: Sequence[Entity] = ()
) -> Entity:
    """Return the entity that a name or noun means: one known before, else a new one.

    `parties` are the others of its clause, none of whom a noun means.
    """
    known: Entity | None = None
    if mention.form is MentionType.NAME:
        known = table.find_name(mention)
    elif mention.form is MentionType.DEFINITE:
        known = find_definite(table, mention, sentence)
        known = None if known in parties else known
    return table.add(mention, sentence, known)


def find_definite(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return who or what a noun with an article or owner means, if that is certain."""
    if mention.owned:
        same = [e for e in table.find_all(mention.noun) if _is_worded(e, mention)]
        return same[0] if len(same) == 1 else None
    issuer = _find_issuer(table, mention, sentence)
    if mention.bare:
        known = issuer or _find_bare(table, mention, sentence)
        aged = known is None and AGED.fullmatch(mention.noun) is not None
        return _find_called_again(table, mention, sentence) if aged else known
    if mention.short:
        return None
    return (
        issuer
        or _find_aged(table, mention)
        or _find_described(table, mention, sentence)
        or _find_holder(table, mention)
        or _find_firm(table, mention, sentence)
        or _find_called_again(table, mention, sentence)
    )


def _find_aged(table: EntityTable, mention: Mention) -> Entity | None:
    """Return Ann Lee, 27, for "the 27-year-old engineer"."""
    aged = read_age(mention.text)
    called = [e for e in table.find_all(aged) if agrees(e, mention)] if aged is not None else []
    gender = mention.nature.gender
    called = [e for e in called if gender is None or e.gender in {gender, None}]
    return called[0] if len(called) == 1 and called[0].may_suffer(mention.fate) else None


def _find_holder(table: EntityTable, mention: Mention) -> Entity | None:
    """Return Mayor Ann Lee for “the Democratic mayor”, where no other is called so."""
    words = set(mention.text.split()[1:-1])
    told = APART & words or any(w[:1].isupper() and w not in PARTIES for w in words)
    if mention.noun not in HELD or mention.owned or mention.plural is True or told:
        return None
    called = [e for e in table.find_all(mention.noun) if e.kind is EntityKind.PERSON]
    return called[0] if len(called) == 1 and called[0].named else None


def _find_called_again(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the only one named in the sentence before, for “the 35-year-old Republican”."""
    words = set(mention.text.lower().split()[1:])
    known = mention.noun in CALLED_AGAIN or AGED.fullmatch(mention.noun) is not None
    if not known or not mention.leads or mention.plural is True or APART & words:
        return None
    others = any(e.named for e in table.find_all(mention.noun))
    if not mention.text.startswith("the ") or others:
        return None
    entity = _find_protagonist(table, mention, sentence)
    gender = mention.nature.gender
    fits = entity is not None and (gender is None or entity.gender in {gender, None})
    return entity if fits and entity is not None and entity.may_suffer(mention.fate) else None


def _find_firm(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the only body named for “the Dutch brewer”, of which a sentence then tells more."""
    words = mention.text.split()
    if not mention.leads or mention.owned or mention.plural is True or PARTS & set(words):
        return None
    if table.find_all(mention.noun) or len(words) > LONGEST_DESCRIPTION:
        return None
    if mention.noun in BODIES:
        return _find_group(table, sentence)
    if mention.noun not in COMPANY_NOUNS:
        return None
    firm = _find_only(table, EntityKind.ORGANISATION, mention, sentence)
    near = [s for s in table.recent if firm is not None and s.entity is firm]
    cited = all(s.speaks and s.mention.role is Role.OBLIQUE for s in near)
    led = [s.entity for s in table.recent if s.entity.named and s.mention.leads]
    passed = any(e is not firm and e.kind is not EntityKind.PERSON for e in led[-1:])
    rivals = (s for s in table.recent if s.sentence >= sentence - 1 and s.entity is not firm)
    if cited or passed or any(_may_be_body(s) for s in rivals):
        return None  # “according to FactSet” tells of no brewer
    return firm


def _find_group(table: EntityTable, sentence: int) -> Entity | None:
    """Return the body that led the sentence before, if no other is named that is no office or firm.

    “Salt Watch sued the Water Agency. The consumer group said …”
    """
    near = [s for s in table.recent if s.sentence >= sentence - NEAR and s.entity.named]
    bodies = [s for s in near if s.entity.kind is EntityKind.ORGANISATION and not _is_office(s)]
    led = [s.entity for s in near if s.mention.leads and s.sentence == sentence - 1]
    only = len({id(s.entity) for s in bodies}) == 1 and led[-1:] == [bodies[0].entity]
    return bodies[0].entity if only else None


def _is_office(seen: Seen) -> bool:
    """Return True for a ministry, a court or a bank: no “group” that people have joined."""
    return not seen.entity.nouns.isdisjoint(PUBLIC_BODIES | COMPANY_NOUNS)


def _may_be_body(seen: Seen) -> bool:
    """Return True for one word of a name that acts or suffers: “sued Calder”, whoever that is."""
    acts = seen.mention.role in {Role.SUBJECT, Role.OBJECT}
    unsure = seen.entity.guessed and len(seen.mention.name) == 1
    return seen.entity.named and acts and unsure and seen.entity.kind not in SURE


def _find_issuer(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the company that a text or section is about for “the Dutch brewer”.

    It opens the section, or no other body was named since the sentence before.
    """
    company, words = table.company, mention.text.split()
    if company is None or mention.plural is True or PARTS & set(words) or mention.predicate:
        return None
    if mention.noun not in COMPANY_NOUNS | GENERAL["organisation"]:
        return None
    if mention.leads and table.opening <= sentence <= table.opening + 1:
        return company
    if mention.bare and table.find_all(mention.noun):
        return None
    if len(words) > LONGEST_DESCRIPTION or any(w[:1].isupper() for w in words[1:]):
        return None
    bodies = (s for s in table.recent if s.sentence >= sentence - 1 and s.entity.named)
    others = (s for s in bodies if s.entity.kind is EntityKind.ORGANISATION)
    return None if any(s.entity is not company for s in others) else company


def _find_bare(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return who or what a noun with nothing but "the" means, if that is certain."""
    issuer = table.company if mention.text.endswith(" Company") else None
    if mention.noun in VAGUE or issuer is not None:
        return issuer
    called = [e for e in table.find_all(mention.noun) if agrees(e, mention)]
    called = [e for e in called if e.may_suffer(mention.fate) and not _is_one_of(e, mention)]
    called = [e for e in called if not _is_told(e, mention.noun, BELOW)]
    if len(called) > 1:
        called = [e for e in called if not _is_told(e, mention.noun, FORMER)] or called
    if mention.noun in ANYBODY and not mention.plural:
        return _find_anybody(called, mention, sentence)
    known = [e for e in called if _is_near(e, mention, sentence)]
    if known:
        chosen = _choose(known, mention, sentence)
        untold = chosen is not None and all(m.bare for m in chosen.mentions)
        return (_find_of_kind(table, mention, sentence) if untold else None) or chosen
    if mention.noun in ALIASES and mention.leads:
        return _find_protagonist(table, mention, sentence)
    alike = _find_alike(table, mention, sentence) if not called else None
    return alike or (None if mention.plural else _find_of_kind(table, mention, sentence))


def _find_alike(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the collision that "the crash" means, if only one was told of."""
    found: list[Entity] = []
    for noun in ALIKE.get(mention.noun, frozenset()) - {mention.noun}:
        for entity in table.find_all(noun):
            near = sentence - entity.last_sentence <= FAR or entity.first_sentence <= 1
            if near and entity not in found and agrees(entity, mention):
                found.append(entity)
    return found[0] if len(found) == 1 and found[0].may_suffer(mention.fate) else None


def _find_protagonist(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the only one named in the sentence before, where that tells what he does.

    “Ann Lee spoke in May. The candidate was calm.”
    """
    start = mention.start  # of “the banker-turned-politician”, who is no banker beside
    before = [s for s in table.recent if s.sentence >= sentence - 1 and s.mention.start < start]
    people = [
        s for s in before if s.entity.kind is EntityKind.PERSON and s.entity.plural is not True
    ]
    people = [s for s in people if not s.mention.predicate]
    led = [s for s in people if s.entity.named and s.mention.leads and s.sentence < sentence]
    only = {id(s.entity) for s in people} == {id(s.entity) for s in led}
    return led[0].entity if only and len({id(s.entity) for s in led}) == 1 else None


def _find_anybody(called: Iterable[Entity], mention: Mention, sentence: int) -> Entity | None:
    """Return whom "the man" means: the only man told of, or the accused where he is arrested."""
    known = [e for e in called if sentence - e.last_sentence <= FAR]
    accused = find_accused(known) if mention.fate is Fate.ACCUSED else None
    if accused is not None or len(known) != 1:
        return accused
    return known[0] if _is_near(known[0], mention, sentence) else None


def _is_one_of(entity: Entity, mention: Mention) -> bool:
    """Return True for several schools, of which "the school" is none that can be told."""
    return mention.plural is None and entity.plural is True


def _is_told(entity: Entity, noun: str, among: frozenset[str]) -> bool:
    """Return True for Ann Lee, a vice president, or a former one, who is no “president” then."""
    told = [m.text.lower().split() for m in entity.mentions if m.noun == noun and not m.name]
    told = [words for words in told if words != ["the", noun]]
    return bool(told) and all(not among.isdisjoint(words) for words in told)


def _is_near(entity: Entity, mention: Mention, sentence: int) -> bool:
    back = NEAR if mention.noun in ANYBODY else FARTHEST if entity.named else FAR
    return sentence - entity.last_sentence <= back or entity.in_title


def _choose(known: Sequence[Entity], mention: Mention, sentence: int) -> Entity | None:
    """Return the one meant of several that are called so: the only one named, or the nearest."""
    if len(known) == 1:
        return known[0]
    nearest, second, *_ = sorted(known, key=lambda e: -e.last_sentence)
    if mention.text.partition(" ")[0].lower() in POINTING:
        return nearest if nearest.last_sentence > second.last_sentence else None
    named = _pick_named(known) or _pick_main(known, sentence)
    if named is not None:
        return named
    if mention.nature.kind in UNMINDED:
        return _choose_thing(known, sentence)
    counted = mention.plural and any((m.number or 0) > 1 and not m.bare for m in nearest.mentions)
    apart = nearest.last_sentence - second.last_sentence >= (1 if counted else AHEAD)
    return nearest if apart and sentence - nearest.last_sentence <= 1 else None


def _choose_thing(known: Sequence[Entity], sentence: int) -> Entity | None:
    """Return which of several meetings or walls "the meeting" is, if one is clearly ahead.

    It is the one told of with "the" in full just before, or the event with which the text begins.
    """
    nearest, second, *_ = sorted(known, key=lambda e: -e.last_sentence)
    apart = nearest.last_sentence - second.last_sentence
    in_full = any(
        m.form is MentionType.DEFINITE and not m.bare and not m.owned for m in nearest.mentions
    )
    near = NEAR if in_full and nearest.count >= AHEAD else 1
    if apart >= (1 if in_full else AHEAD) and sentence - nearest.last_sentence <= near:
        return nearest
    first = [e for e in known if e.first_sentence <= 1]
    return first[0] if len(first) == 1 and first[0].kind is EntityKind.EVENT else None


def _pick_named(known: Iterable[Entity]) -> Entity | None:
    """Return the only one with a name, where the others were only ever "the minister"."""
    named = [e for e in known if e.named]
    others = [e for e in known if not e.named]
    vague = all(m.bare for e in others for m in e.mentions)
    return named[0] if len(named) == 1 and vague else None


def _pick_main(known: Iterable[Entity], sentence: int) -> Entity | None:
    """Return the body or thing told of far more often than others called so, none just before."""
    first, *others = sorted(known, key=lambda e: -e.count)
    person = first.kind in {EntityKind.PERSON, None}
    rivals = (e.count * MAIN_TIMES > first.count or sentence - e.last_sentence <= 1 for e in others)
    return None if person or any(rivals) else first


def _find_of_kind(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return the only one named of whom "the company" or "the town" may be said."""
    if mention.noun in GENERAL["organisation"] and (
        mention.leads or mention.noun != "group" or mention.role is Role.POSSESSOR
    ):
        return _find_only(table, EntityKind.ORGANISATION, mention, sentence)
    if mention.noun == "state":
        return _find_state(table, sentence)
    if mention.noun in GENERAL["town"] | GENERAL["country"] | {"nation"}:
        place = _find_only(table, EntityKind.PLACE, mention, sentence)
        return place or _find_home(table, mention)
    return None


def _find_state(table: EntityTable, sentence: int) -> Entity | None:
    """Return the only state of a country that was named: at the beginning, or more than once."""
    near = [seen for seen in table.recent if sentence - seen.sentence <= FAR]
    named = {
        id(seen.entity): seen.entity
        for seen in near
        if " ".join(seen.mention.name).lower() in STATES | CITIES_AND_STATES
    }
    only = next(iter(named.values())) if len(named) == 1 else None
    if only is None or (only.count == 1 and only.first_sentence > SOON):
        return None  # “won in Ohio”, in a text about another state
    return only if " ".join(only.mentions[0].name).lower() in STATES else None


def _find_home(table: EntityTable, mention: Mention) -> Entity | None:
    """Return the village of the only council or school named after one: “Pell Parish Council”."""
    told = {
        m.name: m
        for seen in table.recent
        for m in seen.entity.mentions
        if _is_local(m, mention.noun)
    }
    if len({name[0].lower() for name in told}) != 1:
        return None
    body = next(iter(told.values()))
    word = body.name[0]
    at = body.start + body.text.find(word)
    place = Entity(EntityKind.PLACE, None, plural=False)
    nature = Nature(EntityKind.PLACE)
    place.see(
        body._replace(start=at, end=at + len(word), text=word, name=(word,), nature=nature), 0
    )
    return place


def _is_local(body: Mention, noun: str) -> bool:
    """Return True for a name that tells of a village's, town's or city's own body."""
    words = [word.lower() for word in body.name]
    return len(words) == LOCAL and words[1] in {noun, *LOCAL_BODIES.get(noun, ())}


def _find_only(
    table: EntityTable, kind: EntityKind, mention: Mention, sentence: int
) -> Entity | None:
    """Return the only one of a kind named in the last sentences."""
    found: list[Entity] = []
    for seen in reversed(table.recent):
        if sentence - seen.sentence > NEAR or len(found) > 1:
            break
        entity = seen.entity
        fits = entity.named and entity.kind is kind and _may_be_called(entity, mention.noun)
        if fits and entity not in found:
            found.append(entity)
    return found[0] if len(found) == 1 else None


def _may_be_called(entity: Entity, noun: str) -> bool:
    """Return True unless another noun tells what somebody is: a foundation is no "company"."""
    if entity.kind is EntityKind.PLACE:
        last = {m.name[-1].lower() for m in entity.mentions if m.name}
        if not FACILITIES.isdisjoint(last):
            return False  # Mill Avenue is no city
        state = not COUNTRIES.isdisjoint(last)
        return state != (noun in GENERAL["town"])
    bodies = {n for n in entity.nouns if find_nature(n).kind is EntityKind.ORGANISATION}
    bodies -= GENERAL["organisation"] | TRADES
    if noun in COMPANY_NOUNS:
        return bodies <= COMPANY_NOUNS
    return noun in GENERAL["organisation"] or not bodies


def _find_described(table: EntityTable, mention: Mention, sentence: int) -> Entity | None:
    """Return who was described with all these words before: "the injured man"."""
    if any(word[:1].isupper() for word in mention.text.split()[1:]):
        return None  # “the Olden area” tells itself which it is
    words = set(mention.text.lower().split()[1:])
    if FORMER & words and not mention.qualifier:
        return None  # “the former chief of Norlink” is not the chief named before
    words -= FORMER
    found: list[Entity] = []
    for entity in reversed(table.find_all(mention.noun)):
        if sentence - entity.last_sentence <= FAR and agrees(entity, mention):
            told = {w for m in entity.mentions for w in m.text.lower().split()} | entity.nouns
            if words <= told:
                found.append(entity)
    holders = [e for e in found if e.named and e.kind is EntityKind.PERSON]
    return found[0] if found and len(holders) < PAIR else None


def _is_worded(entity: Entity, mention: Mention) -> bool:
    """Return True if an entity was mentioned in just these words: "Renn's wife"."""
    if mention.owned_by_pronoun:
        return False
    return any(m.text.lower() == mention.text.lower() for m in entity.mentions)
