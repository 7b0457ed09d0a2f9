"""Delivers what is to be posted; the only sender outside interactions.

Each channel has a lane of its own, in order. A post is marked as being sent before the request
leaves. If the answer is lost, it goes out again under the same nonce while Discord still knows
that; later it is looked for in the channel first. A post that Discord refuses is parked, with the
reason, and does not hold up the rest.
"""

import asyncio
import logging
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import discord

from bot.delivery.discord_errors import (
    EXPECTED,
    IN_VAIN,
    PASSING,
    Failure,
    classify_failure,
    find_delay,
)
from bot.delivery.placement import Place, Placement, iter_posts
from bot.rendering.charts import Chart
from bot.rendering.forum_posts import ForumPost
from workflows import outbox_state
from workflows.desk import outbox, subscriptions
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable
from workflows.outbox_state import OutboxState, Progress
from workflows.store.outbox import PostKind as Kind
from workflows.store.outbox import QueuedPost, SentMessage

_log = logging.getLogger(__name__)

MAX_RETRY_WAIT_S = 60.0
ENOUGH = 3
"""Refusals in a row after which a channel's other posts are parked without being tried."""
LATER = 1.0
"""Seconds until the database is asked again when it could not be."""
FORBIDDEN, TOO_LARGE = 403, 413
SECOND_TRY = 1.0
"""Seconds before which discord.py tries nothing a second time (its http.py)."""
LOOK_BACK = timedelta(minutes=10)
"""How long before its first attempt a post is looked for: more than any clock here may be off."""
UNWANTED = "whom it was for may no longer read it"
SHUTDOWN = 10.0
"""Seconds a stop waits for a request that is under way."""


