"""Who “the judge” or “the airline” is that tells something, where a text names but one."""

import pytest


def list_sources(find, text, words):
    """The first source of each claim that holds some words."""
    return [
        next((link.resolved or link.source for link in claim.attribution), None)
        for claim in find(text)
        if words in claim.words
    ]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        (
            (
                "Roe was jailed in May. The judge said Roe had lied 14 times. Morrow County Judge "
                "Tim Moss also fined her $300."
            ),
            "14 times",
            "Morrow County Judge Tim Moss",
        ),
        (
            (
                "The prosecutor said Roe paid $88,000. Assistant Attorney General Kim Vale "
                "asked for three years."
            ),
            "$88,000",
            "Assistant Attorney General Kim Vale",
        ),
        (
            (
                "The judge said Roe had lied 14 times. Judge Tim Moss fined her, and Judge Ida "
                "Kerr had jailed her in May."
            ),
            "14 times",
            "The judge",
        ),
        (
            "The sheriff said 40 boats burned. Former Sheriff Ann Lee lost a boat in May.",
            "40 boats",
            "The sheriff",
        ),
    ],
)
def test_the_only_bearer_of_an_office(find, text, words, source):
    """An office that but one name bears is told with that name; of two, neither is chosen."""
    assert list_sources(find, text, words) == [source]


@pytest.mark.parametrize(
    ("words", "source"),
    [("40 plants", "Norlink Corp."), ("at Pell in May", "The Danish company")],
)
def test_the_company_that_a_text_is_about(find, words, source):
    """“The lender” is the company whose report it is; one of another country is not."""
    text = (
        "Norlink Corp. profit rises in third quarter\n\n"
        "Norlink Corp. said on Monday that third-quarter profit rose. The industrial company said "
        "it would close 40 plants in June.\n\n"
        "The Danish company said sales fell 3 percent at Pell in May."
    )
    assert [s for s in list_sources(find, text, words) if s] == [source]


@pytest.mark.parametrize(
    ("more", "source"),
    [("", "CBS Arden"), ("Forty left, the Arden Post reported.", "the station")],
)
def test_the_only_outlet(find, more, source):
    """“The station” is the one whose report a text tells, where it tells of no other's."""
    text = (
        "Kim Lee has been held, reports CBS Arden. Nine nurses in Pell left, reports the station."
    )
    assert list_sources(find, f"{text} {more}", "Nine nurses") == [source]
