"""What somebody is called when a claim names him again."""

import pytest


def words(find, text):
    return {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I sold my shop to my brother,” said Mayor Anna Dahl.",
            "[Mayor Anna Dahl] sold her shop to her brother",
        ),
        (
            "“I paid for my own trip in May,” said Tim Falk.",
            "[Tim Falk] paid for his own trip in May",
        ),
        (
            "“We closed 40 of our branches,” Halden Bank said.",
            "[Halden Bank] closed 40 of its branches",
        ),
    ],
)
def test_pronoun_names_again(find, text, expected):
    """A speaker's name stands once in a claim, and a pronoun of the third person after it."""
    assert expected in words(find, text)


def test_surname_where_two_fit(find):
    """No pronoun is put in that could mean somebody else of the claim."""
    text = "“I told Tim Falk that I sold my boat in May,” said Sheriff Bruce Hale."
    assert "[Sheriff Bruce Hale] told Tim Falk that [Hale] sold [Hale]'s boat in May" in words(
        find, text
    )


def test_two_named_here_are_they(find):
    """Of two who stand in a claim side by side, "their" tells without more words."""
    text = (
        "Tim Falk and Mayor Anna Dahl pledged to work together on 9 May.\n\n"
        "A clerk said it will help both the candidate and the mayor.\n\n"
        "Falk and Dahl issued a statement describing their meeting as a step on which they agree."
    )
    assert (
        "[Tim Falk] and [Mayor Anna Dahl] issued a statement describing their meeting as a step "
        "on which they agree"
    ) in words(find, text)
