"""A world, and an unmodified discord.py logged in to it over HTTP and WebSocket."""

import asyncio
import contextlib
import warnings
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
import yarl

from bot.sandbox.world import World
from tests.expect import wait_until

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop
    import discord
    from discord import app_commands

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE." + "x" * 38


class Client(discord.Client):
    """Answers a click as `on_click` says; its commands are the test's."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
            max_ratelimit_timeout=30,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.on_click: Callable[[discord.Interaction], object] | None = None

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component and self.on_click:
            await self.on_click(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    def room(self, world: World, name: str = "votes") -> discord.TextChannel:
        return self.get_channel(int(world.channel_named(name)))


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World()
    await world.start()
    yield world
    await world.stop()


@contextlib.asynccontextmanager
async def logged_in(world: World, intents: discord.Intents) -> AsyncIterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{world.port}/api/v10")
        gateway = yarl.URL(f"ws://127.0.0.1:{world.port}/gateway/")
        patch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        client = Client(intents)
        running = asyncio.create_task(client.start(TOKEN))
        ready = asyncio.create_task(_ready(client))
        await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)
        try:
            assert ready.done(), running.exception()
            yield client
        finally:
            ready.cancel()
            await client.close()
            await asyncio.gather(running, return_exceptions=True)


async def _ready(client: Client) -> None:
    await wait_until(client.is_ready)


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with logged_in(world, discord.Intents(guilds=True, guild_messages=True)) as client:
        yield client


@pytest.fixture
def log_in():
    """`async with log_in(world, guilds=True) as client`, for other intents or worlds."""
    return lambda world, **intents: logged_in(world, discord.Intents(**intents))


@pytest.fixture
async def rest(world: World):
    """A bare request as the bot: what discord.py itself would never send."""
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def ask(method: str, path: str, body: object = None) -> tuple[int, object]:
            url = f"http://127.0.0.1:{world.port}/api/v10{path}"
            async with session.request(method, url, json=body) as answer:
                return answer.status, await answer.json() if answer.status != 204 else None

        yield ask
