"""What a document takes back of itself."""

import pytest

from workflows.claims import Hedge


@pytest.mark.parametrize(
    "text",
    [
        "An earlier version of this article said that the mill had closed in May.",
        "Correction: A previous version of this story wrongly stated that the mill had closed.",
        "This article was amended. The original version reported that the mill had closed.",
        "Due to an editing error, an earlier version incorrectly said the mill had closed.",
        "Correction: We wrongly reported that the mill had closed.",
        "CLARIFICATION: An earlier version said the mill had closed; in fact it is open.",
        "An earlier version misspelled the name of Kit Roe and said that the mill had closed.",
    ],
)
def test_taken_back(find, text):
    """What an earlier version said is denied, and said by that version."""
    [closed] = [claim for claim in find(text) if "closed" in claim.words]

    assert closed.hedge is Hedge.DENIED
    assert "ersion" in closed.attribution[0].source or closed.attribution[0].source == "We"
    assert not [claim for claim in find(text) if "ersion" in claim.words]


@pytest.mark.parametrize(
    "text",
    [
        "This story originally said that the mill had closed.",
        "Correction, 3 May: The article reported that the mill had closed.",
    ],
)
def test_itself_taken_back(find, text):
    """What a text says that it said before is denied, whatever names it."""
    [closed] = [claim for claim in find(text) if "closed" in claim.words]

    assert closed.hedge is Hedge.DENIED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Correction: The mill closed in 2018, not in 2019 as stated in an earlier version.",
            "2018",
        ),
        ("CLARIFICATION: An earlier version said the mill had closed; in fact it is open.", "open"),
        ("An earlier version of the bill would have cost $40 million.", "cost"),
    ],
)
def test_put_right(find, text, words):
    """What is right stays a claim, and so does what is no document's version."""
    found = [claim for claim in find(text) if words in claim.words]

    assert found
    assert all(claim.hedge is not Hedge.DENIED and "2019" not in claim.words for claim in found)
