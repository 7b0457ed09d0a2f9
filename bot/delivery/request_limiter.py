"""Every request to Discord passes here: paced, counted, and held back while Discord refuses us.

It is an aiohttp trace, so that the library's own repetitions pass, too. Answers to interactions
are not bound to Discord's limit of 50 a second, and people wait for them: they are only counted.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import SimpleNamespace

import aiohttp
from discord.http import Route
from yarl import URL

from bot.clock import TrustedClock
from bot.delivery.circuit_breaker import CircuitBreaker

REQUESTS_PER_SECOND = 45


class RequestPacer:
    """Lets at most `a_second` turns through in each second, in the order they were asked for."""

    def __init__(self, a_second: int = REQUESTS_PER_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    async def wait_turn(self) -> None:
        now = time.monotonic()
        self._next = max(self._next + self._apart, now)
        if (wait := self._next - now) > 0:
            await asyncio.sleep(wait)


_log = logging.getLogger(__name__)

TOO_MANY_REQUESTS = 429
REFUSALS = frozenset({401, 403, TOO_MANY_REQUESTS})
"""What Discord counts against an address (its docs, "Invalid Request Limit")."""
_SCOPE = "X-RateLimit-Scope"
_ANSWERS = ("/interactions/", "/webhooks/")


@dataclass(slots=True)
class _Asked:
    """Whether a request that must not be repeated has left."""

    has_left: bool = False


_once: ContextVar[_Asked | None] = ContextVar("once", default=None)


class RepeatedRequestError(OSError):
    """The library was about to repeat a request of which nobody knows whether it was done."""


@contextmanager
def ask_once() -> Iterator[None]:
    """Around one request that Discord would do twice if it came twice.

    discord.py repeats by itself what failed with an error of Discord's. Here only what Discord put
    off (429) is repeated; anything else raises RepeatedRequestError, which is an OSError.
    """
    token = _once.set(_Asked())
    try:
        yield
    finally:
        _once.reset(token)


class RequestLimiter(aiohttp.TraceConfig):
    """`on_mended` is called with the seconds for which nothing was sent, once that is over.

    `clock` hears from each answer what time it is at Discord.
    """

    def __init__(
        self,
        pace: RequestPacer,
        fuse: CircuitBreaker,
        on_mended: Callable[[float], None],
        clock: TrustedClock,
    ) -> None:
        super().__init__()
        self._pace, self._fuse, self._on_mended = pace, fuse, on_mended
        self.clock = clock
        self._date: str | None = None
        self.on_request_start.append(self._on_request)
        self.on_request_end.append(self._on_response)
        self.on_request_exception.append(self._on_failure)

    async def _on_request(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        if not _is_ours(request.url) or _is_answer(request.url):
            return
        if (asked := _once.get()) is not None:
            if asked.has_left:
                raise RepeatedRequestError(str(request.url))
            asked.has_left = True
        while (wait := self._fuse.wait(time.monotonic())) > 0:  # noqa: ASYNC110  # the clock
            await asyncio.sleep(wait)
        await self._pace.wait_turn()

    async def _on_response(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        if not _is_ours(request.url):
            return
        response, now = request.response, time.monotonic()
        if response.status == TOO_MANY_REQUESTS and (asked := _once.get()) is not None:
            asked.has_left = False
        if self.record(response) or _is_answer(request.url):
            return
        if lasted := self._fuse.record_success(now):
            _log.warning(
                "circuit breaker closed: Discord accepts requests again after %d s", lasted
            )
            self._on_mended(lasted)

    def record(self, response: aiohttp.ClientResponse) -> bool:
        """Count what Discord said, and hear the time; return True if it refused the request."""
        self._read_clock(response.headers.get("Date"))
        if response.status not in REFUSALS or response.headers.get(_SCOPE) == "shared":
            return False
        if self._fuse.record_refusal(time.monotonic()):
            _log.error(
                "circuit breaker open: Discord refuses too many requests;"
                " sending nothing for a while"
            )
        return True

    async def _on_failure(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if _is_ours(request.url) and not _is_answer(request.url):
            self._fuse.record_unknown(time.monotonic())

    def _read_clock(self, date: str | None) -> None:
        """Hear the time once for each second that Discord tells."""
        if date == self._date:
            return
        self._date = date
        try:
            theirs = parsedate_to_datetime(date or "")
        except ValueError:
            return
        if theirs.tzinfo is not None:
            self.clock.hear(theirs)


@lru_cache(maxsize=1)
def parse_base(base: str) -> URL:
    """Return the address that every request of the library's begins with, parsed once."""
    return URL(base)


def _is_ours(url: URL) -> bool:
    base = parse_base(Route.BASE)
    return url.raw_authority == base.raw_authority and url.raw_path.startswith(base.raw_path)


def _is_answer(url: URL) -> bool:
    return url.raw_path.startswith(_ANSWERS, len(parse_base(Route.BASE).raw_path))
