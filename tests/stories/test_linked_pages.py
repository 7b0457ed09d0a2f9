"""The pages behind links, over the wire: read beside the votes, also by the next process."""

import asyncio

import pytest
from aiohttp import web

from tests.bot.fetch.conftest import Site
from tests.workflows.documents.test_pictures import draw, save
from tests.workflows.test_fact_check_search import CLAIM
from tests.workflows.test_fact_check_search import answer as found

LINK = "http://pages.example.org/bridge"
PAGE = """<!DOCTYPE html><html><head><title>Bridge closed after storm</title>
<meta property="og:site_name" content="The Harbour Post"></head><body><article>
<p>The council met on Thursday to talk about the storm, and about what it had done to roads.</p>
<p>The old bridge at Ladoga is closed to all traffic, a spokesman for the council said.</p>
<p>About 12,000 cars cross it each day, according to the transport office of the region.</p>
</article></body></html>"""


@pytest.fixture
async def site():
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


async def test_page_outlives_a_kill(opened, site, monkeypatch):
    """A process that is killed while it reads a page leaves it to the next; votes don't wait."""
    held = asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        await held.wait()
        return web.Response(text=PAGE, content_type="text/html")

    site.pages["/bridge"] = answer
    monkeypatch.setenv("http_proxy", site.address(""))  # leads the bot to this stand-in
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    copy = f"/web/20260302120000/{LINK}"
    site.redirect(f"/save/{LINK}", copy)
    monkeypatch.setenv("CORROBOT_FACT_CHECK_KEY", "k3y")
    site.pages["/v1alpha1/claims:search"] = lambda _: web.Response(body=found(CLAIM))
    tables = {
        "intake": {"proxy": True, "allow_loopback": True},
        "evidence": {
            "archive": "wayback",
            "archive_url": site.address(""),
            "fact_check_url": site.address(""),
        },
    }
    async with opened(snapshots=True, tables=tables) as newsroom:
        await newsroom.start()
        (number,) = newsroom.take_in("The bridge at Ladoga is closed")
        await newsroom.posts(number)
        await newsroom.attach("ada", number, LINK)
        await newsroom.until(lambda: site.asked, within=20)
        await newsroom.vote("ben", number, "Supported")  # while the page is being read
        await newsroom.kill()
        held.set()

        await newsroom.start()
        archived = f"([archived](<https://web.archive.org{copy}>))"
        await newsroom.until(lambda: archived in newsroom.words(number), within=90)
        assert "example.org — Bridge closed after storm" in newsroom.words(number)
        asked = [request.path for request in site.asked]
        told = await newsroom.told(await newsroom.press("ada", number, "Details"))
        (option,) = told["components"][0]["components"][0]["options"]
        form = await newsroom.choose("ada", told, option["value"])

        assert asked == ["/bridge", "/bridge", f"/save/{LINK}"]
        assert "“The old bridge at Ladoga is closed to all traffic" in newsroom.words(told)
        assert "“The old bridge at Ladoga is closed to all traffic" in str(form.answer)
        assert newsroom.number("SELECT count(*) FROM snapshots WHERE state = 'taken'") == 1

        await _ask_google(newsroom, site, told)
        await _show_picture(newsroom, site, number)
        await newsroom.until(lambda: newsroom.number("SELECT count(*) FROM watches"), within=20)
        about = await newsroom.told(await newsroom.command("ben", "privacy"))
        assert "sent to Google's search for fact-checks" in newsroom.words(about)


async def _ask_google(newsroom, site, told):
    """What Google finds is offered; where it doesn't answer, that is said."""
    checked = await newsroom.told(await newsroom.press("ben", told, "Checked before?"))
    assert "🌐 [Full Check](<https://check.example.org/bridge>), Feb 20" in newsroom.words(checked)
    assert "“The bridge is closed” — **Mostly false**" in newsroom.words(checked)
    form = await newsroom.press("ben", checked, "Add as evidence: Full Check")
    assert "https://check.example.org/bridge" in str(form.answer)
    (asked,) = (each for each in site.asked if each.path == "/v1alpha1/claims:search")
    assert asked.query["query"] == "The bridge at Ladoga is closed"
    site.pages["/v1alpha1/claims:search"] = lambda _: web.Response(status=429)
    (other,) = newsroom.take_in("The tunnel at Olden is open")
    await newsroom.posts(other)
    details = await newsroom.told(await newsroom.press("ben", other, "Details"))
    refused = await newsroom.told(await newsroom.press("ben", details, "Checked before?"))
    assert "Google's fact-check search doesn't answer" in newsroom.words(refused)


async def _show_picture(newsroom, site, number):
    """Of a picture behind a link, Details has where to look for it elsewhere."""
    site.pages["/a.png"] = lambda _: web.Response(body=save(draw(3)), content_type="image/png")
    await newsroom.attach("ada", number, "http://pages.example.org/a.png", stance="context")
    await newsroom.until(lambda: "example.org — a.png" in newsroom.words(number), within=30)
    details = await newsroom.told(await newsroom.press("ben", number, "Details"))
    searches = await newsroom.press("ben", details, "Find the picture elsewhere")
    found_at = "](<https://tineye.com/search?url=http%3A%2F%2Fpages.example.org%2Fa.png>)"
    assert f"[TinEye{found_at}" in newsroom.words(await newsroom.told(searches))
