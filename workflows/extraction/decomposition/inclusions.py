"""The part told beside its whole: "14 people, including three firefighters"."""

from collections.abc import Iterator, Sequence

from workflows.extraction.decomposition.holders import (
    AMOUNT,
    BEFORE_RESULT,
    FARTHEST,
    NAMES,
    NOUNS,
    PLURAL,
    Found,
    Parts,
    find_end,
    find_holder,
    lend_subject,
    make_statement,
    skip_comma,
)
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token, find_root
from workflows.extraction.text.lexicon import inflect_all, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import FINITE

ALL_IN_ONE = word_set("no none nobody neither most fewer half average")
"""Words beside a whole by which what is told of it does not hold for its parts."""
MONEY = word_set("dollars euros pounds yen rupees francs crowns rubles roubles percent points tons")
COUNTED = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj"})
ACTING = frozenset({"nsubj", "npadvmod"})
OF_THEM = frozenset({"them", "whom", "which"})
EQUATING = word_set(
    """
    is are was were be been cost costs total totals totalled totaled reach reached reaches amount
    amounted amounts stand stood stands exceed exceeded rose fell grew came come comes hit
    """
)
"""Verbs that say how much something is: its part is not that much."""
LIGHT = inflect_all("make take give hold undertake")
"""“Made several moves, including the sale of the mill”: nobody makes a sale so."""
SINGULAR = {"were": "was", "are": "is", "have": "has"}
OPEN_LIST = ("but", "not", "limited", "to")
"""What lawyers put behind “including”."""
CAUSAL = word_set("because due amid despite")
"""“Closed nine roads because of three fires, including the Mill fire”: no fire was closed."""
TOWARDS = word_set("on against for to from with by towards toward between among over")
"""“Sanctions on 40 firms, including nine banks”: banks are no sanctions."""


def _is_cause(noun: Token) -> bool:
    """Return True for the fires of “because of three fires”."""
    above = [t for t in noun.ancestors if 0 < t.i < noun.i]
    return any(not CAUSAL.isdisjoint({t.lower_, t.nbor(-1).lower_}) for t in above)


