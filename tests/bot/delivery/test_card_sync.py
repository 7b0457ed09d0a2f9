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
        elif change is outbox.list_moved:
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
                return CardContent(["moved"], 0, buttons=False)
            return CardContent([desk.stored[card.message]], desk.stored[card.message])

        cards = CardSync(channel, desk, face, lambda: NOW, refused=channel.refusals.append)
        cards.start()
        try:
            yield cards
        finally:
            await cards.stop()

    return run


async def until(true, within=3):
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110  # others bring it about
            await asyncio.sleep(0.002)


async def quiet(channel, seconds=0.12):
    """Nothing more is edited."""
    before = len(channel.edits)
    await asyncio.sleep(seconds)
    assert channel.edits[before:] == []


async def test_a_card_that_is_behind_at_the_start_is_edited_once_and_no_other(
    desk, channel, serving
):
    for message in (1, 2, 3):
        desk.post(message)
    desk.change(2, 5)

    async with serving():
        await until(lambda: channel.seen.get(2) == 5)
        await quiet(channel)

    assert channel.edits == [2]
    assert desk.shown == {1: 1, 2: 5, 3: 1}


async def test_a_card_whose_own_answer_has_shown_it_is_not_edited(desk, channel, serving):
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as write:
            desk.change(1, 2)
            cards.wake()
            await asyncio.sleep(0.05)  # it is looked for meanwhile
            channel.seen[1] = 2
            write.mark_shown(2)
        await until(lambda: desk.shown[1] == 2)
        await quiet(channel)

    assert channel.edits == []


async def test_changes_in_quick_succession_become_few_edits_one_at_a_time(desk, channel, serving):
    desk.post(1)
    channel.hold = asyncio.Event()
    async with serving() as cards:
        for version in range(2, 40):
            desk.change(1, version)
            cards.wake()
            await asyncio.sleep(0.001)
        channel.hold.set()
        await until(lambda: channel.seen.get(1) == 39)
        await quiet(channel)

    assert channel.most_at_once == 1
    assert len(channel.edits) <= 3


async def test_an_older_version_that_arrives_late_is_put_right_by_one_more_edit(
    desk, channel, serving
):
    desk.post(1)
    desk.change(1, 2)
    channel.hold = asyncio.Event()
    async with serving() as cards:
        await until(lambda: channel.under_way)  # version 2 is on its way
        with cards.track_write(1) as write:
            desk.change(1, 3)
            await asyncio.sleep(0.01)
            channel.seen[1] = 3
            write.mark_shown(3)
        channel.hold.set()
        await until(lambda: channel.seen[1] == 2)  # and arrives after version 3

        await until(lambda: channel.seen[1] == 3)
        await quiet(channel)

    assert channel.edits == [1, 1]
    assert desk.shown[1] == 3


async def test_two_answers_that_overlap_are_followed_by_one_edit(desk, channel, serving):
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

        await until(lambda: channel.seen[1] == 3)
        await quiet(channel)

    assert channel.edits == [1]


async def test_an_old_answer_that_arrives_after_the_edit_is_put_right(desk, channel, serving):
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as late:
            desk.change(1, 2)
            desk.change(1, 3)
            await until(lambda: channel.seen.get(1) == 3)  # edited, for it was behind for long
            channel.seen[1] = 2
            late.mark_shown(2)

        await until(lambda: channel.seen[1] == 3)
        await until(lambda: desk.shown[1] == 3)


async def test_an_answer_that_failed_leaves_its_card_to_be_edited(desk, channel, serving):
    desk.post(1)
    async with serving() as cards:
        await quiet(channel, 0.03)
        with suppress(ConnectionResetError), cards.track_write(1):
            desk.change(1, 2)
            raise ConnectionResetError

        await until(lambda: channel.seen.get(1) == 2)


async def test_a_card_in_doubt_is_edited_once(desk, channel, serving):
    desk.post(1)
    async with serving() as cards:
        cards.mark_stale(1)
        cards.mark_stale(9)  # a message that is no card

        await until(lambda: channel.seen.get(1) == 1)
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
async def test_an_edit_that_is_lost_is_tried_again(desk, channel, serving, trouble):
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [trouble, trouble]

    async with serving():
        await until(lambda: channel.seen.get(1) == 2)

    assert channel.edits == [1, 1, 1]


async def test_a_channel_in_trouble_rests_longer_each_time_and_no_other_does(
    desk, channel, serving
):
    for message in (1, 2, 3):
        desk.post(message)
        desk.change(message, 2)
        channel.trouble[message] = [aiohttp.ServerDisconnectedError()] * 100

    async with serving():
        await asyncio.sleep(0.6)
        assert 4 <= len(channel.edits) <= 15  # of 60, had it gone on as fast as it may
        channel.trouble.clear()
        await until(lambda: channel.seen == {1: 2, 2: 2, 3: 2})


