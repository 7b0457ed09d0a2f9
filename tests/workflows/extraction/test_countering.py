"""A doubt is linked to the claim that it doubts, where that is certain."""

import pytest


def doubts(found):
    """What each doubting claim doubts, both in words."""
    return {c.words: found[c.counters].words for c in found if c.counters is not None}


GIVEN = "The paper reported that 9,000 trucks had crossed the border."
SOLD = "The paper reported that the mayor had sold the mill."


@pytest.mark.parametrize(
    ("text", "doubt", "doubted"),
    [
        (
            f"{GIVEN} Experts said the figure of 9,000 might be exaggerated.",
            "The figure of 9,000 is exaggerated",
            "9,000 trucks had crossed the border",
        ),
        (
            f"The number of 9,000 is too high, the minister said. {GIVEN}",
            "The number of 9,000 is too high",
            "9,000 trucks had crossed the border",
        ),
        (f"{SOLD} The mayor denied it.", "The mayor denied it", "The mayor had sold the mill"),
    ],
)
def test_a_doubt_points_to_the_claim_it_doubts(find, text, doubt, doubted):
    assert doubts(find(text))[doubt] == doubted


@pytest.mark.parametrize(
    "text",
    [
        "The figure of 9,000 might be exaggerated.",
        "The mayor denied it.",
        f"{SOLD} Experts said the figure of 9,000 is wrong.",
    ],
)
def test_where_no_claim_can_be_meant_none_is_linked(find, text):
    assert doubts(find(text)) == {}
