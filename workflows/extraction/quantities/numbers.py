"""Numbers as people write them: digits and words, scales, shares, fractions, signs. Text only.

What is counted, and how exactly it is put, is for `figures` to find.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import text2num  # type: ignore[import-untyped]  # ships no types

from workflows.extraction.text.lexicon import word_set

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "lakhs": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "crore": 1e7,
    "crores": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12.0,
}
CROWDS = {
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "tens of thousands": 1e4,
    "hundreds of thousands": 1e5,
    "millions": 1e6,
    "tens of millions": 1e7,
    "hundreds of millions": 1e8,
    "billions": 1e9,
    "tens of billions": 1e10,
    "hundreds of billions": 1e11,
    "trillions": 1e12,
}
"""Numbers told by their size only: the least they can mean."""
FACTORS = {
    "doubl": 2.0,
    "tripl": 3.0,
    "trebl": 3.0,
    "quadrupl": 4.0,
    "quintupl": 5.0,
    "halv": 0.5,
    "twice": 2.0,
    "thrice": 3.0,
}
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twentieth": 20,
    "hundredth": 100,
}
VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "hk$": "HKD",
    "nz$": "NZD",
    "s$": "SGD",
    "r$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₺": "TRY",
    "rs": "rupees",
}
CODES = word_set("USD EUR GBP JPY INR CHF CAD AUD CNY RUB UAH SEK NOK DKK PLN TRY ZAR BRL")
PERCENTS = {
    "%": "percent",
    "percent": "percent",
    "pct": "percent",
    "percentage point": "percentage points",
    "percentage points": "percentage points",
    "basis point": "basis points",
    "basis points": "basis points",
}
ONES = word_set(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    """
)
_ONE = "(?:" + "|".join(sorted(ONES, key=len, reverse=True)) + ")"
_SMALL = rf"(?:{_ONE}(?:[\s-]{_ONE})?)"
_SCALE = "(?:hundred|thousand|million|billion|trillion|crores?|lakhs?|lac|dozen)"
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:\s\d{3})+(?![\d,]|\.\d)"
    r"|\d+(?:\.\d+)?)"
)
_PART = "(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_AND_PART = r"(?:\sand\s(?:a|one|three)[\s-](?:half|third|quarters?))"
_MONEY = (
    rf"(?:(?:US|AU?|CA?|HK|NZ|S|R)?\$|[€£¥₹₽₩₪₴₺]|(?<!\w)Rs\b\.?\s?"
    rf"|(?<!\w)(?-i:{'|'.join(sorted(c.upper() for c in CODES))})\s)"
)
_START = r"(?:(?<![\w.,/:)\]\-–−])|(?<=\d[-–])|(?<=[bmn][-–]))"
_END = r"(?![^\W¹²³⁴⁵⁶⁷⁸⁹⁰]|/|-?(?:st|nd|rd|th)\b|[.,:]\d)"
NUMBER = re.compile(
    rf"""{_START}(?P<sign>(?:[-−–](?=[\d$€£])|minus\s|negative\s(?=\d)))?(?P<money>{_MONEY})?\s?
    (?:(?P<digits>{_DIGITS})(?P<vulgar>[½¼¾⅓⅔])?
        (?:(?P<short>bn|tn|mn|[kmb])\b
          |(?P<part>{_AND_PART})?(?:[\s-](?P<scale>(?:{_SCALE}|bn|tn|mn)(?:\scrores?)?)\b)?)
      |(?P<only_vulgar>[½¼¾⅓⅔])
      |(?P<half_of>(?:(?:an?|one|two|three)[\s-])?(?:{_PART})[\s-]of[\s-](?:an?|one)
        |half(?:[\s-](?:of[\s-])?an?)?)[\s-](?P<half_scale>{_SCALE})\b
      |(?P<words>{_SMALL}(?:[\s-]{_SCALE}\b(?:[\s-](?:and\s)?{_SMALL}\b)?)*)(?![\s-]{_PART}\b)
        (?P<words_part>{_AND_PART})?(?:\s(?P<words_scale>{_SCALE})\b)?
      |(?P<vague>(?:a\sfew|several|a\scouple(?:\sof)?)\s)(?P<of>{_SCALE})\b
      |(?P<single>an?\s(?P<one>{_SCALE})\b)(?P<single_part>{_AND_PART})?
      |(?P<crowd>(?:(?:tens|hundreds)\sof\s)?(?:dozens|hundreds|thousands|(?:m|b|tr)illions)
        |scores(?=\sof\b|\smore\b|\s(?:are|were|have|had|remain)\b)))
    (?P<percent>\s?%|\s?(?:percent|per\scent|pct)\b|\s(?:percentage|basis)\spoints?\b)?
    {_END}""",
    re.VERBOSE | re.IGNORECASE,
)
SHARE = re.compile(
    rf"""(?<![\w.,/:-])(?P<part>{_SMALL}|\d{{1,3}})
    (?P<between>\s(?:in|out\sof)\s(?:every\s)?|-in-)(?P<whole>{_SMALL}(?:\shundred|\sthousand)?
    |\d{{1,3}}(?:,000)*)\b(?!\s?%|\s?per|[.,:/]\d|-?(?:st|nd|rd|th)\b|\s(?:{_SCALE}|of)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
FRACTION = re.compile(
    rf"""(?<![\w.,/:-])(?:
      (?P<count>{_ONE}|an?)[\s-](?P<part>{_PART})\b
    | (?P<half>half)\b(?![\s-](?:an?[\s-])?{_SCALE})
    | (?P<over>\d{{1,2}})/(?P<under>\d{{1,3}})(?=\sof\b)
    )(?![\w/-])""",
    re.VERBOSE | re.IGNORECASE,
)
FACTOR = re.compile(
    rf"""(?<![\w-])(?:(?P<verb>(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:e|es|ed|ing))
    |(?P<adverb>twice|thrice)(?=\s(?:as|the|its|their|that)\b)
    |(?P<fold>{_ONE}|\d{{1,4}})-?fold)(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
BELOW_ZERO = re.compile(
    r"\s?(?:degrees?|°)?\s?(?:celsius|centigrade|fahrenheit|[cf]\b)?\s?below\s(?:zero|0\b)",
    re.IGNORECASE,
)
NUMERAL = re.compile(r"[\d½¼¾⅓⅔]")
WORD = re.compile(r"[a-z]+")
NUMBER_WORDS = (
    ONES
    | {word for word in (*SCALES, *CROWDS, *PARTS) if word.isalpha()}
    | {f"{part}s" for part in PARTS}
)
STEMS = (*FACTORS, "fold")
"""What a word by which something grew or shrank begins or ends with."""
LEAST_WHOLE = 3
"""Of “one in two” both may be counts; from here on it is a share."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its place in a text. `scale` is that of its last word ("3 million": 1e6).

    `share`: a part of a whole, 0 to 1; `factor`: by how much something became more or less.
    """

    start: int
    end: int
    value: float
    scale: float = 1.0
    unit: str | None = None
    modifier: str | None = None
    share: bool = False
    factor: bool = False
    digits: bool = False


def may_hold_numbers(text: str) -> bool:
    """Return False for a text that surely holds no number; looking closer costs far more."""
    if NUMERAL.search(text) is not None:
        return True
    lowered = text.lower()
    return not NUMBER_WORDS.isdisjoint(WORD.findall(lowered)) or _may_hold_factors(lowered)


def _may_hold_factors(lowered: str) -> bool:
    return any(stem in lowered for stem in STEMS)


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a text, in order; where two readings overlap, the earlier rule's."""
    found: list[Number] = []
    for read in (_read_shares, _read_numbers, _read_fractions, _read_factors):
        for number in read(text):
            if not any(number.start < o.end and o.start < number.end for o in found):
                found.append(number)
        found.sort(key=lambda number: number.start)
    return found


def _read_shares(text: str) -> Iterator[Number]:
    for match in SHARE.finditer(text):
        part, whole = _read_small(match["part"]), _read_small(match["whole"].replace(",", ""))
        # “Killed two in three attacks”: unless it begins so, only “one in” is sure to be a share.
        plain = match["between"].split() == ["in"] and part != 1
        begins = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ".,;“"
        if part and whole and whole >= LEAST_WHOLE and part < whole and (not plain or begins):
            yield Number(*match.span(), value=round(part / whole, 6), share=True)


def _read_numbers(text: str) -> Iterator[Number]:
    for match in NUMBER.finditer(text):
        number = _read_number(match)
        if number is not None:
            yield number


def _read_number(match: re.Match[str]) -> Number | None:
    read = _parse_value(match)
    if read is None:
        return None
    value, scale = read
    percent = " ".join((match["percent"] or "").lower().replace("per cent", "percent").split())
    money = (match["money"] or "").strip().rstrip(".").lower()
    if match["words"] and match["words"].lower() in {"one", "zero"} and value <= 1 and not percent:
        return None
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    negative = match["sign"] or BELOW_ZERO.match(match.string, match.end())
    return Number(
        start,
        match.end(),
        value=-value if negative else value,
        scale=scale,
        unit=PERCENTS.get(percent) or CURRENCIES.get(money) or money.upper() or None,
        modifier=_get_own_modifier(match),
        digits=match["digits"] is not None,
    )


def _get_own_modifier(match: re.Match[str]) -> str | None:
    if match["vague"]:
        return " ".join(match["vague"].lower().removesuffix("of ").split())
    return "at least" if match["crowd"] else None


def _parse_value(match: re.Match[str]) -> tuple[float, float] | None:
    """Return the value of a number and its scale."""
    if match["digits"]:
        return _parse_digits(match)
    if match["only_vulgar"]:
        return (VULGAR[match["only_vulgar"]], 1.0) if match["percent"] or match["money"] else None
    if match["crowd"]:
        crowd = CROWDS.get(" ".join(match["crowd"].lower().split()))
        return (crowd, 1.0) if crowd is not None else None
    scale = match["half_scale"] or match["of"] or match["one"]
    if scale:
        size = SCALES[scale.lower()]
        times = _read_fraction(match["half_of"]) or 1 + _parse_part(match["single_part"])
        return times * size, size
    return _parse_words(match)


def _read_fraction(words: str | None) -> float:
    """“A quarter of a”, “half a”: of what scale stands behind; 0 for none."""
    if not words:
        return 0.0
    told = re.split(r"[\s-]+", words.lower())
    part = next(word.removesuffix("s") for word in told if word.removesuffix("s") in PARTS)
    return {"two": 2, "three": 3}.get(told[0], 1) / PARTS[part]


def _parse_digits(match: re.Match[str]) -> tuple[float, float]:
    names = (match["scale"] or match["short"] or "").lower().split()
    scale = 1.0
    for name in names:
        scale *= SCALES[name]
    value = float(re.sub(r"[,\s]", "", match["digits"]))
    value += VULGAR.get(match["vulgar"] or "", 0.0) + _parse_part(match["part"])
    return round(value * scale, 6), scale


def _parse_words(match: re.Match[str]) -> tuple[float, float] | None:
    words = re.split(r"[\s-]+", match["words"].lower())
    scales = [SCALES[w] for w in (*words, (match["words_scale"] or "").lower()) if w in SCALES]
    extra, last = _parse_part(match["words_part"]), SCALES.get((match["words_scale"] or "").lower())
    value = _read_count(words)
    if value is None:
        return None
    if last is None and extra and words[-1] in SCALES:
        extra *= SCALES[words[-1]]  # “two million and a half”
    return round((value + extra) * (last or 1.0), 6), scales[-1] if scales else 1.0


def _read_count(words: list[str]) -> float | None:
    """Return a number in words; crores, lakhs and dozens are not text2num's."""
    for place, word in enumerate(words):
        if word in {"crore", "crores", "lakh", "lakhs", "lac", "dozen"}:
            before, after = _read_count(words[:place]), words[place + 1 :]
            rest = (_read_count(after) if after else 0.0) or 0.0
            return None if before is None else before * SCALES[word] + rest
    try:
        return float(text2num(" ".join(words), "en"))
    except ValueError:
        return None


def _parse_part(words: str | None) -> float:
    """“And a half”, “and three quarters”."""
    if not words:
        return 0.0
    *_, count, part = re.split(r"[\s-]+", words.lower())
    return {"a": 1, "one": 1, "three": 3}[count] / PARTS[part.removesuffix("s")]


def _read_small(words: str) -> float | None:
    if words.isdecimal():
        return float(words)
    return _read_count(re.split(r"[\s-]+", words.lower()))


def _read_fractions(text: str) -> Iterator[Number]:
    for match in FRACTION.finditer(text):
        if match["over"]:
            under = int(match["under"])
            value = int(match["over"]) / under if under else 1.0
        elif match["half"]:
            value = 0.5
        else:
            count = 1.0 if match["count"].lower() in {"a", "an"} else _read_small(match["count"])
            value = (count or 0) / PARTS[match["part"].lower().removesuffix("s")]
        if 0 < value < 1:
            yield Number(*match.span(), value=round(value, 6), share=True)


def _read_factors(text: str) -> Iterator[Number]:
    if not _may_hold_factors(text.lower()):
        return
    for match in FACTOR.finditer(text):
        word = (match["verb"] or match["adverb"] or "").lower()
        value = next((v for stem, v in FACTORS.items() if word.startswith(stem)), None)
        if match["fold"]:
            value = _read_small(match["fold"].lower())
        if value:
            yield Number(*match.span(), value=value, unit="times", factor=True)
