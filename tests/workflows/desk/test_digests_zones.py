"""Through every change of the clocks, each local date has one digest, at the team's hour.

`python -m tests.long.digest_zones` walks 20 zones through 3 years.
"""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.digest_calendar import walk


@pytest.mark.parametrize(
    ("zones", "begin"),
    [
        pytest.param(("Europe/Berlin",), datetime(2026, 3, 26, tzinfo=UTC), id="forward"),
        pytest.param(("America/New_York",), datetime(2026, 10, 29, tzinfo=UTC), id="back"),
        pytest.param(
            ("Australia/Lord_Howe",), datetime(2026, 10, 1, tzinfo=UTC), id="half an hour"
        ),
        pytest.param(("Pacific/Apia",), datetime(2011, 12, 27, tzinfo=UTC), id="a date left out"),
    ],
)
def test_each_date_one_digest(database, zones, begin):
    """Every local date has one digest, at its hour."""
    hours = (time(1, 30), time(2, 15), time(9))

    fates = walk(database, zones, hours, begin, begin + timedelta(days=7))

    assert [fate for fate in fates if not fate.right] == []
    assert all(fate.due >= 6 and fate.changes == 1 for fate in fates)
    assert any(fate.gaps or fate.overlaps for fate in fates) or zones == ("Pacific/Apia",)
