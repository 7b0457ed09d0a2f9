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
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import discord
from discord.utils import MISSING, snowflake_time

from bot.delivery.discord_errors import EXPECTED, Meaning, meaning_of
from bot.delivery.edit_backoff import OLD, Rests
from workflows.desk import outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.store.outbox import Card, CardState

_log = logging.getLogger(__name__)

GATHER = 0.3
"""Seconds in which changes are gathered before cards are edited."""
APART = 1.0
"""Seconds between two edits of one message, at least."""
LONGEST_BEHIND = 2.0
"""Seconds after which a card behind is edited though other writes to it are under way."""
CROWD = 3
"""More writes than this in one second on one card are a burst."""
CROWD_EVERYWHERE = 100
"""More than this in one second on all cards together are one, too."""
AT_ONCE = 4
"""Edits of different messages under way in one channel."""


@dataclass(slots=True)
class _Writes:
    in_flight: int = 0
    overlapped: bool = False


@dataclass(slots=True)
class Write:
    """One write to a message that is under way."""

    crowded: bool
    version: int = 0

    def shows(self, version: int) -> None:
        """The version people see once this write has arrived; 0 for none."""
        self.version = version


@dataclass(frozen=True, slots=True)
class Face:
    """What a message is to show: its embeds, and the version they show; its buttons may go."""

    embeds: list[discord.Embed]
    version: int
    buttons: bool = True


