"""Claims in plain words: verbs agree, and what is denied stays denied."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roe does not seem to be a happy man.", "Roe is not a happy man"),
        ("Roe seems to be a happy man.", "Roe is a happy man"),
        ("The mills do not appear to have closed.", "The mills have not closed"),
        (
            "One of the barges was hauled across the bar and taken down the old canal.",
            "One of the barges was taken down the old canal",
        ),
        (
            "The files were stolen in May and given to a clerk in Pell.",
            "The files were given to a clerk in Pell",
        ),
        (
            "Two officials who are believed to have been involved left Olden on Monday.",
            "Two officials have been involved",
        ),
    ],
)
def test_verbs_agree(find, text, words):
    """Helping verbs and negations go along, in the right number."""
    assert words in [claim.words for claim in find(text)]
