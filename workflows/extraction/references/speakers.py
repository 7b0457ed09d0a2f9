"""Whom "I", "we" and "you" mean: who speaks, for whom, and to whom."""

import re

from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.parse import Token
from workflows.extraction.references.binding import is_everybodys, is_generic
from workflows.extraction.references.definites import link_mention
from workflows.extraction.references.entities import Entity
from workflows.extraction.references.exclusions import OWN
from workflows.extraction.references.kinds import EntityKind, make_singular
from workflows.extraction.references.mention import Mention
from workflows.extraction.references.named_speakers import (
    SPEAKING_FOR,
    mention_named_body,
    mention_speaker,
)
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference, quote_words

PEOPLE = re.compile(
    r"\b[Ww]e(?:[’']re|\sare|\swere)\s(?:all\s)?(?:(?:an?|one|the)\s)?(?:[\w-]+\s){0,3}"
    r"(?:state|nation|country|people|society|city|town|community|Americans|Britons|voters|citizens)\b"
)
"""“We’re a proud state”: all who live there, and no body that somebody leads."""
COMPANY = frozenset({"company", "firm", "corporation", "organisation", "organization"})
"""What its own people call any body that they speak for."""


def begin_turn(reading: Reading) -> None:
    """Take in whose turn it is: a label names its speaker as any words would."""
    turn = reading.paragraph.turn
    if turn is not None and turn.name is not None and turn.speaker is not None:
        mention = mention_speaker(turn.speaker, *turn.name)
        reading.speaker = link_mention(reading.table, mention, reading.memory.sentence)
        if turn.body is not None and reading.speaker.affiliation is None:
            body = mention_named_body(turn.body.name, *turn.body.span)
            reading.speaker.affiliation = link_mention(reading.table, body, reading.memory.sentence)


def resolve_speaker(reading: Reading, mention: Mention) -> None:
    token = reading.doc[mention.head]
    saying = reading.find_saying(mention.head, direct=True)
    speaker = reading.find_source(saying) if saying is not None else reading.speaker
    entity: Entity | None = None
    if speaker is not None:
        if mention.noun == "i":
            somebody = speaker.kind in {EntityKind.PERSON, None} and speaker.plural is not True
            entity = speaker if somebody else None
        elif mention.noun == "we" and not (
            is_everybodys(token) or PEOPLE.search(reading.paragraph.text)
        ):
            entity = _find_party(speaker) or _find_company(reading, speaker, saying)
        elif mention.noun == "you" and saying is not None and not is_generic(token):
            entity = _find_addressed(reading, saying)
        elif reading.paragraph.turn is not None and reading.paragraph.turn.confirms:
            entity = speaker  # who says yes is the one who was asked
    told = entity.find_words() if entity is not None else None
    if entity is not None and told is not None and _is_called(entity, token):
        _name_body(reading, mention, entity, told)
        return
    reading.found[mention.head] = (
        ResolvedReference(mention, entity, quote_words(entity, told))
        if entity is not None and told is not None
        else ResolvedReference(mention)
    )


def _name_body(reading: Reading, our: Mention, body: Entity, told: Mention) -> None:
    """Take “our union” for the union itself, where it is the union's own that says so."""
    token = reading.doc[our.head]
    owned = reading.by_head.get(token.head.i)
    reading.found[our.head] = ResolvedReference(our)
    alone = not any(t.lower_ in OWN and t.i != token.i for t in token.sent)
    if alone and owned is not None and owned.words.has(our.head):
        reading.found[our.head] = ResolvedReference(our, candidates=(owned.head,))
        reading.found[owned.head] = ResolvedReference(owned, body, quote_words(body, told))


def _find_addressed(reading: Reading, saying: AttributionRelation) -> Entity | None:
    """Return the one whom a speaker "told"."""
    cue = reading.doc[saying.cue.start]
    listener = next((c for c in cue.rights if c.dep_ in {"dobj", "dative"}), None)
    found = reading.find_entity(listener)
    single = found is not None and found.kind is EntityKind.PERSON and found.plural is not True
    return found if single else None


def _find_company(
    reading: Reading, speaker: Entity, saying: AttributionRelation | None
) -> Entity | None:
    """Return the company that a release or an article is about, where one who leads it speaks."""
    source = saying.source.text(reading.doc) if saying is not None and saying.source else ""
    told = f"{speaker.office} {source}".lower()
    leads = any(word.strip(",") in SPEAKING_FOR for word in told.split())
    if not leads or any(f" {word} " in told for word in ("of", "for", "at")):
        return None
    return reading.table.company or reading.table.find_main(EntityKind.ORGANISATION)


def _is_called(body: Entity, our: Token) -> bool:
    """Return True for “our union” where a union says so: it is no union's union."""
    owned = make_singular(our.head.lower_)
    return our.tag_ == "PRP$" and (owned in body.nouns or owned in COMPANY)


def _find_party(speaker: Entity) -> Entity | None:
    """Return whom a speaker means by "we": a body or several people, or the body of one of them."""
    if speaker.plural or speaker.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}:
        return speaker
    return speaker.affiliation
