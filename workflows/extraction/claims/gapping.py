"""Halves without a verb of their own: "Men retire at 57, women at 65"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.claims.holders import (
    AMOUNT,
    NOUNS,
    PHRASE,
    Found,
    Parts,
    find_verb_start,
    make_statement,
)
from workflows.extraction.claims.statement import Statement
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject, is_finite


def find_gaps(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Men retire at 57, women at 65”: the verb of the first half holds for the second."""
    for holder in known:
        verb, subject = holder.root, find_subject(holder.root)
        if subject is None or not is_finite(verb) or holder.parts:
            continue
        first = _find_first_gap(doc, verb, subject, inside)
        if first is None:
            continue
        segments = list(_split_gaps(doc, first, inside))
        told = [_fill_gap(doc, holder, subject, segment) for segment in segments]
        if all(parts is not None for parts in told):
            for segment, parts in zip(segments, told, strict=True):
                if parts is not None:
                    start = segment.start - 1
                    if doc[start].tag_ == "CC" and doc[start - 1].text == ",":
                        start -= 1
                    gap = TokenSpan(start, segment.end)
                    yield make_statement(holder, segment, parts), gap


def _find_first_gap(doc: Doc, verb: Token, subject: Token, inside: TokenSpan) -> int | None:
    """Return the first comma behind a verb and its figure, from which no verb follows."""
    last = next((t.i for t in doc[verb.i + 1 : inside.end] if t.tag_ in FINITE), inside.end)
    if last != inside.end:
        return None
    for token in doc[verb.i + 1 : inside.end]:
        joins = token.lower_ == "and" and token.i + 1 < inside.end and doc[token.i + 1].tag_ == "CD"
        opens = token.text in {",", ";"} or joins
        counted = any(t.tag_ == "CD" for t in doc[verb.i : token.i]) or _find_count(subject)
        if opens and counted:
            return token.i
    return None


def _find_count(subject: Token) -> Token | None:
    """Return the number of "93 people"."""
    return next((c for c in subject.lefts if c.tag_ == "CD" and c.dep_ == "nummod"), None)


def _split_gaps(doc: Doc, comma: int, inside: TokenSpan) -> Iterator[TokenSpan]:
    """Yield what stands between the commas and the "and" behind a clause."""
    start = comma + 1
    for token in doc[start : inside.end]:
        if token.text in {",", ";"} or token.tag_ == "CC":
            if start < token.i:
                yield TokenSpan(start, token.i)
            start = token.i + 1
    span = trim_span(doc, start, inside.end)
    if span is not None:
        yield span


def _fill_gap(doc: Doc, holder: Statement, subject: Token, segment: TokenSpan) -> Parts | None:
    """“Women at 65”, “France 12”: with the verb, and the noun of the first half."""
    tokens = doc[segment.start : segment.end]
    first = next((t for t in tokens if t.tag_ in AMOUNT or t.tag_ == "IN"), None)
    if first is None:
        return None
    if first.i == segment.start:
        return _fill_second(doc, holder, subject, segment) if first.tag_ in AMOUNT else None
    named = doc[segment.start : first.i]
    if any(t.tag_ not in PHRASE or t.ent_type_ == "DATE" for t in named):
        return None
    if not any(t.tag_ in NOUNS for t in named):
        return None
    rest = TokenSpan(first.i, segment.end)
    fill = _fill_from_preposition if first.tag_ == "IN" else _fill_from_count
    told = fill(doc, holder.root, find_verb_start(holder.root, subject), rest)
    return None if told is None else (TokenSpan(segment.start, first.i), *told)


def _fill_from_preposition(doc: Doc, verb: Token, start: int, rest: TokenSpan) -> Parts | None:
    """“… at 65”, behind "retire at 57"."""
    preposition = doc[rest.start]
    if rest.length < 2 or doc[rest.start + 1].tag_ not in AMOUNT:  # noqa: PLR2004  # "at 65"
        return None
    behind = doc[verb.i + 1 : rest.start]
    same = (t for t in behind if t.lower_ == preposition.lower_ and t.nbor().tag_ in AMOUNT)
    first = next(same, None)
    return None if first is None else (TokenSpan(start, first.i), rest)


def _fill_from_count(doc: Doc, verb: Token, start: int, rest: TokenSpan) -> Parts | None:
    """“… 12”, behind "sent 40 tanks"."""
    if any(t.tag_ not in AMOUNT | NOUNS for t in doc[rest.start : rest.end]):
        return None
    behind = doc[verb.i + 1 : rest.start]
    counted = next((t for t in behind if t.tag_ == "CD" and t.dep_ == "nummod"), None)
    if counted is None or counted.head.dep_ not in {"dobj", "attr"}:
        return None
    bare = doc[rest.end - 1].tag_ not in NOUNS
    noun = (TokenSpan(counted.head.i, counted.head.i + 1),) if bare else ()
    return (TokenSpan(start, counted.left_edge.i), rest, *noun)


def _fill_second(doc: Doc, holder: Statement, subject: Token, segment: TokenSpan) -> Parts | None:
    """“Lost 40 jobs in 2022 and 60 in 2023”: the same subject, verb and noun once more."""
    verb = holder.root
    if (counted := _find_count(subject)) is not None:
        return _fill_subject(doc, verb, subject, counted, segment)
    behind = doc[verb.i + 1 : segment.start - 1]
    count = next((t for t in behind if t.tag_ in AMOUNT), None)
    place = next((t for t in doc[segment.start : segment.end] if t.tag_ == "IN"), None)
    if count is None or place is None or count.i == segment.start:
        return None
    same = next((t for t in behind if t.lower_ == place.lower_ and t.i > count.i), None)
    if same is None:
        return None
    amount = doc[segment.start : place.i]
    percent = any(t.lower_ in {"percent", "%"} for t in amount)
    if any(t.tag_ not in AMOUNT | NOUNS and not t.is_punct for t in amount):
        return None
    if doc[segment.start - 1].text == "," and not percent:
        return None  # “14 people in Pell, 12 in the mill”: these may be among the 14
    bare = all(t.tag_ in AMOUNT for t in amount)
    noun = next((t for t in doc[count.i : same.i] if t.tag_ in NOUNS), None) if bare else None
    named = () if noun is None else (TokenSpan(noun.i, noun.i + 1),)
    who = holder.subject or mention_span(subject)
    start = find_verb_start(verb, doc[who.start : who.end].root)
    told = (who, TokenSpan(start, count.i), TokenSpan(segment.start, place.i), *named)
    return (*told, TokenSpan(place.i, segment.end))


def _fill_subject(
    doc: Doc, verb: Token, subject: Token, count: Token, segment: TokenSpan
) -> Parts | None:
    """“93 people died in Pell, 69 in Carrow”: 69 people died in Carrow."""
    place = next((t for t in doc[segment.start : segment.end] if t.tag_ == "IN"), None)
    if place is None or any(t.tag_ not in AMOUNT for t in doc[segment.start : place.i]):
        return None
    behind = doc[verb.i + 1 : segment.start - 1]
    same = next((t for t in behind if t.lower_ == place.lower_), None)
    if same is None or count.i > subject.i:
        return None
    amount, noun = TokenSpan(segment.start, place.i), TokenSpan(count.i + 1, same.i)
    return (amount, noun, TokenSpan(place.i, segment.end))
