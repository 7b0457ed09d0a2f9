"""The one fetcher: whatever an address from outside leads to is read, or sent, through here.

Only http and https, only the public internet (checked when connecting, at every redirect), only so
long and so much; one request at a time to a site. A refusal is a sentence with what to do instead.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from importlib.metadata import version
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.fetch.connection import CONNECT_S, PublicResolver, make_connector
from bot.fetch.proxies import Proxies
from bot.fetch.refusals import refusal, too_large, unreachable
from bot.fetch.robots import RobotRules
from workflows.documents.reading import MAX_FILE
from workflows.errors import BadInput, Unavailable
from workflows.hosts import is_private_host, require_public_host
from workflows.urls import LONGEST, find_origin

TOTAL_S = 20.0
"""How long a page may take to come, all redirects included."""
APART_S = 1.0
"""Time between two requests to one site."""
MAX_REDIRECTS = 5
MAX_ADDRESS = 2048
"""Characters of an address that is followed; longer ones are traps."""
PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
"""Where websites are served from; other ports belong to something else."""
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave with its last answer, to be asked only for what is new since."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address led to. `url` is where it was found in the end."""

    url: str
    content: bytes
    media_type: str
    charset: str | None
    validators: Validators
    status: int = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a server answered. `retry_after` is its header of that name, or empty.

    `locations` are the addresses that it names instead of the one asked, as it writes them.
    """

    status: int
    content: bytes
    retry_after: str
    locations: tuple[str, ...] = ()


class Fetcher:
    """Fetches; as a context manager, so that its connections end with it.

    `contact` tells sites whom to write to. `resolver` looks names up, the system's by default.
    `proxy`: the proxies that the environment names are used. Such a one looks names up itself, so
    it must keep private addresses out as well. `only` is the one place it goes, as the host's
    configuration names it: on any port, and on a private network if it is written as there.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        allow_loopback: bool = False,
        proxy: bool = False,
        resolver: AbstractResolver | None = None,
        total_s: float = TOTAL_S,
        apart_s: float = APART_S,
        only: URL | None = None,
    ) -> None:
        self._allow_loopback, self._total_s, self._only = allow_loopback, total_s, only
        names = PublicResolver(
            resolver,
            allow_loopback=allow_loopback,
            allow_private=only is not None and is_private_host(only.raw_host or ""),
        )
        self._connector = make_connector(names)
        self._proxies = Proxies(names) if proxy else None
        self._headers = {"User-Agent": user_agent(contact), "Accept-Language": "en"}
        self._turns = _SiteTurns(apart_s)
        self._robots = RobotRules()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._proxies:
            await self._proxies.close()
        await self._connector.close()

    async def fetch(
        self,
        address: str,
        *,
        since: Validators | None = None,
        obey_robots: bool = False,
        accept: str = _PAGES,
        most: int = MAX_FILE,
    ) -> Fetched | None:
        """Return what an address leads to; None if it has not changed `since`.

        Raises BadInput for an address that cannot be read for good, Unavailable for one that
        may be later.
        """
        url = self.require_fetchable(address)
        if obey_robots:
            await self._require_robots(url)
        asked = {**self._headers, "Accept": accept, **_conditions(since)}
        return await self._fetch(url, asked, most)

    async def post(
        self, address: str, content: bytes, media_type: str, headers: Mapping[str, str]
    ) -> int:
        """Send something to an address; return the status it answers with, whatever that is.

        The address is held to the same rules as one that is read, and a redirect isn't followed:
        nothing goes where nobody said that it should. Raises BadInput for an address that is never
        connected to, Unavailable for one that doesn't answer.
        """
        url = self.require_fetchable(address)
        sent = {**self._headers, "Content-Type": media_type, **headers}
        async with (
            self._limits(url),
            self._request("POST", url, sent, data=content) as response,
        ):
            return response.status

    async def exchange(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        content: bytes | None = None,
        most: int = MAX_FILE,
    ) -> Exchanged:
        """Ask a server of a program's kind; return its answer, whatever its status.

        As `post`, but the answer is read, `most` bytes of it. Raises BadInput for one that is
        longer or an address that is never connected to, Unavailable.
        """
        url = self.require_fetchable(address)
        async with (
            self._limits(url),
            self._request(method, url, {**self._headers, **headers}, data=content) as response,
        ):
            body = await _read_body(response, url, most)
            named = (response.headers.get(each, "") for each in ("Content-Location", "Location"))
            return Exchanged(
                response.status,
                body,
                response.headers.get("Retry-After", ""),
                tuple(filter(None, named)),
            )

    @asynccontextmanager
    async def _limits(self, url: URL) -> AsyncIterator[None]:
        """Limit how long an exchange takes; have what goes wrong with it be a sentence."""
        try:
            async with asyncio.timeout(self._total_s):
                yield
        except TimeoutError as error:
            raise Unavailable(
                "{site} didn't answer in time. Try again later, or copy the text and paste it.",
                code="too-slow",
                site=url.host,
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise unreachable(url, error) from error

    @asynccontextmanager
    async def _request(
        self,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        cookies: aiohttp.CookieJar | None = None,
        data: bytes | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Ask an address, through a proxy where one is wanted; redirects are not followed."""
        proxy = await self._proxies.find(url) if self._proxies else None
        connector = self._proxies.connector if self._proxies and proxy else self._connector
        async with (
            aiohttp.ClientSession(
                connector=connector,
                connector_owner=False,
                cookie_jar=cookies,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
            ) as session,
            session.request(
                method, url, headers=headers, data=data, allow_redirects=False, proxy=proxy
            ) as response,
        ):
            yield response

    async def _fetch(self, url: URL, headers: Mapping[str, str], most: int) -> Fetched | None:
        async with self._turns.turn(find_origin(str(url))), self._limits(url):
            return await self._follow(url, headers, most)

    async def _follow(self, url: URL, headers: Mapping[str, str], most: int) -> Fetched | None:
        cookies = aiohttp.CookieJar()  # they live for one fetch, as some sites' redirects need
        for _ in range(MAX_REDIRECTS + 1):
            async with self._request("GET", url, headers, cookies) as response:
                if response.status not in _REDIRECTS:
                    return await _read(response, url, most)
                url = self._redirected(url, response.headers.get("Location", ""))
        raise BadInput(
            "{site} keeps redirecting. Open the link in a browser and use the address you end up"
            " at, or copy the text and paste it.",
            code="endless-redirects",
            site=url.host,
        )

    def _redirected(self, url: URL, location: str) -> URL:
        try:
            target = url.join(URL(location))
        except ValueError:
            target = URL()
        return self.require_fetchable(str(target) if location else "")

    def require_fetchable(self, address: str) -> URL:
        """Return the address, parsed. Raises BadInput for one that is never connected to."""
        url = _parse(address)
        if self._only is not None:
            if url.origin() != self._only.origin():
                raise BadInput("{link} isn't an address I may ask here.", link=_shorten(address))
            return url
        if self._allow_loopback and _is_this_machine(url):
            return url
        if url.port not in PORTS:
            raise BadInput(
                "The link uses port {port}, which websites don't use. Check the link.",
                port=url.port,
            )
        require_public_host(url.raw_host or "")
        return url

    async def _require_robots(self, url: URL) -> None:
        allowed = await self._robots.allow(url, self._robots_file)
        if not allowed:
            raise BadInput(
                "{site} asks programs not to read this address (robots.txt). Copy the text and"
                " paste it.",
                code="robots",
                site=url.host,
            )

    async def _robots_file(self, url: URL) -> str | None:
        """Return a site's rules for robots; None where it has none. Raises Unavailable."""
        try:
            found = await self._fetch(url, {**self._headers, "Accept": "text/plain"}, 500_000)
        except BadInput:  # none there, or nothing that could be read as rules
            return None
        return found.content.decode(errors="replace") if found else None


def user_agent(contact: str) -> str:
    """Return who we say we are: the program, what it does, and whom to write to."""
    whom = f"; contact: {contact}" if contact else ""
    return f"Corrobot/{version('corrobot')} (fact-checking{whom})"


def _parse(address: str) -> URL:
    """Return an http(s) address without a user's name in it. Raises BadInput."""
    url = _url(address)
    if url is None:
        raise BadInput(
            "{link} isn't a link that can be read. It must start with https:// or http://"
            " and name a site.",
            link=_shorten(address),
        )
    if url.raw_user is not None or url.raw_password is not None:
        raise BadInput(
            "The link contains a user name or password, so it isn't followed. Use the link"
            " without it."
        )
    return url.with_fragment(None)


def _url(address: str) -> URL | None:
    if len(address) > MAX_ADDRESS or not address.isprintable() or " " in address:
        return None
    try:
        url = URL(address)
        is_web = url.scheme in ("http", "https")
    except ValueError:
        return None
    return url if is_web and url.raw_host and "%" not in url.raw_host else None


def _shorten(address: str) -> str:
    shown = "".join(mark for mark in address if mark.isprintable())
    return f'"{shown[: LONGEST // 8]}"'


def _is_this_machine(url: URL) -> bool:
    """Return True for this machine's address in the plainest form: no disguise is let through."""
    if url.raw_host == "localhost":
        return True
    try:
        return ip_address(url.raw_host or "").is_loopback
    except ValueError:
        return False


def _conditions(since: Validators | None) -> dict[str, str]:
    conditions = {}
    if since and since.etag:
        conditions["If-None-Match"] = since.etag
    if since and since.last_modified:
        conditions["If-Modified-Since"] = since.last_modified
    return conditions


async def _read(response: aiohttp.ClientResponse, url: URL, most: int) -> Fetched | None:
    """Return what a site answers, but never more than `most` bytes of it, unpacked."""
    if response.status == HTTPStatus.NOT_MODIFIED:
        return None
    if response.status not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
        raise refusal(response.status, url)
    content = await _read_body(response, url, most)
    media_type, charset = _media_type(response.headers.get("Content-Type", ""))
    return Fetched(
        url=str(url),
        content=content,
        media_type=media_type,
        charset=charset,
        validators=Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
        status=response.status,
        headers=tuple(response.headers.items()),
    )


async def _read_body(response: aiohttp.ClientResponse, url: URL, most: int) -> bytes:
    """Return what comes, unpacked. Raises BadInput where it is more than `most` bytes."""
    if (response.content_length or 0) > most:
        raise too_large(url, most)
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > most:
            raise too_large(url, most)
    return bytes(content)


def _media_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header or "application/octet-stream"
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    free_at: float = 0.0


class _SiteTurns:
    """One request at a time to a site, some time apart; sites do not wait for each other."""

    def __init__(self, apart_s: float) -> None:
        self._apart_s = apart_s
        self._sites: dict[str, _Site] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        now = asyncio.get_running_loop().time
        self._forget(now())
        site = self._sites.setdefault(name, _Site())
        site.waiting += 1
        try:
            async with site.lock:
                await asyncio.sleep(site.free_at - now())
                try:
                    yield
                finally:
                    site.free_at = now() + self._apart_s
        finally:
            site.waiting -= 1

    def _forget(self, now: float) -> None:
        """Let go of the sites that nobody waits for."""
        self._sites = {
            name: site for name, site in self._sites.items() if site.waiting or site.free_at > now
        }
