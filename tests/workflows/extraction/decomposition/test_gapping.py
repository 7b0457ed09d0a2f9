"""Halves without a verb are told with the verb of the first."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Turnout was 70 percent in the north, but only 42 percent in the south.",
            [
                "Turnout was 70 percent in the north",
                "Turnout was only 42 percent in the south",
            ],
        ),
        (
            "Support in the north was 70 percent, while in the south only 42 percent.",
            ["Support in the north was 70 percent", "Support was only 42 percent in the south"],
        ),
        (
            "Amber Rail sold 300 cars in Pell in 2019, 450 in 2020 and 510 in 2021.",
            [
                "Amber Rail sold 300 cars in Pell in 2019",
                "Amber Rail sold 450 cars in Pell in 2020",
                "Amber Rail sold 510 cars in Pell in 2021",
            ],
        ),
        (
            "Exports fell by 12 percent and imports by 9 percent.",
            ["Exports fell by 12 percent", "Imports fell by 9 percent"],
        ),
        (
            "Women earned 900 euros and men 1,100.",
            ["Women earned 900 euros", "Men earned 1,100 euros"],
        ),
    ],
)
def test_verb_of_the_first(find, text, words):
    """Each figure with a place, a year or a subject of its own is a claim."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The mill was built in 1970 and modernised in 1999.",
            ["The mill was built in 1970", "The mill was modernised in 1999"],
        ),
        (
            "Kit Roe was jailed in May and escaped in June.",
            ["Kit Roe was jailed in May", "Kit Roe escaped in June"],
        ),
        (
            "The rider was thrown off the bike, and collided with a tree in the park.",
            ["The rider was thrown off the bike", "The rider collided with a tree in the park"],
        ),
        (
            "Kit Roe was arrested in May and charged with fraud.",
            ["Kit Roe was arrested in May", "Kit Roe was charged with fraud"],
        ),
    ],
)
def test_shared_helper(find, text, words):
    """A second participle has the helping verb of the first, a past tense has none."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "62 percent of women, 48 percent of men and 30 percent of children live in Pell.",
            [
                "62 percent of women live in Pell",
                "48 percent of men live in Pell",
                "30 percent of children live in Pell",
            ],
        ),
        (
            "Forty percent of teachers and a third of parents oppose the change.",
            ["Forty percent of teachers oppose the change", "A third of parents oppose the change"],
        ),
        (
            "The two boys who swam out and the three girls who stayed were saved in May.",
            [
                "The two boys who swam out were saved in May",
                "The three girls who stayed were saved in May",
            ],
        ),
        (
            "Dahl’s approval rating is 55 percent overall, and 57 percent among women.",
            [
                "Dahl’s approval rating is 55 percent overall",
                "Dahl’s approval rating is 57 percent among women",
            ],
        ),
        (
            (
                "Dahl holds a 49-35 percent edge over Roe on honesty, a 58-45 margin on health "
                "care, and a 56-36 percent majority on housing."
            ),
            [
                "Dahl holds a 49-35 percent edge over Roe on honesty",
                "Dahl holds a 58-45 margin over Roe on health care",
                "Dahl holds a 56-36 percent majority over Roe on housing",
            ],
        ),
        (
            "The share of smokers fell to 14 percent among men and to 11 percent among women.",
            [
                "The share of smokers fell to 14 percent among men",
                "The share of smokers fell to 11 percent among women",
            ],
        ),
        (
            "Lee is backed by 44 percent of voters and Roe by 41 percent.",
            ["Lee is backed by 44 percent of voters", "Roe is backed by 41 percent of voters"],
        ),
    ],
)
def test_each_share(find, text, words):
    """Each share of a sentence is told of by itself, and of what it is a share."""
    assert [claim.words for claim in find(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "60 percent of women and men support the plan.",
        "Between 40 percent of women and 50 percent of men share the view.",
        "10 percent of boys and 12 percent of girls together made up 300 pupils.",
        "Two men and three women met in Pell.",
        "40 percent of women or 30 percent of men must sign.",
    ],
)
def test_shares_together(find, text):
    """What holds of several together, or of one or the other, is told of them together."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]
