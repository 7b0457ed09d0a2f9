"""Pages behind links are read here, beside everything people do.

Which links wait is asked of the database, and a page is kept in one transaction with its link's no
longer waiting: a process that ends in between reads it again, and keeps it once.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.reader import Reader
from bot.turns import Asker
from workflows.desk import snapshots
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.document import ReadDocument
from workflows.errors import CorrobotError
from workflows.matching.passages import find_best_passage
from workflows.matching.sketch import sketch_text
from workflows.page_watch import find_figures
from workflows.snapshots import MAX_TEXT, DueSnapshot, PageRead, hash_page
from workflows.urls import find_origin
from workflows.wires import find_wire

_log = logging.getLogger(__name__)

LOOK_S = 2.0
"""Seconds between two looks whether a page is to be read."""


class SnapshotTaker:
    """Reads the pages of new links; `on_change` is called after a card has something new."""

    def __init__(
        self,
        desk: ClaimDesk,
        reader: Reader,
        now: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk, self._reader, self._now, self._on_change = desk, reader, now, on_change

    async def run(self) -> None:
        """Read what is due, for ever; what goes wrong with one page is no other's trouble."""
        while True:
            try:
                while await self.take_due():
                    pass
            except CorrobotError as error:
                _log.warning("reading linked pages failed, retrying later: %s", error)
            await asyncio.sleep(LOOK_S)

    async def take_due(self) -> int:
        """Read the pages that are due; return how many there were."""
        due = await self._desk.read(snapshots.list_due, self._now())
        await asyncio.gather(*(self._take(each) for each in due))
        if due:
            self._on_change()
        return len(due)

    async def _take(self, due: DueSnapshot) -> None:
        try:
            read, status = await self._reader.read_answer(due.url, Asker(-due.team))
        except CorrobotError as error:
            if self._reader.is_stopped:
                raise
            _log.info("a linked page of team %d wasn't read: %s", due.team, error)
            await self._desk.write(snapshots.keep_failure, due, error, self._now())
            return
        page = await asyncio.to_thread(describe_page, due.words, read, status)
        await self._desk.write(snapshots.keep_page, due, page, self._now())


def describe_page(words: str, read: ReadDocument, status: int) -> PageRead:
    """Return what is kept of a page: what it says of itself, and what it says about a claim."""
    return PageRead(
        title=read.title[:MAX_TEXT],
        site=read.publisher[:MAX_TEXT] if read.publisher else None,
        author=read.author[:MAX_TEXT] if read.author else None,
        published=read.published,
        status=status,
        sha256=hash_page(read.text),
        passage=find_best_passage(words, read.text, read.places),
        wire=find_wire(read.title, read.author, read.text),
        sketch=sketch_text(read.text),
        figures=find_figures(words, read.text),
        found_on=find_origin(read.url) if read.url else None,
    )
