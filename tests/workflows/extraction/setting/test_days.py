"""Which day a relative time is, in square brackets behind it."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

PUBLISHED = date(2024, 10, 18)
BRACKETS = re.compile(r" \[[^\[\]]*\]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee was jailed yesterday.", "Ann Lee was jailed yesterday [17 October 2024]"),
        ("The mill closed on Monday.", "The mill closed on Monday [14 October 2024]"),
        ("The mill burned on Monday night.", "The mill burned on Monday night [14 October 2024]"),
        ("Prices in Olden rose last month.", "Prices in Olden rose last month [September 2024]"),
        ("Olden built 40 homes this year.", "Olden built 40 homes this year [2024]"),
        ("Ann Lee won last year's race.", "Ann Lee won last year's [2023] race"),
        ("Kit won Monday night's race.", "Kit won Monday night's [14 October 2024] race"),
        ("The mill burned last spring.", "The mill burned last spring [2024]"),
        ("Kit won over the weekend.", "Kit won over the weekend [12–13 October 2024]"),
        (
            "The board voted Monday to close 40 mills.",
            "The board voted Monday [14 October 2024] to close 40 mills",
        ),
        ("Olden will vote on Tuesday.", "Olden will vote on Tuesday [22 October 2024]"),
    ],
)
def test_told(only, text, words):
    """A day, month or year that the publication makes certain is put in behind the words."""
    assert only(text).words == words


@pytest.mark.parametrize(
    "words",
    [
        "The mill closed on 14 October 2024",
        "The mill closed on Monday, 14 October",
        "The mill closes every Monday",
        "The talks were put off to Monday",
        "The fair is on Monday",
        "Monday's debate in Olden might not matter",
        "Prices in Olden rose last week",
        "The bridge is safe today",
        "Ann Lee left Olden in her last year",
        "The mill closed the following Monday",
    ],
)
def test_not_told(only, words):
    """What tells its day, is one of many or is uncertain stays as it is."""
    assert only(f"{words}.").words == words


def test_spoken(find):
    """What somebody said of “yesterday” was said on a day that the document does not tell."""
    told = find("“The mill closed yesterday,” Ann Lee said.")

    assert [claim.words for claim in told] == ["The mill closed yesterday"]


def test_unpublished(only):
    """Without a day of publication nothing is put in."""
    assert only("The mill closed yesterday.", None).words == "The mill closed yesterday"


def test_reference(only):
    """The words that a day explains are told among the references."""
    text = "The mill closed yesterday."
    [reference] = only(text).references

    assert text[reference.start : reference.end] == reference.text == "yesterday"
    assert reference.stands_for == "17 October 2024"


@given(
    published=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    time=st.sampled_from(["yesterday", "on Monday", "last month", "last year", "last night"]),
)
def test_one_day_before(find, published, time):
    """At most one day is put in, it lies within a year and a day, and the words stay the text's."""
    [claim] = find(f"The mill in Olden burned {time}.", published)

    assert BRACKETS.sub("", claim.words) == f"The mill in Olden burned {time}"
    assert len(BRACKETS.findall(claim.words)) == 1
    [mention] = claim.dates
    assert mention.first is not None
    assert published - timedelta(days=731) <= mention.first <= published
