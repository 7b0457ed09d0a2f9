"""What a figure is set beside is a claim of its own, told of the same measure."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            (
                "Net sales in the second quarter of 2014 were $225 million compared to net sales "
                "of $215 million for the second quarter of 2013."
            ),
            [
                "Net sales in the second quarter of 2014 were $225 million",
                "Net sales were $215 million for the second quarter of 2013",
            ],
        ),
        (
            "Profit rose to 40 million euros in 2019, compared with 31 million euros in 2018.",
            ["Profit rose to 40 million euros in 2019", "Profit was 31 million euros in 2018"],
        ),
        (
            (
                "Amber Rail recorded a net loss of $3 million in 2019, compared with $9 million "
                "in 2018."
            ),
            [
                "Amber Rail recorded a net loss of $3 million in 2019",
                "Amber Rail’s net loss was $9 million in 2018",
            ],
        ),
        (
            (
                "Amber Rail's fourth-quarter sales rose to 40 million euros, compared with "
                "31 million euros for Q4 2017."
            ),
            [
                "Amber Rail's fourth-quarter sales rose to 40 million euros",
                "Amber Rail's sales were 31 million euros for Q4 2017",
            ],
        ),
        (
            "Amber Rail sold 300 cars in May, compared with 210 in April.",
            ["Amber Rail sold 300 cars in May", "Amber Rail sold 210 cars in April"],
        ),
        (
            "Falk and Roe won a combined 25 million votes, compared with 16 million for Tim Dahl.",
            ["Falk and Roe won a combined 25 million votes", "Tim Dahl won 16 million votes"],
        ),
    ],
)
def test_other_figure(find, text, words):
    """The other figure has the measure's name, and its own time."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "The rate fell to 4 percent compared with 2018.",
        "Women earned 900 euros, compared with men.",
        "The hall seats 400 people, compared with 250 before the fire.",
    ],
)
def test_no_figure_of_its_own(find, text):
    """What has no figure, or would need another tense, stays where it is."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Amber Rail reported net income of $6 million in May, up 5 percent from April.",
            [
                "Amber Rail’s net income was $6 million in May",
                "Amber Rail’s net income was up 5 percent from April",
            ],
        ),
        (
            (
                "Amber Rail reported a net loss of $3 million, compared with a profit of "
                "$9 million in 2018."
            ),
            ["Amber Rail’s net loss was $3 million", "Amber Rail’s profit was $9 million in 2018"],
        ),
        ("Amber Rail reported 40 cases of fever.", ["Amber Rail reported 40 cases of fever"]),
    ],
)
def test_reported_measure(find, text, words):
    """A measure that a firm reports is the firm's: its source is not told twice."""
    assert [claim.words for claim in find(text)] == words


def test_an_increase_of(find):
    """How much more it is than before is told of the measure."""
    text = "Amber Rail's sales were $458 million, an increase of 14% from $401 million in 2013."
    assert [claim.words for claim in find(text)] == [
        "Amber Rail's sales were $458 million",
        "Amber Rail's sales increased by 14% from $401 million in 2013",
    ]


def test_period_of_the_report(find):
    """What a firm reports keeps the time at the head of the sentence."""
    (claim,) = find("In the first quarter, Amber Rail reported net income of $6 million.")
    assert claim.words == "In the first quarter, Amber Rail’s net income was $6 million"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Maybe 900 men were killed in 2019 [in Pell] compared to probably 80,000 in Dorn.",
            [
                "900 men were killed in 2019 [in Pell]",
                "Probably 80,000 men were killed in Dorn in 2019",
            ],
        ),
        (
            "About 900 men died in Pell in 2019, compared with 700 in 2018.",
            ["About 900 men died in Pell in 2019", "700 men died in Pell in 2018"],
        ),
    ],
)
def test_counted_subject(find, text, words):
    """Those counted as the subject are compared with others of the same kind."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            (
                "After a year, 9 percent of smokers died or had strokes, compared with 5 "
                "percent of others in Pell."
            ),
            "After a year, 5 percent of others in Pell died or had strokes",
        ),
        (
            "Nine percent of men smoked in 2019, compared with 12 percent in 2010.",
            "12 percent of men smoked in 2010",
        ),
    ],
)
def test_share_beside_share(find, text, words):
    """A share that another is compared with did the same, at its own time and place."""
    assert [claim.words for claim in find(text)][1:] == [words]