async def test_a_wait_that_discord_names_is_kept(desk, channel, serving):
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [discord.RateLimited(0.4)]

    async with serving():
        await until(lambda: channel.edits)
        started = time.monotonic()
        await until(lambda: channel.seen.get(1) == 2)

    assert time.monotonic() - started >= 0.35
    assert channel.edits == [1, 1]


async def test_a_card_that_was_deleted_is_edited_no_more(desk, channel, serving):
    desk.post(1)
    desk.change(1, 2)
    gone = discord.NotFound(
        SimpleNamespace(status=404, reason="no"), {"code": 10008, "message": "Unknown Message"}
    )
    channel.trouble[1] = [gone]

    async with serving():
        await until(lambda: desk.lost)
        await quiet(channel)

    assert desk.lost == [1]
    assert channel.edits == [1]


async def test_a_card_that_has_moved_says_so_once_and_loses_its_buttons(desk, channel, serving):
    desk.post(1)
    desk.post(2)
    desk.moving = {1}
    desk.change(2, 2)

    async with serving():
        await until(lambda: channel.seen == {1: "moved", 2: 2})
        await quiet(channel)

    assert channel.stripped == [1]
    assert sorted(channel.edits) == [1, 2]
    assert desk.moving == set()


async def test_a_channel_that_takes_no_edits_is_left_alone_until_it_is_open_again(
    desk, channel, serving
):
    for message in range(1, 21):
        desk.post(message)
        desk.change(message, 2)
        channel.trouble[message] = [refused(403, 50013)] * 100

    async with serving() as cards:
        await until(lambda: channel.edits)
        await quiet(channel)
        assert len(channel.edits) <= card_sync.MAX_PARALLEL_CHANNELS
        assert set(channel.refusals) == {11}
        channel.trouble.clear()
        cards.mark_channel_open(11)

        await until(lambda: channel.seen == dict.fromkeys(range(1, 21), 2))


async def test_what_discord_will_never_take_is_not_tried_for_ever(desk, channel, serving):
    desk.post(1)
    desk.change(1, 2)
    channel.trouble[1] = [refused(400, 50035)] * 100

    async with serving():
        await until(lambda: channel.edits)
        await quiet(channel)

    assert channel.edits == [1]


async def test_old_cards_wait_when_discord_takes_no_more_edits_of_them_and_young_ones_do_not(
    desk, channel, serving, monkeypatch
):
    monkeypatch.setattr(edit_backoff, "OLD_FIRST", 0.5)
    monkeypatch.setattr(edit_backoff, "MIN_WAIT_S", 0.01)
    young = time_snowflake(datetime.now(UTC))
    for message in (1, 2, 3, young):
        desk.post(message)
        desk.change(message, 2)
    channel.trouble[1] = [refused(429, 30046)]

    async with serving() as cards:
        await until(lambda: 1 in channel.edits)
        started = time.monotonic()
        await until(lambda: channel.seen.get(young) == 2)
        desk.change(young, 3)
        cards.wake()
        await until(lambda: channel.seen.get(young) == 3)
        assert 1 not in channel.seen
        await until(lambda: channel.seen == {1: 2, 2: 2, 3: 2, young: 3})

    assert time.monotonic() - started >= 0.5
    assert len(channel.edits) == 6


def test_waits_for_old_cards_grow_with_each_refusal_and_shrink_with_each_success():
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


async def test_one_card_that_cannot_be_drawn_holds_up_no_other(desk, channel, serving):
    for message in (1, 2):
        desk.post(message)
        desk.change(message, 2)
    desk.broken = {1}

    async with serving():
        await until(lambda: channel.seen.get(2) == 2)

    assert 1 not in channel.seen


async def test_a_card_under_steady_votes_is_not_behind_for_long(desk, channel, serving):
    desk.post(1)
    stop = asyncio.Event()

    async def vote(cards):
        while not stop.is_set():
            with cards.track_write(1):
                desk.change(1, desk.stored[1] + 1)
                await asyncio.sleep(0.01)

    async with serving() as cards:
        voters = [asyncio.create_task(vote(cards)) for _ in range(5)]
        await until(lambda: channel.seen.get(1, 0) > 1, within=2)
        stop.set()
        await asyncio.gather(*voters)

        await until(lambda: channel.seen[1] == desk.stored[1])


async def test_what_was_shown_is_kept_when_it_stops(desk, channel, serving):
    desk.post(1)
    async with serving() as cards:
        with cards.track_write(1) as write:
            desk.change(1, 4)
            write.mark_shown(4)

    assert desk.shown[1] == 4
    assert channel.edits == []


async def test_a_fourth_write_to_a_card_within_a_second_is_a_burst(serving):
    async with serving() as cards:
        while time.monotonic() % 1 > 0.8:  # noqa: ASYNC110  # the clock
            await asyncio.sleep(0.01)
        crowded = []
        for _ in range(5):
            with cards.track_write(1) as write:
                crowded.append(write.in_burst)
        with cards.track_write(2) as other:
            pass

    assert crowded == [False, False, False, True, True]
    assert not other.in_burst
