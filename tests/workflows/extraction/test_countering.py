"""A doubt is linked to the claim that it doubts, where that is certain."""

import pytest


def doubts(found):
    """What each doubting claim doubts, both in words."""
    return {c.words: found[c.counters].words for c in found if c.counters is not None}


GIVEN = "The paper reported that 9,000 trucks had crossed the border."
SOLD = "The paper reported that the mayor had sold the mill."


@pytest.mark.parametrize(
    ("text", "doubt", "doubted"),
    [
        (
            f"{GIVEN} Experts said the figure of 9,000 might be exaggerated.",
            "The figure of 9,000 is exaggerated",
            "9,000 trucks had crossed the border",
        ),
        (
            f"The number of 9,000 is too high, the minister said. {GIVEN}",
            "The number of 9,000 is too high",
            "9,000 trucks had crossed the border",
        ),
        (
            f"{SOLD} The minister denied it on 9 May.",
            "The minister denied it on 9 May",
            "The mayor had sold the mill",
        ),
    ],
)
def test_doubt_is_linked(find, text, doubt, doubted):
    """A doubt points to the claim it doubts."""
    assert doubts(find(text))[doubt] == doubted


@pytest.mark.parametrize(
    "text",
    [
        "The figure of 9,000 might be exaggerated.",
        "The mayor denied it.",
        f"{SOLD} The minister did not deny it.",
        f"{SOLD} The minister neither confirmed nor denied it.",
        f"{SOLD} The council rejected this plan.",
        f"{SOLD} Experts said the figure of 9,000 is wrong.",
    ],
)
def test_no_claim_meant(find, text):
    """Where no claim can be meant none is linked."""
    assert doubts(find(text)) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{SOLD} The minister denied it.", "The minister denied that the mayor had sold the mill"),
        (
            "The paper reported that Ann Lee had sold the mill, but the minister denied it.",
            "The minister denied that Ann Lee had sold the mill",
        ),
        (
            f"{SOLD} The minister has denied the report.",
            "The minister has denied the report that the mayor had sold the mill",
        ),
        (
            "The union alleged that 40 clerks were unpaid. The port rejected the accusation.",
            "The port rejected the accusation that 40 clerks were unpaid",
        ),
    ],
)
def test_denial(find, text, words):
    """A denial is worded with what is denied."""
    assert words in doubts(find(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{SOLD} The minister denied the allegations.", "The minister denied the allegations"),
        (f"{SOLD} The minister rejected the accusation.", "The minister rejected the accusation"),
        (f"{SOLD} The roof of the hall is red. The minister denied it.", "The minister denied it"),
        (
            "The paper reported that he had sold the mill. The minister denied it.",
            "The minister denied it",
        ),
        (
            "The paper reported that sales fell and that 40 mills had closed. The port denied it.",
            "The port denied it",
        ),
        ("The union accused the port of cheating. The port denied it.", "The port denied it"),
        ("Tides rose in May, the paper reported. The port denied it.", "The port denied it"),
    ],
)
def test_uncertain_denial(find, text, words):
    """Where it is uncertain what is denied, the denial stays as written."""
    assert words in {claim.words for claim in find(text)}
