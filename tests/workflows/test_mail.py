"""Addresses, codes and tokens of digests by mail."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import AT
from tests.expect import refuses
from workflows.errors import BadInput
from workflows.mail import (
    LONGEST_WAIT,
    find_next_try,
    find_token,
    make_code,
    normalize_code,
    read_address,
)


@pytest.mark.parametrize("typed", ["ann@example.org", " ann+x@mail.example.org "])
def test_addresses(typed):
    """An address of the public internet is taken."""
    assert read_address(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed",
    [
        *("", "ann", "@example.org", "ann@", "ann@localhost", "root@router", "a@192.168.0.1"),
        *("a@b.internal", "a@x.local", "ann@example.org\nBcc: b@example.org", "a@[127.0.0.1]"),
        *(
            "ann@example.org, b@example.org",
            "Ann <ann@example.org>",
            "änn@example.org",
            "a@b@c.org",
        ),
    ],
)
def test_no_addresses(typed):
    """What is no single public address is refused: nobody else is written to through it."""
    with refuses(BadInput):
        read_address(typed)


@given(st.text())
def test_any_text(typed):
    """Whatever is typed is an address without a line's end in it, or is refused."""
    try:
        address = read_address(typed)
    except BadInput:
        return
    assert address.isprintable()
    assert address.count("@") >= 1


def test_codes():
    """A code is the same however it is typed, and another each time."""
    code = make_code()

    assert normalize_code(f" {code[:4].lower()} - {code[4:]} ") == code
    assert make_code() != code


def test_tokens():
    """The token is found in the subject of a mail that unsubscribes."""
    token = "a" * 22

    assert find_token(f"To: x\nSubject: Re: unsubscribe {token}\n\n") == token
    assert find_token("Subject: please unsubscribe me") is None


def test_waits():
    """A mail that isn't taken is tried later each time, and never later than that."""
    waits = [find_next_try(attempts, AT) - AT for attempts in range(12)]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] == LONGEST_WAIT
