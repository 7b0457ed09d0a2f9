"""A post's states: nothing is forgotten that could double it, nothing is looked for in vain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.outbox_state import (
    NONCE_LIVES,
    Progress,
    State,
    begin,
    confirm,
    hold,
    must_look_up,
    park,
    put_back,
    unparked,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_a_post_that_was_refused_at_once_is_sent_anew_without_looking():
    parked = park(Progress(), "403")
    again = unparked(parked)

    assert (parked.state, parked.attempts, parked.reason) == (State.PARKED, 1, "403")
    assert (again.state, again.uncertain_since) == (State.PENDING, None)


def test_a_refusal_does_not_make_an_earlier_attempt_certain():
    lost = begin(Progress(), NOW)

    again = unparked(park(lost, "403"))

    assert again.state is State.SENDING
    assert must_look_up(again, NOW + timedelta(hours=1))


def test_what_discord_put_off_is_as_it_was_before():
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
def test_an_uncertain_post_is_looked_for_once_its_nonce_may_be_forgotten(passed, look):
    assert must_look_up(begin(Progress(), NOW), NOW + passed) is look


MOVES = {
    "lost": begin,
    "refused": lambda post, _: park(post, "403"),
    "put back": lambda post, _: put_back(post),
    "held": lambda post, _: hold(post, "no"),
    "unparked": lambda post, _: unparked(post) if post.state is State.PARKED else post,
}


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_whatever_happens_the_first_attempt_of_unknown_fate_is_remembered(moves):
    post, first = Progress(), None
    for minute, move in enumerate(moves):
        now = NOW + timedelta(minutes=minute)
        if move == "lost":
            first = first or now
        post = MOVES[move](post, now)

    assert post.uncertain_since == first
    assert unparked(hold(post, "no")).state is (State.SENDING if first else State.PENDING)
    assert confirm(post).state is State.SENT
