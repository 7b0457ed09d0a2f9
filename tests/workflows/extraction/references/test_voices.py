"""Who speaks on: in a paragraph that is all quotation, as "he", as "the former mayor"."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“The pool leaks,” Mayor Ann Roe said.\n\n“We looked at it twice.”", "Mayor Ann Roe"),
        (
            "Tom Lund answered in the hall, saying the vats were empty.\n\n“I saw it myself.”",
            "Tom Lund",
        ),
        (
            "“It leaks,” Tom Lund said.\n\nThe hall was cold that night.\n\n“Nobody came to look.”",
            "Tom Lund",
        ),
        ("Ann Roe met Olden's board in May. “The pool leaks,” she said.", "Ann Roe"),
        ("Tom Lund, a baker, opened a shop. “It pays,” the businessman said.", "Tom Lund, a baker"),
        (
            "President Ann Roe and Tom Lund met. “It leaks,” the two-term president said.",
            "President Ann Roe",
        ),
        ("Councillor Ann Roe shut the door. “The pool leaks.”", "Councillor Ann Roe"),
        ("The hall burned at nine, officers said. They said the van was red.", "officers"),
        ("Tom Lund has written a book on eels. “Eels see blue,” the author wrote.", "Tom Lund"),
    ],
)
def test_speaking_on(find, text, name):
    """The last statement has its speaker's name."""
    link = find(text)[-1].attribution[0]

    assert (link.resolved or link.source) == name


def test_place_of_voice(find):
    """A source of another paragraph has the offsets where it is named there."""
    text = "“The pool leaks,” Ann Roe said.\n\n“The pumps have failed since May.”"

    link = find(text)[-1].attribution[0]

    assert link.source == text[link.start : link.end] == "Ann Roe"


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks,” Ann Roe said, and Tom Lund said it was full.\n\n“The pumps have failed.”",
        "“It leaks,” Ann Roe said.\n\nTom Lund walked round the hall.\n\n“The pumps have failed.”",
        "Residents said it leaks.\n\n“The pumps have failed since May.”",
        "Ann Roe sued Tom Lund. “The pumps have failed,” the businessman said.",
        "President Ann Roe came. “The pumps have failed,” the Irish president said.",
        "Ann Roe sued Eve Lund. “The pumps have failed,” she said.",
    ],
)
def test_nobody_clearly(find, text):
    """Where two may speak, or somebody else acts, no name is given."""
    link = find(text)[-1].attribution[0]

    assert "Roe" not in (link.resolved or link.source or "")
    assert "Lund" not in (link.resolved or link.source or "")


def test_we_the_people(find):
    """“We’re a true-blue state” is said of all who live there, and not of a body."""
    text = (
        "“We’re a true-blue state and we like our parks,” said Ann Lee, director of the Olden "
        "Institute, in a statement."
    )

    assert not any("Institute" in claim.words for claim in find(text))


def test_former_mayor(find):
    """Who is no longer mayor is not put in as one who is."""
    told = find("Police held former Olden Mayor Ann Lee in May. In June she sold 40 vans.")

    assert told[-1].words == "In June [former Olden Mayor Ann Lee] sold 40 vans"
