"""Answers to presses: one plain request, and the library's own way where that fails."""

import time

import aiohttp
import discord
import pytest
from discord import interactions
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import async_context

from bot.clock import TrustedClock, utc_now
from bot.delivery.answers import AnswerAdapter
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.request_limiter import RequestLimiter, RequestPacer
from bot.sandbox.faults import Fault
from bot.sandbox.world import World

DONE = {"type": 6}
BUTTON = {"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}


class Pressed:
    """A button that somebody has pressed, and what answers it."""

    def __init__(self, world: World, session: aiohttp.ClientSession) -> None:
        self.world, self.session = world, session
        self.breaker = CircuitBreaker(most=1, rest=60)
        self.clock = TrustedClock(utc_now)
        self.adapter = AnswerAdapter(
            RequestLimiter(RequestPacer(1000), self.breaker, lambda _: None, self.clock)
        )

    async def press(self):
        channel = next(iter(self.world.channels))
        form = {"content": "?", "components": [{"type": 1, "components": [BUTTON]}]}
        path = f"{Route.BASE}/channels/{channel}/messages"
        async with self.session.post(path, json=form) as posted:
            message = await posted.json()
        return self.world.click(self.world.user("Ada"), message, "yes")

    async def answer(self, payload):
        pressed = await self.press()
        told = await self.adapter.create_interaction_response(
            int(pressed.id),
            pressed.token,
            session=self.session,
            params=MultipartParameters(payload=payload, multipart=None, files=None),
        )
        return told, pressed.answer

    def requests(self):
        return self.world.find("POST", "/callback")


@pytest.fixture
async def pressed(monkeypatch):
    world = World()
    await world.start()
    monkeypatch.setattr(Route, "BASE", world.address("/api/v10"))
    async with aiohttp.ClientSession(headers={"Authorization": "Bot x"}) as session:
        yield Pressed(world, session)
    await world.stop()


def test_library_takes_adapter():
    """The library asks this variable for its adapter; look again with each new version of it."""
    assert interactions.async_context is async_context
    assert discord.version_info[:2] == (2, 7)


@pytest.mark.parametrize("payload", [DONE, {"type": 7, "data": {"content": "It is."}}])
async def test_one_plain_request(pressed, payload):
    """Done, and a changed message, are answered by one request that asks for nothing back."""
    _, answer = await pressed.answer(payload)

    assert answer == payload
    assert [each.status for each in pressed.requests()] == [204]
    assert pressed.clock.is_known


async def test_new_message_is_told(pressed):
    """Of a message that an answer makes, the library is told as ever."""
    told, _ = await pressed.answer({"type": 4, "data": {"content": "It is."}})

    assert told["resource"]["message"]["content"] == "It is."


async def test_failed_answer_is_repeated(pressed):
    """An answer that Discord fails at is repeated the library's way."""
    pressed.world.faults.append(Fault("POST", "/callback", "status", 500))

    _, answer = await pressed.answer(DONE)

    assert answer == DONE
    assert [each.status for each in pressed.requests()] == [500, 200]


async def test_held_back_answer_waits(pressed):
    """An answer that Discord holds back waits as long as it says, and counts as refused."""
    pressed.world.faults.append(Fault("POST", "/callback", "429", 0.2))

    _, answer = await pressed.answer(DONE)

    first, second = pressed.requests()
    assert answer == DONE
    assert second.t >= first.t + 0.2
    assert pressed.breaker.wait(time.monotonic()) > 0


async def test_barred_address_is_raised(pressed):
    """Where an address is barred, nothing is asked for again."""
    pressed.world.faults.append(Fault("POST", "/callback", "429", 500, via=False))

    with pytest.raises(discord.HTTPException):
        await pressed.answer(DONE)

    assert len(pressed.requests()) == 1


async def test_refused_answer_is_raised(pressed):
    """A refusal is raised as the library raises it."""
    pressed.world.faults.append(Fault("POST", "/callback", "status", 404, times=2))

    with pytest.raises(discord.NotFound):
        await pressed.answer(DONE)
