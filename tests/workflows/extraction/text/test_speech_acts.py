"""What is said without being claimed."""

import pytest


def claimed(find, text):
    return [(claim.words, [link.source for link in claim.attribution]) for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Has the mill poisoned the river?",
        "“When did you leave Olden?” the judge asked.",
        "The judge asked whether the mill was safe.",
        "She wondered why the mill had closed.",
        "Who paid for the bridge? And how much did it cost?",
        "Good evening, and welcome to Olden.",
        "Thank you all for coming.",
        "I would like to thank the town of Olden.",
        "Is it true that the mill leaks?",
    ],
)
def test_nothing_claimed(find, text):
    """A question, a greeting and thanks claim nothing."""
    assert claimed(find, text) == []


@pytest.mark.parametrize(
    ("text", "words", "sources"),
    [
        (
            "KIT ROE (LAB): Is it not a fact that the mill has closed?",
            "The mill has closed",
            ["KIT ROE"],
        ),
        (
            "KIT ROE (LAB): Isn't it true that the mill has closed?",
            "The mill has closed",
            ["KIT ROE"],
        ),
        ("The mill was inspected in 2012, wasn't it?", "The mill was inspected in 2012", []),
        ("The mill was inspected in 2012, right?", "The mill was inspected in 2012", []),
        ("Has the mill closed? It shut its doors in May.", "[The mill] shut its doors in May", []),
    ],
)
def test_claimed_by_asking(find, text, words, sources):
    """What asks only to be agreed with is claimed, and so is the answer beside a question."""
    assert claimed(find, text) == [(words, sources)]


def test_asked_on_paper(find):
    """“To ask the Minister” is a question, whoever tables it."""
    assert not find("4. Mr. Roe : To ask the Minister for Trade if he will make a statement.")
