"""What webhooks are told, how it is signed, and when it is tried again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import AT
from workflows.webhooks import (
    LONGEST_WAIT,
    Delivery,
    choose_heads,
    find_next_try,
    make_secret,
    sign,
    write_message,
)


def test_signature():
    """A signature is the one that the specification gives as its example."""
    headers = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        '{"test": 2432232314}',
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_signature_covers_all():
    """Another secret, id, time or body is another signature."""
    one, other = make_secret(), make_secret()
    signed = {
        sign(secret, key, at, body)["webhook-signature"]
        for secret in (one, other)
        for key in ("msg_1", "msg_2")
        for at in (AT, AT + timedelta(seconds=1))
        for body in ("{}", "[]")
    }

    assert len(signed) == 16


def test_no_secret():
    """What is no secret signs nothing."""
    with pytest.raises(ValueError, match="base64"):
        sign("whsec_no secret", "msg_1", AT, "{}")


def test_message():
    """A message names what happened, when, and its data."""
    assert write_message("test", AT, {"a": 1}) == (
        '{"type":"test","timestamp":"2026-03-02T12:00:00Z","data":{"a":1}}'
    )


def test_waits_grow():
    """Each wait is longer than the one before, from seconds to a quarter of a day."""
    waits = [find_next_try("msg_1", attempts, AT) - AT for attempts in range(12)]

    assert waits[0] < timedelta(seconds=6)
    assert all(later > earlier for earlier, later in pairwise(waits[:6]))
    assert max(waits) <= LONGEST_WAIT * 1.1


def build_delivery(row, claim, due):
    return Delivery(row, 1, f"msg_{row}", claim, "{}", 0, AT if due else AT + timedelta(hours=1))


@given(st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.booleans()), max_size=12))
def test_in_order_of_each_claim(messages):
    """Nothing of a claim overtakes what was queued earlier; other claims don't wait for it."""
    waiting = [build_delivery(row, *message) for row, message in enumerate(messages)]

    heads = choose_heads(waiting[::-1], AT)

    for claim in (None, 1, 2, 3):
        of_it = [each for each in waiting if each.claim == claim]
        expected = of_it[:1] if of_it and of_it[0].next_try_at <= AT else []
        assert [each for each in heads if each.claim == claim] == expected
