"""Looks through the claims' channels for cards that were deleted, and for cards nobody knows.

The bot does not listen to messages, so that it hears nothing of a card that is deleted; a look at
each start and once a day finds those of open claims. After a backup was put back, the cards posted
since are strangers to the database: they are named to the moderators.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from datetime import datetime

import discord

from bot.channel_permissions import find_lacking
from bot.delivery.discord_errors import EXPECTED, Failure, classify_failure
from workflows.desk import channel_health, outbox, process_state
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.store.backups import RESTORED
from workflows.teams import Team

_log = logging.getLogger(__name__)

CHECK_INTERVAL_S = 24 * 3600.0
MOST = 10_000
"""Messages of a channel that are looked through, the newest; cards before them are not judged."""
_KEY = re.compile(r"(?:vote|evidence|details):([\w-]{22})")


class CardCheck:
    def __init__(
        self,
        client: discord.Client,
        desk: ClaimDesk,
        now: Callable[[], datetime],
        told: Callable[[], None],
    ) -> None:
        """`told` is called when notices wait."""
        self._client, self._desk, self._now, self._told = client, desk, now, told
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="patrol")

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                restored = await self._desk.read(process_state.get, RESTORED) is not None
                for team in await self._desk.read(channel_health.list_teams):
                    await self._check_channel(team, restored=restored)
                if restored:
                    await self._desk.write(process_state.remove, RESTORED)
            except (CorrobotError, *EXPECTED) as error:
                _log.warning("card check failed, retrying later: %s", error)
            except Exception:  # noqa: BLE001  # one look that fails must not be the last
                _log.exception("card check failed")
            await asyncio.sleep(CHECK_INTERVAL_S)

    async def _check_channel(self, team: Team, *, restored: bool) -> None:
        cards = await self._desk.read(channel_health.list_open_cards, team.id)
        by_channel: dict[int, list[int]] = {}
        if restored:
            by_channel[team.settings.claims_channel] = []
        for channel, message in cards:
            by_channel.setdefault(channel, []).append(message)
        for channel, messages in by_channel.items():
            await self._read_channel(team, channel, messages, restored=restored)

    async def _read_channel(
        self, team: Team, channel: int, messages: list[int], *, restored: bool
    ) -> None:
        place = self._client.get_channel(channel)
        if not isinstance(place, discord.TextChannel | discord.Thread) or find_lacking(
            place, ("view_channel", "read_message_history")
        ):
            return  # without the history Discord answers an empty list
        found, oldest = await self._find_ours(place, messages, everything=restored)
        missing = [message for message in messages if message not in found and message >= oldest]
        gone = [message for message in missing if await self._is_gone(place, message)]
        if gone:
            _log.warning("card check: %d cards were deleted from channel %d", len(gone), channel)
            await self._desk.write(outbox.mark_lost, gone, self._now())
            self._told()
        if restored:
            await self._tell_of_strangers(team, channel, found)

    async def _find_ours(
        self, place: discord.TextChannel | discord.Thread, messages: list[int], *, everything: bool
    ) -> tuple[dict[int, str], int]:
        """Our cards' claim keys by their messages, and the oldest message that was looked at."""
        after = None if everything or not messages else discord.Object(min(messages) - 1)
        found: dict[int, str] = {}
        seen, oldest = 0, after.id if after else 0
        async for message in place.history(limit=MOST, after=after, oldest_first=False):
            seen, oldest = seen + 1, message.id
            if message.author == self._client.user and (key := _find_key(message)):
                found[message.id] = key
        return found, oldest if seen == MOST else 0

    async def _is_gone(self, place: discord.TextChannel | discord.Thread, message: int) -> bool:
        try:
            await place.fetch_message(message)
        except discord.HTTPException as error:
            return classify_failure(error) is Failure.MESSAGE_GONE
        return False

    async def _tell_of_strangers(self, team: Team, channel: int, found: dict[int, str]) -> None:
        keys = frozenset(found.values())
        strangers = await self._desk.read(channel_health.find_strangers, team.settings.guild, keys)
        messages = tuple(
            (channel, message) for message, key in sorted(found.items()) if key in strangers
        )
        if not messages:
            return
        _log.warning(
            "card check: %d cards in channel %d are unknown, posted after the backup was made: %s",
            len(messages),
            channel,
            ", ".join(str(message) for _, message in messages),
        )
        await self._desk.write(
            channel_health.tell_of_strangers, team.settings.guild, messages, self._now()
        )
        self._told()


def _find_key(message: discord.Message) -> str | None:
    """Return the key of the claim whose card a message is."""
    return next((match[1] for id_ in _ids(message) if (match := _KEY.match(id_))), None)


def _ids(message: discord.Message) -> Iterable[str]:
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            for child in row.children:
                if isinstance(child, discord.Button) and child.custom_id:
                    yield child.custom_id
