"""What befalls somebody in a clause: arrested and charged, or harmed and killed.

Where two men may be meant by "he" or "the man", it is the one accused who is refused bail, and not
the one who died.
"""

from collections.abc import Iterator
from enum import StrEnum

from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import inflect_all, word_set


class Fate(StrEnum):
    ACCUSED = "accused"
    HARMED = "harmed"
    DEAD = "dead"


SUSPECTED = word_set(
    """
    arrested bailed charged convicted detained extradited handcuffed imprisoned indicted jailed
    remanded sentenced tasered tased arraigned apprehended
    """
)
"""What happens to the accused, by somebody else's hand."""
ANSWERING = inflect_all("plead")
APPEARING = inflect_all("appear")
KILLED = word_set("killed murdered drowned")
HARMED = word_set("stabbed shot beaten wounded injured raped robbed assaulted attacked mugged")
DYING = inflect_all("die")
BAIL = word_set("refused denied granted released")
BE = word_set("is was are were been being be")
SUBJECT = frozenset({"nsubj", "nsubjpass"})


def find_fate(noun: Token) -> Fate | None:
    """Return what befalls whomever a noun or pronoun means, in its own clause or one hung on it."""
    own = _find_in_clause(noun)
    if own is not None:
        return own
    for clause in noun.rights:
        if clause.dep_ == "relcl":
            who = next((c for c in clause.lefts if c.dep_ in SUBJECT and c.tag_ == "WP"), None)
            found = _find_in_clause(who) if who is not None else None
            if found is not None:
                return found
        elif clause.dep_ == "acl" and clause.tag_ == "VBN":
            found = _judge_passive(clause)
            if found is not None:
                return found
    return None


def _find_in_clause(noun: Token) -> Fate | None:
    verb = noun.head
    if noun.dep_ == "nsubjpass":
        return next((f for v in _iter_joined(verb) if (f := _judge_passive(v)) is not None), None)
    if noun.dep_ == "nsubj":
        return next((f for v in _iter_joined(verb) if (f := _judge_active(v)) is not None), None)
    if noun.dep_ == "dobj" and verb.tag_.startswith("VB"):
        return _judge_passive(verb)
    return None


def _iter_joined(verb: Token) -> Iterator[Token]:
    """Go through a verb and those that it shares its subject with."""
    at: Token | None = verb
    while at is not None:
        yield at
        at = next(
            (
                c
                for c in at.rights
                if c.dep_ == "conj" and not any(g.dep_ in SUBJECT for g in c.lefts)
            ),
            None,
        )


def _judge_passive(verb: Token) -> Fate | None:
    """Return what a verb does to its object."""
    word = verb.lower_
    bailed = word in BAIL and any(t.lower_ == "bail" for t in verb.subtree)
    armed = word == "armed" and any(c.lower_ == "allegedly" for c in verb.lefts)
    tried = word == "found" and any(t.lower_ == "guilty" for t in verb.subtree)
    tried = tried or (word == "accused" and any(c.lower_ == "in" for c in verb.rights))
    if word in SUSPECTED or bailed or armed or tried:
        return Fate.ACCUSED
    if word in KILLED or (word == "pronounced" and any(c.lower_ == "dead" for c in verb.rights)):
        return Fate.DEAD
    return Fate.HARMED if word in HARMED else None


def _judge_active(verb: Token) -> Fate | None:
    """Return what a verb tells of its subject."""
    word = verb.lower_
    if word in DYING:
        return Fate.DEAD
    if word in ANSWERING and any(t.lower_ in {"guilty", "not"} for t in verb.subtree):
        return Fate.ACCUSED
    if word in APPEARING and any(t.lower_ == "court" for t in verb.subtree):
        return Fate.ACCUSED
    if any(c.lower_ == "allegedly" for c in verb.lefts):
        return Fate.ACCUSED
    told = (c for c in verb.rights if verb.lower_ in BE and c.dep_ == "acomp")
    joined = (c for first in told for c in (first, *first.conjuncts))
    return next((f for c in joined if (f := _judge_passive(c)) is not None), None)
