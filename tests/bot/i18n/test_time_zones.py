"""Time zones as people type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.i18n.time_zones import find_zones, guess_zone, list_names, name_zone, parse_zone
from tests.expect import refuses
from workflows.errors import BadInput

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("locale", list(discord.Locale), ids=str)
def test_guess_for_each_language(locale):
    """A zone is guessed for every language of Discord's."""
    assert guess_zone(locale.value) in list_names()


def test_other_languages():
    """For other languages nothing is guessed."""
    assert guess_zone("tlh") == "UTC"


def test_typing_narrows():
    """What is typed narrows the zones, and the guess comes first."""
    assert find_zones("", "Asia/Seoul", NOW, 2)[0] == ("Asia/Seoul · 21:00", "Asia/Seoul")
    assert find_zones("new y", "UTC", NOW, 25) == [("America/New_York · 07:00", "America/New_York")]
    assert len(find_zones("", "UTC", NOW, 25)) == 25
    assert find_zones("atlantis", "UTC", NOW, 25) == []


@pytest.mark.parametrize("typed", ["Europe/Berlin", "europe/berlin", " Berlin "])
def test_city_alone(typed):
    """A zone may be typed by its city."""
    assert parse_zone(typed) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "example"),
    [("Berln", "Europe/Berlin"), ("../../etc/passwd", "Europe/Berlin"), ("Seooul", "Asia/Seoul")],
)
def test_unknown_zone(typed, example):
    """What is no zone is refused with one that is."""
    with pytest.raises(BadInput) as refused:
        parse_zone(typed)

    assert str(refused.value).endswith(f"such as {example}.")


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("GMT+2", 2), ("UTC+2", 2), ("utc +02:00", 2), ("GMT-5", -5), ("UTC\u22123", -3), ("GMT", 0)],
)
def test_offsets_mean_east(typed, hours):
    """GMT+2 is two hours ahead of Greenwich, whatever IANA calls it."""
    zone = parse_zone(typed)

    assert NOW.astimezone(zone).utcoffset() == timedelta(hours=hours)
    assert name_zone(zone) == ("UTC" if not hours else f"UTC{hours:+d}")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("UTC+5:45", "Asia/Kathmandu"), ("UTC+20", "Europe/Berlin"), ("", "Europe/Berlin")],
)
def test_other_offsets_are_refused(typed, zone):
    """An offset that no whole hour makes is refused with a place that has it."""
    with refuses(BadInput, example=zone):
        parse_zone(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Beijing", "Asia/Shanghai"),
        ("Mumbai", "Asia/Kolkata"),
        ("San Francisco", "America/Los_Angeles"),
        ("München", "Europe/Berlin"),
        ("St. John's", "America/St_Johns"),
        ("Kharkiv", "Europe/Kyiv"),
    ],
)
def test_large_cities_are_known(typed, zone):
    """A large city is understood though no zone is named after it."""
    assert parse_zone(typed).key == zone
    assert find_zones(typed, "UTC", NOW, 25)[0][1] == zone
