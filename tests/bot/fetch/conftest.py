"""A website on this machine, and fetchers that may or may not go there."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from aiohttp.test_utils import TestServer

from bot.fetch.fetcher import Fetcher


class Site:
    """A website whose pages a test writes down. `asked` holds the requests it got."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[web.Request], Any]] = {}
        self.asked: list[web.Request] = []
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(app, host="127.0.0.1")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        page = self.pages.get(request.path)
        if page is None:
            raise web.HTTPNotFound
        answer = page(request)
        return answer if isinstance(answer, web.StreamResponse) else await answer

    def page(self, path: str, text: str = "", **headers: str) -> str:
        """A page of this text; its address."""
        self.pages[path] = lambda _: web.Response(text=text, headers=headers)
        return self.address(path)

    def redirect(self, path: str, target: str) -> str:
        """A page that only leads elsewhere; its address."""
        self.pages[path] = lambda _: web.Response(status=302, headers={"Location": target})
        return self.address(path)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.port}{path}"


class Names(AbstractResolver):
    """A name service that answers with what the test says, one answer after the other."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def resolve(self, host: str, port: int = 0, _family: int = 0) -> list[Any]:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": 10 if ":" in address else 2,
                "proto": 0,
                "flags": 0,
            }
            for address in answer.split()
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    await site.server.start_server()
    yield site
    await site.server.close()


@pytest.fixture
async def connections(monkeypatch) -> list[str]:
    """The addresses that anything tries to connect to, as they are tried."""
    tried: list[str] = []
    loop = asyncio.get_running_loop()
    connect = loop.sock_connect

    async def tell(sock: socket.socket, address: Any) -> None:
        tried.append(address[0])
        await connect(sock, address)

    monkeypatch.setattr(loop, "sock_connect", tell)
    return tried


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """One that may go to this machine, for tests; without the time between requests."""
    async with Fetcher(allow_loopback=True, apart_s=0, contact="desk@example.org") as fetcher:
        yield fetcher


@pytest.fixture
async def stranger() -> AsyncIterator[Fetcher]:
    """One as it is in earnest."""
    async with Fetcher(apart_s=0, total_s=5) as fetcher:
        yield fetcher
