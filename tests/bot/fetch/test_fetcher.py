"""The one fetcher, over real HTTP: what it brings, what it refuses, and how it behaves."""

import asyncio
import gzip
import resource
import time
import zlib
from itertools import pairwise

import brotli
import pytest
from aiohttp import web

from bot.fetch.fetcher import Fetcher, Validators
from tests.bot.fetch.conftest import Names
from tests.expect import refuses
from workflows.errors import BadInput, CorrobotError, Unavailable

DISGUISES = (
    *("http://127.0.0.1:{port}/", "http://127.0.0.2:{port}/", "http://localhost:{port}/"),
    *("http://LOCALHOST:{port}/", "http://localhost.:{port}/", "http://127.0.0.1.:{port}/"),
    *("http://[::1]:{port}/", "http://[::]:{port}/", "http://[0:0:0:0:0:0:0:1]:{port}/"),
    *("http://[::ffff:127.0.0.1]:{port}/", "http://[::ffff:7f00:1]:{port}/"),
    *("http://[::127.0.0.1]:{port}/", "http://[64:ff9b::127.0.0.1]:{port}/"),
    *("http://[2002:7f00:1::]:{port}/", "http://[::1%25lo]:{port}/", "http://0:{port}/"),
    *("http://0.0.0.0:{port}/", "http://127.1:{port}/", "http://127.0.1:{port}/"),
    *("http://2130706433:{port}/", "http://0x7f000001:{port}/", "http://0x7f.0.0.1:{port}/"),
    *("http://0x7F.1:{port}/", "http://0177.0.0.1:{port}/", "http://017700000001:{port}/"),
    *("http://0177.0.0.01:{port}/", "http://127.0.0.0x1:{port}/", "http://00000127.0.0.1:{port}/"),
    *("http://4294967295:{port}/", "http://127.0.0.1%2e:{port}/", "http://%31%32%37.0.0.1:{port}/"),
    *("http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/", "http://１２７.0.0.1:{port}/"),
    *("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/", "http://localhost%00:{port}/", "http://lo\u00adcalhost:{port}/"),
    *("http://user@127.0.0.1:{port}/", "http://user:word@127.0.0.1:{port}/"),
    *("http://@127.0.0.1:{port}/", "http://:@127.0.0.1:{port}/", "http://example.com@127.0.0.1/"),
    *("http://example.com:80@127.0.0.1:{port}/", "http://127.0.0.1:{port}#@example.com/"),
    *("http://example.com\\@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@example.com/"),
    *("http:/127.0.0.1:{port}/", "http:127.0.0.1:{port}/", "http:///127.0.0.1:{port}/"),
    *("//127.0.0.1:{port}/", "127.0.0.1:{port}/", "https://127.0.0.1:{port}/"),
    *("ftp://127.0.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x"),
    *("data:text/html,hello", "javascript:alert(1)", "unix:/var/run/docker.sock", "dict://a:1/"),
    *(
        "http://127.0.0.1:{port}/\r\nX: y",
        "http://127.0.0.1 :{port}/",
        "http://127.0.0.1\t:{port}/",
    ),
    *("http://127.0.0.1:99999/", "http://127.0.0.1:-1/", "http://127.0.0.1:{port}", "http://", ""),
    *("http://10.0.0.1/", "http://192.168.0.1/", "http://172.16.0.1/", "http://100.64.0.1/"),
    *("http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[fe80::1]/"),
    *("http://[fe80::1%25eth0]/", "http://224.0.0.1/", "http://[ff02::1]/", "http://240.0.0.1/"),
    *(
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://router/",
        "http://x.lan/",
    ),
    *("http://8.8.8.8:22/", "http://8.8.8.8:25/", "http://8.8.8.8:6379/", "http://8.8.8.8:{port}/"),
)


@pytest.mark.parametrize("disguise", DISGUISES)
async def test_disguised_addresses(site, stranger, connections, disguise):
    """No spelling of a private address is connected to; each is answered with a sentence."""
    site.page("/", "secret")

    with pytest.raises(BadInput) as refused:
        await stranger.fetch(disguise.format(port=site.server.port))

    assert str(refused.value).endswith(".")
    assert not (site.asked)
    assert not connections


PLAIN = ("http://127.0.0.1:{port}", "https://127.0.0.1:", "//127.0.0.1:")
"""This machine in its plain form, which is allowed where loopback is."""


@pytest.mark.parametrize(
    "disguise", [each for each in DISGUISES if not each.startswith(PLAIN) or "\\" in each]
)
async def test_redirects_to_disguises(site, fetcher, disguise):
    """A redirect is checked as the address itself is, with loopback allowed or not."""
    there = disguise.format(port=1)
    here = site.redirect("/", there)

    with pytest.raises(CorrobotError):
        await fetcher.fetch(here)

    assert {request.path for request in site.asked} <= {"/", "/127.0.0.1:1/"}


