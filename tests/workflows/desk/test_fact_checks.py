"""Known fact-checks: kept for a team, offered in Details, and never a vote."""

from dataclasses import replace

import pytest

from tests.expect import refuses
from workflows.claims import Stance
from workflows.desk import claim_views, evidence, fact_checks
from workflows.errors import NotAllowed, NotFound
from workflows.fact_checks import FactCheck
from workflows.teams import Acting

GUILD = 1001
CHECK = FactCheck(
    "https://checks.example.org/1", "The Ladoga bridge is closed", "Checkers", "False"
)


@pytest.fixture
def imported(act, team, now):
    assert team
    return act(fact_checks.import_fact_checks, GUILD, [CHECK], now)


def offered(store, claim, who=7):
    return claim_views.view_details(store, GUILD, claim.key, who).checked.fact_checks


def test_offered_in_details(act, store, imported, make_claim, person, now):
    """A claim like a known one is offered it until that is its evidence; no vote comes of it."""
    assert (imported.new, imported.known) == (1, 0)
    claim = make_claim("The bridge at Ladoga is closed")

    (check,) = offered(store, claim)

    assert (check.url, check.rating) == (CHECK.url, CHECK.rating)
    stored = store.claims.get(claim.id)
    assert (stored.tally.votes, stored.sources.refutes) == (0, 0)
    acting = Acting(GUILD, person(7), now)
    act(evidence.attach_link, acting, claim.key, check.url, Stance.REFUTES)
    assert offered(store, claim) == ()


def test_imported_later(act, store, team, make_claim, now):
    """A fact-check that comes after the claim is offered too."""
    assert team
    claim = make_claim("The Ladoga bridge is closed")
    assert offered(store, claim) == ()

    act(fact_checks.import_fact_checks, GUILD, [CHECK], now)

    assert [check.url for check in offered(store, claim)] == [CHECK.url]


def test_imported_again(act, store, imported, make_claim, now):
    """The same one again is brought up to date, and stays one."""
    assert imported
    again = act(fact_checks.import_fact_checks, GUILD, [replace(CHECK, rating="Half true")], now)

    assert (again.new, again.known) == (0, 1)
    (check,) = offered(store, make_claim("The Ladoga bridge is closed"))
    assert check.rating == "Half true"


def test_teams_are_separate(store, imported, make_team, make_claim):
    """Another team's are not offered."""
    assert imported
    make_team(guild=2002)
    claim = make_claim("The Ladoga bridge is closed", guild=2002)

    assert claim_views.view_details(store, 2002, claim.key, 7).checked.fact_checks == ()


def test_odd_words(store, imported, make_claim):
    """Words that mean something to a search engine are only words."""
    assert imported
    claim = make_claim('NEAR(bridge) OR "Ladoga* -is: closed')

    assert [check.url for check in offered(store, claim)] == [CHECK.url]


def test_voters_only(store, act, make_team, person, now):
    """Who may not add evidence doesn't get the form, and an unknown one isn't found."""
    make_team(voter_roles=frozenset({5}))
    act(fact_checks.import_fact_checks, GUILD, [CHECK], now)

    with refuses(NotAllowed):
        fact_checks.get_fact_check(store, GUILD, 1, person(7))
    voter = person(8, roles={5})
    assert fact_checks.get_fact_check(store, GUILD, 1, voter).url == CHECK.url
    with refuses(NotFound):
        fact_checks.get_fact_check(store, GUILD, 2, voter)
