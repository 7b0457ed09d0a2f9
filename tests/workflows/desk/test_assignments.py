"""Whoever looks into a claim is nudged once on their day; after it the claim is free again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Verdict
from workflows.desk import assignments, audit, moderation, privacy, transitions
from workflows.errors import NotAllowed, Refused
from workflows.store.outbox import PostKind
from workflows.teams import Acting

GUILD, DIRECT = 1001, 77
DAY = date(2026, 3, 4)
MORNING = datetime(2026, 3, 4, 8, tzinfo=UTC)  # nine in Berlin, the team's hour
OVER = datetime(2026, 3, 4, 23, tzinfo=UTC)


@pytest.fixture
def taken(act, claim, person, now):
    """A claim that member 7 looks into until Wednesday."""
    view = act(assignments.take_claim, Acting(GUILD, person(7), now), claim.number, DAY)
    return view.claim


def nudges(store):
    return [post for post in store.outbox.list_undelivered() if post.kind is PostKind.NUDGE]


def test_taken_until(store, act, taken, person, now):
    """Meanwhile nobody else can take the claim, though a moderator can assign it."""
    assert (taken.assigned_day, taken.assigned_until) == (DAY, OVER)

    with refuses(Refused, "taken", account=7):
        act(assignments.take_claim, Acting(GUILD, person(8), now), taken.number, None)
    boss = Acting(GUILD, person(1, manages=True), now)
    given = act(moderation.assign_claim, boss, taken.key, person(9)).claim

    assert given.assigned_day is None
    assert audit.replay_all(store).differences == ()


def test_nudged_once(store, act, taken):
    """On the day, at the team's hour, one nudge is due; queued, none is any more."""
    early = MORNING - timedelta(seconds=1)
    assert assignments.find_next_nudge(store) == MORNING
    assert assignments.list_nudges(store, early) == ()
    assert not act(assignments.queue_nudge, taken.id, DIRECT, early)

    (nudge,) = assignments.list_nudges(store, MORNING)

    assert (nudge.claim, nudge.account) == (taken.id, 7)
    assert act(assignments.queue_nudge, taken.id, DIRECT, MORNING)
    assert not act(assignments.queue_nudge, taken.id, DIRECT, MORNING)
    assert [post.channel for post in nudges(store)] == [DIRECT]
    assert assignments.list_nudges(store, OVER) == ()


def test_unreachable(store, act, taken):
    """Who takes no direct messages is not nudged, and not tried again."""
    assert not act(assignments.queue_nudge, taken.id, None, MORNING)

    assert nudges(store) == []
    assert assignments.find_next_nudge(store) is None


def test_free_again(store, act, taken, person):
    """When the day is over the claim is free, by the same way as everything else that is due."""
    assert transitions.find_next_due(store) == OVER
    assert act(transitions.apply_all_due, OVER - timedelta(seconds=1)) == ()

    (freed,) = act(transitions.apply_all_due, OVER + timedelta(hours=3))

    assert (freed.assigned_to, freed.assigned_day) == (None, None)
    assert store.history.of_claim(freed)[-1].at == OVER
    assert audit.replay_all(store).differences == ()
    other = Acting(GUILD, person(8), OVER + timedelta(hours=4))
    assert act(assignments.take_claim, other, taken.number, None).assignee == 8


def test_late_ring(act, taken, person):
    """A day that is over frees the claim for whoever asks first, whether or not a clock rang."""
    late = Acting(GUILD, person(8), OVER + timedelta(days=2))

    assert act(assignments.take_claim, late, taken.number, None).assignee == 8


def test_release(store, act, taken, person, now):
    """Only whoever looks into a claim releases it; then no nudge is due."""
    with refuses(Refused, "not-theirs"):
        act(assignments.release_claim, Acting(GUILD, person(8), now), taken.number)

    act(assignments.release_claim, Acting(GUILD, person(7), now), taken.number)

    assert assignments.find_next_nudge(store) is None
    assert transitions.find_next_due(store) is None
    assert audit.replay_all(store).differences == ()


def test_only_open_claims(act, claim, make_team, person, now):
    """Nobody looks into a settled claim, nor without a voter's role."""
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "Seen it.")

    with refuses(Refused, "settled"):
        act(assignments.take_claim, Acting(GUILD, person(7), now), claim.number, DAY)
    make_team(guild=1002, voter_roles=frozenset({5}))
    with refuses(NotAllowed, roles=frozenset({5})):
        act(assignments.take_claim, Acting(1002, person(7), now), 1, DAY)


def test_forgotten(store, act, taken, person):
    """Nothing of a nudge leads to somebody forgotten, and others can take the claim."""
    act(assignments.queue_nudge, taken.id, DIRECT, MORNING)

    act(privacy.forget_member, GUILD, 7, MORNING)

    assert nudges(store) == []
    assert [*store._db.execute("SELECT 1 FROM outbox WHERE channel_id = ?", [DIRECT])] == []
    other = Acting(GUILD, person(8), MORNING)
    assert act(assignments.take_claim, other, taken.number, None).assignee == 8
