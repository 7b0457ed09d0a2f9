"""Whose figures a report of results tells."""

import pytest

from workflows.extraction.text.document import read_document
from workflows.extraction.text.owners import choose_owner, find_section, name_issuer


def name_owner(text: str, figure: str) -> str | None:
    """Return whose figure is told by the words given, the last time that they stand in a text."""
    document, at = read_document(text), text.rindex(figure)
    section = find_section(document.sections, at)
    if section is None:
        return None
    named = document.organisation
    issuer = name_issuer(text, named) if named is not None else None
    owner = choose_owner(section, issuer, text, at, figure)
    return owner.name if owner is not None else None


@pytest.mark.parametrize(
    "lede",
    [
        "Quarterly profit rose 9 percent for Calder, as the baker sold more bread.",
        "Quarterly earnings fell 31 percent at Calder, the baker said on Monday.",
        "Shares of Calder Inc. were up 2% on Thursday after a good quarter.",
        "Calder, the largest baker in the north, posted a loss of $22 million.",
        "Bread maker Calder Ltd (CLD.L) said on Friday that its pretax profit rose 11 percent.",
        "Olden-based Calder's profit doubled to $9 million.",
        "OLDEN--Calder reported a profit of $9 million.",
        "OLDEN — Calder Inc. reported a profit of $9 million.",
        "OLDEN (AP) — The baker Calder posted a profit of $9 million.",
        "Earnings at Calder rose 9% in the spring. Calder beat Wall Street's earnings forecasts.",
        "Calder Corp., which bakes bread, cakes and buns, said annual net income was $9 million.",
    ],
)
def test_told_once(lede):
    """The only company told of with a figure has the bare figures below."""
    assert name_owner(f"{lede}\n\nRevenue rose 2 percent to $300 million.", "Revenue") == "Calder"


@pytest.mark.parametrize(
    "lede",
    [
        "Norlink reported a profit of $9 million and Calder Group posted a loss of $4 million.",
        "Olden Stores said its profit fell 4 percent. Calder, a rival, posted sales of $4 million.",
        "Norlink shares fell 2 percent and Calder shares fell 3 percent.",
        "The lender earned $12 million. Analysts polled by Norpoll had forecast earnings of $14.",
        "Profits dropped, said Ann Lee, an analyst at Norlink Securities, whose forecast was 9%.",
        "The governor said that the budget is short: tax revenue fell 3 percent to $9 billion.",
        "Norlink agreed to buy Calder for $3 billion.",
    ],
)
def test_told_of_two(lede):
    """Where two companies may be meant, or none is named, nobody's are the figures below."""
    assert name_owner(f"{lede}\n\nRevenue rose 2 percent to $300 million.", "Revenue") is None


def test_each_its_section():
    """A company that opens a paragraph or has a heading has the figures there."""
    text = (
        "Corporate report\n\nDorn & Co. -- The maker of ploughs said profits slid 4 percent. "
        "Shares were $64.\n\nR.J. Falk Cos. -- The seller of soap reported earnings of $6 million. "
        "Sales rose 10 percent.\n\nBrandt Financial Services\n\nThe lender earned $9 million.\n\n"
        "Revenue fell 3 percent to $90 million."
    )

    assert name_owner(text, "Shares") == "Dorn"
    assert name_owner(text, "Sales") == "R.J. Falk"
    assert name_owner(text, "Revenue") == "Brandt Financial Services"


def test_another_since():
    """What follows the figures of another company is not the first one's."""
    text = (
        "Norlink's profit rose 9 percent to $4 million. Norlink's sales were $9 million.\n\n"
        "Earnings fell 31 percent at eBrandt, another seller.\n\nEBrandt said it earned $3 million."
    )

    assert name_owner(f"{text} Revenue fell.", "Revenue") == "EBrandt"
    assert name_owner(f"{text}\n\nRevenue fell.", "Revenue") is None


def test_claim_with_its_owner():
    """Words that name whose figure it is take no other name."""
    assert (
        name_owner("Calder's profit rose to $9.\n\nRevenue at Calder fell.", "Revenue at Calder")
        is None
    )


def test_named_as_an_owner():
    """A company that is called as an owner is, or with “in”, keeps all of its name."""
    falk = "Profit fell 5 percent for Falk’s, as diners stayed. Falk’s has shops.\n\nRevenue fell."
    trust = "Trust in Roe posted a profit of $9.\n\nShares of Trust in Roe fell.\n\nRevenue fell."

    assert name_owner(falk, "Revenue") == "Falk’s"
    assert name_owner(trust, "Revenue") == "Trust in Roe"


def test_at_another():
    """“At Dorn, sales fell” is told whose, and what follows is Dorn's."""
    text = (
        "Earnings at Calder rose 9%. Calder's sales were $9.\n\nAt Dorn’s, overall sales fell. "
        "Revenue fell."
    )

    assert name_owner(text, "At Dorn") is None
    assert name_owner(text, "Revenue") == "Dorn’s"


def test_opening_unread():
    """A paragraph that opens as one company's ends that of another, whoever it is of."""
    text = (
        "Before the bell:\n\nCalder – The baker's profit was $9.\n\nSalt Mills Dorn – Dorn posted "
        "a loss of $4. Sales rose 4%.\n\nZenta – Zenta earned $9. Revenue rose 2%."
    )

    assert name_owner(text, "Sales") != "Calder"
    assert name_owner(text, "Revenue") == "Zenta"


def test_many_companies_between(find):
    """A section on a second company is read, however many companies the first one named."""
    others = " ".join(
        f"The {name} Company sold 40 mills."
        for name in ("Brant", "Eskil", "Farrow", "Garvin", "Holm")
    )
    text = (
        "Corporate report\n\nDorn & Co. -- The maker of ploughs said profits slid 4 percent.\n\n"
        f"{others}\n\nR.J. Falk Cos. -- The seller of soap reported earnings of $6. {others}"
        "\n\nBrandt Financial Services\n\nThe lender earned $9 million."
    )

    assert "[Brandt Financial Services] earned $9 million" in {c.words for c in find(text)}
