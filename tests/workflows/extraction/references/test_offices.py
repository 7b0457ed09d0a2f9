"""A source by surname, office or pronoun is told by its full name and what it is."""

import pytest

MAYOR = "Maria Dodds, the mayor of Carrow, opened the pool. "
CHIEF = "The trust runs two clinics. Its chief executive, Tom Roe, spoke on Monday. "


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (MAYOR + "Dodds said the pool cost 40,000 euros.", "Maria Dodds, the mayor of Carrow"),
        (MAYOR + "She said the pool cost 40,000 euros.", "Maria Dodds, the mayor of Carrow"),
        (MAYOR + "The mayor said the pool cost 40,000 euros.", "Maria Dodds, the mayor of Carrow"),
        (CHIEF + "Roe said the clinics lost money.", "Tom Roe, the trust's chief executive"),
        (
            "Chief executive Karin Holm spoke on Monday. Holm said the plant lost money.",
            "Karin Holm, chief executive",
        ),
        (
            "Prof. John Baker wrote to the board. The professor said the dam is old.",
            "Prof. John Baker",
        ),
        (
            "The Arden Observatory for Birds counted 40 terns. The Observatory said 12 had died.",
            "the Arden Observatory for Birds",
        ),
        ("Continued Roe: “The dam is old and leaks.”", "Roe"),
    ],
)
def test_full_name_and_office(find, text, source):
    """Who says it is told as first told, however it is named later."""
    link = find(text)[-1].attribution[-1]

    assert (link.resolved or link.source) == source


@pytest.mark.parametrize(
    "text",
    [
        "The navy was cited as saying by the Delta agency that its ships had left Olden.",
        "Nine ships had left Olden, the navy was quoted as saying by the Delta agency.",
    ],
)
def test_agency_that_quotes(find, text):
    """Who quotes a source stands before it in the chain."""
    chain = [link.source.lower() for link in find(text)[0].attribution]

    assert chain == ["the delta agency", "the navy"]


def test_equal_neighbours(find):
    """A source that quotes itself is told once."""
    text = MAYOR + "Dodds said she feared that the pool would close."

    assert len(find(text)[-1].attribution) == 1


@pytest.mark.parametrize("title", ["CEO", "Chairman and CEO"])
def test_a_title_tells_for_whom(find, title):
    """Who bears two offices is one, and says “we” of the body in the title."""
    text = f"Norlink sold 40 vans. “We lost nine lorries in May,” said Norlink {title} Chris Pell."

    assert "[Norlink] lost nine lorries in May" in {claim.words for claim in find(text)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Our company lost nine lorries in May", "[Norlink] lost nine lorries in May"),
        ("Our company's van was sold for $400", "[Norlink]'s van was sold for $400"),
    ],
)
def test_our_company(find, said, expected):
    """“Our company” is the body itself for which somebody speaks."""
    text = f"Norlink sold 40 vans. “{said},” said Norlink CEO Ann Lee."

    assert expected in {claim.words for claim in find(text)}


def test_our_union_beside_we(find):
    """Where “we” names the body already, “our union” is left, and the claim needs words."""
    text = "The Dockers Union met. “We want our union to pay $4 million,” said union chief Ann Lee."

    assert find(text)[-1].needs_words
