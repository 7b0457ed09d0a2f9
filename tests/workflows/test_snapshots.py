"""When a page is tried again, and when no more."""

from datetime import UTC, datetime, timedelta

from workflows.errors import BadInput
from workflows.snapshots import TRIES, find_next_try, find_status, make_refusal

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_longer_and_longer():
    """Each wait is longer than the one before, and after two days it is given up."""
    at, waits = NOW, []
    for attempts in range(1, TRIES):
        again = find_next_try(attempts, at)
        assert again is not None
        waits.append(again - at)
        at = again

    assert waits == sorted(waits)
    assert timedelta(days=1.5) < sum(waits, timedelta()) < timedelta(days=3)
    assert find_next_try(TRIES, at) is None


def test_refusal_keeps_its_values():
    """A refusal is told in the reader's language: its sentence and its plain values are kept."""
    error = BadInput("There is no page at {site} ({status}).", site="a.org", status=404, why=None)

    refusal = make_refusal(error)

    assert refusal.sentence.format(**refusal.values) == "There is no page at a.org (404)."
    assert find_status(error) == 404
    assert find_status(BadInput("No.")) is None
