"""Documents before they are the team's: kept for one person, decided on once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Attribution, Figure, Hedge, Status, Verdict
from workflows.desk import audit, drafts, intake, privacy, votes
from workflows.desk.drafts import Rewording
from workflows.desk.intake import IntakeResult
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.intake import KEPT, MOST_DRAFTS, Intake
from workflows.matching.sketch import sketch_text
from workflows.teams import Acting, IntakeAccess

GUILD, OTHER = 1001, 2002
WORDS = ("The Ladoga bridge is closed", "The Oka dam has 30 gates", "Mayor Roe resigned on Friday")


@pytest.fixture
def ada(person):
    return person(7)


@pytest.fixture
def bring(act, found_claim, now):
    """bring(who, text=...): a draft of three claims, the last of them the most check-worthy."""

    def run(who, text="A text.", guild=GUILD, at=None, **other):
        intake = Intake("Title", None, None, None, "en", text, ())
        kept = act(drafts.keep_draft, Acting(guild, who, at or now), replace(intake, **other))
        if isinstance(kept, IntakeResult):
            return kept
        draft = kept.draft
        if not draft.read:
            found = [
                found_claim(words, check_worthiness=place / 10, start=place)
                for place, words in enumerate(WORDS)
            ]
            met = act(drafts.match_claims, guild, draft.key, found, at or now)
            act(drafts.keep_claims, guild, draft.key, found, met, at or now)
        return draft

    return run


def statuses(store, taken):
    return {claim.words: claim.state.status for claim in store.claims.of_document(taken.document)}


def test_draft_stays_apart(team, bring, act, store, ada, now):
    """A draft is no part of the team until somebody decides on it."""
    draft = bring(ada)

    assert store.documents.with_text(team.id, draft.intake.sha256) is None
    assert store.history.count(team.id) == 1
    assert store.audit.read_numbered(team.id) == 0

    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)

    assert (taken.posted, taken.shelved) == (3, 0)
    assert audit.replay_team(store, team.id).differences == ()
    with refuses(NotFound, "draft-gone"):
        act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)


def test_post_all_by_rule(make_team, bring, act, store, ada, now):
    """Post all goes by the team's rule, and the preview says so."""
    make_team(post=1)
    draft = bring(ada)

    assert act(drafts.look_up, Acting(GUILD, ada, now), draft.key).posted_by_rule == 1
    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)

    assert (taken.posted, taken.shelved) == (1, 2)
    assert statuses(store, taken)[WORDS[2]] is Status.UNREVIEWED


def test_picked_claims_are_posted(make_team, bring, act, store, ada, now):
    """Picked claims are posted whatever the rule says."""
    make_team(post=0, post_threshold=0.9, post_per_day=1)
    draft = bring(ada)
    act(drafts.pick_claims, Acting(GUILD, ada, now), draft.key, [0, 1, 2], [0, 1, 99])
    picked = act(drafts.pick_claims, Acting(GUILD, ada, now), draft.key, [2], [2]).draft.picked
    picked = act(drafts.pick_claims, Acting(GUILD, ada, now), draft.key, [1], []).draft.picked

    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, picked)

    assert picked == {0, 2}
    assert statuses(store, taken) == {
        WORDS[0]: Status.UNREVIEWED,
        WORDS[1]: Status.SHELVED,
        WORDS[2]: Status.UNREVIEWED,
    }


def test_stale_matches_are_redone(team, bring, act, store, ada, make_claim, now):
    """Matches found ahead count only while nothing has changed.

    Claims are compared before the transaction; one that came in between is met all the same.
    """
    draft = bring(ada)
    ahead = act(drafts.match_ahead, Acting(GUILD, ada, now), draft.key)
    claim = make_claim(WORDS[0])

    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None, ahead)

    assert (taken.posted, taken.shared) == (2, 1)
    assert len(store.documents.passages(claim.id)) == 2
    assert audit.replay_team(store, team.id).differences == ()


def test_early_matches_agree(make_team, bring, act, ada, make_claim, now):
    """Matches found ahead are those that would be found later."""
    took = []
    for guild in (GUILD, OTHER):
        make_team(guild=guild)
        make_claim(WORDS[0], guild=guild)
        draft = bring(ada, guild=guild)
        ahead = (
            act(drafts.match_ahead, Acting(guild, ada, now), draft.key) if guild == GUILD else None
        )
        taken = act(drafts.finish_draft, Acting(guild, ada, now), draft.key, None, ahead)
        took.append((taken.posted, taken.shelved, taken.shared))

    assert took == [(2, 0, 1), (2, 0, 1)]


