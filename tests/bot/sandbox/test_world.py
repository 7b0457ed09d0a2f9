"""What the bot finds on the wire is what Discord would give it."""

import asyncio
import io

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from bot.sandbox.rules.codes import Permission
from bot.sandbox.rules.permissions import BOT
from bot.sandbox.world import World
from tests.expect import wait_until


def two_buttons() -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Yes", custom_id="yes"))
    view.add_item(ui.Button(label="No", custom_id="no"))
    return view


@pytest.fixture
async def card(world, client):
    """A message with buttons, as the world has it."""
    sent = await client.room(world).send("vote", view=two_buttons())
    return world.messages[str(sent.channel.id)][str(sent.id)]


async def test_login(world, client):
    """A bot logs in and finds the server."""
    assert client.user.id == int(world.app_id)
    assert [c.name for c in client.guilds[0].text_channels] == ["votes"]
    assert client.guilds[0].me.guild_permissions.embed_links
    assert not world.unimplemented


async def test_json_content_type(world):
    """JSON comes with the exact content type that discord.py looks for."""
    headers = {"Authorization": "Bot x"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await session.get(f"http://127.0.0.1:{world.port}/api/v10/users/@me")

    assert answer.headers["Content-Type"] == "application/json"


async def test_message_lifecycle(world, client):
    """What is sent can be edited, fetched and deleted."""
    sent = await client.room(world).send("one", embed=discord.Embed(title="A card"))
    await sent.edit(content="two")

    assert (await client.room(world).fetch_message(sent.id)).content == "two"
    assert [m.id async for m in client.room(world).history()] == [sent.id]

    await sent.delete()

    with pytest.raises(discord.NotFound) as gone:
        await client.room(world).fetch_message(sent.id)
    assert gone.value.code == 10008


async def test_history_pages(world, client):
    """History can be read before, after and around a message."""
    room = client.room(world)
    sent = [await room.send(str(i)) for i in range(5)]

    async def words(**where):
        return [m.content async for m in room.history(limit=2, **where)]

    assert await words() == ["4", "3"]
    assert await words(before=sent[2]) == ["1", "0"]
    assert await words(after=sent[2], oldest_first=True) == ["3", "4"]


async def test_repeated_nonce(world, client):
    """A repeated nonce returns the message that was made."""
    first = await client.room(world).send("once", nonce="ob-1")
    again = await client.room(world).send("once", nonce="ob-1")

    assert first.id == again.id
    assert len(world.messages[str(first.channel.id)]) == 1
    assert world.records[-1].note == "nonce-dedup"


async def test_nonce_of_deleted(world, client):
    """A repeated nonce of a deleted message is an unknown message."""
    first = await client.room(world).send("once", nonce="ob-1")
    await first.delete()

    with pytest.raises(discord.NotFound) as gone:
        await client.room(world).send("once", nonce="ob-1")
    assert gone.value.code == 10008


async def test_click_updates_message(world, client, card):
    """A click is answered by updating the message."""
    client.on_click = lambda i: i.response.edit_message(content=f"{i.user.name} votes")

    answer = await world.click(world.user("Ada"), card, "yes")["future"]

    assert answer["type"] == 7
    assert card["content"] == "Ada votes"


async def test_unanswered_click(world, client, card):
    """A click nobody answers times out, and its token is dead."""
    world.token_window = 0.05
    later: asyncio.Queue[discord.Interaction] = asyncio.Queue()
    client.on_click = later.put

    assert await world.click(world.user("Ada"), card, "yes")["future"] == "TIMEOUT"
    with pytest.raises(discord.NotFound) as late:
        await (await later.get()).response.defer()
    assert late.value.code == 10062


async def test_second_reply(world, client, card):
    """A second reply is refused."""

    async def twice(interaction):
        await interaction.response.defer()
        interaction.response._response_type = None
        with pytest.raises(discord.HTTPException) as again:
            await interaction.response.defer()
        client.refused = again.value.code

    client.on_click = twice
    await world.click(world.user("Ada"), card, "yes")["future"]
    await asyncio.sleep(0.1)

    assert client.refused == 40060


async def test_thinking_stays_private(world, client, card):
    """A "thinking" reply becomes the answer and stays private."""

    async def think(interaction):
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="thought")
        await interaction.followup.send("and more")

    client.on_click = think
    asked = world.click(world.user("Ada"), card, "yes")
    await wait_until(lambda: asked.followups)

    assert asked.answer["type"] == 5
    assert asked.original["content"] == "thought"
    assert asked.original["flags"] == 64
    assert [m["content"] for m in asked.followups] == ["and more"]
    assert asked.followups[0]["flags"] == 0


