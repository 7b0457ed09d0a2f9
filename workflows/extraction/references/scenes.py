"""Which event "the driver" had a part in: the one crash that a text tells of.

A noun that nobody told of before is read by the event it belongs to, as linguists' bridging has
it: Herbert H. Clark, Bridging (1975); the parts are those of FrameNet's frames.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.references.entities import Antecedent, Entity
from workflows.extraction.references.fates import Fate
from workflows.extraction.references.frames import (
    CASE,
    DEAL,
    EVENT_NOUNS,
    ROLES,
    VERBS,
    Frame,
    Scene,
    find_frame,
)
from workflows.extraction.references.kinds import ALIKE, GENERAL, EntityKind, make_singular
from workflows.extraction.references.locale import find_locale, is_way, may_be_town
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference
from workflows.extraction.text.lexicon import word_set

PLACING = frozenset({"at", "in", "near", "on", "outside"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
NO_PLACES = frozenset({"PERSON", "DATE", "TIME", "ORG", "NORP", "MONEY", "PERCENT", "CARDINAL"})
BODILY = frozenset({"heart", "panic", "asthma"})
STRIKING = word_set(
    "struck hit rocked shook swept battered ravaged devastated flooded lashed pounded hits strikes"
)
ASIDES = frozenset({"relcl", "acl", "pcomp"})
"""Clauses that belong to a noun."""
LONGEST_PLACE = 6
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
BELONGING = frozenset({"seat", "side", "door"})
"""What is called after whom it is for, whoever sits there: “the passenger's seat”."""
CAUSES = frozenset({"aftermath", "cause", "motive"})
"""What any sudden event has."""
GERUNDS = {"stabbing": "stabbing", "shooting": "shooting", "robbing": "robbery"}
"""What somebody is accused of in a first sentence: “accused of stabbing a man”."""
TELLING = VERBS.keys() | EVENT_NOUNS | GERUNDS.keys()
WARFARE = word_set("airstrike bombardment offensive shelling strike bombing raid")
BUYING = word_set("buy buys buying bought acquire acquires acquiring acquired purchase purchasing")
FOLLOWING = frozenset({"after", "following", "as"})
BEFALLING = frozenset({"in", "by", "during", "from"})
BOMBED = word_set("air drone missile rocket military killed kill hit destroyed targeted")
STUDIES = frozenset({"experiment", "study", "trial"})
"""What has no place but its journal."""
INCIDENTS = frozenset({"attack", "crash", "disaster", "fire", "protest", "strike"})
TOLD_BEHIND = frozenset({"prep", "relcl", "acl"})


def read_scenes(reading: Reading) -> None:
    """Take in the events of a paragraph, and tell of which its bare nouns are parts."""
    scenes = reading.memory.scenes
    _place_first(reading, scenes)
    for reference in reading.found.values():
        _take_in(reading, scenes, reference)
    _take_in_words(reading, scenes)
    _take_in_purchase(reading, scenes)
    for head, reference in reading.found.items():
        meant = _name_event(scenes, reference) or _name_town(reading, reference)
        if meant is not None:
            reading.found[head] = replace(reference, antecedent=meant)
        else:
            reading.found[head] = _tell_part(reading.doc, scenes, reference)


def _tell_part(doc: Doc, scenes: list[Scene], reference: ResolvedReference) -> ResolvedReference:
    """Return a mention of who or what has a part in an event with that event, if it is known."""
    mention = reference.mention
    placed = _place_event(doc, scenes, reference)
    if placed is not None:
        return replace(reference, antecedent=placed, beside=True)
    if mention.noun not in ROLES | CAUSES or not _may_belong(doc, reference):
        return reference
    scene = _choose(scenes, mention)
    if scene is None or scene.words is None or not scene.happens:
        return reference
    of = mention.noun in CAUSES
    told = f"{'of' if of else scene.frame.preposition} {scene.words}"
    owns = any(c.tag_ == "POS" for c in doc[mention.head].rights)
    if owns and doc[mention.head].head.lower_ in BELONGING:
        return reference
    if owns:  # “[the suspect in the shooting in Olden]'s name”
        told = f"{mention.text} {told}"
    meant = Antecedent(told, scene.start, scene.end, True, False, False)
    return replace(reference, antecedent=meant, beside=not owns, scene=scene.entity)


