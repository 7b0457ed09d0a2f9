"""The archive is asked here to keep linked pages: once for each, over every end of the process.

That a page is asked for is committed before the request leaves. Whatever comes back, or doesn't,
its copy is looked for before it is asked for again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlencode

from bot.background.rounds import UNFORESEEN, keep_going, one_of_many
from bot.config.model import Archiving
from bot.fetch.fetcher import Exchanged, Fetcher
from workflows.archives import (
    TOO_MANY,
    ArchiveStep,
    DueCapture,
    Reply,
    choose_step,
    make_look,
    read_copies,
    read_job,
    read_reply,
)
from workflows.desk import archives
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError, Unavailable

_log = logging.getLogger(__name__)

LOOK_S = 2.0
"""Seconds between two looks whether there is something to be done."""
EARLIER = timedelta(minutes=2)
"""How far the archive's clock may be behind ours."""


class Archiver:
    """Has pages kept; `on_change` is called after a card has something new."""

    def __init__(
        self,
        desk: ClaimDesk,
        fetcher: Fetcher,
        now: Callable[[], datetime],
        wanted: Archiving,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk, self._fetcher, self._now = desk, fetcher, now
        self._wanted, self._on_change = wanted, on_change

    async def run(self) -> None:
        """Do what is due, for ever; nothing at all where the host wants no archive."""
        if self._wanted.is_on:
            await keep_going("asking the archive", self.work_due, LOOK_S)

    async def work_due(self) -> int:
        """Do the next step for each page that is due; return how many there were."""
        if await self._desk.read(archives.is_waiting):
            await self._desk.write(archives.queue_new, self._now())
        due = await self._desk.read(archives.list_due, self._wanted.rate, self._now())
        for each in due:
            try:
                with one_of_many(f"asking the archive about a link of team {each.team}"):
                    goes_on = await self._step(each)
            except Unavailable as error:
                if error.code != UNFORESEEN:
                    raise
                await self._desk.write(archives.give_up, each)
                continue
            if not goes_on:
                break
        if due:
            self._on_change()
        return len(due)

    async def _step(self, due: DueCapture) -> bool:
        """Do what is next for one page; False where the archive wants to be left alone."""
        match choose_step(due):
            case ArchiveStep.ASK:
                if not await self._desk.write(archives.begin_asking, due, self._now()):
                    return True
                answer = await self._ask(due)
            case ArchiveStep.POLL:
                answer = await self._get(f"{self._wanted.url}/save/status/{due.job}")
            case ArchiveStep.LOOK:
                answer = await self._get(make_look(self._wanted.url, due.url, self._since(due)))
            case ArchiveStep.GIVE_UP:
                await self._desk.write(archives.give_up, due)
                return True
        if answer and answer.status == TOO_MANY:
            until = await self._desk.write(
                archives.keep_pause, due, answer.retry_after, self._now()
            )
            _log.info("the archive wants to be left alone until %s", until)
            return False
        await self._keep(due, answer)
        return True

    async def _keep(self, due: DueCapture, answer: Exchanged | None) -> None:
        status, body = (answer.status, answer.content) if answer else (0, b"")
        locations = answer.locations if answer else ()
        match choose_step(due):
            case ArchiveStep.ASK:
                reply = read_reply(due.url, status, locations, body)
                await self._desk.write(archives.keep_reply, due, reply, self._now())
            case ArchiveStep.POLL:
                reply = read_job(due.url, body) if answer else Reply(job="pending")
                await self._desk.write(archives.keep_reply, due, reply, self._now())
            case ArchiveStep.LOOK:
                copy = read_copies(due.url, self._since(due), body)
                await self._desk.write(archives.keep_look, due, copy, self._now())

    def _since(self, due: DueCapture) -> datetime:
        return (due.asked_at or self._now()) - EARLIER

    async def _ask(self, due: DueCapture) -> Exchanged | None:
        if not self._wanted.key:
            return await self._get(f"{self._wanted.url}/save/{due.url}")
        sent = urlencode({"url": due.url, "skip_first_archive": "1"}).encode()
        return await self._send("POST", f"{self._wanted.url}/save", sent)

    async def _get(self, address: str) -> Exchanged | None:
        return await self._send("GET", address, None)

    async def _send(self, method: str, address: str, content: bytes | None) -> Exchanged | None:
        """Return the archive's answer; None where none came, whatever it has done."""
        headers = {"Accept": "application/json"}
        if self._wanted.key:
            headers["Authorization"] = f"LOW {self._wanted.key}"
        if content is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return await self._fetcher.exchange(method, address, headers, content)
        except CorrobotError as error:
            _log.info("the archive didn't answer: %s", error)
            return None
