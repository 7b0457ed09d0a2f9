"""The poller over a real site: no item is lost or doubled, whatever ends in between."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background.feeds import FeedPoller
from bot.fetch.fetcher import Fetcher
from workflows.claims import FoundClaim
from workflows.desk import feeds
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.document import ReadDocument
from workflows.documents.feed_files import ParsedFeed, parse_feed
from workflows.feeds import FIRST_ITEMS, FeedTarget, FeedTerms
from workflows.teams import Acting


class Site:
    """A site whose feed gets longer; `down` pages answer that they are not there just now."""

    def __init__(self) -> None:
        self.count, self.asked, self.down = 3, 0, set[str]()
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self.server = TestServer(app, host="127.0.0.1")

    async def _answer(self, request: web.Request) -> web.Response:
        if request.path == "/feed":
            self.asked += 1
            tag = f'"{self.count}"'
            if request.headers.get("If-None-Match") == tag:
                return web.Response(status=304)
            items = "".join(
                f"<item><guid>{n}</guid><title>{n}</title><link>{self.link(f'/{n}')}</link></item>"
                for n in range(self.count, max(0, self.count - 20), -1)
            )
            text = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
            return web.Response(text=text, content_type="text/xml", headers={"ETag": tag})
        if request.path == "/robots.txt":
            raise web.HTTPNotFound
        if request.path in self.down:
            raise web.HTTPServiceUnavailable
        return web.Response(text=f"What stands at {request.path} is news number {request.path}.")

    def link(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.port}{path}"


class Claims:
    """Finds one claim in each text, at once."""

    is_stopped = False

    def __init__(self, found_claim: Callable[..., FoundClaim]) -> None:
        self._found_claim = found_claim

    async def extract_claims(self, text: str, *_: object, **__: object) -> tuple[FoundClaim, ...]:
        await asyncio.sleep(0)
        return (self._found_claim(text.strip(".")),)

    async def read_file(self, content: bytes, name: str, *_: object) -> ReadDocument:
        return ReadDocument(content.decode(), name)

    async def read_feed(self, content: bytes, address: str, *_: object) -> ParsedFeed:
        return parse_feed(content, address)


@pytest.fixture
async def polled(team, act, person, database, now, found_claim):
    """A site, the desk, and what polls once at a time of one's own choosing."""
    site = Site()
    await site.server.start_server()
    acting = Acting(team.settings.guild, person(7, manages=True), now)
    act(feeds.add_feed, acting, site.link("/feed"), FeedTerms(FeedTarget.POST, 1000))
    desk = ClaimDesk(database)
    clock = [now]

    async def poll(*, cut_after: float | None = None) -> None:
        async with Fetcher(allow_loopback=True, apart_s=0) as fetcher:
            extractor: Any = Claims(found_claim)
            poller = FeedPoller(desk, fetcher, extractor, lambda: clock[0])
            with suppress(TimeoutError):
                async with asyncio.timeout(cut_after):
                    await poller.poll_due()

    yield site, store_of(desk), poll, clock
    desk.close()
    await site.server.close()


def store_of(desk: ClaimDesk) -> Callable[[str], Any]:
    async def ask(question: str) -> Any:
        return await desk.read(lambda store: store._db.execute(question).fetchall())

    return ask


ROUNDS = 100
"""Polls in one test; 1,000 were tried as well."""


@pytest.mark.timeout(600)
async def test_polls_that_are_cut_off(polled):
    """Each item becomes one document, however often a poll is ended in the middle."""
    site, ask, poll, clock = polled
    chance = random.Random(7)  # noqa: S311  # nothing is to be secret

    for _ in range(ROUNDS):
        site.count += chance.choice((0, 0, 1, 2))
        clock[0] += timedelta(minutes=chance.choice((1, 20, 400)))
        await poll(cut_after=chance.choice((0.005, 0.01, 0.03, None)))
    clock[0] += timedelta(days=1)
    await poll()

    titles = [row[0] for row in await ask("SELECT url FROM documents ORDER BY id")]
    assert len(titles) == len(set(titles)) == site.count
    assert await ask("SELECT 1 FROM feed_items WHERE state <> 'taken'") == []


async def test_a_page_that_comes_back(polled):
    """An item whose page is not there just now is read once it is."""
    site, ask, poll, clock = polled
    site.down = {"/2"}

    await poll()
    await poll()
    assert len(await ask("SELECT 1 FROM documents")) == 2
    site.down = set()
    clock[0] += timedelta(hours=1)
    await poll()

    assert len(await ask("SELECT 1 FROM documents")) == 3


async def test_a_page_that_stays_away(polled):
    """An item whose page never comes is given up after some hours."""
    site, ask, poll, clock = polled
    site.down = {"/2"}

    for _ in range(10):
        await poll()
        clock[0] += timedelta(hours=1)

    assert [
        tuple(row) for row in await ask("SELECT item_id FROM feed_items WHERE state = 'left_out'")
    ] == [("2",)]


async def test_what_nobody_foresaw(polled, act, team, person, now, monkeypatch):
    """A feed that makes something fail in a new way is kept as failing; the next is read."""
    site, ask, poll, _ = polled
    acting = Acting(team.settings.guild, person(7, manages=True), now)
    act(feeds.add_feed, acting, site.link("/feed?second"), FeedTerms(FeedTarget.POST, 1000))
    read = Claims.read_feed

    async def fail(self: Claims, content: bytes, address: str, *_: object) -> ParsedFeed:
        if address.endswith("/feed"):
            raise ZeroDivisionError
        return await read(self, content, address)

    monkeypatch.setattr(Claims, "read_feed", fail)
    await poll()

    states = [tuple(row) for row in await ask("SELECT number, failures FROM feeds ORDER BY number")]
    assert states == [(1, 1), (2, 0)]
    assert len(await ask("SELECT 1 FROM documents")) == site.count


async def test_an_unchanged_feed(polled):
    """What has not changed is not sent again, and a feed is not asked before its time."""
    site, ask, poll, clock = polled

    await poll()
    await poll()
    assert site.asked == 1
    clock[0] += timedelta(hours=1)
    await poll()

    assert site.asked == 2
    assert len(await ask("SELECT 1 FROM documents")) == min(3, FIRST_ITEMS)
