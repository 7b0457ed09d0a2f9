"""The REST side: each request is read, recorded, tried by faults and limits, then routed."""

import asyncio
import hashlib
import json
import mimetypes
import time
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.attachments import Upload, Uploads
from bot.sandbox.faults import Fault, Record, draw
from bot.sandbox.ids import Json
from bot.sandbox.routes.call import Call, Reply
from bot.sandbox.routes.table import route
from bot.sandbox.rules.refusals import RefusalError, bad_json, unauthorized
from bot.sandbox.state import State

ROOT = "/api/v10"
TOO_MANY = 429
VIA = {"Via": "1.1 sandbox"}
UNTOLD = "application/octet-stream"
_OPEN = ("/webhooks/", "/interactions/", "/gateway")  # a token in the path, or nothing secret


def reply(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:  # noqa: ANN401 - JSON
    """discord.py reads JSON only when the Content-Type is exactly application/json."""
    encoded = json.dumps(body).encode()
    return web.Response(
        body=encoded, status=status, headers=headers, content_type="application/json"
    )


class Rest:
    """Serves /api/v10."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def serve(self, request: web.Request) -> web.StreamResponse:
        started = time.perf_counter()
        path = request.path.removeprefix(ROOT)
        record = Record(time.time(), request.method, path)
        self.state.records.append(record)
        try:
            answer = await self._admit(request, record)
        except RefusalError as refusal:
            answer = reply(refusal.body, refusal.status, VIA)
        finally:
            record.dt = time.perf_counter() - started
        record.status = answer.status
        return answer

    async def _admit(self, request: web.Request, record: Record) -> web.Response:
        body, uploads = await _read(request)
        record.body = body
        fault = draw(self.state.faults, record.method, record.path)
        if fault is not None:
            record.fault = fault.kind
            if (instead := await _before(fault, request)) is not None:
                return instead
        headers, late = self._limited(record)
        if late is not None:
            return late
        self._authorize(request, record.path)
        query = {key: str(value) for key, value in request.query.items()}
        call = Call(self.state, record.method, record.path, body, uploads, query, record)
        answer = _run(call, headers)
        return answer if fault is None else _after(fault, request, answer)

    def _authorize(self, request: web.Request, path: str) -> None:
        if path.startswith(_OPEN) and path != "/gateway/bot":
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bot" or self.state.bot_token not in (None, token):
            raise unauthorized()

    def _limited(self, record: Record) -> tuple[dict[str, str], web.Response | None]:
        limits, now = self.state.limits, time.monotonic()
        if (wait := limits.exhausted(record.path, now)) is not None:
            return {}, _too_many(wait, "global", via=True)
        found = limits.bucket(record.method, record.path)
        if found is None:
            return VIA, None
        name, bucket = found
        if not bucket.take(now):
            return {}, _too_many(bucket.reset - now, "user", via=True)
        left = bucket.reset - now
        return {
            **VIA,
            "X-RateLimit-Limit": str(bucket.limit),
            "X-RateLimit-Remaining": str(bucket.left),
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
        }, None


def _run(call: Call, headers: dict[str, str]) -> web.Response:
    try:
        done: Reply = route(call)
    except RefusalError as refusal:
        return reply(refusal.body, refusal.status, headers)
    status, content = done
    if content is None:
        return web.Response(status=status, headers=headers)
    return reply(content, status, headers)


async def _before(fault: Fault, request: web.Request) -> web.Response | None:
    """Return what happens instead of the effect, or just before it."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.value)
    elif fault.kind == "drop_before":
        _drop(request)
    elif fault.kind == "status":
        injected: Json = fault.body or {"message": "injected", "code": 0}
        return reply(injected, int(fault.value))
    elif fault.kind == str(TOO_MANY):
        return _too_many(fault.value, fault.scope, via=fault.via)
    return None


def _after(fault: Fault, request: web.Request, answer: web.Response) -> web.Response:
    if fault.kind == "drop_after":
        _drop(request)
    if fault.kind == "status_after":
        return reply({"message": "injected after effect", "code": 0}, int(fault.value))
    return answer


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    message = "fault"
    raise ConnectionResetError(message)


def _too_many(wait: float, scope: str, *, via: bool) -> web.Response:
    headers = {
        "Retry-After": str(max(1, round(wait))),
        "X-RateLimit-Scope": scope,
        **(VIA if via else {}),
        **({"X-RateLimit-Global": "true"} if scope == "global" else {}),
    }
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(wait, 3),
        "global": scope == "global",
    }
    return reply(body, TOO_MANY, headers)


async def _read(request: web.Request) -> tuple[Any, Uploads]:
    if not request.can_read_body:
        return None, {}
    if request.content_type.startswith("multipart/"):
        return await _read_parts(request)
    return _json(await request.read()), {}


async def _read_parts(request: web.Request) -> tuple[Any, Uploads]:
    body, uploads = None, {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            body = _json(content)
        elif part.filename is not None:
            key = (part.name or "").removeprefix("files[").removesuffix("]")
            kind = part.headers.get("Content-Type", UNTOLD)
            if kind == UNTOLD:  # as most libraries send it; Discord finds out by itself
                kind = mimetypes.guess_type(part.filename)[0] or UNTOLD
            uploads[key] = Upload(part.filename, kind, content)
    return body, uploads


def _json(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        raise bad_json() from None
