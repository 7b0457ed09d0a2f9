"""Stances told by an adjective: "she was confident that …", "critical of …"."""

from spacy.tokens import Span, Token

from workflows.claims import Hedge
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import find_speaker, mention_span
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import is_negated

SURE = word_set(
    """
    confident sure certain aware convinced adamant clear glad happy proud mindful conscious
    insistent satisfied surprised disappointed grateful persuaded positive unaware pleased
    delighted thrilled excited relieved sorry sad angry upset furious frustrated outraged shocked
    alarmed disturbed troubled appalled disgusted embarrassed ashamed impressed amazed astonished
    stunned baffled puzzled annoyed irked incensed dismayed saddened horrified unimpressed
    enthusiastic bullish passionate vocal candid outspoken blunt
    """
)
UNSURE = word_set(
    """
    afraid concerned worried unsure uncertain doubtful skeptical sceptical suspicious wary hopeful
    optimistic pessimistic fearful anxious nervous dubious unconvinced curious bearish leery
    apprehensive uneasy
    """
)
WILLING = word_set(
    """
    eager keen willing unwilling reluctant determined ready prepared committed hesitant inclined
    loath anxious
    """
)
TOWARDS = word_set(
    """
    critical supportive dismissive wary skeptical sceptical proud fond tired opposed committed
    disdainful respectful complimentary contemptuous mindful envious jealous open sympathetic
    hostile receptive averse resistant dedicated devoted
    """
)
HEDGES = {
    **dict.fromkeys(SURE | TOWARDS, Hedge.REPORTED),
    **dict.fromkeys(UNSURE, Hedge.SPECULATED),
    **dict.fromkeys(WILLING, Hedge.PREDICTED),
}
IN_TALK = frozenset({"i", "we", "you"})
OPEN = word_set("unclear unknown uncertain unconfirmed unverified")
POSSIBLE = "possible"
SETTLED = word_set("clear known certain confirmed")
WHETHER = frozenset({"whether", "if"})
EMPTY = frozenset({"it", "that", "this", "there", "what"})
PREPOSITIONS = frozenset({"of", "about", "by", "with", "to", "at", "over"})


def find_by_adjective(token: Token, sentence: Span) -> AttributionRelation | None:
    """The saying of an adjective after a form of "to be", if it is one of ours."""
    word = token.lower_
    if word == POSSIBLE:
        return _find_possible(token, sentence)
    hedge = HEDGES.get(word)
    opened = find_left_open(token, sentence) if word in OPEN or word in SETTLED else None
    if hedge is None or opened is not None:
        return opened
    head = _find_holder(token)
    if head is None or head.lower_ in IN_TALK | EMPTY:
        return None
    said = _find_content(token, sentence)
    source = mention_span(head, token)
    if said is None or source.overlaps(said):
        return None
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
    start = next(t.i for t in clause.lefts if t.lower_ in WHETHER) + 1
    said = trim_span(token.doc, start, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 1)
    return AttributionRelation(CueType.ADVERB, cue, None, said, Hedge.UNCONFIRMED)


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
    """Whether it is somebody who has not confirmed it, and so a source."""
    return child.dep_ == "nsubj" and child.lower_ not in EMPTY


def _is_question(clause: Token) -> bool:
    return clause.dep_ in {"ccomp", "advcl", "csubj"} and any(
        t.lower_ in WHETHER for t in clause.lefts
    )


def _find_holder(adjective: Token) -> Token | None:
    """Who is so: the subject of the verb it stands with, or its own where it is a participle."""
    if adjective.dep_ == "acomp":
        return find_speaker(adjective.head)
    if adjective.tag_ == "VBN":
        return next((c for c in adjective.lefts if c.dep_ == "nsubjpass"), None)
    return None


def _find_content(adjective: Token, sentence: Span) -> TokenSpan | None:
    doc = adjective.doc
    for child in adjective.rights:
        end = min(child.right_edge.i + 1, sentence.end)
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and adjective.lower_ in WILLING):
            return trim_span(doc, max(child.left_edge.i, adjective.i + 1), end)
        if child.dep_ == "prep" and child.lower_ in PREPOSITIONS:
            return trim_span(doc, child.i + 1, end)
    return None
