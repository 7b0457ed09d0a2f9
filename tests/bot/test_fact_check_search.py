"""The search for fact-checks over real HTTP, with a stand-in that stumbles."""

import asyncio
import json

import pytest
from aiohttp import web

from bot.config.model import FactCheckConfig
from bot.fact_check_search import FactCheckSearch
from bot.fetch.fetcher import Fetcher
from tests.bot.fetch.conftest import Site
from tests.expect import refuses
from tests.workflows.test_fact_check_search import CLAIM, REVIEW, answer
from workflows.errors import Unavailable

PATH = "/v1alpha1/claims:search"


@pytest.fixture
async def site():
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def search(site):
    async with Fetcher(allow_loopback=True, apart_s=0, total_s=0.5) as fetcher:
        yield FactCheckSearch(fetcher, FactCheckConfig(site.address(""), "k3y"))


def serve(site, body, status=200):
    site.pages[PATH] = lambda _: web.Response(body=body, status=status)


async def test_asked_once(site, search):
    """The key goes in a header, not in the address; the same claim is not asked for again soon."""
    serve(site, answer(CLAIM))

    first = await search.find("The bridge is closed")
    again = await search.find("The bridge is closed")

    assert [check.url for check in first] == [REVIEW["url"]]
    assert again == first
    (asked,) = site.asked
    assert asked.headers["X-Goog-Api-Key"] == "k3y"
    assert "k3y" not in str(asked.rel_url)


async def slow(_):
    await asyncio.sleep(2)
    return web.Response(body=answer(CLAIM))


@pytest.mark.parametrize(
    "page",
    [
        lambda _: web.Response(status=500),
        lambda _: web.Response(status=403, body=b'{"error": {"status": "PERMISSION_DENIED"}}'),
        lambda _: web.Response(status=400, body=json.dumps({"claims": [CLAIM]}).encode()),
        lambda _: web.Response(body=b"<html>Garbage"),
        lambda _: web.Response(body=b"x" * 3_000_000),
        lambda _: web.Response(status=302, headers={"Location": "http://10.0.0.1/"}),
        slow,
    ],
    ids=["error", "no right", "wrong", "garbage", "endless", "elsewhere", "slow"],
)
async def test_stumbles(site, search, page):
    """Errors, garbage, silence and redirects are one sentence, and the next asking is a new one."""
    site.pages[PATH] = page
    with refuses(Unavailable, "no-search"):
        await search.find("The bridge is closed")

    serve(site, answer(CLAIM))
    assert await search.find("The bridge is closed")


async def test_too_many(site, search):
    """After a 429 nothing is asked for a while."""
    serve(site, b"", 429)
    for _ in range(3):
        with refuses(Unavailable, "no-search"):
            await search.find("The bridge is closed")

    assert len(site.asked) == 1


async def test_no_key(site):
    """Without a key there's no search."""
    async with Fetcher() as fetcher:
        assert not FactCheckSearch(fetcher, FactCheckConfig(site.address(""))).is_on
