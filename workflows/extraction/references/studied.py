"""Which study “the researchers” and “participants” are of: the one that a text is about."""

import re
from dataclasses import replace

from workflows.extraction.parse import Token
from workflows.extraction.references.entities import Antecedent
from workflows.extraction.references.mention import Mention, MentionType, Role
from workflows.extraction.references.reading import Reading
from workflows.extraction.references.resolved import ResolvedReference
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.studies import OTHER

WORKS = word_set("experiment study trial")
WRITTEN = word_set("analysis paper research")
"""What may be any, but where it acts: “the research was paid for by”."""
RESULTS = word_set("finding result")
TEAM = word_set("author investigator researcher scientist team")
OF_STUDIES = frozenset({"study", "research"})
TAKING_PART = word_set("participant volunteer")
SICK = frozenset({"patient"})
"""Those in a study where it tells of them what was: “Patients were aged 20 to 39”."""
OPENING = 2
"""The sentences in which “a new study” is the one that all of a text is about."""
PLAIN = re.compile(
    r"(?:the|an?)\s(?:[a-z0-9-]+\s)*(?:[A-Z]\w+(?:an|ese|ish|ch)\s(?:[a-z-]+\s)*)?"
    r"(?:study|trial|experiment)"
)
"""“The recent Dutch study”, which has no name."""
TOLD_BEHIND = frozenset({"prep", "relcl", "acl"})


def bridge_study(reading: Reading) -> None:
    """Tell of which study the bare nouns of a paragraph are, but where another is told of."""
    memory = reading.memory
    if memory.study is None:
        return
    if OTHER.search(reading.paragraph.text) is not None or _begins_another(reading):
        memory.elsewhere = True
        return
    if memory.elsewhere:  # “the study” may be the other one still
        memory.elsewhere = False
        return
    for head, reference in reading.found.items():
        told = _tell(reading, reference) if head not in reading.sources else None
        if told is not None:
            reading.found[head] = told


def _begins_another(reading: Reading) -> bool:
    """Return True for “a study” that is not told of at the beginning."""
    first = (m.noun in WORKS and m.form is MentionType.INDEFINITE for m in reading.mentions)
    return reading.first_sentence > OPENING and any(first)


def _tell(reading: Reading, reference: ResolvedReference) -> ResolvedReference | None:
    """Return a reference with the study it is of; None if it is of none, or its sentence tells."""
    mention, study = reference.mention, reading.memory.study
    head = reading.doc[mention.head]
    opening = reading.find_sentence(mention.head) <= OPENING
    words = _find_words(reference, head, opening=opening) if study is not None else None
    if words is None or study is None or study.told in head.sent.text:
        return None
    owns = any(t.tag_ == "POS" for t in head.doc[mention.head + 1 : mention.head + 2])
    studied = any(c.lower_ == "study" for c in head.lefts)
    known = reference.antecedent
    place = study.place
    if mention.noun in WORKS - {"study"} and place.startswith("in "):
        place = f"reported {place}"  # “the trial [reported in the Annals of Eels]”
    beside, words = not owns, words.format(place)
    if mention.noun in WORKS and known is not None:
        beside, words = reference.beside, f"{known.text} {words}"
    elif studied and mention.noun in TAKING_PART:
        beside, words = False, f"the {head.lower_} {words}"
    elif owns:
        words = f"{mention.text} {words}"
    meant = Antecedent(words, study.start, study.end, True, False, False)
    return replace(reference, antecedent=meant, beside=beside, scene=reading.memory.study_entity)


def _find_words(reference: ResolvedReference, head: Token, *, opening: bool) -> str | None:
    """Return what tells of which study something is, with a gap for that; None if none is meant."""
    mention, known = reference.mention, reference.antecedent
    own = mention.noun in WORKS and known is not None and PLAIN.fullmatch(known.text) is not None
    named = known is not None and not own and any(w[:1].isupper() for w in known.text.split())
    if mention.form is MentionType.PRONOUN or mention.predicate or mention.owned or named:
        return None
    if any(c.dep_ in TOLD_BEHIND for c in head.rights) or head.ent_type_:
        return None
    if mention.noun in TAKING_PART | SICK:
        return _tell_of_part(mention, head)
    first = opening and mention.form is MentionType.INDEFINITE and mention.noun in WORKS
    bare = mention.bare or first or (mention.noun in TEAM and mention.qualifier in OF_STUDIES)
    words: str | None = None
    if mention.noun in WORKS or (mention.noun in WRITTEN and mention.role is Role.SUBJECT):
        words = "{}"
    elif mention.noun in RESULTS and mention.plural:
        words = "of the study {}"
    elif mention.noun in TEAM:
        words = "behind the study {}"
    return words if bare else None


def _tell_of_part(mention: Mention, head: Token) -> str | None:
    """Return “in the study …” for those who took part, told of in the past."""
    study = any(c.lower_ == "study" for c in head.lefts)
    verb = next((t for t in head.ancestors if t.tag_.startswith("VB")), head)
    past = any(t.tag_ == "VBD" for t in (verb, *verb.lefts))
    if not (past or study or (mention.bare and mention.noun in TAKING_PART)):
        return None
    if mention.noun in SICK and not mention.bare and mention.words.length > 1:
        return None
    return "in the study {}"
