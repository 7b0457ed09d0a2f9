"""Time and place of a sentence, which hold for each of its claims."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.spans import TokenSpan, subtree_span
from workflows.extraction.text.syntax import FINITE, find_subject

TIMES = frozenset({"DATE", "TIME"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
BEGINNINGS = word_set(
    """
    in on at near during since after before between over last yesterday today this earlier by until
    across throughout outside inside off around along later next overnight late early
    """
)
"""What a time or a place at the head of a sentence begins with."""
WHERE = frozenset({"in", "on", "at", "near", "off", "outside", "across", "throughout", "along"})
PLACED = word_set(
    """
    port city town village district county province region valley market station street square
    school hospital airport capital island coast north south east west border harbour harbor river
    area camp park court church prison mine factory
    """
)
CONDITIONS = word_set("if unless when once until after before")
"""What a clause that says when, or on what condition, begins with."""
INVERTED = frozenset({"should", "had", "were"})
"""So does “Should Lee win, …”."""
CLAUSES = frozenset({"advcl", "ccomp"})
PAUSES = frozenset({",", "--", "—", "–"})
SUPPOSING = frozenset({"if", "unless"})
TIMED = frozenset({"when", "once", "after"})
FORETELLING = inflect_all("expect forecast predict project anticipate foresee see")
FINDING = inflect_all("find discover conclude determine notice estimate calculate observe show see")
PERIODS = word_set("the its fiscal full all this last")
LIFE = word_set("born joined founded studied graduated married grew moved retired began started")
"""Verbs whose day is not that of what is told next."""
NEAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning
    afternoon evening night overnight midnight
    """
)
"""What a day is called in the week of its news: of one deed of a sentence, as of the next."""
EARLIER = word_set("once earlier previously formerly originally then later first already")
"""Words by which one deed of a sentence is set apart in time from the next."""
CARRIED = word_set("taken rushed flown airlifted transported hospitalized hospitalised")
"""What is done with somebody the day that he is hurt."""
NOT_SHARED = word_set("before after until by between")
"""With these a time is measured against what is told there, and not beside it."""
MARKS = frozenset({"“", '"', ";", ":", "”"})
LONGEST = 25


def find_opening(doc: Doc, root: Token, inside: TokenSpan) -> tuple[TokenSpan, ...]:
    """Return the times and places before the subject of a sentence, one by one.

    A condition, or a clause that tells when, is one: “If the dam breaks, …”.
    """
    subject = find_subject(root)
    start = inside.start + (doc[inside.start].lower_ in {"that", "and", "but"})
    if subject is None or not 0 < subject.left_edge.i - start <= LONGEST:
        return ()
    end = subject.left_edge.i
    if doc[start].lower_ in CONDITIONS | INVERTED:
        clause = next((c for c in root.lefts if c.dep_ in CLAUSES and c.left_edge.i == start), None)
        if clause is not None:
            closed = clause.right_edge.i + 2 == end and doc[end - 1].text == ","
            return (TokenSpan(start, end - 1),) if closed else ()
    end -= doc[end - 1].lower_ == "while"  # “In May, while nine men spoke, …”
    if doc[end - 1].text == ",":
        end -= 1
    as_of = doc[start].lower_ == "as" and doc[start + 1].lower_ == "of"
    if end <= start or not (doc[start].lower_ in BEGINNINGS or as_of or _is_period(doc, start)):
        return ()
    if any(t.tag_ in FINITE or t.text in MARKS for t in doc[start:end]):
        # “In 2023, Lee said, the mill …”: up to the comma.
        commas = (t.i for t in doc[start:end] if t.text == "," and not t.nbor().is_digit)
        end = next(commas, start)
        if any(t.tag_ in FINITE or t.text in MARKS for t in doc[start:end]):
            return ()
    return tuple(
        span
        for span in _split(doc, root, start, end)
        if _is_time(doc, span) or _is_place(doc, span)
    )


