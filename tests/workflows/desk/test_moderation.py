"""What moderators do to a claim, and what it leaves in its history; and being forgotten."""

from datetime import timedelta
from functools import partial

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.claim_card import claim_embed
from bot.rendering.details import details_embed
from tests.builders import build_source
from tests.expect import refuses
from workflows.claims import Figure, Hedge, Stance, Status, Tally, Verdict
from workflows.desk import (
    audit,
    claim_views,
    evidence,
    moderation,
    privacy,
    search,
    transitions,
    votes,
)
from workflows.desk import intake as desk_intake
from workflows.desk.claim_views import build_view
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.events import Reopened, Settled
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.search import ClaimFilter
from workflows.teams import Acting
from workflows.voting import Lack, SettledBy

GUILD = 1001
YES, NO = Verdict.SUPPORTED, Verdict.REFUTED
EAGER = Policy(quorum=1, evidence=0, hold=timedelta(hours=4))
WHY = "A correction was printed."


@pytest.fixture
def boss(person):
    return person(1, manages=True)


@pytest.fixture
def do(act, boss, now, store):
    """do(moderation.drop, claim, …): by a moderator, with a reason; history must replay."""

    def run(action, claim, *args, reason=WHY, hours=0):
        at = now + timedelta(hours=hours)
        done = act(action, Acting(GUILD, boss, at), claim.key, *args, reason)
        assert audit.replay_all(store).differences == ()
        return done.claim

    return run


@pytest.fixture
def vote(act, person, now):
    def run(claim, voter=7, verdict=YES, hours=0):
        at = now + timedelta(hours=hours)
        return act(votes.cast_vote, Acting(GUILD, person(voter), at), claim.key, verdict)

    return run


def kinds(store, claim):
    return [event.data.kind for event in store.history.of_claim(claim)]


def test_moderator_settles(do, vote, store, claim):
    """A moderator can settle a claim."""
    settled = do(moderation.settle_claim, claim, NO)

    assert (settled.state.status, settled.state.settled_at) == (
        Status.REFUTED,
        settled.added_at,
    )
    assert not settled.state.tally_shown
    shown = build_view(store, store.teams.get(settled.team), settled)
    assert (shown.settled_by, shown.lacking) == (SettledBy.MODERATOR, frozenset(Lack))
    assert (type(shown.ruling.data), shown.ruling.reason) == (Settled, WHY)
    with refuses(Refused, "settled"):
        vote(claim)


def test_cannot_tell_never_settles(do, claim, contents):
    """Can't tell never settles."""
    before = contents()

    with pytest.raises(BadInput):
        do(moderation.settle_claim, claim, Verdict.NOT_ENOUGH_EVIDENCE)

    assert contents() == before


def test_reopened_stays_open(do, vote, act, store, make_team, make_claim, now):
    """A reopened claim does not settle itself again."""
    make_team(EAGER)
    claim = make_claim()
    vote(claim)
    act(transitions.apply_all_due, now + timedelta(hours=4))

    reopened = do(moderation.reopen_claim, claim, hours=5)

    assert reopened.state.status is Status.UNREVIEWED
    assert reopened.tally == Tally()
    assert [each.stale for each in store.votes.votes_on(claim)] == [True]
    assert act(transitions.apply_all_due, now + timedelta(days=9)) == ()
    assert vote(claim, hours=6).claim.state.settles_at == now + timedelta(hours=10)


def test_opposite_is_an_event(do, vote, store, make_team, make_claim):
    """Settling against the held verdict is an event of its own."""
    make_team(EAGER)
    claim = make_claim()
    vote(claim)
    do(moderation.settle_claim, claim, YES)
    do(moderation.reopen_claim, claim, hours=1)
    vote(claim, verdict=NO, hours=2)

    assert kinds(store, claim)[-2:] == ["vote_cast", "changed_mind"]
    assert audit.replay_all(store).differences == ()


def test_regained_verdict(vote, store, make_team, make_claim):
    """A verdict lost and regained is no change of mind."""
    make_team(EAGER)
    claim = make_claim()
    for voter, verdict in ((7, YES), (8, NO), (8, YES)):
        vote(claim, voter, verdict)

    assert "changed_mind" not in kinds(store, claim)