async def test_private_replies(world, client, card):
    """Private replies are in nobody's history."""
    client.on_click = lambda i: i.response.send_message("psst", ephemeral=True)
    await world.click(world.user("Ada"), card, "yes")["future"]

    assert [m.content async for m in client.room(world).history()] == ["vote"]


async def test_form(world, client, card):
    """A form is shown, filled in and sent."""

    class Form(ui.Modal, title="Evidence"):
        note = ui.TextDisplay("Read this")
        link = ui.Label(text="Link", component=ui.TextInput(custom_id="link"))
        stance = ui.Label(
            text="It",
            component=ui.RadioGroup(
                custom_id="stance",
                options=[discord.RadioGroupOption(label=s, value=s) for s in ("for", "against")],
            ),
        )
        who = ui.Label(text="Who", component=ui.UserSelect(custom_id="who", required=False))
        proof = ui.Label(text="File", component=ui.FileUpload(custom_id="proof", required=False))

        async def on_submit(self, interaction):
            who = self.who.component.values[0].name
            content = await self.proof.component.values[0].read()
            said = [self.link.component.value, self.stance.component.value, who, content]
            await interaction.response.send_message(str(said))

    client.on_click = lambda i: i.response.send_modal(Form())
    ada = world.user("Ada")
    shown = world.click(ada, card, "yes")
    assert (await shown.future)["type"] == 9
    file = world.upload(card["channel_id"], "proof.txt", b"seen")
    for wrong in ([file, file], ["1"]):
        with pytest.raises(ValueError, match="file"):
            world.submit_modal(ada, shown, {"proof": wrong})
    sent = world.submit_modal(
        ada, shown, {"link": "https://a.b", "stance": "for", "who": [ada["id"]], "proof": [file]}
    )

    answer = await sent.future

    assert answer["data"]["content"] == "['https://a.b', 'for', 'Ada', b'seen']"


async def test_commands(world, client):
    """Commands are synced, run and completed."""
    group = app_commands.Group(name="claim", description="Claims")

    @group.command(name="list", description="Some of them")
    async def listed(i, document: str, count: int = 1, file: discord.Attachment | None = None):
        content = await file.read() if file else b""
        await i.response.send_message(f"{document} {count} {content.decode()}")

    @listed.autocomplete("document")
    async def complete(_, typed: str):
        return [app_commands.Choice(name=f"{typed} is one", value="1")]

    client.tree.add_command(group)
    await client.tree.sync()
    ada, here = world.user("Ada"), next(iter(world.channels))
    file = world.upload(here, "a.txt", b"words")

    completed = await world.complete(ada, here, "claim list", "document", document="abc").future
    answer = await world.run(ada, here, "claim list", document="d", count=3, file=file).future

    assert completed["data"]["choices"] == [{"name": "abc is one", "value": "1"}]
    assert answer["data"]["content"] == "d 3 words"


async def test_message_menu(world, client):
    """A message menu sees the words without the intent."""

    @client.tree.context_menu(name="Extract")
    async def extract(i, message: discord.Message):
        await i.response.send_message(f"found {message.content}", ephemeral=True)

    await client.tree.sync()
    ada = world.user("Ada")
    said = world.say(ada, next(iter(world.channels)), "hello")
    await wait_until(lambda: client.heard)

    answer = await world.menu(ada, said, "Extract").future

    assert client.heard[0].content == ""
    assert answer["data"]["content"] == "found hello"


async def test_message_intent(world, log_in):
    """Messages are heard only with their intent."""
    async with log_in(world, guilds=True) as deaf:
        world.say(world.user("Ada"), next(iter(world.channels)), "hello")
        await asyncio.sleep(0.1)

    assert deaf.heard == []


async def test_direct_message(world, client):
    """A direct message reaches its person."""
    ada = world.user("Ada")
    sent = await (await client.fetch_user(int(ada["id"]))).send("your digest")

    assert world.direct[ada["id"]]["id"] == str(sent.channel.id)
    assert isinstance(sent.channel, discord.DMChannel)


async def test_closed_messages(world, client):
    """A person may take no direct messages."""
    ada = world.user("Ada")
    world.no_direct.add(ada["id"])

    with pytest.raises(discord.Forbidden) as refused:
        await (await client.fetch_user(int(ada["id"]))).send("your digest")
    assert refused.value.code == 50007


