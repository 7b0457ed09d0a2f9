"""A site's feed is read on a schedule: each new item once, whatever ends in between."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

PAGE = """<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The city council closed the {title} bridge on Thursday, the council said.</p>
<p>About {number}00 cars cross the {title} bridge each day, the transport office said.</p>
</article></body></html>"""


class Site:
    """A website with a feed of its pages, by their titles."""

    def __init__(self) -> None:
        self.titles = ["Ladoga", "Irtysh"]
        self.asked: list[str] = []
        self.told: list[str] = []
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        app.router.add_post("/hook", self._take)
        self.server = TestServer(app, host="127.0.0.1")

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        title = request.path.strip("/")
        if title == "feed":
            return web.Response(text=self._feed(), content_type="application/rss+xml")
        if title not in self.titles:
            raise web.HTTPNotFound
        number = self.titles.index(title) + 3
        return web.Response(text=PAGE.format(title=title, number=number), content_type="text/html")

    async def _take(self, request: web.Request) -> web.Response:
        assert request.headers["webhook-signature"].startswith("v1,")
        self.told.append((await request.json())["type"])
        return web.Response(status=204)

    def _feed(self) -> str:
        items = "".join(
            f"<item><guid>{title}</guid><title>{title}</title><link>{self.link(title)}</link></item>"
            for title in reversed(self.titles)
        )
        return f"<rss version='2.0'><channel><title>The Post</title>{items}</channel></rss>"

    def link(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.port}/{path}"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


ALLOWED = {"intake": {"allow_loopback": True}}


async def test_a_feed_in_the_terminal(opened, site):
    """Items are read once; a later poll brings what is new; pausing and removing end it."""
    async with opened(tables=ALLOWED) as newsroom:
        added = await newsroom.corrobot("feed", "add", site.link("feed"))
        first = await newsroom.corrobot("feed", "poll")
        listed = await newsroom.corrobot("feed", "list")
        titles = newsroom.rows("SELECT title FROM documents ORDER BY id")
        newsroom.change("UPDATE feeds SET next_poll_at = '2020-01-01T00:00:00+00:00'")
        site.titles.append("Yenisei")
        again = await newsroom.corrobot("feed", "poll")
        paused = await newsroom.corrobot("feed", "pause", "1")
        removed = await newsroom.corrobot("feed", "remove", "1")
        no_feed = await newsroom.corrobot("feed", "add", site.link("Ladoga"))

        assert (added.code, added.out) == (0, "Feed 1 was added: The Post\n")
        assert first.out == "2 items were read.\n"
        assert "The Post" in listed.out
        assert sorted(titles) == [("Irtysh",), ("Ladoga",)]
        assert again.out == "1 item was read.\n"
        assert newsroom.number("SELECT count(*) FROM documents") == 3
        assert (paused.code, removed.code) == (0, 0)
        assert (no_feed.code, no_feed.err.count("\n")) == (2, 1)
        assert "isn't a feed" in no_feed.err
        assert newsroom.number("SELECT count(*) FROM feeds") == 0


async def test_a_feed_in_discord(opened, site):
    """A moderator adds a feed, which the running bot reads once, and a webhook, which is told.

    It is killed in between.
    """
    async with opened(tables=ALLOWED) as newsroom:
        await newsroom.start()
        stranger = await newsroom.told(
            await newsroom.command("ann", "feed add", url=site.link("feed"), target="post")
        )
        owner = newsroom.world.people()[0]["username"]
        added = await newsroom.told(
            await newsroom.command(owner, "feed add", url=site.link("feed"), target="post")
        )
        hook = await newsroom.told(
            await newsroom.command(owner, "webhook add", url=site.link("hook"), new=True)
        )
        tested = await newsroom.told(await newsroom.press(owner, hook, "Send a test"))
        await newsroom.kill()
        await newsroom.start()
        await newsroom.until(
            lambda: newsroom.number("SELECT count(*) FROM documents") == 2, within=100
        )
        await newsroom.until(newsroom.cards, within=15)
        listed = await newsroom.told(await newsroom.command(owner, "feed list"))

        posted = newsroom.number("SELECT count(*) FROM events WHERE kind = 'claim_added'")
        await newsroom.until(lambda: site.told.count("claim.new") >= posted, within=15)
        hooks = await newsroom.told(await newsroom.command(owner, "webhook list"))

        assert "whsec_" in newsroom.words(hook)
        assert "accepted the test message" in newsroom.words(tested)
        assert "last message" in newsroom.words(hooks)
        assert "whsec_" not in newsroom.words(hooks)
        assert set(site.told) == {"test", "claim.new"}
        assert "Only moderators" in newsroom.words(stranger)
        assert "Feed 1" in newsroom.words(added)
        assert "The Post" in newsroom.words(listed)
        assert site.asked.count("/Ladoga") <= 2
        assert newsroom.number("SELECT count(*) FROM feed_items WHERE state = 'taken'") == 2
