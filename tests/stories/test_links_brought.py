"""People bring links: a site's page becomes claims, or a sentence says why it does not."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.workflows.documents.files import make_pdf

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALLOWED = {"intake": {"allow_loopback": True}}
REPORT = (
    "The transport office of Ladoga said on Friday that 41 ferries had been",
    "stopped at the old bridge since March.",
)

ARTICLE = """<!DOCTYPE html><html><head><title>Bridge closed | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2024-10-18T08:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><article><h1>Bridge closed</h1>
<p>The old bridge at Ladoga was closed on Thursday, the city council said. Engineers found cracks
in two of its nine pillars, according to a report that the council published.</p>
<p>About 12,000 cars cross the bridge each day, the transport office said.</p></article>
<section class="related"><p>Nine people were killed in 1998, historians say.</p></section>
</body></html>"""


class Site:
    """A website whose answers a story changes."""

    def __init__(self) -> None:
        self.status, self.page = 200, ARTICLE
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self.server = TestServer(app, host="127.0.0.1")

    async def _answer(self, _: web.Request) -> web.Response:
        return web.Response(status=self.status, text=self.page, content_type="text/html")

    @property
    def link(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/2024/bridge"


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """A running bot that may read this machine's sites."""
    async with opened(tables=ALLOWED) as newsroom:
        await newsroom.start()
        yield newsroom


async def _told(newsroom, asked):
    """The private message that a promised answer became, once it says something final."""

    def final():
        for shown in filter(None, (asked.original, *asked.followups)):
            if shown["embeds"] or (shown["content"] and " …" not in shown["content"]):
                return shown
        return None  # nothing yet, or how far it is

    return await newsroom.until(final, within=60)


@pytest.mark.parametrize(
    ("status", "page", "said"),
    [
        (404, "", "no page at this link"),
        (403, "", "signed in"),
        (200, "<html><body><div id=app></div><script>run()</script></body></html>", "script"),
    ],
)
async def test_a_link_that_cannot_be_read(newsroom, site, status, page, said):
    """A page that can't be read is answered with what to do instead."""
    site.status, site.page = status, page
    told = await _told(newsroom, await newsroom.command("ann", "intake url", url=site.link))

    assert said in newsroom.words(told)
    assert "paste" in newsroom.words(told) or "Check the link" in newsroom.words(told)


async def test_a_link_as_a_text(newsroom, site):
    """A text that is only a link, and a message that only asks about one, are that page."""
    form = await newsroom.command("ann", "intake text")
    of_form = await _told(newsroom, await newsroom.send("ann", form, text=site.link))
    bob = newsroom.person("bob")
    message = newsroom.world.say(bob, newsroom.claims, f"Can we check this? {site.link}")
    asked = newsroom.world.menu(bob, message, "Extract claims")
    of_message = await _told(newsroom, await newsroom.answered(asked))

    assert "12,000 cars" in newsroom.words(of_form)
    assert "12,000 cars" in newsroom.words(of_message)


async def test_a_link_brought(newsroom, site):
    """A link becomes a draft with the page's own title, publisher and day, and then cards."""
    told = await _told(newsroom, await newsroom.command("ann", "intake url", url=site.link))
    preview = newsroom.words(told)
    await newsroom.press("ann", told, "Post all")
    await newsroom.until(newsroom.cards, within=15)

    assert "The Harbour Post" in preview
    assert "12,000 cars" in preview
    assert "Nine people" not in preview
    title, publisher, published, url = newsroom.rows(
        "SELECT title, publisher, published, url FROM documents"
    )[0]
    assert title.startswith("Bridge closed")
    assert (publisher, published, url) == ("The Harbour Post", "2024-10-18", site.link)


async def test_a_link_to_this_machine(opened, site):
    """In earnest, a link to this machine is refused, and nothing is asked of it."""
    async with opened() as newsroom:
        await newsroom.start()

        told = await _told(newsroom, await newsroom.command("ann", "intake url", url=site.link))
        ran = await newsroom.corrobot("intake", site.link)

        assert "port" in newsroom.words(told) or "private" in newsroom.words(told)
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert newsroom.number("SELECT count(*) FROM documents") == 0


async def test_a_link_in_the_terminal(opened, site):
    """`corrobot intake` takes a link, and needs no --guild where there is one team."""
    async with opened(tables=ALLOWED) as newsroom:
        ran = await newsroom.corrobot("intake", site.link)
        extracted = await newsroom.corrobot("extract", site.link, "--format", "jsonl")

        assert ran.code == 0, ran.err
        assert newsroom.rows("SELECT publisher FROM documents") == [("The Harbour Post",)]
        assert "12,000" in extracted.out
        assert f'"document":"{site.link}"' in extracted.out


async def test_a_changed_page(opened, site):
    """A page that changed is compared: the preview and the cards name the two figures."""
    async with opened(tables=ALLOWED) as newsroom:
        await newsroom.start()
        told = await _told(newsroom, await newsroom.command("ann", "intake url", url=site.link))
        await newsroom.press("ann", told, "Post all")
        await newsroom.until(lambda: "12,000" in str(newsroom.cards()), within=15)
        before = newsroom.number("SELECT count(*) FROM claims")

        site.page = ARTICLE.replace("12,000", "14,000")
        asked = await newsroom.command("ann", "intake url", url=f"{site.link}?utm_source=feed")
        told = await _told(newsroom, asked)
        preview = newsroom.words(told)
        await newsroom.press("ann", told, "Post all")

        assert "A newer version: 1 with another figure" in preview
        assert re.search(r"now \S* ?14,000.*; .* said \S* ?12,000", preview)
        said = re.compile(r"The document now says \S* ?14,000.*; it said \S* ?12,000")
        await newsroom.until(
            lambda: len([c for c in newsroom.cards() if said.search(newsroom.words(c))]) == 2,
            within=15,
        )
        assert newsroom.number("SELECT count(*) FROM claims") == before + 1

        pdf = newsroom.world.upload(newsroom.claims, "report.pdf", make_pdf(REPORT))
        form = await newsroom.command("ann", "intake text")
        source = "https://post.example/report"
        told = await _told(newsroom, await newsroom.send("ann", form, text=source, file=[pdf]))
        assert "41 ferries" in newsroom.words(told)
        await newsroom.press("ann", told, "Post all")
        assert newsroom.rows("SELECT url FROM documents ORDER BY id DESC LIMIT 1") == [(source,)]
        assert newsroom.rows("SELECT place FROM passages ORDER BY id DESC LIMIT 1") == [("page 1",)]

        table = newsroom.world.upload(newsroom.claims, "table.csv", b"a,b\n1,2\n")
        for fields, said in (({"file": [table]}, "is a table"), ({}, "nothing to read")):
            form = await newsroom.command("ann", "intake text")
            told = await _told(newsroom, await newsroom.send("ann", form, **fields))
            assert said in newsroom.words(told)
