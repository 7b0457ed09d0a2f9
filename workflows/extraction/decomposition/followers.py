"""Who came next: "Lee won with 35 percent, followed by Roe at 25 percent and Falk at 14"."""

from collections.abc import Iterator

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    NAMES,
    PHRASE,
    Found,
    Parts,
    find_holder,
    make_statement,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject

MEASURING = frozenset({"at", "with", "on", "by"})
FOUND = frozenset({"dobj", "ccomp", "xcomp", "oprd"})
"""How the one who came first hangs on “found”: “found Lee the winner”."""
FARTHEST = 30
PERCENT = frozenset({"percent", "%"})


def find_followers(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Lee won with 35 percent, followed by Roe at 25”: Roe followed Lee at 25 percent."""
    for token in doc[inside.start + 3 : inside.end - 3]:
        by = token.i + 1 + (token.nbor().tag_ == "RB")  # “followed closely by”
        followed = token.lower_ == "followed" and doc[by].lower_ == "by"
        if not followed or doc[token.i - 1].text not in BEFORE_RESULT:
            continue
        holder = find_holder(known, token.i)
        leader = _find_leader(holder, token.i) if holder is not None else None
        if holder is None or leader is None or holder.parts:
            continue
        end = min(holder.words.end, inside.end, token.i + FARTHEST)
        placed = list(_split_placed(doc, TokenSpan(by + 1, end)))
        if not placed or placed[-1][1].end < end:
            continue
        start = token.i - 1
        for who, measure in placed:
            parts: Parts = (who, "followed", leader, measure)
            parts += tuple(_lend_percent(doc, measure, token))
            span = TokenSpan(who.start, measure.end)
            yield make_statement(holder, span, parts), TokenSpan(start, span.end)
            start = span.end


def _find_leader(holder: Statement, before: int) -> TokenSpan | None:
    """Return the one who came first: a name told of, as the subject or as whom a poll found."""
    verb, subject = holder.root, find_subject(holder.root)
    objects = [c for c in verb.children if c.i < before and c.dep_ in FOUND]
    inner = (find_subject(c) for c in objects if c.dep_ == "ccomp")
    chosen = (o for c in verb.rights if c.lower_ == "for" and c.i < before for o in c.rights)
    named = [*objects, *(c for c in inner if c is not None), *([subject] if subject else [])]
    named += chosen  # “27 percent would vote for Lee, followed by Roe with 22 percent”
    leader = next((t for t in named if t.tag_ in NAMES and t.ent_type_ != "DATE"), None)
    if leader is None and subject is not None:
        leader = subject if subject.tag_ == "PRP" or subject.ent_type_ == "PERSON" else None
    crowned = leader is not None and any(c.dep_ in {"dobj", "attr"} for c in leader.rights)
    if leader is not None and crowned:  # with “the winner” hung on the name
        named_from = min([leader.i, *(c.i for c in leader.lefts if c.dep_ == "compound")])
        return TokenSpan(named_from, leader.i + 1)
    if leader is None:
        return None
    span = mention_span(leader)
    if any(t.tag_ in FINITE for t in leader.doc[slice(*span)]):  # another of the list hung on it
        span = TokenSpan(leader.left_edge.i, leader.i + 1)
    return span


def _split_placed(doc: Doc, listed: TokenSpan) -> Iterator[tuple[TokenSpan, TokenSpan]]:
    """Yield each of "Roe at 25 percent and Falk at 14", with the measure, up to one without."""
    start = listed.start
    for end in (*(t.i for t in doc[slice(*listed)] if _parts_list(t)), listed.end):
        item = trim_span(doc, start + (doc[start].tag_ == "CC"), end) if start < end else None
        start = end + (end < listed.end and doc[end].text == ",")
        if item is None:
            continue
        at = next((t.i for t in doc[slice(*item)] if t.lower_ in MEASURING), None)
        if at is None or at == item.start or at + 1 >= item.end:
            return
        who, measure = TokenSpan(item.start, at), TokenSpan(at, item.end)
        named = all(t.tag_ in PHRASE or t.tag_ == "IN" for t in doc[slice(*who)])
        if not named or not _is_measure(doc, measure):
            return
        yield who, measure


def _parts_list(token: Token) -> bool:
    return token.text in {",", ";"} or token.lower_ == "and"


def _is_measure(doc: Doc, span: TokenSpan) -> bool:
    tokens = doc[slice(*span)]
    counted = any(t.tag_ in AMOUNT for t in tokens[1:3])
    return counted and not any(t.tag_ in FINITE for t in tokens)


def _lend_percent(doc: Doc, measure: TokenSpan, before: Token) -> Iterator[TokenSpan]:
    """Yield the "percent" of the first figure, which a bare one behind it shares."""
    if doc[measure.end - 1].tag_ != "CD":
        return
    told = [t for t in doc[before.sent.start : before.i] if t.lower_ in PERCENT]
    if told and told[-1].i > 0 and told[-1].nbor(-1).tag_ == "CD":
        yield TokenSpan(told[-1].i, told[-1].i + 1)
