"""Claims in what a sentence leaves out: "including …", "women at 65", "up 5 percent", "killing …".

Each is worded from the sentence's own words, in another order; what it adds is a helping word.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.claims.statement import Statement
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, subtree_span, trim_span
from workflows.extraction.text.syntax import FINITE, find_subject, is_finite

NAMES = frozenset({"NNP", "NNPS"})
NOUNS = NAMES | {"NN", "NNS"}
PLURAL = frozenset({"NNS", "NNPS"})
PHRASE = NOUNS | {"DT", "JJ", "JJR", "JJS", "PRP$", "POS", "PDT", "CD"}
AMOUNT = frozenset({"CD", "$"})
ALL_IN_ONE = word_set("no none nobody neither most fewer half average")
"""Words beside a whole by which what is told of it does not hold for its parts."""
MONEY = word_set("dollars euros pounds yen rupees francs crowns rubles roubles percent points tons")
COUNTED = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "pobj"})
EQUATING = word_set(
    """
    is are was were be been cost costs total totals totalled totaled reach reached reaches amount
    amounted amounts stand stood stands exceed exceeded rose fell grew came come comes hit
    """
)
"""Verbs that say how much something is: its part is not that much."""
RESULTS = {
    "killing": "killed",
    "wounding": "wounded",
    "injuring": "injured",
    "hurting": "hurt",
    "destroying": "destroyed",
    "damaging": "damaged",
    "displacing": "displaced",
    "leaving": "left",
    "forcing": "forced",
    "causing": "caused",
    "prompting": "prompted",
    "triggering": "triggered",
    "sparking": "sparked",
    "bringing": "brought",
    "raising": "raised",
    "cutting": "cut",
    "burning": "burned",
    "flooding": "flooded",
    "trapping": "trapped",
    "burying": "buried",
    "blocking": "blocked",
    "closing": "closed",
    "disrupting": "disrupted",
    "delaying": "delayed",
    "costing": "cost",
    "stranding": "stranded",
    "capturing": "captured",
    "seizing": "seized",
    "striking": "struck",
    "hitting": "hit",
    "sinking": "sank",
    "toppling": "toppled",
    "halting": "halted",
    "shutting": "shut",
    "rescuing": "rescued",
    "saving": "saved",
    "adding": "added",
    "ending": "ended",
    "sending": "sent",
    "taking": "took",
    "driving": "drove",
    "affecting": "affected",
    "infecting": "infected",
    "polluting": "polluted",
    "freeing": "freed",
    "arresting": "arrested",
    "sweeping": "swept",
    "washing": "washed",
}
"""What comes of an event, told behind it: each with its form in a tense."""
Parts = tuple[TokenSpan | str, ...]
PERSONS = word_set(
    """
    man woman boy girl driver gunman gunmen men women people soldier soldiers officer officers
    rebels militants protesters attackers fighters police workers students residents crowd
    """
)
MEASURED = word_set(
    """
    revenue revenues profit profits loss losses sales income earnings turnover turnout output
    production exports imports debt deficit surplus unemployment inflation growth rate rates price
    prices number total toll population membership attendance traffic investment spending budget
    wages rent rents costs cost share shares orders deliveries visits cases deaths
    """
)
"""Nouns of what rises and falls."""
MOVES = frozenset({"up", "down"})
STAYS = word_set("was were is are stood reached hit totalled totaled came rose fell grew amounted")
SINGULAR = {"were": "was", "are": "is", "have": "has"}
BEFORE_RESULT = frozenset({",", "—", "–"})
STATED = 4
"""Tokens of what things were left as, behind a comma: "leaving 12, including two girls, dead"."""
TOWARDS = word_set("on against for to from with by towards toward between among over")
"""“Sanctions on 40 firms, including nine banks”: banks are no sanctions."""
NEARBY = word_set("near in at outside off along across beside inside")
FARTHEST = 40
"""Tokens looked ahead for the end of a phrase."""


def find_elliptic(
    paragraph: Paragraph, inside: TokenSpan, known: list[Statement]
) -> list[Statement]:
    """The known statements of a sentence, cut free of what is elliptic, and those made of it."""
    doc = paragraph.doc
    said = set(paragraph.words[inside.start : inside.end])
    made: list[Statement] = []
    for find, signs in FINDERS:
        if not said & signs:
            continue
        cut: list[TokenSpan] = []
        fresh: list[Statement] = []
        for statement, gap in find(doc, inside, known + made):
            if not any(gap.overlaps(other) for other in cut):
                fresh.append(statement)
                cut.append(gap)
        if cut:
            known = [_cut_gaps(doc, statement, cut) for statement in known]
            made = [_cut_gaps(doc, statement, cut) for statement in made] + fresh
    return known + made


def _cut_gaps(doc: Doc, statement: Statement, gaps: list[TokenSpan]) -> Statement:
    """Return a statement without the stretches that became others'."""
    words = statement.words
    without = list(statement.without)
    for gap in sorted(gaps, reverse=True):
        if not words.overlaps(gap) or gap.has(statement.root.i) or gap.contains(words):
            continue
        if gap.end >= words.end or not any(_is_word(t) for t in doc[gap.end : words.end]):
            words = trim_span(doc, words.start, gap.start) or words
        else:
            without.append(gap)
    parts = tuple(p for part in statement.parts for p in _cut_part(doc, part, gaps))
    return replace(statement, words=words, without=tuple(without), parts=parts)


