"""The main clause of a sentence is told beside what is said within it."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The council approved a road which is projected to cost 10 million dollars.",
            "The council approved a road which is projected to cost 10 million dollars",
        ),
        (
            "The firm spent 40 million on a plant that officials say will employ 900 people.",
            "A plant will employ 900 people",
        ),
        (
            "The firm spent 40 million on a plant that officials say will employ 900 people.",
            "The firm spent 40 million on a plant that officials say will employ 900 people",
        ),
        (
            "Despite claims that the dam had burst, 900 families stayed in the town.",
            "Despite claims that the dam had burst, 900 families stayed in the town",
        ),
    ],
)
def test_the_main_clause_is_told(find, text, words):
    """An embedded saying never swallows the clause around it."""
    assert words in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "There are fears that the dam will burst.",
        "Lee made the claim that the dam had burst.",
        "It is unclear whether the dam burst.",
        "Lee declined to say whether the dam had burst.",
        "The port neither confirmed nor denied that the dam had burst.",
        "Two officials who spoke on condition of anonymity said the dam had burst.",
    ],
)
def test_what_only_carries_is_no_claim(find, text):
    """A clause that only leads to what is said is not told beside it."""
    [claim] = find(text)

    assert claim.words.lower().startswith("the dam")
