"""Whom and what a pronoun cannot mean: syntax, or who speaks, forbids it."""

from collections.abc import Iterator

from workflows.extraction.parse import Token
from workflows.extraction.references.binding import find_actor, find_clause_verb, is_within
from workflows.extraction.references.entities import Entity, Seen
from workflows.extraction.references.kinds import EntityKind, is_human, make_singular
from workflows.extraction.references.mention import MentionType, Role
from workflows.extraction.references.ranking import COLLECTIVE, Anaphor
from workflows.extraction.references.reading import Reading
from workflows.extraction.text.spans import TokenSpan

PERSONAL = frozenset({"he", "she"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
INANIMATE = frozenset({EntityKind.THING, EntityKind.EVENT, EntityKind.FIGURE})
ARGUMENTS = frozenset({Role.SUBJECT, Role.OBJECT})
OWN = frozenset({"we", "us", "our", "ours", "ourselves"})
SHARES = frozenset({"percent", "cent", "%", "half", "majority", "most", "third", "quarter"})
"""Nouns by which a poll tells how many answered so."""
SURVEYS = frozenset({"poll", "survey", "study", "report", "questionnaire"})


def find_excluded(reading: Reading, own: Seen, token: Token) -> set[int]:
    """Return those whom a pronoun cannot mean, wherever they are mentioned, by `id`."""
    excluded = {id(entity) for entity in _iter_speakers(reading, own, token)}
    if token.lower_ not in REFLEXIVE:
        excluded |= {id(entity) for entity in _iter_co_arguments(reading, own, token)}
    if own.mention.noun == "it":
        excluded |= {id(entity) for entity in _iter_surveys(reading, token)}
    return excluded | {id(entity) for entity in _iter_told_of(reading, token)}


def is_possible(reading: Reading, anaphor: Anaphor, seen: Seen, token: Token) -> bool:
    """Return True if a pronoun may mean whom or what is mentioned in this place."""
    own, mention = anaphor.seen, seen.mention
    if own.mention.noun in PERSONAL and (mention.predicate or mention.mass):
        return False  # what somebody is told to be, and no one: “ran for mayor”
    if not _may_do(anaphor, seen.entity) or _is_called_so(seen.entity, token):
        return False
    if seen.paragraph != own.paragraph:
        return True
    if mention.form is not MentionType.PRONOUN and is_within(token, reading.doc[mention.head]):
        return False
    free = token.tag_ == "PRP$" or token.lower_ in REFLEXIVE
    return free or mention.verb < 0 or mention.verb != own.mention.verb


def find_quotation_before(reading: Reading, token: Token) -> TokenSpan | None:
    """Return the quotation right before a pronoun: "“…,” he went on"."""
    if token.dep_ != "nsubj":
        return None
    return next((words for words in reading.quotes if words.end == token.i), None)


def _may_do(anaphor: Anaphor, entity: Entity) -> bool:
    """Return True unless only an event occurs, or only somebody acts, and this is none."""
    if anaphor.occurs:
        return entity.kind is EntityKind.EVENT
    return not (anaphor.acts and entity.kind in INANIMATE and not entity.named)


def _is_called_so(entity: Entity, his: Token) -> bool:
    """Return True for the brother himself, where it is “his brother”: nobody is his own."""
    owned = make_singular(his.head.lower_)
    return his.tag_ == "PRP$" and owned in entity.nouns and is_human(owned)


def _iter_speakers(reading: Reading, own: Seen, token: Token) -> Iterator[Entity]:
    """Go through those who speak here, and say "I" and "we" of themselves."""
    speaker = reading.speaker
    if not own.quote:
        if speaker is not None:
            yield speaker
        our = own.mention.noun in COLLECTIVE and any(t.lower_ in OWN for t in token.sent)
        if our and speaker is not None and speaker.affiliation is not None:
            yield speaker.affiliation
        return
    saying = reading.find_saying(token.i, direct=True)
    quoted = reading.find_source(saying) if saying is not None else None
    if quoted is None and reading.voice is not None:
        quoted = reading.voice.entity  # who goes on speaking from the paragraph before
    quoted = quoted or _find_speaker_before(reading, own)
    if quoted is not None:
        yield quoted


def _find_speaker_before(reading: Reading, own: Seen) -> Entity | None:
    """Return who spoke right before a quotation: “Roe said Lee left. “He sold it.””."""
    quotation = reading.quotes[own.quote - reading.memory.quote - 1]
    if quotation.start - 1 > reading.doc[quotation.start].sent.start:
        return None  # “Fans sang “I love him”.”
    since = reading.find_sentence(quotation.start) - 1
    spoken = [entity for at, entity in reading.memory.speakers if at >= since]
    return spoken[-1] if spoken else None


def _iter_co_arguments(reading: Reading, own: Seen, token: Token) -> Iterator[Entity]:
    """Go through those who do or suffer the same: “Lee saw him” is not Lee himself."""
    verb, role = own.mention.verb, own.mention.role
    if verb >= 0 and token.tag_ == "PRP" and role is not Role.SUBJECT:
        actor = reading.find_entity(find_actor(reading.doc[verb]))
        if actor is not None:
            yield actor
    if verb >= 0 and role in ARGUMENTS:
        for mention in reading.mentions:
            beside = mention.verb == verb and mention.role in ARGUMENTS
            if beside and mention.form is MentionType.NAME:
                yield reading.link(mention)


def _iter_surveys(reading: Reading, token: Token) -> Iterator[Entity]:
    """Go through the polls of which “35 percent oppose it”: they were not asked about those."""
    actor = _find_clause_actor(token)
    if actor is not None and (actor.lower_ in SHARES or actor.tag_ == "CD"):
        yield from (s.entity for s in reading.table.recent if s.mention.noun in SURVEYS)


def _iter_told_of(reading: Reading, token: Token) -> Iterator[Entity]:
    """Go through those of whom the one speaks whom a pronoun names: “Lee left,” he said."""
    saying = reading.sources.get(token.i)
    said = saying.content if saying is not None else find_quotation_before(reading, token)
    if said is None or said.has(token.i):
        return
    if reading.find_saying(token.i) is None:
        for mention in reading.mentions:
            named = mention.form is MentionType.NAME and mention.role in ARGUMENTS
            if named and said.has(mention.head):
                yield reading.link(mention)
    yield from (entity for head, entity in reading.entities.items() if said.has(head))


def _find_clause_actor(token: Token) -> Token | None:
    verb = find_clause_verb(token)
    return find_actor(verb) if verb is not None else None
