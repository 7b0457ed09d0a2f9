"""Who only stands by is no rival of the one whom "he" means, and who acts there is."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Walter Ames taught in Pell. He looked for his cousin, George Ames, in 1962. "
                "He wrote 40 poems."
            ),
            "[Walter Ames] wrote 40 poems",
        ),
        (
            "Ned Marsh visited his brother, Owen Marsh, in Pell. His brother sold nine boats.",
            "[Ned Marsh]'s brother sold nine boats",
        ),
        (
            "“I back Ann Lee's campaign for mayor,” Tom Reed said. “She closed nine plants.”",
            "[Ann Lee] closed nine plants",
        ),
        (
            (
                "“Erin's mother, Joan Pell, was the head of the school,” Tom Lund said. "
                "“And she wrote nine books.”"
            ),
            "[Joan Pell] wrote nine books",
        ),
        (
            (
                "Tom Reed wrote nine books. Reed hid nothing, said the lawyer Carl Orr. "
                "“He sold 40 boats.”"
            ),
            "[Tom Reed] sold 40 boats",
        ),
    ],
)
def test_stands_by(find, text, expected):
    """One told of in passing, an office, a namesake of what is his: nobody else is meant."""
    assert expected in {claim.words.removeprefix("And ") for claim in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Tess Lowe sued Dana Rusk. She won 40 percent of the vote in May.",
        "Tim Falk sat beside Jon Reed. He was fined $400.",
        "Ned Marsh met Owen Pike. His brother sold nine boats in 2019.",
        "Tom Reed spoke in Olden. Only one of the 25 members has said he might leave the club.",
        "Tom Reed spoke in Olden. One of the guards said he was hit by a stone.",
    ],
)
def test_acts_there(find, text):
    """Where another acts or was named since, or somebody without a name speaks, it stays open."""
    last = find(text)[-1]

    assert last.references == ()
    assert last.needs_words


@pytest.mark.parametrize(
    "text",
    [
        (
            "A poll found that 54 percent back the plan to close the dam. "
            "Only 35 percent consider it a bad idea."
        ),
        "A poll found that 54 percent back the plan. Even in Pell, 47 percent are for it.",
    ],
)
def test_no_survey_is_answered_about(find, text):
    """What those asked think of “it” is not the poll."""
    assert not any("poll" in r.stands_for for claim in find(text) for r in claim.references)


def test_whom_he_told(find):
    """“The owner told the chief he had a film”: who has it is left open."""
    told = find("Chief Tim Roe called the owner. The owner told him he had a film of the theft.")

    assert (told[-1].words, told[-1].needs_words) == ("He had a film of the theft", True)


def test_as_it_does(find):
    """“Tea does not harm women as it does men”: it is no study that does."""
    [claim] = find("The study found that tea does not harm women, as it does men.")

    assert claim.words == "Tea does not harm women, as it does men"
