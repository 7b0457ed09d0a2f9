"""Whose words a paragraph goes on with that is all quotation, and tells nobody who speaks."""

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.references.definites import ALIASES, find_definite
from workflows.extraction.references.entities import Entity, Seen, iter_recent
from workflows.extraction.references.kinds import OFFICES, EntityKind
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.references.ranking import find_speaking, may_speak
from workflows.extraction.references.reading import Reading
from workflows.extraction.text.lexicon import word_set

SPOKEN = frozenset({CueType.QUOTED, CueType.VERB, CueType.STRAY, CueType.COLON})
ROLES = (
    OFFICES | ALIASES | word_set("author writer mayor lawmaker congressman veteran lawyer attorney")
)
"""Nouns by which somebody just named may be called who was never told to be that."""
MOST_SILENT = 1
"""Paragraphs in which nobody speaks, and nobody else acts, after which a voice may go on."""
BACK = 3
"""Sentences back within which somebody is named who is then only described."""
ARGUMENTS = frozenset({Role.SUBJECT, Role.OBJECT})
OPENING = 1
"""Tokens before a quotation with which its paragraph still begins."""


def continue_voice(reading: Reading) -> None:
    """Take whoever spoke in the last paragraph for the speaker of one that is all quotation.

    “… the dam holds,” Lee said. ¶ “We looked at it twice.”
    """
    voice = reading.memory.voice
    if voice is None or reading.paragraph.turn is not None or not is_continuing(reading):
        return
    reading.voice = voice
    reading.speaker = voice.entity


def is_continuing(reading: Reading) -> bool:
    """Return True if a paragraph begins with a quotation of which nobody tells who speaks."""
    return any(_is_unsigned(saying) and saying.content.start <= OPENING for saying in reading.heard)


def _is_unsigned(saying: AttributionRelation) -> bool:
    return saying.cue_type is CueType.STRAY and saying.source is None


def remember_voice(reading: Reading) -> None:
    """Remember whose words a paragraph told last, if that is one person and no other."""
    memory = reading.memory
    told = [s for s in reading.heard if s.cue_type in SPOKEN and not _is_unsigned(s)]
    if reading.paragraph.turn is not None:
        memory.voice = None
    elif told:
        memory.voice, memory.silent = _find_last_voice(reading, told), 0
    elif reading.voice is None:
        memory.silent += 1
        if memory.silent > MOST_SILENT or _does_another_act(reading):
            memory.voice = None


def _find_last_voice(reading: Reading, told: list[AttributionRelation]) -> Seen | None:
    """Return where the outermost speaker of the last sentence with one was named."""
    outer = [s for s in told if not any(o.content.has(s.cue.start) for o in told if o is not s)]
    last = max((reading.find_sentence(s.cue.start) for s in outer), default=0)
    heads = {s.head.i for s in outer if s.head and reading.find_sentence(s.cue.start) == last} or {
        -1
    }
    seen = [
        s
        for s in reading.table.recent
        if s.paragraph == reading.memory.paragraph and s.mention.head in heads
    ]
    if len({id(s.entity) for s in seen}) != 1 or len(heads) != len(seen):
        return None
    entity = seen[-1].entity
    person = entity.kind is EntityKind.PERSON and entity.plural is not True
    return seen[-1] if person and entity.named else None


def _does_another_act(reading: Reading) -> bool:
    voice = reading.memory.voice
    return any(
        s.mention.leads and s.entity.kind is EntityKind.PERSON
        for s in reading.table.recent
        if s.paragraph == reading.memory.paragraph and voice and s.entity is not voice.entity
    )


def find_described(reading: Reading, mention: Mention) -> Entity | None:
    """Return whom a description means by which somebody just named speaks on.

    “Roe left the hall at nine. “It leaks,” the former mayor said.” Take it in as one of his.
    """
    saying = reading.sources.get(mention.head)
    told = mention.form is MentionType.DEFINITE and mention.noun in ROLES
    if saying is None or not told or mention.owned or mention.plural is True:
        return None
    sentence = reading.find_sentence(mention.head)
    linked = reading.entities.get(mention.head)
    known = linked or find_definite(reading.table, mention, sentence)
    if known is not None and (known is not linked or linked.count > 1):
        return None
    named = {
        id(reading.link(m))
        for m in reading.mentions
        if saying.content.has(m.head) and m.form is MentionType.NAME and m.role in ARGUMENTS
    }
    own = reading.place(mention, Entity(EntityKind.PERSON, None, plural=False))
    recent = [
        (seen.entity, seen)
        for seen in iter_recent(reading.table, sentence, BACK)
        if may_speak(seen.entity) and seen.entity.plural is not True
        if mention.nature.gender in {None, seen.entity.gender} and id(seen.entity) not in named
    ]
    found = find_speaking(own, recent)
    if (
        found is None
        or found.nouns & ROLES - {mention.noun} & OFFICES
        or _is_of_another(found, mention)
    ):
        return None
    reading.table.join(found, mention, sentence)
    reading.entities[mention.head] = found
    return found


def _is_of_another(entity: Entity, mention: Mention) -> bool:
    """Return True for “the Irish president” where the one just named is a president anyway."""
    told = any(word[:1].isupper() for word in mention.text.split()[1:])
    return told and mention.noun in entity.nouns
