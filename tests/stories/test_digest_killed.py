"""kill -9 at each step of a digest's way into its channel: it comes once, and once only."""

import signal
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """A digest has been due for a minute, of a team of nine days, so that it has a picture."""
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        due = datetime.now(UTC) - timedelta(minutes=1)
        newsroom.change(
            "UPDATE teams SET digest_at = ?, created_at = ?, digest_from = ?",
            f"{due:%H:%M}",
            (due - timedelta(days=9)).isoformat(timespec="microseconds"),
            (due - timedelta(hours=1)).isoformat(timespec="microseconds"),
        )
        yield newsroom


def state(newsroom):
    """How far the digest's post has come; None before there is one."""
    found = newsroom.rows("SELECT state FROM outbox WHERE digest_run_id IS NOT NULL")
    return found[0][0] if found else None


async def killed(newsroom, when):
    """The bot starts, and is killed as soon as this holds."""
    newsroom.launch()
    await newsroom.until(when, within=30)
    await newsroom.kill()


async def killed_at_its_arrival(newsroom):
    """Before the bot hears of it."""
    newsroom.launch()
    bot = newsroom.process

    def watch(name, event, person):
        del person
        if name == "MESSAGE_CREATE" and event["channel_id"] == newsroom.digest:
            bot.send_signal(signal.SIGKILL)

    newsroom.world.onlookers.append(watch)
    await newsroom.until(lambda: not newsroom.running, within=30)
    newsroom.world.onlookers.remove(watch)


async def test_killed_at_every_step(newsroom):
    """Killed at every step of its way, a digest comes once."""
    sending = f"/channels/{newsroom.digest}/messages$"

    await killed(newsroom, lambda: state(newsroom) == "pending")  # its picture is being drawn
    assert newsroom.posted(newsroom.digest) == []

    newsroom.world.faults.append(Fault("POST", sending, "status", 503, times=None))
    await killed(newsroom, lambda: newsroom.world.find("POST", sending))
    assert state(newsroom) == "sending"
    assert newsroom.posted(newsroom.digest) == []

    newsroom.world.faults.clear()
    await killed_at_its_arrival(newsroom)
    assert state(newsroom) == "sending"

    await newsroom.start()
    await newsroom.until(lambda: state(newsroom) == "sent", within=30)
    (digest,) = newsroom.posted(newsroom.digest)
    assert "The bridge is closed" in newsroom.words(digest)
    assert newsroom.rows("SELECT result FROM digest_runs") == [("posted",)]
