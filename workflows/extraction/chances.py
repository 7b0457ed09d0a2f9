"""Chances weighed in the same breath: "she said no ferry had left, but there is a chance that …".

What follows "but there is a chance that" or "and it is possible that" right behind a reported
clause is said by the same speaker, though the parser hangs it beside the verb of saying.
"""

from spacy.tokens import Doc, Span, Token

from workflows.extraction.nouns import by_noun
from workflows.extraction.stances import by_adjective
from workflows.extraction.stretches import Stretch, trimmed
from workflows.extraction.wordlists import listed

CHANCES = listed(
    """
    possibility possibilities chance chances risk risks danger likelihood fear fears hope hopes
    suspicion suspicions concern concerns
    """
)
BEING = frozenset({"is", "are", "was", "were", "'s", "’s"})
CONJUNCTIONS = frozenset({"but", "and"})
LONGEST = 7
"""Tokens from "there" to the noun: "there is still a very small chance"."""


def included(said: Stretch, sentence: Span) -> Stretch:
    """What is said in a clause, with the chances weighed right behind it."""
    doc = sentence.doc
    at = said.end
    while at < sentence.end and doc[at].text == ",":
        at += 1
    verb = at + 2
    if verb >= sentence.end or doc[at].lower_ not in CONJUNCTIONS:
        return said
    weighed = _weighed(doc, at + 1)
    if weighed is None or not (by_noun(weighed, sentence) or by_adjective(weighed, sentence)):
        return said
    end = min(doc[verb].right_edge.i + 1, sentence.end)
    return trimmed(doc, said.start, max(end, said.end)) or said


def _weighed(doc: Doc, start: int) -> Token | None:
    """The noun of “there is a chance that”, the adjective of “it is possible that”."""
    opening = doc[start : start + LONGEST + 1]
    that = next((token.i for token in opening if token.lower_ == "that"), None)
    if that is None or that < start + 3 or doc[start + 1].lower_ not in BEING:
        return None
    last = doc[that - 1]
    there = doc[start].lower_ == "there" and last.lower_ in CHANCES
    possible = doc[start].lower_ == "it" and last.lower_ == "possible" and that == start + 3
    return last if there or possible else None
