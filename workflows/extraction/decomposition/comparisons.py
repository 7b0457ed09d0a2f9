"""What a figure is set beside: "Sales were 3.2 billion, compared with 2.9 billion in 2018"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    NAMES,
    NOUNS,
    PLURAL,
    Found,
    Parts,
    find_holder,
    find_verb_start,
    make_statement,
)
from workflows.extraction.decomposition.measured import HAVING, MEASURED, find_measure
from workflows.extraction.decomposition.moves import BE, EXPECTED
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import SHARES, word_set
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject

COMPARING = frozenset({"compared", "compares", "versus", "against"})
JOINING = frozenset({"to", "with"})
ROUGHLY = word_set("about some just only nearly almost around roughly over under approximately")
GUESSED = word_set("probably perhaps maybe possibly")
FARTHEST = 6
"""Tokens within which “a consensus estimate of” is told to its end."""
TIMES = frozenset({"DATE", "TIME"})
PERIOD = re.compile(
    r"Q[1-4]|FY(?:\d\d)?|(?:19|20)\d\d|full|fiscal|first|second|third|fourth|quarter|half|year",
    re.IGNORECASE,
)
"""Words that tell which quarter a measure is of."""
STAYS = word_set(
    """
    was were is are stood reached hit totalled totaled came rose fell grew amounted increased
    decreased declined
    """
)


def find_comparisons(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """Yield what a figure is compared with, told of the same measure: its own time or place."""
    for token in doc[inside.start + 2 : inside.end - 2]:
        if token.lower_ not in COMPARING:
            continue
        joined = token.lower_ in {"compared", "compares"}
        if joined and token.nbor().lower_ not in JOINING:
            continue
        holder = find_holder(known, token.i)
        if holder is None or holder.root.i > token.i > holder.words.end:
            continue
        holder = _leave_opinion(holder, token)
        end = min(holder.words.end, inside.end)
        end = next((t.i for t in doc[token.i + 1 : end] if t.tag_ == "VBG"), end)
        other = trim_span(doc, token.i + 1 + joined, end)
        expected = _word_expected(doc, holder, token, other) if other is not None else None
        parts = expected
        if other is not None and expected is None and token.lower_ != "against":
            parts = _word_other(doc, holder, other)
        if other is None or parts is None:
            continue
        start = token.i - (doc[token.i - 1].lower_ == "which")
        start -= doc[start - 1].lower_ == "as"
        start -= doc[start - 1].text in BEFORE_RESULT
        yield make_statement(holder, other, parts), TokenSpan(start, end)


def _word_expected(doc: Doc, holder: Statement, comparing: Token, other: TokenSpan) -> Parts | None:
    """“… to 40 million, compared with a consensus of 38”: the consensus for it was 38."""
    of = next((t for t in doc[other.start : other.start + FARTHEST] if t.lower_ == "of"), None)
    if of is None or of.nbor(-1).lower_ not in EXPECTED or not other.has(of.i + 1):
        return None
    amount = doc[of.i + 1 : other.end]
    if amount[0].tag_ not in AMOUNT or any(t.tag_ in FINITE for t in amount):
        return None
    measure = find_measure(holder, comparing.i)
    if measure is None:
        return None
    bare = TokenSpan(other.start + (doc[other.start].tag_ == "DT"), of.i)
    article = ("the",) if bare.start != other.start or bare.length == 1 else ()
    be = _choose_be(holder, plural=of.nbor(-1).tag_ in PLURAL)
    return (*article, bare, "for", *measure, be, TokenSpan(of.i + 1, other.end))


def _leave_opinion(holder: Statement, comparing: Token) -> Statement:
    """Return what is told by “I think 900 men were killed, compared to 700”."""
    subject = find_subject(holder.root)
    told = next(
        (c for c in holder.root.rights if c.dep_ == "ccomp" and c.i < comparing.i), holder.root
    )
    if subject is None or subject.lower_ not in {"i", "we"} or find_subject(told) is None:
        return holder
    return replace(holder, root=told, words=TokenSpan(told.left_edge.i, holder.words.end))


def _word_other(doc: Doc, holder: Statement, other: TokenSpan) -> Parts | None:
    words = doc[other.start : other.end]
    if any(t.tag_ in FINITE or t.text == ";" for t in words):
        return None
    if not any(t.tag_ == "CD" and t.ent_type_ not in TIMES for t in words):
        return None
    between = doc[holder.root.i + 1 : other.start]
    if any(
        t.tag_ in FINITE and t.lower_ != "compares" and t.head is not holder.root for t in between
    ):
        return None
    of = next((t for t in words[:6] if t.lower_ == "of" and t.nbor().tag_ in AMOUNT), None)
    if of is None or doc[of.i - 1].lower_ not in MEASURED:
        of = _find_timed(words)
    if of is not None:
        noun = trim_span(doc, other.start, of.i)
        return None if noun is None else _word_named(doc, holder, noun, other)
    opened = words[1] if words[0].lower_ in ROUGHLY | GUESSED and len(words) > 1 else words[0]
    if opened.tag_ not in AMOUNT or not _is_apart(words):
        return None
    return _word_bare(doc, holder, other, opened)


def _find_timed(words: Sequence[Token]) -> Token | None:
    """Return the “of” of “a net loss for the same period in 1996 of $900”: its figure's."""
    noun = next((t for t in words[:5] if t.lower_ in MEASURED), None)
    if noun is None or noun.nbor().lower_ not in {"for", "in", "during"}:
        return None
    of = next((t for t in words[noun.i + 1 - words[0].i :] if t.lower_ == "of"), None)
    if of is None or of.nbor().tag_ not in AMOUNT:
        return None
    return of if any(t.ent_type_ in TIMES for t in noun.doc[noun.i + 1 : of.i]) else None