def lend_condition(verb: Token, statements: list[Statement]) -> list[Statement]:
    """Return what a verb of saying tells, under the condition that stands before its speaker.

    “If the dam breaks, Lee said the town will be flooded”; “When the doctors looked at smoking,
    they found that the link disappeared”. Of other verbs “when” only tells when it was said.
    """
    marks = SUPPOSING | (TIMED if verb.lower_ in FINDING else frozenset())
    clause = next(
        (c for c in verb.lefts if c.dep_ == "advcl" and c.left_edge.lower_ in marks), None
    )
    if clause is None and verb.lower_ in FORETELLING:
        period = _find_period(verb)
        return [_lend_period(each, period) if period else each for each in statements]
    if clause is None or find_subject(verb) is None:
        return statements
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    end -= verb.doc[end - 1].text in PAUSES
    if verb.doc[end].text not in PAUSES or end - start > LONGEST:
        return statements
    span = TokenSpan(start, end)
    return [_lend_opening(statement, span) for statement in statements]


def _find_period(verb: Token) -> TokenSpan | None:
    """Return the “For the quarter ending in March” before “Norlink expects its costs to rise”."""
    subject = find_subject(verb)
    for child in verb.lefts:
        span = subtree_span(child)
        if child.dep_ == "prep" and subject is not None and span.end <= subject.left_edge.i:
            tokens = verb.doc[span.start : span.end]
            period = child.lower_ in {"for", "in", "during", "by", "over"}
            if period and _is_time(verb.doc, span) and not any(t.lower_ in NEAR for t in tokens):
                end = span.end - (tokens[-1].text == ",")
                return TokenSpan(span.start, end)
    return None


def _lend_period(statement: Statement, period: TokenSpan) -> Statement:
    words = statement.root.doc[statement.words.start : statement.words.end]
    timed = any(t.ent_type_ == "DATE" for t in words)
    told = statement.words.start > period.end and not timed
    return replace(statement, opening=(period, *statement.opening)) if told else statement


def _lend_opening(statement: Statement, span: TokenSpan) -> Statement:
    words = statement.root.doc[statement.words.start : statement.words.end]
    told = statement.words.start > span.end and not any(t.lower_ in SUPPOSING for t in words)
    return replace(statement, opening=(span, *statement.opening)) if told else statement


def _is_period(doc: Doc, start: int) -> bool:
    """Return True for "For the full year"; not for "For nine years", which is how long."""
    return doc[start].lower_ == "for" and doc[start + 1].lower_ in PERIODS


def _split(doc: Doc, root: Token, start: int, end: int) -> Iterator[TokenSpan]:
    """“On 3 June, in the port of Morrow”, “In Amber county on Tuesday”: each for itself."""
    first = start
    for i in range(start + 1, end):
        token = doc[i]
        if token.text == ",":
            following = doc[i + 1].lower_ if i + 1 < end else ","
            if following in BEGINNINGS or following == ",":
                yield TokenSpan(first, i)
                first = i + 1
        elif i > first and token.dep_ == "prep" and token.head.i == root.i:
            yield TokenSpan(first, i)
            first = i
    if first < end:
        yield TokenSpan(first, end)


def _is_time(doc: Doc, span: TokenSpan) -> bool:
    return doc[span.start].lower_ == "during" or any(
        t.ent_type_ in TIMES for t in doc[span.start : span.end]
    )


def _is_place(doc: Doc, span: TokenSpan) -> bool:
    tokens = doc[span.start : span.end]
    return tokens[0].lower_ in WHERE and any(
        t.ent_type_ in PLACES or t.lower_ in PLACED for t in tokens
    )


