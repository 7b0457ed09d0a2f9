"""Appositions and relative clauses that state something to be checked are claims of their own."""

import pytest


def told(find, text):
    return {claim.words: claim for claim in find(text)}


def test_beside_a_source(find):
    """What is told about a firm beside a source is the document's own."""
    text = (
        "Ana Ruiz, the head of Norlink, which employs 40,000 people, said that the port was closed."
    )

    claim = told(find, text)["Norlink employs 40,000 people"]

    assert claim.attribution == ()
    assert not claim.nested


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        (
            "Norlink, the largest ferry operator in the Baltic, closed two ports in May.",
            "Norlink is the largest ferry operator in the Baltic",
            "Norlink closed two ports in May",
        ),
        (
            "The storm flooded Ostrava, a city of 280,000 people, on 9 May.",
            "Ostrava is a city of 280,000 people",
            "The storm flooded Ostrava on 9 May",
        ),
        (
            "The train stopped in Vienna, the capital of Austria, for two hours.",
            "Vienna is the capital of Austria",
            "The train stopped in Vienna for two hours",
        ),
    ],
)
def test_checkable_apposition(find, text, words, rest):
    """A checkable apposition is a claim of its own, and no part of the one around it."""
    claims = told(find, text)

    assert claims[words].nested
    assert claims[words].attribution == ()
    assert rest in claims


def test_within_a_source(find):
    """An apposition in what a source says is that source's."""
    text = "The mayor said that the storm flooded Ostrava, a city of 280,000 people, on 9 May."

    claim = told(find, text)["Ostrava is a city of 280,000 people"]

    assert claim.nested
    assert [link.source for link in claim.attribution] == ["The mayor"]
    assert [figure.text for figure in claim.figures] == ["280,000"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz, 44, opened the new bridge in Vienna on Monday.",
        "Ana Ruiz, a spokeswoman, opened the new bridge in Vienna on Monday.",
        "Ana Ruiz, a 44-year-old baker, opened the new bridge in Vienna on Monday.",
        "The mayor, Tom Berg, opened the new bridge in Vienna on Monday.",
        "Norlink, a ferry company, opened the new bridge in Vienna on Monday.",
        "A woman, the first in the queue, opened the new bridge in Vienna on Monday.",
    ],
)
def test_roles_and_ages(find, text):
    """Roles, ages, names and unnamed people make no claim."""
    assert not [claim.words for claim in find(text) if claim.nested]


def test_restrictive_clause(find):
    """A relative clause that only picks somebody out makes no claim."""
    text = "Ana Ruiz, the head of the firm which employs 40,000 people, said that the port closed."

    assert [claim.words for claim in find(text)] == ["The port closed"]


def test_state_behind_a_town(find):
    """“A man from Pell, Ohio was hurt”: it is not Ohio that was."""
    assert set(told(find, "A man from Pell, Ohio was hurt.")) == {"A man from Pell, Ohio was hurt"}


def test_office_kept(find):
    """What tells who somebody is stays, where it makes no claim of its own."""
    words = "The mayor of Olden, Ann Lee was hurt"

    assert set(told(find, f"{words}.")) == {words}
