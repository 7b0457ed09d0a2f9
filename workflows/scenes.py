"""Where and when something happened: read from what people type or copy from a map. Pure."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import quote, unquote

from workflows.claims import Scene
from workflows.errors import BadInput

LONGEST_PLACE = 200
"""Characters of a place."""
ZOOM = 15
_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_PAIR = re.compile(rf"(?:geo:)?\(?\s*({_NUMBER})\s*[,;]\s*({_NUMBER})\s*\)?")
_DEGREES = re.compile(
    r"""(\d{1,3})\s*°\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*["″”]\s*)?"""
    r"""([NSEW])""",
    re.IGNORECASE,
)
_MAPS = tuple(
    re.compile(form.format(number=_NUMBER))
    for form in (
        r"[?&]mlat=({number})&mlon=({number})",
        r"#map=\d+(?:\.\d+)?/({number})/({number})",
        r"!3d({number})!4d({number})",
        r"[/=]@({number}),({number})",
        r"[?&](?:q|ll|query|center)=({number}),\s*({number})",
    )
)
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?\s*(Z|UTC|[-+]\d\d:?\d\d)?)?", re.IGNORECASE
)
EARLIEST = date(1800, 1, 1)


def read_scene(place: str, time: str, zone: tzinfo, now: datetime) -> Scene | None:
    """Return the scene that a place and a time name, either empty where unknown; None for neither.

    A place is coordinates, a link to a map, or a name. A time is "2024-10-18", or with an hour
    "2024-10-18 14:30", in `zone` unless it names its own. Raises BadInput.
    """
    place, time = " ".join(place.split()), " ".join(time.split())
    if not (place or time):
        return None
    found = _find_coordinates(place)
    name = place if place and (found is None or not _is_mere(place)) else None
    day, at = _read_time(time, zone, now) if time else (None, None)
    latitude, longitude = found or (None, None)
    return Scene(name, latitude, longitude, day, at)


def _is_mere(place: str) -> bool:
    """Return True if a place is nothing but coordinates or a map's address."""
    return "://" in place or not re.search(r"[^\W\d_]{3}", place.removeprefix("geo:"))


def _find_coordinates(place: str) -> tuple[float, float] | None:
    """Return the latitude and longitude that a place holds. Raises BadInput for impossible ones."""
    if "://" in place:
        address = unquote(place)
        match = next(filter(None, (form.search(address) for form in _MAPS)), None)
        if match is None:
            raise BadInput(
                "No place was found in this link. Copy the coordinates from the map instead, such"
                " as 48.2082, 16.3738."
            )
        found = float(match[1]), float(match[2])
    elif len(parts := _DEGREES.findall(place)) == 2:  # noqa: PLR2004
        ways = {part[3].upper() in "NS": _to_degrees(part) for part in parts}
        if len(ways) != 2:  # noqa: PLR2004
            raise _impossible(place)
        found = ways[True], ways[False]
    elif match := _PAIR.search(place):
        found = float(match[1]), float(match[2])
    else:
        return None
    if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):  # noqa: PLR2004
        raise _impossible(place)
    return round(found[0], 6), round(found[1], 6)


def _to_degrees(part: tuple[str, str, str, str]) -> float:
    degrees, minutes, seconds, way = part
    value = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -value if way.upper() in "SW" else value


def _impossible(place: str) -> BadInput:
    return BadInput(
        '"{place}" isn\'t a place on Earth. Write latitude and longitude, such as 48.2082,'
        " 16.3738.",
        place=place,
    )


def _read_time(text: str, zone: tzinfo, now: datetime) -> tuple[date | None, datetime | None]:
    """Return the day, or the time where an hour is given. Raises BadInput."""
    match = _TIME.fullmatch(text)
    try:
        day = date.fromisoformat(match[1]) if match else None
        at = datetime.fromisoformat(f"{match[1]}T{match[2]}") if match and match[2] else None
    except ValueError:
        match = day = at = None
    if match is None or day is None:
        raise BadInput(
            '"{text}" isn\'t a time. Write it as YYYY-MM-DD or YYYY-MM-DD HH:MM, such as'
            " 2024-10-18 14:30.",
            text=text,
        )
    if day < EARLIEST or day > (now + timedelta(days=3660)).date():
        raise BadInput("{day} is too far away. Check the year.", day=day)
    if at is None:
        return day, None
    named = (match[3] or "").upper().replace(":", "")
    if named in ("Z", "UTC"):
        return None, at.replace(tzinfo=UTC)
    if named:
        return None, datetime.strptime(f"{at:%Y-%m-%dT%H:%M}{named}", "%Y-%m-%dT%H:%M%z")
    return None, at.replace(tzinfo=zone)


def make_map_address(scene: Scene) -> str | None:
    """Return where a scene's place is shown on OpenStreetMap; None where no place is known."""
    if scene.latitude is not None and scene.longitude is not None:
        where = _plain(scene.latitude), _plain(scene.longitude)
        marked = f"mlat={where[0]}&mlon={where[1]}"
        return f"https://www.openstreetmap.org/?{marked}#map={ZOOM}/{where[0]}/{where[1]}"
    if scene.place:
        return f"https://www.openstreetmap.org/search?query={quote(scene.place, safe='')}"
    return None


def name_place(scene: Scene) -> str:
    """Return what a scene's place is called: its name, or else its coordinates."""
    if scene.place:
        return scene.place
    if scene.latitude is None or scene.longitude is None:
        return ""
    return f"{_plain(scene.latitude)}, {_plain(scene.longitude)}"


def _plain(degrees: float) -> str:
    return f"{degrees:.6f}".rstrip("0").rstrip(".")
