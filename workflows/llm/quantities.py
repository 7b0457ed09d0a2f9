"""Figures and days that a model reads out of a text: kept only as far as their digits bear them."""

import re
from datetime import date, timedelta
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from workflows.llm.verbatim import fold
from workflows.llm.word_lists import load_word_lists

_NUMBER = re.compile(r"\d+(?:[.,٫٬' \u00a0\u202f]\d+)*")
_WORDS = re.compile(r"[^\W\d_]+")
_GROUP = 3
_YEAR = timedelta(days=366)
_YEAR_DIGITS = 4


def is_borne(text: str, value: float) -> bool:
    """Return True if a figure's text can have this value: its digits, times its scale words."""
    scales = load_word_lists().scales
    factor = 1.0
    for word in _WORDS.findall(fold(text).casefold()):
        factor *= next((scales[part] for part in (word, word.rstrip("s")) if part in scales), 1.0)
    return any(
        abs(number * factor - value) <= 1e-9 * max(1.0, abs(value))
        for match in _NUMBER.finditer(text)
        for number in _read_number(match[0])
    )


def _read_number(written: str) -> set[float]:
    """Return the values that digits with marks between them can have: "1.200" is either."""
    digits = "".join(str(int(mark)) if mark.isdigit() else mark for mark in written)
    parts = re.split(r"[^0-9]", digits)
    marks = re.findall(r"[^0-9]", digits)
    found: set[float] = set()
    if all(len(part) == _GROUP for part in parts[1:]) and len(set(marks)) <= 1:
        found.add(float("".join(parts)))
    if marks and marks[-1] in ".,٫" and marks.count(marks[-1]) == 1:
        grouped = all(len(part) == _GROUP for part in parts[1:-1])
        if grouped:
            found.add(float(f"{''.join(parts[:-1])}.{parts[-1]}"))
    return found


def find_days(
    text: str, first: str | None, last: str | None, language: str, told: date | None
) -> tuple[date | None, date | None]:
    """Return the days that a time in a text covers, as a model says; None where it can't be borne.

    Each number of the text must be the year, the month or the day of one end, each month named that
    one, and a year that isn't written be within a year of the day it was told on.
    """
    days = [day for day in (_read_day(first), _read_day(last or first)) if day]
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    months = _find_months(text, language)
    if len(days) != 2 or days[0] > days[1] or not numbers:  # noqa: PLR2004  # both ends
        return None, None
    bearing = {part for day in days for part in (day.year, day.month, day.day)}
    if not bearing.issuperset(numbers) or not {day.month for day in days}.issuperset(months):
        return None, None
    years = {number for number in numbers if number >= 10 ** (_YEAR_DIGITS - 1)}
    written = years and years >= {day.year for day in days}
    near = told is not None and all(abs(day - told) <= _YEAR for day in days)
    if not written and not near:
        return None, None
    return days[0], days[1]


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _find_months(text: str, language: str) -> set[int]:
    """Return the months that a text names in its language."""
    words = set(_WORDS.findall(text.casefold()))
    return {month for month, names in _load_months(language).items() if words & names}


@cache
def _load_months(language: str) -> dict[int, frozenset[str]]:
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    found: dict[int, set[str]] = {month: set() for month in range(1, 13)}
    for usage in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[usage][width].items():
                found[month] |= {word for word in _WORDS.findall(str(name).casefold()) if word[1:]}
    return {month: frozenset(names) for month, names in found.items()}
