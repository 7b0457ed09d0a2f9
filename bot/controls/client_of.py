"""What buttons, forms and commands may ask of the bot they run in."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol, cast

import aiohttp
import discord
from discord import app_commands

from bot.delivery.outbox import Outbox
from bot.delivery.showing import Showing
from bot.delivery.surroundings import Surroundings
from bot.errors import ALREADY_ACKNOWLEDGED, answer_error
from bot.extractor import Extractor
from bot.rendering.charts import Charts
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.retention import Keeping

Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


class Corrobot(Protocol):
    """The bot, as its handlers see it."""

    desk: ClaimDesk
    extractor: Extractor
    charts: Charts
    outbox: Outbox
    showing: Showing
    keeping: Keeping
    surroundings: Surroundings

    def now(self) -> datetime: ...

    def commands(self) -> list[Command]:
        """Those at the top of the tree."""
        ...

    def too_late(self, interaction: discord.Interaction) -> bool:
        """Whether Discord waits for no answer to it any more: it came after a lost connection."""
        ...

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


async def surely(answer: Callable[[], Awaitable[object]]) -> None:
    """Give an answer, and once more where the connection dropped before anybody said it arrived.

    That Discord has it already is what was wanted. Raises what the last attempt raises.
    """
    try:
        await _given(answer)
    except (aiohttp.ClientError, OSError):
        await _given(answer)


async def _given(answer: Callable[[], Awaitable[object]]) -> None:
    try:
        await answer()
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