@pytest.mark.parametrize(
    "answer", ["127.0.0.1", "10.0.0.1", "::1", "8.8.8.8 127.0.0.1", "::ffff:7f00:1"]
)
async def test_names_that_lead_inside(site, connections, answer):
    """A name is refused as soon as one of its addresses is private."""
    async with Fetcher(resolver=Names(answer), apart_s=0) as fetcher:
        with refuses(BadInput, "private-network"):
            await fetcher.fetch("http://innocent.example.com:8080/")

    assert not (site.asked)
    assert not connections


async def test_rebinding(site, connections):
    """A name that leads inside only when it is connected to is looked up once, and no more."""
    names = Names("192.0.2.1", "127.0.0.1")
    async with Fetcher(resolver=names, apart_s=0, total_s=3) as fetcher:
        with refuses(BadInput, "private-network"):
            await fetcher.fetch("http://rebind.example.com:8080/")

    assert names.answers == ["127.0.0.1"]
    assert "127.0.0.1" not in connections
    assert not site.asked


async def test_a_page(site, fetcher):
    """What a page holds comes with its kind, its last address and who asked for it."""
    site.redirect("/old", "/new?x=a%26b")
    site.page("/new", "<p>Grüße</p>", **{"Content-Type": "text/html; charset=utf-8"})

    found = await fetcher.fetch(site.address("/old"))

    assert found.content.decode() == "<p>Grüße</p>"
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.url == site.address("/new?x=a%26b")
    agent = site.asked[0].headers["User-Agent"]
    assert agent.startswith("Corrobot/")
    assert "desk@example.org" in agent


async def test_redirects_end(site, fetcher):
    """Five redirects are followed, a sixth is not."""
    for number in range(7):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.page("/5", "here")
    assert (await fetcher.fetch(site.address("/0"))).content == b"here"

    site.redirect("/5", "/6")
    with refuses(BadInput, "endless-redirects"):
        await fetcher.fetch(site.address("/0"))


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, BadInput, "sign-in"),
        (403, BadInput, "sign-in"),
        (402, BadInput, "not-free"),
        (404, BadInput, "no-page"),
        (410, BadInput, "no-page"),
        (418, BadInput, "no-programs"),
        (429, Unavailable, "not-now"),
        (451, BadInput, "not-free"),
        (500, Unavailable, "not-now"),
        (503, Unavailable, "not-now"),
    ],
)
async def test_refusals(site, fetcher, status, error, code):
    """A status that is not the page becomes a sentence that says what to do instead."""
    site.pages["/"] = lambda _: web.Response(status=status, text="no")

    with refuses(error, code):
        await fetcher.fetch(site.address("/"))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", lambda content: brotli.compress(content, quality=5)),
    ],
)
async def test_bombs(site, fetcher, encoding, pack):
    """A packed answer is unpacked no further than the limit, whatever it would become."""
    packed = pack(bytes(300_000_000))
    site.pages["/"] = lambda _: web.Response(body=packed, headers={"Content-Encoding": encoding})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    began = time.monotonic()
    with refuses(BadInput, "too-large"):
        await fetcher.fetch(site.address("/"))

    assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes


async def test_an_endless_answer(site, fetcher):
    """An answer that says nothing of its size ends at the limit too."""

    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(bytes(1 << 16))

    site.pages["/"] = endless

    with refuses(BadInput, "too-large"):
        await fetcher.fetch(site.address("/"))


async def test_a_dripping_answer(site):
    """A site that sends a byte now and then is not waited for longer than the limit."""

    async def dripping(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b".")
            await asyncio.sleep(0.05)

    site.pages["/"] = dripping
    async with Fetcher(allow_loopback=True, total_s=0.5) as fetcher:
        with refuses(Unavailable, "too-slow"):
            await fetcher.fetch(site.address("/"))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
async def test_broken_answers(fetcher, answer):
    """What is no HTTP, or breaks off, is answered with a sentence."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(CorrobotError) as refused:
            await fetcher.fetch(f"http://127.0.0.1:{port}/")

    assert str(refused.value).endswith(".")


async def test_a_closed_door(fetcher):
    """A site that nobody serves is said to be out of reach."""
    with refuses(Unavailable, "unreachable"):
        await fetcher.fetch("http://127.0.0.1:9/")


async def test_only_what_is_new(site, fetcher):
    """What a site said of its answer is given back to it, and an unchanged page is none."""

    def page(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(text="news", headers={"ETag": '"1"', "Last-Modified": "yesterday"})

    site.pages["/"] = page

    first = await fetcher.fetch(site.address("/"))
    again = await fetcher.fetch(site.address("/"), since=first.validators)

    assert first.validators == Validators('"1"', "yesterday")
    assert again is None
    assert site.asked[1].headers["If-Modified-Since"] == "yesterday"


async def test_robots_are_kept_to(site, fetcher):
    """Where robots are asked about, a closed path is not read, and the rules are read once."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    site.page("/open", "open")
    closed = site.page("/closed", "closed")

    with refuses(BadInput, "robots"):
        await fetcher.fetch(closed, obey_robots=True)
    assert (await fetcher.fetch(site.address("/open"), obey_robots=True)).content == b"open"
    assert (await fetcher.fetch(closed)).content == b"closed"

    assert [request.path for request in site.asked] == ["/robots.txt", "/open", "/closed"]


