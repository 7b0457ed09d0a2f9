"""Statements that are put as questions and answered with yes."""

import pytest


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            "MS HALL: Mr Roe is paid $316,000, is that correct?\n\nMR DUNN: That is correct.",
            "Mr Roe is paid $316,000",
            "Mr Dunn",
        ),
        (
            "MS HALL: So 12 clerks have left?\n\nMR DUNN: Yes, Senator.",
            "12 clerks have left",
            "Mr Dunn",
        ),
        (
            "MS HALL: Thank you. And the mill closed in May, correct?\n\nMR DUNN: It did.",
            "The mill closed in May",
            "Mr Dunn",
        ),
        (
            "MS HALL: You left at nine, am I right?\n\nMR DUNN: Yes.",
            "[Mr Dunn] left at nine",
            "Mr Dunn",
        ),
        ("MS HALL: The county paid 12 million?\n\nMR DUNN: Exactly.", "paid 12 million", "Mr Dunn"),
    ],
)
def test_confirmed(find, text, words, source):
    """Who says yes to a statement confirms it."""
    [claim] = find(text)
    link = claim.attribution[-1]

    assert words in claim.words
    assert (link.resolved or link.source, claim.hedge) == (source, "confirmed")


@pytest.mark.parametrize(
    "answer", ["No.", "Yes, but only in May.", "I think there were nine.", "Who says so?"]
)
def test_unconfirmed(find, answer):
    """Whoever answers anything else stands by nothing that he was asked."""
    found = find(f"MS HALL: So 12 clerks have left?\n\nMR DUNN: {answer}")

    assert not [claim for claim in found if claim.hedge == "confirmed"]


def test_tagged_but_denied(find):
    """What is asked to be agreed with, and is not, is said by who asks."""
    found = find("MS HALL: The mill closed in May, is that right?\n\nMR DUNN: No.")

    assert [(c.words, c.attribution[-1].resolved) for c in found] == [
        ("The mill closed in May", "Ms Hall")
    ]


@pytest.mark.parametrize(
    "text",
    ["Yes, that is correct.", "That's right, Senator.", "I did.", "No.", "That was the figure."],
)
def test_agreeing(find, text):
    """A sentence that only agrees is no claim."""
    assert find(f"MS HALL: Well?\n\nMR DUNN: {text}") == ()
