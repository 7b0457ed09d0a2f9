"""Votes through the desk, on a real database."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.expect import refuses
from workflows.claims import Status, Tally, Verdict
from workflows.desk import merging, moderation, transitions, votes
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.votes import ReasonNeeded
from workflows.errors import CorrobotError, NotAllowed, NotFound, Refused
from workflows.policy import Policy, ReasonRule

GUILD, OTHER = 1001, 2002
YES, NO, CANNOT_TELL = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_ENOUGH_EVIDENCE
QUICK = Policy(quorum=1, evidence=0, hold=timedelta(hours=4))


@pytest.fixture
def cast(act, now):
    """cast(claim, person, verdict, minutes_later, reason=...)"""

    def run(claim, who, verdict, minutes=0, **other):
        at = now + timedelta(minutes=minutes)
        return act(votes.cast_vote, GUILD, claim.key, who, verdict, at, **other)

    return run


@pytest.fixture
def contents(store):
    """Everything that is stored, to compare before and after."""

    def dump():
        return list(store._db.conn.iterdump())

    return dump


def test_a_first_vote_is_kept_and_counted(cast, store, claim, person):
    receipt = cast(claim, person(7), YES)

    assert receipt.changed
    assert receipt.first_ever
    assert receipt.before is None
    assert receipt.claim.tally == Tally(1, 1)
    assert receipt.claim.state.status is Status.IN_REVIEW
    assert receipt.view.missing.votes == 2
    assert store.claims.with_key(claim.team, claim.key) == receipt.claim


def test_only_the_first_vote_of_a_person_is_their_first(cast, team, make_claim, person):
    one, other = make_claim("One"), make_claim("Other")

    assert cast(one, person(7), YES).first_ever
    assert not cast(other, person(7), YES).first_ever
    assert team.settings.guild == GUILD


def test_the_same_verdict_again_changes_nothing(cast, claim, person, contents):
    cast(claim, person(7), YES, reason="I was there.")
    before = contents()

    for again in (
        cast(claim, person(7), YES, 1),
        cast(claim, person(7), YES, 2, reason="I was there."),
        cast(claim, person(7), YES, 3, reason="   "),
    ):
        assert not again.changed

    assert contents() == before


def test_a_changed_vote_takes_the_place_of_the_first(cast, store, claim, person):
    cast(claim, person(7), YES)

    receipt = cast(claim, person(7), NO, 1)

    assert receipt.changed
    assert receipt.before.verdict is YES
    assert receipt.claim.tally == Tally(1, 0, 1)
    assert [vote.verdict for vote in store.claims.votes_on(claim)] == [NO]


def test_a_stale_vote_counts_again_once_it_is_cast_again(cast, act, store, claim, person):
    cast(claim, person(7), YES)
    store._db.execute("UPDATE votes SET stale = 1")
    act(lambda store: store.claims.save(claim, claim.state, Tally(), claim.sources))

    receipt = cast(claim, person(7), YES, 1)

    assert receipt.changed
    assert receipt.claim.tally == Tally(1, 1)
    assert [vote.stale for vote in store.claims.votes_on(claim)] == [False]


def test_a_reason_can_be_added_to_the_same_verdict(cast, act, store, claim, person, now):
    cast(claim, person(7), YES)

    receipt = act(votes.give_reason, GUILD, claim.key, person(7), " I was there. ", now)

    assert receipt.vote.reason == "I was there."
    assert receipt.claim.tally == Tally(1, 1)
    assert store.claims.votes_on(claim)[0].reason == "I was there."


def test_a_reason_needs_a_vote(act, claim, person, now):
    with refuses(Refused, "no-vote"):
        act(votes.give_reason, GUILD, claim.key, person(7), "Because.", now)


def test_a_vote_taken_back_counts_no_more(cast, act, store, claim, person, now):
    cast(claim, person(7), YES)
    cast(claim, person(8), NO)

    receipt = act(votes.take_back_vote, GUILD, claim.key, person(7), now)

    assert receipt.vote is None
    assert receipt.before.verdict is YES
    assert receipt.claim.tally == Tally(1, 0, 1)
    assert [vote.verdict for vote in store.claims.votes_on(claim)] == [NO]


def test_taking_back_what_was_never_cast_changes_nothing(act, claim, person, now, contents):
    before = contents()

    receipt = act(votes.take_back_vote, GUILD, claim.key, person(7), now)

    assert not receipt.changed
    assert contents() == before


def test_a_weight_is_the_one_of_the_moment_it_was_cast(cast, make_team, make_claim, person):
    make_team(Policy(weights={5: 3}))
    claim = make_claim()

    assert cast(claim, person(7, roles={5}), YES).claim.tally == Tally(1, 3)
    assert cast(claim, person(7), YES, 1).claim.tally == Tally(1, 3)
    assert cast(claim, person(8), NO, 2).claim.tally == Tally(2, 3, 1)
    assert cast(claim, person(7), NO, 3).claim.tally == Tally(2, 0, 2)


def test_enough_votes_make_a_provisional_verdict_that_settles_in_time(
    cast, act, store, make_team, make_claim, person, now
):
    make_team(QUICK)
    claim = make_claim()

    provisional = cast(claim, person(7), YES).claim.state
    early = act(transitions.apply_all_due, now + timedelta(hours=3, minutes=59))
    (settled,) = act(transitions.apply_all_due, now + timedelta(hours=9))

    assert provisional.provisional
    assert provisional.settles_at == now + timedelta(hours=4)
    assert early == ()
    assert settled.state.settled_at == now + timedelta(hours=4)
    assert act(transitions.apply_all_due, now + timedelta(hours=99)) == ()
    assert transitions.find_next_due(store) is None


def test_without_a_hold_a_verdict_settles_at_once(cast, make_team, make_claim, person, now):
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()))

    assert cast(make_claim(), person(7), NO).claim.state.settled_at == now


@pytest.mark.parametrize("later", [4 * 60, 9 * 60], ids=["at its end", "long after"])
def test_a_vote_after_the_hold_is_refused_whether_or_not_the_settling_was_noticed(
    cast, make_team, make_claim, person, contents, later
):
    make_team(QUICK)
    claim = make_claim()
    cast(claim, person(7), YES)
    before = contents()

    with refuses(Refused, "settled"):
        cast(claim, person(8), NO, later)

    assert contents() == before


@pytest.mark.parametrize("action", ["cast_vote", "take_back_vote", "give_reason"])
def test_a_settled_claim_refuses_every_kind_of_vote(
    cast, act, make_team, make_claim, person, now, contents, action
):
    make_team(QUICK)
    claim = make_claim()
    cast(claim, person(7), YES)
    later = now + timedelta(days=1)
    act(transitions.apply_all_due, later)
    before = contents()
    rest = {"cast_vote": [NO], "take_back_vote": [], "give_reason": ["Because."]}[action]

    with refuses(Refused, "settled"):
        act(getattr(votes, action), GUILD, claim.key, person(7), *rest, later)

    assert contents() == before


def test_a_shelved_claim_refuses_votes(cast, make_team, make_claim, person, contents):
    make_team(post=0)
    claim = make_claim()
    before = contents()

    with refuses(Refused, "shelved"):
        cast(claim, person(7), YES)

    assert contents() == before


@pytest.mark.parametrize(
    ("policy", "roles", "who", "refusal"),
    [
        pytest.param(Policy(), {"voter_roles": frozenset({5})}, {}, NotAllowed, id="no role"),
        pytest.param(
            Policy(),
            {"voter_roles": frozenset({5}), "moderator_roles": frozenset({6})},
            {"roles": {9}, "manages": True},
            NotAllowed,
            id="another role",
        ),
        pytest.param(Policy(member_days=7), {}, {}, NotAllowed, id="joined nobody knows when"),
        pytest.param(Policy(reason=ReasonRule.REQUIRED), {}, {}, ReasonNeeded, id="no reason"),
    ],
)
def test_who_may_not_vote_changes_nothing(
    cast, make_team, make_claim, person, contents, policy, roles, who, refusal
):
    make_team(policy, **roles)
    claim = make_claim()
    before = contents()

    with pytest.raises(refusal):
        cast(claim, person(7, **who), YES)

    assert contents() == before


@pytest.mark.parametrize(
    ("roles", "who"),
    [
        ({"voter_roles": frozenset({5})}, {"roles": {4, 5}}),
        ({"voter_roles": frozenset({5})}, {"manages": True}),
        ({"voter_roles": frozenset({5})}, {"administrator": True}),
        (
            {"voter_roles": frozenset({5}), "moderator_roles": frozenset({6})},
            {"roles": {6}},
        ),
        ({}, {}),
    ],
    ids=["voter", "manages messages", "administrator", "moderator", "everyone"],
)
def test_voters_and_moderators_vote(cast, make_team, make_claim, person, roles, who):
    make_team(**roles)

    assert cast(make_claim(), person(7, **who), YES).changed


def test_who_lost_the_role_has_a_standing_vote_but_no_new_one(cast, make_team, make_claim, person):
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    cast(claim, person(7, roles={5}), YES)

    with pytest.raises(NotAllowed):
        cast(claim, person(7), NO, 1)

    assert cast(claim, person(8, roles={5}), NO, 2).claim.tally == Tally(2, 1, 1)


def test_members_vote_once_they_have_been_there_for_long_enough(
    cast, make_team, make_claim, person, now
):
    make_team(Policy(member_days=7))
    claim = make_claim()
    young, old = person(7, joined_at=now - timedelta(days=6)), now - timedelta(days=7)

    with refuses(NotAllowed, days=7):
        cast(claim, young, YES)

    assert cast(claim, young, YES, 24 * 60).changed
    assert cast(claim, person(8, joined_at=old), YES).changed


@pytest.mark.parametrize("blank", [None, "", "  \n "])
def test_a_required_reason_is_more_than_a_blank(cast, make_team, make_claim, person, blank):
    make_team(Policy(reason=ReasonRule.REQUIRED))
    claim = make_claim()

    with pytest.raises(ReasonNeeded):
        cast(claim, person(7), YES, reason=blank)

    assert cast(claim, person(7), YES, reason="I was there.").vote.reason == "I was there."


@pytest.mark.parametrize(("allowed", "votes_count"), [(True, 1), (False, 0)])
def test_the_team_says_whether_people_vote_on_their_own_claims(
    cast, store, make_team, make_claim, person, allowed, votes_count
):
    make_team(Policy(own_claims=allowed))
    author = person(7)
    claim = make_claim(by=author)

    if allowed:
        cast(claim, author, YES)
    else:
        with refuses(NotAllowed, "own-claim"):
            cast(claim, author, YES)

    assert len(store.claims.votes_on(claim)) == votes_count
    assert cast(claim, person(8), YES).changed


def test_people_are_known_by_a_key_of_each_team(cast, act, store, make_team, make_claim, person):
    ours, theirs = make_team(), make_team(guild=OTHER)
    claim, other = make_claim(), make_claim(guild=OTHER)
    when = claim.added_at
    cast(claim, person(7), YES)
    act(votes.cast_vote, OTHER, other.key, person(7), YES, when)

    keys = {store.teams.find_member(team.id, 7) for team in (ours, theirs)}

    assert len(keys) == 2
    assert store.teams.discord_ids(keys) == dict.fromkeys(keys, 7)


@pytest.mark.parametrize("guild", [OTHER, 999], ids=["another team", "no team"])
@pytest.mark.parametrize(
    "action",
    [
        lambda key, who, now: (votes.cast_vote, key, who, YES, now),
        lambda key, who, now: (votes.take_back_vote, key, who, now),
        lambda key, who, now: (votes.give_reason, key, who, "Because.", now),
    ],
    ids=["cast_vote", "take_back_vote", "give_reason"],
)
def test_a_key_is_known_in_its_own_team_only(
    act, team, make_team, make_claim, person, now, contents, action, guild
):
    make_team(guild=OTHER)
    claim = make_claim()
    before = contents()
    function, *rest = action(claim.key, person(7), now)

    with pytest.raises(NotFound):
        act(function, guild, *rest)

    assert contents() == before
    assert team.id == claim.team


def test_every_refusal_is_a_sentence(cast, make_team, make_claim, person):
    make_team(Policy(member_days=3), voter_roles=frozenset({5}))

    with pytest.raises(CorrobotError) as refused:
        cast(make_claim(), person(7), YES)

    assert str(refused.value).endswith(".")


# ------------------------------------------------------------------- clicks that come oddly


@pytest.mark.parametrize("action", ["cast_vote", "take_back_vote", "give_reason"])
@pytest.mark.parametrize("closed", ["dropped", "duplicate"])
def test_what_is_closed_refuses_every_kind_of_vote_and_changes_nothing(
    cast, act, team, make_claim, person, now, contents, closed, action
):
    claim, other = make_claim("One"), make_claim("Another")
    cast(claim, person(7), YES)
    boss = person(1, manages=True)
    if closed == "dropped":
        act(moderation.drop_claim, GUILD, claim.key, boss, "Not ours.", now)
    else:
        act(merging.merge, GUILD, (claim.key,), other.key, boss, "The same.", now)
    before = contents()
    rest = {"cast_vote": [NO], "take_back_vote": [], "give_reason": ["Because."]}[action]

    with refuses(Refused, closed):
        act(getattr(votes, action), GUILD, claim.key, person(7), *rest, now)

    assert contents() == before
    assert team.policy_version == 1


async def test_clicks_of_one_person_at_once_leave_one_vote_the_last(
    database, claim, store, person, now
):
    verdicts = [YES, NO, NO, YES, YES, NO] * 5
    desk = ClaimDesk(database)
    try:
        receipts = await asyncio.gather(
            *(
                desk.write(votes.cast_vote, GUILD, claim.key, person(7), each, now)
                for each in verdicts
            )
        )
    finally:
        desk.close()

    (vote,) = store.claims.votes_on(claim)
    assert vote.verdict is verdicts[-1]
    turns = sum(one is not other for one, other in pairwise([None, *verdicts]))
    kinds = [event.data.kind for event in store.history.of_claim(claim)]
    assert kinds.count("vote_cast") == turns == sum(receipt.changed for receipt in receipts)
    assert store.claims.get(claim.id).tally.votes == 1


def test_a_click_replayed_after_others_voted_changes_nothing(cast, claim, person, contents):
    cast(claim, person(7), YES)
    cast(claim, person(8), NO, 1)
    before = contents()

    assert not cast(claim, person(7), YES, 2).changed
    assert contents() == before


def test_what_divides_a_team_are_the_reasons_that_count_the_newest_first(
    cast, act, store, make_team, make_claim, person, now
):
    make_team(Policy(quorum=2, evidence=0))
    claim = make_claim()
    cast(claim, person(7), YES, reason="Old words.")
    boss = person(1, manages=True)
    act(moderation.edit_claim, GUILD, claim.key, boss, "Other words", "Clearer.", now)
    cast(claim, person(8), NO, 1, reason="It is a copy.")
    cast(claim, person(9), YES, 2, reason="Seen it.")
    shown = cast(claim, person(10), YES, 3, reason="Me too.").view
    assert shown.divided == ()  # two thirds say so

    shown = cast(claim, person(11), NO, 4).view

    assert [(side.verdict, side.weight, side.reasons) for side in shown.divided] == [
        (YES, 2, ("Me too.", "Seen it.")),
        (NO, 2, ("It is a copy.",)),
    ]
    assert store.claims.get(claim.id).state.status is Status.CONFLICTING
