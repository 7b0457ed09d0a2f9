"""In which town or state it was."""

import pytest

from workflows.extraction.setting.places import find_state

WIRE = "OLDEN - The mayor of Olden sold a mill on Monday.\n\n"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Three bakers found 40 boxes.",
            "[In Olden on 14 October 2024,] three bakers found 40 boxes",
        ),
        ("Councillors have 40 chairs.", "[In Olden,] councillors have 40 chairs"),
        (
            "The board of education voted for a levy.",
            "[In Olden on 14 October 2024,] the board of education voted for a levy",
        ),
        (
            "Three bakers were hurt on Mill Street.",
            "Three bakers were hurt on Mill Street [in Olden on 14 October 2024]",
        ),
        (
            "Some left City Hall. Nine people were hurt.",
            "Nine people were hurt [in Olden on 14 October 2024]",
        ),
    ],
)
def test_town(find, sentence, words):
    """What a report tells of its day, of a council or of a street was in its town."""
    assert find(WIRE + sentence)[-1].words == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Norlink closed 40 mills.",
        "Three bakers found 40 boxes in Pell.",
        "Some were in Pell. Three bakers found 40 boxes.",
        "Three bakers were hurt on Mill Street in Pell.",
        "The bank bought 40 shops on Wall Street.",
        "Bread has 40 parts of salt.",
        "About 40 schools closed.",
    ],
)
def test_elsewhere(find, sentence):
    """What may have been elsewhere, and what is so anywhere, has no town."""
    assert not any("[in Olden" in c.words or "[In Olden" in c.words for c in find(WIRE + sentence))


def test_governor(find):
    """A governor's race is told with the state that a text is about."""
    text = "Ohio mills are old. Ohio bakers are young. Ohio sells bread. "
    told = find(f"{text}Kit Roe won the governor's race by 400 votes.")[-1]

    assert told.words == "Kit Roe won the governor's race [in Ohio] by 400 votes"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Ohio is old. Ohio is big. Ohio is flat.", "Ohio"),
        ("Ohio is old. Ohio is big. Ohio is flat. Texas is big. Texas is hot.", None),
        ("Ohio is old. Texas is hot.", None),
        ("Ohio State University is old. Ohio is big.", None),
        ("Ohio Sen. Ann Lee sang. Lee of Ohio is old. Ohio is flat.", None),
        ("", None),
    ],
)
def test_state(text, state):
    """A text is about a state that it names often, and hardly any other."""
    assert find_state(text) == state


def test_several_states():
    """The only state of the first sentences is not a text's if others are named as often."""
    text = "Lee leads in Ohio. Roe leads in Texas and Lee in Iowa."

    assert find_state(text, "Ohio") is None
    assert find_state("Lee leads in Ohio.", "Ohio") == "Ohio"
