"""The alarm clock rings when something is due, and nothing that goes wrong stops it."""

import asyncio
import logging
import time as clock
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import schedule
from bot.schedule import AlarmClock
from tests.builders import build_found_claim, make_due
from tests.expect import wait_until
from workflows.claims import Stance, Verdict
from workflows.desk import assignments, digests, evidence, intake, outbox, setup, transitions, votes
from workflows.desk.claim_desk import ClaimDesk
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store.digests import RunResult
from workflows.store.outbox import PostKind
from workflows.teams import Acting, Person, make_first_settings

FOUNDED = datetime(2026, 11, 22, 10, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SOON = timedelta(milliseconds=150)
VOTER = Person(1, frozenset(), None, manages_messages=False, administrator=False)


class Clock:
    """A time that begins where it is told and goes on as fast as the real one."""

    def __init__(self, begin: datetime) -> None:
        self.set(begin)

    def set(self, at: datetime) -> None:
        self._at, self._since = at, clock.monotonic()

    def __call__(self) -> datetime:
        return self._at + timedelta(seconds=clock.monotonic() - self._since)


class Bell:
    """Remembers how often something changed."""

    def __init__(self) -> None:
        self.rings = 0

    async def __call__(self) -> None:
        self.rings += 1


def a_document() -> Intake:
    return Intake("title", None, None, None, "en", "text", (build_found_claim("words"),))


@pytest.fixture
async def desk(database):
    desk = ClaimDesk(database)
    await desk.write(
        setup.create_team,
        make_first_settings(1, 22),
        Policy(quorum=1, hold=DAY),
        FOUNDED,
    )
    await desk.write(intake.add_document, 1, a_document(), None, FOUNDED)
    yield desk
    desk.close()


@pytest.fixture
def bell():
    return Bell()


async def found(server, account):
    del server
    return Person(account, frozenset(), None, manages_messages=False, administrator=False)


async def reached(account):
    return 10_000 + account


@pytest.fixture
async def wound(desk, bell):
    """Starts an alarm clock over the desk, and stops it after the test."""
    clocks = []

    async def start(now, **more):
        alarm = AlarmClock(
            desk, now, more.pop("on_change", bell), find_person=found, find_direct=reached, **more
        )
        clocks.append(alarm)
        await alarm.start()
        return alarm

    yield start
    for alarm in clocks:
        await alarm.stop()


async def ledger(desk) -> list[tuple[date, RunResult]]:
    def found(store):
        return [
            (date.fromisoformat(row["local_date"]), RunResult(row["result"]))
            for row in store._db.execute("SELECT * FROM digest_runs ORDER BY id").fetchall()
        ]

    return await desk.read(found)


async def decide(desk, at: datetime) -> None:
    def act(store):
        (claim,) = store.claims.open_in(store.teams.of_guild(1).id)
        evidence.attach_link(
            store, Acting(1, VOTER, at), claim.key, "https://example.org/", Stance.SUPPORTS
        )
        votes.cast_vote(store, Acting(1, VOTER, at), claim.key, Verdict.SUPPORTED)

    await desk.write(act)


async def test_missed_work_at_start(desk, bell, wound):
    """What became due while nothing ran is done at the start."""
    await wound(lambda: DUE + timedelta(hours=5))

    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]
    assert bell.rings == 1
    queued = await desk.read(lambda store: store.outbox.list_undelivered())
    assert [each.kind for each in queued].count(PostKind.DIGEST) == 1


async def test_digest_hour(desk, bell, wound):
    """It rings at the hour of a digest."""
    await wound(Clock(DUE - SOON))
    assert await ledger(desk) == []

    async def rung():
        return bell.rings == 1

    await wait_until(rung)
    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]


async def test_end_of_a_hold(desk, bell, wound):
    """It rings when a hold ends."""
    await decide(desk, DUE + DAY / 2)
    end = DUE + DAY * 3 / 2
    now = Clock(end - SOON)
    await desk.write(make_due, now())
    await wound(now)

    async def settled():
        return await desk.read(transitions.find_next_due) is None

    async def told():
        return bell.rings == 1  # after what else is due has been looked for

    assert not await settled()
    await wait_until(settled)
    await wait_until(told)


async def test_next_day(desk, wound):
    """After a ring it waits for the next day."""
    now = Clock(DUE)
    alarm = await wound(now)
    now.set(DUE + DAY - SOON)
    await alarm.ring()

    async def both_made():
        return [day for day, _ in await ledger(desk)] == [DUE.date(), (DUE + DAY).date()]

    await wait_until(both_made)


