"""A given name tells who is a man or woman; a surname does not."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiara Joseph sold nine boats in May. Joseph said she had bought 40.", "had bought 40"),
        ("Betsy Orr, Gull's aide, told the Post that he had sold 40 boats.", "had sold 40 boats"),
    ],
)
def test_a_surname_tells_nothing(find, text, expected):
    """“Joseph” is Kiara Joseph, no man; Betsy is no "he"."""
    names = {"Kiara Joseph", "Gull"}
    last = find(text)[-1]

    assert expected in last.words
    assert {r.stands_for for r in last.references} <= names
    assert last.references
