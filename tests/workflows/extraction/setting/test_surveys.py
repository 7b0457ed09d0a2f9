"""In which poll an answer was given, and among whom."""

import pytest

from workflows.extraction.setting.surveys import find_surveys

POLLED = "The Olden council conducted a village survey in May. "


@pytest.mark.parametrize(
    ("sentence", "words", "needs_words"),
    [
        (
            "Results showed that the bridge won 36 per cent of the vote.",
            " [in the village survey]",
            0,
        ),
        ("Respondents chose the Pell bridge.", " [in the village survey]", 0),
        ("They were asked to name the worst. The pier got the most votes.", "survey]", 1),
        (
            "The results were within 4 points.",
            "The results [of the village survey] were within 4 points",
            0,
        ),
        ("Of 900, 12 percent are undecided.", " [in the village survey]", 0),
        ("Sixty percent of women support the bridge.", " [in the village survey]", 0),
        ("The bridge leads the pier by 6 points.", " [in the village survey]", 0),
        ("Of the flats, 12 percent are damp.", "damp", 0),
        ("Ann Lee won the election with 36 per cent of the vote.", "of the vote", 0),
    ],
)
def test_survey(find, sentence, words, needs_words):
    """Votes and answers are those of the survey named just before, told only with its question."""
    told = find(POLLED + sentence)[-1]

    assert told.words.endswith(words)
    assert told.needs_words == needs_words


@pytest.mark.parametrize(
    ("text", "words", "by"),
    [
        ("A new Norlink poll shows it.", "Norlink poll", "Norlink"),
        (
            "A poll by the University of Olden shows it.",
            "poll by the University of Olden",
            "University of Olden",
        ),
        ("A New York Post poll shows it.", "New York Post poll", "New York Post"),
        ("The village survey was long.", "village survey", None),
        ("It is in the latest poll.", "poll", None),
        ("A poll that Norlink released shows it.", "poll that Norlink released", "Norlink"),
    ],
)
def test_called(text, words, by):
    """A poll is called by its kind and its maker, without what only says that it is new."""
    [survey] = find_surveys(text)

    assert (survey.words, survey.by) == (words, by)


LED = "A Norlink poll of Friday has Ann Lee at 40 percent of likely voters.\n\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"{LED}Kit Roe is at 9 percent.",
            "Kit Roe is at 9 percent [in the Norlink poll]",
        ),
        (
            f"{LED}Nine percent chose Kit Roe.",
            "Nine percent [in the Norlink poll] chose Kit Roe",
        ),
        (
            f"{LED}A Calder poll gave much the same.\n\nNine percent chose Kit Roe.",
            "Nine percent chose Kit Roe",
        ),
        (
            f"{LED}A Calder poll is older. Nine percent chose Kit Roe.",
            "Nine percent [in the Calder poll] chose Kit Roe",
        ),
        (f"{LED}At the time, 30 percent chose Kit Roe.", "At the time, 30 percent chose Kit Roe"),
        (f"{LED}Prices rose 9 percent in Olden.", "Prices rose 9 percent in Olden"),
    ],
)
def test_share(find, text, words):
    """A share of nobody told is told in the poll of its paragraph, else of its text."""
    assert words in [claim.words for claim in find(text)]


def test_state(find):
    """A poll is told with the only state that its text tells of."""
    text = (
        "The race in Ohio is close, a Norlink poll found. Only 4 percent of voters are undecided."
    )

    assert find(text)[-1].attribution[0].resolved == "the Norlink poll in Ohio"


def test_state_of_a_senator(find):
    """Where a candidate comes from is not where a poll was made."""
    text = (
        "Senator Ann Lee of Ohio leads with 40 percent, a Norlink poll found. Only 4 percent of "
        "voters are undecided."
    )

    assert find(text)[-1].attribution[0].resolved == "the Norlink poll"


def test_the_rest(find):
    """“No other” is of those told of just before, and not of all in a poll."""
    told = find("Ann Roe leads with 40 percent, a Norlink poll found. No other tops 7 percent.")[-1]

    assert "[in the" not in told.words


def test_other_year(find):
    """What somebody got in an election long ago is no answer of today's poll."""
    told = find("Ann Roe leads with 40 percent, a Norlink poll found. Kit Lee got 19% in 1992.")[-1]

    assert "[in the" not in told.words
