"""Stances told by an adjective: "she was confident that …", "critical of …"."""

from spacy.tokens import Span, Token

from workflows.claims import Hedge
from workflows.extraction.sayings import Manner, Saying
from workflows.extraction.sources import mention, speaker
from workflows.extraction.stretches import Stretch, trimmed
from workflows.extraction.wordlists import listed

SURE = listed(
    """
    confident sure certain aware convinced adamant clear glad happy proud mindful conscious
    insistent satisfied surprised disappointed grateful
    """
)
UNSURE = listed(
    """
    afraid concerned worried unsure uncertain doubtful skeptical sceptical suspicious wary hopeful
    optimistic pessimistic fearful anxious nervous dubious
    """
)
TOWARDS = listed("critical supportive dismissive wary skeptical sceptical proud fond tired")
HEDGES = {
    **dict.fromkeys(SURE | TOWARDS, Hedge.REPORTED),
    **dict.fromkeys(UNSURE, Hedge.SPECULATED),
}
IN_TALK = frozenset({"i", "we", "you"})
EMPTY = frozenset({"it", "that", "this", "there", "what"})
PREPOSITIONS = frozenset({"of", "about", "by", "with"})


def by_adjective(token: Token, sentence: Span) -> Saying | None:
    """The saying of an adjective after a form of "to be", if it is one of ours."""
    hedge = HEDGES.get(token.lower_)
    if hedge is None or token.dep_ not in {"acomp", "oprd", "ROOT", "conj"}:
        return None
    head = speaker(token.head) if token.dep_ == "acomp" else None
    if head is None or head.lower_ in IN_TALK | EMPTY:
        return None
    said = _content(token, sentence)
    source = mention(head, token)
    if said is None or source.overlaps(said):
        return None
    return Saying(Manner.NOUN, Stretch(token.i, token.i + 1), source, said, hedge, head)


def _content(adjective: Token, sentence: Span) -> Stretch | None:
    doc = adjective.doc
    for child in adjective.rights:
        end = min(child.right_edge.i + 1, sentence.end)
        if child.dep_ == "ccomp":
            return trimmed(doc, max(child.left_edge.i, adjective.i + 1), end)
        if child.dep_ == "prep" and child.lower_ in PREPOSITIONS:
            return trimmed(doc, child.i + 1, end)
    return None
