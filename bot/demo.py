"""The whole thing offline: a Discord of our own in front, the unmodified bot as its child.

The bot is a process of its own over real HTTP and WebSocket, so that restarting it is real.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from bot.config.read import read_config
from bot.reading.extractor import Extractor
from bot.sandbox.rules.permissions import MODERATOR
from bot.sandbox.server import OfflineDiscord
from bot.sandbox.world import World
from workflows.desk import intake as desk_intake
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import BadInput, Unavailable
from workflows.intake import Intake
from workflows.store import connections
from workflows.store.claim_store import ClaimStore

SEEDS = Path(__file__).resolve().parents[1] / "seeds" / "documents"
STARTING = 60.0
"""Seconds within which the bot must serve and the seeds be posted."""
STOPPING = 15.0
_TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAx.demo00." + "d" * 38  # opens nothing
_CONFIG = """\
# Written by `corrobot demo` at each start.
[discord]
api_url = "{api_url}"
gateway_url = "{gateway_url}"

[store]
path = "corrobot.db"

[[team]]
guild = {guild}
claims_channel = {claims}
digest_channel = {digest}
moderators_channel = {moderators}
"""


WELCOME = {
    "title": "This is an offline copy of Discord with the real bot in it. Three things to try:",
    "steps": [
        (
            "Press Supported under a claim. Then pick another person at the top right and vote as"
            " them. A verdict needs three people."
        ),
        "Press Add evidence and paste any link: a verdict needs a source, too.",
        (
            "Type /digest now below and press Run. Then open #digest in the list of channels (on a"
            " phone it is behind ☰, top left)."
        ),
    ],
}
"""What the page says to newcomers."""


class Demo:
    """One offline server with its bot, in a folder of its own."""

    def __init__(self, folder: Path, port: int, say: Callable[[str], None]) -> None:
        self._folder, self._port, self._say = folder, port, say
        self._database = folder / "corrobot.db"
        self._kept, self._seeded = folder / "world.json", folder / "seeded"
        self._world = World.load(self._kept) if self._kept.exists() else furnish_folder()
        self._world.welcome = WELCOME
        self._world.web = dict(read_pages())
        self._new = not (self._kept.exists() and self._seeded.exists())
        self._discord = OfflineDiscord(self._world)
        self._bot: asyncio.subprocess.Process | None = None

    async def run(self, opened: Callable[[str], None]) -> None:
        """Until Ctrl-C. `opened` gets the page's address once there is something to see.

        Raises BadInput for a port that is taken, Unavailable when the bot does not start.
        """
        stopped = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        try:
            await self._discord.start(self._port)
        except OSError as error:
            raise BadInput(
                "Port {port} cannot be used: {reason}. Choose another with --port.",
                port=str(self._port),
                reason=error.strerror or str(error),
            ) from error
        waiting = asyncio.create_task(stopped.wait())
        try:
            await self._until(waiting, asyncio.create_task(self._start(opened)))
        finally:
            waiting.cancel()
            await self._stop_bot()

    async def _until(self, stopped: asyncio.Task[bool], begun: asyncio.Task[None]) -> None:
        """Begin, then serve until told to stop or until the bot ends by itself."""
        try:
            await asyncio.wait({stopped, begun}, return_when=asyncio.FIRST_COMPLETED)
            if not stopped.done():
                await begun
                ended = asyncio.create_task(self._on_bot_end())
                await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
                ended.cancel()
                if not stopped.done():
                    raise self._describe_failure()
        finally:
            begun.cancel()
            await asyncio.gather(begun, return_exceptions=True)

    async def _start(self, opened: Callable[[str], None]) -> None:
        config = self._write_config()
        with (self._folder / "bot.log").open("ab") as log:
            mark = log.tell()
            self._bot = await self._corrobot("run", "--config", str(config), log=log.fileno())
        if self._new:
            self._say("Reading the example articles …")
            found = await list_seeds()
        async with asyncio.timeout(STARTING):
            await self._until_it(lambda: self._serves(mark))
            if self._new:
                await self._intake_seeds(found, read_config(config).now)
            await self._until_it(self._all_posted)
        opened(self._discord.page_address)

    async def _until_it(self, has_come: Callable[[], bool]) -> None:
        """Wait for something the bot does. Raises Unavailable when the bot ends before."""
        while not has_come():
            if self._bot is None or self._bot.returncode is not None:
                raise self._describe_failure()
            await asyncio.sleep(0.1)

    def _write_config(self) -> Path:
        channels = {channel["name"]: id_ for id_, channel in self._world.channels.items()}
        config = self._folder / "config.toml"
        config.write_text(
            _CONFIG.format(
                api_url=self._discord.api_url,
                gateway_url=self._discord.gateway_url,
                guild=self._world.guild_id,
                **{name: channels[name] for name in ("claims", "digest", "moderators")},
            ),
            encoding="utf-8",
        )
        return config

    async def _intake_seeds(self, found: Iterable[Intake], now: Callable[[], datetime]) -> None:
        """Bring the seeds in as another process would: the running bot notices and posts."""
        desk = ClaimDesk(self._database)
        try:
            for intake in found:
                guild = int(self._world.guild_id)
                await desk.write(desk_intake.add_document, guild, intake, None, now())
            await desk.write_steps(desk_intake.write_next, None, now())
        finally:
            desk.close()
        self._seeded.touch()

    async def _corrobot(self, *arguments: str, log: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "DISCORD_TOKEN": _TOKEN, "PYTHONUNBUFFERED": "1"},
        )

    def _serves(self, mark: int) -> bool:
        with (self._folder / "bot.log").open("rb") as log:
            log.seek(mark)
            return b"ready:" in log.read()

    def _all_posted(self) -> bool:
        db = connections.open_for_reading(self._database)
        try:
            return not ClaimStore(db).outbox.list_undelivered(most=1)
        finally:
            db.close()

    async def _on_bot_end(self) -> None:
        if self._bot:
            await self._bot.wait()

    def _describe_failure(self) -> Unavailable:
        lines = (self._folder / "bot.log").read_text(errors="replace").strip().splitlines()
        return Unavailable(
            "The bot does not serve: {reason} (the whole log is in {log})",
            reason=lines[-1] if lines else "",
            log=self._folder / "bot.log",
        )

    async def _stop_bot(self) -> None:
        """Stop the bot, then the Discord it talks to, and keep the world."""
        if self._bot and self._bot.returncode is None:
            self._bot.terminate()
            try:
                await asyncio.wait_for(self._bot.wait(), STOPPING)
            except TimeoutError:
                self._bot.kill()
                await self._bot.wait()
        await self._discord.stop()
        self._world.save(self._kept)


def furnish_folder() -> World:
    """Return a small newsroom to begin with."""
    world = World(
        name="The Newsroom",
        owner="Ada",
        bot="corrobot",
        bot_token=_TOKEN,
        channels=("claims", "digest"),
    )
    moderators = world.role("moderators", MODERATOR)
    world.add_channel("moderators", only=(moderators,))
    world.user("Ben", (moderators,))
    for name in ("Chloé", "Dmitri", "Esra"):
        world.user(name)
    return world


def read_pages() -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each seed document, for the page to show."""
    for file in sorted(SEEDS.glob("*.txt")):
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        yield told["url"], file.read_text(encoding="utf-8")


async def list_seeds() -> list[Intake]:
    """Return each seed document, oldest first, with the claims found in it."""
    found = []
    async with Extractor() as extractor:
        for file in sorted(SEEDS.glob("*.txt")):
            text = file.read_text(encoding="utf-8")
            told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
            published = date.fromisoformat(told["published"])
            found.append(
                Intake(
                    title=told["title"],
                    publisher=told["publisher"],
                    url=told["url"],
                    published=published,
                    language=told["language"],
                    text=text,
                    claims=await extractor.extract_claims(text, published, file.name),
                )
            )
    return found
