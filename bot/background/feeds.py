"""Feeds are polled here: what is due is asked of the database, so that no item is lost or doubled.

What a poll finds is kept before anything is read, and each item is done with in the transaction
that takes it in: a process that ends in between goes on where it was.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.background.rounds import keep_going, one_of_many
from bot.fetch.fetcher import Fetcher, Validators
from bot.reading.engine import Engine
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader
from bot.reading.turns import Asker
from workflows.desk import feeds
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.intake import write_next
from workflows.documents.document import ReadDocument, is_blank
from workflows.errors import BadInput, CorrobotError, Unavailable
from workflows.feeds import Feed, FeedItem
from workflows.intake import Intake

_log = logging.getLogger(__name__)

LOOK_S = 30.0
"""Seconds between two looks whether a feed is due."""
MAX_FEED = 5_000_000
"""Bytes of a feed; more is no feed."""
_ACCEPT = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,"
    "text/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
)


class FeedPoller:
    """Polls the feeds of all teams; `on_change` is called after something is to be posted."""

    def __init__(
        self,
        desk: ClaimDesk,
        fetcher: Fetcher,
        extractor: Extractor,
        now: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
        engine: Engine | None = None,
    ) -> None:
        """`engine` finds the claims; the rules where none is given."""
        self._desk, self._fetcher, self._extractor = desk, fetcher, extractor
        self._engine = engine or Engine(extractor)
        self._reader = Reader(fetcher, extractor)
        self._now, self._on_change = now, on_change

    async def run(self) -> None:
        """Poll what is due, for ever; what goes wrong with one feed is no other's trouble."""
        await keep_going("polling feeds", self.poll_due, LOOK_S)

    async def poll_due(self) -> int:
        """Poll every feed that is due, and read its items; return how many were read."""
        read = 0
        for feed in await self._desk.read(feeds.list_due, self._now()):
            is_due = feed.next_poll_at <= self._now()
            if is_due:
                await self._poll(feed)
            for item in await self._desk.read(feeds.list_waiting, feed, again=is_due):
                read += await self._read_item(feed, item)
        return read

    async def _poll(self, feed: Feed) -> None:
        """Ask a feed what is new, and keep it."""
        try:
            with one_of_many(f"feed {feed.number} of team {feed.team}"):
                await self._ask(feed)
        except CorrobotError as error:
            if self._extractor.is_stopped:
                raise
            _log.info("feed %d of team %d failed: %s", feed.number, feed.team, error)
            await self._desk.write(feeds.keep_failure, feed, str(error), self._now())
            self._on_change()

    async def _ask(self, feed: Feed) -> None:
        fetched = await self._fetcher.fetch(
            feed.url,
            since=Validators(feed.etag, feed.last_modified),
            obey_robots=True,
            accept=_ACCEPT,
            most=MAX_FEED,
        )
        found, etag, modified = None, feed.etag, feed.last_modified
        if fetched:
            asker = Asker(-feed.team)
            found = await self._extractor.read_feed(fetched.content, feed.url, asker)
            etag, modified = fetched.validators.etag, fetched.validators.last_modified
        await self._desk.write(feeds.keep_poll, feed, found, etag, modified, self._now())

    async def _read_item(self, feed: Feed, item: FeedItem) -> int:
        """Read one item and take it in; 1 if it was."""
        try:
            with one_of_many(f"an item of feed {feed.number} of team {feed.team}"):
                await self._take(feed, item)
        except Unavailable as error:
            if self._extractor.is_stopped:
                raise
            _log.info("an item of feed %d failed, retrying later: %s", feed.number, error)
            await self._desk.write(feeds.postpone, feed, item, self._now())
            return 0
        except CorrobotError as error:
            _log.info("an item of feed %d was skipped: %s", feed.number, error)
            await self._desk.write(feeds.leave_out, feed, item, self._now())
            return 0
        self._on_change()
        return 1

    async def _take(self, feed: Feed, item: FeedItem) -> None:
        read = await self._read(feed, item)
        published = read.published or item.published
        found = await self._engine.read_claims(
            read.text,
            published,
            item.title,
            places=read.places,
            asker=Asker(-feed.team),
            guild=await self._desk.read(feeds.get_guild, feed),
        )
        intake = Intake(
            title=read.title,
            publisher=read.publisher or feed.title or None,
            url=read.url,
            published=published,
            language=found.reading.language,
            text=read.text,
            claims=found.claims,
            places=read.places,
            reviews=read.reviews,
            reading=found.reading,
        )
        matched = await self._desk.read_apart(feeds.match_item, feed, item, intake, self._now())
        await self._desk.write(feeds.take_item, feed, item, intake, matched, self._now())
        await self._desk.write_steps(write_next, None, self._now())

    async def _read(self, feed: Feed, item: FeedItem) -> ReadDocument:
        """Return the page an item leads to; where it cannot be read, what the feed itself says."""
        own = ReadDocument(item.text, item.title, published=item.published, url=item.url)
        if item.url is None:
            return _require_text(own)
        try:
            return await self._reader.read_link(item.url, Asker(-feed.team))
        except BadInput:
            return _require_text(own)


def _require_text(read: ReadDocument) -> ReadDocument:
    if is_blank(read.text):
        raise BadInput("The item “{title}” has no text.", title=read.title)
    return read
