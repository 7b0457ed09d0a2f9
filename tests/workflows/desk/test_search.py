"""Lists, search and completion: what is asked for is found, in one team, and nothing leaks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Attribution, DocumentKey, Hedge, Stance, Status, Verdict
from workflows.desk import evidence, merging, moderation, search, votes
from workflows.desk import intake as desk_intake
from workflows.desk.merging import ClaimPart
from workflows.errors import BadInput, NotAllowed, NotFound
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.search import ClaimFilter
from workflows.store.schema import _SEARCHED_ANEW_IN_TEAM
from workflows.teams import Acting

GUILD = 1001


@pytest.fixture
def ask(act, person, now):
    """The numbers on a page of what somebody wants to see."""

    def run(wanted=None, by=7, page=1, at=now, guild=GUILD, **who):
        key = act(search.ask_list, Acting(guild, person(by), at), wanted or ClaimFilter(), **who)
        return [
            claim.number
            for claim in act(
                search.read_list, Acting(guild, person(by), at), key, page
            ).found.claims
        ]

    return run


@pytest.fixture
def typed(act, person):
    def run(text, statuses=(), guild=GUILD):
        found = act(search.complete_number, guild, person(7), text, statuses)
        return [claim.number for claim in found]

    return run


@pytest.fixture
def many(team, make_claim):
    assert team.settings.guild == GUILD
    return [make_claim(f"Bridge {n} is closed") for n in range(1, 13)]


def said(source, hedge=Hedge.REPORTED):
    return Attribution(
        source, None, None, None, None, None, anonymous=False, date=None, hedge=hedge
    )


@pytest.mark.usefixtures("many")
def test_newest_first(ask):
    """A list shows the newest claims first, a page at a time."""
    assert ask() == [12, 11, 10, 9, 8, 7, 6, 5]
    assert ask(page=2) == [4, 3, 2, 1]


@pytest.mark.parametrize("page", [-1, 0, 3, 99999])
@pytest.mark.usefixtures("many")
def test_nearest_page(ask, page):
    """A page that no longer exists becomes the nearest one."""
    assert ask(page=page) == (ask() if page < 1 else ask(page=2))


@pytest.mark.usefixtures("many")
def test_list_key_lasts(act, person, now):
    """A list's pages stay known by its key, and all claims are counted."""
    key = act(search.ask_list, Acting(GUILD, person(7), now), ClaimFilter(words="bridge"))

    again = act(search.ask_list, Acting(GUILD, person(8), now), ClaimFilter(words="bridge"))
    listing = act(search.read_list, Acting(GUILD, person(8), now + timedelta(days=1)), key, 2)

    assert again == key
    assert (listing.found.page, listing.found.pages, listing.found.total) == (2, 2, 12)
    assert listing.wanted == ClaimFilter(words="bridge")


@pytest.mark.usefixtures("many")
def test_unused_list_is_forgotten(act, person, now):
    """A list that nobody asks for any longer is forgotten."""
    key = act(search.ask_list, Acting(GUILD, person(7), now), ClaimFilter(words="bridge"))
    act(search.ask_list, Acting(GUILD, person(7), now + timedelta(days=91)), ClaimFilter())

    with refuses(NotFound, "list-gone"):
        act(search.read_list, Acting(GUILD, person(7), now), key, 1)


def test_awaiting_my_vote(many, ask, act, person, now):
    """A claim leaves my list when I vote and returns when my vote goes stale."""
    mine = ClaimFilter(awaiting=True)
    for claim in many[2:]:
        act(moderation.drop_claim, Acting(GUILD, person(1, manages=True), now), claim.key, "test")
    assert ask(mine) == [2, 1]

    act(votes.cast_vote, Acting(GUILD, person(7), now), many[0].key, Verdict.SUPPORTED)
    assert ask(mine) == [2]
    assert ask(mine, by=8) == [2, 1]

    moderator = person(1, manages=True)
    act(
        moderation.edit_claim,
        Acting(GUILD, moderator, now),
        many[0].key,
        "Bridge 1 is open",
        "wrong",
    )
    assert ask(mine) == [2, 1]


