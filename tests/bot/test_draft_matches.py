"""Matches of drafts are remembered for a while, each to be used once."""

from datetime import date

from bot.draft_matches import MOST, DraftMatches
from workflows.desk.duplicates import MatchSet
from workflows.intake import DraftKey

FOUND = MatchSet((), ("a claim",), (1,), date(2026, 11, 23), last=1)


def test_taken_once():
    """What was kept is given back once."""
    matches = DraftMatches()
    matches.keep(DraftKey("a"), FOUND)

    assert matches.take(DraftKey("a")) is FOUND
    assert matches.take(DraftKey("a")) is None


def test_oldest_forgotten():
    """Only the newest drafts are remembered."""
    matches = DraftMatches()
    for number in range(MOST + 1):
        matches.keep(DraftKey(str(number)), FOUND)

    assert matches.take(DraftKey("0")) is None
    assert matches.take(DraftKey(str(MOST))) is FOUND