def test_dropped_and_reopened(do, vote, claim):
    """A dropped claim takes no votes and can be reopened."""
    vote(claim)

    assert do(moderation.drop_claim, claim).state.status is Status.DROPPED
    with refuses(Refused, "dropped"):
        vote(claim)
    assert do(moderation.reopen_claim, claim).state.status is Status.UNREVIEWED


def test_reopened_is_posted(do, store, make_team, make_claim):
    """A claim that was never posted is posted when it is reopened."""
    make_team(post=0)
    claim = make_claim()

    do(moderation.drop_claim, claim)
    do(moderation.reopen_claim, claim)

    assert [post.subject for post in store.outbox.list_undelivered() if post.kind == "claim"] == [
        claim.id
    ]


def test_edit_makes_votes_stale(do, vote, store, claim):
    """Editing the words makes votes stale, and the old words are kept."""
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


def test_voter_is_told(do, vote, store, claim):
    """A voter is told that their vote is stale."""
    vote(claim)
    shown = do(moderation.edit_claim, claim, "Other words")
    words = translator_for("en")

    card = claim_embed(claim_views.build_view(store, store.teams.of_guild(GUILD), shown), words)
    details = details_embed(claim_views.view_details(store, GUILD, claim.key, 7), words)

    assert "1 vote from before the claim was edited" in str(card.to_dict())
    assert "Please vote again" in details.description
    assert WHY in str(details.to_dict())


def test_stale_vote_taken_back(do, vote, act, store, claim, person, now):
    """A stale vote can be taken back."""
    vote(claim)
    do(moderation.edit_claim, claim, "Other words")

    act(votes.take_back_vote, Acting(GUILD, person(7), now), claim.key)

    assert store.votes.votes_on(claim) == ()
    assert audit.replay_all(store).differences == ()


def test_assign_and_unassign(do, store, claim, person):
    """A claim is assigned to somebody, and to nobody."""
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
def test_only_moderators(act, claim, person, now, contents, name):
    """Only moderators can moderate."""
    action, rest = ACTIONS[name]
    before = contents()

    with pytest.raises(NotAllowed):
        act(action, Acting(GUILD, person(7), now), claim.key, *rest, WHY)

    assert contents() == before


