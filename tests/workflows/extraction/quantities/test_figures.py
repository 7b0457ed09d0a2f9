"""Figures: what number, of what, and how exactly."""

import pytest

from workflows.extraction.quantities.figures import find_figures


def all_of(paragraph, text):
    read = paragraph(text)
    return find_figures(read.doc, read.text, [])


def first(paragraph, text):
    return all_of(paragraph, text)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They sent 10,000 troops.", 10_000),
        ("They sent 3000 troops.", 3_000),
        ("It has 1.28 million personnel.", 1_280_000),
        ("It costs $4.5bn a year.", 4_500_000_000),
        ("They sent ten thousand soldiers.", 10_000),
        ("They sent twenty-five thousand soldiers.", 25_000),
        ("They sent two hundred and fifty tanks.", 250),
        ("A million people left.", 1_000_000),
        ("Hundreds of people left.", 100),
        ("A few hundred personnel came.", 100),
        ("A dozen ships sailed.", 12),
        ("It rose by 3.5 percent.", 3.5),
        ("Half a million litres leaked.", 500_000),
        ("Two and a half million litres leaked.", 2_500_000),
        ("A million and a half tonnes burned.", 1_500_000),
        ("A half-million tonnes burned.", 500_000),
        ("It has 612 000 readers.", 612_000),
        ("The state owes 7 crore rupees.", 70_000_000),
        ("It paid Rs 2,50,000 for it.", 250_000),
        ("Half a dozen crews fled.", 6),
        ("A half million litres leaked.", 500_000),
        ("It lost half million dollars.", 500_000),
        ("A quarter of a million litres leaked.", 250_000),
        ("Two-thirds of a billion dollars went.", 2e9 / 3),
        ("Three dozen crews fled.", 36),
        ("It is minus 18 degrees.", -18),
        ("It was 31 degrees below zero.", -31),
        ("It was 4 °C below zero.", -4),
        ("It is -7.5 °C.", -7.5),
        ("A fifth of the crew left.", 0.2),
        ("Three-quarters of the crew left.", 0.75),
        ("Nearly half the crew left.", 0.5),
        ("One in four boats sank.", 0.25),
        ("Nine out of ten boats sank.", 0.9),
        ("Rents doubled.", 2),
        ("Debt was halved.", 0.5),
        ("Twice as many boats sank.", 2),
    ],
)
def test_digits_and_words(paragraph, text, value):
    """A number is read in digits and in words."""
    assert first(paragraph, text).value == value


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("About 3,000 soldiers train there.", "about"),
        ("More than 3,000 soldiers train there.", "more than"),
        ("Up to 3,000 soldiers train there.", "up to"),
        ("At least 3,000 soldiers train there.", "at least"),
        ("An estimated 3,000 soldiers train there.", "an estimated"),
        ("A few hundred soldiers train there.", "a few"),
        ("Thousands of soldiers train there.", "at least"),
        ("There, 3,000 soldiers train.", None),
        ("There, 300 or more soldiers train.", "at least"),
        ("Fewer than a third of them train.", "fewer than"),
    ],
)
def test_modifiers(paragraph, text, modifier):
    """The words that say how exact a number is are kept."""
    assert first(paragraph, text).modifier == modifier


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("They sent 10,000 troops.", "troops"),
        ("It rose by 12 percent.", "percent"),
        ("It rose by 12%.", "percent"),
        ("It costs $12 million.", "USD"),
        ("It costs €12 million.", "EUR"),
        ("Hundreds of soldiers came.", "soldiers"),
        ("Two-thirds of pupils passed.", "of pupils"),
        ("The lake covers 9 sq km.", "sq km"),
        ("It is -7.5 °C.", "°C"),
        ("It rose by 2 percentage points.", "percentage points"),
        ("A 9-year-old girl came.", "years old"),
        ("Ann Lee, 41, came.", "years old"),
        ("The wall is 3m high.", "m"),
        ("They pay INR 40,000.", "INR"),
    ],
)
def test_units(paragraph, text, unit):
    """What is counted is the unit."""
    assert first(paragraph, text).unit == unit


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They sent 10,000 to 12,000 troops.", 10_000, 12_000),
        ("They sent between 1,500 and 2,000 troops.", 1_500, 2_000),
        ("It costs two to three million dollars.", 2_000_000, 3_000_000),
        ("It takes 10-12 days.", 10, 12),
        ("It costs $4-6bn.", 4_000_000_000, 6_000_000_000),
        ("Some 20–25,000 people came.", 20_000, 25_000),
        ("The term is from 12 to 14 years.", 12, 14),
        ("It is between -5 °C and 3 °C.", -5, 3),
        ("Rents rose from 12 to 14 percent.", 12, None),
        ("Rents grew by 3 percent to 14 percent.", 3, None),
    ],
)
def test_ranges(paragraph, text, low, high):
    """A range is one figure."""
    found = first(paragraph, text)

    assert (found.value, found.upper) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "It was the 3rd of its kind.",
        "An F-16 crashed.",
        "One of them left.",
        "They met at 9:30.",
        "The third boat sank.",
        "They met at 5 p.m. in room 12.",
        "Flight 307 was late.",
        "The 2016 elections were fair.",
        "It shut in the third quarter.",
        "It is the biggest port.[4]",
        "It shut half an hour ago.",
        "Test scores fell.",
    ],
)
def test_no_figure(paragraph, text):
    """What counts nothing is no figure."""
    assert all_of(paragraph, text) == []


def test_offsets(paragraph):
    """A figure stands where its offsets say."""
    text = "Officials spoke of some 10,000 troops."

    found = first(paragraph, text)

    assert text[found.start : found.end] == found.text == "10,000"


def test_numbers_in_dates(find):
    """The number in a date is no figure."""
    [claim] = find("The troops left on Oct. 17.")

    assert claim.figures == ()
