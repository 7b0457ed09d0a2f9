"""Keeps every card true: the newest state wins, one edit in flight for each message.

A vote writes its card itself, in its answer. Whatever else changes a claim (another process, the
clock, evidence, a vote answered in a burst) leaves its card behind the database; `Showing` finds
those and edits them, rendered at that moment. Writes that overlap may arrive in any order, so a
message on which two overlapped is edited once more.
"""

import asyncio
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import discord
from discord.utils import snowflake_time

from bot.delivery.bursts import BurstDetector
from bot.delivery.discord_errors import EXPECTED, Failure, classify_failure
from bot.delivery.edit_backoff import OLD_MESSAGE_S, EditBackoff
from workflows.desk import outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.store.outbox import Card, CardState

_log = logging.getLogger(__name__)

DEBOUNCE_S = 0.3
"""Seconds in which changes are gathered before cards are edited."""
MIN_EDIT_INTERVAL_S = 1.0
"""Seconds between two edits of one message, at least."""
MAX_BEHIND_S = 2.0
"""Seconds after which a card behind is edited though other writes to it are under way."""
MAX_PARALLEL_CHANNELS = 4
"""Edits of different messages under way in one channel."""


@dataclass(slots=True)
class _Writes:
    in_flight: int = 0
    overlapped: bool = False


