"""Halves without a verb of their own: "Men retire at 57, women at 65"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    NOUNS,
    PHRASE,
    Found,
    Parts,
    find_holder,
    find_verb_start,
    make_statement,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import SHARES, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject, is_finite

CONTRASTING = frozenset({"while", "whereas", "but", "and"})
OVERALL = frozenset({"overall", "nationally", "nationwide", "altogether"})
"""“55 percent overall, and 57 percent among women”: the place of the first figure."""
SUMMING = word_set(
    """
    together combined total totaled totalled between make makes made account accounts accounted form
    forms formed comprise comprised comprises met meet meets married fought
    """
)
"""Words by which what is told of several holds of no one of them."""
FEWEST = 3
"""Tokens of “to 11 percent”."""
ONLY = frozenset({"only", "just", "about", "nearly"})


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
        joins = token.lower_ == "and" and _is_count_next(doc[token.i + 1 : inside.end])
        opens = token.text in {",", ";"} or joins
        counted = any(t.tag_ == "CD" for t in doc[verb.i : token.i]) or _find_count(subject)
        if opens and counted:
            return token.i
    return None


def _is_count_next(rest: Sequence[Token]) -> bool:
    """Return True for "… and 60 in 2023", "… and imports by 9 percent", "… and men 1,100"."""
    tags = [t.tag_ for t in rest[:3]]
    named = tags[:1] and tags[0] in NOUNS
    return (
        tags[:1] == ["CD"]
        or tags[:2] == ["IN", "CD"]
        or bool(named and (tags[1:2] == ["CD"] or (tags[1:2] == ["IN"] and tags[2:3] == ["CD"])))
    )


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
    segment = _drop_repeated(doc, holder.root, segment)
    tokens = doc[segment.start : segment.end]
    first = next((t for t in tokens if t.tag_ in AMOUNT or t.tag_ == "IN"), None)
    if first is None:
        return None
    led = first.i == segment.start + 1 and doc[segment.start].lower_ in {"a", "an"}
    if first.i == segment.start or led:
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


def _drop_repeated(doc: Doc, verb: Token, segment: TokenSpan) -> TokenSpan:
    """Return “11 percent in Pell” of “fell to 14 percent in Dorn and to 11 percent in Pell”."""
    count = next((t for t in doc[verb.i : segment.start] if t.tag_ in AMOUNT), None)
    repeats = count is not None and count.nbor(-1).lower_ == doc[segment.start].lower_
    if not repeats or doc[segment.start].tag_ != "IN" or segment.length <= FEWEST:
        return segment
    rest = TokenSpan(segment.start + 1, segment.end)
    return rest if doc[rest.start].tag_ in AMOUNT else segment


def _fill_from_preposition(doc: Doc, verb: Token, start: int, rest: TokenSpan) -> Parts | None:
    """“… at 65”, behind "retire at 57"."""
    preposition = doc[rest.start]
    if rest.length < 2 or doc[rest.start + 1].tag_ not in AMOUNT:  # noqa: PLR2004  # "at 65"
        return None
    behind = doc[verb.i + 1 : rest.start]
    same = (t for t in behind if t.lower_ == preposition.lower_ and t.nbor().tag_ in AMOUNT)
    first = next(same, None)
    if first is None:
        return None
    return (TokenSpan(start, first.i), rest, *_lend_base(doc, first, rest))


def _lend_base(doc: Doc, first: Token, rest: TokenSpan) -> Iterator[TokenSpan]:
    """Yield the “of voters” of “by 44 percent of voters and Roe by 41 percent”."""
    share = next((t for t in doc[first.i : first.i + FEWEST + 1] if t.lower_ in SHARES), None)
    if share is None or doc[rest.end - 1].lower_ not in SHARES:
        return
    for child in share.rights:
        if child.lower_ == "of" and child.right_edge.i < rest.start:
            yield TokenSpan(child.i, child.right_edge.i + 1)


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
    return (TokenSpan(start, counted.left_edge.i), rest, *noun, *_lend_base(doc, counted, rest))


def _fill_second(doc: Doc, holder: Statement, subject: Token, segment: TokenSpan) -> Parts | None:
    """“Lost 40 jobs in 2022 and 60 in 2023”: the same subject, verb and noun once more."""
    verb = holder.root
    if (counted := _find_count(subject)) is not None:
        return _fill_subject(doc, verb, subject, counted, segment)
    behind = doc[verb.i + 1 : segment.start - 1]
    count = next((t for t in behind if t.tag_ in AMOUNT), None)
    place = next((t for t in doc[segment.start : segment.end] if _opens_circumstance(t)), None)
    there = doc[segment.start].lower_ == "one" and any(c.dep_ == "expl" for c in verb.lefts)
    if count is None or place is None or count.i == segment.start or there:
        return None
    article = doc[segment.start].tag_ == "DT"
    dated = _is_dated(place)
    after = (t for t in behind if t.i > count.i and _opens_circumstance(t))
    alike = (t for t in after if dated or t.lower_ == place.lower_)
    same = next((t for t in alike if _is_dated(t) == dated), None)
    if same is None or (article and doc[count.i - 1].tag_ != "DT"):
        return None
    amount = doc[segment.start + article : place.i]
    percent = any(t.lower_ in {"percent", "%"} for t in amount)
    if any(t.tag_ not in AMOUNT | NOUNS and not t.is_punct and t.tag_ != "SYM" for t in amount):
        return None
    if doc[segment.start - 1].text == "," and not (percent or dated or article):
        return None  # “14 people in Pell, 12 in the mill”: these may be among the 14
    bare = all(t.tag_ in AMOUNT for t in amount)
    noun = next((t for t in doc[count.i : same.i] if t.tag_ in NOUNS), None) if bare else None
    if noun is not None and noun.dep_ == "compound" and noun.head.i < same.i:
        noun = noun.head  # “two crime scenes”
    described = noun is not None and all(t.tag_ == "JJ" for t in doc[count.i + 1 : noun.i])
    named = () if noun is None else (TokenSpan(count.i + 1 if described else noun.i, noun.i + 1),)
    who = holder.subject or mention_span(subject)
    start = find_verb_start(verb, find_root(doc[who.start : who.end]))
    told = (who, TokenSpan(start, count.i - article), TokenSpan(segment.start, place.i), *named)
    kept = _find_place_kept(doc, count, same, article=article)
    return (*told, *kept, TokenSpan(place.i, segment.end))


def _opens_circumstance(token: Token) -> bool:
    """Return True for "in" and for "last" in "last year"."""
    return token.tag_ == "IN" or (token.lower_ in {"last", "this"} and token.ent_type_ == "DATE")


def _is_dated(first: Token) -> bool:
    return first.i + 1 < len(first.doc) and first.nbor().ent_type_ == "DATE"


def _find_place_kept(doc: Doc, count: Token, same: Token, *, article: bool) -> Iterator[TokenSpan]:
    """Yield the place of the first figure, which holds for all: "40 cars in Pell in 2019, …".

    So does the rival of “a lead of 9 points over Roe on tax, a lead of 4 on crime”.
    """
    first = next((t for t in doc[count.i : same.i] if t.tag_ == "IN" and t.lower_ != "of"), None)
    if first is not None and (article or _is_dated(same)):
        yield TokenSpan(first.i, same.i)


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


def find_joined(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“62 percent of women and 48 percent of men agree”: each share does so for itself."""
    for holder in known:
        verb, subject = holder.root, find_subject(holder.root)
        if subject is None or holder.parts or holder.subject is not None or not is_finite(verb):
            continue
        first = [c for c in verb.lefts if c.dep_ == subject.dep_ and c.tag_ in NOUNS]
        joined = [noun for each in first for noun in _list_joined(each)]
        start = find_verb_start(verb, subject)
        if len(joined) < 2 or not all(map(_is_counted_apart, joined)):  # noqa: PLR2004
            continue
        said = {t.lower_ for t in doc[subject.left_edge.i : min(verb.i + 3, inside.end)]}
        if said & SUMMING or "or" in said or joined[-1].right_edge.i >= start:
            continue
        rest = TokenSpan(start, holder.words.end)
        each = [TokenSpan(noun.left_edge.i, _find_own_end(noun)) for noun in joined]
        for before, words in pairwise(each):
            yield make_statement(holder, words, (words, rest)), TokenSpan(before.end, words.end)


