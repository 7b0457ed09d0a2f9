"""Looks through the claims' channels for cards that were deleted, and for cards nobody knows.

The bot does not listen to messages, so that it hears nothing of a card that is deleted; a look at
each start and once a day finds those of open claims. After a backup was put back, the cards posted
since are strangers to the database: they are named to the moderators.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import discord

from bot.channel_permissions import find_lacking, list_uses
from bot.delivery.discord_errors import EXPECTED, Failure, classify_failure
from bot.delivery.placement import iter_posts
from workflows.desk import channel_health, outbox, process_state
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.store.backups import RESTORED
from workflows.teams import Team

_log = logging.getLogger(__name__)

CHECK_INTERVAL_S = 24 * 3600.0
MOST = 10_000
"""Messages of a channel that are looked through, the newest; cards before them are not judged."""
_READABLE = (discord.TextChannel, discord.Thread, discord.ForumChannel)
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
        gone: list[int] = []
        for channel, messages in by_channel.items():
            gone += await self._read_channel(team, channel, messages, restored=restored)
        if gone:
            _log.warning(
                "card check: %d cards were deleted in server %d", len(gone), team.settings.guild
            )
            await self._desk.write(outbox.mark_lost, gone, self._now())
            self._told()

    async def _read_channel(
        self, team: Team, channel: int, messages: list[int], *, restored: bool
    ) -> list[int]:
        """Return those of these cards that stand there no more."""
        if messages == [channel]:  # the first message of a forum's post
            post = self._client.get_partial_messageable(channel)
            return messages if await self._is_gone(post, channel) else []
        try:
            place = self._client.get_channel(channel) or await self._client.fetch_channel(channel)
        except discord.HTTPException as error:
            is_gone = classify_failure(error) is Failure.CHANNEL_GONE
            is_ours = channel in list_uses(team.settings)  # whose loss is told of otherwise
            return messages if is_gone and not is_ours else []
        if not isinstance(place, _READABLE) or find_lacking(
            place, ("view_channel", "read_message_history")
        ):
            return []  # without the history Discord answers an empty list
        if restored and not isinstance(place, discord.Thread):
            await self._tell_of_strangers(team, await self._find_in_threads(place))
        if isinstance(place, discord.ForumChannel):
            return []
        found, oldest = await self._find_ours(place, messages, everything=restored)
        if restored:
            keys = {(place.id, message): key for message, key in found.items()}
            await self._tell_of_strangers(team, keys)
        missing = [message for message in messages if message not in found and message >= oldest]
        return [message for message in missing if await self._is_gone(place, message)]

    async def _find_in_threads(
        self, place: discord.TextChannel | discord.ForumChannel
    ) -> dict[tuple[int, int], str]:
        """Return the claim keys of all cards in a channel's threads or posts, by their place."""
        found: dict[tuple[int, int], str] = {}
        async for thread in iter_posts(place):
            keys, _ = await self._find_ours(thread, [], everything=True)
            found |= {(thread.id, message): key for message, key in keys.items()}
        return found

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

    async def _is_gone(self, place: discord.abc.Messageable, message: int) -> bool:
        try:
            await place.fetch_message(message)
        except discord.HTTPException as error:
            return classify_failure(error) in (Failure.MESSAGE_GONE, Failure.CHANNEL_GONE)
        return False

    async def _tell_of_strangers(self, team: Team, found: Mapping[tuple[int, int], str]) -> None:
        """Of cards, by their channel and message, whose claims the database doesn't know."""
        keys = frozenset(found.values())
        strangers = await self._desk.read(channel_health.find_strangers, team.settings.guild, keys)
        messages = tuple(place for place, key in sorted(found.items()) if key in strangers)
        if not messages:
            return
        _log.warning(
            "card check: %d cards in server %d are unknown, posted after the backup was made: %s",
            len(messages),
            team.settings.guild,
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
