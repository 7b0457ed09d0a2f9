"""A Discord client that waits for a Discord that is out of order, however long that takes."""

import asyncio
import logging
from collections.abc import Iterator
from typing import Any

import aiohttp
import discord
import discord.shard
from discord.gateway import DiscordWebSocket, ReconnectWebSocket, WebSocketClosure
from yarl import URL

_log = logging.getLogger(__name__)

FIRST_WAIT_S = 1
MAX_WAIT_S = 60
"""Seconds between two attempts at what Discord did not take."""
CONNECTION_ERRORS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What discord.py raises where Discord cannot be reached or does not serve."""


STEADY_S = 120.0
"""Seconds after which a frame that cannot be read is taken for the first of its kind again."""
_LIBRARYS_OWN = (
    ReconnectWebSocket,
    WebSocketClosure,
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
)
"""What the library raises on purpose, and handles."""


def iter_waits() -> Iterator[int]:
    """Growing seconds to wait, without end."""
    wait = FIRST_WAIT_S
    while True:
        yield wait
        wait = min(2 * wait, MAX_WAIT_S)


def is_transient(error: discord.HTTPException) -> bool:
    """Return True if Discord may answer otherwise by itself, later."""
    return error.status >= 500 or error.status == 429  # noqa: PLR2004


class TolerantWebSocket(DiscordWebSocket):
    """The library's own lets a frame that it cannot read end the process."""

    _waits: Iterator[int] = iter_waits()
    _failed_at = float("-inf")

    async def received_message(self, msg: Any, /) -> None:  # noqa: ANN401  # the library's
        """As the library's; after a frame that is not as it should be, the session is resumed."""
        try:
            await super().received_message(msg)
        except _LIBRARYS_OWN:
            raise
        except Exception as error:
            cls, now = type(self), asyncio.get_running_loop().time()
            if now - cls._failed_at > STEADY_S:
                cls._waits = iter_waits()
            cls._failed_at = now
            wait = next(cls._waits)
            _log.error(  # whatever it holds, no fault of ours
                "a frame from Discord couldn't be read (%s: %.200s), reconnect in %d s",
                type(error).__name__,
                error,
                wait,
            )
            await self.close()
            await asyncio.sleep(wait)
            raise ReconnectWebSocket(self.shard_id) from error


discord.shard.DiscordWebSocket = TolerantWebSocket  # type: ignore[misc]  # no other way in


class ReconnectingClient(discord.AutoShardedClient):
    """The library's own gives up at its first login, and dies of a gateway that refuses it.

    It opens as many shards as Discord asks for: one for a bot in few servers.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # the library's own
        super().__init__(**options)
        self._launching: set[int] = set()

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """As the library's, but a Discord that is out of order is tried until it answers.

        Raises LoginFailure where the token is refused, HTTPException for any other refusal.
        """
        for wait in iter_waits():
            try:
                await self.login(token)
                break
            except discord.LoginFailure:
                raise
            except CONNECTION_ERRORS as error:
                if isinstance(error, discord.HTTPException) and not is_transient(error):
                    raise
                _log.warning("Discord can't be reached (%s), reconnect in %d s", error, wait)
            await self.http.close()
            self.http.connector = discord.utils.MISSING  # the next login makes its own
            await asyncio.sleep(wait)
        await self.connect(reconnect=reconnect)

    async def launch_shards(self) -> None:
        """As the library's, at the gateway that is configured, with as many shards as are asked."""
        for wait in iter_waits():
            try:
                self.shard_count, _, _ = await self.http.get_bot_gateway()
                break
            except (*CONNECTION_ERRORS, discord.GatewayNotFound) as error:
                _log.warning("Discord can't be reached (%s), reconnect in %d s", error, wait)
            await asyncio.sleep(wait)
        await super().launch_shards()

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """As the library's, which calls itself, ever deeper, after each attempt that fails."""
        if shard_id in self._launching:
            return  # that call: the loop below tries again
        self._launching.add(shard_id)
        try:
            while shard_id not in self.shards and not self.is_closed():
                await super().launch_shard(gateway, shard_id, initial=initial)
        finally:
            self._launching.discard(shard_id)

    @property
    def is_connected(self) -> bool:
        """Return True while the gateway connection of every shard works both ways."""
        return bool(self.shards) and not any(shard.is_closed() for shard in self.shards.values())
