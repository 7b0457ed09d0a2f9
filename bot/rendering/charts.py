"""The picture of a digest: drawn in a process of its own, beside the event loop."""

import asyncio
import io
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import discord
import msgspec

from bot.config.environment import make_child_environment
from bot.i18n.translator import Translator
from workflows.digest.trend import DayCount

_log = logging.getLogger(__name__)

NAME = "claims-by-day.png"
WIDTH, HEIGHT = 780, 520
LENGTH = 4
"""Bytes that say how long a picture is, the highest first."""
DRAW_TIMEOUT_S = 20.0
"""Seconds a digest waits for its picture: for its turn, and for the drawing. (The first picture on
a machine looks through all its fonts.)"""


@dataclass(frozen=True, slots=True)
class Chart:
    """A PNG, and what it shows in words for those who cannot see it."""

    png: bytes
    alt: str
    width: int = WIDTH
    height: int = HEIGHT

    def file(self) -> discord.File:
        """To be sent, once: a request reads it to its end."""
        return discord.File(io.BytesIO(self.png), NAME, description=self.alt)


class ChartProcess:
    """Draws one picture at a time; never raises for one that fails.

    The drawing process starts when it is first asked, and leaves by itself. Close it in the end.
    """

    def __init__(
        self, command: Sequence[str] = (sys.executable, "-m", "bot.rendering.chart_process")
    ) -> None:
        self._command = tuple(command)
        self._turn = asyncio.Lock()
        self._child: Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """The process is gone when this returns."""
        async with self._turn:
            await self._end()

    async def draw(self, days: Sequence[DayCount], tr: Translator) -> Chart | None:
        """Return the picture of these days; None without days, or where it cannot be drawn."""
        if not days:
            return None
        line = msgspec.json.encode(_write_request(days, tr)) + b"\n"
        try:
            async with asyncio.timeout(DRAW_TIMEOUT_S), self._turn:
                png = await self._draw(line)
        except TimeoutError:
            _log.warning("chart not ready within %d s, left out", DRAW_TIMEOUT_S)
        except (asyncio.IncompleteReadError, OSError) as error:
            _log.warning("chart failed: %r", error)
        else:
            return Chart(png, alt_text(days, tr))
        return None

    async def _draw(self, line: bytes) -> bytes:
        """By the process that is there; by a new one where that has just left."""
        if self._child is not None:
            with suppress(asyncio.IncompleteReadError, ConnectionError):  # then it has just left
                return await self._exchange(self._child, line)
        self._child = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, env=make_child_environment()
        )
        return await self._exchange(self._child, line)

    async def _exchange(self, child: Process, line: bytes) -> bytes:
        """Return the picture. Whatever else comes of it, the process is gone then."""
        if child.stdin is None or child.stdout is None:
            raise ConnectionError
        try:
            child.stdin.write(line)
            await child.stdin.drain()
            length = await child.stdout.readexactly(LENGTH)
            return await child.stdout.readexactly(int.from_bytes(length))
        except BaseException:
            await self._end()
            raise

    async def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        if child.stdin is not None:
            child.stdin.close()
        await child.wait()


def alt_text(days: Sequence[DayCount], tr: Translator) -> str:
    """Return what the picture shows, in words."""
    decided = sum(day.decided for day in days)
    first, last = days[0], days[-1]
    said = tr.text(
        "Open and decided claims by day, {first} to {last}. Open: {begin} at the end of"
        " the first day, {end} now, {most} at the peak. Decided: {decided} in total.",
        first=tr.day(first.day),
        last=tr.day(last.day),
        begin=tr.number(first.open),
        end=tr.number(last.open),
        most=tr.number(max(day.open for day in days)),
        decided=tr.number(decided),
    )
    if decided:
        best = max(days, key=lambda day: day.decided)
        said += " " + tr.text(
            "Most on {day}: {n}.", day=tr.day(best.day), n=tr.number(best.decided)
        )
    return said


def _write_request(days: Sequence[DayCount], tr: Translator) -> dict[str, object]:
    return {
        "days": [tr.short_day(day.day) for day in days],
        "open": [day.open for day in days],
        "decided": [day.decided for day in days],
        "open_title": tr.text("Open claims, day by day: {n} now", n=tr.number(days[-1].open)),
        "decided_title": tr.plural(
            "Claims decided, day by day: {n} in all",
            "Claims decided, day by day: {n} in all",
            sum(day.decided for day in days),
        ),
    }
