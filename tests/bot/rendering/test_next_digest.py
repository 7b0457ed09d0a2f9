"""The next digest is announced in the team's own time, and in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.next_digest import write_days, write_moment, write_next_digest
from workflows.claims import TeamId
from workflows.desk.digests import NextDigest
from workflows.policy import Policy
from workflows.teams import EVERY_DAY, Team

WORDS = translator_for("en")
NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "zone", "said"),
    [
        (date(2026, 11, 24), 22, "Europe/Berlin", "today 22:00 Europe/Berlin, in 2 hours"),
        (date(2026, 11, 25), 9, "Europe/Berlin", "tomorrow 09:00 Europe/Berlin, in 13 hours"),
        (date(2026, 11, 25), 9, "Asia/Seoul", "today 09:00 Asia/Seoul, in 5 hours"),
        (date(2026, 11, 30), 9, "UTC", "Nov 30, 2026 09:00 UTC, in 6 days"),
    ],
)
def test_team_clock(day, hour, zone, said):
    """The day is named by the team's clock."""
    at = datetime.combine(day, time(hour), ZoneInfo(zone))

    assert write_moment(at, NOW, WORDS) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (EVERY_DAY, "every day"),
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({4, 0}, "Monday and Friday"),
    ],
)
def test_spoken_days(days, said):
    """Days are named as people do."""
    assert write_days(days, WORDS) == said


def test_pause_and_days_off(settings):
    """A pause and days without a digest are named."""
    some = replace(settings, digest_days=frozenset({0, 3}))
    due = datetime(2026, 11, 30, 8, tzinfo=UTC)

    said = write_next_digest(
        NextDigest(Team(TeamId(1), some, Policy(), 1, NOW), date(2026, 11, 30), due, paused=True),
        NOW,
        WORDS,
    )

    assert said == (
        "The next digest is due Nov 30, 2026 09:00 Europe/Berlin, in 6 days."
        " It is paused until then. Digest days: Monday and Thursday."
    )
