"""Where and when, as people type it or copy it from a map."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import Scene
from workflows.errors import BadInput
from workflows.scenes import make_map_address, name_place, read_scene

NOW, ZONE = datetime(2026, 3, 2, tzinfo=UTC), ZoneInfo("Europe/Kyiv")
VIENNA = (48.2082, 16.3738)


def read(place="", time=""):
    return read_scene(place, time, ZONE, NOW)


@pytest.mark.parametrize(
    "place",
    [
        "48.2082, 16.3738",
        "48.2082;16.3738",
        "(48.2082, 16.3738)",
        "geo:48.2082,16.3738",
        "https://www.openstreetmap.org/?mlat=48.2082&mlon=16.3738#map=17/48.2/16.3",
        "https://www.openstreetmap.org/#map=17/48.2082/16.3738",
        "https://www.google.com/maps/place/X/@48.2082,16.3738,17z",
        "https://www.google.com/maps/place/X/@48.1,16.1,9z/data=!3d48.2082!4d16.3738",
        "https://maps.google.com/?q=48.2082,16.3738",
        "https://maps.apple.com/?ll=48.2082%2C16.3738",
    ],
)
def test_coordinates(place):
    """Coordinates are known in every spelling, and in the links of maps."""
    assert read(place) == Scene(latitude=VIENNA[0], longitude=VIENNA[1])


def test_degrees():
    """Degrees, minutes and seconds, on every side of the globe."""
    assert read("48° 12′ 30″ N, 16°22'30\"E") == Scene(latitude=48.208333, longitude=16.375)
    assert read("33°30'S 70°45'W") == Scene(latitude=-33.5, longitude=-70.75)


def test_names():
    """A name stays a name, and keeps coordinates that stand beside it."""
    assert read("  Kherson,  the port ") == Scene("Kherson, the port")
    assert read("Vienna 48.2082, 16.3738") == Scene("Vienna 48.2082, 16.3738", *VIENNA)
    assert read() is None


@pytest.mark.parametrize(
    "place", ["91, 16", "48, 181", "48°N 16°N", "https://example.org/map", "https://goo.gl/maps/x"]
)
def test_no_place_on_earth(place):
    """Impossible coordinates, and links without any, are refused."""
    with pytest.raises(BadInput):
        read(place)


@pytest.mark.parametrize(
    ("time", "day", "at"),
    [
        ("2024-10-18", date(2024, 10, 18), None),
        ("2024-10-18 14:30", None, datetime(2024, 10, 18, 11, 30, tzinfo=UTC)),
        ("2024-10-18T14:30Z", None, datetime(2024, 10, 18, 14, 30, tzinfo=UTC)),
        ("2024-10-18 14:30 UTC", None, datetime(2024, 10, 18, 14, 30, tzinfo=UTC)),
        ("2024-10-18 14:30+05:30", None, datetime(2024, 10, 18, 9, 0, tzinfo=UTC)),
        ("2024-10-18 14:30:59 -0300", None, datetime(2024, 10, 18, 17, 30, tzinfo=UTC)),
    ],
)
def test_times(time, day, at):
    """A day stays a day; an hour is the team's, unless it names its own zone."""
    scene = read(time=time)

    assert (scene.day, scene.at) == (day, at)


@pytest.mark.parametrize(
    "time", ["18.10.2024", "2024-13-01", "2024-10-18 25:00", "noon", "0001-01-01"]
)
def test_wrong_times(time):
    """What is no time, or too far away, is refused."""
    with pytest.raises(BadInput):
        read(time=time)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text(place, time):
    """Whatever is typed, it is a scene whose map is OpenStreetMap, or it is refused."""
    try:
        scene = read(place, time)
    except BadInput:
        return
    if scene and (address := make_map_address(scene)):
        assert urlsplit(address).hostname == "www.openstreetmap.org"
        assert name_place(scene)


def test_map():
    """Coordinates are marked on the map, a name is looked for there."""
    marked = make_map_address(Scene(None, -33.5, -70.75))

    assert marked == "https://www.openstreetmap.org/?mlat=-33.5&mlon=-70.75#map=15/-33.5/-70.75"
    assert name_place(Scene(None, 48.0, -0.000001)) == "48, -0.000001"
    assert make_map_address(Scene("Kherson & port")).endswith("?query=Kherson%20%26%20port")
    assert make_map_address(Scene(day=date(2024, 1, 1))) is None
