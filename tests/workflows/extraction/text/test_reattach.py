"""What only the speaker can have done is moved to him from what he said."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Police said 14 people died but later revised the toll to nine.",
            {"14 people died", "Police later revised the toll to nine"},
        ),
        (
            "Police said a man was held but declined to give his name.",
            {"A man was held"},
        ),
        (
            "The port said the dam was safe and added that it had been checked in May.",
            {"The dam was safe", "It had been checked in May"},
        ),
        ("The port said the mill burned but gave no details.", {"The mill burned"}),
        (
            "The port said the mill burned in May and the bank closed in June.",
            {"The mill burned in May", "The bank closed in June"},
        ),
    ],
)
def test_the_speaker_revises(find, text, words):
    """Those who died revise no toll, and a man who is held keeps no name back."""
    told = {claim.words.replace("[The port]", "It") for claim in find(text)}

    assert words <= told


@pytest.mark.parametrize(
    "text",
    [
        "Even the old miners are not planning to vote for the banker turned Republican candidate.",
        "Critics will not forgive the actor turned president.",
    ],
)
def test_who_turned_into_what(find, text):
    """“The banker turned candidate” is one man, and nobody else turned into anything."""
    assert [claim.words for claim in find(text)] == [text.removesuffix(".")]


def test_found_those_who(find):
    """What was found of those who are described is told of them."""
    text = (
        "Doctors followed hundreds of men and found those with a low weight and steady work, who "
        "didn’t drink, were also 40 percent less likely to have any heart trouble."
    )
    told = [claim.words for claim in find(text)]
    assert told[0] == "Doctors followed hundreds of men"
    assert told[1].startswith("Those with a low weight and steady work, who didn’t drink, were")
