"""A world that was saved comes back as it was."""

import json

import discord
import pytest

from bot.sandbox.world import World


def test_ids_stay(tmp_path):
    """Ids, people, channels and commands stay the same."""
    world = World(name="Newsroom", owner="Ada", bot="corrobot", channels=("claims",))
    role = world.role("voters")
    world.add_channel("moderators", only=(role,))
    ben = world.user("Ben", (role,))
    world.commands["global"] = [{"id": "1", "name": "help", "type": 1}]
    said = world.say(ben, world.channel_named("claims"), "hello")

    world.save(tmp_path / "world.json")
    again = World.load(tmp_path / "world.json")

    for name in ("guild_id", "app_id", "bot_role", "owner", "users", "channels", "commands"):
        assert getattr(again, name) == getattr(world, name)
    assert again.messages[said["channel_id"]] == {said["id"]: said}
    assert again.moderates(again.owner)
    assert again.sees(again.person("Ben"), again.channel_named("moderators"))


def test_failed_save(tmp_path):
    """A failed save leaves the old file."""
    world = World()
    path = tmp_path / "world.json"
    world.save(path)
    before = path.read_bytes()
    world.name = object()

    with pytest.raises(TypeError):
        world.save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_other_version(tmp_path):
    """A file of another version is refused by name."""
    path = tmp_path / "world.json"
    path.write_text(json.dumps({"version": 99}))

    with pytest.raises(ValueError, match=r"world\.json"):
        World.load(path)


async def test_restart(tmp_path, log_in):
    """A bot finds its messages and files after a restart."""
    world = World()
    await world.start()
    async with log_in(world, guilds=True) as client:
        file = discord.File(__file__, "a.csv")
        sent = await client.room(world).send("kept", file=file, nonce="n")
    await world.stop()
    world.save(tmp_path / "world.json")

    again = World.load(tmp_path / "world.json")
    await again.start()
    async with log_in(again, guilds=True) as client:
        found = await client.room(again).fetch_message(sent.id)
        repeated = await client.room(again).send("kept", nonce="n")
        assert await found.attachments[0].read()
    await again.stop()

    assert (found.content, repeated.id) == ("kept", sent.id)


async def test_private_is_not_kept(tmp_path, world, client):
    """Private and unfinished replies are not kept."""
    sent = await client.room(world).send(
        view=discord.ui.View().add_item(discord.ui.Button(label="Go"))
    )
    client.on_click = lambda i: i.response.defer(thinking=True)
    card = world.messages[str(sent.channel.id)][str(sent.id)]
    custom_id = card["components"][0]["components"][0]["custom_id"]
    await world.click(world.user("Ada"), card, custom_id).future

    world.save(tmp_path / "world.json")

    assert list(World.load(tmp_path / "world.json").messages[card["channel_id"]]) == [card["id"]]
