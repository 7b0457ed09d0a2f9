"""Whom and what "he", "she", "it" and "they" mean in a paragraph."""

from workflows.extraction.parse import Token
from workflows.extraction.references.binding import (
    OCCURRING,
    find_actor,
    find_clause_verb,
    find_compared,
    find_complement,
    find_partner,
    find_subject_above,
    is_afterthought,
    is_agent,
    is_deictic,
    is_minded,
    is_pleonastic,
)
from workflows.extraction.references.counted import find_whole, is_fewer
from workflows.extraction.references.entities import Entity, find_accused, iter_recent
from workflows.extraction.references.exclusions import (
    PERSONAL,
    REFLEXIVE,
    find_excluded,
    find_quotation_before,
    is_possible,
)
from workflows.extraction.references.fates import Fate
from workflows.extraction.references.kinds import (
    EntityKind,
    Gender,
    find_nature,
    make_singular,
)
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.references.ranking import (
    COLLECTIVE,
    Anaphor,
    AntecedentCandidate,
    Memory,
    Ranked,
    find_body_speaking_on,
    find_continued,
    find_speaking_on,
    has_rival,
    load_ranking,
    may_mean,
)
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import (
    ResolvedReference,
    is_alias,
    is_bare,
    quote_words,
)
from workflows.extraction.text.lexicon import inflect_all

WITH = frozenset({"in", "with"})
ONES = frozenset({"one", "another"})
UNSURE = frozenset({EntityKind.ORGANISATION, EntityKind.THING})
BACK = {"he": 4, "she": 4, "it": 2, "they": 3}
"""Sentences back within which a pronoun finds what it means."""
FARTHEST = 12
"""Sentences back within which the only person of a text is still meant by "he"."""
SURE = 0.9
"""How sure it must be whom "she" means, for her gender to be learned from it."""
TELLING = inflect_all("tell inform remind assure notify warn")
CONTINUING = frozenset(
    {"added", "adds", "adding", "continued", "continues", "concluded", "concludes", "went", "goes"}
)
"""Verbs by which the one who spoke last speaks on."""


def resolve_third(reading: Reading, mention: Mention) -> None:
    token = reading.doc[mention.head]
    if mention.noun == "it" and mention.role is not Role.POSSESSOR and is_pleonastic(token):
        return
    bound = _find_enclosing(reading, mention, token)
    if bound is not None:
        _keep(reading, mention, reading.link(reading.by_head[bound]), 0.0, (bound,))
        return
    anaphor = _describe(reading, mention, token)
    candidates = _find_candidates(reading, anaphor, token)
    ahead = _find_cataphor(reading, mention, token)
    memory = Memory(
        reading.memory.last_meant,
        reading.find_last_speaker(mention),
        only_person=len(reading.memory.persons) == 1,
    )
    ranked = load_ranking().rank(anaphor, candidates, memory)
    entity: Entity | None = None
    sure = 0.0
    accused = _find_accused(reading, anaphor)
    vague = mention.noun == "it" and (is_deictic(token) or _is_event(find_complement(token)))
    vague = vague or _has_open_actor(reading, mention, token)
    continued = (
        find_continued(anaphor, ranked)
        or find_speaking_on(anaphor, ranked)
        or find_body_speaking_on(anaphor, ranked, memory.last_speaker)
    )
    if accused is not None:
        entity = accused
    elif ahead is None and not vague and continued is not None:
        entity = continued.entity
    elif ahead is None and not vague and load_ranking().is_sure(anaphor, ranked):
        sure = ranked[0].sure
        speaks_on = (
            anaphor.is_source
            and ranked[0].entity is memory.last_speaker
            and token.head.lower_ in CONTINUING
        )
        if not has_rival(
            anaphor,
            ranked,
            somebody_open=_is_open_before(reading, mention),
            speaks_on=speaks_on,
        ):
            entity = ranked[0].entity
    if anaphor.partitive:
        entity = None if is_afterthought(token) else entity or find_whole(reading, mention)
    elif entity is not None and accused is None:
        doubtful = _is_doubtful(reading, mention, anaphor, entity)
        entity = None if doubtful or _is_told(reading, mention, entity) else entity
    local = _list_heads(reading, ranked, ahead)
    if not ranked:
        reading.memory.left_open[mention.noun] = reading.find_sentence(mention.head)
    _keep(reading, mention, entity, sure, local)


