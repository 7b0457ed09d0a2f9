"""Figures: numbers in digits and words, with what is counted and how exactly it is put."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token
from text_to_num import text2num  # type: ignore[import-untyped]  # ships no types

from workflows.claims import Figure
from workflows.extraction.text.lexicon import word_set

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "k": 1e3,
}
CROWDS = {
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "tens of thousands": 1e4,
    "hundreds of thousands": 1e5,
    "millions": 1e6,
    "billions": 1e9,
}
"""Numbers told by their size only: the least they can mean."""
ONES = word_set(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    """
)
_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"""(?:(?<![\w.,/:-])|(?<=\d[-–]))(?P<money>US\$|[$€£¥])?\s?
    (?:(?P<digits>{_DIGITS})(?:[\s-](?P<scale>{_SCALE}|bn|tn|mn)\b|(?P<short>bn|tn|mn|[kmb])\b)?
      |(?P<words>(?:{_ONE})(?:[\s-](?:and\s)?(?:{_ONE}|{_SCALE})\b)*)
      |(?P<vague>(?:a\sfew|several|a\scouple\s(?:of\s)?)\s?(?P<of>{_SCALE}|dozen))
      |(?P<single>an?\s(?P<one>{_SCALE}|dozen))
      |(?P<crowd>(?:(?:tens|hundreds)\sof\s)?(?:dozens|scores|hundreds|thousands|millions|billions)))
    (?P<percent>\s?%|\s(?:percent|per\scent|percentage\spoints)\b)?
    (?![\w/]|-?(?:st|nd|rd|th)\b|[.,:]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
MODIFIERS = (
    "no fewer than|no more than|no less than|more than|less than|fewer than|greater than|as many as"
    "|as much as|as few as|at least|at most|up to|close to|an estimated|estimated|approximately"
    "|approx.|roughly|around|about|nearly|almost|over|under|below|above|some|exactly|only|just"
)
MODIFIER = re.compile(rf"(?<!\w)({MODIFIERS})\s*(?:an?\s)?$", re.IGNORECASE)
RANGE = re.compile(r"\s?(?:-|–|—|to|and)\s?$", re.IGNORECASE)
BETWEEN = re.compile(r"(?<!\w)(?:between|from)\s*$", re.IGNORECASE)
LOOK_BACK = 24
CURRENCY = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
COUNTED_WITHIN = 5


def find_figures(doc: Doc, text: str, taken: list[tuple[int, int]]) -> list[Figure]:
    """The figures of a paragraph, offsets within it; `taken` are the spans of its dates."""
    if not _may_hold_numbers(text):
        return []
    found: list[Figure] = []
    for match in NUMBER.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        figure = _build_figure(doc, text, match)
        if figure is None or (_is_attached(text, match) and not _is_range_end(found, figure)):
            continue
        if found and _is_range(text, found[-1], figure):
            figure = _join_range(text, found.pop(), figure)
        found.append(figure)
    return found


def _is_attached(text: str, match: re.Match[str]) -> bool:
    """Whether a number hangs on what stands before it: "10-12", but also "A4-12"."""
    return match.start() > 0 and text[match.start() - 1] in "-–"


def _is_range_end(found: list[Figure], figure: Figure) -> bool:
    return bool(found) and found[-1].upper is None and found[-1].end == figure.start - 1


QUICK = re.compile(
    rf"\d|\b(?:{_ONE}|{_SCALE}|dozens?|scores|(?:hundred|thousand|million|billion)s)\b",
    re.IGNORECASE,
)


def _may_hold_numbers(text: str) -> bool:
    return QUICK.search(text) is not None


def _build_figure(doc: Doc, text: str, match: re.Match[str]) -> Figure | None:
    value = _parse_value(match)
    if value is None or (
        match["words"] and match["words"].lower() in {"one", "zero"} and not match["percent"]
    ):
        return None
    start, end = match.start(), match.end()
    start += len(match.group()) - len(match.group().lstrip())
    modifier = MODIFIER.search(text, max(0, start - LOOK_BACK), start)
    unit = "percent" if match["percent"] else CURRENCY.get(match["money"] or "")
    return Figure(
        text=text[start:end],
        value=value,
        upper=None,
        unit=unit or _find_unit(doc, start, end),
        modifier=_find_modifier(match, modifier),
        start=start,
        end=end,
    )


def _find_modifier(match: re.Match[str], before: re.Match[str] | None) -> str | None:
    if before is not None:
        return before[1].lower()
    if match["vague"]:
        return match["vague"].lower().rsplit(None, 1)[0]
    return "at least" if match["crowd"] else None


def _parse_value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        scale = (match["scale"] or match["short"] or "").lower()
        return round(float(match["digits"].replace(",", "")) * SCALES.get(scale, 1), 6)
    if match["crowd"]:
        return CROWDS.get(" ".join(match["crowd"].lower().split()))
    one = match["of"] or match["one"]
    if one:
        return 12.0 if one.lower() == "dozen" else SCALES[one.lower()]
    try:
        return float(text2num(" ".join(match["words"].lower().split()), "en"))
    except ValueError:
        return None


def _is_range(text: str, before: Figure, after: Figure) -> bool:
    between = text[before.end : after.start]
    if before.upper is not None or len(between) > len(" and ") or not RANGE.fullmatch(between):
        return False
    if between.strip().lower() != "and":
        return before.value <= after.value
    return BETWEEN.search(text, max(0, before.start - LOOK_BACK), before.start) is not None


LEAST_SCALED = 1000


def _join_range(text: str, before: Figure, after: Figure) -> Figure:
    low = before.value
    if low < LEAST_SCALED <= after.value and after.text[-1:].isalpha():
        low *= _get_scale(after)
    return Figure(
        text=text[before.start : after.end],
        value=low,
        upper=after.value,
        unit=after.unit or before.unit,
        modifier=before.modifier,
        start=before.start,
        end=after.end,
    )


def _get_scale(figure: Figure) -> float:
    """“two to three million”: the scale of the second number is the first's too."""
    return SCALES.get(figure.text.split()[-1].lower(), 1.0)


def _find_unit(doc: Doc, start: int, end: int) -> str | None:
    """What is counted: the noun the number belongs to."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    last = span[-1]
    for token in _iter_heads(last):
        if token.tag_ in {"NN", "NNS", "NNPS"} and last.i < token.i <= last.i + COUNTED_WITHIN:
            return token.text
    of, *noun = doc[last.i + 1 : last.i + 3] or (None,)
    if of is not None and of.lower_ == "of" and noun and noun[0].tag_ == "NNS":
        return str(noun[0].text)
    return None


def _iter_heads(token: Token) -> Iterator[Token]:
    for _ in range(3):
        token = token.head
        yield token
