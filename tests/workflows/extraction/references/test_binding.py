"""Syntax: an "it" that means nothing, and who acts in a clause."""

import pytest

from workflows.extraction.references.binding import find_actor, is_deictic, is_pleonastic


def token(paragraph, text, word):
    return next(t for t in paragraph(text).doc if t.lower_ == word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is clear that the dam failed.", True),
        ("It was “damning” that the dam failed.", True),
        ("It rained all day.", True),
        ("It seems that the ferry left.", True),
        ("It was reported that the ferry had left.", True),
        ("It took ten years to build the pier.", True),
        ("It falls to the mayor to decide.", True),
        ("It closed 40 branches.", False),
        ("It was built in 1962.", False),
        ("It has lost its licence.", False),
        ("It is the largest port of the country.", False),
    ],
)
def test_empty_it(paragraph, text, expected):
    """An empty "it" refers to nothing."""
    assert is_pleonastic(token(paragraph, text, "it")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It shows how much has changed.", True),
        ("The port denied it.", True),
        ("They took 90 percent of it.", True),
        ("It sold two ships.", False),
        ("The council sold it.", False),
    ],
)
def test_it_may_mean_everything(paragraph, text, expected):
    """An "it" may refer to all that was said before."""
    assert is_deictic(token(paragraph, text, "it")) is expected


@pytest.mark.parametrize(
    ("text", "verb", "actor"),
    [
        ("The council met and voted.", "voted", "council"),
        ("The council wants to vote.", "vote", "council"),
        ("The council asked Lee to vote.", "vote", "Lee"),
        ("It is a dispute with the port, which lost its licence.", "lost", "port"),
    ],
)
def test_verb_finds_its_subject(paragraph, text, verb, actor):
    """A verb finds who acts."""
    found = find_actor(token(paragraph, text, verb))

    assert found is not None
    assert found.text == actor
