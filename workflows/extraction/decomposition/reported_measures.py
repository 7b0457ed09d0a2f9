"""“Norlink reported net income of $6 million”: Norlink's net income was $6 million."""

from dataclasses import replace

from workflows.extraction.attribution.chains import SourceChain
from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.circumstances import find_opening
from workflows.extraction.decomposition.ellipsis import find_elliptic
from workflows.extraction.decomposition.holders import AMOUNT, NOUNS, PLURAL, Parts
from workflows.extraction.decomposition.measured import MEASURED
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE

REPORTING = inflect_all("report announce disclose")
RESULTS = MEASURED - word_set("number total toll population cases deaths share shares rate rates")
LONGEST = 20
"""Tokens behind a measure within which its figure stands."""
TIMES = frozenset({"DATE", "TIME"})


def find_statements(paragraph: Paragraph, voice: SourceChain) -> list[Statement]:
    """Return the measure that a source reports of itself, and what it is set beside; else none.

    The source is not told twice then, as in “Norlink reported …”, by Norlink.
    """
    link = voice.links[-1] if voice.links else None
    if link is None or link.source is None or link.head is None:
        return []
    doc, verb = paragraph.doc, paragraph.doc[link.cue.start]
    if verb.lower_ not in REPORTING or verb.tag_ not in FINITE or link.head.tag_ not in NOUNS:
        return []
    noun = next((c for c in verb.rights if c.dep_ == "dobj" and c.lower_ in RESULTS), None)
    end = min(verb.right_edge.i + 1, paragraph.get_sentence(verb.i).end)
    behind = doc[noun.i : min(end - 1, noun.i + LONGEST)] if noun is not None else ()
    of = next((t for t in behind if t.lower_ == "of" and t.nbor().tag_ in AMOUNT), None)
    if noun is None or of is None:
        return []
    rest = trim_span(doc, of.i + 1, end)
    if rest is None or any(t.tag_ in FINITE for t in doc[rest.start : rest.end]):
        return []
    joined = next((t.i for t in doc[rest.start : rest.end] if t.lower_ == "and"), rest.end)
    if any(t.lower_ in MEASURED for t in doc[joined : rest.end]):
        return []  # “net income of $6 million and earnings per share of $0.35”
    first = noun.left_edge.i + (doc[noun.left_edge.i].tag_ == "DT")
    measure = TokenSpan(first, noun.i + 1)
    between = trim_span(doc, noun.i + 1, of.i)
    timed = (between,) if between is not None else ()
    be = "were" if noun.tag_ in PLURAL else "was"
    parts: Parts = (link.source, "’s", measure, *timed, *_find_period(doc, verb, noun), be, rest)
    whole = TokenSpan(measure.start, rest.end)
    opening = find_opening(doc, verb, TokenSpan(verb.left_edge.i, whole.end))
    told = Statement(noun, whole, parts=parts, opening=opening, whole=True)
    reported, *others = find_elliptic(paragraph, whole, [told])
    return [reported, *(_cut_opening(doc, each) for each in others)]


def _cut_opening(doc: Doc, statement: Statement) -> Statement:
    """Return what a measure is set beside, “… a year earlier”, without the time of the first."""
    compared = doc[statement.words.start : statement.words.end]
    earlier = any(t.lower_ in {"earlier", "ago"} for t in compared)
    return replace(statement, opening=()) if earlier else statement


def _find_period(doc: Doc, verb: Token, noun: Token) -> tuple[TokenSpan | str, ...]:
    """Return the time told between the verb and the measure: "reported for the year …".

    Or of which it is told: "the first quarter, in which Norlink reported …".
    """
    if verb.dep_ == "relcl" and verb.head.ent_type_ in TIMES:
        return ("in", mention_span(verb.head))
    for child in verb.rights:
        span = subtree_span(child)
        if child.dep_ == "prep" and span.end <= noun.left_edge.i + 1:
            timed = any(t.ent_type_ in TIMES for t in doc[span.start : span.end])
            trimmed = trim_span(doc, span.start, span.end) if timed else None
            return () if trimmed is None else (trimmed,)
    return ()
