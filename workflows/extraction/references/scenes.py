"""The crashes, trials and deals that a text tells of, with the words that tell which."""

from collections.abc import Sequence

from workflows.extraction.parse import Token, read_text
from workflows.extraction.references.entities import Entity
from workflows.extraction.references.fates import Fate
from workflows.extraction.references.frames import (
    CASE,
    DEAL,
    EVENT_NOUNS,
    INCIDENTS,
    VERBS,
    Frame,
    Scene,
    find_frame,
)
from workflows.extraction.references.kinds import ALIKE, EntityKind, make_singular
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference
from workflows.extraction.references.scene_places import (
    add_town,
    find_place,
    is_aside,
    is_main,
    name_locale,
)
from workflows.extraction.text.lexicon import word_set

BODILY = frozenset({"heart", "panic", "asthma"})
LONGEST = 8
"""Words of an event as it is put in."""
DESCRIBING = frozenset({"amod", "compound", "nmod", "nummod", "punct"})
TIMES = frozenset({"DATE", "TIME"})
WIDEST = 4
"""Tokens before an event's noun that are put in with it."""
SOON = 3
"""The sentence up to which an event told by a verb is what a text is about."""
OPENED = 5
"""The sentence by which the accused is named whom a text is about."""
GERUNDS = {"stabbing": "stabbing", "shooting": "shooting", "robbing": "robbery"}
"""What somebody is accused of in a first sentence: “accused of stabbing a man”."""
TELLING = VERBS.keys() | EVENT_NOUNS | GERUNDS.keys()
WARFARE = word_set("airstrike bombardment offensive shelling strike bombing raid")
BUYING = word_set("buy buys buying bought acquire acquires acquiring acquired purchase purchasing")
FOLLOWING = frozenset({"after", "following", "as"})
BEFALLING = frozenset({"in", "by", "during", "from"})
BOMBED = word_set("air drone missile rocket military killed kill hit destroyed targeted")


def read_scenes(reading: Reading) -> None:
    """Take in the events that a paragraph tells of."""
    scenes = reading.memory.scenes
    _place_first(reading, scenes)
    for reference in reading.found.values():
        _take_in(reading, scenes, reference)
    _take_in_words(reading, scenes)
    _take_in_purchase(reading, scenes)


def _place_first(reading: Reading, scenes: Sequence[Scene]) -> None:
    """Tell where the first event was, once the text has told where all of it is."""
    first = next((s for s in scenes if s.frame.name in INCIDENTS and s.first <= SOON), None)
    if first is not None and first.words is None and not first.several:
        place = name_locale(reading)
        first.words = f"the {first.noun} {place}" if place is not None else None


def find_incident(scenes: Sequence[Scene]) -> Scene | None:
    """Return the event with which a text begins, if it begins with no other.

    News of a war tells of one attack after the other.
    """
    if any(scene.noun in WARFARE for scene in scenes):
        return None
    first = [s for s in scenes if s.first <= SOON and s.frame.name in INCIDENTS and s.happens]
    kinds = {scene.frame.name for scene in first}
    told = [scene for scene in first if scene.words is not None]
    several = any(scene.several for scene in first)
    return told[0] if len(kinds) == 1 and told and not several else None


def find_case(scenes: Sequence[Scene]) -> Scene | None:
    """Return the case that a text tells of from its beginning, if it tells of no other."""
    cases = [scene for scene in scenes if scene.frame is CASE and scene.words is not None]
    first = cases[0] if len(cases) == 1 else None
    return first if first is not None and first.entity.first_sentence <= OPENED else None


def _take_in(reading: Reading, scenes: list[Scene], reference: ResolvedReference) -> None:
    mention, entity = reference.mention, reference.entity
    if entity is None or mention.form is MentionType.PRONOUN:
        return
    if Fate.ACCUSED in entity.fates and entity.named and entity.kind is EntityKind.PERSON:
        _take_in_case(scenes, entity, reading.find_sentence(mention.head))
    noun = make_singular(mention.noun)
    if noun == "strike" and _is_of_war(reading.doc[mention.head]):
        noun = "airstrike"
    if noun not in EVENT_NOUNS or mention.predicate:
        return
    if any(c.lower_ in BODILY for c in reading.doc[mention.head].lefts):
        return
    known = next((scene for scene in scenes if scene.entity is entity), None)
    known = known or _find_told(scenes, noun, mention)
    frame = find_frame(noun)
    again = any(scene.frame is frame for scene in scenes)
    words = None if mention.bare and again else _tell(reading, mention)
    if known is not None:
        known.entity = entity
        if known.words is None:
            known.words = words
        return
    place = mention.start, mention.end
    number = reading.find_sentence(mention.head)
    several = mention.plural is True
    if mention.referring or several:
        words = None if several else words
        happens = _happens(reading.doc[mention.head], mention.form)
        scenes.append(Scene(frame, noun, entity, words, *place, number, several, happens=happens))


def _find_told(scenes: Sequence[Scene], noun: str, mention: Mention) -> Scene | None:
    """Return the event told by a verb that “the stabbing” then names, if it was the only one."""
    same = [scene for scene in scenes if scene.frame is find_frame(noun)]
    if len(same) != 1 or same[0].entity.mentions or mention.form is not MentionType.DEFINITE:
        return None
    return same[0] if same[0].noun == noun or noun in ALIKE.get(same[0].noun, ()) else None