def test_decided_awaits_nobody(make_team, make_claim, ask, act, person, now):
    """A verdict awaits nobody's vote; an unresolved claim does on a new link only."""
    make_team(Policy(quorum=2))
    unresolved = make_claim()
    for voter in (1, 2):
        act(
            votes.cast_vote,
            Acting(GUILD, person(voter), now),
            unresolved.key,
            Verdict.NOT_ENOUGH_EVIDENCE,
        )
    assert ask(ClaimFilter(awaiting=True)) == []

    later = now + timedelta(hours=1)
    act(
        evidence.attach_link,
        Acting(GUILD, person(3), later),
        unresolved.key,
        "https://x.org/a",
        Stance.SUPPORTS,
    )
    assert ask(ClaimFilter(awaiting=True)) == [1]
    assert ask(ClaimFilter(awaiting=True), by=1) == [1]

    act(votes.cast_vote, Acting(GUILD, person(1), later), unresolved.key, Verdict.SUPPORTED)
    assert ask(ClaimFilter(awaiting=True), by=1, at=later) == []


def test_own_claims_await_none(make_team, make_claim, ask, person):
    """One's own claims await no vote where the team does not allow it."""
    make_team(Policy(own_claims=False))
    make_claim(by=person(7))

    assert ask(ClaimFilter(awaiting=True), by=7) == []
    assert ask(ClaimFilter(awaiting=True), by=8) == [1]


@pytest.mark.usefixtures("many")
def test_overdue(ask, now):
    """Claims undecided past the team's time are overdue."""
    late = now + timedelta(days=8)

    assert ask(ClaimFilter(overdue=True)) == []
    assert len(ask(ClaimFilter(overdue=True), at=late)) == 8


@pytest.mark.usefixtures("team")
def test_filters_combine(act, store, found_claim, ask, person, now):
    """Filters narrow the list together."""
    claims = (
        found_claim(
            "The port is shut", attribution=(said("Harbour office"),), hedge=Hedge.REPORTED
        ),
        found_claim("The port is open", attribution=(said("Shipping line"),), hedge=Hedge.ALLEGED),
        found_claim("The road is shut", hedge=Hedge.ASSERTED),
    )
    document = act(
        desk_intake.add_document,
        GUILD,
        Intake("Ports today", "The Courier", None, None, "en", "text", claims),
        None,
        now,
    ).document
    one, _, three = store.claims.of_document(document)
    moderator = person(1, manages=True)
    act(moderation.settle_claim, Acting(GUILD, moderator, now), three.key, Verdict.REFUTED, "seen")
    act(moderation.assign_claim, Acting(GUILD, moderator, now), one.key, person(9), "hers")

    assert ask(ClaimFilter(hedge=Hedge.ALLEGED)) == [2]
    assert ask(ClaimFilter(source="harb")) == [1]
    assert ask(ClaimFilter(source="courier")) == [3, 2, 1]
    assert ask(ClaimFilter(words="shut", source="harbour")) == [1]
    assert sorted(ask(ClaimFilter(words="ports today"))) == [1, 2, 3]
    assert ask(ClaimFilter(document=document.key, statuses=(Status.REFUTED,), settled=True)) == [3]
    assert ask(assignee=9) == [1]
    assert ask(ClaimFilter(settled=False)) == [2, 1]
    for wrong in ({"assignee": 99}, {"wanted": ClaimFilter(document=DocumentKey("A" * 22))}):
        with pytest.raises(NotFound):
            ask(**wrong)


def test_closed_on_request(many, ask, act, person, now):
    """Shelved and closed claims are listed only when asked for."""
    act(
        moderation.drop_claim, Acting(GUILD, person(1, manages=True), now), many[11].key, "no claim"
    )

    assert 12 not in ask()
    assert ask(ClaimFilter(statuses=(Status.DROPPED,))) == [12]


