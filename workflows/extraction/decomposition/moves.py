"""What is told of a measure behind its figure: "Revenue was 3.26 billion, up 5 percent"."""

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    Found,
    Parts,
    find_holder,
    is_list_comma,
    make_statement,
    skip_comma,
)
from workflows.extraction.decomposition.measured import find_measure, is_several
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject
from workflows.extraction.text.verb_forms import form_past

FEWEST = 4
"""Tokens of "down from 480 in 2011" at least."""
FARTHEST = 40
"""Tokens looked ahead for the end of what is told."""
MOVES = frozenset({"up", "down"})
BE = word_set("was were is are")
SET_BESIDE = word_set("ahead above below under short over")
BEATING = word_set("beating topping exceeding missing surpassing trailing")
"""What a measure does beside what was expected of it."""
EXPECTED = word_set(
    "expectations expectation forecasts forecast estimates estimate consensus target targets"
)
CAUSED = word_set(
    """
    driven helped hurt supported boosted lifted fuelled fueled buoyed dragged led aided offset hit
    underpinned spurred propelled weighed
    """
)
HOW = word_set("well just slightly far comfortably only mainly largely partly primarily")
"""What may stand between the comma and the word by which it is known."""
BY_NOUN = {"pace": "at", "rate": "at", "quarter": "for", "month": "for", "year": "for"}
"""How a verb is joined to “the fastest pace in three years”, “the sixth quarter in a row”."""
STATED = word_set("level low high")
"""“Its lowest level since 2008”: a measure is at it."""
PICKING = frozenset({"JJS", "RBS"})
ORDINALS = word_set(
    "second third fourth fifth sixth seventh eighth ninth tenth straight consecutive"
)
SIGNS = MOVES | SET_BESIDE | BEATING | CAUSED | {*BY_NOUN} | STATED
"""Words of which one stands wherever something is told so."""


