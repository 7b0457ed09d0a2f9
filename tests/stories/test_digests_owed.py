"""A digest whose hour passed while nothing ran: posted once if not too late, else told of."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """A claim waits for votes; no bot has run yet."""
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed", "The ferry runs")
        yield newsroom


async def nothing_made(newsroom):
    """The bot is down, and no digest was made so far."""
    if newsroom.running:
        await newsroom.stop()
    newsroom.change("DELETE FROM outbox WHERE digest_run_id IS NOT NULL")
    newsroom.change("DELETE FROM digest_runs")
    newsroom.world.messages[newsroom.digest].clear()


def missed(newsroom, late):
    """The digest was due so long ago, the first for a team nine days old. The date it owes."""
    due = datetime.now(UTC) - late
    newsroom.change(
        "UPDATE teams SET digest_at = ?, created_at = ?, digest_from = ?",
        f"{due:%H:%M}",
        (due - timedelta(days=9)).isoformat(timespec="microseconds"),
        (due - timedelta(hours=1)).isoformat(timespec="microseconds"),
    )
    return f"{due:%Y-%m-%d}"


def runs(newsroom):
    return newsroom.rows("SELECT kind, local_date, result FROM digest_runs")


async def test_missed_is_posted(newsroom):
    """A digest missed by less than six hours is posted once at the next start."""
    await nothing_made(newsroom)
    day = missed(newsroom, timedelta(hours=5, minutes=50))

    await newsroom.start()

    (digest,) = await newsroom.until(lambda: newsroom.posted(newsroom.digest))
    assert digest["embeds"][0]["title"].startswith("Daily digest · ")
    assert "This digest is late: it was due <t:" in newsroom.words(digest)
    assert "The bridge is closed" in newsroom.words(digest)
    assert runs(newsroom) == [("daily", day, "posted")]
    (picture,) = digest["attachments"]
    assert (picture["filename"], picture["content_type"]) == ("claims-by-day.png", "image/png")
    assert picture["description"].startswith("Open and decided claims by day")
    needed = await newsroom.told(await newsroom.press("Ada", digest, "Needs my vote"))
    assert "The ferry runs" in newsroom.words(needed)

    await newsroom.stop()
    await newsroom.start()
    asked = await newsroom.told(await newsroom.command("Ada", "digest preview"))

    assert "The next digest is due" in asked["content"]
    assert newsroom.posted(newsroom.digest) == [digest]
    assert runs(newsroom) == [("daily", day, "posted")]


async def test_terminal_formats(newsroom):
    """The terminal prints a digest as a page or as Markdown."""
    guild = newsroom.world.guild_id

    page = await newsroom.corrobot("digest", "--guild", guild, "--preview", "--format", "html")
    text = await newsroom.corrobot("digest", "--guild", guild, "--format", "markdown")

    assert page.out.startswith("<!doctype html>")
    assert "The bridge is closed" in page.out
    assert 'alt="Open and decided claims by day' in page.out
    assert text.out.startswith("# Daily digest · ")
    assert text.err.startswith("The digest of ")


async def test_missed_is_skipped(newsroom):
    """A digest missed by more is recorded as skipped and named in the next."""
    await nothing_made(newsroom)
    day = missed(newsroom, timedelta(hours=6, minutes=10))

    await newsroom.start()

    await newsroom.until(lambda: runs(newsroom))
    assert runs(newsroom) == [("daily", day, "skipped")]
    next_one = await newsroom.told(await newsroom.command("Ada", "digest preview"))
    assert "No digest was posted on" in newsroom.words(next_one)
    assert newsroom.posted(newsroom.digest) == []


async def test_paused_by_moderators(newsroom):
    """Moderators pause the digest, and everybody sees when it comes."""
    if not newsroom.running:
        await newsroom.start()
    until = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"

    refused = await newsroom.told(await newsroom.command("Ada", "digest pause", until=until))
    paused = await newsroom.told(await newsroom.command("owner", "digest pause", until=until))
    seen = await newsroom.told(await newsroom.command("Ada", "digest preview"))
    resumed = await newsroom.told(await newsroom.command("owner", "digest resume"))

    assert refused["content"] == "Only moderators can do that."
    assert "days. It is paused until then." in paused["content"]
    assert paused["content"] in seen["content"]
    assert "paused" not in resumed["content"]
    assert " UTC, in " in resumed["content"]
