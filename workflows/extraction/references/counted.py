"""Numbers that stand for what they count: "the two", "both", "those 40", "310 of those"."""

from collections.abc import Iterator

from workflows.extraction.parse import Token
from workflows.extraction.references.entities import Antecedent, Entity, Seen
from workflows.extraction.references.kinds import EntityKind
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.numerals import ORDINALS, read_number
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference, quote_words
from workflows.extraction.text.spans import TokenSpan

COUNTING = frozenset({"count", "figure", "number", "tally", "total"})
FAR = 12
BACK = 2
"""Sentences back within which "the two", or "that number", finds what was counted."""
SUMS = frozenset({"amount", "sum"})
MONEY = frozenset({"$", "€", "£", "¥"})
TIMES = frozenset({"DATE", "TIME"})
LONGEST_AMOUNT = 8
SPENT_ON = frozenset({"in", "on", "for", "of"})
KEPT = 6
LONGEST_PAIR = 3
PAIR = 2
LOOSE = frozenset(
    {"about", "all", "any", "around", "at", "both", "dozens", "fewer", "hundreds", "less", "many"}
    | {
        "more",
        "most",
        "nearly",
        "other",
        "over",
        "roughly",
        "several",
        "some",
        "than",
        "thousands",
        "up",
    }
)
"""Words that do not stand behind "the"."""


def resolve_group(reading: Reading, mention: Mention) -> None:
    """Find what a number without its noun counts, if just one thing can be meant."""
    groups = list(_iter_groups(reading, mention)) or _find_only_pair(reading, mention)
    definite = mention.form is MentionType.DEFINITE
    found = [e for e in groups if mention.number is None or _has_number(e, mention.number)]
    if not definite and mention.number is not None:
        found = [e for e in groups if any((m.number or 0) > mention.number for m in e.mentions)]
        found = [e for e in found[:1] if reading.find_sentence(mention.head) - e.last_sentence <= 1]
    told = found[0].find_words(before=mention.start) if len(found) == 1 else None
    if told is None:
        reading.found[mention.head] = ResolvedReference(mention)
        return
    words = quote_words(found[0], told)
    if not definite:
        words = words._replace(text=f"of {_define(words.text)}")
    if words.text.split()[0] == "of" and words.text.split()[1] in LOOSE:
        reading.found[mention.head] = ResolvedReference(mention)
        return
    reading.found[mention.head] = ResolvedReference(
        mention, found[0] if definite else None, words, beside=not definite
    )
    reading.table.recent.append(reading.place(mention, found[0]))


def find_whole(reading: Reading, mention: Mention) -> Entity | None:
    """Return those counted in the sentence before, of whom "three of them" are some."""
    own = reading.find_sentence(mention.head)
    found = [e for e in _iter_groups(reading, mention) if own - e.last_sentence <= 1]
    found = [e for e in found if not is_fewer(e, reading.doc[mention.head])]
    return found[0] if len(found) == 1 else None


def is_fewer(entity: Entity, them: Token) -> bool:
    """Return True for nine teachers before “12 of them”, who were more."""
    of = them.head
    some = read_number(of.head) or 0 if of.lower_ == "of" else 0
    counts = [m.number for m in entity.mentions if m.number is not None]
    return bool(counts) and max(counts) < some


def find_pair(reading: Reading, mention: Mention) -> tuple[Entity, Antecedent] | None:
    """Return those named together whom "the two men" or "both companies" means."""
    first = mention.text.partition(" ")[0].lower()
    if mention.number is None or first not in {"the", "both", "these", "those"}:
        return None
    if mention.words.length > LONGEST_PAIR or mention.nature.kind is EntityKind.THING:
        return None
    found = [e for e in _iter_groups(reading, mention) if _has_number(e, mention.number)]
    found = found or _find_only_pair(reading, mention)
    told = found[0].find_words(before=mention.start) if len(found) == 1 else None
    if told is None or " and " not in told.text or told.nature.kind is not mention.nature.kind:
        return None
    return found[0], quote_words(found[0], told)


def _find_only_pair(reading: Reading, mention: Mention) -> list[Entity]:
    """Return the two people named side by side, if no other two were: “the two” of a meeting."""
    sentence = reading.find_sentence(mention.head)
    near = [
        both
        for _, both in reading.memory.pairs
        if sentence - both.last_sentence <= FAR and both.kind is EntityKind.PERSON
    ]
    return near if len(near) == 1 and mention.number == PAIR else []


