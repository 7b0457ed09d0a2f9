"""Threads and forums refuse what Discord refuses, in its own codes."""

import pytest

from bot.sandbox.rules import threads
from bot.sandbox.rules.codes import ChannelFlag, ChannelType, Permission
from bot.sandbox.rules.permissions import BOT
from bot.sandbox.rules.refusals import RefusalError
from tests.expect import wait_until

CARD = {"embeds": [{"title": "#1 The bridge is closed"}]}


def tag(name, key="1", moderated=False):
    return {"id": key, "name": name, "moderated": moderated}


def forum(*tags, flags=0):
    return {"type": int(ChannelType.FORUM), "available_tags": list(tags), "flags": int(flags)}


def code(check, *arguments, **named):
    with pytest.raises(RefusalError) as refused:
        check(*arguments, **named)
    return refused.value.body["code"]


AVAILABLE = {
    "21 tags": ([tag(str(i), str(i)) for i in range(21)], 30048),
    "21 characters": ([tag("x" * 21)], 50035),
    "no name": ([tag("")], 50035),
    "one name twice": ([tag("Open"), tag("open", "2")], 40061),
}


@pytest.mark.parametrize(("tags", "refusal"), AVAILABLE.values(), ids=list(AVAILABLE))
def test_available_tags(tags, refusal):
    """A forum has at most 20 tags of 20 characters, each of its own name."""
    assert code(threads.check_available, tags) == refusal


APPLIED = {
    "unknown": (forum(tag("Open")), ["2"], 10087),
    "moderated": (forum(tag("Open", moderated=True)), ["1"], 50013),
    "none where one is needed": (forum(tag("Open"), flags=ChannelFlag.REQUIRE_TAG), [], 40067),
}


@pytest.mark.parametrize(("here", "tags", "refusal"), APPLIED.values(), ids=list(APPLIED))
def test_applied_tags(here, tags, refusal):
    """A post bears tags of its forum, and one where the forum asks for it."""
    assert code(threads.check_applied, here, tags, manages=False) == refusal


def test_thread_fields():
    """A thread has a name of 100 characters, 5 tags, and one of four lengths of rest."""
    assert code(threads.check_thread, {"name": "x" * 101}, new=True) == 50035
    assert code(threads.check_thread, {}, new=True) == 50035
    assert code(threads.check_thread, {"name": "x", "applied_tags": ["1"] * 6}, new=True) == 50035
    assert code(threads.check_thread, {"auto_archive_duration": 61}, new=False) == 50035
    threads.check_thread({"archived": True}, new=False)


def thread(archived=False, locked=False):
    return {"thread_metadata": {"archived": archived, "locked": locked}}


NOBODY = {"manages": False, "talks": True, "own": False}
CHANGES = {
    "a name while archived": (thread(archived=True), {"name": "x"}, {"manages": True}, 50083),
    "another's name": (thread(), {"name": "x"}, {}, 50013),
    "locked by its creator": (thread(), {"locked": True}, {"own": True}, 50013),
    "a locked one opened": (thread(True, True), {"archived": False}, {"own": True}, 50013),
    "opened by who may not talk": (thread(True), {"archived": False}, {"talks": False}, 50013),
}


@pytest.mark.parametrize(("there", "form", "who", "refusal"), CHANGES.values(), ids=list(CHANGES))
def test_thread_changes(there, form, who, refusal):
    """An archived thread takes no change but to be opened; locking takes Manage Threads."""
    assert code(threads.check_change, there, form, **{**NOBODY, **who}) == refusal


def test_allowed_changes():
    """Whoever may talk opens an archived thread, and its creator archives and names it."""
    threads.check_change(thread(True), {"archived": False}, **NOBODY)
    threads.check_change(thread(), {"archived": True, "name": "x"}, **{**NOBODY, "own": True})


async def test_posts_in_a_forum(world, rest):
    """A forum takes posts, not messages; the first message has the post's id."""
    here = world.add_channel("claims", ChannelType.FORUM)

    assert await refusal(rest("POST", f"/channels/{here}/messages", CARD)) == 50008
    assert await refusal(rest("POST", f"/channels/{here}/threads", {"name": "x"})) == 50006
    body = {"name": "x", "message": CARD, "auto_archive_duration": 10080}
    status, post = await rest("POST", f"/channels/{here}/threads", body)

    assert status == 201
    assert post["id"] == post["message"]["id"] == post["message"]["channel_id"]
    assert post["parent_id"] == here
    world.set_permissions(world.bot_role, BOT & ~Permission.SEND_MESSAGES)
    world.overwrite(here, world.everyone, deny=Permission.SEND_MESSAGES)
    assert await refusal(rest("POST", f"/channels/{here}/threads", body)) == 50013


