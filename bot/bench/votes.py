"""How fast votes are answered: the real bot over real sockets, beside a bare one."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.world import World
from workflows.store import connections
from workflows.store.claim_store import ClaimStore

IN_FLIGHT = 64
MESSAGES = 16
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.bench0." + "b" * 38  # opens nothing
STARTING = 60.0
_CONFIG = """\
[discord]
api_url = "http://127.0.0.1:{port}/api/v10"
gateway_url = "ws://127.0.0.1:{port}/gateway/"
[[team]]
guild = {guild}
claims_channel = {channel}
digest_at = "{quiet}"
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """Votes answered a second with many in flight; seconds to the answer one at a time.

    `processor` is what the bot used of the processor for each of them, in seconds; None where the
    system doesn't tell. Machines that are busy with other things change it least.
    """

    a_second: float
    median: float
    slowest: float
    processor: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Both bots, in turn, round by round; seconds from `corrobot intake` to the last card."""

    bare: tuple[Speed, ...]
    corrobot: tuple[Speed, ...]
    intake_to_last_card: float
    cards: int


async def measure(votes: int, rounds: int, document: Path) -> Measured:
    """Return the same clicks against the bare bot and against Corrobot, which run side by side.

    They are measured in turn, so that a machine that is busy with other things is busy for both.
    """
    async with AsyncExitStack() as stack:
        bare = await stack.enter_async_context(_bare())
        ours, seconds = await stack.enter_async_context(_corrobot(document))
        cards = len(ours.buttons())
        pairs = [
            (await bare.clicks(votes // rounds), await ours.clicks(votes // rounds))
            for _ in range(rounds)
        ]
    bare_speeds, our_speeds = zip(*pairs, strict=True)
    return Measured(bare_speeds, our_speeds, seconds, cards)


@dataclass(slots=True)
class Crowd:
    """People who click one kind of button in a world."""

    world: World
    channel: str
    label: str
    bot: int
    clicked: int = 0
    targets: list[tuple[dict[str, Any], str]] = field(init=False)

    def __post_init__(self) -> None:
        self.targets = self.buttons()[:MESSAGES]

    def buttons(self) -> list[tuple[dict[str, Any], str]]:
        """Return the messages with such a button, and its id."""
        return [
            (message, button["custom_id"])
            for message in self.world.messages[self.channel].values()
            for row in message["components"]
            for button in row["components"]
            if button.get("label") == self.label
        ]

    async def clicks(self, votes: int) -> Speed:
        """Return some who vote one at a time, then all the others at once, each a different one."""
        used = _read_processor(self.bot)
        alone = [await self._click(self._person()) for _ in range(votes // 10)]
        people = iter([self._person() for _ in range(votes)])
        begun = time.perf_counter()
        await asyncio.gather(*(self._take_turns(people) for _ in range(IN_FLIGHT)))
        a_second = votes / (time.perf_counter() - begun)
        processor = None
        if used is not None and (now := _read_processor(self.bot)) is not None:
            processor = (now - used) / (len(alone) + votes)
        return Speed(a_second, statistics.median(alone), max(alone), processor)

    async def _take_turns(self, people: Iterator[dict[str, Any]]) -> None:
        for person in people:
            await self._click(person)

    async def _click(self, person: dict[str, Any]) -> float:
        self.clicked += 1
        message, custom_id = self.targets[self.clicked % len(self.targets)]
        begun = time.perf_counter()
        answer = await self.world.click(person, message, custom_id)["future"]
        if answer == "TIMEOUT" or answer["type"] not in (6, 7):
            raise RuntimeError(f"a click was answered with {answer}")
        return time.perf_counter() - begun

    def _person(self) -> dict[str, Any]:
        return self.world.user(f"voter {len(self.world.members)}")


@asynccontextmanager
async def _bare() -> AsyncIterator[Crowd]:
    async with _world() as (world, channel):
        addresses = (world.address("/api/v10"), world.address("/gateway/", "ws"))
        command = ("bot.bench.bare", *addresses, channel, str(MESSAGES), TOKEN)
        async with _process(*command) as process:
            await _line(process, b"ready")
            yield Crowd(world, channel, "Count", process.pid)


@asynccontextmanager
async def _corrobot(document: Path) -> AsyncIterator[tuple[Crowd, float]]:
    with tempfile.TemporaryDirectory(prefix="corrobot-bench-") as folder:
        async with _world() as (world, channel):
            config = _write_config(world, channel, Path(folder))
            async with _process("bot", "run", "--config", str(config)) as process:
                await _line(process, b"ready")
                seconds = await _take_in(world, config, document)
                yield Crowd(world, channel, "Supported", process.pid), seconds


def _write_config(world: World, channel: str, folder: Path) -> Path:
    config = folder / "config.toml"
    quiet = time.strftime("%H:%M", time.gmtime(time.time() + 12 * 3600))
    config.write_text(
        _CONFIG.format(port=world.port, guild=world.guild_id, channel=channel, quiet=quiet),
        encoding="utf-8",
    )
    return config


async def _take_in(world: World, config: Path, document: Path) -> float:
    """Seconds from the command to the last card."""
    begun = time.perf_counter()
    at = ("--guild", world.guild_id, "--config", str(config))
    async with _process("bot", "intake", str(document), *at) as process:
        await process.wait()
    async with asyncio.timeout(STARTING):
        while _count_undelivered(config.with_name("corrobot.db")):  # noqa: ASYNC110  # another's doing
            await asyncio.sleep(0.02)
    return time.perf_counter() - begun


def _count_undelivered(database: Path) -> bool:
    db = connections.open_for_reading(database)
    try:
        return bool(ClaimStore(db).outbox.list_undelivered(most=1))
    finally:
        db.close()


@asynccontextmanager
async def _world() -> AsyncIterator[tuple[World, str]]:
    world = World()
    await world.start()
    try:
        yield world, next(iter(world.channels))
    finally:
        await world.stop()


@asynccontextmanager
async def _process(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "DISCORD_TOKEN": TOKEN},
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def _read_processor(process: int) -> float | None:
    """Return the seconds of the processor that a process has used; None where nothing tells."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return None
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def _line(process: asyncio.subprocess.Process, words: bytes) -> None:
    """Wait until the process says these words."""
    async with asyncio.timeout(STARTING):
        while process.stdout and (line := await process.stdout.readline()):
            if words in line:
                return
    raise RuntimeError("the process ended before it was ready")