@pytest.mark.parametrize("name", ["settle", "drop", "edit"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_reason_is_required(do, claim, contents, name, reason):
    """Each action needs a reason."""
    action, rest = ACTIONS[name]
    before = contents()

    with refuses(BadInput, "reason-needed"):
        do(action, claim, *rest, reason=reason)

    assert contents() == before


@pytest.mark.parametrize("name", ["settle", "drop", "edit"])
@pytest.mark.parametrize("closing", ["settle", "drop"])
def test_closed_claim(do, claim, name, closing):
    """A closed claim must be reopened first."""
    for action, rest in (ACTIONS[closing],):
        do(action, claim, *rest)
    action, rest = ACTIONS[name]

    with pytest.raises(Refused):
        do(action, claim, *rest)


def test_assign_without_reason(do, store, claim, person):
    """Assigning needs no reason, and leaves the ruling before it on the card."""
    do(moderation.reopen_claim, do(moderation.drop_claim, claim))

    assigned = do(moderation.assign_claim, claim, person(9), reason="")

    ruling = build_view(store, store.teams.get(claim.team), assigned).ruling
    assert (type(ruling.data), ruling.reason) == (Reopened, WHY)


def test_hedge_is_corrected(vote, act, boss, store, now, claim):
    """A moderator corrects how firmly a claim is put; votes on it are stale, words stay."""
    vote(claim)
    acting = Acting(GUILD, boss, now)

    view = act(moderation.edit_claim, acting, claim.key, None, WHY, hedge=Hedge.ALLEGED)

    assert view.passages[0].hedge is Hedge.ALLEGED
    assert (view.claim.words, view.stale) == (claim.words, 1)
    assert audit.replay_all(store).differences == ()
    with refuses(Refused, "unchanged"):
        act(moderation.edit_claim, acting, claim.key, None, WHY, hedge=Hedge.ALLEGED)


def test_bulk(act, boss, store, now, make_claim, claim, person):
    """The same is done to several claims; what one's state forbids leaves that one alone."""
    other, acting = make_claim("The port is open"), Acting(GUILD, boss, now)
    act(moderation.settle_claim, acting, other.key, YES, WHY)
    drop = partial(moderation.drop_claim, reason=WHY)

    done = act(moderation.apply_to_many, acting, [claim.number, other.number], drop)

    assert [view.claim.number for view in done.done] == [claim.number]
    assert done.refused == (other.number,)
    assert audit.replay_all(store).differences == ()
    with pytest.raises(NotAllowed):
        act(moderation.apply_to_many, Acting(GUILD, person(7), now), [claim.number], drop)


def test_open_claim(do, claim):
    """An open claim cannot be reopened."""
    with pytest.raises(Refused):
        do(moderation.reopen_claim, claim)


@pytest.mark.parametrize("words", ["", "x" * 1001])
def test_claim_keeps_words(do, claim, words):
    """A claim cannot be edited to have no words."""
    with pytest.raises(BadInput):
        do(moderation.edit_claim, claim, words)


def test_reason_is_hashed(do, db, claim):
    """History holds a reason only as its hash."""
    do(moderation.drop_claim, claim)

    assert WHY not in str([row["payload"] for row in db.execute("SELECT payload FROM events")])


# --------------------------------------------------------------------------------- forgotten


def test_forgotten_voter(vote, act, store, make_team, make_claim, person, now):
    """A forgotten member leaves settled results and no open vote."""
    make_team(EAGER)
    settled, held = make_claim("One"), make_claim("Two")
    act(votes.cast_vote, Acting(GUILD, person(7), now), settled.key, YES, reason="I saw it.")
    act(
        evidence.attach_link,
        Acting(GUILD, person(7), now),
        held.key,
        "https://a.com/",
        Stance.SUPPORTS,
        note="x",
    )
    act(transitions.apply_all_due, now + timedelta(hours=4))
    vote(held, hours=4)

    gone = act(privacy.forget_member, GUILD, 7, now + timedelta(hours=5))

    assert (gone.votes, gone.texts) == (1, 2)
    assert store.claims.get(settled.id).tally == Tally(1, 1)
    assert store.claims.get(held.id).tally == Tally()
    assert store.teams.discord_ids([store.votes.votes_on(settled)[0].voter]) == {}
    assert audit.replay_all(store).differences == ()


@pytest.mark.parametrize("meanwhile", ["open", "dropped", "settled"])
def test_no_vote_twice(do, vote, act, store, make_team, make_claim, now, meanwhile):
    """Nobody can vote twice by leaving and returning."""
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
def test_unknown_member(act, now):
    """Somebody who is not known cannot be forgotten."""
    with pytest.raises(NotFound):
        act(privacy.forget_member, GUILD, 7, now)


# ------------------------------------------------------------------------------ votes' weight


def test_weight_survives_reason(act, make_team, make_claim, person, now):
    """Another reason keeps the weight a vote had when it was cast."""
    make_team(Policy(weights={5: 3}))
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7, roles={5}), now), claim.key, YES)

    receipt = act(votes.give_reason, Acting(GUILD, person(7), now), claim.key, "Because.")

    assert receipt.vote.weight == 3


def test_lost_role_takes_back(act, store, make_team, make_claim, person, now):
    """Somebody who has lost the role can take a vote back."""
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    act(votes.cast_vote, Acting(GUILD, person(7, roles={5}), now), claim.key, YES)

    act(votes.take_back_vote, Acting(GUILD, person(7), now), claim.key)

    assert store.votes.votes_on(claim) == ()


# ------------------------------------------------------------------ figures and sources edited


@pytest.fixture
def quoted(act, store, team, found_claim, now):
    """A claim with a figure, which the BBC reports, citing somebody."""
    sources = [build_source(name) for name in ("The broadcaster", "Yonhap")]
    figure = Figure("3,000", 3000.0, None, "troops", None, 0, 5)
    found = found_claim("3,000 troops came", attribution=tuple(sources), figures=(figure,))
    intake = Intake("T", None, None, None, "en", "3,000 troops came", (found,))
    assert team.policy == Policy()
    return store.claims.of_document(
        act(desk_intake.add_document, GUILD, intake, None, now).document
    )[0]


