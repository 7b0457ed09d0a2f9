"""Stances told by an adjective: "she was confident that …", "it is false that …"."""

from workflows.claims import Hedge
from workflows.extraction.attribution import noun_cues
from workflows.extraction.attribution.factuality import (
    has_negation,
    has_negative_subject,
    is_reversed,
    is_unreal,
)
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import find_speaker, mention_span
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import TRUE, UNTRUE, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import is_negated

SURE = word_set(
    """
    confident sure certain aware convinced adamant clear mindful conscious insistent satisfied
    persuaded positive enthusiastic bullish passionate
    """
)
"""No feelings: “residents were angry that the mill had closed” tells that it had."""
UNSURE = word_set(
    """
    afraid concerned worried suspicious wary hopeful optimistic pessimistic fearful anxious nervous
    curious bearish leery apprehensive uneasy
    """
)
DOUBTFUL = word_set("doubtful skeptical sceptical dubious unconvinced unpersuaded unsure uncertain")
HEDGES = {
    **dict.fromkeys(SURE, Hedge.REPORTED),
    **dict.fromkeys(UNSURE, Hedge.SPECULATED),
    **dict.fromkeys(DOUBTFUL, Hedge.UNCONFIRMED),
}
IN_TALK = frozenset({"i", "we", "you"})
DISTRUSTING = DOUBTFUL | word_set("wary suspicious leery distrustful incredulous mistrustful")
"""Who is so “of the claim that …” leaves that open, and claims nothing."""
OPEN = word_set("unclear unknown uncertain unconfirmed unverified")
POSSIBLE = "possible"
SETTLED = word_set("clear known certain confirmed")
CUES = frozenset({POSSIBLE}) | UNTRUE | TRUE | HEDGES.keys() | OPEN | SETTLED
"""Every adjective that may tell a stance."""
WHETHER = frozenset({"whether", "if"})
EMPTY = frozenset({"it", "that", "this", "there", "what"})


def find_by_adjective(token: Token, sentence: Span) -> AttributionRelation | None:
    """Return the saying of an adjective after a form of "to be", if it is one of ours."""
    word = token.lower_
    if word == POSSIBLE:
        return _find_possible(token, sentence)
    if word in UNTRUE or word in TRUE:
        return _find_untrue(token, sentence)
    hedge = HEDGES.get(word)
    opened = find_left_open(token, sentence) if word in OPEN or word in SETTLED else None
    if hedge is None or opened is not None:
        return opened
    head = _find_holder(token)
    if head is None or head.lower_ in IN_TALK | EMPTY:
        return None
    said = _find_content(token, sentence)
    source = mention_span(head, token)
    if said is None or source.overlaps(said) or not _is_held(token):
        return None
    if word in DISTRUSTING and not any(c.dep_ == "ccomp" for c in token.rights):
        hedge = Hedge.UNCONFIRMED
    return AttributionRelation(
        CueType.NOUN, TokenSpan(token.i, token.i + 1), source, said, hedge, head
    )


def find_left_open(token: Token, sentence: Span) -> AttributionRelation | None:
    """“It is unclear whether …”: the document itself leaves it open."""
    if token.lower_ in SETTLED and not is_negated(token.head):
        return None
    clause = next((c for c in (*token.rights, *token.head.rights) if _is_question(c)), None)
    if clause is None or any(_is_naming(c) for c in (*token.lefts, *token.head.lefts)):
        return None
    return _leave_open(token, clause, sentence)


def find_open_subject(token: Token, sentence: Span) -> AttributionRelation | None:
    """Find what is left open: “whether it worked is unknown”, “whether … remains to be seen”."""
    if token.dep_ not in {"csubj", "csubjpass"} or token.head.i < token.i:
        return None
    if not any(t.lower_ == "whether" for t in token.lefts):
        return None
    return _leave_open(token.head, token, sentence)


