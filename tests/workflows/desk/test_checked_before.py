"""What a team decided before, or imported, is found again in other words."""

from workflows.claims import Verdict
from workflows.desk import claim_views, drafts, fact_checks, moderation
from workflows.desk.checked_before import find_checked
from workflows.fact_checks import FactCheck
from workflows.intake import Intake
from workflows.teams import Acting

GUILD = 1001
CHECK = FactCheck("https://c.example.org/1", "Nordbank closed 40 branches", "Checkers", "False")


def settle(act, claim, boss, verdict=Verdict.REFUTED):
    act(moderation.settle_claim, boss, claim.key, verdict, "Checked.")


def test_own_decided_claims(act, store, team, make_claim, person, now):
    """Decided claims are found in other words, open ones and the claim itself are not."""
    assert team
    boss = Acting(GUILD, person(1, manages=True), now)
    decided, other = make_claim("Nordbank closed 40 branches in 2024"), make_claim("It rained")
    make_claim("Forty branches of Nordbank were sold")
    settle(act, decided, boss)
    settle(act, other, boss)
    again = make_claim("Nordbank shut forty of its branches down")
    settle(act, again, boss)

    details = claim_views.view_details(store, GUILD, again.key, 7)

    assert [each.number for each in details.checked.claims] == [decided.number]
    assert store.claims.get(again.id).tally.votes == 0


def test_teams_are_apart(act, store, make_team, make_claim, person, now):
    """Another team's claims are not found."""
    make_team()
    other = make_team(guild=2002)
    boss = Acting(GUILD, person(1, manages=True), now)
    settle(act, make_claim("Nordbank closed 40 branches in 2024"), boss)

    assert not find_checked(store, other, "Nordbank closed 40 branches in 2024", asked=True)


def test_before_posting(act, store, team, make_claim, found_claim, person, now):
    """The preview of a text tells what was checked before of its claims, theirs and others'."""
    assert team
    boss = Acting(GUILD, person(1, manages=True), now)
    settle(act, make_claim("Nordbank closed 40 of its branches in 2024"), boss)
    act(fact_checks.import_fact_checks, GUILD, [CHECK], now)
    words = ("Forty branches were closed by Nordbank", "The tower leans")
    found = tuple(map(found_claim, words))
    text = Intake("News", None, None, None, "en", ". ".join(words), ())
    key = act(drafts.keep_draft, boss, text).draft.key
    met = act(drafts.match_claims, GUILD, key, found, now)
    act(drafts.keep_claims, GUILD, key, found, met, now)

    checked = drafts.list_checked(store, boss, key, range(2))

    assert list(checked) == [0]
    assert [each.number for each in checked[0].claims] == [1]
    assert [each.url for each in checked[0].fact_checks] == [CHECK.url]
