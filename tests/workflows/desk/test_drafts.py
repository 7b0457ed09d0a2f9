"""Documents before they are the team's: kept for one person, decided on once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Figure, Status, Verdict
from workflows.desk import audit, drafts, intake, privacy, votes
from workflows.desk.intake import IntakeResult
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.intake import KEPT, MOST_DRAFTS, Intake
from workflows.teams import IntakeAccess

GUILD, OTHER = 1001, 2002
WORDS = ("The Ladoga bridge is closed", "The Oka dam has 30 gates", "The mayor resigned on Friday")


@pytest.fixture
def ada(person):
    return person(7)


@pytest.fixture
def bring(act, found_claim, now):
    """bring(who, text=...): a draft of three claims, the last of them the most check-worthy."""

    def run(who, text="A text.", guild=GUILD, at=None, **other):
        intake = Intake("Title", None, None, None, "en", text, ())
        draft = act(drafts.keep_draft, guild, replace(intake, **other), who, at or now)
        if not isinstance(draft, IntakeResult) and not draft.read:
            found = [
                found_claim(words, check_worthiness=place / 10, start=place)
                for place, words in enumerate(WORDS)
            ]
            known = act(drafts.match_known, guild, found, at or now)
            act(drafts.keep_claims, guild, draft.key, found, known, at or now)
        return draft

    return run


def statuses(store, taken):
    return {claim.words: claim.state.status for claim in store.claims.of_document(taken.document)}


def test_a_draft_is_no_part_of_the_team_until_it_is_decided_on(team, bring, act, store, ada, now):
    draft = bring(ada)

    assert store.documents.with_text(team.id, draft.intake.sha256) is None
    assert store.history.count(team.id) == 1
    assert store.audit.read_numbered(team.id) == 0

    taken = act(drafts.finish_draft, GUILD, draft.key, None, ada, now)

    assert (taken.posted, taken.shelved) == (3, 0)
    assert audit.replay_team(store, team.id).differences == ()
    with refuses(NotFound, "draft-gone"):
        act(drafts.finish_draft, GUILD, draft.key, None, ada, now)


def test_post_all_goes_by_the_teams_rule_and_says_so_before(make_team, bring, act, store, ada, now):
    make_team(post=1)
    draft = bring(ada)

    assert act(drafts.look_up, GUILD, draft.key, ada, now).posted_by_rule == 1
    taken = act(drafts.finish_draft, GUILD, draft.key, None, ada, now)

    assert (taken.posted, taken.shelved) == (1, 2)
    assert statuses(store, taken)[WORDS[2]] is Status.UNREVIEWED


def test_what_is_picked_is_posted_whatever_the_rule_says(make_team, bring, act, store, ada, now):
    make_team(post=0, post_threshold=0.9, post_per_day=1)
    draft = bring(ada)
    act(drafts.pick_claims, GUILD, draft.key, [0, 1, 2], [0, 1, 99], ada, now)
    picked = act(drafts.pick_claims, GUILD, draft.key, [2], [2], ada, now).draft.picked
    picked = act(drafts.pick_claims, GUILD, draft.key, [1], [], ada, now).draft.picked

    taken = act(drafts.finish_draft, GUILD, draft.key, picked, ada, now)

    assert picked == {0, 2}
    assert statuses(store, taken) == {
        WORDS[0]: Status.UNREVIEWED,
        WORDS[1]: Status.SHELVED,
        WORDS[2]: Status.UNREVIEWED,
    }


def test_what_was_found_ahead_counts_only_while_nothing_has_changed(
    team, bring, act, store, ada, make_claim, now
):
    """Claims are compared before the transaction; one that came in between is met all the same."""
    draft = bring(ada)
    ahead = act(drafts.match_ahead, GUILD, draft.key, ada, now)
    claim = make_claim(WORDS[0])

    taken = act(drafts.finish_draft, GUILD, draft.key, None, ada, now, ahead)

    assert (taken.posted, taken.shared) == (2, 1)
    assert len(store.documents.passages(claim.id)) == 2
    assert audit.replay_team(store, team.id).differences == ()


def test_what_was_found_ahead_gives_what_would_be_found_then(
    make_team, bring, act, ada, make_claim, now
):
    took = []
    for guild in (GUILD, OTHER):
        make_team(guild=guild)
        make_claim(WORDS[0], guild=guild)
        draft = bring(ada, guild=guild)
        ahead = act(drafts.match_ahead, guild, draft.key, ada, now) if guild == GUILD else None
        taken = act(drafts.finish_draft, guild, draft.key, None, ada, now, ahead)
        took.append((taken.posted, taken.shelved, taken.shared))

    assert took == [(2, 0, 1), (2, 0, 1)]


def test_a_picked_claim_that_lies_on_the_shelf_is_brought_from_it(
    team, bring, act, store, ada, now
):
    first = bring(ada)
    taken = act(drafts.finish_draft, GUILD, first.key, (), ada, now)
    assert set(statuses(store, taken).values()) == {Status.SHELVED}

    second = bring(ada, "Another text.")
    view = act(drafts.look_up, GUILD, second.key, ada, now)
    act(drafts.finish_draft, GUILD, second.key, {0}, ada, now)

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


def test_a_known_claim_is_marked_with_how_it_stands_now(team, bring, act, ada, make_claim, now):
    claim = make_claim(WORDS[0])
    draft = bring(ada)

    act(votes.cast_vote, GUILD, claim.key, ada, Verdict.SUPPORTED, now)
    (place,) = act(drafts.look_up, GUILD, draft.key, ada, now).known

    assert team
    assert place == 0
    known, _ = act(drafts.look_up, GUILD, draft.key, ada, now).known[0]
    assert (known.id, known.state.status) == (claim.id, Status.IN_REVIEW)


def test_edited_words_are_what_is_taken_in_where_they_stand(team, bring, act, store, ada, now):
    draft = bring(ada)
    act(drafts.reword_claim, GUILD, draft.key, 1, "  The dam has\n40 gates ", None, ada, now)

    taken = act(drafts.finish_draft, GUILD, draft.key, None, ada, now)

    claim = store.claims.of_document(taken.document)[1]
    (passage,) = store.documents.passages(claim.id)
    assert team
    assert claim.words == "The dam has 40 gates"
    assert (passage.quote, passage.start) == (WORDS[1], 1)


def test_edited_words_are_recognised_anew(team, bring, act, ada, make_claim, now):
    claim = make_claim(WORDS[0])
    draft = bring(ada)

    def reword(place, words):
        asked = (GUILD, draft.key, place, words)
        row = act(drafts.match_reworded, *asked, ada, now)
        return act(drafts.reword_claim, *asked, row, ada, now).known

    assert set(reword(0, "The ferry sails at noon on Sundays")) == set()
    assert {place: known.id for place, (known, _) in reword(1, WORDS[0]).items()} == {1: claim.id}
    assert team


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1001])
def test_a_claim_cannot_be_edited_to_nothing_or_to_a_book(team, bring, act, ada, now, words):
    draft = bring(ada)

    with refuses(BadInput, most=1000):
        act(drafts.reword_claim, GUILD, draft.key, 0, words, None, ada, now)
    with refuses(NotFound, "claim-gone"):
        act(drafts.reword_claim, GUILD, draft.key, 3, "Words", None, ada, now)
    assert team


ACTIONS = {
    "look": lambda key, who, now: (drafts.look_up, GUILD, key, who, now),
    "pick": lambda key, who, now: (drafts.pick_claims, GUILD, key, [0], [0], who, now),
    "reword": lambda key, who, now: (drafts.reword_claim, GUILD, key, 0, "Words", None, who, now),
    "finish": lambda key, who, now: (drafts.finish_draft, GUILD, key, None, who, now),
    "discard": lambda key, who, now: (drafts.discard_draft, GUILD, key, who, now),
}
each_action = pytest.mark.parametrize("action", ACTIONS)


@each_action
def test_a_draft_is_its_persons_and_the_moderators(team, bring, act, person, ada, now, action):
    draft = bring(ada)
    stranger, moderator = person(8), person(9, manages=True)

    with refuses(NotAllowed, "not-yours"):
        act(*ACTIONS[action](draft.key, stranger, now))

    act(*ACTIONS[action](draft.key, moderator, now))
    assert team


@each_action
def test_a_key_copied_to_another_server_opens_nothing(make_team, bring, act, ada, now, action):
    make_team()
    make_team(guild=OTHER)
    draft = bring(ada, guild=OTHER)

    with refuses(NotFound, "draft-gone"):
        act(*ACTIONS[action](draft.key, ada, now))


@each_action
def test_after_two_weeks_a_draft_is_gone(team, bring, act, store, ada, now, action):
    draft = bring(ada)
    act(drafts.end_due, now + KEPT - timedelta(seconds=1))
    act(drafts.look_up, GUILD, draft.key, ada, now + KEPT - timedelta(seconds=1))

    with pytest.raises(NotFound):
        act(*ACTIONS[action](draft.key, ada, now + KEPT))

    assert act(drafts.end_due, now + KEPT) == 1
    assert store._db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_what_a_moderator_posts_is_still_brought_by_its_person(
    team, bring, act, store, person, ada, now
):
    draft = bring(ada)
    taken = act(drafts.finish_draft, GUILD, draft.key, None, person(9, manages=True), now)

    added = {claim.added_by for claim in store.claims.of_document(taken.document)}
    assert added == {store.teams.find_member(team.id, 7)}


def test_a_role_taken_away_meanwhile_takes_the_posting_away(make_team, bring, act, person, now):
    make_team(voter_roles=frozenset({5}))
    draft = bring(person(7, roles={5}))

    with refuses(NotAllowed, roles=frozenset({5})):
        act(drafts.finish_draft, GUILD, draft.key, None, person(7), now)
    with refuses(NotAllowed, roles=frozenset({5})):
        bring(person(8))


def test_where_moderators_take_in_voters_bring_nothing(make_team, bring, person):
    make_team(intake=IntakeAccess.MODERATORS)

    with refuses(NotAllowed, "intake-by-moderators"):
        bring(person(7))

    assert bring(person(9, manages=True)).key


def test_the_same_text_is_the_same_draft_unless_something_else_is_said_of_it(
    team, bring, act, ada, now
):
    draft = bring(ada)
    act(drafts.pick_claims, GUILD, draft.key, [0], [0], ada, now)

    again = bring(ada)
    other = bring(ada, published=date(2026, 3, 1))

    assert (again.key, again.picked) == (draft.key, {0})
    assert other.key != draft.key
    assert len(act(drafts.list_unfinished, GUILD, ada, now).own) == 1
    assert team


def test_a_text_the_team_has_is_no_draft(team, bring, act, ada, now):
    draft = bring(ada)
    act(drafts.finish_draft, GUILD, draft.key, None, ada, now)

    taken = bring(ada)

    assert isinstance(taken, IntakeResult)
    assert (taken.known, taken.posted) == (True, 3)
    assert team


def test_two_people_with_one_text_decide_on_it_once(team, bring, act, person, ada, now):
    ours, theirs = bring(ada), bring(person(8))
    act(drafts.finish_draft, GUILD, ours.key, None, ada, now)

    taken = act(drafts.finish_draft, GUILD, theirs.key, None, person(8), now)

    assert taken.known
    assert act(drafts.list_unfinished, GUILD, person(8), now).own == ()
    assert team


def test_nobody_piles_texts_up(team, bring, ada, person):
    for number in range(MOST_DRAFTS):
        bring(ada, f"Text {number}.")

    with refuses(Refused, most=10):
        bring(ada, "One more.")
    assert bring(ada, "Text 3.").key
    assert bring(person(8), "One more.").key
    assert team


def test_moderators_see_what_waits_others_only_their_own(team, bring, act, person, ada, now):
    bring(ada)
    bring(person(8), "Another.")

    assert len(act(drafts.list_unfinished, GUILD, ada, now).own) == 1
    assert act(drafts.list_unfinished, GUILD, ada, now).others == ()
    seen = act(drafts.list_unfinished, GUILD, person(9, manages=True), now)
    assert (len(seen.own), len(seen.others)) == (0, 2)
    assert act(drafts.list_unfinished, GUILD, person(10), now).own == ()
    assert team


def test_who_is_forgotten_leaves_no_draft(team, bring, act, store, ada, now):
    bring(ada)

    act(privacy.forget_member, GUILD, 7, now)

    assert store._db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_a_link_that_is_none_is_said_before_anything_is_kept(team, bring, ada, store):
    with refuses(BadInput, "not-a-link"):
        bring(ada, url="javascript:alert(1)")

    assert store._db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 0
    assert team


def test_infinite_figures_do_not_spoil_a_draft(team, act, ada, found_claim, now):
    figure = Figure("9…9", float("inf"), None, None, None, 0, 3)
    draft = act(drafts.keep_draft, GUILD, Intake("T", None, None, None, "en", "T", ()), ada, now)
    act(drafts.keep_claims, GUILD, draft.key, [found_claim(figures=(figure,))], {}, now)

    (found,) = act(drafts.look_up, GUILD, draft.key, ada, now).draft.intake.claims
    assert found.figures == ()
    assert team
    assert intake.make_storable(found) == found