def _happens(event: Token, form: MentionType) -> bool:
    """Return True for what its sentence tells to have been, not just what it speaks of.

    “Two died in a crash”, “… after a crash”; and not “… after the attack”, “wanted for a robbery”.
    """
    above = event.head if event.dep_ in {"conj", "appos"} else event
    if above.dep_ == "pobj":
        new = form is MentionType.INDEFINITE and above.head.lower_ in FOLLOWING
        befell = above.head.lower_ in BEFALLING and above.head.head.tag_.startswith("VB")
        return (new or befell) and not is_aside(event)
    return above.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "ROOT"} and is_main(event)


def _is_of_war(strike: Token) -> bool:
    """Return True for a strike from the air, and not of workers."""
    before = {c.lower_ for c in strike.lefts} | {strike.head.lower_}
    return bool(before & BOMBED) or any(c.ent_type_ == "NORP" for c in strike.lefts)


def _take_in_case(scenes: list[Scene], accused: Entity, sentence: int) -> None:
    told = accused.find_words()
    known = next((s for s in scenes if s.entity is accused), None)
    if told is None:
        return
    words = f"the case against {told.text}"
    if known is not None:
        known.words = words
    else:
        scenes.append(Scene(CASE, "case", accused, words, told.start, told.end, sentence))


def _take_in_words(reading: Reading, scenes: list[Scene]) -> None:
    """Take in what is told by other words, each place once: “was shot”, “a shooting suspect”."""
    for number, sentence in enumerate(reading.paragraph.sentences, reading.first_sentence):
        for token in sentence:
            frame, noun = _read_event(token) if token.lower_ in TELLING else (None, "")
            if frame is None:
                continue
            again = any(s.frame is frame for s in scenes)
            if again and number <= SOON:
                continue
            first = number == 1 and token.lower_ in GERUNDS
            main = not again and (first or not is_aside(token))
            place = find_place(reading.doc, token) or (name_locale(reading) if main else None)
            known = any(s.frame is frame and place in (s.words or "") for s in scenes if place)
            if place is None or known:
                continue
            start, end = reading.paragraph.locate(token.idx, token.idx + len(token))
            event = Entity(EntityKind.EVENT, None, plural=False)
            words = f"the {noun} {add_town(place, name_locale(reading))}"
            scenes.append(Scene(frame, noun, event, words, start, end, number))


def _take_in_purchase(reading: Reading, scenes: list[Scene]) -> None:
    """Take in what the first sentences tell to be bought: “Norlink would buy Roe Foods Inc”."""
    if reading.first_sentence > SOON or any(s.frame is DEAL and s.words for s in scenes):
        return
    for token in reading.doc:
        if token.lower_ not in BUYING:
            continue
        bought = next((c for c in token.rights if c.dep_ == "dobj"), None)
        named = next((c for c in bought.rights if c.dep_ == "appos"), bought) if bought else None
        reference = reading.found.get(named.i) if named is not None else None
        if reference is None or reference.mention.form is not MentionType.NAME:
            continue
        entity = reference.entity
        told = entity.find_words() if entity is not None else None
        if entity is None or told is None or entity.kind in {EntityKind.PERSON, EntityKind.PLACE}:
            continue
        number = reading.find_sentence(token.i)
        event = Entity(EntityKind.EVENT, None, plural=False)
        words, at = f"the purchase of {told.text}", (told.start, told.end)
        scenes.append(Scene(DEAL, "purchase", event, words, *at, number))
        return


def _read_event(token: Token) -> tuple[Frame | None, str]:
    """Return the kind and noun of the event that a verb, or the first part of a noun, tells."""
    if token.lower_ in VERBS and token.tag_ in {"VBD", "VBN"} and token.dep_ != "amod":
        return VERBS[token.lower_]
    if token.lower_ in GERUNDS and token.tag_ == "VBG" and token.dep_ in {"pcomp", "advcl"}:
        return find_frame(GERUNDS[token.lower_]), GERUNDS[token.lower_]
    if token.dep_ in DESCRIBING and token.lower_ in EVENT_NOUNS and token.tag_ in {"NN", "VBG"}:
        return find_frame(token.lower_), token.lower_
    return None, ""


def _tell(reading: Reading, mention: Mention) -> str | None:
    """Return an event with the place or name that tells which it is; None where nothing does."""
    doc, head = reading.doc, reading.doc[mention.head]
    if mention.form is MentionType.NAME:
        return mention.text
    before = [c for c in head.lefts if c.dep_ in DESCRIBING and c.i >= head.i - WIDEST]
    first = min([head.i, *(c.left_edge.i for c in before)])
    if any(t.ent_type_ in TIMES for t in doc[first : head.i]):
        first = max(t.i + 1 for t in doc[first : head.i] if t.ent_type_ in TIMES)
    noun = read_text(doc[first : head.i + 1])
    happens = find_frame(mention.noun).name in INCIDENTS and is_main(head)
    if any(t.tag_.startswith("NNP") for t in doc[first : head.i]):
        return f"the {noun}"
    place = find_place(doc, head) or (name_locale(reading) if happens else None)
    if place is None:
        return None
    place = add_town(place, name_locale(reading) if happens else None)
    if len(noun.split()) + len(place.split()) > LONGEST:
        noun = head.text
    return f"the {noun} {place}"
