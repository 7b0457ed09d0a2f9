"""The words that tell who says something, and how firmly: every form of them, ready to look up."""

from dataclasses import dataclass

from workflows.claims import Hedge
from workflows.extraction.lexicon import ADVERBS, IRREGULAR, NOUNS, UNSURE_VERBS, VERBS


@dataclass(frozen=True, slots=True)
class Cue:
    """`frames` and `prepositions` as the lexicon explains them."""

    hedge: Hedge
    frames: str
    prepositions: frozenset[str] = frozenset()


def inflected(verb: str) -> list[str]:
    """The forms of a verb, itself first."""
    if verb in IRREGULAR:
        return [verb, *IRREGULAR[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [verb, third, verb + "ed", verb + "ing"]


def _verbs() -> dict[str, Cue]:
    """Every form of every verb of saying; later lines add frames to earlier ones."""
    known: dict[str, Cue] = {}
    for line in VERBS.strip().splitlines():
        hedge, frame, *verbs = line.split()
        for entry in verbs:
            name, _, own = entry.partition(":")
            frames, _, preposition = frame.partition(":")
            for form in inflected(name.partition("_")[0]):
                known[form] = _joined(known.get(form), Hedge(hedge), own or frames, preposition)
    return known


def _joined(cue: Cue | None, hedge: Hedge, frames: str, preposition: str) -> Cue:
    extra = frozenset({preposition} if preposition else ())
    if cue is None:
        return Cue(hedge, frames, extra)
    merged = "".join(sorted({*cue.frames, *frames}))
    return Cue(cue.hedge, merged, cue.prepositions | extra)


def _words(table: str) -> dict[str, Hedge]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: Hedge(hedge) for hedge, *words in rows for word in words}


def _plurals(nouns: dict[str, Hedge]) -> dict[str, Hedge]:
    plural = {
        (noun[:-1] + "ies" if noun.endswith("y") else noun + "s"): hedge
        for noun, hedge in nouns.items()
    }
    return {**nouns, **plural}


VERB_FORMS = _verbs()
NOUN_FORMS = _plurals(_words(NOUNS))
ADVERB_FORMS = _words(ADVERBS)
UNSURE_FORMS = frozenset(form for verb in UNSURE_VERBS for form in inflected(verb))
