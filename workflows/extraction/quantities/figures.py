"""Figures: numbers with what is counted and how exactly it is put; ranges; what is no figure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from workflows.claims import Figure
from workflows.extraction.parse import Doc, Token
from workflows.extraction.quantities.numbers import Number, find_numbers, may_hold_numbers
from workflows.extraction.text.lexicon import word_set

MODIFIERS = (
    "no fewer than|no more than|no less than|more than|less than|fewer than|greater than|as many as"
    "|as much as|as few as|as little as|as low as|as high as|at least|at most|up to|close to"
    "|upwards of|an estimated|estimated|approximately|approx.|roughly|around|about|nearly|almost"
    "|over|under|below|above|some|exactly|only|just|barely|an average of|a total of|a record"
)
MODIFIER = re.compile(rf"(?<!\w)({MODIFIERS})\s*(?:an?\s)?$", re.IGNORECASE)
FOLLOWING_MODIFIER = re.compile(
    r"\s?(?:(\+)|-(plus)\b|\sor\s(more|fewer|less|so)\b)", re.IGNORECASE
)
AFTER = {"+": "at least", "plus": "at least", "more": "at least", "so": "about"}
AFTER |= {"fewer": "at most", "less": "at most"}
RANGE = re.compile(r"\s?(?:-|–|—|to|and|or)\s?$", re.IGNORECASE)
BETWEEN = re.compile(r"(?<!\w)between\s*$", re.IGNORECASE)
_CHANGE = (
    r"(?:r[io]se|risen|f[ae]ll|fallen|grew|grow|grown|cut|increas\w+|decreas\w+|declin\w+"
    r"|drop\w*|climb\w*|jump\w*|went|gone|rais\w+|lower\w*|reduc\w+|shr[aiu]nk\w*|up|down|soar\w*"
    r"|surg\w+|plung\w+|slid\w*|expand\w*|widen\w*|narrow\w*|swell\w*|swelled|double\w*"
    r"|chang\w+|mov\w+|bring\w*|brought|revis\w+|slow\w*|accelerat\w+)\b"
)
FROM = re.compile(rf"(?<!\w){_CHANGE}[^.;]{{0,60}}?\bfrom\s*$", re.IGNORECASE)
BY = re.compile(r"(?<!\w)by\s*$", re.IGNORECASE)
CHANGED = re.compile(rf"(?<!\w)(?:by|{_CHANGE})\s*$", re.IGNORECASE)
"""“Rose from 12 to 14”: not a range, but two figures."""
MEASURE = re.compile(
    r"""\s?(?:°\s?[CF]\b|[ºo]\s?C\b|(?:sq|cu)\.?\s?(?:km|mi|m|ft)\b
    |(?:square|cubic|nautical)\s(?:kilomet|centimet|met|mile|f[eo]+t|yard|inch)\w*
    |(?:km/h|kmh|kph|mph|k?m[²³2]|MWh?|GWh?|kWh?|TWh?|[kcm]m|k?g|mg|ml|lbs?|oz|ft|ha|[GMT]B)(?![\w/])
    |(?<=\s)m(?![\w/]))""",
    re.VERBOSE,
)
DEGREES = re.compile(r"\sdegrees(?:\s(?:Celsius|Fahrenheit|C|F)\b)?", re.IGNORECASE)
AGE = re.compile(r"[\s-]years?[\s-]old\b", re.IGNORECASE)
AGED = re.compile(r"(?<!\w)aged?\s$", re.IGNORECASE)
BETWEEN_COMMAS = re.compile(r"[A-Z][\w’'-]+(?<!day),\s$")
"""“Ann Lee, 34, …”: an age."""
OLDEST = 120
CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|GMT|UTC|hours\s(?:GMT|local))", re.IGNORECASE)
METRES = re.compile(
    r"[\s-](?:high|wide|long|deep|tall|away|apart|thick|race|sprint|final|freestyle|hurdles|relay"
    r"|dash|below|above|underground|inland|offshore|from)\b",
    re.IGNORECASE,
)
LABELS = word_set(
    """
    article section chapter resolution flight route highway room gate channel page paragraph rule
    phase stage version model figure table no. number line platform grade group category class size
    type unit block building ward district precinct zone level lot exhibit footnote note item act
    part volume episode season terminal junction exit track pier bus tram sector reactor engine
    """
)
"""Nouns before a number that it names instead of counting anything: "flight 12"."""
PART_FOLLOWERS = word_set(
    """
    of the its his her their our all are is was were have had has said say says as were will would
    voted opposed backed live lived work worked come came more less
    """
)
NO_PART_BEFORE = word_set("first second other latter former next last the this that each better")
YEARS = range(1600, 2101)
LOOK_BACK = 24
FAR_BACK = 110
COUNTED_WITHIN = 5
LEAST_SCALED = 1000
COUNTED_IN_ORDER = frozenset({"NN", "NNS", "NNP", "JJ", "CD", "HYPH"})
"""What follows “a third” where it is an order: "a third attempt"."""
NOUNS = frozenset({"NN", "NNS", "NNPS"})


def find_figures(doc: Doc, text: str, taken: list[tuple[int, int]]) -> list[Figure]:
    """Return the figures of a paragraph, offsets within it; `taken` are the spans of its dates."""
    if not may_hold_numbers(text):
        return []
    found: list[tuple[Number, Figure]] = []
    for number in find_numbers(text):
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        ends_range = bool(found) and _is_range(text, *found[-1], number)
        if not ends_range and (_is_attached(text, number) or not _is_quantity(doc, text, number)):
            continue
        figure = _build_figure(doc, text, number)
        if ends_range:
            figure = _join_range(text, *found.pop(), number, figure)
        found.append((number, figure))
    return [figure for _, figure in found]


def _is_attached(text: str, number: Number) -> bool:
    """Return True if a number hangs on what stands before it: "A4-12"."""
    return number.start > 0 and text[number.start - 1] in "-–−"


def _is_quantity(doc: Doc, text: str, number: Number) -> bool:
    """Return True if a number tells how much, and is no name, year, clock time or footnote."""
    if number.share:
        return _is_share(doc, text, number)
    if number.factor or number.unit is not None or not number.digits:
        return True
    if _is_label(text, number) or CLOCK.match(text, number.end):
        return False
    plain = text[number.start : number.end]
    year = plain.isdecimal() and len(plain) == len("2024") and int(plain) in YEARS
    return not year or _is_counted(doc, number)


def _is_label(text: str, number: Number) -> bool:
    """Return True if a number names what it stands with: "flight 12", a note's "[3]"."""
    if text[number.start - 1 : number.start] == "[" and text[number.end : number.end + 1] == "]":
        return True
    before = text[max(0, number.start - LOOK_BACK) : number.start].split()
    label = before[-1].lower().strip("(") if before else ""
    return label in LABELS and number.scale == 1 and number.value >= 0


