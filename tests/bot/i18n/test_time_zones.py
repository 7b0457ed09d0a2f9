"""Time zones as people type them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.i18n.time_zones import find_zones, guess_zone, list_names, parse_zone
from workflows.errors import BadInput

NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("locale", list(discord.Locale), ids=str)
def test_a_zone_is_guessed_for_every_language_of_discords(locale):
    assert guess_zone(locale.value) in list_names()


def test_of_other_languages_nothing_is_guessed():
    assert guess_zone("tlh") == "UTC"


def test_what_is_typed_narrows_the_zones_and_the_guess_leads():
    assert find_zones("", "Asia/Seoul", NOW, 2)[0] == ("Asia/Seoul · 21:00", "Asia/Seoul")
    assert find_zones("new y", "UTC", NOW, 25) == [("America/New_York · 07:00", "America/New_York")]
    assert len(find_zones("", "UTC", NOW, 25)) == 25
    assert find_zones("atlantis", "UTC", NOW, 25) == []


@pytest.mark.parametrize("typed", ["Europe/Berlin", "europe/berlin", " Berlin "])
def test_a_zone_may_be_typed_by_its_city(typed):
    assert parse_zone(typed) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "example"),
    [("Berln", "Europe/Berlin"), ("../../etc/passwd", "Europe/Berlin"), ("Soul", "Asia/Seoul")],
)
def test_what_is_no_zone_is_answered_with_one_that_is(typed, example):
    with pytest.raises(BadInput) as refused:
        parse_zone(typed)

    assert str(refused.value).endswith(f"such as {example}.")
