"""Whose poll a share of answers comes from."""

import pytest

from workflows.claims import Hedge

LUND = "A Lund poll is out. "
POLL = "A poll by Olden University found Roe ahead. "


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (POLL + "In Carrow, 41 percent of voters prefer Lund.", "the poll by Olden University"),
        (
            "Roe leads, the Lund Research poll shows. Eve Dahl trails at 9 percent.",
            "the Lund Research poll",
        ),
        (
            POLL + "Polls by Dahl Research came later. Roe leads Lund by 4 points in Carrow.",
            "Polls by Dahl Research",
        ),
        (POLL + "More voters trust Lund, the survey found.", "a poll by Olden University"),
        (
            "A poll Olden University put out, unlike a poll by Roe, is new. 9 percent chose Lund.",
            "the poll Olden University put out",
        ),
        (
            POLL + "Lund is honest, those surveyed said.",
            "those surveyed in the poll by Olden University",
        ),
        (
            "The Lund Institute on Friday released a state poll of voters that shows Roe is ahead.",
            "the state poll by the Lund Institute",
        ),
        (LUND + "Roe holds a 48-33 percent edge over Pell on honesty.", "the Lund poll"),
        (LUND + "\n\nEighty percent of Democrats support Roe.", "the Lund poll"),
        (LUND + "\n\nLikely voters said they trusted Roe more.", "Likely voters in the Lund poll"),
        (LUND + "\n\nIn the new Carrow Poll, 9 percent chose Pell.", "the Carrow Poll"),
        (
            LUND + "\n\nOPP found that Roe is ahead. About 80 percent of nurses approve of Roe.",
            "OPP",
        ),
        ("A poll of 900 nurses is out. Half of them said Roe is ahead.", "the poll of 900 nurses"),
    ],
)
def test_pollster(find, text, name):
    """The last figure has the poll named last as its source."""
    link = find(text)[-1].attribution[0]

    assert (link.resolved or link.source) == name


def test_poll_named_later(find):
    """“A new poll” is the only one of its text, though its maker is told behind it."""
    told = find("Roe is ahead, a new poll found. The Lund Institute released a survey in May.")

    assert told[0].attribution[0].resolved == "the survey by the Lund Institute"


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
        LUND + "Turnout was 61 percent in 2018.",
        LUND + "Pell has raised 60 percent of his money from farmers.",
        LUND + "Pell won 52 percent of the vote.",
        LUND + "Roe leads by 4 points in recent polls.",
        "According to exit polls, Roe won women by nine points, but still lost the election.",
        "Ohio polls opened at 7. In Carrow, 41 percent of voters prefer Lund.",
    ],
)
def test_no_answers(find, text):
    """What is no answer to a poll has no poll as its source."""
    assert find(text)[-1].attribution == ()


def test_an_answer_is_no_forecast(find):
    """What a share of those asked “would” do was answered, and is not foretold."""
    told = find(LUND + "The poll found that 45 percent of voters would vote for Roe.")[-1]

    assert told.hedge is Hedge.REPORTED