def test_stale_figures_go(do, store, quoted):
    """A figure that the new words do not have goes with the old ones."""
    assert do(moderation.edit_claim, quoted, "3,000 troops went").figures == quoted.figures

    do(moderation.edit_claim, quoted, "Thousands of troops went", hours=1)

    assert store.claims.get(quoted.id).figures == ()


def test_named_source(act, boss, vote, store, db, quoted, now):
    """A source is called by its name, and votes from before are stale."""
    vote(quoted)
    words, names = quoted.words, ["BBC", "Yonhap"]

    shown = act(
        moderation.edit_claim, Acting(GUILD, boss, now), quoted.key, words, WHY, said_by=names
    )

    assert [s.said.resolved for s in shown.passages[0].attribution] == ["BBC", None]
    assert shown.stale == 1
    assert audit.replay_all(store).differences == ()
    with refuses(Refused, "unchanged"):
        act(moderation.edit_claim, Acting(GUILD, boss, now), quoted.key, words, WHY, said_by=names)
    with refuses(BadInput, sources=2):
        act(
            moderation.edit_claim, Acting(GUILD, boss, now), quoted.key, words, WHY, said_by=["BBC"]
        )
    db.execute("UPDATE attributions SET resolved = 'CNN'")
    assert any("called otherwise" in said for said in audit.replay_all(store).differences)


def test_assignee_takes_part(make_team, make_claim, act, person, now):
    """Only somebody who takes part can be assigned a claim."""
    make_team(voter_roles=frozenset({5}))
    claim, moderator = make_claim(), person(1, manages=True)

    with refuses(Refused, "no-voter"):
        act(moderation.assign_claim, Acting(GUILD, moderator, now), claim.key, person(8), "his")
    shown = act(
        moderation.assign_claim, Acting(GUILD, moderator, now), claim.key, person(9, {5}), "hers"
    )

    assert shown.assignee == 9


def test_assignee_is_called(claim, store, act, person, now):
    """Somebody else is called, and oneself is not."""
    moderator = person(1, manages=True)

    act(moderation.assign_claim, Acting(GUILD, moderator, now), claim.key, moderator, "mine")
    assert "assignment" not in [queued.kind for queued in store.outbox.list_undelivered()]

    act(moderation.assign_claim, Acting(GUILD, moderator, now), claim.key, person(9), "hers")
    act(moderation.assign_claim, Acting(GUILD, moderator, now), claim.key, None, "nobody's")
    assert [queued.kind for queued in store.outbox.list_undelivered()].count("assignment") == 1


def test_edit_settles_open_words(do, act, person, now, store, team, found_claim):
    """A claim that needs words is listed until a moderator edits or confirms it."""
    boss = Acting(GUILD, person(1, manages=True), now)
    text = Intake(
        "T", None, None, None, "en", "T", (found_claim("It has closed", needs_words=True),)
    )
    taken = act(desk_intake.add_document, GUILD, text, boss.person, now)
    (claim,) = store.claims.of_document(taken.document)
    wanted = ClaimFilter(statuses=(Status.SHELVED,), needs_words=True)
    key = act(search.ask_list, boss, wanted)
    assert [c.number for c in act(search.read_list, boss, key, 1).found.claims] == [claim.number]

    edited = do(moderation.edit_claim, claim, claim.words)

    assert not edited.needs_words
    assert act(search.read_list, boss, key, 1).found.claims == ()
    assert team


def test_concurrent_edit(claim, act, person, now):
    """Words that somebody else changed meanwhile are not overwritten."""
    moderator = person(1, manages=True)
    act(moderation.edit_claim, Acting(GUILD, moderator, now), claim.key, "One", "first", wording=1)

    with refuses(Refused, "changed-meanwhile"):
        act(
            moderation.edit_claim,
            Acting(GUILD, moderator, now),
            claim.key,
            "Other",
            "second",
            wording=1,
        )
    edited = act(
        moderation.edit_claim,
        Acting(GUILD, moderator, now),
        claim.key,
        "Other",
        "second",
        wording=2,
    )

    assert edited.claim.words == "Other"
