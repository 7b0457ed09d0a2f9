"""Time zones as people look for them: by city, by what they type, by the language they read."""

from datetime import datetime
from difflib import get_close_matches
from functools import cache
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
    """The zone of most people who read this; UTC where nothing can be guessed."""
    return OF_LANGUAGES.get(locale, "UTC")


@cache
def list_names() -> tuple[str, ...]:
    """Every IANA name."""
    return tuple(sorted(available_timezones()))


def find_zones(typed: str, first: str, now: datetime, most: int) -> list[tuple[str, str]]:
    """Zones that fit what is typed as (name with the time it is there, name); `first` leads."""
    sought = typed.strip().casefold().replace(" ", "_")
    fitting = [name for name in dict.fromkeys((first, *list_names())) if sought in name.casefold()]
    return [(f"{name} · {now.astimezone(ZoneInfo(name)):%H:%M}", name) for name in fitting[:most]]


def parse_zone(text: str) -> ZoneInfo:
    """The zone somebody means: its name, or its city where only one has it. Raises BadInput."""
    sought = text.strip().casefold().replace(" ", "_")
    exact = [name for name in list_names() if name.casefold() == sought]
    cities = [name for name in list_names() if name.casefold().endswith(f"/{sought}")]
    for found in (exact, cities):
        if len(found) == 1:
            return ZoneInfo(found[0])
    places = {name.rpartition("/")[2].casefold(): name for name in list_names()}
    close = [places[city] for city in get_close_matches(sought, places, n=1)]
    raise BadInput(
        '"{name}" is no time zone. Write its IANA name, such as {example}.',
        name=text,
        example=close[0] if close else "Europe/Berlin",
    )
