"""Cards follow the truth: the newest state wins, and no older one stays."""

import asyncio
import sys
import time
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from types import SimpleNamespace

import aiohttp
import discord
import pytest
from discord.utils import time_snowflake

from bot.delivery import card_sync, edit_backoff
from bot.delivery.card_sync import CardContent, CardSync
from tests.expect import wait_until
from workflows.claims import TeamId
from workflows.desk import outbox
from workflows.store.outbox import Card, CardState, PostKind

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Desk:
    """The versions stored, those known to be shown, and which changed since an event."""

    def __init__(self):
        self.stored, self.shown, self.lost, self.broken = {}, {}, [], set()
        self.events, self.changed, self.moving = 0, {}, set()

    def post(self, message):
        self.change(message, 1)
        self.shown[message] = 1

    def change(self, message, version):
        self.events += 1
        self.changed[message] = self.events
        self.stored[message] = version

    def card(self, message):
        shown, stored = self.shown[message], self.stored[message]
        if message in self.moving:
            return Card(
                message, 11, TeamId(1), PostKind.CLAIM, message, 0, sys.maxsize, CardState.MOVING
            )
        return Card(message, 11, TeamId(1), PostKind.CLAIM, message, shown, stored)

    async def read(self, question, asked):
        await asyncio.sleep(0)
        if question is outbox.list_cards_behind:
            changed = [m for m in self.stored if self.changed[m] > asked]
            late = [m for m in changed if self.stored[m] > self.shown[m]]
            return self.events, tuple(map(self.card, {*late, *self.moving}))
        assert question is outbox.list_cards
        return tuple(self.card(message) for message in asked if message in self.stored)

    async def write(self, change, about, _now=None):
        await asyncio.sleep(0)
        if change is outbox.mark_shown:
            for message, version in about:
                self.shown[message] = max(self.shown.get(message, 0), version)
        elif change is outbox.mark_moved:
            self.moving.remove(about)
        else:
            assert change is outbox.mark_lost
            self.lost += about
            for message in about:
                del self.stored[message]


class Channel:
    """What people see on each message. An edit arrives when `hold` lets it."""

    def __init__(self):
        self.seen, self.edits, self.trouble, self.stripped = {}, [], {}, []
        self.under_way, self.most_at_once = 0, 0
        self.hold, self.refusals = None, []
        self.ahead_s = 0.0

    def steady(self):
        """Seconds, as they pass or as a test lets them."""
        return time.monotonic() + self.ahead_s

    def get_partial_messageable(self, _channel):
        return self

    def get_partial_message(self, message):
        async def edit(*, embeds, allowed_mentions, view):
            assert allowed_mentions.to_dict() == {"parse": []}
            self.edits.append(message)
            self.stripped += [message] if view is None else []
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
            try:
                if self.hold is not None:
                    await self.hold.wait()
                if self.trouble.get(message):
                    raise self.trouble[message].pop(0)
                self.seen[message] = embeds[0]
            finally:
                self.under_way -= 1

        return SimpleNamespace(edit=edit)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def channel():
    return Channel()


@pytest.fixture
def serving(desk, channel, monkeypatch):
    """Cards being kept true; a face is the version it shows."""
    monkeypatch.setattr(card_sync, "DEBOUNCE_S", 0.01)
    monkeypatch.setattr(card_sync, "MIN_EDIT_INTERVAL_S", 0.03)
    monkeypatch.setattr(card_sync, "MAX_BEHIND_S", 0.2)

    @asynccontextmanager
    async def run():
        async def face(card):
            await asyncio.sleep(0)
            if card.message in desk.broken:
                raise ZeroDivisionError
            if card.state is CardState.MOVING:
                return CardContent(["moved"], 0)
            buttons = SimpleNamespace(stop=lambda: None)
            return CardContent([desk.stored[card.message]], desk.stored[card.message], buttons)

        cards = CardSync(
            channel,
            desk,
            face,
            lambda: NOW,
            refused=channel.refusals.append,
            steady=channel.steady,
        )
        cards.start()
        try:
            yield cards
        finally:
            await cards.stop()

    return run


async def quiet(channel, seconds=0.12):
    """Nothing more is edited."""
    before = len(channel.edits)
    await asyncio.sleep(seconds)
    assert channel.edits[before:] == []


async def test_outdated_at_start(desk, channel, serving):
    """A card that is outdated at the start is edited once, and no other."""
    for message in (1, 2, 3):
        desk.post(message)
    desk.change(2, 5)

    async with serving():
        await wait_until(lambda: channel.seen.get(2) == 5)
        await quiet(channel)

    assert channel.edits == [2]
    assert desk.shown == {1: 1, 2: 5, 3: 1}


