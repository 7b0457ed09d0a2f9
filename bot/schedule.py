"""The alarm clock: rings when a digest is due or a hold ends. The one module with a scheduler.

It decides nothing. What is due is asked of the database at each ring, so that a ring too many or
too few changes nothing; and every minute it rings anyway, whatever became of the clock meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from workflows.claims import MemberKey
from workflows.desk import assignments, digests, drafts, subscriptions, transitions
from workflows.desk.claim_desk import ClaimDesk
from workflows.store.digests import RunResult
from workflows.teams import Person

T = TypeVar("T")

_log = logging.getLogger(__name__)

RING_INTERVAL_S = timedelta(minutes=1)
TOGETHER = 8
"""Teams whose digests share a commit: at a full hour a thousand may be due, and votes wait for
each."""
GRACE = timedelta(hours=1)
"""How late a ring may come and still be one: the default of a second loses rings."""


class AlarmClock:
    """Makes due digests and settles due claims; `on_change` is called after it changed something.

    `now` tells the time that things are due by. Start and stop it on one event loop.
    """

    def __init__(
        self,
        desk: ClaimDesk,
        now: Callable[[], datetime],
        on_change: Callable[[], Awaitable[None]],
        *,
        every: timedelta = RING_INTERVAL_S,
        before: Callable[[], Awaitable[None]] | None = None,
        find_person: Callable[[int, int], Awaitable[Person | None]],
        find_direct: Callable[[int], Awaitable[int | None]],
    ) -> None:
        """`before` is awaited at the begin of each ring.

        `find_person` finds somebody by server and account, None where they are not there;
        `find_direct` the direct channel to an account, None where Discord gives none.
        """
        self._find_person, self._find_direct = find_person, find_direct
        self._desk, self._now, self._on_change, self._every = desk, now, on_change, every
        self._before = before
        self._ringing = asyncio.Lock()
        self._stopped = False
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every ring
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "misfire_grace_time": int(GRACE.total_seconds()),
                "coalesce": True,
                "max_instances": 1,
            },
        )

    async def start(self) -> None:
        """Catch up on what became due while nothing ran, then keep watch."""
        self._scheduler.start()
        self._scheduler.add_job(
            self.ring,
            "interval",
            seconds=self._every.total_seconds(),
            id="every",
            replace_existing=True,
        )
        await self.ring()

    async def stop(self) -> None:
        """Let a ring that is under way finish; there is none after it."""
        self._stopped = True
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        async with self._ringing:  # shutting down would cancel it
            self._scheduler.shutdown()
        await asyncio.sleep(0)  # it shuts down in the loop's next turn

    async def ring(self) -> None:
        """Do what is due, and set the alarm for what will be. Never raises, never runs twice."""
        async with self._ringing:
            if self._stopped:
                return
            if self._before:
                await self._run_guarded("confirming the time", self._before())
            settled = await self._run_guarded("settling", self._settle())
            queued = await self._run_guarded("making digests", self._make_digests())
            await self._run_guarded("ending drafts", self._desk.write(drafts.end_due, self._now()))
            written = await self._run_guarded(
                "making members' own digests", self._make_personal_digests()
            )
            nudged = await self._run_guarded("nudging", self._nudge())
            if settled or queued or written or nudged:
                await self._run_guarded("telling of it", self._on_change())
            await self._run_guarded("setting the alarm", self._set_alarms())

    async def _settle(self) -> bool:
        return bool(await self._desk.write(transitions.apply_all_due, self._now()))

    async def _make_digests(self) -> bool:
        """A few teams' in one transaction: votes pass between, and one fault stops no other."""
        now = self._now()
        owing = await self._desk.read(digests.list_owing, now)
        made: list[tuple[digests.MadeDigest, ...] | None] = []
        for first in range(0, len(owing), TOGETHER):
            made += await asyncio.gather(
                *(
                    self._run_guarded(
                        f"the digest of team {team}", self._desk.write(digests.make_for, team, now)
                    )
                    for team in owing[first : first + TOGETHER]
                )
            )
        return any(each.result is RunResult.POSTED for team in made for each in team or ())

    async def _make_personal_digests(self) -> bool:
        """Likewise a transaction for each member."""
        now = self._now()
        made = [
            await self._run_guarded(
                "a member's own digest", self._make_personal_digest(member, now)
            )
            for member in await self._desk.read(subscriptions.list_owing, now)
        ]
        return any(RunResult.POSTED in results for results in made if results)

    async def _make_personal_digest(
        self, member: MemberKey, now: datetime
    ) -> tuple[RunResult, ...]:
        """With the roles that they have by now."""
        account = await self._desk.read(subscriptions.find_account, member)
        person = await self._find_person(*account) if account else None
        return await self._desk.write(subscriptions.make_personal_digest, member, person, now)

    async def _nudge(self) -> bool:
        """Remind whoever looks into a claim that their day has come: each once, privately."""
        now = self._now()
        queued = [
            await self._desk.write(
                assignments.queue_nudge, each.claim, await self._find_direct(each.account), now
            )
            for each in await self._desk.read(assignments.list_nudges, now)
        ]
        return any(queued)

    async def _set_alarms(self) -> None:
        now = self._now()
        self._set_alarm("digest", await self._desk.read(digests.find_next_due, now))
        self._set_alarm("personal", await self._desk.read(subscriptions.find_next_due, now))
        self._set_alarm("settling", await self._desk.read(transitions.find_next_due))
        self._set_alarm("nudging", await self._desk.read(assignments.find_next_nudge))

    def _set_alarm(self, name: str, at: datetime | None) -> None:
        """Ring at this time. What is past and still not done waits for the minute's ring."""
        ahead = at - self._now() if at else timedelta()
        if ahead > timedelta():
            self._scheduler.add_job(
                self.ring,
                "date",
                run_date=datetime.now(UTC) + ahead,
                id=name,
                replace_existing=True,
            )

    async def _run_guarded(self, what: str, step: Awaitable[T]) -> T | None:
        try:
            return await step
        except Exception:  # noqa: BLE001  # whatever it is, the clock goes on
            _log.exception("scheduler failed at %s; it will retry", what)
            return None
