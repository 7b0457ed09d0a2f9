"""A digest of one's own, by direct message: received, and ended by its button or by Discord."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.sandbox.faults import Fault
from bot.sandbox.rules.codes import CallbackType

pytestmark = pytest.mark.asyncio(loop_scope="module")
CLOSED = {"code": 50007, "message": "Cannot send messages to this user"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """Ada and Ben have subscribed; Ben takes no direct messages. Both their digests are due."""
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed", "The ferry runs")
        await newsroom.start()
        await newsroom.posts(1, 2)
        await newsroom.vote("Ada", 1, "Supported")
        asked = await newsroom.command("Ada", "digest subscribe", hour="8", zone="berlin")
        assert "08:00 Europe/Berlin, in " in (await newsroom.told(asked))["content"]
        await newsroom.command("Ben", "digest subscribe", hour="08:00")
        channel = newsroom.world.direct_channel(newsroom.person("Ben")["id"])["id"]
        newsroom.world.faults.append(
            Fault("POST", f"/channels/{channel}/messages$", "status", 403, None, body=CLOSED)
        )
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        newsroom.taken = await newsroom.command("Chloé", "claim take", number="2", day=tomorrow)
        await newsroom.shows(2, "is looking into it until")
        await newsroom.stop()
        newsroom.change("UPDATE claims SET nudge_at = added_at WHERE nudge_at IS NOT NULL")
        due = datetime.now(UTC) - timedelta(minutes=1)
        newsroom.change(
            "UPDATE subscriptions SET at = ?, timezone = 'UTC', since = ?",
            f"{due:%H:%M}",
            (due - timedelta(hours=5)).isoformat(timespec="microseconds"),
        )
        await newsroom.start()
        yield newsroom


def direct(newsroom, name):
    """What stands in the direct channel to somebody."""
    channel = newsroom.world.direct_channel(newsroom.person(name)["id"])
    return newsroom.posted(channel["id"])


async def test_direct_message(newsroom):
    """A personal digest comes as a direct message, and its button ends it."""
    (message,) = await newsroom.until(lambda: direct(newsroom, "Ada"))

    said = newsroom.words(message)
    assert "Your digest · Wire · " in said
    assert "1 claim is waiting for your vote" in said
    assert "The ferry runs" in said
    assert "The bridge is closed" not in said
    opened = await newsroom.told(await newsroom.press("Ada", message, "Needs my vote"))
    assert "The ferry runs" in newsroom.words(opened)
    voted = await newsroom.press("Ada", opened, "Refuted")
    assert voted.answer["type"] == CallbackType.UPDATE
    assert "Nothing else is waiting for your vote." in newsroom.words(voted.original)
    assert newsroom.votes(2) == {"Ada": "refuted"}
    pressed = await newsroom.press("Ada", message, "Unsubscribe")
    assert (
        "You no longer get digests."
        in (await newsroom.until(lambda: pressed.followups))[0]["content"]
    )
    assert not message["components"]
    assert (
        newsroom.rows(
            "SELECT 1 FROM subscriptions WHERE channel_id = ?", int(message["channel_id"])
        )
        == []
    )


async def test_nudge(newsroom):
    """Whoever looks into a claim is reminded once by direct message, with the way to its card."""
    assert "I'll remind you once" in (await newsroom.told(newsroom.taken))["content"]

    (message,) = await newsroom.until(lambda: direct(newsroom, "Chloé"))

    assert message["content"].startswith(
        "You're looking into [**#2**](<https://discord.com/channels/"
    )
    assert newsroom.card(2)["id"] in message["content"]
    released = await newsroom.command("Chloé", "claim release", number="2")
    assert (await newsroom.told(released))["content"] == "#2 is free again."
    await newsroom.until(lambda: "looking into it" not in newsroom.words(2))


async def test_closed_messages(newsroom):
    """Closed direct messages end it, and its reader is told at their next vote."""
    await newsroom.until(
        lambda: newsroom.rows("SELECT 1 FROM subscriptions WHERE ended_at IS NOT NULL")
    )

    first = await newsroom.told(await newsroom.vote("Ben", 2, "Supported"))
    second = await newsroom.told(await newsroom.vote("Ben", 1, "Supported"))

    assert "Your own digest has ended" in first["content"]
    assert "ended" not in second["content"]
    assert direct(newsroom, "Ben") == []
    states = newsroom.rows("SELECT state FROM outbox WHERE kind = 'personal'")
    assert sorted(states) == [("gone",), ("sent",)]


async def test_completion(newsroom):
    """Hours, zones and days are completed."""

    async def offered(focused, **given):
        asked = newsroom.world.complete(
            newsroom.person("Ada"), newsroom.claims, "digest subscribe", focused, **given
        )
        await newsroom.answered(asked)
        return [choice["value"] for choice in asked.answer["data"]["choices"]]

    assert "08:00" in await offered("hour")
    assert (await offered("zone", hour="08:00"))[0] == "America/New_York"
    assert "Monday to Friday" in await offered("days", hour="08:00")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hour": "25:00"}, "\" isn't a time of day."),
        ({"hour": "8", "zone": "Atlantis"}, "\" isn't a time zone."),
        ({"hour": "8", "days": "Someday"}, "\" isn't a day of the week."),
    ],
)
async def test_wrong_values(newsroom, given, said):
    """A wrong value is named, and nothing is subscribed to."""
    before = newsroom.rows("SELECT * FROM subscriptions")

    told = await newsroom.told(await newsroom.command("Chloé", "digest subscribe", **given))

    assert said in told["content"]
    assert newsroom.rows("SELECT * FROM subscriptions") == before
