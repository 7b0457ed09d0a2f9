"""Whose poll a share of answers comes from."""

import pytest

POLL = "A poll by Olden University found Roe ahead. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (POLL + "In Carrow, 41 percent of voters prefer Lund.", "a poll by Olden University"),
        (
            "Roe leads, the Lund Research poll shows. Eve Dahl trails at 9 percent.",
            "the Lund Research poll",
        ),
        (
            POLL + "Polls by Dahl Research came later. Roe leads Lund by 4 points in Carrow.",
            "polls by Dahl Research",
        ),
        (POLL + "More voters trust Lund, the survey found.", "a poll by Olden University"),
        (
            "A poll Olden University put out, unlike a poll by Roe, is new. 9 percent chose Lund.",
            "a poll by Olden University",
        ),
        (
            POLL + "Lund is honest, those surveyed said.",
            "those surveyed in a poll by Olden University",
        ),
    ],
)
def test_pollster(find, text, name):
    """The last figure has the poll named last as its source."""
    link = find(text)[-1].attribution[0]

    assert (link.resolved or link.source) == name


def test_place_of_poll(find):
    """The source stands where the poll is named."""
    text = POLL + "In Carrow, 41 percent of voters prefer Lund."

    link = find(text)[-1].attribution[0]

    assert link.source == text[link.start : link.end] == "poll by Olden University"
    assert link.cue == text[link.cue_start : link.cue_end] == "poll"


@pytest.mark.parametrize(
    "text",
    [
        POLL + "Unemployment in Carrow rose to 9 percent.",
        POLL + "The poll has a margin of error of 3 points.",
        POLL + "With all ballots counted, Roe leads Lund by 4 points.",
        "Ohio polls opened at 7. In Carrow, 41 percent of voters prefer Lund.",
    ],
)
def test_no_answers(find, text):
    """What is no answer to a poll has no poll as its source."""
    assert find(text)[-1].attribution == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A new study shows that eels see blue. The research was published in the journal Eel.",
            "a new study in the journal Eel",
        ),
        (
            "The study appeared in the Annals of Eels. Eels see blue, the study found.",
            "the study in the Annals of Eels",
        ),
        ("A new study shows that eels see blue. The book was published in Olden.", None),
    ],
)
def test_journal(find, text, name):
    """A study that nobody names is the one of the only journal."""
    links = [link for claim in find(text) for link in claim.attribution]

    assert [link.resolved for link in links] == [name]
