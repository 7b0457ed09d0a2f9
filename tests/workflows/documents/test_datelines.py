"""The day that a page tells in its words alone, and no other day that stands there."""

from datetime import date

import pytest

from workflows.documents.datelines import find_told_day

DAY, TITLE = date(2024, 2, 3), "Bridge closed"


@pytest.mark.parametrize(
    "line",
    [
        "OLDEN, 3 February 2024 – The bridge is closed.",
        "Olden, Feb. 3, 2024 — The bridge is closed.",
        "OLDEN (3 February 2024) - The bridge is closed.",
        "OLDEN, February 3rd, 2024 -- The bridge is closed.",
    ],
)
def test_datelines(line):
    """A dateline tells the day, also behind a heading."""
    assert find_told_day(None, (), [line]) == DAY
    assert find_told_day(None, (), ["Press release", TITLE, line]) == DAY


@pytest.mark.parametrize(
    "line",
    ["The Harbour Post, February 3, 2024", "Published: 3 Feb 2024 · 4 min read", "2024-02-03"],
)
def test_line_below_title(line):
    """A short line below the title tells the day."""
    lines = ["Home", TITLE, "By Ada Reyes", line, "The bridge is closed."]

    assert find_told_day(TITLE, lines, ["The bridge is closed."]) == DAY


@pytest.mark.parametrize(
    "lines",
    [
        [
            TITLE,
            "The bridge, opened on 3 February 2024 by the mayor, two bands and her dog, is shut.",
        ],
        ["3 February 2024", TITLE, "The bridge is closed."],
        [TITLE, "3 February 2024, updated 5 February 2024", "The bridge is closed."],
        [TITLE, "1", "2", "3", "4", "3 February 2024"],
        [TITLE, "31 February 2024"],
        ["Another title", "3 February 2024"],
    ],
)
def test_other_days(lines):
    """A day of the story, one of two, one elsewhere and one that never was are not the page's."""
    assert find_told_day(TITLE, lines, ["On 3 February 2024 the bridge was closed."]) is None
