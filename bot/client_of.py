"""What buttons, forms and commands may ask of the bot they run in."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol, cast

import discord

from bot.charts import Charts
from bot.errors import answer_error
from bot.extractor import Extractor
from bot.outbox import Outbox
from bot.showing import Showing
from workflows.desk.claim_desk import ClaimDesk


class Corrobot(Protocol):
    """The bot, as its handlers see it."""

    desk: ClaimDesk
    extractor: Extractor
    charts: Charts
    outbox: Outbox
    showing: Showing

    def now(self) -> datetime: ...

    def handling(self, interaction: discord.Interaction) -> AbstractAsyncContextManager[None]:
        """While inside, a stop waits for us."""
        ...


def corrobot(interaction: discord.Interaction) -> Corrobot:
    """The bot an interaction came to, by its own type."""
    return cast(Corrobot, interaction.client)


def fields_of(interaction: discord.Interaction) -> Mapping[str, object]:
    """What was sent with the interaction, as Discord wrote it."""
    return cast(Mapping[str, object], interaction.data or {})


async def answering(
    interaction: discord.Interaction, handler: Callable[[discord.Interaction], Awaitable[None]]
) -> None:
    """Run a handler of ours where no hook of discord.py's would answer what it raises."""
    try:
        async with corrobot(interaction).handling(interaction):
            await handler(interaction)
    except Exception as error:  # noqa: BLE001  # answered, and logged where it is a bug
        await answer_error(interaction, error)