async def test_shown_by_its_reply(desk, channel, serving):
    """A card that its own reply has updated is not edited."""
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as write:
            desk.change(1, 2)
            cards.wake()
            await asyncio.sleep(0.05)  # it is looked for meanwhile
            channel.seen[1] = 2
            write.mark_shown(2)
        await wait_until(lambda: desk.shown[1] == 2)
        await quiet(channel)

    assert channel.edits == []


async def test_quick_changes(desk, channel, serving):
    """Changes in quick succession become few edits, one at a time."""
    desk.post(1)
    channel.hold = asyncio.Event()
    async with serving() as cards:
        for version in range(2, 40):
            desk.change(1, version)
            cards.wake()
            await asyncio.sleep(0.001)
        channel.hold.set()
        await wait_until(lambda: channel.seen.get(1) == 39)
        await quiet(channel)

    assert channel.most_at_once == 1
    assert len(channel.edits) <= 3


async def test_older_version_arrives_late(desk, channel, serving):
    """An older version that arrives late is corrected by one more edit."""
    desk.post(1)
    desk.change(1, 2)
    channel.hold = asyncio.Event()
    async with serving() as cards:
        await wait_until(lambda: channel.under_way)  # version 2 is on its way
        with cards.track_write(1) as write:
            desk.change(1, 3)
            await asyncio.sleep(0.01)
            channel.seen[1] = 3
            write.mark_shown(3)
        channel.hold.set()
        await wait_until(lambda: channel.seen[1] == 2)  # and arrives after version 3

        await wait_until(lambda: channel.seen[1] == 3)
        await quiet(channel)

    assert channel.edits == [1, 1]
    assert desk.shown[1] == 3


async def test_overlapping_replies(desk, channel, serving):
    """Two replies that overlap are followed by one edit."""
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as late:
            desk.change(1, 2)
            with cards.track_write(1) as early:
                desk.change(1, 3)
                channel.seen[1] = 3
                early.mark_shown(3)
            channel.seen[1] = 2
            late.mark_shown(2)

        await wait_until(lambda: channel.seen[1] == 3)
        await quiet(channel)

    assert channel.edits == [1]


async def test_late_reply(desk, channel, serving):
    """An old reply that arrives after the edit is corrected."""
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as late:
            desk.change(1, 2)
            desk.change(1, 3)
            await wait_until(lambda: channel.seen.get(1) == 3)  # edited, for it was behind for long
            channel.seen[1] = 2
            late.mark_shown(2)

        await wait_until(lambda: channel.seen[1] == 3)
        await wait_until(lambda: desk.shown[1] == 3)


async def test_failed_reply(desk, channel, serving):
    """A reply that failed leaves its card to be edited."""
    desk.post(1)
    async with serving() as cards:
        await quiet(channel, 0.03)
        with suppress(ConnectionResetError), cards.track_write(1):
            desk.change(1, 2)
            raise ConnectionResetError

        await wait_until(lambda: channel.seen.get(1) == 2)


async def test_uncertain_card(desk, channel, serving):
    """A card in doubt is edited once."""
    desk.post(1)
    async with serving() as cards:
        cards.mark_stale(1)
        cards.mark_stale(9)  # a message that is no card

        await wait_until(lambda: channel.seen.get(1) == 1)
        await quiet(channel)

    assert channel.edits == [1]


@pytest.mark.parametrize(
    "trouble",
    [
        aiohttp.ServerDisconnectedError(),
        ConnectionResetError("reset"),
        discord.DiscordServerError(SimpleNamespace(status=503, reason="no"), "no"),
    ],
    ids=["disconnected", "reset", "503"],
)
async def test_lost_edit(desk, channel, serving, trouble):
    """An edit that is lost is tried again."""
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [trouble, trouble]

    async with serving():
        await wait_until(lambda: channel.seen.get(1) == 2)

    assert channel.edits == [1, 1, 1]


async def test_channel_backoff(desk, channel, serving):
    """A channel in trouble waits longer each time, and no other does."""
    for message in (1, 2, 3):
        desk.post(message)
        desk.change(message, 2)
        channel.trouble[message] = [aiohttp.ServerDisconnectedError()] * 100

    async with serving():
        await asyncio.sleep(0.6)
        assert 4 <= len(channel.edits) <= 15  # of 60, had it gone on as fast as it may
        channel.trouble.clear()
        await wait_until(lambda: channel.seen == {1: 2, 2: 2, 3: 2})


async def test_discords_wait(desk, channel, serving):
    """A wait that Discord asks for is kept."""
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [discord.RateLimited(400)]

    async with serving():
        await wait_until(lambda: channel.edits)
        await quiet(channel)
        channel.ahead_s = 400
        await wait_until(lambda: channel.seen.get(1) == 2)

    assert channel.edits == [1, 1]


