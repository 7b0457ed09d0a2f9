"""Whole claims: chains, hedges, names in place of pronouns, words that can be read alone."""

from datetime import date

import pytest

from workflows.claims import Hedge, Polarity


def chain(claim):
    return [link.source for link in claim.attribution]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The bridge was closed on Monday.", Hedge.ASSERTED),
        ("The ministry confirmed that the bridge was closed.", Hedge.CONFIRMED),
        ("The ministry said that the bridge was closed.", Hedge.REPORTED),
        ("The company alleged that the bridge was closed illegally.", Hedge.ALLEGED),
        ("Residents believe that the bridge was closed.", Hedge.SPECULATED),
        ("The ministry said that the bridge may have been closed.", Hedge.SPECULATED),
        ("The bridge will be closed in March.", Hedge.PREDICTED),
        ("The mayor denied that the bridge had been closed.", Hedge.DENIED),
        ("The ministry could not confirm that the bridge was closed.", Hedge.UNCONFIRMED),
        ("The bridge has reportedly been closed by the police.", Hedge.REPORTED),
    ],
)
def test_a_claim_shows_how_firmly_it_is_put(only, text, hedge):
    assert only(text).hedge is hedge


def test_the_weakest_hedge_of_a_chain_is_the_claims(only):
    claim = only("The ministry confirmed that experts suspect that the bridge is unsafe.")

    assert claim.hedge is Hedge.SPECULATED
    assert [link.hedge for link in claim.attribution] == [Hedge.CONFIRMED, Hedge.SPECULATED]


def test_a_report_that_its_source_could_not_confirm_is_unconfirmed(find):
    text = "The minister voiced concern about the reports of an attack, but could not confirm them."

    claims = find(text)

    assert claims[0].hedge is Hedge.UNCONFIRMED
    assert claims[0].words == "There has been an attack"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "The BBC reported, citing residents of the far east, that troops had arrived.",
            ["The BBC", "residents of the far east"],
        ),
        (
            "The mayor said that, according to the ministry, the bridge was closed.",
            ["The mayor", "the ministry"],
        ),
        (
            "Press reports say that the ministry has confirmed that the bridge is closed.",
            ["Press reports", "the ministry"],
        ),
    ],
)
def test_a_chain_of_sources_runs_from_the_outermost_inwards(only, text, sources):
    assert chain(only(text)) == sources


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "There are fears that the country may have moved its biggest force abroad.",
            "The country has moved its biggest force abroad",
        ),
        ("Experts say the number might be exaggerated.", "The number is exaggerated"),
        ("Experts say the numbers could be exaggerated.", "The numbers are exaggerated"),
        ("Experts say the troops may not have left the base.", "The troops have not left the base"),
        ("Soldiers are believed to have left the base.", "Soldiers have left the base"),
        ("The bridge, the mayor said, is safe again.", "The bridge is safe again"),
        ("“The bridge is safe,” the mayor said.", "The bridge is safe"),
    ],
)
def test_a_claim_is_bare_of_its_sources_hedge(only, text, words):
    assert only(text).words == words


def test_coordinated_statements_are_claims_of_their_own(find):
    first, second = find(
        "The ministry said that the crews had reached the island"
        " and were housed at a base near the sea."
    )

    assert {first.words, second.words} == {
        "The crews had reached the island",
        "The crews were housed at a base near the sea",
    }
    assert [first.nested, second.nested].count(True) == 1


def test_an_accompanying_number_is_a_claim_of_its_own(find):
    claims = find("The country keeps 1.5 million soldiers, with roughly 90,000 in its navy.")

    assert [claim.words for claim in claims] == [
        "The country keeps 1.5 million soldiers",
        "The country has roughly 90,000 in its navy",
    ]


def test_they_are_named_where_only_one_thing_can_be_meant(find):
    claims = find(
        "The ministry said 10,000 troops had left, with some 400 of them training abroad."
    )

    assert "Some 400 of the 10,000 troops are training abroad" in {c.words for c in claims}


def test_he_is_resolved_to_the_one_who_spoke_before(find):
    text = "President Volodymyr Zelensky said troops were coming. He said that they were trained."

    last = find(text)[-1]

    assert last.attribution[0].source == "He"
    assert last.attribution[0].resolved == "President Volodymyr Zelensky"
    assert not last.attribution[0].anonymous


def test_an_unnamed_source_is_anonymous(only):
    claim = only("A military official said that the troops had arrived.")

    assert claim.attribution[0].anonymous


def test_the_day_a_source_spoke_stands_on_its_link(only):
    claim = only("On Oct. 16 the agency reported that troops had arrived in Russia.")

    assert claim.attribution[0].date == date(2024, 10, 16)
    assert claim.as_of == date(2024, 10, 16)


def test_a_claim_without_a_date_of_its_own_is_as_of_the_publication(only):
    assert only("The bridge was closed by the police.").as_of == date(2024, 10, 18)


@pytest.mark.parametrize(
    "text",
    ["The troops have not been seen in Russia.", "No armour has been seen in Russia so far."],
)
def test_a_negated_claim_says_so(only, text):
    assert only(text).polarity is Polarity.NEGATED


@pytest.mark.parametrize("text", ["A parade in the capital.", "Why now?", "Close the bridge!"])
def test_what_states_nothing_is_no_claim(find, text):
    assert find(text) == ()


def test_a_number_is_worth_more_than_a_greeting(find):
    number, greeting = find("The state spent 3 billion dollars in 2023. We are glad you are here.")

    assert number.check_worthiness > 0.6
    assert greeting.check_worthiness < 0.2
    assert number.worth_reasons[0][1] > 0