def _leave_open(cue: Token, clause: Token, sentence: Span) -> AttributionRelation | None:
    start = next(t.i for t in clause.lefts if t.lower_ in WHETHER) + 1
    said = trim_span(cue.doc, start, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    words = TokenSpan(cue.i, cue.i + 1)
    return AttributionRelation(CueType.ADVERB, words, None, said, Hedge.UNCONFIRMED)


def _find_possible(token: Token, sentence: Span) -> AttributionRelation | None:
    """“It is possible that …”: what the one who speaks does not rule out."""
    around = (*token.children, *token.head.children)
    clause = next((c for c in around if c.i > token.i and _is_that_clause(c)), None)
    subjects = [c.lower_ for c in token.head.lefts if c.dep_ in {"nsubj", "expl"}]
    negated = any(c.dep_ == "neg" for c in around)
    if token.dep_ != "acomp" or clause is None or subjects != ["it"] or negated:
        return None
    said = trim_span(token.doc, token.i + 1, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    return AttributionRelation(
        CueType.ADVERB, TokenSpan(token.i, token.i + 1), None, said, Hedge.SPECULATED
    )


def _is_that_clause(clause: Token) -> bool:
    marked = any(t.dep_ == "mark" and t.lower_ == "that" for t in clause.lefts)
    return marked and clause.dep_ in {"ccomp", "advcl", "csubj"}


def _is_naming(child: Token) -> bool:
    """Return True if it is somebody who has not confirmed it, and so a source."""
    return child.dep_ == "nsubj" and child.lower_ not in EMPTY


def _is_question(clause: Token) -> bool:
    return clause.dep_ in {"ccomp", "advcl", "csubj"} and any(
        t.lower_ in WHETHER for t in clause.lefts
    )


def _find_holder(adjective: Token) -> Token | None:
    """Find who is so: the subject of its verb, or its own where it is a participle."""
    if adjective.dep_ == "acomp":
        return find_speaker(adjective.head)
    if adjective.tag_ == "VBN":
        return next((c for c in adjective.lefts if c.dep_ == "nsubjpass"), None)
    return None


def _is_held(adjective: Token) -> bool:
    """Return True unless nobody is so, or not: “is not sure that”, “nobody was certain that”."""
    verb = adjective.head if adjective.dep_ == "acomp" else adjective
    return not (is_reversed(adjective) or has_negative_subject(verb) or is_unreal(verb))


def _find_content(adjective: Token, sentence: Span) -> TokenSpan | None:
    clause = next((c for c in adjective.rights if c.dep_ == "ccomp"), None)
    if clause is None and adjective.lower_ in DISTRUSTING:
        return _find_doubted(adjective, sentence)
    if clause is None or (adjective.lower_ not in DOUBTFUL and _is_question(clause)):
        return None
    start = max(clause.left_edge.i, adjective.i + 1)
    return trim_span(adjective.doc, start, min(clause.right_edge.i + 1, sentence.end))


def _find_doubted(adjective: Token, sentence: Span) -> TokenSpan | None:
    """Return what others tell in “was sceptical of the port's claim that two had sunk”."""
    nouns = (g for c in adjective.rights if c.dep_ == "prep" for g in c.rights if g.dep_ == "pobj")
    found = (noun_cues.find_clause(noun, sentence) for noun in nouns)
    return next((clause for clause in found if clause is not None), None)


def _find_untrue(token: Token, sentence: Span) -> AttributionRelation | None:
    """“It is a myth that …”, “it is not true that …”: the one who speaks denies it."""
    verb = token.head
    if token.dep_ not in {"acomp", "attr", "oprd"}:
        return None
    if (token.lower_ in UNTRUE) == has_negation(verb):
        return None
    subjects = [c.lower_ for c in verb.lefts if c.dep_ in {"nsubj", "expl"}]
    clause = next((c for c in (*token.rights, *verb.rights) if _is_told(c)), None)
    if subjects != ["it"] or clause is None or clause.i < token.i:
        return None
    said = trim_span(token.doc, token.i + 1, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 1)
    return AttributionRelation(CueType.ADVERB, cue, None, said, Hedge.DENIED)


def _is_told(clause: Token) -> bool:
    marked = any(t.lower_ == "that" and t.dep_ == "mark" for t in clause.lefts)
    return marked and clause.dep_ in {"ccomp", "acl", "advcl", "csubj"}