async def test_deleted_card(desk, channel, serving):
    """A deleted card is no longer edited."""
    desk.post(1)
    desk.change(1, 2)
    gone = discord.NotFound(
        SimpleNamespace(status=404, reason="no"), {"code": 10008, "message": "Unknown Message"}
    )
    channel.trouble[1] = [gone]

    async with serving():
        await wait_until(lambda: desk.lost)
        await quiet(channel)

    assert desk.lost == [1]
    assert channel.edits == [1]


async def test_moved_card(desk, channel, serving):
    """A card that has moved says so once and loses its buttons."""
    desk.post(1)
    desk.post(2)
    desk.moving = {1}
    desk.change(2, 2)

    async with serving():
        await wait_until(lambda: channel.seen == {1: "moved", 2: 2})
        await quiet(channel)

    assert channel.stripped == [1]
    assert sorted(channel.edits) == [1, 2]
    assert desk.moving == set()


async def test_closed_channel(desk, channel, serving):
    """A channel that takes no edits is left alone until it is open again."""
    for message in range(1, 21):
        desk.post(message)
        desk.change(message, 2)
        channel.trouble[message] = [refused(403, 50013)] * 100

    async with serving() as cards:
        await wait_until(lambda: channel.edits)
        await quiet(channel)
        assert len(channel.edits) <= card_sync.MAX_PARALLEL_CHANNELS
        assert set(channel.refusals) == {11}
        channel.trouble.clear()
        cards.mark_channel_open(11)

        await wait_until(lambda: channel.seen == dict.fromkeys(range(1, 21), 2))


async def test_impossible_edit(desk, channel, serving):
    """An edit that Discord will never take is not tried for ever."""
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [refused(400, 50035)] * 100

    async with serving():
        await wait_until(lambda: channel.edits)
        await quiet(channel)

    assert channel.edits == [1]


async def test_old_cards_wait(desk, channel, serving, monkeypatch):
    """When Discord limits edits of old messages, they go one at a time and young ones freely."""
    monkeypatch.setattr(edit_backoff, "OLD_FIRST", 600)
    young = time_snowflake(datetime.now(UTC))
    for message in (1, 2, 3, young):
        desk.post(message)
        desk.change(message, 2)
    channel.trouble = {message: [refused(429, 30046)] for message in (1, 2, 3)}

    async with serving() as cards:
        await wait_until(lambda: channel.seen.get(young) == 2)
        desk.change(young, 3)
        cards.wake()
        await wait_until(lambda: channel.seen == {young: 3})
        for shown in range(2, 5):
            channel.ahead_s += 600
            await wait_until(lambda shown=shown: len(channel.seen) == shown)
            await quiet(channel)

    assert channel.seen == {1: 2, 2: 2, 3: 2, young: 3}
    assert len(channel.edits) == 8


def test_adaptive_waits():
    """Waits for old cards grow with each refusal and shrink with each success."""
    cards = edit_backoff.EditBackoff(first=1)
    now, waits = 0.0, []
    for _ in range(8):
        waits.append(cards.record_too_old(11, now))
        assert cards.record_too_old(11, now) == waits[-1]  # of an edit that had left before
        assert cards.is_waiting(11, now + waits[-1] - 1, old=True)
        now += waits[-1]
        assert not cards.is_waiting(11, now, old=True)
    assert waits == [10, 20, 40, 80, 160, 320, 600, 600]
    assert not cards.is_waiting(11, 0, old=False)
    assert not cards.is_waiting(12, 0, old=True)

    for _ in range(40):
        now += 600
        cards.record_success(11, now, old=True)

    assert not cards.is_serial(11)


def refused(status, code):
    kind = discord.Forbidden if status == 403 else discord.HTTPException
    return kind(SimpleNamespace(status=status, reason="no"), {"code": code, "message": "no"})


async def test_undrawable_card(desk, channel, serving):
    """One card that cannot be drawn holds up no other."""
    for message in (1, 2):
        desk.post(message)
        desk.change(message, 2)
    desk.broken = {1}

    async with serving():
        await wait_until(lambda: channel.seen.get(2) == 2)

    assert 1 not in channel.seen


async def test_steady_votes(desk, channel, serving):
    """A card under steady votes is not outdated for long."""
    desk.post(1)
    stop = asyncio.Event()

    async def vote(cards):
        while not stop.is_set():
            with cards.track_write(1):
                desk.change(1, desk.stored[1] + 1)
                await asyncio.sleep(0.01)

    async with serving() as cards:
        voters = [asyncio.create_task(vote(cards)) for _ in range(5)]
        await wait_until(lambda: channel.seen.get(1, 0) > 1, within=2)
        stop.set()
        await asyncio.gather(*voters)

        await wait_until(lambda: channel.seen[1] == desk.stored[1])


async def test_progress_kept_at_stop(desk, channel, serving):
    """When it stops, it keeps which version each card shows."""
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as write:
            desk.change(1, 4)
            write.mark_shown(4)

    assert desk.shown[1] == 4
    assert channel.edits == []
