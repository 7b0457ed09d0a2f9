"""Who the unnamed one of a text's first sentence is, once somebody is named."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "A clerk was jailed on Monday. Ann Falk, 27, took a ring. The clerk left Dorn in May.",
            "[Ann Falk] left Dorn in May",
        ),
        (
            "The mayor praised Ann Falk, 27, in Dorn. The 27-year-old engineer sold 40 vans.",
            "[Ann Falk] sold 40 vans",
        ),
    ],
)
def test_named_soon(find, text, words):
    """The only one told of first is the one named with an age, and an age tells who it is."""
    assert find(text)[-1].words == words


@pytest.mark.parametrize(
    "text",
    [
        "A clerk was stabbed on Monday. Tim Falk, 27, was charged with it. The clerk sold 40 vans.",
        "A clerk who robbed a nurse was jailed. Tim Falk, 27, was there. The clerk sold 40 vans.",
        "A clerk was jailed on Monday. Tim Falk, 27, heard shots. The clerk sold 40 vans.",
        "A clerk was jailed. Ann Roe and Tim Falk met. Tim Falk, 27, left. The clerk sold 40 vans.",
    ],
)
def test_somebody_else(find, text):
    """Where two may be meant, or another fate is told, nobody is named."""
    assert not any("[Tim Falk]" in claim.words for claim in find(text))