def _place_event(
    doc: Doc, scenes: Sequence[Scene], reference: ResolvedReference
) -> Antecedent | None:
    """Return where “the second-alarm fire” was, that is the only one told of."""
    mention = reference.mention
    if mention.noun not in EVENT_NOUNS or mention.form is not MentionType.DEFINITE:
        return None
    noun = doc[mention.head]
    told = any(c.dep_ in TOLD_BEHIND or c.tag_ == "POS" for c in noun.rights)
    named = any(t.text[:1].isupper() for t in doc[mention.words.start + 1 : mention.words.end])
    frame = find_frame(mention.noun)
    fits = [s for s in scenes if s.frame is frame and s.words is not None and s.happens]
    known = told or named or mention.bare or mention.owned or reference.antecedent is not None
    if known or len(fits) != 1:
        return None
    if doc[mention.words.start].lower_ != "the" or frame.name not in INCIDENTS:
        return None
    [scene] = fits
    place = (scene.words or "").partition(f"{scene.noun} ")[2]
    if not place or scene.start >= mention.start:
        return None
    return Antecedent(place, scene.start, scene.end, True, False, False)


def _place_first(reading: Reading, scenes: Sequence[Scene]) -> None:
    """Tell where the first event was, once the text has told where all of it is."""
    first = next((s for s in scenes if s.frame.name in INCIDENTS and s.first <= SOON), None)
    if first is not None and first.words is None and not first.several:
        place = _find_locale(reading)
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
        known.sentence = reading.find_sentence(mention.head)
        if known.words is None:
            known.words = words
        return
    place = mention.start, mention.end
    number = reading.find_sentence(mention.head)
    several = mention.plural is True
    if mention.referring or several:
        words = None if several else words
        happens = _happens(reading.doc[mention.head], mention.form)
        scenes.append(
            Scene(frame, noun, entity, words, *place, number, number, several, happens=happens)
        )


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
        return (new or befell) and not _is_aside(event)
    return above.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "ROOT"} and _is_main(event)


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
        scenes.append(Scene(CASE, "case", accused, words, told.start, told.end, sentence, sentence))


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
            main = not again and (first or not _is_aside(token))
            place = _find_place(reading.doc, token) or (_find_locale(reading) if main else None)
            known = any(s.frame is frame and place in (s.words or "") for s in scenes if place)
            if place is None or known:
                continue
            start, end = reading.paragraph.locate(token.idx, token.idx + len(token))
            event = Entity(EntityKind.EVENT, None, plural=False)
            locale = _find_locale(reading)
            if locale is not None and is_way(place) and locale not in place:
                place = f"{place} {locale}"
            words = f"the {noun} {place}"
            scenes.append(Scene(frame, noun, event, words, start, end, number, number))


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
        scenes.append(Scene(DEAL, "purchase", event, words, *at, number, number))
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


def _name_event(scenes: Sequence[Scene], reference: ResolvedReference) -> Antecedent | None:
    """Return which crash “the crash” is, where no name tells it yet."""
    mention, told = reference.mention, reference.antecedent
    if mention.noun not in EVENT_NOUNS - STUDIES or not mention.bare or mention.plural is True:
        return None
    if told is not None and any(word[:1].isupper() for word in told.text.split()):
        return None
    frame = find_frame(mention.noun)
    known = [s for s in scenes if s.words is not None]
    own = [s for s in known if s.entity is reference.entity]
    fits = own or [s for s in known if s.frame is frame and s.frame is not CASE]
    scene = fits[0] if len(fits) == 1 else None
    if scene is None or scene.words is None or scene.start >= mention.start:
        return None
    return Antecedent(scene.words, scene.start, scene.end, True, False, False)


def _name_town(reading: Reading, reference: ResolvedReference) -> Antecedent | None:
    """Return the town that “the city” is: the one of which all of the text tells."""
    mention, known = reference.mention, reference.antecedent
    if not mention.bare or mention.noun not in GENERAL["town"]:
        return None
    locale = find_locale(reading.memory.places, reading.memory.dateline)
    if locale is None or locale.start >= mention.start:
        return None
    town = locale.words.split(",")[0]
    if any(may_be_town(p.words) and town not in p.words for p in reading.memory.places):
        return None
    if known is not None and not known.text.startswith(locale.words.split()[0]):
        return None
    return Antecedent(locale.words, locale.start, locale.end, True, False, False)


def _may_belong(doc: Doc, reference: ResolvedReference) -> bool:
    """Return True for “the other driver”, of whom no name and no clause tells who it is."""
    mention, entity = reference.mention, reference.entity
    if mention.form is not MentionType.DEFINITE or mention.owned or mention.predicate:
        return False
    if entity is None or entity.named or reference.beside:
        return False
    told = reference.antecedent
    if told is not None and any(word[:1].isupper() for word in told.text.split()):
        return False
    head = doc[mention.head]
    if head.ent_type_ or any(_tells_which(c) for c in head.rights):
        return False
    first = doc[mention.words.start].lower_
    return first == "the" and not any(t.tag_.startswith("NNP") for t in head.lefts)