def _is_counted(doc: Doc, number: Number) -> bool:
    """Return True if what looks like a year counts a noun in the plural: "2000 people"."""
    token = _find_token(doc, number)
    if token is None or token.i + 1 >= len(doc):
        return False
    before = doc[token.i - 1] if token.i else None
    if before is not None and (
        before.tag_ in {"DT", "PRP$", "POS"}
        or before.lower_ in {"in", "since", "of", "by", "until", "from", "during", "for", "and"}
    ):
        return False
    return doc[token.i + 1].tag_ == "NNS"


def _is_share(doc: Doc, text: str, number: Number) -> bool:
    """Return True if “a third”, “half”, “one in five” tells a part, not an order or a time."""
    words = text[number.start : number.end].lower()
    following = text[number.end : number.end + LOOK_BACK].lower().split()
    word = following[0].strip(".,;:”") if following else ""
    if words == "half":
        return _is_half(text, number, word)
    if "quarters" in words:  # “for three quarters” is a time
        return word in PART_FOLLOWERS
    if not words.startswith(("a ", "an ", "one ")) or re.search(r"\b(?:in|of)\b", words):
        return True
    if word in {"earlier", "later", "ago", "before", "after"}:
        return False
    if word == "of" and len(following) > 1:
        return following[1] not in {"a", "an"}
    token = _find_token(doc, number)
    return token is not None and (
        token.i + 1 >= len(doc) or doc[token.i + 1].tag_ not in COUNTED_IN_ORDER
    )


def _is_half(text: str, number: Number, following: str) -> bool:
    back = text[max(0, number.start - LOOK_BACK) : number.start]
    before = back.lower().split()[-1:] or [""]
    if before[0] in NO_PART_BEFORE:
        return False
    return before[0] in {"by", "than"} or bool(MODIFIER.search(back)) or following in PART_FOLLOWERS


def _find_token(doc: Doc, number: Number) -> Token | None:
    span = doc.char_span(number.start, number.end)
    return None if span is None else span[-1]


def _build_figure(doc: Doc, text: str, number: Number) -> Figure:
    back = max(0, number.start - LOOK_BACK)
    before = MODIFIER.search(text, back, number.start)
    modifier = before[1].lower() if before is not None else number.modifier
    following = FOLLOWING_MODIFIER.match(text, number.end)
    if following is not None and modifier is None:
        modifier = AFTER[following[following.lastindex or 0].lower()]
    value = number.value
    unit = number.unit or _find_measure(text, number)
    if number.unit is None and _is_in_metres(text, number):
        value, unit = value / number.scale, "m"
    if unit is None:
        unit = _find_unit(doc, number.start, number.end)
    if number.share and unit is not None:
        unit = f"of {unit}"
    return Figure(
        text=text[number.start : number.end],
        value=value,
        upper=None,
        unit=unit,
        modifier=modifier,
        start=number.start,
        end=number.end,
    )


