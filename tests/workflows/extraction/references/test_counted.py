"""Numbers that stand for what they count."""

import pytest

BRIDGES = "Engineers built two bridges in Olden. "
CLAIMS = "The board received 900 claims in May. "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BRIDGES + "The two were closed in July.", "[The two bridges] were closed in July"),
        (BRIDGES + "Both were closed in July.", "[The two bridges] were closed in July"),
        (BRIDGES + "Those two were closed in July.", "[The two bridges] were closed in July"),
        (CLAIMS + "It paid 310 of those.", "[The board] paid 310 of [the 900 claims]"),
        (CLAIMS + "Nine were filed twice.", "Nine [of the 900 claims] were filed twice"),
        (
            "Ann Lee and Tom Roe met in Olden. The two men signed a treaty.",
            "[Ann Lee and Tom Roe] signed a treaty",
        ),
    ],
)
def test_number_for_noun(find, text, words):
    """A number without its noun gets what it counts."""
    assert find(text)[-1].words == words


@pytest.mark.parametrize(
    "text",
    [
        BRIDGES + "The three were closed in July.",
        "Two bridges burned. Two ferries sank. The two were insured in July.",
        BRIDGES + "The others were closed in July.",
    ],
)
def test_number_left_open(find, text):
    """Where no one thing was counted so, the claim needs words."""
    assert find(text)[-1].needs_words


def test_more_than_there_were(find):
    """“12 of them” are none of nine."""
    last = find("The school lost nine teachers. The county hired 12 of them.")[-1]

    assert last.needs_words
    assert "nine" not in last.words
