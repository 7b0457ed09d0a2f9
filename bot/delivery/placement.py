"""Where a message goes: the channel itself, a thread under a document's card, a forum's post.

A thread under a message has that message's id, so that there can be only one: asking again is
answered by 160004. A forum's posts have no nonce and no such id; whoever does not know whether
one has arrived looks for it among the forum's open and archived posts.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

import discord
from discord.utils import snowflake_time

from bot.delivery.discord_errors import Failure, classify_failure
from bot.delivery.forum_tags import ForumTags
from bot.delivery.request_limiter import ask_once
from bot.i18n.escaping import cut, plain
from bot.rendering.forum_posts import TITLE, ForumPost
from workflows.desk import outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.outbox import ThreadUnder
from workflows.store.outbox import QueuedPost

HAS_A_THREAD = 160004
WEEK_MINUTES: Literal[10080] = 10080
"""Minutes without a word after which Discord closes a thread: the longest it takes."""

Place = discord.ForumChannel | discord.abc.Messageable


class Placement:
    def __init__(self, client: discord.Client, desk: ClaimDesk) -> None:
        self._client, self._desk = client, desk
        self._opened: set[int] = set()
        self.tags = ForumTags(client)

    async def find(self, queued: QueuedPost) -> Place:
        """Return where a post belongs; a thread that is needed is opened."""
        channel = self._client.get_channel(queued.channel)
        if card := await self._desk.read(outbox.find_card_beside, queued):
            return self._client.get_partial_messageable(card.channel)
        if isinstance(channel, discord.ForumChannel):
            return channel
        if isinstance(channel, discord.TextChannel):
            under = await self._desk.read(outbox.find_thread_under, queued)
            if under is not None and await self._open(channel, under):
                return self._client.get_partial_messageable(under.message)
        return self._client.get_partial_messageable(queued.channel)

    async def _open(self, channel: discord.TextChannel, under: ThreadUnder) -> bool:
        """Return True if the card has a thread; False if it is gone with its card."""
        if under.message in self._opened:
            return True
        try:
            await channel.get_partial_message(under.message).create_thread(
                name=cut(plain(under.title), TITLE), auto_archive_duration=WEEK_MINUTES
            )
        except discord.HTTPException as error:
            if classify_failure(error) is Failure.MESSAGE_GONE:
                return False
            if error.code != HAS_A_THREAD:
                raise
        self._opened.add(under.message)
        return True

    def forget(self, place: Place) -> bool:
        """Return True if this is a thread we opened, which is opened anew when next needed."""
        if not isinstance(place, discord.PartialMessageable) or place.id not in self._opened:
            return False
        self._opened.discard(place.id)
        return True

    async def post(
        self,
        forum: discord.ForumChannel,
        post: ForumPost,
        content: str | None,
        embeds: list[discord.Embed],
        view: discord.ui.View,
        mentions: discord.AllowedMentions,
        file: discord.File,
    ) -> discord.channel.ThreadWithMessage:
        """Open a post in a forum. It is never repeated by itself."""
        tags = await self.tags.choose(forum, post)
        with ask_once():
            return await forum.create_thread(
                name=post.title,
                content=content,
                embeds=embeds,
                view=view,
                allowed_mentions=mentions,
                file=file,
                applied_tags=tags,
                auto_archive_duration=WEEK_MINUTES,
            )


async def iter_posts(
    channel: discord.ForumChannel | discord.TextChannel, since: datetime | None = None
) -> AsyncIterator[discord.Thread]:
    """Yield a channel's threads or posts that the bot opened since then, archived ones too.

    Those open now are asked of Discord: what the library remembers may lack what came just now.
    """
    seen: set[int] = set()
    me = channel.guild.me.id

    def is_ours(thread: discord.Thread) -> bool:
        new = since is None or snowflake_time(thread.id) >= since
        return thread.parent_id == channel.id and thread.owner_id == me and new

    for thread in await channel.guild.active_threads():
        if is_ours(thread):
            seen.add(thread.id)
            yield thread
    async for thread in channel.archived_threads(limit=None):
        if since is not None and thread.archive_timestamp < since:
            return  # the last archived come first, and one is archived after it was opened
        if is_ours(thread) and thread.id not in seen:
            yield thread
