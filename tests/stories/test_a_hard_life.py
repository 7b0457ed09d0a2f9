"""What can befall a process: each is survived, or ended with a sentence, and nothing is lost."""

import asyncio
import resource
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio

from bot.sandbox.rules.codes import CallbackType, Op
from tests.harness import buttons

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        yield newsroom


async def test_invalid_session(newsroom):
    """A session that Discord declares invalid begins anew and serves on."""
    since = len(newsroom.world.gw_log)
    newsroom.world.op(Op.INVALID_SESSION, False)

    await newsroom.until(lambda: "identify" in said(newsroom, since), within=15)

    await newsroom.until(lambda: newsroom.world.online)
    await newsroom.vote("Ada", 1, "Supported")
    assert newsroom.said().count("ready: ") == 1


@pytest.mark.parametrize(
    ("op", "d"), [(Op.RECONNECT, None), (Op.INVALID_SESSION, True)], ids=["asked to", "resumable"]
)
async def test_resumed_session(newsroom, op, d):
    """A session that is to be resumed is resumed."""
    since = len(newsroom.world.gw_log)
    newsroom.world.op(op, d)

    await newsroom.until(lambda: "resume" in said(newsroom, since), within=15)

    await newsroom.until(lambda: newsroom.world.online)
    await newsroom.vote("Ben", 1, "Refuted")
    await newsroom.vote("Ben", 1, "Supported")


async def test_burst_after_resume(
    newsroom,
):
    """Clicks that burst in after a resume count, and late ones are not answered."""
    (number,) = newsroom.take_in("The ferry runs")
    await newsroom.posts(number)
    card = newsroom.card(number)
    button = card["components"][0]["components"][0]["custom_id"]
    people = [newsroom.person(f"Person {n}") for n in range(30)]
    await newsroom.until(lambda: newsroom.world.online)
    await newsroom.world.drop_gateway()

    clicks = [
        newsroom.world.click(person, card, button, ago=20 if n % 2 else 0)
        for n, person in enumerate(people)
    ]

    await newsroom.until(lambda: len(newsroom.votes(number)) == 30, within=10)
    await newsroom.shows(number, "30 votes: ✅ Supported 30")
    paths = {record.path for record in newsroom.world.records if "/callback" in record.path}
    late = [click for n, click in enumerate(clicks) if n % 2]
    assert not any(f"/interactions/{click.id}/" in path for click in late for path in paths)


async def test_waiting_vote(newsroom):
    """A vote that waits for another process is told as under way, and confirmed once kept."""
    (number,) = newsroom.take_in("The road is wet")
    await newsroom.posts(number)
    card = newsroom.card(number)
    with closing(sqlite3.connect(newsroom.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = newsroom.world.click(newsroom.person("Ada"), card, buttons(card)["Supported"])
        answer = await asyncio.wait_for(asked.future, 4)
        held = newsroom.votes(number)
        other.execute("ROLLBACK")

    assert answer["type"] == CallbackType.THINKING
    assert held == {}
    await newsroom.shows(number, "1 of 3 votes")
    assert newsroom.votes(number) == {"Ada": "supported"}
    assert "You: **Supported**" in newsroom.words(await newsroom.told(asked))


async def test_full_disk(
    newsroom,
):
    """A full disk refuses votes with a sentence, and voting goes on when there is room."""
    pid = newsroom.process.pid
    unlimited = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    try:
        refused = await newsroom.press("Eve", 1, "Refuted")
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, unlimited)

    assert refused.answer["type"] == CallbackType.MESSAGE
    assert "Nothing was changed" in refused.answer["data"]["content"]
    assert "Eve" not in newsroom.votes(1)
    await newsroom.vote("Eve", 1, "Refuted")
    assert newsroom.votes(1)["Eve"] == "refuted"
    log = newsroom.log.read_text(encoding="utf-8")
    newsroom.log.write_text(log.replace("Traceback", "The account of it"))


async def test_removed_database(newsroom):
    """A database that is removed ends the bot, and no vote is said to be kept."""
    copy = newsroom.database.with_name("copy.db")
    assert (await newsroom.corrobot("backup", str(copy))).code == 0
    newsroom.database.unlink()

    pressed = newsroom.world.click(
        newsroom.person("Zoe"),
        newsroom.card(1),
        newsroom.card(1)["components"][0]["components"][0]["custom_id"],
    )

    await in_place_of_it(newsroom, copy)
    assert (
        "was removed or replaced while in use, so nothing more can be saved."
        in newsroom.said().splitlines()[-1]
    )
    assert pressed.answer is None or pressed.answer["type"] == CallbackType.MESSAGE
    await newsroom.start()
    assert "Zoe" not in newsroom.votes(1)


async def test_replaced_database(newsroom):
    """A database that is replaced by another ends the bot."""
    copy = newsroom.database.with_name("other.db")
    assert (await newsroom.corrobot("backup", str(copy))).code == 0

    shutil.copyfile(copy, newsroom.database.with_name("third.db"))
    newsroom.database.with_name("third.db").replace(newsroom.database)

    await in_place_of_it(newsroom, copy)
    assert "was removed or replaced" in newsroom.said()


async def in_place_of_it(newsroom, copy):
    """The bot has ended by itself, and the copy takes the place of what it had."""
    assert await newsroom.ended() == 1
    for beside in ("-wal", "-shm"):
        newsroom.database.with_name(newsroom.database.name + beside).unlink(missing_ok=True)
    copy.replace(newsroom.database)


async def test_stop_amid_everything(newsroom):
    """A stop in the middle of everything still ends well."""
    await newsroom.start()
    assert await newsroom.stop(signal.SIGINT) == 0


def said(newsroom, since):
    return [what for _, what in newsroom.world.gw_log[since:]]