def find_several(reading: Reading, mention: Mention) -> tuple[Entity, Antecedent] | None:
    """Return the two crashes of which “the first crash” is one, if only they were counted."""
    if mention.qualifier not in ORDINALS or mention.plural is not False:
        return None
    own = reading.find_sentence(mention.head)
    found = [
        (entity, told)
        for entity in reading.table.find_all(mention.noun)
        for told in entity.mentions[:1]
        if told.number is not None and not told.bare and own - entity.last_sentence <= FAR
        if told.number >= ORDINALS[mention.qualifier] and "other" not in told.text
    ]
    if len(found) != 1 or len(found[0][1].text.split()) > LONGEST_PAIR + 1:
        return None
    words = quote_words(*found[0])
    return found[0][0], words._replace(text=f"of {words.text}")


def _iter_groups(reading: Reading, mention: Mention) -> Iterator[Entity]:
    """Go through those counted in the last sentences before a number, each once."""
    known: list[Entity] = []
    sentence = reading.find_sentence(mention.head)
    for seen in reversed(reading.table.recent):
        if sentence - seen.sentence > BACK:
            return
        entity = seen.entity
        counted = any(m.number is not None for m in entity.mentions)
        if counted and entity not in known and seen.mention.start < mention.start:
            known.append(entity)
            yield entity


def _has_number(entity: Entity, count: int) -> bool:
    return any(m.number == count for m in entity.mentions)


def _define(words: str) -> str:
    return words if words.split(maxsplit=1)[0] in {"the", "these", "those"} else f"the {words}"


def is_count(reading: Reading, mention: Mention) -> bool:
    """Return True for a number of something: "340 houses", not "40 percent"."""
    head = reading.doc[mention.head]
    return head.tag_ == "NNS" and any(c.dep_ == "nummod" and c.tag_ == "CD" for c in head.lefts)


def remember_count(reading: Reading, seen: Seen) -> None:
    """Remember what was counted, in case "that number" is told of later."""
    if is_count(reading, seen.mention):
        reading.memory.counts = [*reading.memory.counts, seen][-KEPT:]


def is_estimate(noun: Token) -> bool:
    """Return True for “put the number at 40”, which counts what was told of long before."""
    put = noun.head.lower_ in {"put", "puts"} and noun.lower_ in COUNTING
    return put and noun.dep_ == "dobj" and any(c.lower_ == "at" for c in noun.head.rights)


def find_counted(reading: Reading, mention: Mention, sentence: int) -> Antecedent | None:
    """Return what "that number" or "the figure" counts, if just one thing was counted."""
    if mention.noun in SUMS and mention.bare:
        return _find_money(reading, mention)
    if mention.noun not in COUNTING or not mention.bare or is_estimate(reading.doc[mention.head]):
        return None
    near = [s for s in reading.memory.counts if sentence - s.sentence <= BACK]
    last = max((s.sentence for s in near), default=0)
    near = [s for s in near if s.sentence == last]
    return quote_words(near[0].entity, near[0].mention) if len(near) == 1 else None


def _find_money(reading: Reading, mention: Mention) -> Antecedent | None:
    """Return the only amount of the sentence before, and what for: "$8 million in fines"."""
    sentence = reading.paragraph.get_sentence(mention.head)
    if sentence.start == 0:
        return None
    before = reading.paragraph.get_sentence(sentence.start - 1)
    amounts = [t for t in before if t.text in MONEY]
    head = amounts[0].head if len(amounts) == 1 else None
    if head is None or head.i <= amounts[0].i or head.dep_ not in {"dobj", "pobj", "attr"}:
        return None
    last = head
    for phrase in head.rights:
        goal = next((c for c in phrase.rights if c.dep_ == "pobj"), None)
        if phrase.lower_ in SPENT_ON and goal is not None and goal.ent_type_ not in TIMES:
            last = goal.right_edge
            break
    if last.i - amounts[0].i > LONGEST_AMOUNT:
        last = head
    words = TokenSpan(amounts[0].i, last.i + 1)
    chars = words.chars(reading.doc)
    told = reading.paragraph.text[slice(*chars)]
    place = reading.paragraph.locate(*chars)
    return Antecedent(told, *place, named=False, plural=False, counted=False)