async def test_requests_on_record(world, client):
    """What the bot sent stays on record as it was sent."""
    sent = await client.room(world).send("vote", view=two_buttons())
    await client.room(world).get_partial_message(sent.id).edit(content="voted")

    first, then = [r.body for r in world.records if r.method in ("POST", "PATCH")]

    assert (first["content"], then["content"]) == ("vote", "voted")
    assert "id" not in first["components"][0]
    assert [c.id for c in sent.components[0].children] == [2, 3]


async def test_files(world, client):
    """Files are kept and served at their address."""
    embed = discord.Embed(title="Chart").set_image(url="attachment://chart.png")
    files = [discord.File(io.BytesIO(b"png"), "chart.png"), discord.File(io.BytesIO(b"1"), "a.csv")]
    sent = await client.room(world).send(embed=embed, files=files)

    assert [a.filename for a in sent.attachments] == ["a.csv"]
    assert await sent.attachments[0].read() == b"1"
    assert await client.http.get_from_cdn(sent.embeds[0].image.url) == b"png"
    with pytest.raises(discord.NotFound):
        await client.http.get_from_cdn(sent.attachments[0].url[:-3] + "000")


async def test_no_unwanted_pings(world, client):
    """Nobody is pinged whom allowed_mentions leaves out."""
    ada = world.user("Ada")
    text = f"<@{ada['id']}> @everyone"
    quiet = await client.room(world).send(text)
    loud = await client.room(world).send(text, allowed_mentions=discord.AllowedMentions.all())

    assert (quiet.mentions, quiet.mention_everyone) == ([], False)
    assert ([m.name for m in loud.mentions], loud.mention_everyone) == (["Ada"], True)


@pytest.mark.parametrize(
    ("without", "code"),
    [
        (Permission.VIEW_CHANNEL, 50001),
        (Permission.SEND_MESSAGES, 50013),
        (Permission.EMBED_LINKS, 50013),
    ],
    ids=["view", "send", "embed"],
)
async def test_missing_permission(world, client, without, code):
    """A post without the permission is refused."""
    world.overwrite(world.channel_named("votes"), world.bot_role, deny=without)

    with pytest.raises(discord.Forbidden) as refused:
        await client.room(world).send(embed=discord.Embed(title="A card"))
    assert refused.value.code == code


async def test_unreadable_history(world, client):
    """Without Read Message History the past is empty."""
    await client.room(world).send("there")
    world.set_permissions(world.bot_role, BOT & ~Permission.READ_MESSAGE_HISTORY)
    world.set_permissions(world.everyone, 0)

    assert [m async for m in client.room(world).history()] == []


async def test_threads(world, client):
    """A message has one thread, and an archived one cannot be edited."""
    sent = await client.room(world).send("start")
    thread = await sent.create_thread(name="More")
    inside = await thread.send("in here")

    assert thread.id == sent.id
    with pytest.raises(discord.HTTPException) as second:
        await sent.create_thread(name="Again")
    assert second.value.code == 160004
    await thread.edit(archived=True)
    with pytest.raises(discord.HTTPException) as shut:
        await inside.edit(content="changed")
    assert shut.value.code == 50083


async def test_resumed_session(world, client):
    """A resumed session hears what it missed."""
    ada = world.user("Ada")
    await world.drop_gateway()
    world.say(ada, next(iter(world.channels)), "missed?")
    await wait_until(lambda: client.heard)

    assert any(what.startswith("replayed") for _, what in world.gw_log)
    assert len(client.heard) == 1


async def test_unknown_session(world):
    """A session nobody knows cannot resume."""
    address = f"ws://127.0.0.1:{world.port}/gateway/"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 6, "d": {"token": "x", "session_id": "1", "seq": 1}})
        told = await socket.receive_json()

    assert (told["op"], told["d"]) == (9, False)


async def test_world_with_a_token(log_in):
    """A world with a token wants that token."""
    world = World(bot_token="another")
    await world.start()

    with pytest.raises(AssertionError, match="Improper token"):
        async with log_in(world, guilds=True):
            pass
    await world.stop()


async def test_unknown_route(world, rest):
    """An unknown route is counted."""
    status, _ = await rest("GET", "/guilds/123456789/emojis")

    assert status == 404
    assert world.unimplemented == {"GET /guilds/*/emojis": 1}
