"""Where a text's events are: the one town that it begins with, or that of its dateline."""

from collections.abc import Sequence

from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.kinds import COUNTRIES, STATES, EntityKind
from workflows.extraction.references.mention import MentionType
from workflows.extraction.references.reading import NamedPlace, Reading
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

OPENING = 2
"""Sentences at the start of a text in which its place is named."""
SOON = 3
LEADING = frozenset({"in", "near", "outside", "at", "on", "by", "from", "during"})
STEPS = 6
PLACING = frozenset({"in", "near", "outside"})
SETTLED = frozenset(
    {"city", "neighborhood", "neighbourhood", "province", "suburb", "town", "village"}
)
WAYS = word_set(
    """
    avenue boulevard bridge building court drive highway hospital house interstate lane road route
    school street university valley
    """
)
"""What the names of no towns end or begin with."""
WIRE_DESKS = frozenset({"washington", "london", "new york", "brussels", "moscow", "beijing"})
"""Where correspondents write of what happens all over a country."""


OTHER_NAMES = word_set("africa america asia britain europe u.k. u.s. uk us")
OWN = frozenset({"united states", "the united states"})
LONGEST = 3


BODIES = word_set("police council firefighters sheriff selectmen aldermen councilors councillors")
"""What a town has and is named with: “Olden police”, “the Pell County sheriff”."""
BOARDS = frozenset({"school", "parish", "county", "planning"})
PARTS = frozenset({"City", "Town", "Village", "Fire", "School", "Parish", "Borough", "Common"})
NO_TOWNS = word_set("state federal national regional metropolitan royal riot military local the")


def read_places(reading: Reading) -> list[NamedPlace]:
    """Return the places that a paragraph names, in order, those with a body of theirs last."""
    first = reading.first_sentence
    bodies = read_bodies(reading.paragraph, first) if first <= OPENING else []
    return [*_read_names(reading), *bodies]


def read_bodies(paragraph: Paragraph, sentence: int) -> list[NamedPlace]:
    """Return the towns of which only the police or council is named in a paragraph or title."""
    doc, found = paragraph.doc, list[NamedPlace]()
    for token in doc:
        school = token.lower_ == "board" and token.i and doc[token.i - 1].lower_ in BOARDS
        if token.lower_ not in BODIES and not school:
            continue
        start = token.i
        while start and doc[start - 1].tag_ in {"NNP", "NNPS", "POS"}:
            start -= 1
        if school:
            start = token.i - 1
            while start and doc[start - 1].tag_ in {"NNP", "NNPS", "POS"}:
                start -= 1
        before = doc[start : token.i - school]
        words = [t for t in before if t.text not in PARTS and t.tag_ != "POS"]
        named = words and not any(t.ent_type_ == "NORP" or t.lower_ in NO_TOWNS for t in words)
        if not named or len(words) > LONGEST:
            continue
        first, last = paragraph.locate(words[0].idx, words[-1].idx + len(words[-1]))
        told = " ".join(t.text for t in words)
        found.append(NamedPlace(told, first, last, sentence, "in", inside=False, body=True))
    return found


def _read_names(reading: Reading) -> list[NamedPlace]:
    doc, found = reading.doc, list[NamedPlace]()
    for reference in reading.found.values():
        mention = reference.mention
        if mention.form is not MentionType.NAME or mention.nature.kind is not EntityKind.PLACE:
            continue
        start = mention.words.start
        end = _add_region(doc, mention.words.end)
        before = doc[start - 1].lower_ if start else ""
        words = TokenSpan(mention.head - len(mention.name) + 1, end)
        if not words.text(doc).strip():
            continue
        first, last = reading.paragraph.locate(*words.chars(doc))
        number = reading.find_sentence(mention.head)
        near = before if before in {"near", "outside"} else "in"
        settled = before == "of" and start > 1 and doc[start - 2].lower_ in SETTLED
        owns = doc[end - 1].ent_type_ == "GPE" and any(t.tag_ == "POS" for t in doc[end : end + 1])
        inside = (before in PLACING and _is_of_event(doc[mention.head])) or settled
        inside = inside or (owns and number <= OPENING)
        personal = before == "of" and start > 1 and doc[start - 2].ent_type_ == "PERSON"
        told = NamedPlace(words.text(doc), first, last, number, near, inside, personal=personal)
        found.append(told)
    return found