def find_including(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Killed 14 people, including three firefighters, in the valley”: the part is told as well."""
    for token in doc[inside.start + 2 : inside.end - 1]:
        if doc[token.i - 1].text not in BEFORE_RESULT:
            continue
        start = _find_part_start(doc, token)
        if start is None or start >= inside.end:
            continue
        part = trim_span(doc, start, _skip_apposition(doc, find_end(doc, start, inside), inside))
        holder = find_holder(known, token.i)
        if part is None or holder is None or _is_cause(doc[token.i - 2]):
            continue
        whole = _find_counted(doc, holder, token.i - 1) or _find_whole(doc, token)
        if whole is None or not holder.words.contains(whole) or whole.has(holder.root.i):
            continue
        gap = TokenSpan(token.i - 1, skip_comma(doc, part.end, holder.words.end))
        if _is_divisible(doc, whole, part, holder):
            parts = _word_part(doc, holder, whole, part, gap)
            yield make_statement(holder, part, parts), gap


def _skip_apposition(doc: Doc, end: int, inside: TokenSpan) -> int:
    """Return the end with what tells of the part: “including “Fox” (1988), a life of Ann Roe”."""
    rest = doc[end : inside.end]
    if [t.text for t in rest[:1]] == ["("]:
        end = next((t.i + 1 for t in rest[:6] if t.text == ")"), end)
        rest = doc[end : inside.end]
    told = [t.lower_ for t in rest[:2]] in ([",", "a"], [",", "an"])
    plain = told and not any(t.tag_ in FINITE or t.text in {",", ";"} for t in rest[1:])
    return inside.end if plain else end


def _find_part_start(doc: Doc, token: Token) -> int | None:
    """Return where the part begins behind "including", "among them", "among whom were"."""
    if token.lower_ == "including":
        start = token.i + 1
        following = tuple(t.lower_ for t in doc[start : start + len(OPEN_LIST)])
        return start + len(OPEN_LIST) if following == OPEN_LIST else start
    if token.lower_ != "among" or token.nbor().lower_ not in {"them", "whom"}:
        return None
    start = token.i + 2
    return start + (start < len(doc) and doc[start].tag_ in FINITE)


def _find_whole(doc: Doc, including: Token) -> TokenSpan | None:
    """Return the noun phrase right before the comma."""
    last = doc[including.i - 2]
    near = last.head if last.dep_ == "conj" else last
    if near.dep_ == "pobj" and near.tag_ in PLURAL and near.head.lower_ in TOWARDS:
        return trim_span(doc, near.left_edge.i, including.i - 1)
    head = including.head if including.head.i < including.i - 1 else last
    if head.tag_ not in NOUNS | {"CD"} or including.i - head.i > FARTHEST // 2:
        head = last
    for _ in range(3):  # from "million" or "in May" up to what is counted
        if head.tag_ in NOUNS | {"CD", "JJ"} and head.dep_ not in {"pobj", "compound", "nummod"}:
            break
        head = head.head if head.head.i < including.i else head
    if head.tag_ not in NOUNS | {"CD", "JJ"}:
        return None
    start = head.left_edge.i
    start += doc[start].lower_ == "about" and start > 0 and doc[start - 1].tag_ in NOUNS
    return trim_span(doc, start, including.i - 1)  # “data about 900 men”: of 900 men


def _find_counted(doc: Doc, holder: Statement, comma: int) -> TokenSpan | None:
    """The counted noun of a clause that ends in its time or place: "fined $9 million in 2023"."""
    last = doc[comma - 1]
    if last.dep_ != "pobj" or not any(t.tag_ == "IN" for t in doc[max(0, comma - 3) : comma]):
        return None
    for child in (*reversed(list(holder.root.rights)), *holder.root.lefts):
        counted = child.tag_ == "CD" or any(c.tag_ in AMOUNT for c in child.lefts)
        if child.i < comma and child.dep_ in COUNTED and counted:
            end = next(
                (c.left_edge.i for c in child.rights if c.left_edge.i > child.i), child.i + 1
            )
            return trim_span(doc, child.left_edge.i, min(end, comma))
    return None


def _is_divisible(doc: Doc, whole: TokenSpan, part: TokenSpan, holder: Statement) -> bool:
    """Return True if what is said of the whole is said of the part, and the part can be checked."""
    told = doc[part.start : part.end]
    words = doc[whole.start : whole.end]
    named = any(t.tag_ in AMOUNT or t.tag_ in NAMES for t in told)
    if not named and not (told[0].tag_ in {"DT", "PRP$"} and _is_crowd(words)):
        return False
    if any(t.lower_ in ALL_IN_ONE or t.dep_ == "neg" for t in holder.root.lefts):
        return False
    noun = find_root(words)
    if noun.dep_ == "dobj" and noun.head.lower_ in LIGHT:
        return False
    if any(t.lower_ in ALL_IN_ONE or t.lower_ == "or" or t.text == "," for t in words):
        return False
    return any(t.tag_ in AMOUNT or t.tag_ in PLURAL for t in words)


def _is_crowd(words: Sequence[Token]) -> bool:
    """Return True for things one can count: "300 houses", not "3 million euros"."""
    noun = find_root(words)
    counted = any(c.tag_ == "CD" for c in noun.lefts)
    return counted and noun.tag_ == "NNS" and noun.lower_ not in MONEY


def _word_part(
    doc: Doc, holder: Statement, whole: TokenSpan, part: TokenSpan, gap: TokenSpan
) -> Parts:
    verb = holder.root
    money = any(t.tag_ in AMOUNT for t in doc[part.start : part.end])
    article = () if doc[whole.start].tag_ in {"DT", "PRP$"} else ("the",)
    if any(c.dep_ == "expl" for c in verb.lefts):
        be = "was" if verb.tag_ == "VBD" else "is"
        if not _is_single(doc, part):
            be = "were" if be == "was" else "are"
        return (part, f"{be} among", *article, whole)
    if verb.lower_ in EQUATING and money and verb.i < whole.start:
        past = verb.tag_ in {"VBD", "VBN"}
        return (*article, whole, "included" if past else "include", part)
    told = holder.parts or (*lend_subject(holder), holder.words)
    return tuple(piece for each in told for piece in _substitute(doc, each, whole, part, gap))


def _substitute(
    doc: Doc, piece: TokenSpan | str, whole: TokenSpan, part: TokenSpan, gap: TokenSpan
) -> Iterator[TokenSpan | str]:
    """Yield the part in the place of the whole."""
    if isinstance(piece, str) or not piece.contains(whole):
        yield piece
        return
    start = piece.start + (doc[piece.start].dep_ == "mark")  # “that firms, including nine banks, …”
    if start < whole.start:
        yield TokenSpan(start, whole.start)
    yield part
    if whole.end < gap.start:
        yield TokenSpan(whole.end, gap.start)
    rest = gap.end
    if piece.start == whole.start and rest < piece.end and _is_single(doc, part):
        verb = SINGULAR.get(doc[rest].lower_)
        if verb is not None:
            yield verb
            rest += 1
    if rest < piece.end:
        yield TokenSpan(rest, piece.end)


def _is_single(doc: Doc, part: TokenSpan) -> bool:
    words = doc[part.start : part.end]
    joined = any(t.tag_ == "CC" or t.tag_ in PLURAL for t in words)
    named = all(t.tag_ in NAMES for t in words)
    return not joined and (named or words[0].lower_ in {"a", "an", "one", "the"})


def find_of_them(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“14 people, three of them children”: three of the 14 people were children.

    With a verb of its own: “17 fires, 14 of which began in mills”.
    """
    for token in doc[inside.start + 2 : inside.end - 3]:
        of = token.lower_ == "of" and doc[token.i + 1].lower_ in OF_THEM
        if not of or doc[token.i - 1].tag_ not in {"CD", "DT", "JJS"}:
            continue
        comma = next((i for i in range(token.i - 1, token.i - 5, -1) if doc[i].text == ","), 0)
        holder = find_holder(known, token.i)
        if comma <= inside.start or holder is None:
            continue
        dated = _find_time_start(doc, comma)
        whole = _find_whole(doc, doc[comma + 1])
        if 0 < dated < comma and doc[dated - 1].tag_ in PLURAL:
            whole = TokenSpan(doc[dated - 1].left_edge.i, dated)
        when = (TokenSpan(dated, comma),) if dated < comma else _find_year(holder)
        start = token.i + 2
        verbal = doc[start].tag_ in FINITE
        part = trim_span(doc, start + verbal, find_end(doc, start + verbal, inside))
        if whole is None or part is None:
            continue
        again = not verbal and doc[part.start].tag_ == "IN" and _is_object(holder, whole)
        if not verbal and not again and doc[part.start].tag_ in {"IN", "VBG", "VBN", "RB"}:
            continue
        if not any(t.tag_ in AMOUNT for t in doc[whole.start : whole.end]):
            continue
        article = () if doc[whole.start].tag_ in {"DT", "PRP$"} else ("the",)
        be = "was" if doc[comma + 1].lower_ == "one" else "were"
        count = TokenSpan(comma + 1, token.i + 1)
        gap = TokenSpan(comma, skip_comma(doc, part.end, holder.words.end))
        words = TokenSpan(comma + 1, part.end)
        told = (TokenSpan(start, part.end),) if verbal else (be, part)
        done: Parts = ()
        if again:  # “seized 212 knives, 60 of them from boys”: seized 60 from boys
            done = (*lend_subject(holder), TokenSpan(holder.words.start, whole.start))
            told = (part,)
        yield make_statement(holder, words, (*done, count, *article, whole, *when, *told)), gap


def _is_object(holder: Statement, whole: TokenSpan) -> bool:
    """Return True for “212 knives” in “seized 212 knives”: what was done was done to each."""
    told = not holder.parts and holder.words.contains(whole)
    return told and any(c.dep_ == "dobj" and whole.has(c.i) for c in holder.root.rights)


def _find_year(holder: Statement) -> tuple[TokenSpan, ...]:
    """Return the “last year” of “Last year saw 19 fires, all but one of which …”."""
    times = (c for c in holder.root.lefts if c.dep_ in ACTING and c.ent_type_ == "DATE")
    year = next(times, None)
    if year is None or holder.parts:
        return ()
    return (TokenSpan(year.left_edge.i, year.right_edge.i + 1),)


def _find_time_start(doc: Doc, comma: int) -> int:
    """Return where the time before a comma begins: “19 fires last year,”; the comma if none."""
    start = comma
    while start > 0 and doc[start - 1].ent_type_ in {"DATE", "TIME"}:
        start -= 1
    return start - 1 if 0 < start < comma and doc[start - 1].tag_ == "IN" else start