def _is_apart(words: Sequence[Token]) -> bool:
    """Return True if a figure has a time or place of its own: "384 million a year earlier"."""
    return any(t.ent_type_ in TIMES or t.tag_ == "IN" for t in words[1:])


def _word_named(doc: Doc, holder: Statement, noun: TokenSpan, other: TokenSpan) -> Parts:
    """“… to net sales of $215 million for 2013”: net sales were $215 million for 2013."""
    tokens = doc[noun.start : noun.end]
    measure = next((t for t in tokens if t.lower_ in MEASURED), find_root(tokens))
    plural = measure.tag_ in PLURAL
    be = _choose_be(holder, plural=plural)
    owner = tuple(_find_owner(holder, measure))
    bare = TokenSpan(noun.start + (tokens[0].tag_ == "DT"), noun.end)
    article = ("the",) if bare != noun and not owner else ()
    return (*owner, *article, bare, be, TokenSpan(noun.end + 1, other.end))


def _find_owner(holder: Statement, noun: Token) -> Iterator[TokenSpan | str]:
    """Yield whose measure it is: “Norlink’s sales were …, compared with sales of …”."""
    subject = find_subject(holder.root)
    if holder.parts[1:2] == ("’s",):
        yield from holder.parts[:2]
    if subject is None or holder.parts or any(c.dep_ == "poss" for c in noun.lefts):
        return
    if holder.root.lower_ in HAVING and subject.tag_ in NOUNS | {"PRP"}:
        yield from (mention_span(subject), "’s")
    owner = next((c for c in subject.lefts if c.dep_ == "poss"), None)
    if owner is not None and subject.lower_ in MEASURED:
        yield subtree_span(owner)


def _word_bare(doc: Doc, holder: Statement, other: TokenSpan, figure: Token) -> Parts | None:
    """“… with 31 million euros in 2018”: with the subject and verb of the figure before."""
    verb, subject = holder.root, find_subject(holder.root)
    if holder.parts:
        lead, be = holder.parts[:-2], holder.parts[-2:-1]
        untimed = [part for part in lead if isinstance(part, str) or not _is_timed(doc, part)]
        return (*untimed, *be, other) if untimed and be[0] in BE else None
    own = subject if holder.subject is None else find_root(doc[slice(*holder.subject)])
    if own is None:
        return None
    if own.lower_ in MEASURED and verb.lower_ in STAYS:
        return (*_drop_period(doc, own), _choose_be(holder, plural=own.tag_ in PLURAL), other)
    counted = next((c for c in verb.rights if c.dep_ == "dobj" and c.i < other.start), None)
    who = holder.subject or mention_span(own)
    if own.lower_ in SHARES or counted is None:
        word = _word_share if own.lower_ in SHARES else _word_counted_subject
        return word(doc, verb, own, other, figure)
    if verb.lower_ in HAVING and counted.lower_ in MEASURED and own.tag_ in NOUNS:
        named = [c.i for c in counted.lefts if c.dep_ in {"amod", "compound"}]
        noun = TokenSpan(min([counted.i, *named]), counted.i + 1)
        return (who, "’s", noun, _choose_be(holder, plural=counted.tag_ in PLURAL), other)
    return _word_count(doc, holder, (who, own), counted, other, figure)


def _word_share(
    doc: Doc, verb: Token, share: Token, other: TokenSpan, figure: Token
) -> Parts | None:
    """“9 percent of men died, compared with 5 percent of women”: 5 percent of women died."""
    noun = next((t for t in doc[figure.i : other.end] if t.lower_ in SHARES), None)
    if noun is None or noun.i + 1 >= other.end:
        return None
    end = other.start
    while doc[end - 1].lower_ in JOINING | COMPARING | {"as", ","}:
        end -= 1
    told = TokenSpan(find_verb_start(verb, share), end)
    amount, rest = TokenSpan(other.start, noun.i + 1), TokenSpan(noun.i + 1, other.end)
    if not _is_timed(doc, rest):
        return (other, told)
    spans = [subtree_span(c) for c in verb.rights if c.dep_ in {"prep", "npadvmod"}]
    timed = [span for span in spans if span.end <= end and _is_timed(doc, span)]
    of = [subtree_span(c) for c in share.rights if c.lower_ in {"of", "among"}]
    if len(timed) != 1 or timed[0].end != end or len(of) != 1:
        return None
    return (amount, *of, TokenSpan(told.start, timed[0].start), rest)


