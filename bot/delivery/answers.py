"""Answers to presses: one plain request each.

People vote in rushes, and each press is answered by "done", or by a change to the message that was
pressed on. With each, discord.py has Discord send back what is known already, and reads it.
"""

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import aiohttp
import msgspec
from discord import HTTPException, InteractionResponseType
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.delivery.request_limiter import RequestLimiter, parse_base

if TYPE_CHECKING:
    from discord.types.interactions import InteractionCallback

IN_PLACE = frozenset(
    {
        InteractionResponseType.deferred_message_update.value,
        InteractionResponseType.message_update.value,
    }
)
"""Answers that make no message, so that nothing need be told of it."""


class AnswerAdapter(AsyncWebhookAdapter):
    """The library's way to answer interactions, shorter where an answer makes no message.

    It is the library's own wherever the first attempt doesn't succeed.
    """

    def __init__(self, limiter: RequestLimiter) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self._limiter = limiter
        self._session: aiohttp.ClientSession | None = None

    async def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> "InteractionCallback":
        """Answer as the library does. Raises what it raises."""
        payload = params.payload
        if payload and not params.files and payload["type"] in IN_PLACE:
            base = parse_base(Route.BASE)
            path = f"/interactions/{interaction_id}/{quote(token, safe='')}/callback"
            async with self._get_untraced(session).post(
                base.with_path(base.raw_path + path, encoded=True),
                data=aiohttp.BytesPayload(
                    msgspec.json.encode(payload), content_type="application/json"
                ),
                proxy=proxy,
                proxy_auth=proxy_auth,
            ) as response:
                self._limiter.record(response)
                if response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return {"interaction": {"id": interaction_id, "type": 3}}
                if response.status == HTTPStatus.TOO_MANY_REQUESTS:
                    if "Via" not in response.headers:  # not Discord: this address is barred
                        raise HTTPException(response, await response.text())
                    await asyncio.sleep(float(response.headers.get("Retry-After", 1)))
        return await super().create_interaction_response(
            interaction_id,
            token,
            session=session,
            proxy=proxy,
            proxy_auth=proxy_auth,
            params=params,
        )

    def _get_untraced(self, session: aiohttp.ClientSession) -> aiohttp.ClientSession:
        """Return a session over the same connections, without hooks."""
        if self._session is None or self._session.connector is not session.connector:
            self._session = aiohttp.ClientSession(
                connector=session.connector,
                connector_owner=False,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session
