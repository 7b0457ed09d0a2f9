"""Trouble on purpose looks to the bot as it would from Discord."""

import asyncio
import time

import aiohttp
import discord
import pytest

from bot.sandbox.faults import Fault
from bot.sandbox.world import World

POST = r"/channels/\d+/messages$"


def stored(world) -> int:
    return sum(len(inside) for inside in world.messages.values())


async def test_error_before_effect(world, client):
    """An error before the effect stores nothing."""
    world.faults.append(Fault("POST", POST, "status", 503))

    with pytest.raises(discord.DiscordServerError):
        await client.room(world).send("lost")
    assert stored(world) == 0


async def test_error_after_effect(world, client):
    """An error after the effect is retried without a second message."""
    world.faults.append(Fault("POST", POST, "status_after", 502))

    await client.room(world).send("once")

    assert [r.status for r in world.find("POST", POST)] == [502, 200]
    assert stored(world) == 1


@pytest.mark.parametrize(("kind", "count"), [("drop_before", 0), ("drop_after", 1)])
async def test_dropped_connection(world, client, kind, count):
    """A dropped connection leaves the sender unsure."""
    world.faults.append(Fault("POST", POST, kind))

    with pytest.raises(aiohttp.ClientError):
        await client.room(world).send("perhaps")
    assert stored(world) == count


async def test_delay(world, client):
    """A delay comes before the effect."""
    world.faults.append(Fault("POST", POST, "delay", 0.2))
    sending = asyncio.create_task(client.room(world).send("slow"))
    await asyncio.sleep(0.1)

    assert stored(world) == 0
    await sending
    assert world.find("POST", POST)[0].dt >= 0.2


async def test_rate_limit(world, client):
    """A 429 is waited out."""
    world.faults.append(Fault("POST", POST, "429", 0.2))
    started = time.monotonic()

    await client.room(world).send("patience")

    assert time.monotonic() - started >= 0.2
    assert [r.status for r in world.find("POST", POST)] == [429, 200]


async def test_ban(world, client):
    """A 429 without a Via header is taken for a ban."""
    world.faults.append(Fault("POST", POST, "429", 0.2, via=False))

    with pytest.raises(discord.HTTPException, match="429"):
        await client.room(world).send("banned")


async def test_faults_wear_out(world, rest):
    """A fault wears out, and one without end does not."""
    world.faults += [Fault("GET", "/users/@me$", "status", times=2)]
    assert [(await rest("GET", "/users/@me"))[0] for _ in range(3)] == [500, 500, 200]

    world.faults = [Fault("*", ".", "status", 418, times=None, body={"code": 7})]
    assert [await rest("GET", "/users/@me") for _ in range(3)] == [(418, {"code": 7})] * 3


async def test_bucket_per_channel(log_in):
    """Each channel has a rate limit of its own."""
    world = World(limits={rf"POST {POST}": (1, 0.3)}, channels=("a", "b"))
    await world.start()
    async with log_in(world, guilds=True) as client:
        started = time.monotonic()
        await asyncio.gather(client.room(world, "a").send("1"), client.room(world, "b").send("1"))
        await client.room(world, "a").send("2")
    await world.stop()

    assert 0.25 < time.monotonic() - started < 2
    assert {r.status for r in world.find("POST", POST)} == {200}


async def test_global_limit():
    """The global limit spares replies to interactions."""
    world = World(global_per_s=1)
    await world.start()
    base = f"http://127.0.0.1:{world.port}/api/v10"
    async with aiohttp.ClientSession(headers={"Authorization": "Bot x"}) as session:
        got = [(await session.get(f"{base}/users/@me")).status for _ in range(2)]
        answered = (await session.post(f"{base}/interactions/1/t/callback", json={})).status
    await world.stop()

    assert got == [200, 429]
    assert answered == 404
