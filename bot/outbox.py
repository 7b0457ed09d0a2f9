"""Delivers what is to be posted; the only sender outside interactions.

Each channel has a lane of its own, in order. A post is marked as being sent before the request
leaves. If the answer is lost, it goes out again under the same nonce while Discord still knows
that; later it is looked for in the channel first. A post that Discord refuses is parked, with the
reason, and does not hold up the rest.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import discord

from bot.pace import Pace
from workflows.desk import delivery
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable
from workflows.store.outbox import Queued, State

_log = logging.getLogger(__name__)

NONCE_LIVES = timedelta(minutes=2)
"""How long a repeated nonce surely returns the first message; Discord says "a few minutes"."""
LONGEST_WAIT = 60.0
LATER = 1.0
"""Seconds until the database is asked again when it could not be."""
UNKNOWN_MESSAGE = 10008
SHUTDOWN = 10.0
"""Seconds a stop waits for a request that is under way."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message ready to be sent. `mark` tells it apart from all others in the channel."""

    embeds: list[discord.Embed]
    view: discord.ui.View
    version: int
    mark: Callable[[discord.Message], bool]


class Outbox:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        pace: Pace,
        post_of: Callable[[Queued], Awaitable[Post]],
        doubt: Callable[[int], None],
        now: Callable[[], datetime],
    ) -> None:
        self._client, self._desk, self._pace = client, desk, pace
        self._post_of, self._doubt, self._now = post_of, doubt, now
        self._lanes: dict[int, deque[Queued]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_their_way: set[int] = set()
        self._waiting = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Something was queued."""
        self._waiting.set()

    def start(self) -> None:
        self._spawn(self._run(), "outbox")
        self.wake()

    async def stop(self) -> None:
        """Let the request that is under way end; what is left goes out at the next start."""
        self._stopping.set()
        self._waiting.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=SHUTDOWN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        unparked = False
        while not self._stopping.is_set():
            await self._waiting.wait()
            self._waiting.clear()
            try:
                if not unparked:
                    await self._desk.write(delivery.unpark)
                    unparked = True
                while batch := await self._desk.read(
                    delivery.undelivered, tuple(self._on_their_way)
                ):
                    for queued in batch:
                        self._queue(queued)
            except Unavailable as error:
                _log.warning("looking again later what is to be posted: %s", error)
                await self._rest(LATER)
                self.wake()

    def _queue(self, queued: Queued) -> None:
        self._on_their_way.add(queued.id)
        lane = self._lanes.get(queued.channel)
        if lane is None:
            lane = self._lanes[queued.channel] = deque()
            self._spawn(self._serve(queued.channel, lane), f"outbox-{queued.channel}")
        lane.append(queued)

    async def _serve(self, channel: int, lane: deque[Queued]) -> None:
        """One channel's posts, one after the other, until there are no more."""
        await asyncio.sleep(0)  # the lane is filled before it is served
        try:
            while lane and not self._stopping.is_set():
                queued = lane.popleft()
                await self._deliver_or_park(queued)
                self._on_their_way.discard(queued.id)
        finally:
            del self._lanes[channel]

    async def _deliver_or_park(self, queued: Queued) -> None:
        try:
            await self._deliver(queued)
        except Exception:  # noqa: BLE001  # one bad post must not stop the channel
            _log.exception("post %s failed for a reason we do not know; parked", queued.id)
            with suppress(Unavailable):  # then it is found again at the next start
                await self._desk.write(delivery.ended, queued, State.PARKED, "internal error")

    async def _deliver(self, queued: Queued) -> None:
        """Send one post, as often as it takes to know what became of it."""
        wait = 1.0
        while not self._stopping.is_set():
            try:
                queued = await self._desk.read(delivery.again, queued)
                post = await self._post_of(queued)
                if self._is_old(queued) and await self._adopt(queued, post):
                    return
                await self._send(queued, post)
            except (discord.HTTPException, aiohttp.ClientError, OSError, Unavailable) as error:
                if await self._ended(queued, error):
                    return
                _log.warning("post %s is uncertain, trying again: %s", queued.id, error)
                await self._rest(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                return

    async def _send(self, queued: Queued, post: Post) -> None:
        await self._pace.turn()
        await self._desk.write(delivery.begin, queued, self._now())
        channel = self._client.get_partial_messageable(queued.channel)
        message = await channel.send(
            embeds=post.embeds,
            nonce=queued.nonce,
            allowed_mentions=discord.AllowedMentions.none(),
            view=post.view,
        )
        # A nonce sent before may return the message of that time, with what it showed then.
        version = post.version if queued.state is State.PENDING else 0
        await self._sent(queued, message.id, version)

    async def _sent(self, queued: Queued, message: int, version: int) -> None:
        """From now on its card is known; what changed while it was on its way is not on it."""
        if await self._desk.write(delivery.sent, queued, message, version):
            self._doubt(message)

    def _is_old(self, queued: Queued) -> bool:
        first = queued.first_attempt_at
        return (
            queued.state is State.SENDING
            and first is not None
            and not timedelta() <= self._now() - first < NONCE_LIVES
        )

    async def _adopt(self, queued: Queued, post: Post) -> bool:
        """Look for a post of which nobody knows whether it arrived; True if it is there."""
        channel = await self._client.fetch_channel(queued.channel)
        if not isinstance(channel, discord.TextChannel | discord.Thread):
            return False
        if not channel.permissions_for(channel.guild.me).read_message_history:
            # Without it Discord answers an empty list, which would read as "not posted".
            await self._desk.write(
                delivery.ended, queued, State.PARKED, "Read Message History is missing"
            )
            return True
        first = queued.first_attempt_at or self._now()
        async for message in channel.history(after=first - timedelta(minutes=1), limit=1000):
            if message.author != self._client.user or not post.mark(message):
                continue
            if not await self._desk.read(delivery.known, message.id):
                await self._sent(queued, message.id, 0)
                return True
        return False

    async def _ended(self, queued: Queued, error: Exception) -> bool:
        """Whether this refusal is final; if so, the post is parked or gone."""
        if not isinstance(error, discord.HTTPException) or error.status >= 500:  # noqa: PLR2004
            return False
        if error.status == 429:  # noqa: PLR2004
            return False
        state = State.GONE if error.code == UNKNOWN_MESSAGE else State.PARKED
        reason = f"{error.status}, code {error.code}: {error.text}"
        _log.warning("post %s to channel %s is %s: %s", queued.id, queued.channel, state, reason)
        await self._desk.write(delivery.ended, queued, state, reason)
        return True

    async def _rest(self, seconds: float) -> None:
        """Wait, but not past a stop."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _spawn(self, work: Awaitable[None], name: str) -> None:
        task = asyncio.ensure_future(work)
        if isinstance(task, asyncio.Task):
            task.set_name(name)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