async def test_sites_without_rules(site, fetcher):
    """A site without rules for robots may be read; one whose rules cannot be read may not."""
    page = site.page("/feed", "news")
    assert (await fetcher.fetch(page, obey_robots=True)).content == b"news"

    site.pages["/robots.txt"] = lambda _: web.Response(status=503)
    async with Fetcher(allow_loopback=True, apart_s=0) as another:
        with pytest.raises(Unavailable):
            await another.fetch(page, obey_robots=True)


async def test_one_at_a_time(site):
    """A site gets one request at a time, some time apart, however many are wanted at once."""
    times: list[tuple[float, float]] = []

    async def slow(_: web.Request) -> web.Response:
        began = time.monotonic()
        await asyncio.sleep(0.05)
        times.append((began, time.monotonic()))
        return web.Response(text="x")

    site.pages["/"] = slow
    async with Fetcher(allow_loopback=True, apart_s=0.1) as fetcher:
        await asyncio.gather(*(fetcher.fetch(site.address("/")) for _ in range(4)))

    assert all(later[0] - earlier[1] >= 0.09 for earlier, later in pairwise(times))
    assert len(times) == 4


async def test_proxies_of_the_environment(site, fetcher, monkeypatch):
    """A proxy that the environment names is not used: it could be made to go anywhere."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    page = site.page("/", "here")

    assert (await fetcher.fetch(page)).content == b"here"


async def test_proxies_where_configured(site, monkeypatch):
    """Where the host wants it, pages come through the environment's proxy, but for no_proxy."""
    monkeypatch.setenv("http_proxy", site.address(""))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.page("/through", "here")

    async with Fetcher(
        resolver=Names("93.184.216.34"), proxy=True, allow_loopback=True, apart_s=0
    ) as fetcher:
        through = await fetcher.fetch("http://page.example.com/through")
        direct = await fetcher.fetch(site.address("/through"))

    assert through.content == direct.content == b"here"
    assert [request.host for request in site.asked] == [
        "page.example.com",
        f"127.0.0.1:{site.server.port}",
    ]


async def test_proxies_lead_nowhere_private(site, monkeypatch):
    """Through a proxy, names and redirects that lead inside are refused as well."""
    monkeypatch.setenv("http_proxy", site.address(""))
    site.redirect("/", "http://169.254.169.254/latest/meta-data/")

    async with Fetcher(resolver=Names("10.0.0.1"), proxy=True, apart_s=0) as fetcher:
        with refuses(BadInput, "private-network"):
            await fetcher.fetch("http://inside.example.com/")
    assert not site.asked

    async with Fetcher(resolver=Names("93.184.216.34"), proxy=True, apart_s=0) as fetcher:
        with pytest.raises(BadInput):
            await fetcher.fetch("http://page.example.com/")
    assert len(site.asked) == 1


# ------------------------------------------------------------------------------------- sending


@pytest.mark.parametrize("disguise", DISGUISES)
async def test_nothing_is_sent_to_disguises(site, stranger, disguise):
    """Nothing is sent to an address that nothing is read from."""
    site.page("/")

    with pytest.raises(BadInput):
        await stranger.post(disguise.format(port=site.server.port), b"x", "text/plain", {})

    assert not site.asked


async def test_sent_redirects_are_not_followed(site, fetcher):
    """What is sent goes to the address given, and no further."""
    site.page("/there")
    address = site.redirect("/here", "/there")

    status = await fetcher.post(address, b"{}", "application/json", {"X-Proof": "1"})

    assert status == 302
    assert [(asked.method, asked.path) for asked in site.asked] == [("POST", "/here")]
    assert site.asked[0].headers["X-Proof"] == "1"


async def test_name_that_leads_inside(site):
    """A name that leads to a private address is sent nothing."""
    async with Fetcher(apart_s=0, resolver=Names("127.0.0.1")) as fetcher:
        with refuses(BadInput, "private-network"):
            await fetcher.post("http://example.com/", b"x", "text/plain", {})

    assert not site.asked
