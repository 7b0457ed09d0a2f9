"""Dates: days resolved against the publication, and only where they are certain."""

from datetime import date

import pytest

from workflows.extraction.claims.dates import find_dates

FRIDAY = date(2024, 10, 18)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on Oct. 17", date(2024, 10, 17), date(2024, 10, 17)),
        ("on 17 October", date(2024, 10, 17), date(2024, 10, 17)),
        ("on Dec. 30", date(2024, 12, 30), date(2024, 12, 30)),
        ("on April 25, 2022", date(2022, 4, 25), date(2022, 4, 25)),
        ("on 2022-04-25", date(2022, 4, 25), date(2022, 4, 25)),
        ("in April 2022", date(2022, 4, 1), date(2022, 4, 30)),
        ("in June", date(2024, 6, 1), date(2024, 6, 30)),
        ("in November", date(2023, 11, 1), date(2023, 11, 30)),
        ("it will end in November", date(2024, 11, 1), date(2024, 11, 30)),
        ("the troops must leave by March", None, date(2025, 3, 31)),
        ("rates could be cut in December", date(2024, 12, 1), date(2024, 12, 31)),
        ("it might have begun in December", date(2023, 12, 1), date(2023, 12, 31)),
        ("water had fallen by June", None, date(2024, 6, 30)),
        ("since June", date(2024, 6, 1), FRIDAY),
        ("since 2022", date(2022, 1, 1), FRIDAY),
        ("until June 2023", None, date(2023, 6, 30)),
        ("in 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("in the 1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("on Thursday", date(2024, 10, 17), date(2024, 10, 17)),
        ("on Friday", FRIDAY, FRIDAY),
        ("they will meet on Monday", date(2024, 10, 21), date(2024, 10, 21)),
        ("last week", date(2024, 10, 7), date(2024, 10, 13)),
        ("next month", date(2024, 11, 1), date(2024, 11, 30)),
        ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("yesterday", date(2024, 10, 17), date(2024, 10, 17)),
        ("three days ago", date(2024, 10, 15), date(2024, 10, 15)),
        ("two weeks ago", date(2024, 10, 4), date(2024, 10, 4)),
        ("two years ago", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_time_is_resolved_to_the_days_it_covers(text, first, last):
    [found] = find_dates(text, FRIDAY)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["on Oct. 17", "in June", "on Thursday", "last week", "yesterday"])
def test_without_a_publication_date_nothing_is_guessed(text):
    [found] = find_dates(text, None)

    assert (found.first, found.last) == (None, None)


def test_a_full_date_needs_no_publication_date():
    [found] = find_dates("on April 25, 2022", None)

    assert found.first == date(2022, 4, 25)


@pytest.mark.parametrize(
    "text", ["he may leave", "they march on", "2024 soldiers", "Feb. 30, 2024"]
)
def test_what_is_no_date_is_given_no_days(text):
    assert all(found.first is None for found in find_dates(text, FRIDAY))


def test_a_time_stands_where_it_says():
    text = "It has been going on since June, they said."

    [found] = find_dates(text, FRIDAY)

    assert text[found.start : found.end] == found.text == "since June"
