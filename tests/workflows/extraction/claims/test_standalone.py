"""Claims that a reader can place come before those nobody can."""

from dataclasses import replace

import pytest

from workflows.extraction.claims.standalone import weigh_standalone

WHEN_AND_WHERE = (
    ("Police searched three flats", "[In Olden on 3 May 2024,] police searched three flats"),
    ("Councillors rejected the plan", "Norlink's chairman Ann Lee rejected the plan in 2019"),
    ("The second van also left", "[Ann Lee] left on 3 May 2024"),
    ("Shares fell by a tenth", "[Norlink]'s shares fell by a tenth in May 2024"),
)


@pytest.fixture
def weigh(find):
    (claim,) = find("Norlink has 40 mills in Pell.")

    def weigh(words):
        return weigh_standalone([replace(claim, words=words, dates=())])[0]

    return weigh


@pytest.mark.parametrize(("open_words", "placed"), WHEN_AND_WHERE)
def test_placed_claim_first(weigh, open_words, placed):
    """The same news is worth more where it says who, when and where."""
    assert weigh(placed).check_worthiness > weigh(open_words).check_worthiness


def test_date_beside_counts(find):
    """A day that the card shows beside the words is a day."""
    told, untold = find("Police searched three flats on Monday."), find("Police searched flats.")

    assert "undated" in dict(weigh_standalone(untold)[0].worth_reasons)
    assert "undated" not in dict(weigh_standalone(told)[0].worth_reasons)


def test_present_needs_no_day(weigh):
    """What is so today is dated by its document."""
    assert "undated" not in dict(weigh("The mill has 40 workers").worth_reasons)
    assert "undated" in dict(weigh("The mill closed").worth_reasons)


def test_words_stay(weigh):
    """Only the worth of a claim changes."""
    words = "[In Olden,] police searched three flats"

    assert weigh(words).words == words