def _cut_part(doc: Doc, part: TokenSpan | str, gaps: list[TokenSpan]) -> Iterator[TokenSpan | str]:
    """Yield a part without the gaps in it."""
    if isinstance(part, str):
        yield part
        return
    start = part.start
    for gap in sorted(gaps):
        if part.start < gap.start < part.end:
            span = trim_span(doc, start, gap.start)
            if span is not None:
                yield span
            start = gap.end
    span = trim_span(doc, start, part.end) if start < part.end else None
    if span is not None:
        yield span


def _is_word(token: Token) -> bool:
    return not token.is_punct and not token.is_space


def _find_holder(known: list[Statement], index: int) -> Statement | None:
    """Return the narrowest statement in whose words a token stands, with a verb in a tense."""
    holders = [s for s in known if s.words.has(index) and (s.parts or is_finite(s.root))]
    return min(holders, key=lambda s: s.words.length, default=None)


def _find_end(doc: Doc, start: int, inside: TokenSpan) -> int:
    """Where a phrase ends: at the comma or other mark that closes it, lists read to their end."""
    end = start
    for token in doc[start : min(inside.end, start + FARTHEST)]:
        if token.text in {";", ":", "—", "–", "(", ")"} or token.tag_ in FINITE:
            break
        if token.text == "," and not _is_list_comma(token, inside):
            break
        end = token.i + 1
    return end


def _is_list_comma(comma: Token, inside: TokenSpan) -> bool:
    """Return True for the comma of "Lee, Renn and Voss", where no verb follows before the "and"."""
    if comma.nbor().lower_ == "including":
        return True
    for token in comma.doc[comma.i + 1 : min(inside.end, comma.i + 8)]:
        if token.tag_ == "CC":
            return token.i > comma.i + 1
        if token.tag_ not in PHRASE and token.text != ",":
            return False
    return False


Found = Iterator[tuple[Statement, TokenSpan]]


