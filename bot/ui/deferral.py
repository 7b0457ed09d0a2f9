"""What takes longer than a moment tells how far it is, in the private answer it was promised."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

import discord

from bot.ui.context import Interaction
from workflows.errors import CorrobotError

T = TypeVar("T")
PATIENCE = 2.0
"""Seconds a click may wait for its answer; Discord gives up after three."""
EVERY = 2.0
"""Seconds between two looks at how far it is."""
LAST = timedelta(seconds=45)
"""How long before Discord takes no more of an answer the last of it is said."""


async def defer_if_slow(
    interaction: Interaction, work: Awaitable[T], *, privately: bool = False
) -> T:
    """Return what the work gives; where that takes long, Discord is answered before it gives up.

    An empty update reads as "done". `privately` says instead that it is under way, in an answer
    that is to be completed once it is.
    """
    working = asyncio.ensure_future(work)
    deferring: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    timer = loop.call_later(
        PATIENCE,
        lambda: deferring.append(loop.create_task(_defer(interaction, privately=privately))),
    )
    try:
        return await working
    finally:
        timer.cancel()
        for task in deferring:  # whoever answers next finds the interaction deferred, or not
            await task


async def _defer(interaction: Interaction, *, privately: bool) -> None:
    if privately:
        await interaction.response.defer(ephemeral=True, thinking=True)
    else:
        await interaction.response.defer()


async def with_progress(
    interaction: Interaction,
    work: Awaitable[T],
    how_far: Callable[[], str],
    late: str = "",
) -> T:
    """Return what the work gives; while it lasts, the deferred answer shows `how_far` it is.

    An answer can be changed for a quarter of an hour. Work that takes longer goes on after it,
    and the answer ends with `late`.
    """
    working = asyncio.ensure_future(work)
    said = ""
    try:
        while not (await asyncio.wait({working}, timeout=EVERY))[0]:
            ending = interaction.expires_at - interaction.client.now() < LAST
            now = late if ending and late else how_far()
            if now != said and not interaction.is_expired():
                with suppress(discord.HTTPException):
                    await interaction.edit_original_response(content=now)
                said = now
        return await working
    except CorrobotError:
        if said and not interaction.is_expired():  # the refusal comes behind; no share stays
            with suppress(discord.HTTPException):
                await interaction.delete_original_response()
        raise
    finally:
        working.cancel()