def test_picked_from_the_shelf(team, bring, act, store, ada, now):
    """A picked claim that is on the shelf is posted from it."""
    first = bring(ada)
    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), first.key, ())
    assert set(statuses(store, taken).values()) == {Status.SHELVED}

    second = bring(ada, "Another text.")
    view = act(drafts.look_up, Acting(GUILD, ada, now), second.key)
    act(drafts.finish_draft, Acting(GUILD, ada, now), second.key, {0})

    assert team
    assert {place: claim.words for place, (claim, _) in view.known.items()} == dict(
        enumerate(WORDS)
    )
    assert view.posted_by_rule == 0
    assert statuses(store, taken) == {
        WORDS[0]: Status.UNREVIEWED,
        WORDS[1]: Status.SHELVED,
        WORDS[2]: Status.SHELVED,
    }


def test_known_claim_is_marked(team, bring, act, ada, make_claim, now):
    """A known claim is marked with its current status."""
    claim = make_claim(WORDS[0])
    draft = bring(ada)

    act(votes.cast_vote, Acting(GUILD, ada, now), claim.key, Verdict.SUPPORTED)
    (place,) = act(drafts.look_up, Acting(GUILD, ada, now), draft.key).known

    assert team
    assert place == 0
    known, _ = act(drafts.look_up, Acting(GUILD, ada, now), draft.key).known[0]
    assert (known.id, known.state.status) == (claim.id, Status.IN_REVIEW)


def test_edited_words_are_used(team, bring, act, store, ada, now):
    """Edited words are taken in, at the place of the old ones."""
    draft = bring(ada)
    act(
        drafts.reword_claim,
        Acting(GUILD, ada, now),
        draft.key,
        1,
        Rewording("  The dam has\n40 gates "),
        None,
    )

    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)

    claim = store.claims.of_document(taken.document)[1]
    (passage,) = store.documents.passages(claim.id)
    assert team
    assert claim.words == "The dam has 40 gates"
    assert (passage.quote, passage.start) == (WORDS[1], 1)


def test_edited_words_match_anew(team, bring, act, ada, make_claim, now):
    """Edited words are compared with known claims anew."""
    claim = make_claim(WORDS[0])
    draft = bring(ada)

    def reword(place, words):
        asked = (Acting(GUILD, ada, now), draft.key, place, Rewording(words))
        row = act(drafts.match_reworded, *asked)
        return act(drafts.reword_claim, *asked, row).known

    assert set(reword(0, "The ferry sails at noon on Sundays")) == set()
    assert {place: known.id for place, (known, _) in reword(1, WORDS[0]).items()} == {1: claim.id}
    assert team


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1001])
def test_edit_needs_words(team, bring, act, ada, now, words):
    """A claim cannot be edited to nothing, or to a book."""
    draft = bring(ada)

    with refuses(BadInput, most=1000):
        act(drafts.reword_claim, Acting(GUILD, ada, now), draft.key, 0, Rewording(words), None)
    with refuses(NotFound, "claim-gone"):
        act(drafts.reword_claim, Acting(GUILD, ada, now), draft.key, 3, Rewording("Words"), None)
    assert team


ACTIONS = {
    "look": lambda key, who, now: (drafts.look_up, Acting(GUILD, who, now), key),
    "pick": lambda key, who, now: (drafts.pick_claims, Acting(GUILD, who, now), key, [0], [0]),
    "reword": lambda key, who, now: (
        drafts.reword_claim,
        Acting(GUILD, who, now),
        key,
        0,
        Rewording("Words"),
        None,
    ),
    "finish": lambda key, who, now: (drafts.finish_draft, Acting(GUILD, who, now), key, None),
    "discard": lambda key, who, now: (drafts.discard_draft, Acting(GUILD, who, now), key),
}
each_action = pytest.mark.parametrize("action", ACTIONS)


@each_action
def test_whose_draft(team, bring, act, person, ada, now, action):
    """A draft belongs to its author and the moderators."""
    draft = bring(ada)
    stranger, moderator = person(8), person(9, manages=True)

    with refuses(NotAllowed, "not-yours"):
        act(*ACTIONS[action](draft.key, stranger, now))

    act(*ACTIONS[action](draft.key, moderator, now))
    assert team


@each_action
def test_key_in_another_server(make_team, bring, act, ada, now, action):
    """A key copied to another server opens nothing."""
    make_team()
    make_team(guild=OTHER)
    draft = bring(ada, guild=OTHER)

    with refuses(NotFound, "draft-gone"):
        act(*ACTIONS[action](draft.key, ada, now))