def _find_accused(reading: Reading, anaphor: Anaphor) -> Entity | None:
    """Return the only one accused for a "he" refused bail, or harmed for a "he" who died."""
    mention = anaphor.seen.mention
    if mention.fate not in {Fate.ACCUSED, Fate.DEAD} or mention.noun not in PERSONAL:
        return None
    accused = mention.fate is Fate.ACCUSED
    known: list[Entity] = []
    for seen in iter_recent(reading.table, anaphor.seen.sentence, FARTHEST if accused else 1):
        if seen.entity not in known and may_mean(mention.noun, seen.entity):
            known.append(seen.entity)
    if accused:
        return find_accused(known)
    harmed = [e for e in known if Fate.HARMED in e.fates]
    return harmed[0] if len(harmed) == 1 else None


def _list_heads(reading: Reading, ranked: list[Ranked], ahead: int | None) -> tuple[int, ...]:
    """Return the heads, in this paragraph, of those a pronoun may mean, the likeliest first."""
    first = () if ahead is None else (ahead,)
    return first + tuple(
        seen.mention.head
        for candidate in ranked
        for seen in candidate.mentions
        if seen.paragraph == reading.memory.paragraph
    )


def _is_doubtful(reading: Reading, mention: Mention, anaphor: Anaphor, entity: Entity) -> bool:
    """Return True for "Roe and his wife" where "his" were another's, or a name stands nearer.

    What the model takes for a body or thing may be somebody: “Lee left. Film of Rho ran. “…,” he
    said.”
    """
    if find_partner(reading.doc[mention.head]) is not None and anaphor.actor is not entity:
        return True
    if mention.noun not in PERSONAL or anaphor.source is entity or anaphor.actor is entity:
        return False
    near = list(iter_recent(reading.table, anaphor.seen.sentence, 1))
    if any(seen.entity is entity for seen in near):
        return False
    return any(
        seen.entity.guessed
        and seen.entity.kind in UNSURE
        and seen.mention.form is MentionType.NAME
        and seen.entity.plural is not True
        and not seen.mention.text.startswith("the ")
        for seen in near
    )


def _is_told(reading: Reading, mention: Mention, entity: Entity) -> bool:
    """Return True for the chief of “The owner told the chief he had a film”: the owner may have."""
    saying = reading.find_saying(mention.head) if mention.noun in PERSONAL else None
    if saying is None or reading.find_source(saying) is entity:
        return False
    cue, head = reading.doc[saying.cue.start], saying.head
    if head is not None and head.lower_ == "who" and cue.dep_ == "relcl":
        return reading.find_entity(cue.head) is not entity  # “a man who said he was robbed”
    if cue.lower_ not in TELLING:
        return False
    told = (c for c in cue.rights if c.dep_ in {"dobj", "dative"} and c.i < mention.head)
    return any(reading.find_entity(c) is entity for c in told)


def _keep(
    reading: Reading, mention: Mention, entity: Entity | None, sure: float, local: tuple[int, ...]
) -> None:
    if entity is None:
        reading.found[mention.head] = ResolvedReference(mention, candidates=local)
        if mention.head in reading.sources:
            reading.remember_speaker(mention, None)
        return
    if mention.noun in {"he", "she"} and sure >= SURE:
        entity.kind = entity.kind or EntityKind.PERSON
        entity.gender = entity.gender or (Gender.MALE if mention.noun == "he" else Gender.FEMALE)
    seen = reading.place(mention, entity)
    entity.see(mention, seen.sentence)
    reading.entities[mention.head] = entity
    reading.table.recent.append(seen)
    reading.remember_person(seen)
    reading.memory.last_meant[mention.noun] = entity
    if mention.head in reading.sources:
        reading.remember_speaker(mention, entity)
    told = entity.find_words(before=mention.start)
    clear = told is not None and not is_bare(told) and not is_alias(told)
    antecedent = quote_words(entity, told) if told is not None and clear else None
    reading.found[mention.head] = ResolvedReference(mention, entity, antecedent, local)


def _has_open_actor(reading: Reading, mention: Mention, token: Token) -> bool:
    """Return True for a "his" in the clause of an open "he", or a "he" in what he says."""
    verb = find_clause_verb(token) if mention.role is Role.POSSESSOR else None
    actor = find_actor(verb) if verb is not None else None
    saying = reading.find_saying(mention.head)
    heads = [actor, saying.head if saying is not None else None]
    if mention.noun in PERSONAL and any(h.lower_ in ONES for h in heads if h is not None):
        return True  # “one of the guards said he …”
    above = [reading.found.get(head.i) for head in heads if head is not None]
    return any(
        reference is not None
        and reference.entity is None
        and reference.mention.noun == mention.noun
        for reference in above
    )