def share_circumstances(
    doc: Doc, inside: TokenSpan, statements: list[Statement], told: set[int]
) -> list[Statement]:
    """Return the statements of a sentence, each with the time and place that hold for all of it.

    `told` are the verbs of clauses with circumstances of their own: relative ones.
    """
    first = next((s for s in statements if not s.parts and s.subject is None), None)
    if first is None:
        return statements
    opening = find_opening(doc, first.root, inside)
    shared = [
        statement if statement.root.i in told else _share(doc, statement, first, opening)
        for statement in statements
    ]
    return [_share_back(doc, each, first, statements) if each is first else each for each in shared]


def _share_back(
    doc: Doc, statement: Statement, first: Statement, statements: list[Statement]
) -> Statement:
    """“Had been killed and 21 wounded since Sunday”: the time behind the second verb is of both."""
    verb = first.root
    if any(t.ent_type_ in TIMES for t in doc[first.words.start : first.words.end]):
        return statement
    for other in (s for s in statements if s.root.head.i == verb.i and s.root.dep_ == "conj"):
        if day := _find_day_behind(doc, statement, other):
            return replace(statement, closing=day)
        helped = any(c.dep_ in {"aux", "auxpass"} for c in verb.lefts)
        own = any(c.dep_ in {"aux", "auxpass"} for c in other.root.lefts)
        joined = not any(t.text in {",", ";"} for t in doc[verb.i : other.words.start])
        if helped and not own and joined and not _is_completed(verb):
            return replace(statement, closing=tuple(_find_trailing(doc, verb, other.root)))
    return statement


def _find_day_behind(doc: Doc, first: Statement, other: Statement) -> tuple[TokenSpan, ...]:
    """Return the “on Tuesday” of “heard two experts and visited the mill on Tuesday”.

    With the place behind it: “… and wounded a nurse on Tuesday in Olden”.
    """
    verb = first.root
    alike = verb.tag_ == "VBD" == other.root.tag_ and other.subject is not None
    if not alike or first.parts or verb.lower_ in LIFE or first.opening:
        return ()
    between = doc[verb.i : other.root.i]
    told = {t.lower_ for t in doc[first.words.start : other.root.i] if t.dep_ == "advmod"}
    if not EARLIER.isdisjoint(told) or any(t.text in {",", ";"} for t in between):
        return ()
    adjuncts = [c for c in other.root.rights if c.dep_ in {"prep", "npadvmod", "advmod"}]
    day = next((s for c in adjuncts if _is_near(doc, s := subtree_span(c))), None)
    if day is None:
        return ()
    places = [s for c in adjuncts if (s := subtree_span(c)).start == day.end and _is_place(doc, s)]
    return (day, *places)


def _is_near(doc: Doc, span: TokenSpan) -> bool:
    """Return True for “on Tuesday”, “late last night”; not for “until Tuesday”."""
    tokens = doc[span.start : span.end]
    near = any(t.lower_ in NEAR for t in tokens)
    return near and span.length <= LONGEST // 5 and tokens[0].lower_ not in NOT_SHARED


def _is_completed(verb: Token) -> bool:
    return any(c.dep_ not in {"cc", "conj", "punct"} for c in verb.rights)


def _find_trailing(doc: Doc, first: Token, verb: Token) -> Iterator[TokenSpan]:
    """Yield the times behind a verb; with "screaming and crying at …" what they were done at."""
    for child in verb.rights:
        span = subtree_span(child)
        since = child.dep_ == "advcl" and child.left_edge.lower_ in {"since", "when", "after"}
        timed = child.dep_ in {"prep", "npadvmod"} and _is_time(doc, span)
        at = child.dep_ == "prep" and child.lower_ == "at" and first.tag_ == verb.tag_ == "VBG"
        if since or at or (timed and child.lower_ in BEGINNINGS):
            yield span


