"""Dates: days resolved against the publication, and only where they are certain."""

from datetime import date

import pytest

from workflows.extraction.quantities.dates import find_dates

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
        ("in mid-June", date(2024, 6, 1), date(2024, 6, 30)),
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
        ("they will meet on Friday", FRIDAY, FRIDAY),
        (
            "It set a goal for its fair set to take place in Dorn, Norland in July",
            date(2025, 7, 1),
            date(2025, 7, 31),
        ),
        ("last week", date(2024, 10, 7), date(2024, 10, 13)),
        ("next month", date(2024, 11, 1), date(2024, 11, 30)),
        ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("yesterday", date(2024, 10, 17), date(2024, 10, 17)),
        ("three days ago", date(2024, 10, 15), date(2024, 10, 15)),
        ("two weeks ago", date(2024, 10, 4), date(2024, 10, 4)),
        ("two years ago", date(2022, 1, 1), date(2022, 12, 31)),
        ("Last week", date(2024, 10, 7), date(2024, 10, 13)),
        ("In 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("between 2014 and 2017", date(2014, 1, 1), date(2017, 12, 31)),
        ("the 2014-17 plan", date(2014, 1, 1), date(2017, 12, 31)),
        ("from March to May 2023", date(2023, 3, 1), date(2023, 5, 31)),
        ("5-9 June 2023", date(2023, 6, 5), date(2023, 6, 9)),
        ("in Q2 2023", date(2023, 4, 1), date(2023, 6, 30)),
        ("in the 2023 second quarter", date(2023, 4, 1), date(2023, 6, 30)),
        ("in the 2023 first half", date(2023, 1, 1), date(2023, 6, 30)),
        ("in the second quarter", date(2024, 4, 1), date(2024, 6, 30)),
        ("in the second half of 2023", date(2023, 7, 1), date(2023, 12, 31)),
        ("in the first half of last year", date(2023, 1, 1), date(2023, 6, 30)),
        ("in the first five months of the year", date(2024, 1, 1), date(2024, 5, 31)),
        ("last quarter", date(2024, 7, 1), date(2024, 9, 30)),
        ("last spring", date(2024, 3, 1), date(2024, 5, 31)),
        ("last winter", date(2023, 12, 1), date(2024, 2, 29)),
        ("next summer", date(2025, 6, 1), date(2025, 8, 31)),
        ("in the autumn of 2021", date(2021, 9, 1), date(2021, 11, 30)),
        ("over the weekend", date(2024, 10, 12), date(2024, 10, 13)),
        ("it will rain this weekend", date(2024, 10, 19), date(2024, 10, 20)),
        ("over the past 30 months", date(2022, 4, 18), FRIDAY),
        ("in the past year", date(2023, 10, 18), FRIDAY),
        ("in the next two weeks", FRIDAY, date(2024, 11, 1)),
        ("last night", date(2024, 10, 17), date(2024, 10, 17)),
        ("in the 70s", date(1970, 1, 1), date(1979, 12, 31)),
    ],
)
def test_days_covered(text, first, last):
    """A time is resolved to the days it covers."""
    [found] = find_dates(text, FRIDAY)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The mill burned on 9 December.", date(2023, 12, 9)),
        ("The mill had burned on 9 December.", date(2023, 12, 9)),
        ("The mill was burned down on 9 December.", date(2023, 12, 9)),
        ("The mill failed to open on 9 December.", date(2023, 12, 9)),
        ("The mill will open on 9 January.", date(2025, 1, 9)),
        ("The mill is to open on 9 January.", date(2025, 1, 9)),
        ("The opening was put off to 9 December.", date(2024, 12, 9)),
        ("The fair opens on Monday.", date(2024, 10, 21)),
        ("They agreed to meet on Monday.", date(2024, 10, 21)),
        ("They will meet again, the mayor said on Monday.", date(2024, 10, 14)),
        ("She was arrested on Christmas Eve.", date(2023, 12, 24)),
    ],
)
def test_the_tense_chooses_the_year(paragraph, text, first):
    """What has happened lies in the past, what is to come ahead."""
    read = paragraph(text)

    [found] = find_dates(read.text, FRIDAY, read.doc)

    assert (found.first, found.last) == (first, first)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Roe faces trial in January.", date(2025, 1, 1)),
        ("Roe is running for mayor in December.", date(2024, 12, 1)),
        ("Roe set a goal for her fair set to take place in Pell in March.", date(2025, 3, 1)),
        ("The mill will have closed in February.", date(2025, 2, 1)),
        ("The mill may have closed in February.", date(2024, 2, 1)),
        ("Roe leads the fund in June.", date(2024, 6, 1)),
        ("The mill closed in November.", date(2023, 11, 1)),
        ("Roe is due in court in November.", date(2024, 11, 1)),
        ("Roe is due in court on Friday.", FRIDAY),
        ("Roe will appear in court on Friday.", FRIDAY),
        ("Roe has been in jail since November.", date(2023, 11, 1)),
    ],
)
def test_what_lies_ahead(paragraph, text, first):
    """A month beside a present tense is the nearer one; what is set or due lies ahead."""
    read = paragraph(text)

    [found] = find_dates(read.text, FRIDAY, read.doc)

    assert found.first == first