def _word_count(
    doc: Doc,
    holder: Statement,
    agent: tuple[TokenSpan, Token],
    counted: Token,
    other: TokenSpan,
    figure: Token,
) -> Parts | None:
    """“Sold 300 cars in May, compared with 210 in April”: sold 210 cars in April."""
    (who, own), verb = agent, holder.root
    count = next((c for c in counted.lefts if c.tag_ in AMOUNT), None)
    if count is None or verb.tag_ not in {"VBD", "VBN"}:
        return None
    noun = TokenSpan(counted.i, counted.i + 1)
    rival = _find_rival(doc, other, figure)
    if rival is not None:
        named = TokenSpan(rival.i + 1, other.end)
        return (named, TokenSpan(verb.i, verb.i + 1), TokenSpan(other.start, rival.i), noun)
    lead = (who, TokenSpan(find_verb_start(verb, own), count.left_edge.i))
    if doc[figure.i + 1].tag_ in NOUNS | AMOUNT:
        return (*lead, other)
    return (*lead, TokenSpan(other.start, figure.i + 1), noun, TokenSpan(figure.i + 1, other.end))


def _find_rival(doc: Doc, other: TokenSpan, figure: Token) -> Token | None:
    """Return the “for” of “compared with 16 million for Ann Lee”: she won them, and nobody else."""
    named = (t for t in doc[figure.i + 1 : other.end - 1] if t.lower_ == "for")
    rival = next(named, None)
    return rival if rival is not None and doc[rival.i + 1].tag_ in NAMES else None


def _word_counted_subject(
    doc: Doc, verb: Token, subject: Token, other: TokenSpan, figure: Token
) -> Parts | None:
    """“900 men died in Dorn last year, compared to 80,000 in Pell”: 80,000 men died in Pell."""
    count = next((c for c in subject.lefts if c.tag_ == "CD"), None)
    if count is None or subject.tag_ not in PLURAL or verb.tag_ not in {"VBD", "VBN"}:
        return None
    named = doc[figure.i + 1].tag_ in NOUNS
    noun = () if named else (TokenSpan(subject.i, subject.i + 1),)
    start = find_verb_start(verb, subject)
    completed = (c.i for c in verb.rights if c.dep_ in {"prt", "dobj"} and c.i < other.start)
    last = max([verb.i, *completed])
    first = TokenSpan(other.start, figure.i + 1 + named)
    rest = TokenSpan(first.end, other.end)
    told = (first, *noun, TokenSpan(start, last + 1), rest)
    timed = _is_timed(doc, rest)
    if timed and _is_placed(doc, rest):
        return told
    spans = (subtree_span(c) for c in verb.rights if c.dep_ in {"npadvmod", "prep"})
    lent = (span for span in spans if span.end < other.start and _is_timed(doc, span) != timed)
    return (*told[:-1], *lent, rest) if timed else (*told, *lent)


def _drop_period(doc: Doc, noun: Token) -> Iterator[TokenSpan | str]:
    """Yield a measure without its time: “net sales” of “net sales for the second quarter”.

    Or “Norlink's sales” of “Norlink's second-quarter sales”.
    """
    start = noun.left_edge.i
    period = [t.i for t in doc[start : noun.i] if PERIOD.fullmatch(t.text) is not None]
    if period and period[-1] - period[0] < FARTHEST:
        if start < period[0]:
            yield TokenSpan(start, period[0])
        start = period[-1] + 1
    for child in noun.rights:
        span = subtree_span(child)
        if child.dep_ == "prep" and _is_timed(doc, span):
            yield TokenSpan(start, span.start)
            start = span.end
    end = max(noun.i, noun.right_edge.i) + 1
    if start < end and any(t.is_alpha for t in doc[start:end]):
        yield TokenSpan(start, end)


def _is_timed(doc: Doc, span: TokenSpan) -> bool:
    return any(t.ent_type_ in TIMES for t in doc[span.start : span.end])


def _is_placed(doc: Doc, span: TokenSpan) -> bool:
    tokens = doc[slice(*span)]
    return any(t.tag_ == "IN" and t.nbor().ent_type_ not in TIMES for t in tokens[:-1])


def _choose_be(holder: Statement, *, plural: bool) -> str:
    past = holder.root.tag_ not in {"VBZ", "VBP"}
    return {True: ("was", "were"), False: ("is", "are")}[past][plural]
