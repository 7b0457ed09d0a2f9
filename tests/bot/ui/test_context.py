"""Who sees a channel, as Discord describes it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import MagicMock
from weakref import ref

import discord
import pytest

from bot.ui.context import can_see, get_person, release

HERE, ELSEWHERE = 11, 12


def make_member(channel=None, **rights):
    """Somebody in a server that has this channel only; `rights` are theirs in it."""
    if channel is not None:
        channel.permissions_for = lambda _: discord.Permissions(**rights)
    known = {HERE: channel} if channel else {}
    member = MagicMock(spec=discord.Member, id=7, roles=[], joined_at=None)
    member.guild_permissions = discord.Permissions.none()
    member.guild = SimpleNamespace(get_channel_or_thread=known.get)
    return member


@pytest.mark.parametrize("seen", [True, False])
def test_channel(seen):
    """A channel is seen by its permissions."""
    assert (
        can_see(make_member(MagicMock(spec=discord.TextChannel), view_channel=seen), HERE) == seen
    )


def test_channel_gone():
    """Of a channel that was deleted nobody knows who saw it."""
    assert can_see(make_member(), HERE) is None


def test_private_thread():
    """A private thread is seen by its members and by who manages threads, not by all around it."""
    thread = MagicMock(spec=discord.Thread, members=[SimpleNamespace(id=8)])
    thread.is_private = lambda: True

    assert not can_see(make_member(thread, view_channel=True), HERE)
    assert can_see(make_member(thread, view_channel=True, manage_threads=True), HERE)
    thread.members.append(SimpleNamespace(id=7))
    assert can_see(make_member(thread, view_channel=True), HERE)


def test_acts_in_it():
    """Whoever acts in a channel sees it, whatever we know of it; and no other by that."""
    person = get_person(SimpleNamespace(user=make_member(), channel_id=HERE))

    assert person.sees(HERE)
    assert not person.sees(ELSEWHERE)


class Press(discord.Interaction):
    """An interaction of which one can tell whether it is still in memory."""


@contextmanager
def uncollected() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.mark.parametrize("answered", [True, False])
def test_released_is_freed(answered):
    """What is released goes at once, answered or not, without the garbage collector."""
    press = Press.__new__(Press)
    if answered:
        assert not press.response.is_done()
    seen = ref(press)

    with uncollected():
        release(press)
        del press
        assert seen() is None


def test_response_holds_interaction():
    """discord.py 2.7 has the two hold each other; once it no longer does, `release` can go."""
    press = Press.__new__(Press)
    assert not press.response.is_done()
    seen = ref(press)

    with uncollected():
        del press
        assert seen() is not None
