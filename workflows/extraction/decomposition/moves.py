"""How far a measure moved: "Revenue was 3.26 billion, up 5 percent from 3.1"."""

from spacy.tokens import Doc

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    PLURAL,
    Found,
    Parts,
    find_end,
    find_holder,
    make_statement,
    skip_comma,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject

MEASURED = word_set(
    """
    revenue revenues profit profits loss losses sales income earnings turnover turnout output
    production exports imports debt deficit surplus unemployment inflation growth rate rates
    price prices number total toll population membership attendance traffic investment spending
    budget expenses margin margins backlog volume volumes ebitda wages rent rents costs cost
    share shares orders deliveries visits cases deaths
    """
)
"""Nouns of what rises and falls."""
FEWEST = 4
"""Tokens of "down from 480 in 2011" at least."""
MOVES = frozenset({"up", "down"})
BE = word_set("was were is are")
STAYS = word_set(
    """
    was were is are stood reached hit totalled totaled came rose fell grew amounted increased
    decreased declined
    """
)


def find_moves(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Revenue was 3.26 billion, up 5 percent from 3.1”: it was up 5 percent from 3.1."""
    for token in doc[inside.start + 2 : inside.end - 1]:
        if token.lower_ not in MOVES or doc[token.i - 1].text not in BEFORE_RESULT:
            continue
        following = doc[token.i + 1]
        if following.tag_ not in AMOUNT and following.lower_ not in {
            "from",
            "by",
            "about",
            "almost",
        }:
            continue
        holder = find_holder(known, token.i)
        words = trim_span(doc, token.i, find_end(doc, token.i, inside))
        if holder is None or words is None or not any(t.tag_ == "CD" for t in doc[slice(*words)]):
            continue
        gap = TokenSpan(token.i - 1, skip_comma(doc, words.end, holder.words.end))
        if holder.parts[-2:-1] and holder.parts[-2] in BE:
            yield make_statement(holder, words, (*holder.parts[:-1], words)), gap
            continue
        subject = _find_mover(doc, holder, token.i - 1) if not holder.parts else None
        if subject is None:
            parts = _word_former(doc, holder, words)
            if parts is not None:
                yield make_statement(holder, words, parts), gap
            continue
        past = holder.root.tag_ in {"VBD", "VBN"}
        plural = doc[subject.start : subject.end].root.tag_ in PLURAL
        be = {True: ("was", "were"), False: ("is", "are")}[past][plural]
        yield make_statement(holder, words, (subject, be, words)), gap


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
        holder = find_holder(known, token.i)
        words = trim_span(doc, token.i + 2, find_end(doc, token.i + 2, inside))
        if holder is None or words is None or holder.parts:
            continue
        subject = _find_mover(doc, holder, token.i - 2)
        if subject is not None:
            gap = TokenSpan(token.i - 2, skip_comma(doc, words.end, holder.words.end))
            yield make_statement(holder, words, (subject, f"{told} by", words)), gap


def _word_former(doc: Doc, holder: Statement, words: TokenSpan) -> Parts | None:
    """“Has 412 staff, down from 480 in 2011”: had 480 staff in 2011."""
    verb, subject = holder.root, find_subject(holder.root)
    counted = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < words.start), None)
    figure = doc[words.start + 2] if words.length > FEWEST else None
    if (
        counted is None
        or subject is None
        or figure is None
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


def _find_mover(doc: Doc, holder: Statement, comma: int) -> TokenSpan | None:
    """Return what went up or down: the measured subject, or the measured noun before the comma."""
    subject = find_subject(holder.root)
    if subject is not None and subject.lower_ in MEASURED and holder.root.lower_ in STAYS:
        return mention_span(subject)
    if holder.subject is not None:
        head = doc[holder.subject.start : holder.subject.end].root
        if head.lower_ in MEASURED and holder.root.lower_ in STAYS:
            return holder.subject
    for token in (c for c in holder.root.rights if c.i < comma):
        if token.dep_ in {"dobj", "attr", "pobj"} and token.lower_ in MEASURED:
            return trim_span(doc, token.left_edge.i, comma)
    return None
