"""The day that a page tells in words alone: in a line below its title, or in its dateline. Pure.

Only where the page tells programs of none. A day further down is of something that happened.
"""

import re
from collections.abc import Sequence
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS) + "|sept"
_DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{_MONTH})\.?,? (?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][^\n.!?]{1,60}?[,(/] ?(?P<day>[^\n–—-]{6,24})\)? ?(?:[–—]|-{1,2} )"
)
OPENING = 3
"""Paragraphs of a story in which its dateline is looked for: a title may stand before it."""
LINES_BELOW = 4
"""Lines below a title in which its day is looked for."""
SHORT = 14
"""Words of a line that tells the day; a longer one tells the story."""


def find_told_day(title: str | None, lines: Sequence[str], text: Sequence[str]) -> date | None:
    """Return the day that a page with these `lines` tells of itself; `text` is its own story."""
    for line in text[:OPENING]:
        if (opening := _DATELINE.match(line)) and (day := _read_only_day(opening["day"])):
            return day
    if title not in lines:
        return None
    at = lines.index(title) + 1
    for line in lines[at : at + LINES_BELOW]:
        if len(line.split()) > SHORT:
            return None
        if day := _read_only_day(line):
            return day
    return None


def _read_only_day(line: str) -> date | None:
    """Return the day in a line; None where there's none, or more than one."""
    days = {day for match in _DAY.finditer(line) if (day := _read_day(match))}
    return days.pop() if len(days) == 1 else None


def _read_day(match: re.Match[str]) -> date | None:
    year, day = match["y"] or match["y2"] or match["y3"], match["d"] or match["d2"] or match["d3"]
    named = match["m"] or match["m2"]
    starts = [month[:3] for month in _MONTHS]
    month = starts.index(named[:3].lower()) + 1 if named else int(match["m3"])
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