async def test_clock_jump(desk, wound):
    """A clock that jumps is noticed by the next regular ring."""
    now = Clock(FOUNDED)
    await wound(now, every=timedelta(seconds=0.1))
    now.set(DUE)

    async def made():
        return await ledger(desk) == [(DUE.date(), RunResult.POSTED)]

    await wait_until(made)


async def test_simultaneous_rings(desk, bell, wound):
    """Rings at the same time make one digest."""
    now = Clock(FOUNDED)
    alarm = await wound(now)
    now.set(DUE)

    await asyncio.gather(*(alarm.ring() for _ in range(20)))

    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]
    assert bell.rings == 1


async def test_no_change_no_call(bell, wound):
    """When nothing changed nobody is told."""
    alarm = await wound(lambda: FOUNDED)

    await alarm.ring()

    assert bell.rings == 0


async def test_fault_is_logged(desk, wound, monkeypatch, caplog):
    """A fault is logged and stops nothing else."""
    monkeypatch.setattr(schedule.transitions, "apply_all_due", _failing)

    await wound(lambda: DUE)

    assert "failed at settling" in caplog.text
    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]


async def test_retry_at_next_ring(desk, wound, monkeypatch):
    """What failed once is done at the next ring."""
    with monkeypatch.context() as patch:
        patch.setattr(schedule.digests, "make_for", _failing)
        alarm = await wound(lambda: DUE)
    assert await ledger(desk) == []

    await alarm.ring()

    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]


async def test_teams_are_independent(desk, wound, monkeypatch, caplog):
    """One team's fault does not cost the others their digest."""
    await desk.write(setup.create_team, make_first_settings(2, 22), Policy(), FOUNDED)
    whole = digests.make_for

    def faulty(store, team, now):
        return _failing() if team == 1 else whole(store, team, now)

    monkeypatch.setattr(schedule.digests, "make_for", faulty)
    await wound(lambda: DUE)

    assert await ledger(desk) == [(DUE.date(), RunResult.EMPTY)]
    assert "the digest of team 1" in caplog.text


async def test_listener_raises(desk, wound, caplog):
    """An error of the listener does not stop the clock."""

    async def broken():
        raise ValueError("no outbox")

    alarm = await wound(lambda: DUE, on_change=broken)

    await alarm.ring()
    assert "failed at telling" in caplog.text
    assert await ledger(desk) == [(DUE.date(), RunResult.POSTED)]


async def test_nudge_at_its_hour(desk, wound):
    """Whoever looks into a claim is nudged by direct message when their day has come, once."""
    acting = Acting(1, VOTER, FOUNDED)
    await desk.write(assignments.take_claim, acting, 1, DUE.date())
    now = Clock(DUE - SOON)
    alarm = await wound(now)

    async def nudged():
        posts = await desk.read(outbox.list_undelivered, ())
        return [post.channel for post in posts if post.kind is PostKind.NUDGE]

    await asyncio.sleep(2 * SOON.total_seconds())
    await alarm.ring()

    assert await nudged() == [10_001]


async def test_stop(desk):
    """A stop lets the ring finish, and there is none after it."""
    begun, told = asyncio.Event(), []

    async def slow():
        begun.set()
        await asyncio.sleep(0.2)
        told.append("all")

    now = Clock(FOUNDED)
    alarm = AlarmClock(
        desk, now, slow, find_person=found, find_direct=reached, every=timedelta(seconds=0.1)
    )
    await alarm.start()
    now.set(DUE)
    await begun.wait()

    await alarm.stop()

    assert told == ["all"]
    now.set(DUE + DAY)
    await alarm.ring()
    await asyncio.sleep(0.3)
    assert len(await ledger(desk)) == 1


async def test_never_started(desk, bell):
    """A clock that never started can be stopped."""
    await AlarmClock(desk, lambda: DUE, bell, find_person=found, find_direct=reached).stop()

    assert bell.rings == 0


async def test_quiet_scheduler(wound, caplog):
    """The scheduler does not log every ring."""
    with caplog.at_level(logging.INFO):
        await wound(lambda: FOUNDED, every=timedelta(seconds=0.05))
        await asyncio.sleep(0.15)

    assert [each for each in caplog.records if each.levelno < logging.WARNING] == []


def _failing(*_: object) -> None:
    raise RuntimeError("a fault")
