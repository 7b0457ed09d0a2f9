"""Webhooks are sent here: what is on its way is asked of the database, and stays there until taken.

A message is signed anew at each try and keeps its id, by which a receiver knows one that came twice
because the answer was lost. Messages about one claim go out one after the other.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.background.rounds import keep_going, one_of_many
from bot.fetch.fetcher import Fetcher
from workflows.desk import webhooks
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError, Unavailable
from workflows.ids import make_random_key
from workflows.urls import find_origin
from workflows.webhooks import Delivery, Webhook, sign, write_message

_log = logging.getLogger(__name__)

LOOK_S = 2.0
"""Seconds between two looks whether there is something to be sent."""
MEDIA_TYPE = "application/json"
TAKEN = range(200, 300)
"""The statuses by which a message is taken."""


class WebhookSender:
    """Sends what is queued; `on_change` is called after moderators may be to be told of it."""

    def __init__(
        self,
        desk: ClaimDesk,
        fetcher: Fetcher,
        now: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk, self._fetcher, self._now, self._on_change = desk, fetcher, now, on_change

    async def run(self) -> None:
        """Send what is due, for ever; what goes wrong with one address is no other's trouble."""
        await keep_going("sending webhooks", self._send_waiting, LOOK_S)

    async def _send_waiting(self) -> None:
        while await self.send_due():
            pass

    async def send_due(self) -> int:
        """Send of each claim what is due first; return how many messages were taken."""
        due = await self._desk.read(webhooks.list_due, self._now())
        sent = await asyncio.gather(*(self._send_all(webhook, each) for webhook, each in due))
        return sum(sent)

    async def _send_all(self, webhook: Webhook, due: tuple[Delivery, ...]) -> int:
        """Send one address's messages; where one isn't taken, the others wait as well."""
        taken = 0
        for delivery in due:
            reason = await self._post(webhook, delivery.key, delivery.body)
            if reason is None:
                await self._desk.write(webhooks.keep_arrival, delivery, self._now())
                taken += 1
                continue
            _log.info("webhook %d of team %d failed: %s", webhook.number, webhook.team, reason)
            await self._desk.write(webhooks.keep_failure, delivery, reason, self._now())
            self._on_change()
        return taken

    async def _post(self, webhook: Webhook, key: str, body: str) -> str | None:
        """Send one message, and return why it was not taken; None if it was."""
        try:
            with one_of_many(f"webhook {webhook.number} of team {webhook.team}"):
                signed = sign(webhook.secret, key, self._now(), body)
                status = await self._fetcher.post(webhook.url, body.encode(), MEDIA_TYPE, signed)
            if status not in TAKEN:
                raise Unavailable(
                    "{site} answered with {status}.", site=find_origin(webhook.url), status=status
                )
        except CorrobotError as error:
            return str(error)
        return None

    async def send_test(self, webhook: Webhook) -> None:
        """Send a message that tells of nothing. Raises Unavailable with why it was not taken."""
        body = write_message("test", self._now(), {})
        if reason := await self._post(webhook, f"msg_{make_random_key()}", body):
            raise Unavailable("The test message wasn't accepted: {reason}", reason=reason)
        await self._desk.write(webhooks.keep_test, webhook, self._now())
