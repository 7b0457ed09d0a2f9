"""Killed between the database and Discord, at each point that can be told apart from outside.

The points are numbered as between "the click came in" and "the clean-up was shown": before and
after a vote's commit (1 to 3), around a post (4 to 7), an edit (9), a digest (10), the commands
(13) and somebody's removal (14). One kill meets several of them at once.
"""

import signal
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.cli.database import open_for_writing
from bot.config.read import read_config
from bot.sandbox.faults import Fault, Limits
from workflows.desk import privacy

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        await newsroom.start()
        yield newsroom


def trouble(newsroom, kind, method, path):
    newsroom.world.faults.append(Fault(method, path, kind, times=None))


async def asked(newsroom, method, path, since):
    """Waits until the bot has asked for this, and was not answered."""
    await newsroom.until(
        lambda: [record for record in newsroom.world.find(method, path) if record.t >= since]
    )


def titles(newsroom):
    return [message["embeds"][0].get("title", "") for message in newsroom.posted()]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_killed_around_a_request(newsroom, kind):
    """Killed before or after Discord had the request, each post comes once."""
    voted, edited = newsroom.take_in(f"The dam holds, {kind}", f"The lake is full, {kind}")
    await newsroom.posts(voted, edited)
    told = await newsroom.told(await newsroom.vote("Ada", edited, "Supported"))
    newsroom.world.messages[newsroom.digest].clear()  # one that stands would not come again
    since = datetime.now(UTC).timestamp()
    card = newsroom.card(voted)

    edit = rf"/messages/{newsroom.card(edited)['id']}$"
    trouble(newsroom, kind, "PATCH", edit)
    await newsroom.press("Ada", told, "Take back")
    await asked(newsroom, "PATCH", edit, since)
    post = rf"/channels/({newsroom.digest}|{newsroom.claims})/messages$"
    trouble(newsroom, kind, "POST", post)
    await newsroom.command("owner", "digest now")
    (posted,) = newsroom.take_in(f"The road is wet, {kind}", title=f"Weather {kind}")
    for channel in (newsroom.digest, newsroom.claims):
        await asked(newsroom, "POST", f"/channels/{channel}/messages$", since)
    click = newsroom.world.click(
        newsroom.person("Ben"), card, card["components"][0]["components"][0]["custom_id"]
    )
    trouble(newsroom, kind, "POST", f"/interactions/{click.id}/")
    await asked(newsroom, "POST", f"/interactions/{click.id}/", since)
    await newsroom.kill()
    newsroom.world.faults.clear()
    await newsroom.start()

    await newsroom.posts(posted)
    assert newsroom.votes(voted) == {"Ben": "supported"}
    await newsroom.shows(voted, "1 of 3 votes")
    await newsroom.shows(edited, "0 of 3 votes")
    assert newsroom.numbers().count(posted) == 1
    assert len([title for title in titles(newsroom) if title.startswith("📄 Weather")]) == (
        1 if kind == "drop_before" else 2
    )
    await newsroom.until(lambda: len(newsroom.posted(newsroom.digest)) == 1)


async def test_killed_while_waiting(newsroom):
    """Killed while the library waits before it reports, each post comes once.

    discord.py returns from the request that empties a bucket only when the bucket is full.
    """
    (noted,) = newsroom.take_in("The mill burns")
    await newsroom.posts(noted)
    await newsroom.attach("Ada", noted, "https://wire.example.net/1", note="Page three.")
    await newsroom.shows(noted, "Page three.")
    newsroom.world.limits = Limits(
        {rf"POST /channels/{newsroom.claims}/messages$": (1, 60.0)}, None
    )
    card, before = newsroom.card(noted), len(titles(newsroom))
    (posted,) = newsroom.take_in("The pier stands", title="A pier")
    await newsroom.until(lambda: len(titles(newsroom)) == before + 1)

    button = card["components"][0]["components"][0]["custom_id"]
    newsroom.world.click(newsroom.person("Ben"), card, button)  # nobody knows how far it comes
    await newsroom.stop(signal.SIGKILL)
    assert newsroom.rows("SELECT kind FROM outbox WHERE state = 'sending'") == [("document",)]
    newsroom.world.limits = Limits(None, None)
    with open_for_writing(read_config(newsroom.config)) as store:
        ada = int(newsroom.person("Ada")["id"])
        privacy.forget_member(store, int(newsroom.world.guild_id), ada, datetime.now(UTC))
    newsroom.change("DELETE FROM marks WHERE name LIKE 'commands of %'")
    commands, told = (
        list(newsroom.world.commands["global"]),
        newsroom.world.find("PUT", "/commands$"),
    )
    await newsroom.start()

    await newsroom.posts(posted)
    assert [title for title in titles(newsroom) if title == "📄 A pier"] == ["📄 A pier"]
    await newsroom.until(lambda: "Page three." not in newsroom.words(noted))
    assert len(newsroom.world.find("PUT", "/commands$")) == len(told) + 1
    assert [each["id"] for each in newsroom.world.commands["global"]] == [
        each["id"] for each in commands
    ]
    await newsroom.vote("Ben", noted, "Supported")
    assert newsroom.votes(noted) == {"Ben": "supported"}
