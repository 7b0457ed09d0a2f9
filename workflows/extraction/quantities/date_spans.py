"""The days that words for a time cover, counted from the day of publication. Pure, text only."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
SATURDAY = 5
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season begins, north of the equator."""
HOLIDAYS = {
    "new year's day": (1, 1),
    "boxing day": (12, 26),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's eve": (12, 31),
}
"""Days with a name that fall on the same date in every year."""
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
COUNTS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}
STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
MONTHS_OF_YEAR = 12
JUST_OVER = timedelta(days=7)
"""Before publication: “would begin on Sunday, October 27” is no year ahead on October 28."""
LONG_OVER = timedelta(days=135)
"""Behind a quarter within which “the second quarter” means that of the calendar."""
MONTHS_IN = {"quarter": 3, "half": 6}
DateSpan = tuple[date | None, date | None]
OPEN: DateSpan = (None, None)


class Tense(Enum):
    """Where the verb of a time puts it."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    UNKNOWN = "unknown"


Rule = Callable[[str, date | None, Tense], DateSpan]


@lru_cache(maxsize=4096)
def find_span(kind: str, words: str, published: date | None, tense: Tense) -> DateSpan:
    """Return the first and last day that words of a kind cover; (None, None) if uncertain."""
    plain = " ".join(re.sub(r"[,’]", lambda m: " " if m[0] == "," else "'", words.lower()).split())
    try:
        first, last = RULES[kind](plain, published, tense)
    except (ValueError, OverflowError):
        return OPEN
    return OPEN if first is not None and last is not None and first > last else (first, last)


def shift_back(span: DateSpan, words: str) -> DateSpan:
    """“A year earlier”, counted from another time."""
    first, last = span
    count, unit = _read_count(words), words.lower().split()[-2]
    if first is None or last is None or count is None:
        return OPEN
    if unit.startswith(("year", "decade")):
        years = count * (10 if unit.startswith("decade") else 1)
        return _move_months(first, -12 * years), _move_months(last, -12 * years)
    if unit.startswith("month"):
        return _move_months(first, -count), _move_months(last, -count)
    days = timedelta(days=count * (7 if unit.startswith("week") else 1))
    return first - days, last - days


def _parse_iso(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    day = date.fromisoformat(words)
    return day, day


def _parse_full(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    day = date(_get_year(words), _get_month(words), _get_days(words)[0])
    return day, day


def _parse_day(words: str, published: date | None, tense: Tense) -> DateSpan:
    """A day without its year: the tense of its verb chooses it, else the nearest is meant."""
    day = _choose_day(published, _get_month(words), _get_days(words)[0], tense)
    return day, day


def _choose_day(published: date | None, month: int, number: int, tense: Tense) -> date | None:
    if published is None:
        return None
    years = (_make_date(published.year + k, month, number) for k in (-1, 0, 1))
    days = [day for day in years if day]
    if tense is Tense.PAST:
        days = [day for day in days if day <= published]
    elif tense is Tense.FUTURE:
        days = [day for day in days if day >= published - JUST_OVER]
    return min(days, key=lambda d: abs(d - published), default=None)


def _parse_day_range(words: str, published: date | None, tense: Tense) -> DateSpan:
    month, (first, last) = _get_month(words), _get_days(words)[:2]
    if re.search(r"\d{4}", words):
        year = _get_year(words)
    else:
        start = _choose_day(published, month, first, tense)
        if start is None:
            return OPEN
        year = start.year
    return date(year, month, first), date(year, month, last)


def _parse_month_year(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    return _span_months(_get_year(words), _get_month(words), 1)


def _parse_month(words: str, published: date | None, tense: Tense) -> DateSpan:
    """A month without its year: the last one that has begun, or the next where it lies ahead.

    Beside a present tense the nearer of the two is meant: “Roe faces trial in September”.
    """
    if published is None:
        return OPEN
    month = _get_month(words)
    to_come = (month - published.month) % MONTHS_OF_YEAR
    near = tense is Tense.PRESENT and to_come < MONTHS_OF_YEAR / 2 and len(words.split()) == 1
    if tense is Tense.FUTURE or words.startswith("next") or near:
        return _span_months(published.year + (month < published.month), month, 1)
    back = month > published.month or (words.startswith("last") and month == published.month)
    return _span_months(published.year - back, month, 1)


def _parse_month_range(words: str, published: date | None, tense: Tense) -> DateSpan:
    """“Between March and June 2023”; where the second lies before the first, its year is later."""
    first, last = (MONTHS[name] for name in re.findall(r"[a-z]+", words) if name in MONTHS)
    years = [int(year) for year in re.findall(r"\d{4}", words)]
    if years:
        end = _span_months(years[-1], last, 1)
        start = years[0] if len(years) > 1 else years[0] - (first > last)
    else:
        end = _parse_month(calendar.month_name[last].lower(), published, tense)
        start = end[1].year - (first > last) if end[1] is not None else 0
    return _span_months(start, first, 1)[0] if end[1] else None, end[1]


def _parse_year(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    return _span_years(_get_year(words), 1)


def _parse_year_range(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    first, last = re.findall(r"\d+", words)[:2]
    end = int(first[: len(first) - len(last)] + last)
    return date(int(first), 1, 1), date(end, 12, 31)


def _parse_decade(words: str, _published: date | None, _tense: Tense) -> DateSpan:
    year = _get_year(words) if re.search(r"\d{4}", words) else 1900 + int(words[-3:-1])
    return _span_years(year, 10)


def _parse_fiscal(_words: str, _published: date | None, _tense: Tense) -> DateSpan:
    """Return a fiscal year begins when its owner wants."""
    return OPEN


def _parse_part_of_year(words: str, published: date | None, tense: Tense) -> DateSpan:
    """“Q3 2024”, “the third quarter”, “the first half of the year”, “the first nine months of”."""
    months = re.search(r"first (\w+) months", words)
    if months is not None:
        number, length = 1, _read_count(months[1]) or 0
    else:
        length = 6 if "half" in words or re.search(r"\bh[12]\b", words) else 3
        last = 12 // length if re.search(r"\b(?:final|last) quarter", words) else 0
        digit = re.search(r"\b(?:[qh]([1-4])|([1-4])q)", words)
        named = next((ORDER[w] for w in re.findall(r"[a-z]+", words) if w in ORDER), 0)
        number = last or named or int((digit[1] or digit[2]) if digit else 0)
    if number < 1 or not 1 <= length <= 12:  # noqa: PLR2004  # months of a year
        return OPEN
    start = (number - 1) * length + 1
    late = 5 if tense is Tense.FUTURE and length == 3 else 0  # noqa: PLR2004  # its results come later
    year = _choose_year(words, start + late, published, tense)
    if year is None:
        return OPEN
    span = _span_months(year, start, length)
    told = "year" in words or re.search(r"\d{4}", words) is not None
    # A quarter long over is likelier one of a company's own year.
    over = published is not None and span[1] is not None and published - span[1] > LONG_OVER
    return OPEN if over and length == MONTHS_IN["quarter"] and not told else span


def _choose_year(words: str, month: int, published: date | None, tense: Tense) -> int | None:
    """Return the year that the words name, else the one that the tense chooses for its month."""
    if re.search(r"\d{4}", words):
        return _get_year(words)
    if published is None:
        return None
    named = next((w for w in ("last year", "next year", "year") if w in words), None)
    if named is not None:
        return published.year + STEPS.get(named.split()[0], 0)
    if tense is Tense.FUTURE:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def _parse_season(words: str, published: date | None, tense: Tense) -> DateSpan:
    """Spring, summer and autumn; of a winter, only one with both its years is certain."""
    name = next(w for w in re.findall(r"[a-z]+", words) if w in SEASONS)
    years = re.findall(r"\d+", words)
    if years:
        sure = name != "winter" or len(years) > 1
        return _span_months(int(years[0]), SEASONS[name], 3) if sure else OPEN
    if published is None:
        return OPEN
    around = [_span_months(published.year + k, SEASONS[name], 3) for k in (-2, -1, 0, 1)]
    over = [span for span in around if span[1] is not None and span[1] < published]
    ahead = [span for span in around if span[0] is not None and span[0] > published]
    if words.startswith("last") or (tense is Tense.PAST and around[2] in ahead):
        return over[-1]
    return ahead[0] if words.startswith("next") else around[2]


def _parse_weekday(words: str, published: date | None, tense: Tense) -> DateSpan:
    """Return the last such day up to the publication; the next one where the text looks ahead.

    Beside a present tense it may be either: “The fair is on Monday”.
    """
    *which, name = words.split()
    if published is None or (tense is Tense.PRESENT and not which):
        return OPEN
    back = (published.weekday() - WEEKDAYS[name]) % 7
    if which in (["next"], ["coming"]):
        day = published + timedelta(days=7 - back)
    elif tense is Tense.FUTURE and which != ["last"]:
        day = published + timedelta(days=-back % 7)  # “will vote on Friday” may be told that day
    else:
        day = published - timedelta(days=7 if back == 0 and which == ["last"] else back)
    return day, day


def _parse_weekend(words: str, published: date | None, tense: Tense) -> DateSpan:
    """Return the Saturday and Sunday before the publication, or those to come."""
    if published is None:
        return OPEN
    saturday = published - timedelta(days=(published.weekday() - SATURDAY) % 7)
    running = published.weekday() >= SATURDAY
    if words.startswith("next") or (tense is Tense.FUTURE and not running):
        saturday += timedelta(weeks=1)
    elif words.startswith("last") and running:
        saturday -= timedelta(weeks=1)
    return saturday, saturday + timedelta(days=1)


def _parse_period(words: str, published: date | None, _tense: Tense) -> DateSpan:
    """“Last week”, “this month”, “next year”: the calendar's."""
    which, unit = words.split()
    step = STEPS[which]
    if published is None:
        return OPEN
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _span_months(published.year, published.month + step, 1)
    if unit == "quarter":
        return _span_months(published.year, (published.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    return _span_years(published.year + step, 1)


def _parse_stretch(words: str, published: date | None, _tense: Tense) -> DateSpan:
    """“The past 18 months”, “the next two years”: up to the publication, or from it."""
    if published is None:
        return OPEN
    ahead = "next" in words or "coming" in words
    *_, unit = words.split()
    count = _read_count(words) or 1
    days = {"day": 1, "week": 7}.get(unit.removesuffix("s"))
    if days is not None:
        far = published + timedelta(days=days * count * (1 if ahead else -1))
    else:
        months = {"month": 1, "year": 12, "decade": 120}[unit.removesuffix("s")]
        far = _move_months(published, months * count * (1 if ahead else -1))
    return (published, far) if ahead else (far, published)


def _parse_near(words: str, published: date | None, _tense: Tense) -> DateSpan:
    if published is None:
        return OPEN
    step = -1 if words in {"yesterday", "last night"} else int(words == "tomorrow")
    day = published + timedelta(days=step)
    return day, day


def _parse_holiday(words: str, published: date | None, tense: Tense) -> DateSpan:
    name = next(name for name in HOLIDAYS if name in words)
    month, number = HOLIDAYS[name]
    if re.search(r"\d{4}", words):
        day: date | None = date(_get_year(words), month, number)
    else:
        day = _choose_day(published, month, number, tense)
    return day, day


def _parse_ago(words: str, published: date | None, _tense: Tense) -> DateSpan:
    """“Three weeks ago”: counted back from the publication."""
    if published is None:
        return OPEN
    day, _ = shift_back((published, published), words)
    if day is None:
        return OPEN
    unit = words.split()[1]
    if unit.startswith("month"):  # months and years ago are no days
        return _span_months(day.year, day.month, 1)
    return _span_years(day.year, 1) if unit.startswith(("year", "decade")) else (day, day)


def _span_months(year: int, month: int, length: int) -> DateSpan:
    """Whole months, from a month that may lie outside of its year."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first, _move_months(first, length) - timedelta(days=1)


def _span_years(year: int, length: int) -> DateSpan:
    return date(year, 1, 1), date(year + length - 1, 12, 31)


def _move_months(day: date, months: int) -> date:
    """Return the same day of another month, or its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_count(words: str) -> int | None:
    """Return the number in some words."""
    for word in words.lower().split():
        if word in COUNTS or word.isdecimal():
            return COUNTS[word] if word in COUNTS else int(word)
    return None


def _get_year(words: str) -> int:
    return int(re.findall(r"\d{4}", words)[-1])


def _get_month(words: str) -> int:
    names = (w.rstrip(".") for w in re.findall(r"[a-z]+", words))
    return next(MONTHS[name] for name in names if name in MONTHS)


def _get_days(words: str) -> list[int]:
    return [int(day) for day in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)]


RULES: dict[str, Rule] = {
    "iso": _parse_iso,
    "full": _parse_full,
    "day_range": _parse_day_range,
    "day": _parse_day,
    "month_range": _parse_month_range,
    "month_year": _parse_month_year,
    "rel_month": _parse_month,
    "month": _parse_month,
    "year_range": _parse_year_range,
    "year": _parse_year,
    "decade": _parse_decade,
    "fiscal": _parse_fiscal,
    "part": _parse_part_of_year,
    "season": _parse_season,
    "weekday": _parse_weekday,
    "weekend": _parse_weekend,
    "period": _parse_period,
    "stretch": _parse_stretch,
    "near": _parse_near,
    "holiday": _parse_holiday,
    "ago": _parse_ago,
}