def find_moves(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Revenue was 3.26 billion, up 5 percent from 3.1”: it was up 5 percent from 3.1."""
    told_to = taken_to = inside.start
    measure: Parts | None = None
    for token in doc[inside.start + 2 : inside.end - 1]:
        joined = token.lower_ == "and" and told_to == token.i
        if token.text not in BEFORE_RESULT and not joined:
            continue
        sign = _find_sign(doc, token.i + 1)
        end = _find_end(doc, token.i + 1, inside)
        words = trim_span(doc, token.i + 1, end) if sign is not None and end else None
        if sign is None or words is None or not _is_told(doc, sign, words):
            continue
        holder = find_holder(known, token.i - 1)
        if holder is None or not holder.words.has(token.i):
            continue
        measure = measure if token.i <= told_to else _find_measure(holder, token.i)
        parts = (
            _word_tail(doc, holder, measure, sign, words)
            if measure is not None
            else _word_former(doc, holder, words)
        )
        if parts is not None:
            start, told_to = max(token.i, taken_to), words.end
            taken_to = skip_comma(doc, words.end, holder.words.end)
            yield make_statement(holder, words, parts), TokenSpan(start, taken_to)


def _find_sign(doc: Doc, start: int) -> Token | None:
    """Return the word by which one knows what stands behind a comma: “well above”."""
    return next((t for t in doc[start : start + 2] if t.lower_ not in HOW), None)


def _find_measure(holder: Statement, before: int) -> Parts | None:
    """Return the measure of a clause, also of one that is worded already."""
    if holder.parts[-2:-1] and holder.parts[-2] in BE:
        return holder.parts[:-2]
    return find_measure(holder, before)


def _find_end(doc: Doc, start: int, inside: TokenSpan) -> int | None:
    """Return the end of what is told behind a comma; None if it is no phrase but a clause."""
    relative = False
    for token in doc[start : min(inside.end, start + FARTHEST)]:
        relative = relative or token.tag_ in {"WDT", "WP"}
        if token.text in {";", ":", "—", "–", "--", "(", ")"}:
            return token.i
        if token.text == "," and not is_list_comma(token, inside):
            return token.i
        if token.lower_ == "and" and token.i > start:
            sign = _find_sign(doc, token.i + 1)
            if sign is not None and sign.lower_ in SIGNS - {*BY_NOUN} - STATED:
                return token.i
        if token.tag_ in FINITE and not relative:
            return None
    return inside.end


def _is_told(doc: Doc, sign: Token, words: TokenSpan) -> bool:
    """Return True if what stands behind a comma is told of a measure."""
    told, word = doc[slice(*words)], sign.lower_
    following = doc[sign.i + 1] if sign.i + 1 < words.end else sign
    if any(t.lower_ == "or" for t in told):
        return False
    counted = any(t.tag_ == "CD" for t in told)
    if word in MOVES:
        near = {"from", "by", "about", "almost"}
        return counted and (following.tag_ in AMOUNT or following.lower_ in near)
    if word in SET_BESIDE | BEATING:
        return counted or any(t.lower_ in EXPECTED for t in told)
    if word in CAUSED:
        return any(t.lower_ == "by" for t in told[1:4])
    return _find_record(doc, words) is not None


def _find_record(doc: Doc, words: TokenSpan) -> Token | None:
    """Return the noun of “the fastest pace in three years”, “its lowest level since 2008”."""
    first = doc[words.start]
    if first.lower_ not in {"the", "its", "their", "a"}:
        return None
    noun = next((t for t in doc[words.start + 1 : words.end] if t.tag_ == "NN"), None)
    if noun is None or noun.lower_ not in STATED | {*BY_NOUN}:
        return None
    before = doc[words.start : noun.i]
    picked = any(t.tag_ in PICKING or t.lower_ in ORDINALS for t in before)
    return noun if picked else None


def _word_tail(
    doc: Doc, holder: Statement, measure: Parts, sign: Token, words: TokenSpan
) -> Parts | None:
    verb = holder.root
    present = verb.tag_ in {"VBZ", "VBP"}
    be = {True: ("is", "are"), False: ("was", "were")}[present][is_several(doc, measure)]
    if holder.parts:
        be = str(holder.parts[-2])
    if sign.lower_ in BEATING:
        return (*measure, form_past(sign.lower_), TokenSpan(sign.i + 1, words.end))
    noun = _find_record(doc, words)
    if noun is None:
        return (*measure, be, words)
    if noun.lower_ in STATED:
        return (*measure, f"{be} at", words)
    if verb.tag_ != "VBD" or find_subject(verb) is None:
        return None
    return (*measure, TokenSpan(verb.i, verb.i + 1), BY_NOUN[noun.lower_], words)


NOUNS_OF_MOVES = {
    "increase": "increased",
    "rise": "rose",
    "gain": "gained",
    "jump": "jumped",
    "decrease": "decreased",
    "decline": "declined",
    "drop": "dropped",
    "fall": "fell",
}


def find_changes(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Sales were $458 million, an increase of 14% from $401 million”: they increased by 14%."""
    for token in doc[inside.start + 4 : inside.end - 2]:
        told = NOUNS_OF_MOVES.get(token.lower_)
        if told is None or token.nbor().lower_ != "of" or doc[token.i + 2].tag_ not in AMOUNT:
            continue
        if doc[token.i - 1].lower_ not in {"a", "an"} or doc[token.i - 2].text != ",":
            continue
        holder, end = find_holder(known, token.i), _find_end(doc, token.i + 2, inside)
        end = _skip_other_unit(doc, end, inside) if end is not None else None
        words = trim_span(doc, token.i + 2, end) if end is not None else None
        measure = find_measure(holder, token.i - 2) if holder is not None else None
        if holder is not None and words is not None and measure is not None:
            gap = TokenSpan(token.i - 2, skip_comma(doc, words.end, holder.words.end))
            yield make_statement(holder, words, (*measure, f"{told} by", words)), gap


def _skip_other_unit(doc: Doc, end: int, inside: TokenSpan) -> int:
    """Return the end behind “…, or $1.7 million, compared with last year”."""
    if end + 2 >= inside.end or doc[end].text != "," or doc[end + 1].lower_ != "or":
        return end
    closing = next((t.i for t in doc[end + 2 : inside.end] if t.text == ","), inside.end)
    if closing + 1 < inside.end and doc[closing + 1].lower_ in {"compared", "over", "from"}:
        return _find_end(doc, closing + 1, inside) or closing
    return closing


def _word_former(doc: Doc, holder: Statement, words: TokenSpan) -> Parts | None:
    """“Has 412 staff, down from 480 in 2011”: had 480 staff in 2011."""
    verb, subject = holder.root, find_subject(holder.root)
    counted = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < words.start), None)
    figure = doc[words.start + 2] if words.length > FEWEST else None
    if (
        counted is None
        or subject is None
        or figure is None
        or doc[words.start].lower_ not in MOVES
        or doc[words.start + 1].lower_ != "from"
    ):
        return None
    told = {"has": "had", "have": "had"}.get(verb.lower_, verb.text if verb.tag_ == "VBD" else "")
    count = any(c.tag_ == "CD" for c in counted.lefts) and figure.tag_ == "CD"
    dated = any(t.ent_type_ == "DATE" for t in doc[words.start + 3 : words.end])
    if not told or not count or not dated or holder.parts or figure.nbor().tag_ != "IN":
        return None
    who = holder.subject or mention_span(subject)
    noun = TokenSpan(counted.i, counted.i + 1)
    return (who, told, TokenSpan(figure.i, figure.i + 1), noun, TokenSpan(figure.i + 1, words.end))