def _tells_which(behind: Token) -> bool:
    """Return True for what tells which one is meant, and not just more of him: “…, who fled, …”."""
    first = behind.left_edge
    aside = behind.dep_ in {"relcl", "acl"} and first.i > 0 and first.nbor(-1).text == ","
    return behind.dep_ in TOLD_BEHIND and not aside


def _choose(scenes: list[Scene], part: Mention) -> Scene | None:
    """Return the only event of those told of so far that somebody has a part in."""
    caused = part.noun in CAUSES
    fits = [
        scene
        for scene in scenes
        if part.noun in scene.frame.roles or (caused and scene.frame.name in INCIDENTS)
    ]
    fits = [scene for scene in fits if scene.start < part.start]
    return fits[0] if len(fits) == 1 else None


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
    happens = find_frame(mention.noun).name in INCIDENTS and _is_main(head)
    if any(t.tag_.startswith("NNP") for t in doc[first : head.i]):
        return f"the {noun}"
    place = _find_place(doc, head) or (_find_locale(reading) if happens else None)
    if place is None:
        return None
    locale = _find_locale(reading) if happens else None
    if locale is not None and is_way(place) and locale not in place:
        place = f"{place} {locale}"
    if len(noun.split()) + len(place.split()) > LONGEST:
        noun = head.text
    return f"the {noun} {place}"


def _find_locale(reading: Reading) -> str | None:
    locale = find_locale(reading.memory.places, reading.memory.dateline)
    return f"{locale.preposition} {locale.words}" if locale is not None else None


def _find_place(doc: Doc, told: Token) -> str | None:
    """Return “in Olden” or “on Interstate 74”, where an event is told to have been.

    The nearest that hangs on it or on its clause, else the first behind it in its sentence.
    """
    after = doc[told.i : told.sent.end] if _is_main(told) else ()
    behind = (t for t in after if t.dep_ == "prep" and _is_main(t))
    struck = _find_struck(told)
    if struck is not None:
        return f"in {struck.text}"
    places = (_read_place(doc, each) for each in chain(_iter_prepositions(told), behind))
    return next((place for place in places if place is not None), None)


def _is_main(token: Token) -> bool:
    """Return True for what the main clause of a sentence tells, or what is said in it."""
    around = (token, *token.ancestors)
    return not (_is_aside(token) or any(each.dep_ == "advcl" for each in around))


def _is_aside(token: Token) -> bool:
    """Return True for what only tells more of a noun, or is said in a clause within another."""
    return any(
        each.dep_ in ASIDES or (each.dep_ == "ccomp" and each.head.dep_ != "ROOT")
        for each in (token, *token.ancestors)
    )


def _find_struck(told: Token) -> Token | None:
    """Return the “Ecuador” of “an earthquake has struck Ecuador”."""
    if told.dep_ != "nsubj" or told.head.lower_ not in STRIKING:
        return None
    named = (c for c in told.head.rights if c.dep_ == "dobj" and c.ent_type_ == "GPE")
    return next((c for c in named if not any(c.lefts)), None)


def _read_place(doc: Doc, preposition: Token) -> str | None:
    """Return “in Olden, Ohio”, where a preposition has the name of a place behind it."""
    if preposition.lower_ not in PLACING:
        return None
    name = next((c for c in preposition.rights if c.dep_ == "pobj"), None)
    if name is None or not name.tag_.startswith("NNP") or name.ent_type_ in NO_PLACES:
        return None
    start, end = preposition.i + 1, name.i + 1
    while end < len(doc) and (doc[end].tag_ == "CD" or doc[end].ent_type_ in PLACES):
        end += 1
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "GPE":
        end += 2
        while end < len(doc) and doc[end].ent_type_ == "GPE" and doc[end].ent_iob_ == "I":
            end += 1
    words = doc[start:end]
    if len(words) > LONGEST_PLACE or any(t.text in '()“”"' for t in words):
        return None
    return f"{preposition.lower_} {read_text(words)}"


def _iter_prepositions(told: Token) -> Iterator[Token]:
    """Go through what hangs on an event and on the clauses around it, the nearest first."""
    at = told
    while True:
        yield from (c for c in at.rights if c.dep_ == "prep")
        yield from (c for c in at.lefts if c.dep_ == "prep")
        if at.dep_ in {"ROOT", "relcl", "ccomp", "advcl"} or at.head.i == at.i:
            return
        at = at.head