def _is_in_metres(text: str, number: Number) -> bool:
    """Return True if the m behind digits is no million: "a 3m high wall"."""
    short = number.digits and text[number.end - 1 : number.end] == "m"
    return short and METRES.match(text, number.end) is not None


def _find_measure(text: str, number: Number) -> str | None:
    """Return the unit of measure behind a number: "4 sq km", "-5 °C", "34-year-old"."""
    if AGE.match(text, number.end) or AGED.search(text, max(0, number.start - 5), number.start):
        return "years old"
    named = BETWEEN_COMMAS.search(text, max(0, number.start - LOOK_BACK), number.start)
    closed = text[number.end : number.end + 1] in {",", "."}
    if named and closed and 0 < number.value <= OLDEST:
        return "years old"
    measure = MEASURE.match(text, number.end) or DEGREES.match(text, number.end)
    return None if measure is None else measure.group().strip()


def _is_range(text: str, before: Number, figure: Figure, after: Number) -> bool:
    if figure.upper is not None or before.factor or after.factor or before.share != after.share:
        return False
    if None not in (before.unit, after.unit) and before.unit != after.unit:
        return False
    between = text[figure.end : after.start]
    if len(between) > len(" and ") or not RANGE.fullmatch(between):
        return _is_range_over_unit(text, figure, before, after)
    word = between.strip().lower()
    if word == "or":  # “two or three”, not “15 or 200”
        return before.value + 1 == after.value and not before.digits
    if word == "and":
        back = text[max(0, before.start - LOOK_BACK) : before.start]
        return BETWEEN.search(MODIFIER.sub("", back)) is not None
    changes = word == "to" and _is_change(text, before)
    return not changes and _scale_low(text, before, after) <= after.value


def _is_change(text: str, before: Number) -> bool:
    """“Rose from 12 to 14”, “by 3 percent to 5 percent”, “rose 3 percent to 5”: two figures."""
    back = text[max(0, before.start - FAR_BACK) : before.start]
    changed = BY if before.unit is None else CHANGED
    return FROM.search(back) is not None or changed.search(back) is not None


def _is_range_over_unit(text: str, figure: Figure, before: Number, after: Number) -> bool:
    """“From 3 percent to 5 percent”, “between -5 °C and 3 °C”: the unit stands with both."""
    if figure.unit is None:
        return False
    words = text[figure.end : after.start].replace(figure.unit, "", 1).strip().lower()
    start = text[max(0, before.start - LOOK_BACK) : before.start]
    return words == "and" and BETWEEN.search(start) is not None


def _scale_low(text: str, before: Number, after: Number) -> float:
    """“Two to three million”, “$3-5bn”, “10–15,000”: one scale is both numbers'."""
    if before.scale != 1 or abs(before.value) >= LEAST_SCALED:
        return before.value
    written = text[after.start : after.end]
    shared = after.scale
    if shared == 1 and written.endswith(",000") and before.value == int(before.value):
        shared = 1000.0 if before.value * LEAST_SCALED <= after.value else 1.0
    return before.value * shared if before.value * shared <= after.value else before.value


def _join_range(text: str, before: Number, low: Figure, after: Number, high: Figure) -> Figure:
    return replace(
        low,
        text=text[before.start : after.end],
        value=_scale_low(text, before, after),
        upper=high.value,
        unit=high.unit if low.unit is None or high.unit in {"percent", "years old"} else low.unit,
        end=after.end,
    )


def _find_unit(doc: Doc, start: int, end: int) -> str | None:
    """Return what is counted: the noun the number belongs to."""
    span = doc.char_span(start, end)
    if span is None:
        return None
    last = span[-1]
    for token in _iter_heads(last):
        if token.tag_ in NOUNS and last.i < token.i <= last.i + COUNTED_WITHIN:
            return token.text
    return _find_next_noun(doc, last)


def _find_next_noun(doc: Doc, last: Token) -> str | None:
    """The noun right behind a number, over "of the" and adjectives, wherever the parser hung it."""
    of = False
    for token in doc[last.i + 1 : last.i + COUNTED_WITHIN + 2]:
        owns = token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "POS"
        if not owns and (token.tag_ in {"NNS", "NNPS"} or (of and token.tag_ == "NN")):
            return token.text
        of = of or token.lower_ == "of"
        if token.lower_ != "of" and token.tag_ not in COUNTED_BEHIND:
            return None
        if token.tag_ == "DT" and not of:
            return None
    return None


COUNTED_BEHIND = frozenset({"JJ", "JJR", "DT", "PRP$", "VBN", "NN", "POS", "CD"})
"""What may stand between a number, or its "of", and what is counted."""


def _iter_heads(token: Token) -> Iterator[Token]:
    for _ in range(3):
        token = token.head
        yield token
