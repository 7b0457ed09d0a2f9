"""Sentences that who says them breaks are told as one."""

import pytest


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            "“We have 40 beds,” said Okafor, “but only nine nurses.”",
            "We have 40 beds but only nine nurses",
            "Okafor",
        ),
        (
            '"The plant," Brandt told reporters on Monday, "was inspected twice in 2019."',
            "The plant was inspected twice in 2019",
            "Brandt",
        ),
        (
            "Two wells in Pell, the Gazette reported, contain lead.",
            "Two wells in Pell contain lead",
            "the Gazette",
        ),
        (
            "Two wells, the Gazette reported, citing a survey, contain lead.",
            "Two wells contain lead",
            "the Gazette",
        ),
        (
            "The kiln, Roe conceded, citing his own books, has not been lit.",
            "The kiln has not been lit",
            "Roe",
        ),
        (
            "«The kiln», said Roe, «was lit in 2003.»",
            "The kiln was lit in 2003",
            "Roe",
        ),
        (
            "“The ferry,” the captain wrote in May, “has carried 9,000 people.”",
            "The ferry has carried 9,000 people",
            "the captain",
        ),
    ],
)
def test_a_broken_sentence_is_one(find, text, words, source):
    """The cue, its source and its day stand in no half of it."""
    told = {c.words.replace("[", "").replace("]", ""): c.attribution[0].source for c in find(text)}

    assert told == {words: source}


def test_day_of_the_cue(find):
    """The day on which it was said goes to the saying alone."""
    text = '"The plant," Brandt told reporters on Monday, "was inspected twice in 2019."'

    [claim] = find(text)

    assert [day.text for day in claim.dates] == ["in 2019"] or [
        day.text for day in claim.dates
    ] == ["2019"]
    assert str(claim.attribution[0].date) == "2024-10-14"
