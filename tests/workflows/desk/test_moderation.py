"""What moderators do to a claim, and what it leaves in its history; and being forgotten."""

from datetime import timedelta

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.cards import claim_embed
from bot.rendering.details import details_embed
from tests.expect import refuses
from workflows.claims import Attribution, Figure, Hedge, Stance, Status, Tally, Verdict
from workflows.desk import audit, claim_views, evidence, moderation, privacy, transitions, votes
from workflows.desk import intake as desk_intake
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.intake import Intake
from workflows.policy import Policy

GUILD = 1001
YES, NO = Verdict.SUPPORTED, Verdict.REFUTED
EAGER = Policy(quorum=1, evidence=0, hold=timedelta(hours=4))
WHY = "A correction was printed."


@pytest.fixture
def contents(store):
    """Everything that is stored, to compare before and after."""
    return lambda: list(store._db.conn.iterdump())


@pytest.fixture
def boss(person):
    return person(1, manages=True)


@pytest.fixture
def do(act, boss, now, store):
    """do(moderation.drop, claim, …): by a moderator, with a reason; history must replay."""

    def run(action, claim, *args, reason=WHY, hours=0):
        at = now + timedelta(hours=hours)
        done = act(action, GUILD, claim.key, boss, *args, reason, at)
        assert audit.replay_all(store).differences == ()
        return done.claim

    return run


@pytest.fixture
def vote(act, person, now):
    def run(claim, voter=7, verdict=YES, hours=0):
        at = now + timedelta(hours=hours)
        return act(votes.cast_vote, GUILD, claim.key, person(voter), verdict, at)

    return run


def kinds(store, claim):
    return [event.data.kind for event in store.history.of_claim(claim)]


def test_a_moderator_settles_a_claim(do, vote, claim):
    settled = do(moderation.settle_claim, claim, NO)

    assert (settled.state.status, settled.state.settled_at) == (
        Status.REFUTED,
        settled.added_at,
    )
    assert not settled.state.tally_shown
    with refuses(Refused, "settled"):
        vote(claim)


def test_cannot_tell_never_settles(do, claim, contents):
    before = contents()

    with pytest.raises(BadInput):
        do(moderation.settle_claim, claim, Verdict.NOT_ENOUGH_EVIDENCE)

    assert contents() == before


def test_a_reopened_claim_does_not_settle_itself_again(
    do, vote, act, store, make_team, make_claim, now
):
    make_team(EAGER)
    claim = make_claim()
    vote(claim)
    act(transitions.apply_all_due, now + timedelta(hours=4))

    reopened = do(moderation.reopen_claim, claim, hours=5)

    assert reopened.state.status is Status.UNREVIEWED
    assert reopened.tally == Tally()
    assert [each.stale for each in store.claims.votes_on(claim)] == [True]
    assert act(transitions.apply_all_due, now + timedelta(days=9)) == ()
    assert vote(claim, hours=6).claim.state.settles_at == now + timedelta(hours=10)


def test_the_opposite_of_what_was_held_is_an_event_of_its_own(
    do, vote, store, make_team, make_claim
):
    make_team(EAGER)
    claim = make_claim()
    vote(claim)
    do(moderation.settle_claim, claim, YES)
    do(moderation.reopen_claim, claim, hours=1)
    vote(claim, verdict=NO, hours=2)

    assert kinds(store, claim)[-2:] == ["vote_cast", "changed_mind"]
    assert audit.replay_all(store).differences == ()


def test_a_lost_and_regained_verdict_is_no_change_of_mind(vote, store, make_team, make_claim):
    make_team(EAGER)
    claim = make_claim()
    for voter, verdict in ((7, YES), (8, NO), (8, YES)):
        vote(claim, voter, verdict)

    assert "changed_mind" not in kinds(store, claim)


def test_a_dropped_claim_takes_no_votes_and_can_be_reopened(do, vote, claim):
    vote(claim)

    assert do(moderation.drop_claim, claim).state.status is Status.DROPPED
    with refuses(Refused, "dropped"):
        vote(claim)
    assert do(moderation.reopen_claim, claim).state.status is Status.UNREVIEWED


def test_a_claim_that_was_never_posted_is_posted_when_it_is_reopened(
    do, store, make_team, make_claim
):
    make_team(post=0)
    claim = make_claim()

    do(moderation.drop_claim, claim)
    do(moderation.reopen_claim, claim)

    assert [post.subject for post in store.outbox.list_undelivered() if post.kind == "claim"] == [
        claim.id
    ]


def test_edited_words_make_votes_stale_and_the_old_ones_are_kept(do, vote, store, claim):
    vote(claim)
    vote(claim, 8, NO)

    edited = do(moderation.edit_claim, claim, "The bridge is  closed to lorries")
    again = vote(claim, 8, NO, hours=1)

    assert edited.words == "The bridge is closed to lorries"
    assert edited.tally == Tally()
    assert store.claim_texts.of_claim(claim) == {1: claim.words, 2: edited.words}
    assert again.before.stale
    assert (again.vote.wording, again.claim.tally) == (2, Tally(1, 0, 1))
    assert audit.replay_all(store).differences == ()