def _is_of_event(name: Token) -> bool:
    """Return True for a place where what a sentence tells was: “killed in a crash in Olden”.

    Not for “after the attacks in Olden”, “the mayor of a town in Ohio”.
    """
    at = name
    for _ in range(STEPS):
        if at.dep_ in {"compound", "appos", "conj", "nmod"}:
            at = at.head
            continue
        if at.dep_ != "pobj":
            return True
        if at.head.lower_ not in LEADING:
            return False
        at = at.head.head
        if not at.tag_.startswith("NN"):
            return True
    return True


def _add_region(doc: Doc, end: int) -> int:
    """Return where “Olden, Ohio” ends, by where “Olden” does."""
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "GPE":
        entity = next((e for e in doc.ents if e.start == end + 1), None)
        return entity.end if entity is not None else end
    return end


def find_locale(places: Sequence[NamedPlace], dateline: NamedPlace | None) -> NamedPlace | None:
    """Return the town that a text tells of; None where several may be meant, or none is.

    A correspondent's own is not meant where the text names another and not his again.
    """
    towns = [p for p in places if p.sentence <= OPENING and p.inside and is_town(p.words)]
    told = {place.words.split(",")[0]: place for place in reversed(towns)}
    told = _choose_first(told, places)
    if dateline is not None:
        if dateline.words.lower() in WIRE_DESKS or not is_town(dateline.words):
            return None
        told = {name: place for name, place in told.items() if place.preposition == "in"}
        again = any(dateline.words in place.words for place in places)
        abroad = any(_is_country(p.words) for p in places if p.sentence <= OPENING)
        if told.keys() <= {dateline.words} and (again or not abroad):
            return dateline
        if again:
            return None
        told = {name: place for name, place in told.items() if place.sentence == 1}
    if not told:
        towns = [p for p in places if p.sentence <= OPENING and p.body and is_town(p.words)]
        told = {place.words: place for place in reversed(towns)}
    if len(told) != 1:
        return None
    [name] = told
    return max((p for p in towns if p.words.startswith(name)), key=lambda p: len(p.words))


def _choose_first(
    told: dict[str, NamedPlace], places: Sequence[NamedPlace]
) -> dict[str, NamedPlace]:
    """Return the only town of the first sentence if it is named more often than any other."""
    first = [name for name, place in told.items() if place.sentence == 1]
    counts = {name: sum(name in place.words for place in places) for name in told}
    if len(first) != 1 or any(counts[n] >= counts[first[0]] for n in told if n != first[0]):
        return told
    return {first[0]: told[first[0]]}


def is_way(place: str) -> bool:
    """Return True for “on Mill Street”, “on Interstate 74”: a street that many towns have."""
    return any(word.lower() in WAYS or word.isdigit() for word in place.split()[1:])


def _is_country(name: str) -> bool:
    return name.lower().split()[-1] in COUNTRIES and name.lower() not in OWN


def find_region(places: Sequence[NamedPlace]) -> str | None:
    """Return the only state that the first sentences of a text name."""
    soon = (p for p in places if p.sentence <= SOON and not p.personal)
    told = {p.words for p in soon if p.words.lower() in STATES}
    return told.pop() if len(told) == 1 else None


def is_town(name: str) -> bool:
    """Return True unless a name is a state's, a country's or a street's, or too long for one."""
    short = len(name.removeprefix("the ").split(",")[0].split()) <= LONGEST
    return short and may_be_town(name)


def may_be_town(name: str) -> bool:
    """Return True unless a name is a state's, a country's or a street's."""
    words = name.lower().removeprefix("the ").split(",")[0].split()
    wide = " ".join(words) in STATES or words[-1] in COUNTRIES or words[-1] in OTHER_NAMES
    way = words[-1] in WAYS or words[0] in WAYS or any(c.isdigit() or c == "." for c in name)
    return not wide and not way
