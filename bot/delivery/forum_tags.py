"""The tags of a forum that say how claims stand: made where the bot may, found by their names."""

import asyncio
import logging
from collections import defaultdict

import discord

from bot.delivery.discord_errors import EXPECTED
from bot.i18n.translator import translator_for
from bot.rendering.forum_posts import (
    TAGS,
    TAGS_OF_FORUM,
    TAGS_OF_POST,
    ForumPost,
    StatusTag,
    find_named,
    rename_tags,
)

_log = logging.getLogger(__name__)

HEARD_WITHIN_S = 5.0
"""Seconds in which Discord tells of tags that were just made."""


class ForumTags:
    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def choose(
        self, forum: discord.ForumChannel, post: ForumPost, worn: tuple[discord.ForumTag, ...] = ()
    ) -> list[discord.ForumTag]:
        """Return the tags a post is to wear: its status, and what people gave it besides.

        Without a tag for its status it goes without, or wears any where the forum asks for one.
        """
        if post.tag is not None:
            forum = await self._complete(forum, post.language)
        offered = {tag.name: tag for tag in forum.available_tags}
        ours = {offered[name].id for each in StatusTag if (name := find_named(offered, each))}
        others = [tag for tag in worn if tag.id not in ours]
        name = find_named(offered, post.tag) if post.tag else None
        chosen = [*([offered[name]] if name else []), *others][:TAGS_OF_POST]
        if not chosen and forum.flags.require_tag:
            chosen = [tag for tag in forum.available_tags if not tag.moderated][:1]
        return chosen

    async def _complete(self, forum: discord.ForumChannel, language: str) -> discord.ForumChannel:
        """Return the forum with the tags that were missing, as far as the bot may make them."""
        tr = translator_for(language)
        async with self._making[forum.id]:
            forum = self._latest(forum)
            offered = [tag.name for tag in forum.available_tags]
            renamed, lacking = rename_tags(offered, tr)
            if not (renamed or lacking) or not can_complete(forum, len(lacking)):
                return forum
            for tag in (tags := list(forum.available_tags)):
                tag.name = renamed.get(tag.name, tag.name)
            tags += [discord.ForumTag(name=name) for name in lacking]
            try:
                await forum.edit(available_tags=tags)
                return await self._hear(forum, {tr.text(name) for name in TAGS.values()})
            except EXPECTED as error:
                _log.warning("status tags of forum %d can't be made: %s", forum.id, error)
                return self._latest(forum)

    async def _hear(self, forum: discord.ForumChannel, names: set[str]) -> discord.ForumChannel:
        """Return the forum once its new tags have come with their ids."""
        try:
            async with asyncio.timeout(HEARD_WITHIN_S):
                while not names <= {tag.name for tag in self._latest(forum).available_tags}:  # noqa: ASYNC110  # the library's cache tells nobody
                    await asyncio.sleep(0.05)
        except TimeoutError:
            _log.warning("Discord doesn't tell of the new tags of forum %d", forum.id)
        return self._latest(forum)

    def _latest(self, forum: discord.ForumChannel) -> discord.ForumChannel:
        found = self._client.get_channel(forum.id)
        return found if isinstance(found, discord.ForumChannel) else forum


def can_complete(
    forum: discord.ForumChannel, lacking: int, me: discord.Member | None = None
) -> bool:
    """Return True if the bot may make so many tags more, and they find room."""
    may = forum.permissions_for(me or forum.guild.me).manage_channels
    return may and len(forum.available_tags) + lacking <= TAGS_OF_FORUM


def lacks_tags(
    forum: discord.ForumChannel, language: str, me: discord.Member | None = None
) -> bool:
    """Return True if status tags are missing and the bot can't make them.

    `me` is the bot's own place in the server, where the library does not know it.
    """
    _, lacking = rename_tags([tag.name for tag in forum.available_tags], translator_for(language))
    return bool(lacking) and not can_complete(forum, len(lacking), me)
