"""Which event "the driver" had a part in: the one crash that a text tells of.

A noun that nobody told of before is read by the event it belongs to, as linguists' bridging has
it: Herbert H. Clark, Bridging (1975); the parts are those of FrameNet's frames.
"""

from collections.abc import Sequence
from dataclasses import replace

from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.entities import Antecedent
from workflows.extraction.references.frames import (
    CASE,
    EVENT_NOUNS,
    INCIDENTS,
    ROLES,
    Scene,
    find_frame,
)
from workflows.extraction.references.kinds import GENERAL
from workflows.extraction.references.locale import find_locale, may_be_town
from workflows.extraction.references.mention import Mention, MentionType
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference

BELONGING = frozenset({"seat", "side", "door"})
"""What is called after whom it is for, whoever sits there: “the passenger's seat”."""
CAUSES = frozenset({"aftermath", "cause", "motive"})
"""What any sudden event has."""
TOLD_BEHIND = frozenset({"prep", "relcl", "acl"})
STUDIES = frozenset({"experiment", "study", "trial"})
"""What has no place but its journal."""


def bridge_nouns(reading: Reading) -> None:
    """Tell of which event the bare nouns of a paragraph are parts, and which “the crash” was."""
    scenes = reading.memory.scenes
    for head, reference in reading.found.items():
        if reference.scene is not None:
            continue
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
