"""Links are looked at again here, a few at a time and one at a time on a site.

A site that asks programs to keep away is left alone. Only what a page itself shows, or a site's
word that there is no such page, is kept of a look.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.background.rounds import keep_going, one_of_many
from bot.reading.reader import FoundPage, FoundPicture, Reader
from bot.reading.turns import Asker
from workflows.claims import PageChange
from workflows.desk import watches
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.page_watch import DueLook, compare_page, compare_picture, read_refusal
from workflows.urls import find_origin

_log = logging.getLogger(__name__)

BREATH_S = 1.0
"""Seconds between the pages that are looked at together and the next."""
LOOK_S = 10.0
"""Seconds between two looks whether a page is to be looked at."""


class LinkWatcher:
    """Looks at linked pages again `every` so often; None: never.

    `on_change` is called after something became of a page that is to be told.
    """

    def __init__(
        self,
        desk: ClaimDesk,
        reader: Reader,
        now: Callable[[], datetime],
        every: timedelta | None,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk, self._reader, self._now = desk, reader, now
        self._every, self._on_change = every, on_change

    async def run(self) -> None:
        """Look at what is due, for ever; what goes wrong with one page is no other's trouble."""
        if self._every:
            await keep_going("looking at linked pages", self._look_at_waiting, LOOK_S)

    async def _look_at_waiting(self) -> None:
        while self._every:
            if not await self.look_at_due(self._every):
                break
            await asyncio.sleep(BREATH_S)

    async def look_at_due(self, every: timedelta) -> int:
        """Look at the pages that are due; return how many there were."""
        if await self._desk.read(watches.is_waiting):
            await self._desk.write(watches.queue_new, every)
        due = await self._desk.read(watches.list_due, self._now())
        await asyncio.gather(*(self._look(each, every) for each in due))
        if due:
            self._on_change()
        return len(due)

    async def _look(self, due: DueLook, every: timedelta) -> None:
        try:
            with one_of_many(f"a look at a linked page of team {due.team}"):
                site, seen = await self._see(due)
        except CorrobotError as error:
            if self._reader.is_stopped:
                raise
            _log.info("a linked page of team %d couldn't be looked at: %s", due.team, error)
            gone = read_refusal(error)
            if gone is None:
                await self._desk.write(watches.keep_failure, due, every, self._now())
            else:
                await self._desk.write(watches.keep_look, due, gone, None, every, self._now())
            return
        await self._desk.write(watches.keep_look, due, seen, site, every, self._now())

    async def _see(self, due: DueLook) -> tuple[str | None, PageChange | None]:
        """Return where a page is found now, and what became of it."""
        asker = Asker(-due.team)
        found = await self._reader.read_evidence(due.url, asker, obey_robots=True)
        url = found.fetched.url if isinstance(found, FoundPicture) else found.document.url
        site = find_origin(url) if url else None
        return site, await asyncio.to_thread(_compare, due, found, site)


def _compare(due: DueLook, found: FoundPage | FoundPicture, site: str | None) -> PageChange | None:
    """Return what became of a page or a picture that was looked at again."""
    if isinstance(found, FoundPicture):
        return compare_picture(due.known, found.read, site)
    return compare_page(due.known, found.document.title, found.document.text, site)
