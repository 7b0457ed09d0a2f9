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
from workflows.teams import Acting

GUILD, OTHER = 1001, 2002
YES, NO, CANNOT_TELL = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_ENOUGH_EVIDENCE
QUICK = Policy(quorum=1, evidence=0, hold=timedelta(hours=4))


@pytest.fixture
def cast(act, now):
    """cast(claim, person, verdict, minutes_later, reason=...)"""

    def run(claim, who, verdict, minutes=0, **other):
        at = now + timedelta(minutes=minutes)
        return act(votes.cast_vote, Acting(GUILD, who, at), claim.key, verdict, **other)

    return run


def test_first_vote_counts(cast, store, claim, person):
    """A first vote is kept and counted."""
    receipt = cast(claim, person(7), YES)

    assert receipt.changed
    assert receipt.first_ever
    assert receipt.before is None
    assert receipt.claim.tally == Tally(1, 1)
    assert receipt.claim.state.status is Status.IN_REVIEW
    assert receipt.view.missing.votes == 2
    assert store.claims.with_key(claim.team, claim.key) == receipt.claim


def test_first_vote_flag(cast, team, make_claim, person):
    """Only a person's first vote is marked as their first."""
    one, other = make_claim("One"), make_claim("Other")

    assert cast(one, person(7), YES).first_ever
    assert not cast(other, person(7), YES).first_ever
    assert team.settings.guild == GUILD


def test_joining_is_kept(cast, store, claim, person, now):
    """Since when a voter is in the server is kept, and again once it is another time."""
    for days in (9, 9, 2):
        joined = now - timedelta(days=days)
        receipt = cast(claim, person(7, joined_at=joined), YES)
        assert store.teams.read_joined(receipt.vote.voter) == joined
    assert cast(claim, person(7), YES).vote
    assert store.teams.read_joined(receipt.vote.voter) == joined


def test_same_verdict_again(cast, claim, person, contents):
    """The same verdict again changes nothing."""
    cast(claim, person(7), YES, reason="I was there.")
    before = contents()

    for again in (
        cast(claim, person(7), YES, 1),
        cast(claim, person(7), YES, 2, reason="I was there."),
        cast(claim, person(7), YES, 3, reason="   "),
    ):
        assert not again.changed

    assert contents() == before


def test_changed_vote(cast, store, claim, person):
    """A changed vote replaces the first."""
    cast(claim, person(7), YES)

    receipt = cast(claim, person(7), NO, 1)

    assert receipt.changed
    assert receipt.before.verdict is YES
    assert receipt.claim.tally == Tally(1, 0, 1)
    assert [vote.verdict for vote in store.votes.votes_on(claim)] == [NO]


def test_stale_vote_recast(cast, act, store, db, claim, person):
    """A stale vote counts again once it is cast again."""
    cast(claim, person(7), YES)
    db.execute("UPDATE votes SET stale = 1")
    act(lambda store: store.claims.save(claim, claim.state, Tally(), claim.sources))

    receipt = cast(claim, person(7), YES, 1)

    assert receipt.changed
    assert receipt.claim.tally == Tally(1, 1)
    assert [vote.stale for vote in store.votes.votes_on(claim)] == [False]


def test_reason_added(cast, act, store, claim, person, now):
    """A reason can be added to the same verdict."""
    cast(claim, person(7), YES)

    receipt = act(votes.give_reason, Acting(GUILD, person(7), now), claim.key, " I was there. ")

    assert receipt.vote.reason == "I was there."
    assert receipt.claim.tally == Tally(1, 1)
    assert store.votes.votes_on(claim)[0].reason == "I was there."


def test_reason_needs_a_vote(act, claim, person, now):
    """A reason needs a vote."""
    with refuses(Refused, "no-vote"):
        act(votes.give_reason, Acting(GUILD, person(7), now), claim.key, "Because.")


def test_vote_taken_back(cast, act, store, claim, person, now):
    """A vote taken back no longer counts."""
    cast(claim, person(7), YES)
    cast(claim, person(8), NO)

    receipt = act(votes.take_back_vote, Acting(GUILD, person(7), now), claim.key)

    assert receipt.vote is None
    assert receipt.before.verdict is YES
    assert receipt.claim.tally == Tally(1, 0, 1)
    assert [vote.verdict for vote in store.votes.votes_on(claim)] == [NO]


def test_nothing_to_take_back(act, claim, person, now, contents):
    """Taking back a vote that was never cast changes nothing."""
    before = contents()

    receipt = act(votes.take_back_vote, Acting(GUILD, person(7), now), claim.key)

    assert not receipt.changed
    assert contents() == before


