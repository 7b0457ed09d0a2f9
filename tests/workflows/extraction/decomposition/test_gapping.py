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
