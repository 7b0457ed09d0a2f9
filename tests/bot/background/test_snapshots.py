"""Pages behind links, read over real HTTP, kept once whatever happens in between."""

import gzip
from collections import Counter
from datetime import timedelta
from hashlib import sha256

import pytest
from aiohttp import web

from bot.background.snapshots import SnapshotTaker
from bot.fetch.fetcher import Fetcher
from bot.page_copies import CopyFolder
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader
from tests.bot.fetch.conftest import Site
from tests.expect import refuses
from tests.workflows.documents.test_pictures import bomb, draw, save
from workflows.claims import SnapshotState, Stance
from workflows.desk import evidence, snapshots
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable
from workflows.snapshots import hash_page
from workflows.teams import Acting

GUILD, HOST = 1001, "https://pages.example.org"
ARTICLE = """<!DOCTYPE html><html><head><title>Bridge closed after storm</title>
<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Ada Reyes">
<meta property="article:published_time" content="2026-02-18T08:00:00Z"></head><body>
<article><h1>Bridge closed after storm</h1>
<p>The council met on Thursday to talk about the storm, and about what it had done to roads.</p>
<p>The old bridge at Ladoga is closed to all traffic, a spokesman for the council said.</p>
<p>About 12,000 cars cross it each day, according to the transport office of the region.</p>
</article></body></html>"""


class LocalReader(Reader):
    """Finds the pages of one host on this machine."""

    local = ""

    async def read_evidence(self, address, *args, **kwargs):
        return await super().read_evidence(address.replace(HOST, self.local), *args, **kwargs)


@pytest.fixture
async def site():
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def world(site, database, now, tmp_path):
    """A desk, and a taker whose clock runs, over a site on this machine."""
    clock, desk = [now], ClaimDesk(database)
    async with (
        Fetcher(allow_loopback=True, apart_s=0) as fetcher,
        Extractor(reading_s=60) as extractor,
    ):
        reader = LocalReader(fetcher, extractor)
        reader.local = site.address("").removesuffix("/")
        copies = CopyFolder(tmp_path / "copies", 100_000)
        yield SnapshotTaker(desk, reader, lambda: clock[0], copies=copies), desk, clock
    desk.close()


@pytest.fixture
def attach(act, person, now, team, make_claim):
    assert team
    claim = make_claim("The Ladoga bridge is closed")

    def run(*paths):
        acting = Acting(GUILD, person(7), now)
        for path in paths:
            act(evidence.attach_link, acting, claim.key, HOST + path, Stance.SUPPORTS)
        return claim

    return run


def serve(site, path, text, status=200):
    site.pages[path] = lambda _: web.Response(text=text, status=status, content_type="text/html")


async def test_what_is_kept(site, store, world, attach):
    """Title, site, author, date, status, the text's hash and what the page says on the claim."""
    serve(site, "/bridge", ARTICLE)
    claim = attach("/bridge")
    taker, _, _ = world

    assert await taker.take_due() == 1
    assert await taker.take_due() == 0

    (link,) = store.evidence.of_claim(claim)
    shot = link.snapshot
    assert (shot.title, shot.site) == ("Bridge closed after storm", "The Harbour Post")
    assert (shot.author, shot.published.isoformat()) == ("Ada Reyes", "2026-02-18")
    assert shot.passage.text.startswith("The old bridge at Ladoga is closed")
    assert shot.status == 200
    assert len(shot.sha256) == len(hash_page(""))
    assert len(site.asked) == 1


async def test_each_by_itself(site, store, world, attach):
    """Walls, missing pages, posts, private networks and dead sites are sentences of their own."""
    serve(site, "/bridge", ARTICLE)
    serve(site, "/members", "Sign in.", 403)
    serve(site, "/gone", "Gone.", 410)
    serve(site, "/down", "Later.", 503)
    site.redirect("/inside", "http://10.0.0.1/secret")
    claim = attach("/bridge", "/members", "/gone", "/down", "/inside")
    taker, _, _ = world

    while await taker.take_due():
        pass

    found = {link.url.removeprefix(HOST): link.snapshot for link in store.evidence.of_claim(claim)}
    assert {path: (shot.state, shot.status) for path, shot in found.items()} == {
        "/bridge": (SnapshotState.TAKEN, 200),
        "/members": (SnapshotState.REFUSED, 403),
        "/gone": (SnapshotState.REFUSED, 410),
        "/down": (SnapshotState.WAITING, None),
        "/inside": (SnapshotState.REFUSED, None),
    }
    assert "signed in" in found["/members"].refusal.sentence


async def test_kept_once_over_kills(site, store, world, attach, monkeypatch):
    """A process that ends between the page and its keeping reads it again, and keeps it once."""
    serve(site, "/bridge", ARTICLE)
    claim = attach("/bridge")
    taker, desk, clock = world
    write = desk.write

    def fail(action, *args, **kwargs):
        if action is snapshots.keep_page:
            raise Unavailable("The power went out.")
        return write(action, *args, **kwargs)

    monkeypatch.setattr(desk, "write", fail)
    with refuses(Unavailable):
        await taker.take_due()
    monkeypatch.undo()
    assert await taker.take_due() == 1

    clock[0] += timedelta(days=30)
    assert await taker.take_due() == 0
    assert store.evidence.of_claim(claim)[0].snapshot.at == clock[0] - timedelta(days=30)
    assert Counter(request.path for request in site.asked) == {"/bridge": 2}


async def test_pictures(site, store, world, attach):
    """A picture behind a link is known by its hashes; one that claims to be huge is refused."""
    for path, content in (("/a.png", save(draw(1))), ("/bomb.png", bomb(60_000, 60_000))):
        site.pages[path] = lambda _, body=content: web.Response(body=body, content_type="image/png")
    claim = attach("/a.png", "/bomb.png")
    taker, _, _ = world

    await taker.take_due()

    one, other = store.evidence.of_claim(claim)
    assert (one.snapshot.state, one.snapshot.title) == (SnapshotState.TAKEN, "a.png")
    assert (one.picture.read.width, one.picture.read.height) == (640, 420)
    assert one.picture.read.sha256 == one.snapshot.sha256
    assert (other.snapshot.state, other.picture) == (SnapshotState.REFUSED, None)
    assert "million pixels" in other.snapshot.refusal.sentence


async def test_own_copies(site, store, world, attach, act, person, now, tmp_path):
    """Each page that is read is copied once, and its file goes with its link."""
    serve(site, "/bridge", ARTICLE)
    serve(site, "/members", "Sign in.", 403)
    claim = attach("/bridge", "/members")
    taker, _, _ = world
    await taker.take_due()

    shown = {link.url.removeprefix(HOST): link for link in store.evidence.of_claim(claim)}
    (file,) = (tmp_path / "copies").iterdir()
    assert shown["/bridge"].snapshot.copy_name == file.name
    assert shown["/bridge"].snapshot.copy_sha256 == sha256(file.read_bytes()).hexdigest()
    assert "The old bridge at Ladoga is closed" in gzip.decompress(file.read_bytes()).decode()

    await taker.tidy()
    assert file.exists()
    acting = Acting(GUILD, person(7), now)
    act(evidence.remove_link, acting, claim.key, shown["/bridge"].key)
    taker._tidied_at = float("-inf")
    await taker.tidy()
    assert not file.exists()