def _is_open_before(reading: Reading, mention: Mention) -> bool:
    """Return True if a "he" of whom nobody was named stands in this or the last sentence."""
    if mention.noun not in PERSONAL:
        return False
    last = reading.memory.left_open.get(mention.noun, -FARTHEST)
    return reading.find_sentence(mention.head) - last <= 1


def _describe(reading: Reading, mention: Mention, token: Token) -> Anaphor:
    unknown = Entity(None, None, None)
    verb = find_clause_verb(token) if mention.role is Role.POSSESSOR else None
    partner = find_partner(token)
    if token.lower_ in REFLEXIVE:
        verb = find_clause_verb(token)
    actor = find_actor(verb) if verb is not None else None
    saying = reading.find_saying(mention.head)
    quoted = reading.find_quote(mention.head) != 0
    source = None
    if saying is not None and not quoted:
        source = reading.find_source(saying)
    if partner is not None:
        actor = partner
    acting = reading.find_entity(actor) if actor is None or actor.i < token.i else None
    return Anaphor(
        reading.place(mention, unknown),
        acting if acting is not None and may_mean(mention.noun, acting) else None,
        source,
        mention.head in reading.sources or find_quotation_before(reading, token) is not None,
        partitive=token.lower_ == "them" and token.i > 0 and token.nbor(-1).lower_ == "of",
        acts=mention.noun in COLLECTIVE and is_agent(token),
        minded=is_minded(token),
        spoken=quoted or reading.paragraph.turn is not None,
        occurs=token.dep_ == "nsubj" and token.head.lower_ in OCCURRING,
        above=reading.find_entity(find_subject_above(token)),
        source_body=source.affiliation if source is not None else None,
        answers=reading.answers and reading.find_sentence(mention.head) == reading.first_sentence,
    )


def _find_candidates(reading: Reading, anaphor: Anaphor, token: Token) -> list[AntecedentCandidate]:
    own = anaphor.seen
    grouped: dict[int, AntecedentCandidate] = {}
    excluded = find_excluded(reading, own, token)
    for seen in iter_recent(reading.table, own.sentence, BACK[own.mention.noun]):
        entity = seen.entity
        if id(entity) in excluded or not may_mean(own.mention.noun, entity):
            continue
        if not is_possible(reading, anaphor, seen, token):
            continue
        if not entity.may_suffer(own.mention.fate):
            continue
        if anaphor.partitive and (entity.plural is not True or is_fewer(entity, token)):
            continue
        grouped.setdefault(id(entity), AntecedentCandidate(entity, [])).mentions.append(seen)
    if own.mention.noun in {"he", "she"} and not grouped and len(reading.memory.persons) == 1:
        only = reading.memory.persons[0]
        near = own.sentence - only.sentence <= FARTHEST
        if near and may_mean(own.mention.noun, only.entity) and id(only.entity) not in excluded:
            grouped[id(only.entity)] = AntecedentCandidate(only.entity, [only])
    found = list(grouped.values())
    if token.lower_ in REFLEXIVE:
        return [c for c in found if c.entity is anaphor.actor]
    return found


def _find_enclosing(reading: Reading, mention: Mention, token: Token) -> int | None:
    """Return the head of the phrase that explains a pronoun within it: "a man in his 60s".

    Or that of the subject in “tea does not harm women as it does men”.
    """
    compared = find_compared(token)
    if compared is not None:
        return compared.i if compared.i in reading.by_head else None
    owned = token.head
    if mention.role is not Role.POSSESSOR or owned.dep_ != "pobj" or owned.head.lower_ not in WITH:
        return None
    holder = reading.by_head.get(owned.head.head.i)
    if holder is None or holder.form is MentionType.PRONOUN or holder.head > token.i:
        return None
    return holder.head if may_mean(mention.noun, reading.link(holder)) else None


def _find_cataphor(reading: Reading, mention: Mention, token: Token) -> int | None:
    """Return the head of the subject that a pronoun at the front of its sentence runs ahead of.

    “In his speech, Renn …”, “After he resigned, Renn …”: whether he is meant is not certain.
    """
    sentence = reading.paragraph.get_sentence(token.i)
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
    other = reading.by_head.get(subject.i)
    if other is None or other.form is MentionType.PRONOUN or at.dep_ == "ccomp":
        return None
    return other.head if may_mean(mention.noun, reading.link(other)) else None


def _is_event(complement: Token | None) -> bool:
    """Return True if "it" is told to be what only an event or all that was said can be."""
    kind = find_nature(make_singular(complement.lower_)).kind if complement is not None else None
    return kind in {EntityKind.THING, EntityKind.EVENT}
