"""News without a verb, and headlines beside the text they announce."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Nine hikers rescued in Upper Morrow tonight",
            "Nine hikers were rescued in Upper Morrow tonight [18 October 2024]",
        ),
        (
            "🚨 BREAKING: Bridge closed until further notice",
            "Bridge was closed until further notice",
        ),
        ("60,000 without power in Olden", "60,000 are without power in Olden"),
        ("Death toll now 31", "Death toll is now 31"),
        ("Power restored to 9,000 homes", "Power was restored to 9,000 homes"),
        ("Olden Bank to shut 12 branches", "Olden Bank will shut 12 branches"),
        ("More than 200 trapped in mine", "More than 200 were trapped in mine"),
        ("Port of Morrow hit by cyberattack", "Port of Morrow was hit by cyberattack"),
        ("Two sailors feared dead off Olden", "Two sailors were feared dead off Olden"),
        ("Olden Bank profit up 4% to $61m", "Olden Bank profit is up 4% to $61m"),
        ("Two ferries collide off Olden, six injured: mayor", "Six were injured"),
        ("Landslide cut off two hamlets, police said", "Landslide cut off two hamlets"),
    ],
)
def test_news_without_verb(find, text, words):
    """News is told with the verb that its headline left out."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    ["What we know so far", "Background", "Storm in Olden", "Election results: Morrow"],
)
def test_no_news(find, text):
    """A heading that tells nothing is no claim."""
    assert not find(text)


@pytest.mark.parametrize(
    ("headline", "kept"),
    [
        ("Olden Bank shuts 12 branches", False),
        ("Twelve branches of Olden Bank to go", False),
        ("Morrow police seize 40 rifles", True),
    ],
)
def test_headline_once(find, headline, kept):
    """A headline is a claim only where its news stands nowhere else."""
    text = f"{headline}\n\nOlden Bank will shut 12 of its 31 branches in May, it said on Tuesday."

    starts = [claim.start for claim in find(text)]

    assert any(start < len(headline) for start in starts) is kept
    assert any(start > len(headline) for start in starts)


def test_without_of_a_verb(find):
    """“Without” that belongs to a verb makes no sentence of the nouns before it."""
    words = [
        c.words for c in find("The union criticised Norlink for running it without a licence.")
    ]

    assert not any("is without" in each for each in words)