class Showing:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        face_of: Callable[[Card], Awaitable[Face]],
        now: Callable[[], datetime],
        *,
        refused: Callable[[int], None] = lambda _: None,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """`refused` is called with a channel that takes no edits, `told` when notices wait."""
        self._client, self._desk, self._face_of = client, desk, face_of
        self._writes: defaultdict[int, _Writes] = defaultdict(_Writes)
        self._second = 0
        self._begun: Counter[int] = Counter()
        self._shown: dict[int, int] = {}
        self._behind: dict[int, Card] = {}
        self._doubtful: set[int] = set()
        self._behind_since: dict[int, float] = {}
        self._edited_at: dict[int, float] = {}
        self._now, self._refused, self._told = now, refused, told
        self._rests = Rests(APART)
        self._gone: list[int] = []
        self._closed: set[int] = set()
        self._seen = 0
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def writing(self, message: int) -> Iterator[Write]:
        """Around every write to a message outside this class."""
        writes = self._writes[message]
        writes.overlapped = writes.overlapped or writes.in_flight > 0
        writes.in_flight += 1
        write = Write(crowded=self._is_crowded(message))
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
            self.nudge()  # what it changed may be shown by nothing yet, and its answer lost

    def doubt(self, message: int) -> None:
        """What this message shows may be older than what is stored; edit it once."""
        self._doubtful.add(message)
        self.nudge()

    def _is_crowded(self, message: int) -> bool:
        """Count a write that begins, and say whether it is one of a burst."""
        second = int(time.monotonic())
        if second != self._second:
            self._second = second
            self._begun.clear()
        self._begun[message] += 1
        return self._begun[message] > CROWD or self._begun.total() > CROWD_EVERYWHERE

    def nudge(self) -> None:
        """Something changed; look which cards are behind."""
        self._changed.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="showing")
        self.nudge()

    async def stop(self) -> None:
        """Keep what is shown; cards still behind are found again at the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._keep_shown()

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(GATHER)
            self._changed.clear()
            try:
                await self._look()
                await self._edit_all()
            except CorrobotError as error:
                _log.warning("card refresh failed, retrying: %s", error)
                await asyncio.sleep(APART)
            except Exception:  # noqa: BLE001  # tried again, and said
                _log.exception("cards could not be refreshed; trying again")
                await asyncio.sleep(APART)
            if self._behind or self._doubtful:
                self._changed.set()

    async def _look(self) -> None:
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
        """What its own answers have shown since last time, by message; kept."""
        shown, self._shown = self._shown, {}
        if shown:
            await self._desk.write(outbox.mark_shown, tuple(shown.items()))
        return shown

    async def _edit_all(self) -> None:
        """Every card behind that may be edited now, the channels side by side."""
        now = time.monotonic()
        ready: defaultdict[int, list[Card]] = defaultdict(list)
        for message, card in list(self._behind.items()):
            since = self._behind_since.setdefault(message, now)
            written = message in self._writes and now - since < LONGEST_BEHIND
            if self._shown.get(message, 0) >= card.version or card.channel in self._closed:
                del self._behind[message]  # its own answer has shown it, or nothing can be shown
            elif (
                not written
                and now - self._edited_at.get(message, 0) >= APART
                and not self._rests.rests(card.channel, now, old=_is_old(card))
                and not (
                    self._rests.one_at_a_time(card.channel)
                    and _is_old(card)
                    and any(map(_is_old, ready[card.channel]))
                )
            ):
                ready[card.channel].append(self._behind.pop(message))
        self._behind_since = {m: at for m, at in self._behind_since.items() if m in self._behind}
        self._edited_at = {m: at for m, at in self._edited_at.items() if now - at < APART}
        await asyncio.gather(*(self._edit_channel(cards) for cards in ready.values()))
        if self._gone:
            gone, self._gone = self._gone, []
            await self._desk.write(outbox.mark_lost, tuple(gone), self._now())
            self._told()

    async def _edit_channel(self, cards: list[Card]) -> None:
        """A few at a time: one that waits for its answer does not hold up the others."""
        waiting = iter(cards)
        await asyncio.gather(*(self._edit_each(waiting) for _ in range(AT_ONCE)))

    async def _edit_each(self, cards: Iterator[Card]) -> None:
        for card in cards:
            if card.channel in self._closed:
                continue
            if self._rests.rests(card.channel, time.monotonic(), old=_is_old(card)):
                self._behind.setdefault(card.message, card)
                continue
            try:
                await self._edit(card)
                self._rests.went_well(card.channel, time.monotonic(), old=_is_old(card))
            except EXPECTED as error:
                await self._missed(card, error)
            except CorrobotError as error:
                _log.warning("a card could not be edited yet: %s", error)
                self._behind.setdefault(card.message, card)
            except Exception:  # noqa: BLE001  # one bad card must not hold up the others
                _log.exception("the card of %s %d cannot be shown", card.kind, card.subject)
            self._edited_at[card.message] = time.monotonic()

    async def _missed(self, card: Card, error: Exception) -> None:
        """What becomes of a card whose edit Discord did not take."""
        _log.warning("a card in channel %s could not be edited: %s", card.channel, error)
        match meaning_of(error):
            case Meaning.MESSAGE_GONE:
                self._gone.append(card.message)
            case Meaning.TOO_OLD:
                wait = self._rests.too_old(card.channel, time.monotonic())
                _log.warning("old cards in channel %s wait %d s for each", card.channel, wait)
                self._behind.setdefault(card.message, card)
            case Meaning.LATER:
                least = getattr(error, "retry_after", 0.0)
                self._rests.trouble(card.channel, time.monotonic(), least)
                self._behind.setdefault(card.message, card)
            case Meaning.NEVER:
                pass  # of this version
            case meaning if not await self._open_again(card, meaning):
                self._closed.add(card.channel)
                self._refused(card.channel)
            case _:
                self._behind.setdefault(card.message, card)

    async def _open_again(self, card: Card, meaning: Meaning) -> bool:
        """Whether the channel is a thread that was archived and could be opened again."""
        if meaning is not Meaning.ARCHIVED:
            return False
        try:
            thread = await self._client.fetch_channel(card.channel)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)
        except EXPECTED as error:
            _log.warning("the thread %s stays archived: %s", card.channel, error)
            return False
        return isinstance(thread, discord.Thread)

    def opened(self, channel: int) -> None:
        """The channel may take edits again: look at all its cards anew."""
        if channel in self._closed:
            self._closed.remove(channel)
            self._seen = 0
            self.nudge()

    async def _edit(self, card: Card) -> None:
        message = self._client.get_partial_messageable(card.channel).get_partial_message(
            card.message
        )
        with self.writing(card.message) as write:
            face = await self._face_of(card)
            await message.edit(
                embeds=face.embeds,
                allowed_mentions=discord.AllowedMentions.none(),
                view=MISSING if face.buttons else None,
            )
            write.shows(face.version)
        if card.state is not CardState.SHOWN:
            await self._desk.write(outbox.list_moved, card.message)


def _is_old(card: Card) -> bool:
    """By its id, which holds the time it was made."""
    return time.time() - snowflake_time(card.message).timestamp() > OLD
