"""Clauses that the parser hangs where they can't belong, moved to the verb that they belong to.

In “police said 14 people died but later raised the toll to 16” the dead raise nothing: police do.
"""

from collections.abc import Iterable

from spacy.tokens import Token

from workflows.extraction.text.lexicon import (
    DETAILS,
    OFFERING,
    REVISING,
    TOLLS,
    VERB_FORMS,
    WITHHELD,
)
from workflows.extraction.text.syntax import find_subject, is_finite

SHORTEST = 6
"""Tokens before a verb that a clause with a relative one in it has at least."""
PERSONAL = frozenset({"he", "she"})
"""Subjects of what is said that are, as a rule, the speaker once more."""


def reattach(tokens: Iterable[Token]) -> None:
    """Move, in place, what only the speaker can have done from what is said to who says it."""
    for token in tokens:
        if token.dep_ == "ccomp" and token.tag_ == "VBD":
            _join_to_sibling(token)
        if token.dep_ != "conj" or not token.tag_.startswith("VB"):
            continue
        if _join_to_described(token):
            continue
        told = token.head
        while told.dep_ == "conj" and told.head.i < told.i:
            told = told.head
        cue = told.head
        if told.dep_ != "ccomp" or cue.i >= told.i or cue.lower_ not in VERB_FORMS:
            continue
        if find_subject(token) is None and _is_speakers(token, told):
            between = [t for t in token.head.rights if t.dep_ == "cc" and t.i < token.i]
            for moved in (*between[-1:], token):
                moved.head = cue


def _join_to_sibling(verb: Token) -> None:
    """Hang “broke” of “said Lee robbed a shop, broke into a church” on “robbed”, which has Lee."""
    cue = verb.head
    if cue.i > verb.i or cue.lower_ not in VERB_FORMS or find_subject(verb) is not None:
        return
    first = next((c for c in cue.rights if c.dep_ == "ccomp" and c.i < verb.i), None)
    if first is not None and first.tag_ == "VBD" and find_subject(first) is not None:
        verb.dep_, verb.head = "conj", first


def _join_to_described(verb: Token) -> bool:
    """Hang “were” of “found those with a job, who walked, were …” on “found”: the parser cuts it.

    Return True if it did.
    """
    if verb.i < SHORTEST or verb.nbor(-1).text != "," or find_subject(verb) is not None:
        return False
    noun = next((t for t in verb.nbor(-2).ancestors if t.dep_ == "dobj"), None)
    if noun is None or noun.head.lower_ not in VERB_FORMS or noun.head.i >= noun.i:
        return False
    clause = next((c for c in noun.rights if c.dep_ == "relcl"), None)
    if clause is None or noun.right_edge.i != verb.i - 2 or not is_finite(verb):
        return False
    noun.dep_, verb.dep_, verb.head = "nsubj", "ccomp", noun.head
    noun.head = verb
    return True


def _is_speakers(verb: Token, told: Token) -> bool:
    """Return True if a verb tells what is done with words, and its neighbour what is told."""
    word = verb.lower_
    if word in REVISING:
        return any(c.dep_ == "dobj" and c.lower_ in TOLLS for c in verb.rights)
    if word in OFFERING and any(c.dep_ == "dobj" and c.lower_ in DETAILS for c in verb.rights):
        return True
    infinitive = next((c for c in verb.rights if c.dep_ == "xcomp"), None)
    if infinitive is not None and infinitive.lower_ in WITHHELD:
        return True
    subject = find_subject(told)
    if word not in VERB_FORMS or subject is None:
        return False
    if subject.lower_ in PERSONAL:
        return any(c.dep_ in {"ccomp", "dobj", "oprd"} for c in verb.rights)
    named = subject.ent_type_ == "PERSON" or subject.tag_ == "NNP" or told.lower_ in VERB_FORMS
    return not named and any(c.dep_ == "ccomp" for c in verb.rights)
