"""Who may what, by table: each command, button and form, for each rank; a refusal changes nothing.

Whoever is told no is told so privately, in one sentence.
"""

import sqlite3
from contextlib import closing
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from discord import AppCommandOptionType, app_commands

from bot.client import COMMANDS
from bot.rights import RIGHTS, Who
from bot.sandbox.codes import Answer, Flag
from tests.newsroom import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")

RANKS = ("Stranger", "Vera", "Mona", "owner")
"""A member without a role, a voter, a moderator, the server's owner."""
FIRST = {Who.ANYONE: 0, Who.VOTERS: 1, Who.READERS: 1, Who.MODERATORS: 2, Who.ADMINISTRATORS: 3}
"""The lowest rank that each kind of command is for."""
GIVEN = {
    "number": "1",
    "into": "2",
    "verdict": "supported",
    "query": "bridge",
    "until": f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}",
    "hour": "08:00",
    "rule": "quorum",
    "value": "5",
    "format": "csv",
    "link": "https://wire.example.net/report",
    "stance": "supports",
}
"""What a command is given where it needs something."""
REFUSALS = (
    "Only members with one of these roles take part here: ",
    "Only moderators ",
    "Only administrators of the server can do that.",
)
MOVING = ('INSERT INTO "outbox"', 'INSERT INTO "cards"')
SLASH = {
    command.qualified_name: command
    for each in COMMANDS
    if not isinstance(each, app_commands.ContextMenu)
    for command in (each.walk_commands() if isinstance(each, app_commands.Group) else [each])
}
MENUS = [each.name for each in COMMANDS if isinstance(each, app_commands.ContextMenu)]
BELOW = [(name, rank) for name in (*SLASH, *MENUS) for rank in RANKS[: FIRST[RIGHTS[name]]]]
AT = [(name, RANKS[FIRST[RIGHTS[name]]]) for name in (*SLASH, *MENUS)]
TEXT = "The minister said that the bridge is closed since Monday."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        voters, desk = newsroom.world.role("voters"), newsroom.world.role("desk")
        text = newsroom.config.read_text()
        roles = f"voter_roles = [{voters}]\nmoderator_roles = [{desk}]\nguild ="
        newsroom.config.write_text(text.replace("guild =", roles, 1))
        newsroom.person("Stranger")
        newsroom.person("Vera", voters)
        newsroom.person("Mona", desk)
        numbers = newsroom.take_in("The bridge is closed", "The dam is open", "The road is wet")
        newsroom.spoken = newsroom.world.say(newsroom.person("Vera"), newsroom.digest, TEXT)
        await newsroom.start()
        await newsroom.posts(*numbers)
        yield newsroom


def kept(newsroom):
    """Everything that is stored, but for what becomes of messages, which moves by itself."""
    address = f"{newsroom.database.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=5)) as db:
        return [line for line in db.iterdump() if not line.startswith(MOVING)]


async def asked_for(newsroom, rank, name):
    if name in MENUS:
        person = newsroom.world.owner if rank == "owner" else newsroom.person(rank)
        return await newsroom.answered(newsroom.world.menu(person, newsroom.spoken, name))
    options = {
        option.display_name: newsroom.world.upload(newsroom.claims, "news.txt", TEXT.encode())
        if option.type is AppCommandOptionType.attachment
        else GIVEN[option.display_name]
        for option in SLASH[name].parameters
        if option.required
    }
    return await newsroom.command(rank, name, **options)


async def said(newsroom, asked):
    """What somebody is told privately; a form is nothing yet."""
    if asked.answer["type"] == Answer.MODAL:
        return ""
    return newsroom.words(await newsroom.told(asked))


def refused(answer):
    """The one private sentence of a refusal."""
    assert answer["type"] == Answer.MESSAGE, answer
    assert answer["data"]["flags"] & Flag.EPHEMERAL
    return answer["data"]["content"]


@pytest.mark.parametrize(("name", "rank"), BELOW)
async def test_a_command_for_others_is_refused_and_changes_nothing(newsroom, name, rank):
    before = kept(newsroom)

    asked = await asked_for(newsroom, rank, name)

    assert refused(asked.answer).startswith(REFUSALS)
    assert kept(newsroom) == before


@pytest.mark.parametrize(("name", "rank"), AT)
async def test_a_command_is_not_refused_to_the_lowest_it_is_for(newsroom, name, rank):
    asked = await asked_for(newsroom, rank, name)

    assert not (await said(newsroom, asked)).startswith(REFUSALS)


HARMLESS = ("forget:not", "help:card")
"""Buttons that change nothing and tell nothing of a team."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def messages(newsroom):
    """Messages with every button there is, as those who may see them."""
    panel = await newsroom.told(await newsroom.command("owner", "setup"))
    manual = await newsroom.told(await newsroom.command("Stranger", "help"))
    forget = await newsroom.told(await newsroom.command("Vera", "forget-me"))
    vote = await newsroom.told(await newsroom.vote("Vera", 2, "Supported"))
    return [*deepcopy(newsroom.posted()), *map(deepcopy, (panel, manual, forget, vote))]


async def told_in_the_end(newsroom, message, custom_id):
    """What Vera gets for pressing, and, where that opens a form, for sending it filled in."""
    vera = newsroom.person("Vera")
    asked = await newsroom.answered(newsroom.world.click(vera, message, custom_id))
    if asked.answer["type"] == Answer.MODAL:
        filled = {"link": "https://wire.example.net/news", "stance": "supports", "reason": "seen"}
        asked = await newsroom.answered(newsroom.world.submit_modal(vera, asked, filled))
    return refused(asked.answer)


async def test_a_button_copied_into_a_direct_message_does_nothing(newsroom, messages):
    there = newsroom.world.direct_channel(newsroom.person("Vera")["id"])["id"]
    before = kept(newsroom)
    for message in messages:
        for custom_id in buttons(message).values():
            if custom_id not in HARMLESS:
                told = await told_in_the_end(newsroom, {**message, "channel_id": there}, custom_id)
                assert told == "This works in a server only.", custom_id

    assert kept(newsroom) == before


async def test_a_button_copied_to_another_server_opens_nothing(newsroom, messages):
    before, here = kept(newsroom), newsroom.world.guild_id
    newsroom.world.guild_id = "424242424242424242"
    try:
        for message in messages:
            for custom_id in buttons(message).values():
                if custom_id not in HARMLESS:
                    told = await told_in_the_end(newsroom, message, custom_id)
                    assert "server" in told, custom_id
    finally:
        newsroom.world.guild_id = here

    assert kept(newsroom) == before


async def test_every_command_is_offered_in_servers_only(newsroom):
    for command in newsroom.world.commands["global"]:
        assert command["contexts"] == [0], command["name"]
        assert command["integration_types"] == [0], command["name"]


async def test_where_the_bot_was_removed_nothing_is_set_up(newsroom):
    panel = deepcopy(await newsroom.told(await newsroom.command("owner", "setup")))
    before = kept(newsroom)
    owner, form = newsroom.world.owner, buttons(panel)["Channels and roles"]
    newsroom.world.expel()
    await newsroom.until(lambda: "the bot is not in server" in newsroom.said())
    try:
        asked = await newsroom.answered(newsroom.world.click(owner, panel, form))
    finally:
        newsroom.world.invite()

    assert refused(asked.answer) == "I am not in this server. Invite me to it first."
    assert kept(newsroom) == before
