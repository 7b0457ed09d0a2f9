"""The gate all requests pass: paced, counted, and shut when Discord refuses too much."""

import asyncio
import time

import aiohttp
import pytest
from discord.http import Route

from bot.clock import TrustedClock, utc_now
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.request_limiter import REQUESTS_PER_SECOND, RequestLimiter, RequestPacer
from bot.sandbox.faults import Fault
from bot.sandbox.world import World


@pytest.fixture
async def world(monkeypatch):
    world = World()
    await world.start()
    monkeypatch.setattr(Route, "BASE", world.address("/api/v10"))
    yield world
    await world.stop()


def session(gate):
    return aiohttp.ClientSession(headers={"Authorization": "Bot x"}, trace_configs=[gate])


def clock():
    return TrustedClock(utc_now)


async def ask(session, path="/gateway", method="GET"):
    async with session.request(method, Route.BASE + path) as response:
        await response.read()
        return response.status


async def test_refusals_stop_requests(world):
    """When Discord refuses, nothing is sent until one request succeeds."""
    told = []
    gate = RequestLimiter(
        RequestPacer(1000), CircuitBreaker(most=3, rest=0.3), told.append, clock()
    )
    world.faults.append(Fault("GET", "/gateway$", "status", 403, times=3))
    async with session(gate) as http:
        for _ in range(3):
            await ask(http)
        started = time.monotonic()
        statuses = await asyncio.gather(*(ask(http) for _ in range(4)))

    assert statuses == [200] * 4
    assert time.monotonic() - started >= 0.3
    first, *others = world.records[3:]
    assert all(other.t >= first.t + first.dt for other in others)
    assert len(told) == 1


async def test_replies_are_not_held(world):
    """Replies to people are not held back, but they count."""
    gate = RequestLimiter(
        RequestPacer(1000), CircuitBreaker(most=2, rest=60), lambda _: None, clock()
    )
    world.faults.append(Fault("POST", "/interactions/", "status", 403, times=2))
    async with session(gate) as http:
        for _ in range(2):
            await ask(http, "/interactions/1/x/callback", "POST")
        async with asyncio.timeout(1):
            await ask(http, "/interactions/2/x/callback", "POST")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await ask(http)


async def test_shared_limit(world):
    """A limit that is shared with others does not count."""
    gate = RequestLimiter(
        RequestPacer(1000), CircuitBreaker(most=1, rest=60), lambda _: None, clock()
    )
    world.faults.append(Fault("GET", "/gateway$", "429", 0.1, scope="shared"))
    async with session(gate) as http:
        assert await ask(http) == 429
        async with asyncio.timeout(1):
            assert await ask(http) == 200


@pytest.mark.usefixtures("world")
async def test_every_request_is_paced():
    """Every request is paced, whoever makes it."""
    gate = RequestLimiter(RequestPacer(50), CircuitBreaker(), lambda _: None, clock())
    async with session(gate) as http:
        started = time.monotonic()
        await asyncio.gather(*(ask(http) for _ in range(10)))

    assert time.monotonic() - started >= 0.18


@pytest.mark.usefixtures("world")
async def test_age_by_discords_clock():
    """The age of a click goes by Discord's clock."""
    told = clock()
    gate = RequestLimiter(RequestPacer(1000), CircuitBreaker(), lambda _: None, told)
    assert told.ahead_s is None
    async with session(gate) as http:
        await ask(http)

    assert abs(told.ahead_s) <= 1.5


async def test_even_spacing():
    """Turns are spaced evenly below the limit."""
    pace, started = RequestPacer(a_second=100), time.monotonic()
    at = []

    async def turn():
        await pace.wait_turn()
        at.append(time.monotonic() - started)

    await asyncio.gather(*(turn() for _ in range(20)))

    assert 0.18 <= at[-1] < 1
    assert all(at[n + 10] - at[n] >= 0.08 for n in range(10))


async def test_rest_saves_nothing():
    """A rest saves up no turns."""
    pace = RequestPacer(a_second=50)
    await pace.wait_turn()
    await asyncio.sleep(0.2)
    started = time.monotonic()

    for _ in range(5):
        await pace.wait_turn()

    assert time.monotonic() - started >= 0.07


def test_below_discords_limit():
    """The limit stays below Discord's fifty requests a second."""
    assert REQUESTS_PER_SECOND < 50
