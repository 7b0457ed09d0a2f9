"""Linked pages looked at again, over real HTTP."""

from datetime import timedelta

import pytest
from aiohttp import web

from bot.background.snapshots import SnapshotTaker
from bot.background.watching import LinkWatcher
from bot.fetch.fetcher import Fetcher
from bot.reading.extractor import Extractor
from tests.bot.background.test_snapshots import ARTICLE, GUILD, HOST, LocalReader, serve
from tests.bot.fetch.conftest import Site
from workflows.claims import ChangeKind, PageChange, PagePart, Stance
from workflows.desk import evidence
from workflows.desk.claim_desk import ClaimDesk
from workflows.teams import Acting

DAY = timedelta(days=1)
FALLEN = ARTICLE.replace("12,000 cars", "9,000 cars")


@pytest.fixture
async def site():
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def world(site, database, now):
    """A taker, a watcher and their clock, over a site on this machine."""
    clock, desk = [now], ClaimDesk(database)
    async with (
        Fetcher(allow_loopback=True, apart_s=0, total_s=1) as fetcher,
        Extractor(reading_s=60) as extractor,
    ):
        reader = LocalReader(fetcher, extractor)
        reader.local = site.address("").removesuffix("/")
        taker = SnapshotTaker(desk, reader, lambda: clock[0])
        yield taker, LinkWatcher(desk, reader, lambda: clock[0], DAY), clock
    desk.close()


async def test_fates(site, store, world, act, person, now, team, make_claim):
    """Gone, changed and well pages are told apart; a site in trouble or closed says nothing."""
    assert team
    taker, watcher, clock = world
    claim = make_claim("About 12,000 cars cross the bridge at Ladoga")
    paths = ["/well", "/gone", "/changed", "/down", "/closed", "/robots/a"]
    for path in paths:
        serve(site, path, ARTICLE)
        acting = Acting(GUILD, person(7), now)
        act(evidence.attach_link, acting, claim.key, HOST + path, Stance.SUPPORTS)
    while await taker.take_due():
        pass
    serve(site, "/gone", "Gone.", 410)
    serve(site, "/changed", FALLEN)
    serve(site, "/down", "Later.", 503)
    serve(site, "/closed", "Sign in.", 403)
    site.pages["/robots.txt"] = lambda _: web.Response(text="User-agent: *\nDisallow: /robots/")
    seen = []

    for _ in range(3):
        site.asked.clear()
        clock[0] += 2 * DAY
        while await watcher.look_at_due(DAY):
            pass
        links = store.evidence.of_claim(claim)
        seen.append({link.url.removeprefix(HOST): link.snapshot.change for link in links})

    assert not any(seen[0].values())
    lost = (PagePart.PASSAGE, PagePart.FIGURE)
    told = {
        "/gone": PageChange(ChangeKind.GONE),
        "/changed": PageChange(ChangeKind.CHANGED, lost=lost),
    }
    assert seen[1] == seen[2] == dict.fromkeys(paths) | told
    asked = [request.path for request in site.asked if request.path != "/robots.txt"]
    assert sorted(asked) == sorted(set(paths) - {"/robots/a"})
