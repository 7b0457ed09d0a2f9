"""Documents through the desk, and the teams they come to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import (
    Attribution,
    AttributionCheck,
    DateMention,
    Figure,
    Hedge,
    Status,
)
from workflows.desk import claim_views, intake, setup
from workflows.errors import BadInput, NotAllowed, NotFound
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.teams import IntakeAccess

GUILD, OTHER = 1001, 2002


@pytest.fixture
def take_in(act, now):
    """take_in(document, person, at=...)"""

    def run(document, who=None, guild=GUILD, at=None):
        return act(intake.add_document, guild, document, who, at or now)

    return run


def paper(*claims, text="The text.", **other) -> Intake:
    return Intake("Title", "BBC", other.get("url"), date(2026, 3, 1), "en", text, claims)


def test_everything_that_was_found_is_kept(take_in, store, team, found_claim, now):
    said = Attribution(
        "the BBC", 4, 11, "reported", 12, 20, False, date(2026, 3, 1), Hedge.REPORTED
    )
    inner = Attribution(None, None, None, "citing", 22, 28, True, None, Hedge.ALLEGED, "AFP")
    figure = Figure("1.28 million", 1.28e6, None, "people", "about", 3, 15)
    mention = DateMention("on Monday", 30, 39, date(2026, 2, 23), date(2026, 2, 23))
    found = found_claim(
        attribution=(said, inner),
        figures=(figure, replace(figure, upper=0.1 + 0.2)),
        dates=(mention,),
        as_of=date(2026, 2, 23),
        hedge=Hedge.REPORTED,
        hedge_cue="reported",
        nested=True,
        check_worthiness=0.1 + 0.2,
    )

    taken = take_in(paper(found))

    (claim,) = store.claims.of_document(taken.document)
    (passage,) = store.documents.passages(claim.id)
    assert (claim.words, claim.figures, claim.dates) == (found.words, found.figures, found.dates)
    assert (claim.as_of, claim.nested) == (found.as_of, True)
    assert claim.check_worthiness == found.check_worthiness
    assert [link.said for link in passage.attribution] == [said, inner]
    assert {link.check for link in passage.attribution} == {AttributionCheck.UNCHECKED}
    assert (passage.quote, passage.hedge, passage.hedge_cue) == (
        found.quote,
        Hedge.REPORTED,
        "reported",
    )
    assert taken.document.published == date(2026, 3, 1)
    assert claim.added_at == now
    assert team.id == claim.team


def test_what_is_not_posted_lies_on_the_shelf(take_in, store, make_team, found_claim):
    make_team(post=1)
    claims = [found_claim(f"Claim {worth}", check_worthiness=worth) for worth in (0.2, 0.9)]

    taken = take_in(paper(*claims))

    kept = store.claims.of_document(taken.document)
    assert (taken.posted, taken.shelved) == (1, 1)
    assert [claim.state.status for claim in kept] == [Status.SHELVED, Status.UNREVIEWED]
    assert len(store.outbox.list_undelivered()) == 2  # the document's card and one claim's


def test_numbers_go_on_within_a_team_and_never_beyond_it(take_in, store, make_team, found_claim):
    make_team()
    make_team(guild=OTHER)
    for guild, text in ((GUILD, "one"), (OTHER, "one"), (GUILD, "two")):
        take_in(
            paper(found_claim(f"{text} first"), found_claim(f"{text} last"), text=text), guild=guild
        )

    numbers = {team.settings.guild: [] for team in store.teams.all()}
    for team in store.teams.all():
        numbers[team.settings.guild] = [claim.number for claim in store.claims.of_team(team.id)]

    assert numbers == {GUILD: [1, 2, 3, 4], OTHER: [1, 2]}


def test_the_same_text_again_changes_nothing(take_in, store, team, found_claim):
    first = take_in(paper(found_claim()))
    before = list(store._db.conn.iterdump())

    again = take_in(paper(found_claim(), url="https://example.com/"))

    assert again.known
    assert (again.document, again.posted) == (first.document, first.posted)
    assert list(store._db.conn.iterdump()) == before
    assert team.policy_version == 1


def test_a_day_has_room_for_so_many_claims_in_the_teams_own_zone(take_in, make_team, found_claim):
    make_team(post_per_day=3)
    evening = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)  # a minute to midnight in Berlin

    def arrive(text, at):
        claims = [found_claim(f"Claim {text}{letter}") for letter in "ab"]
        return take_in(paper(*claims, text=text), at=at)

    first = arrive("1", evening)
    second = arrive("2", evening)
    third = arrive("3", evening + timedelta(minutes=1))

    assert [each.posted for each in (first, second, third)] == [2, 1, 2]


def test_an_address_is_kept_in_its_one_spelling(take_in, team):
    taken = take_in(paper(url="HTTPS://Example.com/a#b"))

    assert taken.document.url == "https://example.com/a"
    assert team.settings.guild == GUILD


@pytest.mark.parametrize(
    ("who", "document", "refusal"),
    [
        ({}, paper(), NotAllowed),
        ({"roles": {5}}, paper(url="javascript:alert(1)"), BadInput),
    ],
)
def test_a_refused_document_leaves_nothing(
    take_in, store, make_team, person, who, document, refusal
):
    make_team(voter_roles=frozenset({5}))
    before = list(store._db.conn.iterdump())

    with pytest.raises(refusal):
        take_in(document, person(7, **who))

    assert list(store._db.conn.iterdump()) == before


def test_a_server_without_a_team_is_not_found(take_in):
    with pytest.raises(NotFound):
        take_in(paper(), guild=999)


def test_a_number_beyond_all_numbers_does_not_cost_the_document(take_in, store, team, found_claim):
    endless = Figure("9" * 400, float("inf"), None, None, None, 0, 400)

    taken = take_in(paper(found_claim(figures=(endless,))))

    assert store.claims.of_document(taken.document)[0].figures == ()
    assert team.policy_version == 1


def test_a_file_name_that_is_no_text_makes_a_title(take_in, team):
    taken = take_in(replace(paper(), title="caf\udce9.txt"))

    assert taken.document.title == "caf?.txt"
    assert team.policy_version == 1


def test_a_documents_card_tells_how_its_claims_stand(take_in, store, make_team, found_claim):
    make_team(post=1)
    taken = take_in(paper(found_claim(), found_claim("Another")))

    view = claim_views.view_document(store, taken.document.id)

    assert view.counts == {Status.UNREVIEWED: 1, Status.SHELVED: 1}
    assert (view.claims, view.decided, view.settled) == (2, 0, 0)


def test_the_surroundings_of_a_claim_are_cut_at_the_ends_of_words(
    take_in, store, team, found_claim
):
    text = "word " * 200 + "The bridge is closed. " + "word " * 200
    start = text.index("The bridge")
    found = found_claim(quote="The bridge is closed.", quote_start=start, start=start)

    taken = take_in(paper(found, text=text))
    (claim,) = store.claims.of_document(taken.document)

    context = claim_views.view_details(store, GUILD, claim.key, 7).context
    assert context.startswith("… word word")
    assert context.endswith("word word …")
    assert "word The bridge is closed. word" in context
    assert team.policy_version == 1


def test_a_team_is_founded_once_and_its_own_settings_stand(act, store, settings, now):
    first, nothing = act(setup.create_team, settings, Policy(), now)
    changed = replace(settings, language="de", claims_channel=99)

    again, differing = act(setup.create_team, changed, Policy(quorum=5), now + timedelta(days=1))

    assert nothing == ()
    assert again == first
    assert set(differing) == {"language", "claims_channel", "policy.quorum"}
    assert setup.list_guilds(store) == {GUILD}


def test_a_team_that_was_not_founded_after_all_leaves_its_rules_behind_nowhere(
    act, store, settings, now
):
    def founded_and_refused(store):
        setup.create_team(store, settings, Policy(quorum=9), now)
        assert store.teams.of_guild(GUILD).policy.quorum == 9
        raise NotAllowed("Not now.")

    with pytest.raises(NotAllowed):
        act(founded_and_refused)
    act(setup.create_team, settings, Policy(quorum=2), now)

    assert store.teams.of_guild(GUILD).policy.quorum == 2


def test_a_time_of_another_zone_is_no_time_for_history(take_in, team, found_claim):
    berlin = datetime(2026, 3, 2, 12, tzinfo=team.settings.timezone)

    for wrong in (berlin, datetime(2026, 3, 2, 12)):  # noqa: DTZ001
        with pytest.raises(ValueError, match=r"UTC|zone"):
            take_in(paper(found_claim()), at=wrong)


def test_where_moderators_take_in_nobody_else_does(take_in, make_team, person, found_claim):
    make_team(intake=IntakeAccess.MODERATORS)
    moderator = person(8, manages=True)

    with refuses(NotAllowed, "intake-by-moderators"):
        take_in(paper(found_claim()), person(7))

    assert take_in(paper(found_claim()), moderator).posted == 1
    assert take_in(paper(found_claim("Another"), text="Another."), None).posted == 1