def _share(
    doc: Doc, statement: Statement, first: Statement, opening: tuple[TokenSpan, ...]
) -> Statement:
    if statement is first:
        return statement
    lent = tuple(
        span
        for span in opening
        if not any(stretch.overlaps(span) for stretch in statement.stretches)
        and not _has_own(doc, statement, span)
        and not (_is_time(doc, span) and _is_of_other_tense(first.root, statement))
    )
    closing = () if lent else _find_closing(doc, statement, first)
    told = doc[statement.root.i : statement.words.end + 1]
    if closing and any(a.text == "," and b.tag_ == "VBG" for a, b in pairwise(told)):
        lent, closing = closing, ()  # “On Monday, the bus caught fire, killing nine”
    if (lent, closing) == (statement.opening, statement.closing):
        return statement
    return replace(statement, opening=lent, closing=closing)


def _has_own(doc: Doc, statement: Statement, span: TokenSpan) -> bool:
    """Return True if a statement tells its own time or place."""
    if doc[span.start].lower_ in CONDITIONS and any(t.tag_ in FINITE for t in doc[slice(*span)]):
        joined = statement.root.dep_ == "conj"
        marked = any(c.dep_ == "advcl" for c in statement.root.children)
        return not joined or marked  # else it says nothing of what is told beside
    if _is_perfect(statement.root) and not _is_perfect_time(doc, span):
        return True  # “In 2008, Lee gave $750, and has spoken out since”
    own = [t for stretch in statement.stretches for t in doc[stretch.start : stretch.end]]
    timely = _is_time(doc, span) and any(t.ent_type_ in TIMES for t in own)
    placed = any(
        t.ent_type_ in PLACES and doc[max(0, t.left_edge.i - 1)].lower_ in WHERE for t in own
    )
    return timely or (_is_place(doc, span) and placed)


def _is_of_other_tense(first: Token, statement: Statement) -> bool:
    """Return True for “In 2019, the mill closed, and Roe is now mayor”."""
    root = statement.root
    if statement.parts or statement.subject is not None or find_subject(root) is None:
        return False
    tenses = _find_tense(first), _find_tense(root)
    return None not in tenses and tenses[0] != tenses[1]


def _find_tense(verb: Token) -> str | None:
    """Return the tag of the word by which a verb stands in a tense; the two presents are one."""
    helpers = (c.tag_ for c in verb.lefts if c.dep_ in {"aux", "auxpass"})
    tag = next((tag for tag in (*helpers, verb.tag_) if tag in FINITE), None)
    return "VBZ" if tag == "VBP" else tag


def _is_perfect(verb: Token) -> bool:
    """Return True for “has spoken”: of no day that is past."""
    have = any(c.lower_ in {"has", "have", "’ve", "'ve"} and c.dep_ == "aux" for c in verb.lefts)
    return have and verb.tag_ == "VBN" and verb.dep_ == "conj" and verb.head.tag_ == "VBD"


def _is_perfect_time(doc: Doc, span: TokenSpan) -> bool:
    return doc[span.start].lower_ in {"since", "over", "so"} or not _is_time(doc, span)


def _find_closing(doc: Doc, statement: Statement, first: Statement) -> tuple[TokenSpan, ...]:
    """“Shelled the port on 3 June and killed 14”: the day behind the first verb is that of both."""
    verb, other = first.root, statement.root
    beside = statement.subject is not None or other.dep_ == "advcl"
    carried = other.lower_ in CARRIED and any(c.dep_ == "auxpass" for c in verb.lefts)
    both = verb.tag_ == "VBD" == other.tag_ or (carried and other.tag_ in {"VBN", "VBD"})
    both = both and beside and not statement.parts
    if not both or verb.lower_ in LIFE or other.i < verb.i:
        return ()
    if any(t.ent_type_ in TIMES for t in doc[statement.words.start : statement.words.end]):
        return ()
    for child in verb.rights:
        span = subtree_span(child)
        if child.dep_ in {"prep", "npadvmod", "advmod"} and span.end <= statement.words.start:
            short = span.length <= LONGEST // 5
            timed = child.lower_ in BEGINNINGS - NOT_SHARED and _is_time(doc, span)
            if short and (timed or _is_near(doc, span)):
                return (span,)
    return ()
