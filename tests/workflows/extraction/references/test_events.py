"""“This” for what the sentence before tells, and “that sum” for its amount of money."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The board shut two pools in 2018. This saved $90,000, the clerk said.",
            "[That the board shut two pools in 2018] saved $90,000",
        ),
        (
            "A tanker hit the pier on Monday. This killed six swans.",
            "[That a tanker hit the pier on Monday] killed six swans",
        ),
        (
            "Norlink spent $5 million on pumps in 2019. That sum doubled a year later.",
            "That sum [$5 million on pumps] doubled a year later",
        ),
        (
            "Olden owed £3 million. The amount fell by a third in May.",
            "The amount [£3 million] fell by a third in May",
        ),
    ],
)
def test_told_before(find, text, words):
    """What was done, or paid, is put in where just one thing was."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The board shut two pools, and a bridge fell. This saved $90,000.",
        "Lee said that the pools leaked. This cost the town $90,000.",
        "The board shut its pools. This saved $90,000.",
        "Olden owed £3 million and paid £1 million. The amount fell by a third in May.",
    ],
)
def test_left_open(find, text):
    """Nothing is put in where several things may be meant, or what is meant points back itself."""
    last = find(text)[-1]

    assert last.needs_words
    assert "[" not in last.words
