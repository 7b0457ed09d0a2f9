"""A post's states: nothing is forgotten that could double it, nothing is looked for in vain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.outbox_state import (
    NONCE_LIVES,
    OutboxState,
    Progress,
    begin,
    confirm,
    hold,
    must_look_up,
    park,
    put_back,
    unparked,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_refused_is_resent():
    """A post that was refused at once is sent anew without a check."""
    parked = park(Progress(), "403")
    again = unparked(parked)

    assert (parked.state, parked.attempts, parked.reason) == (OutboxState.PARKED, 1, "403")
    assert (again.state, again.uncertain_since) == (OutboxState.PENDING, None)


def test_earlier_attempt_uncertain():
    """A refusal does not make an earlier attempt certain."""
    lost = begin(Progress(), NOW)

    again = unparked(park(lost, "403"))

    assert again.state is OutboxState.SENDING
    assert must_look_up(again, NOW + timedelta(hours=1))


def test_rate_limited_is_unchanged():
    """A post that Discord put off is as it was before."""
    assert put_back(Progress()) == Progress(attempts=1)
    lost = begin(Progress(), NOW)
    assert put_back(lost).uncertain_since == NOW


@pytest.mark.parametrize(
    ("passed", "look"),
    [
        (timedelta(), False),
        (NONCE_LIVES - timedelta(seconds=1), False),
        (NONCE_LIVES, True),
        (timedelta(seconds=-1), True),
    ],
    ids=["just now", "young", "old", "the clock was set back"],
)
def test_uncertain_is_looked_for(passed, look):
    """An uncertain post is looked for once its nonce may be forgotten."""
    assert must_look_up(begin(Progress(), NOW), NOW + passed) is look


MOVES = {
    "lost": begin,
    "refused": lambda post, _: park(post, "403"),
    "put back": lambda post, _: put_back(post),
    "held": lambda post, _: hold(post, "no"),
    "unparked": lambda post, _: unparked(post) if post.state is OutboxState.PARKED else post,
}


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_first_uncertain_attempt(moves):
    """The first attempt of unknown fate is always remembered."""
    post, first = Progress(), None
    for minute, move in enumerate(moves):
        now = NOW + timedelta(minutes=minute)
        if move == "lost":
            first = first or now
        post = MOVES[move](post, now)

    assert post.uncertain_since == first
    assert unparked(hold(post, "no")).state is (
        OutboxState.SENDING if first else OutboxState.PENDING
    )
    assert confirm(post).state is OutboxState.SENT
