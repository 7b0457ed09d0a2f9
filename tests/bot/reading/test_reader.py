"""What stands at a link is read as what it is, and kept under the address where it stands."""

import asyncio

import pytest
from aiohttp import web

from bot.fetch.fetcher import Fetcher
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader
from tests.bot.fetch.conftest import Site
from tests.workflows.documents.files import make_docx, make_pdf
from workflows.errors import BadInput

LINE = "The ministry said on Friday that three hundred people had crossed the old bridge."
PAGE = "<!DOCTYPE html><title>Bridge</title>{}<article><p>{}</p><p>{}</p></article>"


@pytest.fixture
async def site():
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def read():
    """Reads a link as the bot does, on this machine."""
    async with (
        Fetcher(allow_loopback=True, apart_s=0) as fetcher,
        Extractor(reading_s=60) as extractor,
    ):
        yield Reader(fetcher, extractor).read_link


def serve(site, path, content, media_type):
    site.pages[path] = lambda _: web.Response(body=content, headers={"Content-Type": media_type})
    return site.address(path)


async def test_files_behind_links(site, read):
    """A PDF, a Word file and a plain text are read as such, whatever their addresses look like."""
    pdf = serve(site, "/download", make_pdf([LINE] * 3), "application/pdf")
    word = serve(site, "/paper.docx", make_docx(LINE), "application/octet-stream")
    text = serve(site, "/notes", LINE.encode(), "text/plain; charset=utf-8")

    assert LINE in (await read(pdf)).text
    assert (await read(word)).text == LINE
    found = await read(text)
    assert (found.text, found.url) == (LINE, text)


async def test_the_encoding_a_site_says(site, read):
    """What a site says of a page's encoding stands before what the page says itself."""
    page = PAGE.format('<meta charset="utf-8">', LINE, "The café’s owner said so on Monday, too.")
    link = serve(site, "/page", page.encode("cp1252"), "text/html; charset=windows-1252")

    assert "café’s" in (await read(link)).text


async def test_encodings_that_no_page_has(site, read):
    """A site can't name an encoding that takes hours: a long page in it is read as what it is."""
    page = PAGE.format("", LINE, LINE).encode()
    hostile = page + b"a" * 700_000 + b"-" + b"aaaaaa" * 150_000
    link = serve(site, "/slow", hostile, "text/html; charset=punycode")

    async with asyncio.timeout(30):
        assert LINE in (await read(link)).text


@pytest.mark.parametrize(
    ("canonical", "is_own"), [("/2024/bridge", True), ("https://other.example/x", False)]
)
async def test_the_link_that_is_kept(site, read, canonical, is_own):
    """A page may name its own address on its site; it cannot pass for another site's page."""
    own = site.address(canonical) if is_own else canonical
    page = PAGE.format(f'<link rel="canonical" href="{own}">', LINE, LINE)
    link = serve(site, "/2024/bridge", page.encode(), "text/html")

    assert (await read(link)).url == link


@pytest.mark.parametrize(
    ("content", "media_type", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png", "a picture"),
        (b"\0\0", "video/mp4", "a video"),
        (b"a,b\n1,2\n", "text/csv", "a table"),
    ],
)
async def test_other_things_behind_links(site, read, content, media_type, said):
    """What is no text is named, and what to do instead."""
    link = serve(site, "/thing.csv" if "csv" in media_type else "/thing", content, media_type)

    with pytest.raises(BadInput, match=said):
        await read(link)


@pytest.mark.parametrize(
    "link", ["https://x.com/a/status/1", "https://www.instagram.com/p/1", "https://t.me/a/1"]
)
async def test_posts(read, link):
    """A post on a social network is not asked for: it is to be pasted."""
    with pytest.raises(BadInput, match="paste it"):
        await read(link)
