"""Keeps a forum's posts true: title and tag, closed and locked when settled, open when reopened.

A post follows its card: it is looked at once the card shows what is stored, so that it is closed
behind the last edit. What it was last set to stands beside the card; a claim that changes without
changing that costs no request.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import discord

from bot.delivery.discord_errors import EXPECTED, Failure, classify_failure
from bot.delivery.forum_tags import ForumTags
from bot.rendering.forum_posts import ForumPost
from workflows.desk import outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.store.outbox import Card, CardState

_log = logging.getLogger(__name__)

DEBOUNCE_S = 0.2
"""Seconds in which changes are gathered before posts are looked at."""
RETRY_S = 2.0
"""Seconds until a post is tried again that Discord didn't take."""
MAX_PARALLEL = 4
"""Posts that are changed at once."""


class PostSync:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        post_of: Callable[[Card], Awaitable[ForumPost]],
        now: Callable[[], datetime],
        tags: ForumTags,
        *,
        refused: Callable[[int], None] = lambda _: None,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`refused` is called with a forum that takes no changes, `told` when notices wait."""
        self._client, self._desk, self._post_of = client, desk, post_of
        self._now, self._tags, self._refused, self._told = now, tags, refused, told
        self._known: set[int] = set()
        self._closed: set[int] = set()
        self._seen = 0
        self._changed = asyncio.Event()
        self._slots = asyncio.Semaphore(MAX_PARALLEL)
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Cards have changed; look which posts are behind."""
        self._changed.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="posts")
        self.wake()

    async def stop(self) -> None:
        """Posts still behind are found again at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def mark_channel_open(self, channel: int) -> None:
        """The forum may take changes again: look at all its posts anew."""
        if channel in self._closed:
            self._closed.remove(channel)
            self._seen = 0
            self.wake()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(DEBOUNCE_S)
            self._changed.clear()
            try:
                await self._tend_all()
            except CorrobotError as error:
                _log.warning("posts can't be looked at, retrying: %s", error)
                await self._retry()
            except Exception:  # noqa: BLE001  # tried again, and said
                _log.exception("posts can't be looked at, retrying")
                await self._retry()

    async def _retry(self) -> None:
        await asyncio.sleep(RETRY_S)
        self.wake()

    async def _tend_all(self) -> None:
        seen, cards = await self._desk.read(
            outbox.list_posts_behind, self._seen, tuple(self._known)
        )
        self._known = {card.message for card in cards}
        self._seen = seen
        ready = [card for card in cards if card.home not in self._closed and _is_shown(card)]
        if not all(await asyncio.gather(*map(self._tend, ready))):
            await self._retry()

    async def _tend(self, card: Card) -> bool:
        """Return True if the post is as it should be, or can't be for now."""
        async with self._slots:
            try:
                post = await self._post_of(card)
                for change in await self._list_changes(card, post):
                    await self._client.http.edit_channel(card.channel, **change)
                await self._desk.write(outbox.mark_tended, card.message, card.version, post.state)
            except EXPECTED as error:
                return await self._note_refusal(card, error)
            except CorrobotError as error:
                _log.warning("post %s can't be looked at, retrying: %s", card.channel, error)
                return False
        self._known.discard(card.message)
        return True

    async def _list_changes(self, card: Card, post: ForumPost) -> list[dict[str, Any]]:
        """Return what is to be changed of a post, in Discord's own words; mostly nothing.

        The library may not have heard of our last change yet: what that set is compared, too. Only
        an open post takes changes. One of an open claim that Discord closed after a silent week
        stays closed until there are any.
        """
        changed = post.find_changes(card.post_state)
        thread = self._client.get_channel(card.channel)
        if not isinstance(thread, discord.Thread):
            if not changed:  # closed, and as it was
                return []
            thread = await self._client.fetch_channel(card.channel)
        if not isinstance(thread, discord.Thread) or not isinstance(
            thread.parent, discord.ForumChannel
        ):
            return []
        tags = await self._tags.choose(thread.parent, post, tuple(thread.applied_tags))
        change: dict[str, Any] = {}
        if "title" in changed or thread.name != post.title:
            change["name"] = post.title
        if "tag" in changed or {tag.id for tag in tags} != {tag.id for tag in thread.applied_tags}:
            change["applied_tags"] = [str(tag.id) for tag in tags]
        if "closed" in changed or thread.locked != post.closed:
            change["locked"] = post.closed
        if not change and thread.archived >= post.closed:
            return []
        opening = [{"archived": False}] if thread.archived and post.closed else []
        return [*opening, {**change, "archived": post.closed}]

    async def _note_refusal(self, card: Card, error: Exception) -> bool:
        _log.warning("post %s: a change was refused: %s", card.channel, error)
        match classify_failure(error):
            case Failure.MESSAGE_GONE | Failure.CHANNEL_GONE:
                await self._desk.write(outbox.mark_lost, (card.message,), self._now())
                self._told()
            case Failure.LATER | Failure.TOO_OLD | Failure.ARCHIVED:
                return False
            case Failure.CLOSED:
                self._closed.add(card.home)
                self._refused(card.home)
            case Failure.NEVER:
                self._known.discard(card.message)
        return True


def _is_shown(card: Card) -> bool:
    """Return True if the card is as it should be: its post may be closed behind it."""
    if card.state is CardState.SHOWN:
        return card.shown_version >= card.version
    return card.state is CardState.MOVED