@each_action
def test_gone_after_two_weeks(team, bring, act, db, ada, now, action):
    """After two weeks a draft is gone."""
    draft = bring(ada)
    act(drafts.end_due, now + KEPT - timedelta(seconds=1))
    act(drafts.look_up, Acting(GUILD, ada, now + KEPT - timedelta(seconds=1)), draft.key)

    with pytest.raises(NotFound):
        act(*ACTIONS[action](draft.key, ada, now + KEPT))

    assert act(drafts.end_due, now + KEPT) == 1
    assert db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_moderator_posts_for_author(team, bring, act, store, person, ada, now):
    """What a moderator posts still counts as added by its author."""
    draft = bring(ada)
    taken = act(drafts.finish_draft, Acting(GUILD, person(9, manages=True), now), draft.key, None)

    added = {claim.added_by for claim in store.claims.of_document(taken.document)}
    assert added == {store.teams.find_member(team.id, 7)}


def test_lost_role_cannot_post(make_team, bring, act, person, now):
    """Somebody who has lost the role meanwhile cannot post."""
    make_team(voter_roles=frozenset({5}))
    draft = bring(person(7, roles={5}))

    with refuses(NotAllowed, roles=frozenset({5})):
        act(drafts.finish_draft, Acting(GUILD, person(7), now), draft.key, None)
    with refuses(NotAllowed, roles=frozenset({5})):
        bring(person(8))


def test_lost_role_reads_no_draft(make_team, bring, act, person, now):
    """A preview names the team's claims: without the role one's own text can only be discarded."""
    make_team(voter_roles=frozenset({5}))
    key, former = bring(person(7, roles={5})).key, Acting(GUILD, person(7), now)

    for asked in (
        lambda: act(drafts.look_up, former, key),
        lambda: act(drafts.list_checked, former, key, [0]),
        lambda: act(drafts.pick_claims, former, key, [0], [0]),
        lambda: act(drafts.give_link, former, key, "https://example.com/report"),
        lambda: act(drafts.reword_claim, former, key, 0, Rewording("Other words"), None),
    ):
        with refuses(NotAllowed, roles=frozenset({5})):
            asked()

    assert act(drafts.discard_draft, former, key).key == key


def test_moderators_only_intake(make_team, bring, person):
    """Where moderators do the intake, voters cannot add a text."""
    make_team(intake=IntakeAccess.MODERATORS)

    with refuses(NotAllowed, "intake-by-moderators"):
        bring(person(7))

    assert bring(person(9, manages=True)).key


def test_same_text_same_draft(team, bring, act, ada, now):
    """The same text is the same draft unless its details differ."""
    draft = bring(ada)
    act(drafts.pick_claims, Acting(GUILD, ada, now), draft.key, [0], [0])

    again = bring(ada)
    other = bring(ada, published=date(2026, 3, 1))

    assert (again.key, again.picked) == (draft.key, {0})
    assert other.key != draft.key
    assert len(act(drafts.list_unfinished, Acting(GUILD, ada, now)).own) == 1
    assert team


def test_known_text_no_draft(team, bring, act, ada, now):
    """A text that the team already has becomes no draft."""
    draft = bring(ada)
    act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)

    taken = bring(ada)

    assert isinstance(taken, IntakeResult)
    assert (taken.known, taken.posted) == (True, 3)
    assert team


def test_long_text_is_asked_ahead(team, act, ada, now):
    """What takes long beside a long text is asked before anything is written, and once."""
    acting, intake = Acting(GUILD, ada, now), Intake("T", None, None, None, "en", "word " * 9, ())
    assert act(drafts.find_known, acting, intake) is None
    asked = sketch_text.cache_info().misses

    assert act(drafts.keep_draft, acting, intake).draft.intake.text == intake.text
    assert sketch_text.cache_info().misses == asked
    assert team


def test_two_people_one_text(team, bring, act, person, ada, now):
    """Two people with one text decide on it once."""
    ours, theirs = bring(ada), bring(person(8))
    act(drafts.finish_draft, Acting(GUILD, ada, now), ours.key, None)

    taken = act(drafts.finish_draft, Acting(GUILD, person(8), now), theirs.key, None)

    assert taken.known
    assert act(drafts.list_unfinished, Acting(GUILD, person(8), now)).own == ()
    assert team


def test_drafts_are_limited(team, bring, ada, person):
    """Nobody can pile up drafts."""
    for number in range(MOST_DRAFTS):
        bring(ada, f"Text {number}.")

    with refuses(Refused, most=10):
        bring(ada, "One more.")
    assert bring(ada, "Text 3.").key
    assert bring(person(8), "One more.").key
    assert team


def test_waiting_drafts(team, bring, act, person, ada, now):
    """Moderators see all waiting drafts, others only their own."""
    bring(ada)
    bring(person(8), "Another.")

    assert len(act(drafts.list_unfinished, Acting(GUILD, ada, now)).own) == 1
    assert act(drafts.list_unfinished, Acting(GUILD, ada, now)).others == ()
    seen = act(drafts.list_unfinished, Acting(GUILD, person(9, manages=True), now))
    assert (len(seen.own), len(seen.others)) == (0, 2)
    assert act(drafts.list_unfinished, Acting(GUILD, person(10), now)).own == ()
    assert team


