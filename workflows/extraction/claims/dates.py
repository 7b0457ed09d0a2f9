"""Dates: times named in a text, resolved to days against the day it was published."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from workflows.claims import DateMention

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_NAMES = [*calendar.month_name[1:], *(rf"{n}\.?" for n in calendar.month_abbr[1:]), r"Sept\.?"]
_MONTH = f"(?:{'|'.join(_NAMES)})"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_N = r"(?:\d{1,3}|an?|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?:day|week|month|year|decade)s?"
MENTION = re.compile(
    rf"""(?<![\w-])(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)
    | (?P<full>{_MONTH}\s{_DAY},?\s{_YEAR}|{_DAY}\s{_MONTH},?\s{_YEAR})
    | (?P<day>{_MONTH}\s{_DAY}|{_DAY}\s(?:of\s)?{_MONTH})(?![\d,]\d)
    | (?P<month_year>{_MONTH},?\s{_YEAR})
    | (?P<rel_month>(?:last|this|next)\s{_MONTH})
    | (?P<month>(?:(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=by\s)|(?<=early\s)|(?<=late\s)|(?<=mid-))
        {_MONTH})(?!\s\d)
    | (?P<ago>{_N}\s{_UNIT}\s(?:ago|earlier))
    | (?P<period>(?:last|this|next|past)\s(?:week|month|year|summer|spring|winter|fall|autumn))
    | (?P<near>yesterday|today|tomorrow|tonight)
    | (?P<weekday>(?:last\s|next\s|this\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
    | (?P<decade>(?:early\s|late\s|mid-)?(?:1[6-9]|20)\d0s)
    | (?P<year>(?:(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=by\s)|(?<=during\s)|(?<=of\s)
        |(?<=from\s)){_YEAR})
    )(?![\w-])""",
    re.VERBOSE,
)
BOUND = re.compile(
    r"(?<!\w)(since|until|till|by|before|after)\s(?:early\s|late\s|mid-)?$", re.IGNORECASE
)
AHEAD = re.compile(
    r"(?<!\w)(?:will|would|shall|(?:must|may|might|could|should)(?! (?:not )?have\b)"
    r"|(?:expect|hope|intend|aim|promise|pledge|vow)(?:s|d|ed|ing)?"
    r"|(?:going|plans?|due|expected|set|scheduled|is|are) to)"
    r"\s(?:\S+\s){1,12}$"
)
LOOK_BACK = 90
SPAN = 12
DateSpan = tuple[date | None, date | None]


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """The times a paragraph names, offsets within it; days only where they are certain."""
    found: list[DateMention] = []
    for match in MENTION.finditer(text):
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        ahead = AHEAD.search(before) is not None
        first, last = _parse(str(match.lastgroup), match.group(), published, ahead=ahead)
        bound = BOUND.search(before[-SPAN:])
        start = match.start()
        if bound is not None:
            first, last = _bound(bound[1].lower(), first, last, published)
            start -= len(bound.group())
        found.append(DateMention(text[start : match.end()], start, match.end(), first, last))
    return found


def _bound(word: str, first: date | None, last: date | None, published: date | None) -> DateSpan:
    """“Since June” runs from its first day to the publication, “until June” ends there."""
    if word in {"since", "after"}:
        return (
            first,
            published if first is None or published is None or published >= first else None,
        )
    return None, last


@lru_cache(maxsize=4096)
def _parse(kind: str, words: str, published: date | None, *, ahead: bool) -> DateSpan:
    rule = RULES.get(kind, _parse_by_library)
    try:
        return rule(words.replace(",", " "), published, ahead)
    except (ValueError, OverflowError):
        return None, None


def _parse_iso(words: str, _published: date | None, _ahead: bool) -> DateSpan:
    day = date.fromisoformat(words)
    return day, day


def _parse_full(words: str, _published: date | None, _ahead: bool) -> DateSpan:
    day = date(_get_year(words), _get_month(words), _get_day(words))
    return day, day


def _parse_day(words: str, published: date | None, _ahead: bool) -> DateSpan:
    """A day without its year: the nearest one to the publication."""
    if published is None:
        return None, None
    month, number = _get_month(words), _get_day(words)
    near = (_make_date(published.year + k, month, number) for k in (-1, 0, 1))
    day = min((d for d in near if d), key=lambda d: abs(d - published), default=None)
    return day, day


def _parse_month_year(words: str, _published: date | None, _ahead: bool) -> DateSpan:
    return _span_month(_get_year(words), _get_month(words))


def _parse_month(words: str, published: date | None, ahead: bool) -> DateSpan:
    """A month without its year: the last one that has begun, or the next where it lies ahead."""
    if published is None:
        return None, None
    month = _get_month(words)
    if ahead or words.lower().startswith("next"):
        return _span_month(published.year + (month < published.month), month)
    return _span_month(published.year - (month > published.month), month)


def _parse_year(words: str, _published: date | None, _ahead: bool) -> DateSpan:
    year = _get_year(words)
    return date(year, 1, 1), date(year, 12, 31)


def _parse_decade(words: str, _published: date | None, _ahead: bool) -> DateSpan:
    year = _get_year(words)
    return date(year, 1, 1), date(year + 9, 12, 31)


def _parse_weekday(words: str, published: date | None, ahead: bool) -> DateSpan:
    """The last such day up to the publication; the next one where the text looks ahead."""
    if published is None:
        return None, None
    *which, name = words.lower().split()
    back = (published.weekday() - WEEKDAYS[name]) % 7
    if which == ["next"] or (ahead and which != ["last"]):
        day = published + timedelta(days=7 - back)
    else:
        day = published - timedelta(days=7 if back == 0 and which == ["last"] else back)
    return day, day


def _parse_period(words: str, published: date | None, _ahead: bool) -> DateSpan:
    """“Last week”, “this month”, “next year”: the calendar's; seasons are left open."""
    which, unit = words.lower().split()
    step = {"last": -1, "past": -1, "this": 0, "next": 1}[which]
    if published is None:
        return None, None
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _span_month(months // 12, months % 12 + 1)
    if unit == "year":
        return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    return None, None


def _parse_by_library(words: str, published: date | None, _ahead: bool) -> DateSpan:
    """“Three weeks ago”, “yesterday”: counted back from the publication."""
    if published is None:
        return None, None
    day = count_back(words.lower().replace("earlier", "ago").replace("tonight", "today"), published)
    unit = words.lower().split()[1:2]
    if day is None or (unit and unit[0].startswith(("year", "decade", "month"))):
        return (None, None) if day is None else _round_to_unit(unit[0], day)
    return day, day


def _round_to_unit(unit: str, day: date) -> DateSpan:
    """Months and years ago are no days: the month or the year in which that day lies."""
    if unit.startswith("month"):
        return _span_month(day.year, day.month)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def count_back(words: str, published: date) -> date | None:
    from dateparser.date import (  # type: ignore[import-untyped]  # noqa: PLC0415  slow, seldom needed
        DateDataParser,
    )

    base = datetime(published.year, published.month, published.day)  # noqa: DTZ001  a calendar day has no zone
    parser = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": base})
    moment = parser.get_date_data(words).date_obj
    return moment.date() if moment is not None else None


def _span_month(year: int, month: int) -> DateSpan:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _get_year(words: str) -> int:
    return int(re.findall(r"\d{4}", words)[-1])


def _get_month(words: str) -> int:
    names = (w.rstrip(".").lower() for w in words.split())
    return next(MONTHS[name] for name in names if name in MONTHS)


def _get_day(words: str) -> int:
    return int(re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)[0])


RULES: dict[str, Callable[[str, date | None, bool], DateSpan]] = {
    "iso": _parse_iso,
    "full": _parse_full,
    "day": _parse_day,
    "month_year": _parse_month_year,
    "rel_month": _parse_month,
    "month": _parse_month,
    "year": _parse_year,
    "decade": _parse_decade,
    "weekday": _parse_weekday,
    "period": _parse_period,
}
