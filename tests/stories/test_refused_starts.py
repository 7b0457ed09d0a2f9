"""Starts that cannot be: one sentence, no traceback, no token, and nothing is changed."""

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault
from bot.sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER_TOKEN = "OTk5OTk5OTk5OTk5OTk5OTk5.Gother." + "y" * 38


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """A bot is serving, with one claim posted."""
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        yield newsroom


def sentence(newsroom, ran):
    """What a command that was refused has to say."""
    assert ran.code not in (0, None)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    for token in (newsroom.env["DISCORD_TOKEN"], OTHER_TOKEN):
        assert token not in ran.err
    ours = [line for line in ran.err.splitlines() if " discord.client: " not in line]
    assert len(ours) == 1, ran.err
    return ours[0]


async def test_second_bot(newsroom):
    """A second bot on the same database is refused, and the first serves on."""
    ran = await newsroom.corrobot("run")

    said = sentence(newsroom, ran)
    assert said.startswith(f"Another corrobot is serving {newsroom.database} already.")
    assert "[store] path" in said
    await newsroom.vote("Ada", 1, "Supported")


async def test_refused_token(newsroom, tmp_path):
    """A token that Discord refuses is reported."""
    newsroom_env, config = dict(newsroom.env), newsroom.config
    try:
        newsroom.env["DISCORD_TOKEN"] = OTHER_TOKEN
        newsroom.config = elsewhere(newsroom, tmp_path, newsroom.world.port)
        ran = await newsroom.corrobot("run")
    finally:
        newsroom.env, newsroom.config = newsroom_env, config

    assert sentence(newsroom, ran).startswith("Discord doesn't accept the token in DISCORD_TOKEN.")


async def test_unreachable_discord(
    opened,
):
    """An unreachable Discord is retried, and gets the commands later."""
    async with opened() as newsroom:
        port = newsroom.world.port
        await newsroom.world.stop()
        newsroom.launch()
        await newsroom.until(lambda: "reconnect in 1 s" in newsroom.said(), within=30)
        await newsroom.world.start(port)
        newsroom.world.faults += [
            Fault("GET", "/users/@me$", "status", 503),
            Fault("PUT", "/commands$", "status", 503),
        ]

        await newsroom.until(lambda: "ready: " in newsroom.said(), within=30)

        assert "reconnect in 2 s" in newsroom.said()
        await newsroom.until(lambda: "command sync: " in newsroom.said())
        assert newsroom.said().index("ready: ") < newsroom.said().index("command sync: ")
        assert not newsroom.world.faults
        assert await newsroom.stop() == 0


async def test_stop_during_outage(newsroom, tmp_path):
    """A stop while Discord is down ends well."""
    broken = World()
    await broken.start()
    broken.faults.append(Fault("*", ".", "status", 503, times=None))
    config = newsroom.config
    bot, started = newsroom._bot, newsroom._started_at
    try:
        newsroom.config = elsewhere(newsroom, tmp_path, broken.port)
        newsroom.launch()
        await newsroom.until(lambda: "reconnect in 1 s" in newsroom.said(), within=30)
        assert await newsroom.stop() == 0
    finally:
        newsroom.config, newsroom._bot, newsroom._started_at = config, bot, started
        await broken.stop()


async def test_refusing_gateway(opened):
    """A gateway that refuses at first is retried until it answers."""
    async with opened() as newsroom:
        newsroom.world.gateway_down = True
        newsroom.launch()
        await newsroom.until(lambda: "Retrying" in newsroom.said(), within=30)
        newsroom.world.gateway_down = False

        await newsroom.until(lambda: "ready: " in newsroom.said(), within=30)

        assert await newsroom.stop() == 0


def elsewhere(newsroom, folder, port):
    """The same configuration with a database of its own and Discord at another port."""
    text = newsroom.config.read_text().replace(f":{newsroom.world.port}/", f":{port}/")
    config = folder / "config.toml"
    config.write_text(text)
    return config