def test_weight_when_cast(cast, make_team, make_claim, person):
    """A vote keeps the weight of the moment it was cast."""
    make_team(Policy(weights={5: 3}))
    claim = make_claim()

    assert cast(claim, person(7, roles={5}), YES).claim.tally == Tally(1, 3)
    assert cast(claim, person(7), YES, 1).claim.tally == Tally(1, 3)
    assert cast(claim, person(8), NO, 2).claim.tally == Tally(2, 3, 1)
    assert cast(claim, person(7), NO, 3).claim.tally == Tally(2, 0, 2)


def test_verdict_settles_in_time(cast, act, store, make_team, make_claim, person, now):
    """Enough votes make a provisional verdict that settles in time."""
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


def test_no_hold(cast, make_team, make_claim, person, now):
    """Without a hold a verdict settles at once."""
    make_team(Policy(quorum=1, evidence=0, hold=timedelta()))

    assert cast(make_claim(), person(7), NO).claim.state.settled_at == now


@pytest.mark.parametrize("later", [4 * 60, 9 * 60], ids=["at its end", "long after"])
def test_vote_after_hold(cast, make_team, make_claim, person, contents, later):
    """A vote after the hold is refused, whether or not settling was noticed."""
    make_team(QUICK)
    claim = make_claim()
    cast(claim, person(7), YES)
    before = contents()

    with refuses(Refused, "settled"):
        cast(claim, person(8), NO, later)

    assert contents() == before


@pytest.mark.parametrize("action", ["cast_vote", "take_back_vote", "give_reason"])
def test_settled_refuses_votes(cast, act, make_team, make_claim, person, now, contents, action):
    """A settled claim refuses every kind of vote."""
    make_team(QUICK)
    claim = make_claim()
    cast(claim, person(7), YES)
    later = now + timedelta(days=1)
    act(transitions.apply_all_due, later)
    before = contents()
    rest = {"cast_vote": [NO], "take_back_vote": [], "give_reason": ["Because."]}[action]

    with refuses(Refused, "settled"):
        act(getattr(votes, action), Acting(GUILD, person(7), later), claim.key, *rest)

    assert contents() == before


def test_shelved_refuses_votes(cast, make_team, make_claim, person, contents):
    """A shelved claim refuses votes."""
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
def test_outsider_changes_nothing(
    cast, make_team, make_claim, person, contents, policy, roles, who, refusal
):
    """Somebody who may not vote changes nothing."""
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
def test_voters_and_moderators(cast, make_team, make_claim, person, roles, who):
    """Voters and moderators can vote."""
    make_team(**roles)

    assert cast(make_claim(), person(7, **who), YES).changed


def test_lost_role(cast, make_team, make_claim, person):
    """Somebody who has lost the role keeps a standing vote but gets no new one."""
    make_team(voter_roles=frozenset({5}))
    claim = make_claim()
    cast(claim, person(7, roles={5}), YES)

    with pytest.raises(NotAllowed):
        cast(claim, person(7), NO, 1)

    assert cast(claim, person(8, roles={5}), NO, 2).claim.tally == Tally(2, 1, 1)


def test_new_members_wait(cast, make_team, make_claim, person, now):
    """Members can vote once they have been there long enough."""
    make_team(Policy(member_days=7))
    claim = make_claim()
    young, old = person(7, joined_at=now - timedelta(days=6)), now - timedelta(days=7)

    with refuses(NotAllowed, days=7):
        cast(claim, young, YES)

    assert cast(claim, young, YES, 24 * 60).changed
    assert cast(claim, person(8, joined_at=old), YES).changed


@pytest.mark.parametrize("blank", [None, "", "  \n "])
def test_blank_reason(cast, make_team, make_claim, person, blank):
    """A required reason is more than blanks."""
    make_team(Policy(reason=ReasonRule.REQUIRED))
    claim = make_claim()

    with pytest.raises(ReasonNeeded):
        cast(claim, person(7), YES, reason=blank)

    assert cast(claim, person(7), YES, reason="I was there.").vote.reason == "I was there."


@pytest.mark.parametrize(("allowed", "votes_count"), [(True, 1), (False, 0)])
def test_own_claims(cast, store, make_team, make_claim, person, allowed, votes_count):
    """The team decides whether people vote on their own claims."""
    make_team(Policy(own_claims=allowed))
    author = person(7)
    claim = make_claim(by=author)

    if allowed:
        cast(claim, author, YES)
    else:
        with refuses(NotAllowed, "own-claim"):
            cast(claim, author, YES)

    assert len(store.votes.votes_on(claim)) == votes_count
    assert cast(claim, person(8), YES).changed