@pytest.mark.usefixtures("team")
def test_own_words_rank_first(act, found_claim, ask, now):
    """Search ranks the claim's own words before its documents."""
    for title, words in (("Ferries", "The bridge is shut"), ("Bridge news", "The road is shut")):
        intake = Intake(title, None, None, None, "en", title, (found_claim(words),))
        act(desk_intake.add_document, GUILD, intake, None, now)

    assert ask(ClaimFilter(words="bridge")) == [1, 2]
    assert ask(ClaimFilter(words="bridges")) == [1, 2]


@pytest.mark.usefixtures("team")
def test_number_ranks_first(make_claim, ask):
    """A number finds the claim with that number first."""
    for words in ("Some 2 bridges are closed", "The road is closed", "The port is closed"):
        make_claim(words)

    assert ask(ClaimFilter(words="2")) == [1]
    assert ask(ClaimFilter(words="#2")) == [1]


@pytest.mark.parametrize("query", ["?", "— …", '"'])
@pytest.mark.usefixtures("team")
def test_query_without_words(ask, query):
    """A query without a word is refused."""
    with refuses(BadInput, "words-needed"):
        ask(ClaimFilter(words=query))


def test_index_follows_changes(many, ask, act, person, now):
    """New words and moved passages are found, and old ones are not."""
    moderator = person(1, manages=True)

    act(
        moderation.edit_claim,
        Acting(GUILD, moderator, now),
        many[0].key,
        "The tunnel is flooded",
        "wrong",
    )

    assert ask(ClaimFilter(words="tunnel")) == [1]
    assert 1 not in [*ask(ClaimFilter(words="bridge")), *ask(ClaimFilter(words="bridge"), page=2)]


@pytest.mark.usefixtures("many")
def test_completion(typed):
    """A number completes by its digits, and words by how they begin."""
    assert typed("1") == [1, 10, 11, 12]
    assert typed("#12") == [12]
    assert typed("bri 7") == [7]
    assert typed("closed")[:2] == [12, 11]
    assert typed("")[:2] == [12, 11]
    assert typed("zzz") == []


def test_completion_is_limited(many, make_claim, typed, act, person, now):
    """Completion offers only what can be meant, and at most 25 choices."""
    for n in range(20):
        make_claim(f"Road {n} is closed")
    act(moderation.drop_claim, Acting(GUILD, person(1, manages=True), now), many[0].key, "no claim")

    assert len(typed("closed")) == len(typed("")) == 25
    assert typed("bridge 1", (Status.DROPPED,)) == [1]
    assert typed("", (Status.DROPPED,)) == [1]
    assert 1 not in typed("1", (Status.UNREVIEWED,))


@pytest.mark.usefixtures("many")
def test_teams_are_separate(make_team, make_claim, ask, typed, act, person, now):
    """No team finds anything of another."""
    make_team(guild=2002)
    make_claim("The bridge of others is open", guild=2002)
    key = act(search.ask_list, Acting(GUILD, person(7), now), ClaimFilter(words="bridge"))

    assert ask(ClaimFilter(words="bridge"), guild=2002) == ask(guild=2002) == [1]
    assert typed("bridge", guild=2002) == typed("1", guild=2002) == [1]
    assert act(search.complete_sources, 2002, person(7), "") == ()
    assert len(act(search.complete_documents, 2002, person(7), "title")) == 1
    assert len(act(search.find_bearing_on, 2002, person(7), "bridge 3 closed")) == 1
    with refuses(NotFound, "list-gone"):
        act(search.read_list, Acting(2002, person(7), now), key, 1)


def test_outsider_finds_nothing(make_team, make_claim, ask, typed, act, person):
    """Somebody without the role finds nothing."""
    make_team(voter_roles=frozenset({5}))
    make_claim()

    for find in (
        ask,
        lambda: typed("bridge"),
        lambda: act(search.complete_sources, GUILD, person(7), ""),
        lambda: act(search.complete_documents, GUILD, person(7), ""),
        lambda: act(search.find_bearing_on, GUILD, person(7), "bridge"),
    ):
        with pytest.raises(NotAllowed):
            find()