async def test_tags_over_the_wire(world, rest):
    """Tags take Manage Channels; a tag taken away leaves its posts."""
    here = world.add_channel("claims", ChannelType.FORUM)
    named = {"available_tags": [{"name": "Open"}, {"name": "Closed"}]}
    _, changed = await rest("PATCH", f"/channels/{here}", named)
    opened, closed = changed["available_tags"]
    body = {"name": "x", "message": CARD, "applied_tags": [opened["id"], closed["id"]]}
    _, post = await rest("POST", f"/channels/{here}/threads", body)

    await rest("PATCH", f"/channels/{here}", {"available_tags": [closed]})

    assert world.channels[post["id"]]["applied_tags"] == [closed["id"]]
    world.overwrite(here, world.bot_role, deny=Permission.MANAGE_CHANNELS)
    assert await refusal(rest("PATCH", f"/channels/{here}", named)) == 50013


async def test_archived_and_locked(world, rest):
    """Nothing in an archived thread is edited; a locked one takes messages of moderators only."""
    here = world.add_channel("claims", ChannelType.FORUM)
    _, post = await rest("POST", f"/channels/{here}/threads", {"name": "x", "message": CARD})
    place, ada = post["id"], world.user("Ada")
    await rest("PATCH", f"/channels/{place}", {"archived": True})

    edit = rest("PATCH", f"/channels/{place}/messages/{place}", CARD)
    assert await refusal(edit) == 50083
    _, listed = await rest("GET", f"/channels/{here}/threads/archived/public")
    assert [thread["id"] for thread in listed["threads"]] == [place]
    world.say(ada, place, "I have been there")
    assert not world.channels[place]["thread_metadata"]["archived"]
    await rest("PATCH", f"/channels/{place}", {"archived": True, "locked": True})
    world.overwrite(here, world.bot_role, deny=Permission.MANAGE_THREADS)
    assert await refusal(rest("PATCH", f"/channels/{place}", {"archived": False})) == 50013
    assert await refusal(rest("POST", f"/channels/{place}/messages", CARD)) == 160005
    assert await refusal(rest("DELETE", f"/channels/{place}")) == 50013
    world.overwrite(here, world.bot_role)
    await rest("DELETE", f"/channels/{place}")
    assert place not in world.channels


async def test_thread_of_a_message(world, rest):
    """A message has one thread, and it takes Create Public Threads."""
    here = world.channel_named("votes")
    _, card = await rest("POST", f"/channels/{here}/messages", CARD)
    threads_of = f"/channels/{here}/messages/{card['id']}/threads"
    _, thread = await rest("POST", threads_of, {"name": "x"})

    assert thread["id"] == card["id"]
    assert await refusal(rest("POST", threads_of, {"name": "x"})) == 160004
    _, other = await rest("POST", f"/channels/{here}/messages", CARD)
    world.overwrite(here, world.bot_role, deny=Permission.CREATE_PUBLIC_THREADS)
    refused = rest("POST", f"/channels/{here}/messages/{other['id']}/threads", {"name": "x"})
    assert await refusal(refused) == 50013


async def test_told_of_threads(world, client, rest):
    """discord.py hears of posts, of their tags, and of what becomes of them."""
    here = world.add_channel("claims", ChannelType.FORUM)
    await rest("PATCH", f"/channels/{here}", {"available_tags": [{"name": "Open"}]})
    place = await wait_until(lambda: has_tags(client.get_channel(int(here))))
    created = await place.create_thread(name="x", content="y", applied_tags=place.available_tags)

    heard = await wait_until(lambda: client.get_channel(created.thread.id))

    assert [each.name for each in heard.applied_tags] == ["Open"]
    await heard.edit(archived=True, locked=True)
    assert [each.id async for each in place.archived_threads()] == [created.thread.id]


def has_tags(place):
    return place if place and place.available_tags else None


async def refusal(asked):
    status, body = await asked
    assert status >= 400, body
    return body["code"]
