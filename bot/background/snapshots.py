"""Pages behind links are read here, beside everything people do.

Which links wait is asked of the database, and a page is kept in one transaction with its link's no
longer waiting: a process that ends in between reads it again, and keeps it once.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from bot.background.rounds import keep_going, one_of_many
from bot.fetch.attachments import download
from bot.fetch.fetcher import Fetched
from bot.page_copies import CopyFolder
from bot.reading.reader import FoundPicture, Reader
from bot.reading.turns import Asker
from workflows.claims import PagePassage
from workflows.desk import page_copies, pictures, snapshots
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.document import ReadDocument
from workflows.errors import CorrobotError
from workflows.matching.passages import LONGEST, find_best_passage
from workflows.matching.sketch import sketch_text
from workflows.page_copies import PageCopy
from workflows.page_watch import find_figures
from workflows.pictures import DuePicture
from workflows.snapshots import MAX_TEXT, DueSnapshot, PageRead, hash_page
from workflows.urls import find_origin
from workflows.wires import find_wire

_log = logging.getLogger(__name__)

BREATH_S = 0.5
"""Seconds between the pages that are read together and the next: votes go before them."""
LOOK_S = 2.0
"""Seconds between two looks whether a page is to be read."""
TIDY_S = 30.0
"""Seconds between two looks for copies that may go."""


class SnapshotTaker:
    """Reads the pages of new links; `on_change` is called after a card has something new."""

    def __init__(
        self,
        desk: ClaimDesk,
        reader: Reader,
        now: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
        copies: CopyFolder | None = None,
    ) -> None:
        """`copies` is where the host keeps copies of the pages, if it does."""
        self._copies, self._tidied_at = copies, -TIDY_S
        self._desk, self._reader, self._now, self._on_change = desk, reader, now, on_change

    @property
    def is_copying(self) -> bool:
        """Return True if the host keeps copies of the pages."""
        return self._copies is not None

    async def run(self) -> None:
        """Read what is due, for ever; what goes wrong with one page is no other's trouble."""
        await keep_going("reading linked pages", self._take_waiting, LOOK_S)

    async def _take_waiting(self) -> None:
        while await self.take_due():
            await self.tidy()
            await asyncio.sleep(BREATH_S)
        await self.tidy()

    async def take_due(self) -> int:
        """Read the pages that are due; return how many there were."""
        due = await self._desk.read(snapshots.list_due, self._now())
        uploads = await self._desk.read(pictures.list_due, self._now())
        taking = (self._take(each) for each in due)
        await asyncio.gather(*taking, *(self._read_upload(each) for each in uploads))
        if due or uploads:
            self._on_change()
        return len(due) + len(uploads)

    async def _take(self, due: DueSnapshot) -> None:
        try:
            with one_of_many(f"reading a linked page of team {due.team}"):
                page = await self._read(due)
        except CorrobotError as error:
            if self._reader.is_stopped:
                raise
            _log.info("a linked page of team %d wasn't read: %s", due.team, error)
            await self._desk.write(snapshots.keep_failure, due, error, self._now())
            return
        await self._desk.write(snapshots.keep_page, due, page, self._now())

    async def _read(self, due: DueSnapshot) -> PageRead:
        found = await self._reader.read_evidence(due.url, Asker(-due.team))
        if isinstance(found, FoundPicture):
            page = describe_picture(due.words, found)
        else:
            status = found.fetched.status
            page = await asyncio.to_thread(describe_page, due.words, found.document, status)
        return replace(page, copy=await self._copy(found.fetched))

    async def _copy(self, fetched: Fetched) -> PageCopy | None:
        """Return the host's own copy of a page; None where it wants none or has no room."""
        if self._copies is None:
            return None
        try:
            return await asyncio.to_thread(self._copies.write, fetched, self._now())
        except OSError as error:
            _log.error("a page couldn't be copied: %s", error)
            return None

    async def tidy(self) -> None:
        """Remove the copies that nothing needs any more, now and then. Raises CorrobotError."""
        now = asyncio.get_running_loop().time()
        if self._copies is None or now - self._tidied_at < TIDY_S:
            return
        self._tidied_at = now
        gone = await self._desk.read(page_copies.list_gone)
        try:
            left = await asyncio.to_thread(self._copies.list_left_over)
            for name in (*gone, *await self._desk.read(page_copies.list_unknown, left)):
                await asyncio.to_thread(self._copies.remove, name)
        except OSError as error:
            _log.error("copies of pages couldn't be removed, retrying later: %s", error)
            return
        if gone:
            await self._desk.write(page_copies.forget, gone)

    async def _read_upload(self, due: DuePicture) -> None:
        name = PurePath(urlsplit(due.upload).path).name
        try:
            with one_of_many(f"reading a picture of team {due.team}"):
                content = await download(due.upload, name)
                read, text = await self._reader.read_picture(content, name, Asker(-due.team))
        except CorrobotError as error:
            if self._reader.is_stopped:
                raise
            _log.info("a picture of team %d wasn't read: %s", due.team, error)
            await self._desk.write(pictures.keep_failure, due, error, self._now())
            return
        await self._desk.write(pictures.keep_upload, due, read, text)


def describe_page(words: str, read: ReadDocument, status: int) -> PageRead:
    """Return what is kept of a page: what it says of itself, and what it says about a claim."""
    return PageRead(
        title=read.title[:MAX_TEXT],
        site=read.publisher[:MAX_TEXT] if read.publisher else None,
        author=read.author[:MAX_TEXT] if read.author else None,
        published=read.published,
        status=status,
        sha256=hash_page(read.text),
        passage=find_best_passage(words, read.text, read.places, read.title),
        wire=find_wire(read.title, read.author, read.text),
        sketch=sketch_text(read.text),
        figures=find_figures(words, read.text),
        found_on=find_origin(read.url) if read.url else None,
    )


def describe_picture(words: str, found: FoundPicture) -> PageRead:
    """Return what is kept of a picture: its hashes, and what its text says about a claim."""
    passage = find_best_passage(words, found.text)
    if passage is None and found.text:
        passage = PagePassage(found.text[:LONGEST], 0)
    return PageRead(
        title=found.name[:MAX_TEXT],
        site=None,
        author=None,
        published=None,
        status=found.fetched.status,
        sha256=found.read.sha256,
        passage=passage,
        found_on=find_origin(found.fetched.url),
        picture=found.read,
        picture_text=found.text,
    )