def _find_including(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“Killed 14 people, including three firefighters, in the valley”: the part is told as well."""
    for token in doc[inside.start + 2 : inside.end - 1]:
        if doc[token.i - 1].text not in BEFORE_RESULT:
            continue
        start = _find_part_start(doc, token)
        if start is None or start >= inside.end:
            continue
        part = trim_span(doc, start, _find_end(doc, start, inside))
        holder = _find_holder(known, token.i)
        if part is None or holder is None:
            continue
        whole = _find_counted(doc, holder, token.i - 1) or _find_whole(doc, token)
        if whole is None or not holder.words.contains(whole):
            continue
        gap = TokenSpan(token.i - 1, _skip_comma(doc, part.end, holder.words.end))
        if _is_divisible(doc, whole, part, holder):
            parts = _word_part(doc, holder, whole, part, gap)
            yield _make(holder, part, parts), gap


def _find_part_start(doc: Doc, token: Token) -> int | None:
    """Return where the part begins behind "including", "among them", "among whom were"."""
    if token.lower_ == "including":
        return token.i + 1
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
    return trim_span(doc, head.left_edge.i, including.i - 1)


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


def _skip_comma(doc: Doc, end: int, last: int) -> int:
    return end + 1 if end < last and doc[end].text in BEFORE_RESULT else end


def _is_divisible(doc: Doc, whole: TokenSpan, part: TokenSpan, holder: Statement) -> bool:
    """Return True if what is said of the whole is said of the part, and the part can be checked."""
    told = doc[part.start : part.end]
    words = doc[whole.start : whole.end]
    named = any(t.tag_ in AMOUNT or t.tag_ in NAMES for t in told)
    if not named and not (told[0].tag_ in {"DT", "PRP$"} and _is_crowd(words)):
        return False
    if any(t.lower_ in ALL_IN_ONE or t.dep_ == "neg" for t in holder.root.lefts):
        return False
    if any(t.lower_ in ALL_IN_ONE or t.lower_ == "or" or t.text == "," for t in words):
        return False
    return any(t.tag_ in AMOUNT or t.tag_ in PLURAL for t in words)


def _is_crowd(words: Span) -> bool:
    """Return True for things one can count: "300 houses", not "3 million euros"."""
    noun = words.root
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
    told = holder.parts or (*_lend(holder), holder.words)
    return tuple(piece for each in told for piece in _substitute(doc, each, whole, part, gap))


def _substitute(
    doc: Doc, piece: TokenSpan | str, whole: TokenSpan, part: TokenSpan, gap: TokenSpan
) -> Iterator[TokenSpan | str]:
    """Yield the part in the place of the whole."""
    if isinstance(piece, str) or not piece.contains(whole):
        yield piece
        return
    if piece.start < whole.start:
        yield TokenSpan(piece.start, whole.start)
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


def _lend(holder: Statement) -> Parts:
    """Return the subject and helping verb that a clause was lent."""
    subject = () if holder.subject is None else (holder.subject,)
    return (*subject, holder.lead) if holder.lead else subject


def _make(holder: Statement, words: TokenSpan, parts: Parts) -> Statement:
    scope = holder.clause
    return replace(holder, words=words, subject=None, lead="", parts=parts, scope=scope, without=())


def _find_of_them(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“14 people, three of them children”: three of the 14 people were children."""
    for token in doc[inside.start + 2 : inside.end - 3]:
        of = token.lower_ == "of" and doc[token.i + 1].lower_ in {"them", "whom"}
        if not of or doc[token.i - 1].tag_ not in {"CD", "DT", "JJS"}:
            continue
        comma = next((i for i in range(token.i - 1, token.i - 5, -1) if doc[i].text == ","), 0)
        holder = _find_holder(known, token.i)
        if comma <= inside.start or holder is None:
            continue
        whole = _find_whole(doc, doc[comma + 1])
        start = token.i + 2
        if doc[start].tag_ in FINITE:
            start += 1
        part = trim_span(doc, start, _find_end(doc, start, inside))
        if whole is None or part is None or doc[part.start].tag_ in {"IN", "VBG", "VBN", "RB"}:
            continue
        if not any(t.tag_ in AMOUNT for t in doc[whole.start : whole.end]):
            continue
        article = () if doc[whole.start].tag_ in {"DT", "PRP$"} else ("the",)
        be = "was" if doc[comma + 1].lower_ == "one" else "were"
        count = TokenSpan(comma + 1, token.i + 1)
        gap = TokenSpan(comma, _skip_comma(doc, part.end, holder.words.end))
        words = TokenSpan(comma + 1, part.end)
        yield _make(holder, words, (count, *article, whole, be, part)), gap


def _find_gaps(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
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
                    yield _make(holder, segment, parts), gap


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
    told = fill(doc, holder.root, _find_verb_start(holder.root, subject), rest)
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
    start = _find_verb_start(verb, doc[who.start : who.end].root)
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


def _find_verb_start(verb: Token, subject: Token) -> int:
    """Return where a verb begins with its helpers, behind its subject."""
    helpers = (c.i for c in verb.lefts if c.dep_ in {"aux", "auxpass", "neg"} and c.i > subject.i)
    return min([verb.i, *helpers])


def _find_results(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“A bus overturned near Olden, killing three”: the bus that overturned near Olden killed."""
    for token in doc[inside.start + 3 : inside.end - 1]:
        told = RESULTS.get(token.lower_)
        joined = doc[token.i - 1].tag_ == "CC"
        if told is None or token.tag_ != "VBG":
            continue
        comma = next((i for i in range(token.i - 1, inside.start, -1) if _opens(doc[i])), None)
        if comma is None or (not joined and comma != token.i - 1):
            continue
        holder = _find_holder(known, token.i) or _find_holder(known, comma - 1)
        event = _find_event(doc, holder, comma)
        if holder is None or event is None:
            continue
        end = _skip_place(doc, _find_result_end(doc, token, inside), inside)
        if any(t.tag_ == "VBG" and doc[t.i - 1].tag_ == "CC" for t in doc[token.i + 1 : end]):
            continue  # “and capturing two trucks”: its form in a tense is not known
        rest = trim_span(doc, token.i + 1, end)
        if rest is None or not any(t.tag_ in NOUNS | {"CD"} for t in doc[rest.start : rest.end]):
            continue
        before, behind = event
        words = TokenSpan(token.i, rest.end)
        yield _make(holder, words, (*before, told, rest, *behind)), TokenSpan(token.i - 1, end)


def _opens(token: Token) -> bool:
    following = token.nbor()
    return token.text in BEFORE_RESULT and following.lower_ in RESULTS


def _skip_place(doc: Doc, end: int, inside: TokenSpan) -> int:
    """Return the end with the place behind it: “… driving south to Olden, near the border”."""
    rest = doc[end + 1 : inside.end]
    if not len(rest) or doc[end].text != "," or rest[0].lower_ not in NEARBY:
        return end
    told = any(t.tag_ in FINITE or t.ent_type_ in {"DATE", "TIME"} or t.text == "," for t in rest)
    return end if told or doc[end - 1].tag_ not in NOUNS else inside.end


def _find_result_end(doc: Doc, verb: Token, inside: TokenSpan) -> int:
    end = _find_end(doc, verb.i + 1, inside)
    for token in doc[verb.i + 1 : end]:
        if token.tag_ == "CC" and token.i + 1 < end and doc[token.i + 1].lower_ in RESULTS:
            return token.i
    rest = doc[end + 1 : inside.end]
    stated = (
        0 < len(rest) <= STATED and doc[end].text == "," and rest[0].tag_ in {"JJ", "VBN", "VBG"}
    )
    return inside.end if stated else end


def _find_event(doc: Doc, holder: Statement | None, comma: int) -> tuple[Parts, Parts] | None:
    """Return what stands before and behind a result: its cause, with verb, time and place.

    “The bus that overturned near Olden” killed three; “Norland” killed three “in Olden on Monday”.
    """
    if holder is None or holder.lead or holder.parts:
        return None
    verb, subject = holder.root, find_subject(holder.root)
    if any(c.dep_ in {"auxpass", "neg"} for c in verb.children) or verb.i > comma:
        return None
    who = holder.subject or (mention_span(subject) if subject is not None else None)
    if who is None:
        return None
    head = doc[who.start : who.end].root
    if head.tag_ in NAMES or head.tag_ in {"PRP", "DT"} or head.ent_type_ == "PERSON":
        return (who,), tuple(_find_adjuncts(verb, comma))
    event = TokenSpan(_find_verb_start(verb, head), min(comma, holder.words.end))
    if event.start < who.end and holder.subject is None:
        return None
    told = _cut_part(doc, event, list(holder.without))
    return (who, "who" if head.lower_ in PERSONS else "that", *told), ()


def _find_adjuncts(verb: Token, before: int) -> Iterator[TokenSpan | str]:
    """Yield the time and place of a verb, behind it; what it struck is where it happened."""
    for child in verb.rights:
        if child.right_edge.i >= before:
            return
        if child.dep_ in {"prep", "npadvmod"}:
            yield subtree_span(child)
        elif child.dep_ == "dobj" and child.ent_type_ == "GPE":
            yield from ("in", subtree_span(child))


def _find_moves(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
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
        holder = _find_holder(known, token.i)
        words = trim_span(doc, token.i, _find_end(doc, token.i, inside))
        if holder is None or words is None or holder.parts:
            continue
        subject = _find_mover(doc, holder, token.i - 1)
        if subject is None or not any(t.tag_ == "CD" for t in doc[words.start : words.end]):
            continue
        past = holder.root.tag_ in {"VBD", "VBN"}
        plural = doc[subject.start : subject.end].root.tag_ in PLURAL
        be = {True: ("was", "were"), False: ("is", "are")}[past][plural]
        gap = TokenSpan(token.i - 1, _skip_comma(doc, words.end, holder.words.end))
        yield _make(holder, words, (subject, be, words)), gap


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


def _find_listed(doc: Doc, inside: TokenSpan, known: list[Statement]) -> Found:
    """“The agency has made progress: opening 40 clinics; hiring 900 doctors”: it has been both."""
    colon = next((t.i for t in doc[inside.start : inside.end - 1] if t.text == ":"), None)
    holder = _find_holder(known, colon - 1) if colon is not None else None
    if colon is None or holder is None or holder.parts or holder.root.i > colon:
        return
    subject = find_subject(holder.root)
    have = next((c for c in holder.root.lefts if c.lower_ in {"has", "have"}), None)
    items = list(_split_listed(doc, TokenSpan(colon + 1, inside.end)))
    if subject is None or have is None or not all(doc[item.start].tag_ == "VBG" for item in items):
        return
    start = colon
    for item in items:
        parts = (mention_span(subject), f"{have.lower_} been", item)
        yield _make(holder, item, parts), TokenSpan(start, item.end)
        start = item.end


def _split_listed(doc: Doc, listed: TokenSpan) -> Iterator[TokenSpan]:
    """Yield what stands between the semicolons of a list, without its "and"."""
    start = listed.start
    for end in (*(t.i for t in doc[start : listed.end] if t.text == ";"), listed.end):
        if start < end:
            item = trim_span(doc, start + (doc[start].tag_ == "CC"), end)
            if item is not None:
                yield item
        start = end + 1


FINDERS: tuple[tuple[Callable[[Doc, TokenSpan, list[Statement]], Found], frozenset[str]], ...] = (
    (_find_results, frozenset(RESULTS)),
    (_find_moves, MOVES),
    (_find_listed, frozenset({";"})),
    (_find_gaps, frozenset({",", ";", "and"})),
    (_find_of_them, frozenset({"them", "whom"})),
    (_find_including, frozenset({"including", "among"})),
)
"""Each rule with the words of which one must stand in the sentence."""