Searched = discord.TextChannel | discord.Thread | discord.ForumChannel | discord.DMChannel
SEARCHED = (discord.TextChannel, discord.Thread, discord.ForumChannel, discord.DMChannel)
"""Where a message can be looked for."""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message ready to be sent. `mark` tells it apart from all others in the channel.

    `content` stands above the embeds; `calls` is the one person whom it may ping. `post` is how a
    forum lists it.
    """

    embeds: list[discord.Embed]
    view: discord.ui.View
    version: int
    mark: Callable[[discord.Message], bool]
    post: ForumPost
    picture: Chart | None = None
    content: str | None = None
    calls: int | None = None


class ThreadGoneError(OSError):
    """The thread in which a message belongs was deleted just now: it is opened anew."""


class Outbox:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        post_of: Callable[[QueuedPost], Awaitable[OutgoingMessage | None]],
        doubt: Callable[[int], None],
        now: Callable[[], datetime],
        placement: Placement,
        *,
        hindrance: Callable[[int], str | None] = lambda _: None,
        refused: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`post_of` gives None for what is to go to nobody any more.

        `hindrance` knows, without asking Discord, why nothing can be posted in a channel.

        `refused` is called with a channel that takes nothing.
        """
        self._client, self._desk = client, desk
        self._post_of, self._doubt, self._now = post_of, doubt, now
        self._placement = placement
        self._hindrance, self._refused = hindrance, refused
        self._in_vain: Counter[int] = Counter()
        self._held: defaultdict[int, set[int]] = defaultdict(set)
        self._lanes: dict[int, deque[QueuedPost]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_their_way: set[int] = set()
        self._waiting = asyncio.Event()
        self._stopping = asyncio.Event()

    def wake(self) -> None:
        """Something was queued, or can be tried again."""
        self._in_vain.clear()
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
                    await self._desk.write(outbox.unpark, self._now())
                    unparked = True
                while batch := await self._desk.read(
                    outbox.list_undelivered, tuple(self._on_their_way)
                ):
                    for queued in batch:
                        self._queue(queued)
            except Unavailable as error:
                _log.warning("outbox check failed, retrying later: %s", error)
                await self._wait_before_retry(LATER)
                self.wake()

    def _queue(self, queued: QueuedPost) -> None:
        self._on_their_way.add(queued.id)
        lane = self._lanes.get(queued.channel)
        if lane is None:
            lane = self._lanes[queued.channel] = deque()
            self._spawn(self._serve(queued.channel, lane), f"outbox-{queued.channel}")
        lane.append(queued)

    async def _serve(self, channel: int, lane: deque[QueuedPost]) -> None:
        """One channel's posts, one after the other, until there are no more."""
        await asyncio.sleep(0)  # the lane is filled before it is served
        try:
            while lane and not self._stopping.is_set():
                queued = lane.popleft()
                await self._deliver_or_park(queued)
                self._on_their_way.discard(queued.id)
        finally:
            del self._lanes[channel]

    async def _deliver_or_park(self, queued: QueuedPost) -> None:
        try:
            await self._deliver(queued)
        except Exception:  # noqa: BLE001  # one bad post must not stop the channel
            _log.exception("post %s failed for an unknown reason, parked", queued.id)
            with suppress(Unavailable):  # then it is found again at the next start
                queued = await self._desk.read(outbox.reload_queued, queued)
                await self._keep(queued, outbox_state.hold(queued.progress, "internal error"))

    async def _deliver(self, queued: QueuedPost) -> None:
        """Send one post, as often as it takes to know what became of it."""
        wait = 1.0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                queued = await self._desk.read(outbox.reload_queued, queued)
                if hindrance := self._find_problem(queued.channel):
                    await self._keep(queued, outbox_state.hold(queued.progress, hindrance))
                    self._held[queued.channel].add(queued.id)
                    self._refused(queued.channel)
                    return
                post = await self._post_of(queued)
                if post is None:
                    await self._keep(queued, outbox_state.lose(queued.progress, UNWANTED))
                    return
                place = await self._placement.find(queued)
                looked = outbox_state.must_look_up(
                    queued.progress,
                    self._now(),
                    has_nonce=not isinstance(place, discord.ForumChannel),
                )
                if looked and await self._adopt(queued, post, place):
                    return
                await self._send(queued, post, place)
            except EXPECTED as error:
                alone = time.monotonic() - started < SECOND_TRY
                with suppress(Unavailable):  # then Discord is asked again what it says
                    if await self._on_lane_done(queued, error, alone=alone):
                        return
                wait = max(wait, getattr(error, "retry_after", 0.0))
                _log.warning("post %s uncertain, retrying: %s", queued.id, error)
                await self._wait_before_retry(wait)
                wait = min(2 * wait, MAX_RETRY_WAIT_S)
            else:
                return

    def _find_problem(self, channel: int) -> str | None:
        """Return why nothing can be posted there, as far as it is known without asking Discord."""
        if self._in_vain[channel] >= ENOUGH:
            return "Discord refused the posts before it in this channel"
        return self._hindrance(channel)

    async def _send(self, queued: QueuedPost, post: OutgoingMessage, place: Place) -> None:
        if not await self._desk.write(outbox.begin_sending, queued, self._now()):
            return
        sent = await self._request(queued, post, place)
        # A nonce sent before may return the message of that time, with what it showed then.
        version = post.version if queued.progress.state is OutboxState.PENDING else 0
        await self._mark_sent(queued, sent, version)

    async def _request(
        self, queued: QueuedPost, post: OutgoingMessage, place: Place
    ) -> SentMessage:
        """Send it. A channel that takes no files gets the message without its picture."""
        mentions = _allow_ping(post.calls)
        file = post.picture.file() if post.picture else discord.utils.MISSING
        try:
            if isinstance(place, discord.ForumChannel):
                made = await self._placement.post(
                    place, post.post, post.content, post.embeds, post.view, mentions, file
                )
                return SentMessage(made.message.id, made.thread.id, post.post.state)
            message = await place.send(
                content=post.content,
                embeds=post.embeds,
                nonce=queued.nonce,
                allowed_mentions=mentions,
                view=post.view,
                file=file,
            )
            return SentMessage(message.id, message.channel.id)
        except discord.HTTPException as error:
            if classify_failure(error) is Failure.CHANNEL_GONE and self._placement.forget(place):
                raise ThreadGoneError("its thread was deleted") from error
            if post.picture is None or error.status not in (FORBIDDEN, TOO_LARGE):
                raise
            _log.warning("channel %s refuses pictures: %s", queued.channel, error)
            return await self._request(queued, replace(post, picture=None), place)

    async def _mark_sent(self, queued: QueuedPost, sent: SentMessage, version: int) -> None:
        """From now on its card is known; what changed while it was on its way is not on it."""
        for behind in await self._desk.write(outbox.mark_sent, queued, sent, version, self._now()):
            self._doubt(behind)
        self._in_vain.pop(queued.channel, None)
        if held := self._held.pop(queued.channel, None):  # what held them has passed
            await self._desk.write(outbox.try_again, tuple(sorted(held)))
            self._waiting.set()

    async def _adopt(self, queued: QueuedPost, post: OutgoingMessage, place: Place) -> bool:
        """Look for a post of which nobody knows whether it arrived; True if it is there."""
        channel = (
            place
            if isinstance(place, discord.ForumChannel)
            else await self._client.fetch_channel(getattr(place, "id", queued.channel))
        )
        if not isinstance(channel, SEARCHED):
            return False
        if not _can_read(channel):
            # Without it Discord answers an empty list, which would read as "not posted".
            await self._keep(
                queued, outbox_state.hold(queued.progress, "Read Message History is missing")
            )
            return True
        first = (queued.progress.uncertain_since or self._now()) - LOOK_BACK
        async for message in self._iter_sent(channel, first):
            if message.author != self._client.user or not post.mark(message):
                continue
            if not await self._desk.read(outbox.is_known, message.id):
                sent = SentMessage(message.id, channel.id)
                if isinstance(channel, discord.ForumChannel):  # a post bears its first's id
                    sent = SentMessage(message.id, message.id, post_state="")
                await self._mark_sent(queued, sent, 0)
                return True
        return False

    async def _iter_sent(
        self, channel: Searched, since: datetime
    ) -> AsyncIterator[discord.Message]:
        """Yield what was sent since then: messages, or the first ones of posts not known yet."""
        if not isinstance(channel, discord.ForumChannel):
            async for message in channel.history(after=since, limit=None):
                yield message
            return
        async for thread in iter_posts(channel, since):
            if await self._desk.read(outbox.is_known, thread.id):
                continue
            with suppress(discord.NotFound):  # its first message was deleted by hand
                yield await thread.fetch_message(thread.id)

    async def _on_lane_done(self, before: QueuedPost, error: Exception, *, alone: bool) -> bool:
        """Return True if this answer is final: then the post is parked or gone.

        `alone` says that discord.py cannot have tried more than once, so that what Discord did not
        take is known not to have arrived.
        """
        meaning = classify_failure(error)
        if not isinstance(error, discord.HTTPException) or meaning in PASSING:
            if alone and find_delay(error):
                await self._keep(before, outbox_state.put_back(before.progress))
            return False
        reason = f"{error.status}, code {error.code}: {error.text}"
        now = await self._desk.read(outbox.reload_queued, before)
        if before.kind is Kind.PERSONAL and error.status == FORBIDDEN:
            _log.info("post %s: direct messages refused, unsubscribed", before.id)
            gone = outbox_state.lose(now.progress, reason)
            await self._desk.write(subscriptions.end_unreachable, before, gone, self._now())
            return True
        unreachable = before.kind is Kind.NUDGE and error.status == FORBIDDEN
        if meaning is Failure.MESSAGE_GONE or unreachable:
            ended = outbox_state.lose(now.progress, reason)
        elif alone:
            ended = outbox_state.park(before.progress, reason)
        else:
            ended = outbox_state.hold(now.progress, reason)
        _log.warning(
            "post %s to channel %s: %s: %s", before.id, before.channel, ended.state, reason
        )
        await self._keep(before, ended)
        if meaning in IN_VAIN:
            self._in_vain[before.channel] += 1
            self._held[before.channel].add(before.id)
            self._refused(before.channel)
        return True

    async def _keep(self, queued: QueuedPost, progress: Progress) -> None:
        await self._desk.write(outbox.keep_progress, queued, progress)

    async def _wait_before_retry(self, seconds: float) -> None:
        """Wait, but not past a stop."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _spawn(self, work: Awaitable[None], name: str) -> None:
        task = asyncio.ensure_future(work)
        if isinstance(task, asyncio.Task):
            task.set_name(name)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)


def _can_read(channel: Searched) -> bool:
    """Return True if this may be read; what was said to somebody directly always may."""
    if isinstance(channel, discord.DMChannel):
        return True
    return channel.permissions_for(channel.guild.me).read_message_history


def _allow_ping(person: int | None) -> discord.AllowedMentions:
    """Return nobody, or this one person."""
    nobody = discord.AllowedMentions.none()
    return (
        nobody.merge(discord.AllowedMentions(users=[discord.Object(person)])) if person else nobody
    )