def test_a_voter_is_told_that_their_vote_is_stale(do, vote, store, claim):
    vote(claim)
    shown = do(moderation.edit_claim, claim, "Other words")
    words = translator_for("en")

    card = claim_embed(claim_views.build_view(store, store.teams.of_guild(GUILD), shown), words)
    details = details_embed(claim_views.view_details(store, GUILD, claim.key, 7), words)

    assert "1 vote from before the claim was edited" in str(card.to_dict())
    assert "Please vote again" in details.description
    assert WHY in str(details.to_dict())


def test_a_stale_vote_can_be_taken_back(do, vote, act, store, claim, person, now):
    vote(claim)
    do(moderation.edit_claim, claim, "Other words")

    act(votes.take_back_vote, GUILD, claim.key, person(7), now)

    assert store.claims.votes_on(claim) == ()
    assert audit.replay_all(store).differences == ()


def test_a_claim_is_assigned_to_somebody_and_to_nobody(do, store, claim, person):
    to = do(moderation.assign_claim, claim, person(9)).assigned_to

    assert store.teams.discord_ids([to]) == {to: 9}
    assert do(moderation.assign_claim, claim, None).assigned_to is None
    with pytest.raises(Refused):
        do(moderation.assign_claim, claim, None)


ACTIONS = {
    "settle": (moderation.settle_claim, [YES]),
    "reopen": (moderation.reopen_claim, []),
    "drop": (moderation.drop_claim, []),
    "edit": (moderation.edit_claim, ["Other words"]),
    "assign": (moderation.assign_claim, [None]),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_only_moderators_moderate(act, claim, person, now, contents, name):
    action, rest = ACTIONS[name]
    before = contents()

    with pytest.raises(NotAllowed):
        act(action, GUILD, claim.key, person(7), *rest, WHY, now)

    assert contents() == before


@pytest.mark.parametrize("name", ["settle", "drop", "edit"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_each_needs_a_reason(do, claim, contents, name, reason):
    action, rest = ACTIONS[name]
    before = contents()

    with refuses(BadInput, "reason-needed"):
        do(action, claim, *rest, reason=reason)

    assert contents() == before


@pytest.mark.parametrize("name", ["settle", "drop", "edit"])
@pytest.mark.parametrize("closing", ["settle", "drop"])
def test_a_closed_claim_must_be_reopened_first(do, claim, name, closing):
    for action, rest in (ACTIONS[closing],):
        do(action, claim, *rest)
    action, rest = ACTIONS[name]

    with pytest.raises(Refused):
        do(action, claim, *rest)


def test_an_open_claim_is_not_reopened(do, claim):
    with pytest.raises(Refused):
        do(moderation.reopen_claim, claim)


@pytest.mark.parametrize("words", ["", "x" * 1001])
def test_a_claim_keeps_words(do, claim, words):
    with pytest.raises(BadInput):
        do(moderation.edit_claim, claim, words)


def test_history_holds_a_reason_only_as_its_hash(do, store, claim):
    do(moderation.drop_claim, claim)

    assert WHY not in str(
        [row["payload"] for row in store._db.execute("SELECT payload FROM events")]
    )


# --------------------------------------------------------------------------------- forgotten


def test_who_is_forgotten_leaves_settled_results_and_no_open_vote(
    vote, act, store, make_team, make_claim, person, now
):
    make_team(EAGER)
    settled, held = make_claim("One"), make_claim("Two")
    act(votes.cast_vote, GUILD, settled.key, person(7), YES, now, reason="I saw it.")
    act(
        evidence.attach_link,
        GUILD,
        held.key,
        person(7),
        "https://a.com/",
        Stance.SUPPORTS,
        now,
        note="x",
    )
    act(transitions.apply_all_due, now + timedelta(hours=4))
    vote(held, hours=4)

    gone = act(privacy.forget_member, GUILD, 7, now + timedelta(hours=5))

    assert (gone.votes, gone.texts) == (1, 2)
    assert store.claims.get(settled.id).tally == Tally(1, 1)
    assert store.claims.get(held.id).tally == Tally()
    assert store.teams.discord_ids([store.claims.votes_on(settled)[0].voter]) == {}
    assert audit.replay_all(store).differences == ()


@pytest.mark.parametrize("meanwhile", ["open", "dropped", "settled"])
def test_nobody_votes_twice_by_leaving_and_returning(
    do, vote, act, store, make_team, make_claim, now, meanwhile
):
    make_team(EAGER)
    claim = make_claim()
    vote(claim)
    if meanwhile != "open":
        do(
            *{
                "dropped": (moderation.drop_claim, claim),
                "settled": (moderation.settle_claim, claim, YES),
            }[meanwhile]
        )
    act(privacy.forget_member, GUILD, 7, now)
    if meanwhile != "open":
        do(moderation.reopen_claim, claim, hours=1)

    assert vote(claim, hours=2).claim.tally.votes == 1
    assert audit.replay_all(store).differences == ()


@pytest.mark.usefixtures("team")
def test_who_is_not_known_cannot_be_forgotten(act, now):
    with pytest.raises(NotFound):
        act(privacy.forget_member, GUILD, 7, now)


# ------------------------------------------------------------------------------ votes' weight


def test_another_reason_keeps_the_weight_a_vote_had_when_cast(
    act, make_team, make_claim, person, now
):
    make_team(Policy(weights={5: 3}))
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7, roles={5}), YES, now)

    receipt = act(votes.give_reason, GUILD, claim.key, person(7), "Because.", now)

    assert receipt.vote.weight == 3


def test_who_lost_the_role_can_take_a_vote_back(act, store, make_team, make_claim, person, now):
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    act(votes.cast_vote, GUILD, claim.key, person(7, roles={5}), YES, now)

    act(votes.take_back_vote, GUILD, claim.key, person(7), now)

    assert store.claims.votes_on(claim) == ()


# ------------------------------------------------------------------ figures and sources edited


@pytest.fixture
def quoted(act, store, team, found_claim, now):
    """A claim with a figure, which the BBC reports, citing somebody."""
    sources = [
        Attribution(name, None, None, None, None, None, False, None, Hedge.REPORTED)
        for name in ("The broadcaster", "Yonhap")
    ]
    figure = Figure("3,000", 3000.0, None, "troops", None, 0, 5)
    found = found_claim("3,000 troops came", attribution=tuple(sources), figures=(figure,))
    intake = Intake("T", None, None, None, "en", "3,000 troops came", (found,))
    assert team.policy == Policy()
    return store.claims.of_document(
        act(desk_intake.add_document, GUILD, intake, None, now).document
    )[0]


def test_a_figure_that_the_new_words_do_not_have_goes_with_the_old_ones(do, store, quoted):
    assert do(moderation.edit_claim, quoted, "3,000 troops went").figures == quoted.figures

    do(moderation.edit_claim, quoted, "Thousands of troops went", hours=1)

    assert store.claims.get(quoted.id).figures == ()


def test_a_source_is_called_by_its_name_and_votes_from_before_are_stale(
    act, boss, vote, store, quoted, now
):
    vote(quoted)
    words, names = quoted.words, ["BBC", "Yonhap"]

    shown = act(moderation.edit_claim, GUILD, quoted.key, boss, words, WHY, now, said_by=names)

    assert [s.said.resolved for s in shown.passages[0].attribution] == ["BBC", None]
    assert shown.stale == 1
    assert audit.replay_all(store).differences == ()
    with refuses(Refused, "unchanged"):
        act(moderation.edit_claim, GUILD, quoted.key, boss, words, WHY, now, said_by=names)
    with refuses(BadInput, sources=2):
        act(moderation.edit_claim, GUILD, quoted.key, boss, words, WHY, now, said_by=["BBC"])
    store._db.execute("UPDATE attributions SET resolved = 'CNN'")
    assert any("called otherwise" in said for said in audit.replay_all(store).differences)


def test_only_who_takes_part_can_look_after_a_claim(make_team, make_claim, act, person, now):
    make_team(voter_roles=frozenset({5}))
    claim, moderator = make_claim(), person(1, manages=True)

    with refuses(Refused, "no-voter"):
        act(moderation.assign_claim, GUILD, claim.key, moderator, person(8), "his", now)
    shown = act(moderation.assign_claim, GUILD, claim.key, moderator, person(9, {5}), "hers", now)

    assert shown.assignee == 9


def test_somebody_else_is_called_and_oneself_is_not(claim, store, act, person, now):
    moderator = person(1, manages=True)

    act(moderation.assign_claim, GUILD, claim.key, moderator, moderator, "mine", now)
    assert "assignment" not in [queued.kind for queued in store.outbox.list_undelivered()]

    act(moderation.assign_claim, GUILD, claim.key, moderator, person(9), "hers", now)
    act(moderation.assign_claim, GUILD, claim.key, moderator, None, "nobody's", now)
    assert [queued.kind for queued in store.outbox.list_undelivered()].count("assignment") == 1


def test_words_that_somebody_else_changed_meanwhile_are_not_overwritten(claim, act, person, now):
    moderator = person(1, manages=True)
    act(moderation.edit_claim, GUILD, claim.key, moderator, "One", "first", now, wording=1)

    with refuses(Refused, "changed-meanwhile"):
        act(moderation.edit_claim, GUILD, claim.key, moderator, "Other", "second", now, wording=1)
    edited = act(
        moderation.edit_claim, GUILD, claim.key, moderator, "Other", "second", now, wording=2
    )

    assert edited.claim.words == "Other"
