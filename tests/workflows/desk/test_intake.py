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


def test_everything_is_kept(take_in, store, team, found_claim, now):
    """Everything that was found is kept."""
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


def test_rest_is_shelved(take_in, store, make_team, found_claim):
    """Claims that are not posted go on the shelf."""
    make_team(post=1)
    claims = [found_claim(f"Claim {worth}", check_worthiness=worth) for worth in (0.2, 0.9)]

    taken = take_in(paper(*claims))

    kept = store.claims.of_document(taken.document)
    assert (taken.posted, taken.shelved) == (1, 1)
    assert [claim.state.status for claim in kept] == [Status.SHELVED, Status.UNREVIEWED]
    assert len(store.outbox.list_undelivered()) == 2  # the document's card and one claim's


def test_numbers_per_team(take_in, store, make_team, found_claim):
    """Claim numbers continue within a team and never beyond it."""
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


def test_same_text_again(take_in, contents, team, found_claim):
    """The same text again changes nothing."""
    first = take_in(paper(found_claim()))
    before = contents()

    again = take_in(paper(found_claim(), url="https://example.com/"))

    assert again.known
    assert (again.document, again.posted) == (first.document, first.posted)
    assert contents() == before
    assert team.policy_version == 1


def test_daily_limit(take_in, make_team, found_claim):
    """A day has room for so many claims, in the team's own time zone."""
    make_team(post_per_day=3)
    evening = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)  # a minute to midnight in Berlin

    def arrive(text, at):
        claims = [found_claim(f"Claim {text}{letter}") for letter in "ab"]
        return take_in(paper(*claims, text=text), at=at)

    first = arrive("1", evening)
    second = arrive("2", evening)
    third = arrive("3", evening + timedelta(minutes=1))

    assert [each.posted for each in (first, second, third)] == [2, 1, 2]


def test_normalized_address(take_in, team):
    """An address is kept in its normalized form."""
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
def test_refusal_leaves_nothing(take_in, contents, make_team, person, who, document, refusal):
    """A refused document leaves nothing behind."""
    make_team(voter_roles=frozenset({5}))
    before = contents()

    with pytest.raises(refusal):
        take_in(document, person(7, **who))

    assert contents() == before


def test_server_without_team(take_in):
    """A server without a team is not found."""
    with pytest.raises(NotFound):
        take_in(paper(), guild=999)


def test_enormous_number(take_in, store, team, found_claim):
    """A number too large for the database does not cost the document."""
    endless = Figure("9" * 400, float("inf"), None, None, None, 0, 400)

    taken = take_in(paper(found_claim(figures=(endless,))))

    assert store.claims.of_document(taken.document)[0].figures == ()
    assert team.policy_version == 1


def test_strange_file_name(take_in, team):
    """A file name that is not valid text still makes a title."""
    taken = take_in(replace(paper(), title="caf\udce9.txt"))

    assert taken.document.title == "caf?.txt"
    assert team.policy_version == 1


def test_document_card(take_in, store, make_team, found_claim):
    """A document's card shows the status of its claims."""
    make_team(post=1)
    taken = take_in(paper(found_claim(), found_claim("Another")))

    view = claim_views.view_document(store, taken.document.id)

    assert view.counts == {Status.UNREVIEWED: 1, Status.SHELVED: 1}
    assert (view.claims, view.decided, view.settled) == (2, 0, 0)


def test_excerpt_ends_at_words(take_in, store, team, found_claim):
    """The text around a claim is cut at the ends of words."""
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


def test_team_created_once(act, store, settings, now):
    """A team is created once, and its own settings stay."""
    first, nothing = act(setup.create_team, settings, Policy(), now)
    changed = replace(settings, language="de", claims_channel=99)

    again, differing = act(setup.create_team, changed, Policy(quorum=5), now + timedelta(days=1))

    assert nothing == ()
    assert again == first
    assert set(differing) == {"language", "claims_channel", "policy.quorum"}
    assert [team.settings.guild for team in store.teams.all()] == [GUILD]


def test_undone_team_leaves_nothing(act, store, settings, now):
    """A team whose creation is undone leaves no rules behind."""

    def founded_and_refused(store):
        setup.create_team(store, settings, Policy(quorum=9), now)
        assert store.teams.of_guild(GUILD).policy.quorum == 9
        raise NotAllowed("Not now.")

    with pytest.raises(NotAllowed):
        act(founded_and_refused)
    act(setup.create_team, settings, Policy(quorum=2), now)

    assert store.teams.of_guild(GUILD).policy.quorum == 2


def test_history_is_in_utc(take_in, team, found_claim):
    """A time of another zone is refused by history."""
    berlin = datetime(2026, 3, 2, 12, tzinfo=team.settings.timezone)

    for wrong in (berlin, datetime(2026, 3, 2, 12)):  # noqa: DTZ001
        with pytest.raises(ValueError, match=r"UTC|zone"):
            take_in(paper(found_claim()), at=wrong)


def test_moderators_only_intake(take_in, make_team, person, found_claim):
    """Where moderators do the intake, nobody else can."""
    make_team(intake=IntakeAccess.MODERATORS)
    moderator = person(8, manages=True)

    with refuses(NotAllowed, "intake-by-moderators"):
        take_in(paper(found_claim()), person(7))

    assert take_in(paper(found_claim()), moderator).posted == 1
    assert take_in(paper(found_claim("Another"), text="Another."), None).posted == 1


def test_same_page_again(take_in, team, found_claim):
    """A link brought again whose text hardly changed is known; one with another number is not."""
    assert team
    text = "The bridge is closed, and 300 cars had to turn round near the old mill. " * 10
    first = Intake("Bridge", None, "https://post.example/a", None, "en", text, (found_claim(),))

    taken = take_in(first)
    again = take_in(replace(first, text=text + "Updated."))
    open_again = (found_claim("The Ladoga bridge is open again"),)
    changed = take_in(replace(first, text=text.replace("300", "310"), claims=open_again))

    assert (taken.known, again.known, changed.known) == (False, True, False)
    assert again.document == taken.document
