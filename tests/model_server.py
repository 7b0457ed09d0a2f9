"""A language model's server to test with: it answers as models do, well and badly."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web
from aiohttp.test_utils import TestServer

Json = dict[str, Any]
Say = Callable[[str], "str | web.StreamResponse | Awaitable[web.StreamResponse]"]
MODEL = "stand-in-1b"
_PART = re.compile(r"PART (\w+)\n(.*)\nEND \1", re.DOTALL)


class ModelServer:
    """Speaks the chat protocol on loopback. `say` answers a part of a document.

    `asked` holds the parts in the order in which they came, `requests` whole bodies.
    """

    def __init__(self, say: Say | None = None) -> None:
        self.say: Say = say or (lambda _: write_claims())
        self.asked: list[str] = []
        self.requests: list[Json] = []
        self.keys: list[str] = []
        app = web.Application(client_max_size=10_000_000)
        app.router.add_get("/v1/models", self._list)
        app.router.add_post("/v1/chat/completions", self._complete)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/v1"

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"data": [{"id": MODEL}]})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("Authorization", ""))
        shown = _PART.search(body["messages"][1]["content"])
        assert shown is not None
        self.asked.append(shown[2])
        said = self.say(shown[2])
        if isinstance(said, str):
            return complete(said)
        return said if isinstance(said, web.StreamResponse) else await said

    async def __aenter__(self) -> Self:
        await self.server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.close()


def complete(said: str, finish: str = "stop") -> web.Response:
    """Make the protocol's answer with these words."""
    message = {"role": "assistant", "content": said}
    usage = {"prompt_tokens": 100, "completion_tokens": 10}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return web.json_response({"choices": [choice], "usage": usage})


def write_claims(*claims: Json) -> str:
    """Write what a model is asked to answer."""
    return json.dumps({"claims": claims}, ensure_ascii=False)


def claim(quote: str, content: str, words: str, **other: Any) -> Json:
    """Make a claim as a good model puts it."""
    return {"quote": quote, "content": content, "claim": words, "check_worthiness": 0.7, **other}


def knowing(*claims: Json) -> Say:
    """Make a good model that finds these claims, each in the part where its quote stands."""
    return lambda part: write_claims(*(each for each in claims if each["quote"] in part))


async def hang(*_: object) -> web.Response:
    """Never answer."""
    await asyncio.sleep(3600)
    raise AssertionError


def status(code: int, **headers: str) -> web.Response:
    return web.Response(status=code, text="no", headers=headers)


def break_off(_: str) -> Awaitable[web.StreamResponse]:
    """Make half an answer: the connection ends in the middle of it."""

    async def answer() -> web.StreamResponse:
        return _Half(headers={"Content-Length": "1000", "Content-Type": "application/json"})

    return answer()


class _Half(web.StreamResponse):
    async def prepare(self, request: web.BaseRequest) -> Any:
        writer = await super().prepare(request)
        await self.write(b'{"choices": [{"message": {"content": "{')
        if request.transport:
            request.transport.close()
        return writer


def in_turn(*answers: Say | str) -> Say:
    """Make a model that answers one after the other; the last for good."""
    left: list[Say | str] = list(answers)

    def say(part: str) -> Any:
        answer = left.pop(0) if len(left) > 1 else left[0]
        return answer if isinstance(answer, str) else answer(part)

    return say