def test_key_per_team(cast, act, store, make_team, make_claim, person):
    """A person has a different key in each team."""
    ours, theirs = make_team(), make_team(guild=OTHER)
    claim, other = make_claim(), make_claim(guild=OTHER)
    when = claim.added_at
    cast(claim, person(7), YES)
    act(votes.cast_vote, Acting(OTHER, person(7), when), other.key, YES)

    keys = {store.teams.find_member(team.id, 7) for team in (ours, theirs)}

    assert len(keys) == 2
    assert store.teams.discord_ids(keys) == dict.fromkeys(keys, 7)


@pytest.mark.parametrize("guild", [OTHER, 999], ids=["another team", "no team"])
@pytest.mark.parametrize(
    "action",
    [
        (votes.cast_vote, YES),
        (votes.take_back_vote,),
        (votes.give_reason, "Because."),
    ],
    ids=["cast_vote", "take_back_vote", "give_reason"],
)
def test_claim_key_of_a_team(
    act, team, make_team, make_claim, person, now, contents, action, guild
):
    """A claim's key is known in its own team only."""
    make_team(guild=OTHER)
    claim = make_claim()
    before = contents()
    function, *rest = action

    with pytest.raises(NotFound):
        act(function, Acting(guild, person(7), now), claim.key, *rest)

    assert contents() == before
    assert team.id == claim.team


def test_refusals_are_sentences(cast, make_team, make_claim, person):
    """Every refusal is a sentence."""
    make_team(Policy(member_days=3), voter_roles=frozenset({5}))

    with pytest.raises(CorrobotError) as refused:
        cast(make_claim(), person(7), YES)

    assert str(refused.value).endswith(".")


# ------------------------------------------------------------------- clicks that come oddly


@pytest.mark.parametrize("action", ["cast_vote", "take_back_vote", "give_reason"])
@pytest.mark.parametrize("closed", ["dropped", "duplicate"])
def test_closed_refuses_votes(cast, act, team, make_claim, person, now, contents, closed, action):
    """A closed claim refuses every kind of vote and stays unchanged."""
    claim, other = make_claim("One"), make_claim("Another")
    cast(claim, person(7), YES)
    boss = person(1, manages=True)
    if closed == "dropped":
        act(moderation.drop_claim, Acting(GUILD, boss, now), claim.key, "Not ours.")
    else:
        act(merging.merge, Acting(GUILD, boss, now), (claim.key,), other.key, "The same.")
    before = contents()
    rest = {"cast_vote": [NO], "take_back_vote": [], "give_reason": ["Because."]}[action]

    with refuses(Refused, closed):
        act(getattr(votes, action), Acting(GUILD, person(7), now), claim.key, *rest)

    assert contents() == before
    assert team.policy_version == 1


async def test_concurrent_clicks(database, claim, store, person, now):
    """Clicks of one person at once leave one vote, the last."""
    verdicts = [YES, NO, NO, YES, YES, NO] * 5
    desk = ClaimDesk(database)
    try:
        receipts = await asyncio.gather(
            *(
                desk.write(votes.cast_vote, Acting(GUILD, person(7), now), claim.key, each)
                for each in verdicts
            )
        )
    finally:
        desk.close()

    (vote,) = store.votes.votes_on(claim)
    assert vote.verdict is verdicts[-1]
    turns = sum(one is not other for one, other in pairwise([None, *verdicts]))
    kinds = [event.data.kind for event in store.history.of_claim(claim)]
    assert kinds.count("vote_cast") == turns == sum(receipt.changed for receipt in receipts)
    assert store.claims.get(claim.id).tally.votes == 1


def test_replayed_click(cast, claim, person, contents):
    """A click replayed after others voted changes nothing."""
    cast(claim, person(7), YES)
    cast(claim, person(8), NO, 1)
    before = contents()

    assert not cast(claim, person(7), YES, 2).changed
    assert contents() == before


def test_dividing_reasons(cast, act, store, make_team, make_claim, person, now):
    """The reasons that divide a team are those that count, newest first."""
    make_team(Policy(quorum=2, evidence=0))
    claim = make_claim()
    cast(claim, person(7), YES, reason="Old words.")
    boss = person(1, manages=True)
    act(moderation.edit_claim, Acting(GUILD, boss, now), claim.key, "Other words", "Clearer.")
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
