"""Time zones as people look for them: by city, by what they type, by the language they read."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

from workflows.errors import BadInput

OF_LANGUAGES = {
    "bg": "Europe/Sofia",
    "cs": "Europe/Prague",
    "da": "Europe/Copenhagen",
    "de": "Europe/Berlin",
    "el": "Europe/Athens",
    "en-GB": "Europe/London",
    "en-US": "America/New_York",
    "es-419": "America/Mexico_City",
    "es-ES": "Europe/Madrid",
    "fi": "Europe/Helsinki",
    "fr": "Europe/Paris",
    "hi": "Asia/Kolkata",
    "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest",
    "id": "Asia/Jakarta",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "lt": "Europe/Vilnius",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo",
    "pl": "Europe/Warsaw",
    "pt-BR": "America/Sao_Paulo",
    "ro": "Europe/Bucharest",
    "ru": "Europe/Moscow",
    "sv-SE": "Europe/Stockholm",
    "th": "Asia/Bangkok",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "vi": "Asia/Ho_Chi_Minh",
    "zh-CN": "Asia/Shanghai",
    "zh-TW": "Asia/Taipei",
}
"""Where most readers of each of Discord's languages are: a guess that people see and can change."""


def guess_zone(locale: str) -> str:
    """Return the zone of most people who read this; UTC where nothing can be guessed."""
    return OF_LANGUAGES.get(locale, "UTC")


@cache
def list_names() -> tuple[str, ...]:
    """Return every IANA name."""
    return tuple(sorted(available_timezones()))


def find_zones(typed: str, first: str, now: datetime, most: int) -> list[tuple[str, str]]:
    """Zones that fit what is typed as (name with the time it is there, name); `first` leads."""
    sought = _fold(typed)
    fitting = [name for name in dict.fromkeys((first, *list_names())) if sought in _fold(name)]
    try:
        meant = parse_zone(typed).key if sought else first
    except BadInput:
        meant = None
    begun = [zone for city, zone in list_cities().items() if sought and city.startswith(sought)]
    fitting = list(dict.fromkeys((*([meant] if meant else []), *fitting, *begun)))
    return [(f"{name} · {now.astimezone(ZoneInfo(name)):%H:%M}", name) for name in fitting[:most]]


def parse_zone(text: str) -> ZoneInfo:
    """Return the zone somebody means: by its name, by a city in it, or by its distance from UTC.

    "GMT+2" is two hours east of Greenwich, as people mean it; IANA's "Etc/GMT+2" is the opposite.
    Raises BadInput with a zone that may be meant.
    """
    sought = _fold(text)
    if sought and (offset := _OFFSET.fullmatch(text.strip().casefold())):
        return _parse_offset(text, offset)
    exact = [name for name in list_names() if _fold(name) == sought]
    cities = [name for name in list_names() if _fold(name.rpartition("/")[2]) == sought]
    for found in (exact, cities):
        if len(found) == 1:
            return ZoneInfo(found[0])
    large = list_cities()
    if sought in large:
        return ZoneInfo(large[sought])
    places = {_fold(name.rpartition("/")[2]): name for name in list_names()}
    close = [
        places[place] if place in places else large[place]
        for place in get_close_matches(sought, [*places, *large], n=1)
    ]
    raise _not_a_zone(text, close[0] if close else "Europe/Berlin")


def name_zone(zone: ZoneInfo) -> str:
    """Return the zone's name as people read it: "UTC+2" for what IANA calls "Etc/GMT-2"."""
    if match := re.fullmatch(r"Etc/GMT([+-])(\d+)", zone.key):
        return f"UTC{'-' if match[1] == '+' else '+'}{match[2]}"
    return zone.key


@cache
def list_cities() -> Mapping[str, str]:
    """Return the zone of each large city that no zone is named after, by its folded name."""
    table = files("bot.i18n").joinpath("cities.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in table.splitlines() if not line.startswith("#"))
    return {_fold(city): zone for zone, _, cities in rows for city in cities.split(", ")}


_OFFSET = re.compile(r"(?:gmt|utc|z)? ?(?:([+\u2212-]) ?(\d{1,2})(?:[:.]?([0-5]\d))?)?")
_FARTHEST = range(-12, 15)


def _parse_offset(text: str, typed: re.Match[str]) -> ZoneInfo:
    """Return the zone at this distance from UTC; of one with minutes, a place that has it."""
    if typed[1] is None:
        return ZoneInfo("UTC")
    east = 1 if typed[1] == "+" else -1
    hours, minutes = east * int(typed[2]), int(typed[3] or 0)
    if minutes:
        raise _not_a_zone(text, _find_by_offset(timedelta(hours=hours, minutes=east * minutes)))
    if hours not in _FARTHEST:
        raise _not_a_zone(text, "Europe/Berlin")
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")


def _find_by_offset(offset: timedelta) -> str:
    """Return a place that is always this far from UTC, else any that is so in winter or summer."""
    year = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    for every in (all, any):
        for name in list_names():
            if "/" in name and every(
                at.astimezone(ZoneInfo(name)).utcoffset() == offset for at in year
            ):
                return name
    return "Europe/Berlin"


def _not_a_zone(text: str, example: str) -> BadInput:
    return BadInput(
        '"{name}" isn\'t a time zone. Use an IANA name, such as {example}.',
        name=text,
        example=example,
    )


def _fold(text: str) -> str:
    """Return a name without what people write differently: case, accents, hyphens, underscores."""
    bare = "".join(mark for mark in normalize("NFKD", text) if not combining(mark))
    return re.sub(r"[-_ ]+", " ", re.sub(r"[.'\u2019]", "", bare.casefold())).strip()
