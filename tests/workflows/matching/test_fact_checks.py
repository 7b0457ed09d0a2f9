"""Which fact-checks are offered of a claim."""

import pytest

from tests.builders import build_evidence
from workflows.fact_checks import FactCheck
from workflows.matching.fact_checks import MOST, choose_fact_checks


def build_check(claim, url="https://checks.example.org/1"):
    return FactCheck(url, claim, "The Checkers", "False")


@pytest.mark.parametrize(
    ("claim", "reviewed"),
    [
        ("The Ladoga bridge is closed", "The bridge at Ladoga is closed since Monday."),
        ("300 people crossed the Irtysh in May", "5,000 people crossed the Irtysh in May"),
        ("The vaccine contains mercury", "No mercury in the vaccine: the vaccine contains none"),
        ("Nordbank closed 40 branches", "“Nordbank closed 40 branches in June”, a post says"),
    ],
)
def test_offered(claim, reviewed):
    """One about the like is offered, with another figure or turned round too."""
    assert choose_fact_checks(claim, [build_check(reviewed)]) != ()


@pytest.mark.parametrize(
    ("claim", "reviewed"),
    [
        ("The Ladoga bridge is closed", "The Ladoga ferry sank in a storm"),
        ("300 people crossed the Irtysh in May", "Police counted 300 people at a concert"),
        ("The mayor resigned", "The mayor opened a school in the north of the city"),
        ("It rained", "It rained"),
    ],
)
def test_not_offered(claim, reviewed):
    """One about something else, or about nothing that can be told, is not."""
    assert choose_fact_checks(claim, [build_check(reviewed)]) == ()


def test_not_twice():
    """What is evidence already is not offered."""
    check = build_check("The Ladoga bridge is closed")
    link = build_evidence("https://checks.example.org/1?utm_source=x")

    assert choose_fact_checks("The Ladoga bridge is closed", [check], [link]) == ()


def test_likest_first():
    """The likest comes first, and only a few are offered."""
    checks = [
        build_check(
            f"The Ladoga bridge is closed {'very ' * each}often", f"https://c.example/{each}"
        )
        for each in range(6)
    ]
    exact = build_check("The Ladoga bridge is closed", "https://c.example/exact")

    found = choose_fact_checks("The Ladoga bridge is closed", [*checks, exact])

    assert len(found) == MOST
