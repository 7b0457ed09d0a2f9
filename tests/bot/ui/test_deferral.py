"""What takes long tells how far it is, and is not given up when its answer has run out."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import discord
import pytest

from bot.ui import deferral
from bot.ui.deferral import defer_if_slow, with_progress


@pytest.fixture
def interaction(monkeypatch):
    """One that remembers what its private answer said; `expires_in` seconds are left of it."""
    monkeypatch.setattr(deferral, "EVERY", 0.01)
    monkeypatch.setattr(deferral, "PATIENCE", 0.02)
    said = []

    async def edit_original_response(content):
        said.append(content)

    async def defer(*, ephemeral=False, thinking=False):
        said.append("thinking" if ephemeral and thinking else "deferred")

    def make(expires_in=900.0):
        expires_at = discord.utils.utcnow() + timedelta(seconds=expires_in)
        return SimpleNamespace(
            said=said,
            expires_at=expires_at,
            client=SimpleNamespace(now=discord.utils.utcnow),
            is_expired=lambda: discord.utils.utcnow() >= expires_at,
            edit_original_response=edit_original_response,
            response=SimpleNamespace(defer=defer),
        )

    return make


async def work(seconds=0.08):
    await asyncio.sleep(seconds)
    return "done"


async def test_progress_without_repeats(interaction):
    """The reply says how far it is, and nothing twice."""
    asked, shares = interaction(), iter(["0%", "0%", "50%", *["90%"] * 100])

    assert await with_progress(asked, work(), lambda: next(shares)) == "done"

    assert asked.said == ["0%", "50%", "90%"]


async def test_says_where_to_look(interaction):
    """Before the reply can no longer be changed it says where to look."""
    asked = interaction(expires_in=20)

    assert await with_progress(asked, work(), lambda: "50%", late="Look there.") == "done"

    assert asked.said == ["Look there."]


async def test_work_outlives_reply(interaction):
    """Work goes on after the reply has run out."""
    asked = interaction(expires_in=-1)

    assert await with_progress(asked, work(), lambda: "50%", late="Look there.") == "done"

    assert asked.said == []


async def test_refused_reply(interaction):
    """A reply that Discord does not take stops no work."""
    asked = interaction()

    async def refused(content):
        response = SimpleNamespace(status=404, reason="gone")
        raise discord.NotFound(response, content)

    asked.edit_original_response = refused

    assert await with_progress(asked, work(), lambda: "50%") == "done"


async def test_work_ends_with_waiter(interaction):
    """Work ends with whoever waits for it."""
    ended = []

    async def endless():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    waiting = asyncio.create_task(with_progress(interaction(), endless(), lambda: "0%"))
    await asyncio.sleep(0.02)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0)

    assert ended == [True]


async def test_in_time(interaction):
    """A click is answered in time, however long it takes."""
    quick, slow = interaction(), interaction()

    assert await defer_if_slow(quick, work(0)) == "done"
    assert quick.said == []
    assert await defer_if_slow(slow, work()) == "done"
    assert slow.said == ["deferred"]


async def test_private_deferral(interaction):
    """What is not kept yet is never answered as done: a private answer says it is under way."""
    asked = interaction()

    assert await defer_if_slow(asked, work(), privately=True) == "done"

    assert asked.said == ["thinking"]