def test_forgotten_author(team, bring, act, db, ada, now):
    """A member who is forgotten leaves no draft."""
    bring(ada)

    act(privacy.forget_member, GUILD, 7, now)

    assert db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_bad_link_comes_first(team, bring, ada, db):
    """A bad link is reported before anything is stored."""
    with refuses(BadInput, "not-a-link"):
        bring(ada, url="javascript:alert(1)")

    assert db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_infinite_figures(team, act, ada, found_claim, now):
    """Infinite figures do not spoil a draft."""
    figure = Figure("9…9", float("inf"), None, None, None, 0, 3)
    draft = act(
        drafts.keep_draft, Acting(GUILD, ada, now), Intake("T", None, None, None, "en", "T", ())
    ).draft
    found = [found_claim(figures=(figure,))]
    met = act(drafts.match_claims, GUILD, draft.key, found, now)
    act(drafts.keep_claims, GUILD, draft.key, found, met, now)

    (kept,) = act(drafts.look_up, Acting(GUILD, ada, now), draft.key).draft.intake.claims
    assert kept.figures == ()
    assert team
    assert intake.make_storable(kept) == kept


def test_open_words_are_shelved(team, act, ada, found_claim, now, store):
    """By rule a claim that leaves open who is meant is shelved, however check-worthy it is."""
    open_words = found_claim("He closed the port", check_worthiness=0.9, needs_words=True)
    clear = found_claim("[Ann Dahl] closed the port", check_worthiness=0.1)
    text = Intake("T", None, None, None, "en", "T", (open_words, clear))

    taken = act(intake.add_document, GUILD, text, ada, now)

    kept = {claim.words: claim for claim in store.claims.of_document(taken.document)}
    assert kept["He closed the port"].state.status is Status.SHELVED
    assert kept["He closed the port"].needs_words
    assert kept["[Ann Dahl] closed the port"].state.status is Status.UNREVIEWED
    assert not kept["[Ann Dahl] closed the port"].needs_words
    assert team


def test_rewording_names_source_and_hedge(team, act, ada, found_claim, now):
    """Words, sources and hedge are put right in one go, and the claim no longer needs words."""
    draft = act(
        drafts.keep_draft, Acting(GUILD, ada, now), Intake("T", None, None, None, "en", "T", ())
    ).draft
    said = Attribution("he", 0, 2, "said", 3, 7, False, None, Hedge.REPORTED)
    found = found_claim("It closed", attribution=(said,), hedge=Hedge.REPORTED, needs_words=True)
    met = act(drafts.match_claims, GUILD, draft.key, [found], now)
    act(drafts.keep_claims, GUILD, draft.key, [found], met, now)

    view = act(
        drafts.reword_claim,
        Acting(GUILD, ada, now),
        draft.key,
        0,
        Rewording("The port closed", ("Ann Dahl",), Hedge.ALLEGED),
        None,
    )

    (claim,) = view.draft.intake.claims
    assert (claim.words, claim.hedge, claim.needs_words) == (
        "The port closed",
        Hedge.ALLEGED,
        False,
    )
    assert [(link.resolved, link.hedge) for link in claim.attribution] == [
        ("Ann Dahl", Hedge.ALLEGED)
    ]
    assert team


def test_matches_passed_on(team, bring, act, ada, make_claim, now, found_claim):
    """What the reading found is passed on, until the team's claims change."""
    found = [found_claim(words) for words in WORDS]
    draft, acting = bring(ada), Acting(GUILD, ada, now)
    met = act(drafts.match_claims, GUILD, draft.key, found, now)

    assert team
    assert act(drafts.match_ahead, acting, draft.key, met) is met
    make_claim(WORDS[0])
    assert act(drafts.match_ahead, acting, draft.key, met) is not met


@pytest.mark.usefixtures("team")
def test_text_is_given_its_link(bring, act, ada, person, now):
    """A pasted text can be given its link, by its person only; it is its document's then."""
    draft = bring(ada)
    with refuses(NotAllowed):
        act(drafts.give_link, Acting(GUILD, person(8), now), draft.key, "https://a.example/1")
    with refuses(BadInput):
        act(drafts.give_link, Acting(GUILD, ada, now), draft.key, "no link")

    act(drafts.give_link, Acting(GUILD, ada, now), draft.key, "https://a.example/1")

    taken = act(drafts.finish_draft, Acting(GUILD, ada, now), draft.key, None)
    assert taken.document.url == "https://a.example/1"