@dataclass(slots=True)
class CardWrite:
    """One write to a message that is under way."""

    in_burst: bool
    version: int = 0

    def mark_shown(self, version: int) -> None:
        """The version people see once this write has arrived; 0 for none."""
        self.version = version


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a message is to show: its embeds, the version they show, and its buttons, if any."""

    embeds: list[discord.Embed]
    version: int
    view: discord.ui.View | None = None


class CardSync:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        face_of: Callable[[Card], Awaitable[CardContent]],
        now: Callable[[], datetime],
        *,
        refused: Callable[[int], None] = lambda _: None,
        told: Callable[[], None] = lambda: None,
        shown: Callable[[], None] = lambda: None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """`refused` is called with a channel that takes no edits, `told` when notices wait.

        `shown` is called when cards show what they didn't before. `steady` tells seconds since any
        moment.
        """
        self._client, self._desk, self._face_of = client, desk, face_of
        self._writes: defaultdict[int, _Writes] = defaultdict(_Writes)
        self._bursts = BurstDetector()
        self._shown: dict[int, int] = {}
        self._behind: dict[int, Card] = {}
        self._doubtful: set[int] = set()
        self._behind_since: dict[int, float] = {}
        self._edited_at: dict[int, float] = {}
        self._now, self._steady = now, steady
        self._refused, self._told, self._on_shown = refused, told, shown
        self._rests = EditBackoff(MIN_EDIT_INTERVAL_S)
        self._gone: list[int] = []
        self._closed: dict[int, int] = {}  # a channel, thread or post, and the team's channel
        self._seen = 0
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def track_write(self, message: int) -> Iterator[CardWrite]:
        """Around every write to a message outside this class."""
        writes = self._writes[message]
        writes.overlapped = writes.overlapped or writes.in_flight > 0
        writes.in_flight += 1
        write = CardWrite(in_burst=self._bursts.record(message, self._steady()))
        try:
            yield write
        finally:
            writes.in_flight -= 1
            if not writes.overlapped and write.version:
                self._shown[message] = write.version
            if not writes.in_flight:
                if writes.overlapped:
                    self._doubtful.add(message)
                del self._writes[message]
            self.wake()  # what it changed may be shown by nothing yet, and its answer lost

    def mark_stale(self, message: int) -> None:
        """Mark a message as possibly older than what is stored, so that it is edited once."""
        self._doubtful.add(message)
        self.wake()

    def wake(self) -> None:
        """Something changed; look which cards are behind."""
        self._changed.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="showing")
        self.wake()

    async def stop(self) -> None:
        """Keep what is shown; cards still behind are found again at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._keep_shown()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(DEBOUNCE_S)
            self._changed.clear()
            try:
                await self._find_behind()
                await self._edit_all()
            except CorrobotError as error:
                _log.warning("card refresh failed, retrying: %s", error)
                await asyncio.sleep(MIN_EDIT_INTERVAL_S)
            except Exception:  # noqa: BLE001  # tried again, and said
                _log.exception("card refresh failed, retrying")
                await asyncio.sleep(MIN_EDIT_INTERVAL_S)
            if self._behind or self._doubtful:
                self._changed.set()

    async def _find_behind(self) -> None:
        shown = await self._keep_shown()
        self._behind = {m: c for m, c in self._behind.items() if shown.get(m, 0) < c.version}
        self._seen, cards = await self._desk.read(outbox.list_cards_behind, self._seen)
        doubtful = frozenset(self._doubtful)
        if doubtful:
            found = await self._desk.read(outbox.list_cards, doubtful)
            cards += tuple(replace(card, version=sys.maxsize) for card in found)
            self._doubtful -= doubtful
        self._behind |= {card.message: card for card in cards}

    async def _keep_shown(self) -> dict[int, int]:
        """Return what its own answers have shown since last time, by message; kept."""
        shown, self._shown = self._shown, {}
        if shown:
            await self._desk.write(outbox.mark_shown, tuple(shown.items()))
            self._on_shown()
        return shown

    async def _edit_all(self) -> None:
        """Every card behind that may be edited now, the channels side by side."""
        now = self._steady()
        ready: defaultdict[int, list[Card]] = defaultdict(list)
        for message, card in list(self._behind.items()):
            since = self._behind_since.setdefault(message, now)
            written = message in self._writes and now - since < MAX_BEHIND_S
            if self._shown.get(message, 0) >= card.version or _find_room(card) in self._closed:
                del self._behind[message]  # its own answer has shown it, or nothing can be shown
            elif (
                not written
                and now - self._edited_at.get(message, 0) >= MIN_EDIT_INTERVAL_S
                and not self._rests.is_waiting(card.home, now, old=_is_old(card, self._now()))
                and not (
                    self._rests.is_serial(card.home)
                    and _is_old(card, self._now())
                    and any(_is_old(each, self._now()) for each in ready[card.home])
                )
            ):
                ready[card.home].append(self._behind.pop(message))
        self._behind_since = {m: at for m, at in self._behind_since.items() if m in self._behind}
        self._edited_at = {
            m: at for m, at in self._edited_at.items() if now - at < MIN_EDIT_INTERVAL_S
        }
        await asyncio.gather(*(self._edit_channel(cards) for cards in ready.values()))
        if self._gone:
            gone, self._gone = self._gone, []
            await self._desk.write(outbox.mark_lost, tuple(gone), self._now())
            self._told()

    async def _edit_channel(self, cards: list[Card]) -> None:
        """A few at a time: one that waits for its answer does not hold up the others."""
        waiting = iter(cards)
        await asyncio.gather(*(self._edit_each(waiting) for _ in range(MAX_PARALLEL_CHANNELS)))

    async def _edit_each(self, cards: Iterator[Card]) -> None:
        for card in cards:
            if _find_room(card) in self._closed:
                continue
            old = _is_old(card, self._now())
            if self._rests.is_waiting(card.home, self._steady(), old=old):
                self._behind.setdefault(card.message, card)
                continue
            try:
                await self._edit(card)
                self._rests.record_success(card.home, self._steady(), old=old)
            except EXPECTED as error:
                await self._note_missing(card, error)
            except CorrobotError as error:
                _log.warning("card edit failed, retrying: %s", error)
                self._behind.setdefault(card.message, card)
            except Exception:  # noqa: BLE001  # one bad card must not hold up the others
                _log.exception("card of %s %d can't be built", card.kind, card.subject)
            self._edited_at[card.message] = self._steady()

    async def _note_missing(self, card: Card, error: Exception) -> None:
        """Note a card whose edit Discord did not take."""
        _log.warning("card edit refused in channel %s: %s", card.home, error)
        match classify_failure(error):
            case Failure.MESSAGE_GONE:
                self._gone.append(card.message)
            case Failure.CHANNEL_GONE if card.parent:
                self._gone.append(card.message)  # with its thread or post
            case Failure.TOO_OLD:
                wait = self._rests.record_too_old(card.home, self._steady())
                _log.warning(
                    "rate limit on editing old cards in channel %s: one every %d s",
                    card.home,
                    wait,
                )
                self._behind.setdefault(card.message, card)
            case Failure.LATER:
                least = getattr(error, "retry_after", 0.0)
                self._rests.record_failure(card.home, self._steady(), least)
                self._behind.setdefault(card.message, card)
            case Failure.NEVER:
                pass  # of this version
            case meaning if not await self._reopen_thread(card, meaning):
                self._closed[_find_room(card)] = card.home
                self._refused(card.home)
            case _:
                self._behind.setdefault(card.message, card)

    async def _reopen_thread(self, card: Card, meaning: Failure) -> bool:
        """Return True if the channel is a thread that was archived and could be opened again."""
        if meaning is not Failure.ARCHIVED:
            return False
        try:
            await self._open_thread(card)
        except EXPECTED as error:
            _log.warning("thread %s stays archived: %s", card.channel, error)
            return False
        return True

    async def _open_thread(self, card: Card) -> None:
        """Open an archived thread or post; a post that was closed is closed again afterwards."""
        await self._client.http.edit_channel(card.channel, archived=False)
        await self._desk.write(outbox.tend_post, card.message)

    def mark_channel_open(self, channel: int) -> None:
        """The channel may take edits again: look at all its cards anew."""
        if channel in self._closed.values():
            self._closed = {r: home for r, home in self._closed.items() if home != channel}
            self._seen = 0
            self.wake()

    async def _edit(self, card: Card) -> None:
        message = self._client.get_partial_messageable(card.channel).get_partial_message(
            card.message
        )
        with self.track_write(card.message) as write:
            face = await self._face_of(card)
            if card.parent and self._client.get_channel(card.channel) is None:
                await self._open_thread(card)  # the library knows open ones only
            if face.view is not None:
                face.view.stop()  # a stopped view is not stored; its buttons answer by their ids
            await message.edit(
                embeds=face.embeds,
                allowed_mentions=discord.AllowedMentions.none(),
                view=face.view,
            )
            write.mark_shown(face.version)
        if card.state is not CardState.SHOWN:
            await self._desk.write(outbox.mark_moved, card.message)
            self._on_shown()


def _find_room(card: Card) -> int:
    """Return what takes no edits as one: a forum with its posts, a channel, a thread of it."""
    return card.home if card.own_post else card.channel


def _is_old(card: Card, now: datetime) -> bool:
    """By its id, which holds the time it was made."""
    return (now - snowflake_time(card.message)).total_seconds() > OLD_MESSAGE_S
