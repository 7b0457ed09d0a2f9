"""Where an event was: “in Olden”, “on Interstate 74”, by the clause that tells of it."""

from collections.abc import Iterator
from itertools import chain

from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.references.locale import find_locale, is_way
from workflows.extraction.references.reading import Reading
from workflows.extraction.text.lexicon import word_set

PLACING = frozenset({"at", "in", "near", "on", "outside"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
NO_PLACES = frozenset({"PERSON", "DATE", "TIME", "ORG", "NORP", "MONEY", "PERCENT", "CARDINAL"})
STRIKING = word_set(
    "struck hit rocked shook swept battered ravaged devastated flooded lashed pounded hits strikes"
)
ASIDES = frozenset({"relcl", "acl", "pcomp"})
"""Clauses that belong to a noun."""
LONGEST_PLACE = 6


def find_place(doc: Doc, told: Token) -> str | None:
    """Return “in Olden” or “on Interstate 74”, where an event is told to have been.

    The nearest that hangs on it or on its clause, else the first behind it in its sentence.
    """
    after = doc[told.i : told.sent.end] if is_main(told) else ()
    behind = (t for t in after if t.dep_ == "prep" and is_main(t))
    struck = _find_struck(told)
    if struck is not None:
        return f"in {struck.text}"
    places = (_read_place(doc, each) for each in chain(_iter_prepositions(told), behind))
    return next((place for place in places if place is not None), None)


def add_town(place: str, town: str | None) -> str:
    """Return “on Mill Street in Olden” for “on Mill Street”, of which many towns have one."""
    return f"{place} {town}" if town is not None and is_way(place) and town not in place else place


def name_locale(reading: Reading) -> str | None:
    """Return “in Olden” for the town that all of a text tells of."""
    locale = find_locale(reading.memory.places, reading.memory.dateline)
    return f"{locale.preposition} {locale.words}" if locale is not None else None


def is_main(token: Token) -> bool:
    """Return True for what the main clause of a sentence tells, or what is said in it."""
    around = (token, *token.ancestors)
    return not (is_aside(token) or any(each.dep_ == "advcl" for each in around))


def is_aside(token: Token) -> bool:
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
    if len(words) > LONGEST_PLACE or any(t.text in '()[]“”"' for t in words):
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