def test_a_year_earlier_looks_back():
    """A year earlier is counted from the time named before it."""
    *_, found = find_dates("In May 2023 it sold more than a year earlier.", FRIDAY)

    assert (found.first, found.last) == (date(2022, 5, 1), date(2022, 5, 31))


@pytest.mark.parametrize(
    "text",
    [
        "the Black Friday rush",
        "the Sunday Times",
        "Bloody Sunday",
        "2000 people",
        "a 3-2 win",
        "PELL TODAY",
    ],
)
def test_a_name_is_no_time(text):
    """A day's name inside a name is not that day of this week."""
    assert find_dates(text, FRIDAY) == []


def test_a_present_weekday(paragraph):
    """“The fair is on Monday” may be the last one or the next."""
    read = paragraph("The fair is on Monday.")

    assert find_dates(read.text, FRIDAY, read.doc)[0].first is None


@pytest.mark.parametrize(
    "text", ["FY2023", "fiscal 2023", "the fiscal 2023 second quarter", "in the winter of 2021"]
)
def test_an_uncertain_year_has_no_days(text):
    """A fiscal year begins when its owner wants, a winter has two years."""
    [found] = find_dates(text, FRIDAY)

    assert (found.first, found.last) == (None, None)


@pytest.mark.parametrize("text", ["on Oct. 17", "in June", "on Thursday", "last week", "yesterday"])
def test_no_publication_date(text):
    """Without a publication date nothing is guessed."""
    [found] = find_dates(text, None)

    assert (found.first, found.last) == (None, None)


def test_full_date():
    """A full date needs no publication date."""
    [found] = find_dates("on April 25, 2022", None)

    assert found.first == date(2022, 4, 25)


@pytest.mark.parametrize(
    "text", ["he may leave", "they march on", "2024 soldiers", "Feb. 30, 2024"]
)
def test_no_date(text):
    """What is no date is given no days."""
    assert all(found.first is None for found in find_dates(text, FRIDAY))


def test_offsets():
    """A time stands where its offsets say."""
    text = "It has been going on since June, they said."

    [found] = find_dates(text, FRIDAY)

    assert text[found.start : found.end] == found.text == "since June"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("On June 23, 2014, it left. It came on June 25.", date(2014, 6, 25)),
        ("On December 30, 2014, it left. It came on January 2.", date(2015, 1, 2)),
        ("On June 23, 2014, it left. The report came on October 3.", date(2024, 10, 3)),
    ],
)
def test_story_of_another_year(text, last):
    """A day near one that was named with its year is of that year."""
    assert find_dates(text, FRIDAY)[-1].first == last


def test_day_of_an_earlier_paragraph():
    """The year is remembered from paragraph to paragraph."""
    told = find_dates("It left on June 23, 2014.", FRIDAY)[0].first

    assert find_dates("It came on June 25.", FRIDAY, None, told)[0].first == date(2014, 6, 25)


@pytest.mark.parametrize("text", ["women in their 20s and 30s", "in his early 40s"])
def test_ages_are_no_decades(text):
    """A number behind "in their" is an age: "in their 20s"."""
    assert find_dates(text, FRIDAY) == []


def test_scheduled_day(find):
    """A day for which something is set lies ahead, whatever day was told before."""
    text = "Kit Roe died on Jan. 11, 2024. A judge set the hearing for Dec. 14."
    told = find(text)[-1].dates[-1]

    assert told.first == date(2024, 12, 14)


def test_quarter_just_over(find):
    """Results of a quarter that has just ended are not of the next year's."""
    told = find("Norlink will report its third-quarter results.")[-1].dates[-1]

    assert told.first == date(2024, 7, 1)


def test_day_just_over(find):
    """What was to begin last Sunday lies a few days back, and not a year ahead."""
    told = find("Norlink said it would close the mill on October 13 and October 14.")[-1].dates

    assert [each.first for each in told] == [date(2024, 10, 13), date(2024, 10, 14)]


def test_quarter_long_over():
    """In October “the first quarter” may be a company's own: it has no days."""
    [mention] = find_dates("in the first quarter", FRIDAY)

    assert mention.first is None


def test_last_winter():
    """In January the last winter is the one before the one that is still on."""
    [mention] = find_dates("last winter", date(2024, 1, 9))

    assert (mention.first, mention.last) == (date(2022, 12, 1), date(2023, 2, 28))
