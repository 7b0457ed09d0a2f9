"""Stances told by an adjective: "she was confident that …", "critical of …"."""

from spacy.tokens import Span, Token

from workflows.claims import Hedge
from workflows.extraction.attribution.relation import Manner, Saying
from workflows.extraction.attribution.source_mention import mention, speaker
from workflows.extraction.text.lexicon import listed
from workflows.extraction.text.spans import Stretch, trimmed
from workflows.extraction.text.syntax import is_negated

SURE = listed(
    """
    confident sure certain aware convinced adamant clear glad happy proud mindful conscious
    insistent satisfied surprised disappointed grateful persuaded positive unaware pleased
    delighted thrilled excited relieved sorry sad angry upset furious frustrated outraged shocked
    alarmed disturbed troubled appalled disgusted embarrassed ashamed impressed amazed astonished
    stunned baffled puzzled annoyed irked incensed dismayed saddened horrified unimpressed
    enthusiastic bullish passionate vocal candid outspoken blunt
    """
)
UNSURE = listed(
    """
    afraid concerned worried unsure uncertain doubtful skeptical sceptical suspicious wary hopeful
    optimistic pessimistic fearful anxious nervous dubious unconvinced curious bearish leery
    apprehensive uneasy
    """
)
WILLING = listed(
    """
    eager keen willing unwilling reluctant determined ready prepared committed hesitant inclined
    loath anxious
    """
)
TOWARDS = listed(
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
OPEN = listed("unclear unknown uncertain unconfirmed unverified")
POSSIBLE = "possible"
SETTLED = listed("clear known certain confirmed")
WHETHER = frozenset({"whether", "if"})
EMPTY = frozenset({"it", "that", "this", "there", "what"})
PREPOSITIONS = frozenset({"of", "about", "by", "with", "to", "at", "over"})


def by_adjective(token: Token, sentence: Span) -> Saying | None:
    """The saying of an adjective after a form of "to be", if it is one of ours."""
    word = token.lower_
    if word == POSSIBLE:
        return _possible(token, sentence)
    hedge = HEDGES.get(word)
    opened = left_open(token, sentence) if word in OPEN or word in SETTLED else None
    if hedge is None or opened is not None:
        return opened
    head = _whose(token)
    if head is None or head.lower_ in IN_TALK | EMPTY:
        return None
    said = _content(token, sentence)
    source = mention(head, token)
    if said is None or source.overlaps(said):
        return None
    return Saying(Manner.NOUN, Stretch(token.i, token.i + 1), source, said, hedge, head)


def left_open(token: Token, sentence: Span) -> Saying | None:
    """“It is unclear whether …”: the document itself leaves it open."""
    if token.lower_ in SETTLED and not is_negated(token.head):
        return None
    clause = next((c for c in (*token.rights, *token.head.rights) if _asks(c)), None)
    if clause is None or any(_names_one(c) for c in (*token.lefts, *token.head.lefts)):
        return None
    start = next(t.i for t in clause.lefts if t.lower_ in WHETHER) + 1
    said = trimmed(token.doc, start, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    cue = Stretch(token.i, token.i + 1)
    return Saying(Manner.ADVERB, cue, None, said, Hedge.UNCONFIRMED)


def _possible(token: Token, sentence: Span) -> Saying | None:
    """“It is possible that …”: what the one who speaks does not rule out."""
    around = (*token.children, *token.head.children)
    clause = next((c for c in around if c.i > token.i and _is_that_clause(c)), None)
    subjects = [c.lower_ for c in token.head.lefts if c.dep_ in {"nsubj", "expl"}]
    negated = any(c.dep_ == "neg" for c in around)
    if token.dep_ != "acomp" or clause is None or subjects != ["it"] or negated:
        return None
    said = trimmed(token.doc, token.i + 1, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    return Saying(Manner.ADVERB, Stretch(token.i, token.i + 1), None, said, Hedge.SPECULATED)


def _is_that_clause(clause: Token) -> bool:
    marked = any(t.dep_ == "mark" and t.lower_ == "that" for t in clause.lefts)
    return marked and clause.dep_ in {"ccomp", "advcl", "csubj"}


def _names_one(child: Token) -> bool:
    """Whether it is somebody who has not confirmed it, and so a source."""
    return child.dep_ == "nsubj" and child.lower_ not in EMPTY


def _asks(clause: Token) -> bool:
    return clause.dep_ in {"ccomp", "advcl", "csubj"} and any(
        t.lower_ in WHETHER for t in clause.lefts
    )


def _whose(adjective: Token) -> Token | None:
    """Who is so: the subject of the verb it stands with, or its own where it is a participle."""
    if adjective.dep_ == "acomp":
        return speaker(adjective.head)
    if adjective.tag_ == "VBN":
        return next((c for c in adjective.lefts if c.dep_ == "nsubjpass"), None)
    return None


def _content(adjective: Token, sentence: Span) -> Stretch | None:
    doc = adjective.doc
    for child in adjective.rights:
        end = min(child.right_edge.i + 1, sentence.end)
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and adjective.lower_ in WILLING):
            return trimmed(doc, max(child.left_edge.i, adjective.i + 1), end)
        if child.dep_ == "prep" and child.lower_ in PREPOSITIONS:
            return trimmed(doc, child.i + 1, end)
    return None
