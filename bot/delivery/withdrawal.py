"""Deletes the messages that called somebody who was forgotten since."""

import asyncio
import logging

import discord

from bot.delivery.discord_errors import EXPECTED
from workflows.desk import outbox
from workflows.desk.claim_desk import ClaimDesk

_log = logging.getLogger(__name__)


class Withdrawal:
    """What is to be deleted stands in the database until Discord has deleted it."""

    def __init__(self, client: discord.Client, desk: ClaimDesk) -> None:
        self._client, self._desk = client, desk
        self._at_work = asyncio.Lock()

    async def run(self) -> None:
        """Delete what is to be deleted; what cannot be is tried again the next time."""
        async with self._at_work:
            for post, channel, message in await self._desk.read(outbox.list_withdrawn):
                try:
                    place = self._client.get_partial_messageable(channel)
                    await place.get_partial_message(message).delete()
                except discord.NotFound:
                    pass  # deleted by hand
                except EXPECTED as error:
                    _log.warning("deleting message %s failed, retrying later: %s", message, error)
                    continue
                await self._desk.write(outbox.mark_withdrawn, post)