def _list_joined(noun: Token) -> Iterator[Token]:
    """Yield a noun and those joined to it, one by one."""
    yield noun
    for child in noun.rights:
        share = child.dep_ == "appos" and child.lower_ in SHARES
        if share or (child.dep_ == "conj" and child.tag_ in NOUNS):
            yield from _list_joined(child)


def _find_own_end(noun: Token) -> int:
    """Return where a noun ends, before those joined to it."""
    joining = (c.left_edge.i for c in noun.rights if c.dep_ in {"cc", "punct", "conj", "appos"})
    return min([noun.right_edge.i + 1, *joining])


def _is_counted_apart(noun: Token) -> bool:
    """Return True for “62 percent of women”, “two men shot by police”: told of by itself."""
    share = noun.lower_ in SHARES and any(c.lower_ in {"of", "among"} for c in noun.rights)
    counted = any(c.tag_ == "CD" for c in noun.lefts) and noun.tag_ == "NNS"
    return share or (counted and any(c.dep_ in {"acl", "relcl"} for c in noun.rights))


def find_contrasted(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Was 70 percent in the north, but only 42 percent in the south”: with subject and verb."""
    for token in doc[inside.start + 3 : inside.end - 2]:
        if token.lower_ not in CONTRASTING or doc[token.i - 1].text != ",":
            continue
        holder = find_holder(known, token.i)
        segment = trim_span(doc, token.i + 1, inside.end)
        if holder is None or holder.parts or segment is None or holder.root.i > token.i:
            continue
        parts = _fill_contrast(doc, holder, segment)
        if parts is not None:
            yield make_statement(holder, segment, parts), TokenSpan(token.i - 1, segment.end)


def _fill_contrast(doc: Doc, holder: Statement, segment: TokenSpan) -> Parts | None:
    verb, subject = holder.root, find_subject(holder.root)
    words = doc[segment.start : segment.end]
    amount = next((t for t in words if t.tag_ in AMOUNT), None)
    place = next(
        (
            t
            for t in words
            if t.tag_ == "IN" and t.i + 1 < segment.end and t.nbor().tag_ not in AMOUNT
        ),
        None,
    )
    first = next((t for t in doc[verb.i + 1 : segment.start] if t.tag_ in AMOUNT), None)
    verbal = any(t.tag_ in FINITE or t.tag_ in {"VBN", "VBG"} or t.text == "," for t in words)
    if subject is None or amount is None or place is None or first is None or verbal:
        return None
    start = amount.i - (doc[amount.i - 1].lower_ in ONLY and amount.i > segment.start)
    if place.i == segment.start:
        where, told = TokenSpan(place.i, start), TokenSpan(start, segment.end)
    else:
        where, told = TokenSpan(place.i, segment.end), TokenSpan(segment.start, place.i)
        if told.start != start:
            return None
    who = holder.subject or mention_span(subject)
    own = next((c for c in subject.rights if c.lower_ == place.lower_), None)
    if own is not None and who.has(own.i):
        who = TokenSpan(who.start, own.i)
    elif not any(t.lower_ in {place.lower_, *OVERALL} for t in doc[first.i : segment.start]):
        return None
    return (who, TokenSpan(find_verb_start(verb, subject), first.i), told, where)