@pytest.mark.usefixtures("team")
def test_hidden_votes_look_alike(make_claim, act, person, now):
    """Lists look alike whichever way hidden votes went."""
    claims = [make_claim("The dam is safe"), make_claim("The dam is sound")]
    for claim, verdict in zip(claims, (Verdict.SUPPORTED, Verdict.REFUTED), strict=True):
        act(votes.cast_vote, Acting(GUILD, person(1), now), claim.key, verdict)
        act(votes.cast_vote, Acting(GUILD, person(2), now), claim.key, verdict)

    key = act(search.ask_list, Acting(GUILD, person(7), now), ClaimFilter())
    listed = act(search.read_list, Acting(GUILD, person(7), now), key, 1).found.claims

    one, other = (replace(each, number=0, key="", words="") for each in listed)
    assert one == other


@pytest.mark.usefixtures("team")
def test_sources_complete(act, found_claim, person, now):
    """Sources and publishers complete."""
    claims = (
        found_claim("One", attribution=(said("Harbour office"), said("a clerk"))),
        found_claim("Two", attribution=(said("Shipping line"),)),
    )
    intake = Intake("Ports", "The Harbour Courier", None, None, "en", "t", claims)
    act(desk_intake.add_document, GUILD, intake, None, now)

    assert act(search.complete_sources, GUILD, person(7), "harb") == (
        "Harbour office",
        "The Harbour Courier",
    )
    assert "a clerk" in act(search.complete_sources, GUILD, person(7), "")


@pytest.mark.usefixtures("many")
def test_shared_words_rank_first(act, person):
    """A text matches first the claims that share its words."""
    found = act(
        search.find_bearing_on, GUILD, person(7), "Officials: bridge 3 was closed on Monday"
    )

    assert found[0].number == 3
    assert len(found) == 12


@pytest.mark.usefixtures("team")
def test_other_languages(make_claim, ask):
    """Words of other languages and words with accents are found too."""
    for words in ("다리가 폐쇄되었다", "Le café est fermé", "Мост закрыт"):
        make_claim(words)

    assert ask(ClaimFilter(words="다리")) == [1]
    assert ask(ClaimFilter(words="cafe ferme")) == [2]
    assert ask(ClaimFilter(words="МОСТ")) == [3]


def test_words_move_along(team, act, store, db, found_claim, person, now):
    """The words searched for follow whatever moves between claims."""
    mo = person(1, manages=True)
    for title, source in (("Ports", "Harbour office"), ("Ferries", "Shipping line")):
        found = found_claim(f"{title} are closed", attribution=(said(source), said("a clerk")))
        intake = Intake(title, f"The {title} Courier", None, None, "en", title, (found,))
        act(desk_intake.add_document, GUILD, intake, None, now)
    one, other = store.claims.of_team(team.id)

    act(merging.merge, Acting(GUILD, mo, now), [one.key], other.key, "same")
    assert rows_of(db)[0]["sources"] == ""
    act(merging.undo_merge, Acting(GUILD, mo, now), one.key, "not the same")
    parted = act(
        merging.split,
        Acting(GUILD, mo, now),
        other.key,
        ClaimPart("The pier is shut", rest="Shut"),
        "two",
    )
    act(
        moderation.edit_claim,
        Acting(GUILD, mo, now),
        one.key,
        "Ports are open",
        "so",
        said_by=["BBC", "it"],
    )
    act(merging.undo_split, Acting(GUILD, mo, now), parted.other.claim.key, "one")

    kept = rows_of(db)
    db.execute(_SEARCHED_ANEW_IN_TEAM.format(which="(SELECT id FROM claims)"))
    assert rows_of(db) == kept
    assert [row["words"] for row in kept] == [c.words for c in store.claims.of_team(team.id)]
    assert "BBC" in kept[0]["sources"]


def rows_of(db):
    found = db.execute("SELECT rowid, words, sources, documents FROM searched ORDER BY 1")
    return [dict(row) for row in found.fetchall()]
