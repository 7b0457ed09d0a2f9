"""Who came next in a poll or a race, each with the figure."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Norlink leads with 35% of sales, followed by Pell Motors with 20% and Falk with 9%.",
            [
                "Norlink leads with 35% of sales",
                "Pell Motors followed Norlink with 20%",
                "Falk followed Norlink with 9%",
            ],
        ),
        (
            "In 2019, Ann Lee won with 40 percent of the votes, followed by Tim Roe at 30.",
            [
                "In 2019, Ann Lee won with 40 percent of the votes",
                "In 2019, Tim Roe followed Ann Lee at 30 percent",
            ],
        ),
        (
            "In a poll 27 percent would vote for Ann Lee, followed by Tim Roe with 22 percent.",
            [
                "In a poll 27 percent would vote for Ann Lee",
                "Tim Roe followed Ann Lee with 22 percent",
            ],
        ),
        (
            (
                "A poll showed that Lee stayed in the lead with 42 percent, followed by Tim Roe "
                "at 23 percent; Kit Falk at 12 percent."
            ),
            [
                "Lee stayed in the lead with 42 percent",
                "Tim Roe followed Lee at 23 percent",
                "Kit Falk followed Lee at 12 percent",
            ],
        ),
        (
            "A survey found Lee the winner with 35 percent, followed by Roe at 25 percent.",
            ["A survey found Lee the winner with 35 percent", "Roe followed Lee at 25 percent"],
        ),
        (
            "Ann Lee led the race, followed by Tim Roe and Kit Falk.",
            ["Ann Lee led the race, followed by Tim Roe and Kit Falk"],
        ),
        (
            "The storm hit Olden on 9 May, followed by floods.",
            ["The storm hit Olden on 9 May, followed by floods"],
        ),
    ],
)
def test_followers(find, text, words):
    """Who followed with a figure is told alone; without figures the list stays whole."""
    assert [claim.words for claim in find(text)] == words
