"""The archive over real HTTP, with a stand-in that stumbles as the real one does."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background.archiving import Archiver
from bot.config.model import Archiving
from bot.fetch.fetcher import Fetcher
from workflows.archives import MINUTE
from workflows.claims import Stance
from workflows.desk import archives, evidence, snapshots
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable
from workflows.snapshots import PageRead
from workflows.teams import Acting

GUILD, URL = 1001, "https://pages.example.org/bridge"
PAGE = PageRead("Bridge closed", None, None, None, 200, "ab" * 32, None)
BEFORE = {"too many": 429, "error": 502, "never": 403}
"""The stumbles by which nothing is kept, with the status of each."""


class StandIn:
    """A Wayback Machine: `stumbles` is what happens at each asking; then all is well.

    `copies` are what it has kept; `asked` and `looked` when it was asked by the clock of the test.
    """

    def __init__(self, clock):
        self.clock, self.stumbles, self.copies, self.jobs = clock, [], [], {}
        self.asked, self.looked, self.keys = [], [], []
        app = web.Application()
        app.router.add_get("/save/status/{job}", self._job)
        app.router.add_get("/save/{url:.*}", self._save)
        app.router.add_post("/save", self._save)
        app.router.add_get("/cdx/search/cdx", self._index)
        self.server = TestServer(app, host="127.0.0.1")

    def _keep(self, url):
        self.copies.append((f"{self.clock[0]:%Y%m%d%H%M%S}", url))
        return self.copies[-1]

    async def _save(self, request):
        by_form = request.method == "POST"
        url = (await request.post())["url"] if by_form else request.path.removeprefix("/save/")
        self.asked.append(self.clock[0])
        self.keys.append(request.headers.get("Authorization"))
        stumble = self.stumbles.pop(0) if self.stumbles else None
        if stumble in BEFORE:
            return web.Response(status=BEFORE[stumble], headers={"Retry-After": "600"})
        kept = self._keep(url)
        if stumble == "error afterwards":
            return web.Response(status=520)
        if stumble == "wrong":
            return _redirect("20200101000000", "https://other.example.org/")
        if stumble == "slow":
            await asyncio.sleep(3)
        if by_form:
            self.jobs[f"spn2-{len(self.jobs)}"] = kept
            return web.json_response({"url": url, "job_id": f"spn2-{len(self.jobs) - 1}"})
        return _redirect(*kept)

    async def _job(self, request):
        at, url = self.jobs[request.match_info["job"]]
        return web.json_response({"status": "success", "timestamp": at, "original_url": url})

    async def _index(self, request):
        self.looked.append(self.clock[0])
        found = [[at, url] for at, url in self.copies if at >= request.query["from"]]
        return web.Response(text=json.dumps([["timestamp", "original"], *found]))


def _redirect(at, url):
    return web.Response(status=302, headers={"Location": f"/web/{at}/{url}"})


@pytest.fixture
async def world(database, now):
    """The stand-in, and a function that makes an archiver with a key or without."""
    clock, desk = [now.astimezone(UTC)], ClaimDesk(database)
    stand_in = StandIn(clock)
    await stand_in.server.start_server()
    async with Fetcher(allow_loopback=True, apart_s=0, total_s=0.5) as fetcher:

        def make(key=""):
            address = str(stand_in.server.make_url("")).rstrip("/")
            return Archiver(desk, fetcher, lambda: clock[0], Archiving(True, address, key))

        yield stand_in, make, desk, clock
    desk.close()
    await stand_in.server.close()


@pytest.fixture
def read_pages(act, team, make_claim, person, now):
    """Attach links whose pages were read; the claim they stand on."""
    assert team
    claim = make_claim("The bridge is closed")

    def run(*urls, **other):
        acting = Acting(GUILD, person(7), now)
        for url in urls:
            act(evidence.attach_link, acting, claim.key, url, Stance.SUPPORTS, **other)
        while waiting := act(snapshots.list_due, now):
            for due in waiting:
                act(snapshots.keep_page, due, PAGE, now)
        return claim

    return run


async def go_on(archiver, clock, hours=30):
    """Let time pass, a look every half minute at first, then every ten minutes."""
    end = clock[0] + timedelta(hours=hours)
    for _ in range(12):
        await archiver.work_due()
        clock[0] += timedelta(seconds=30)
    while clock[0] < end:
        await archiver.work_due()
        clock[0] += timedelta(minutes=10)


@pytest.mark.parametrize("key", ["", "mine:secret"])
@pytest.mark.parametrize(
    "stumbles",
    [
        [],
        ["too many", "too many"],
        ["error afterwards"],
        ["slow"],
        ["wrong"],
        ["error", "too many", "error afterwards"],
    ],
)
async def test_one_copy(world, read_pages, store, stumbles, key):
    """However the archive stumbles: one copy of each link, and its address with the link."""
    stand_in, make, _, clock = world
    stand_in.stumbles = list(stumbles)
    claim = read_pages(URL)

    await go_on(make(key), clock)

    assert [url for _, url in stand_in.copies] == [URL]
    (link,) = store.evidence.of_claim(claim)
    at, _ = stand_in.copies[0]
    assert link.snapshot.archived == f"https://web.archive.org/web/{at}/{URL}"
    assert set(stand_in.keys) == {f"LOW {key}" if key else None}


@pytest.mark.parametrize("lost", [archives.keep_reply, archives.keep_look, archives.begin_asking])
async def test_one_copy_over_kills(world, read_pages, store, monkeypatch, lost):
    """A process that ends between the answer and its keeping leaves one copy all the same."""
    stand_in, make, desk, clock = world
    stand_in.stumbles = ["error afterwards"] if lost is archives.keep_look else []
    claim, write = read_pages(URL), desk.write

    def fail(action, *args, **kwargs):
        if action is lost:
            raise Unavailable("The power went out.")
        return write(action, *args, **kwargs)

    for _ in range(2):  # the process that died, and the next that dies as well
        monkeypatch.setattr(desk, "write", fail)
        for _ in range(3):
            with suppress(Unavailable):
                await make().work_due()
            clock[0] += MINUTE
    monkeypatch.undo()
    await go_on(make(), clock)

    assert [url for _, url in stand_in.copies] == [URL]
    assert store.evidence.of_claim(claim)[0].snapshot.archived


@pytest.mark.parametrize(("key", "rate"), [("", 3), ("mine:secret", 6)])
async def test_rate(world, read_pages, key, rate):
    """No more in any minute than the archive takes, whatever waits, also over a new start."""
    stand_in, make, _, clock = world
    urls = [f"https://pages.example.org/{each}" for each in range(8)]
    read_pages(*urls)

    for _ in range(80):
        await make(key).work_due()
        clock[0] += timedelta(seconds=5)
    await go_on(make(key), clock, hours=1)

    for at in stand_in.asked:
        assert sum(at <= other < at + MINUTE for other in stand_in.asked) <= rate
    assert Counter(url for _, url in stand_in.copies) == dict.fromkeys(urls, 1)


async def test_too_many(world, read_pages):
    """After a 429, at the very first call, nothing at all is asked until it may be."""
    stand_in, make, _, clock = world
    stand_in.stumbles = ["too many"]
    read_pages(URL, URL + "2")
    begun = clock[0]

    for _ in range(60):
        await make().work_due()
        clock[0] += timedelta(seconds=30)

    calls = sorted(stand_in.asked + stand_in.looked)
    assert calls[0] == begun
    assert calls[1] >= begun + timedelta(minutes=10)


async def test_never_sent(world, read_pages, store, db):
    """Private pages, unread ones and copies in archives are not sent; a refusal ends it."""
    stand_in, make, _, clock = world
    stand_in.stumbles = ["never"]
    read_pages(URL + "private", private=True)
    claim = read_pages("https://archive.ph/aBcDe", "https://perma.cc/AB12-CD34", URL)

    await go_on(make(), clock, hours=50)

    assert len(stand_in.asked) == 1
    assert stand_in.copies == []
    assert all(link.snapshot.archived is None for link in store.evidence.of_claim(claim))
    assert db.execute("SELECT count(*) FROM captures WHERE next_try_at NOT NULL").fetchone()[0] == 0


def test_off_by_default():
    """Nothing is asked unless the host wants it."""
    assert not Archiving().is_on
