"""python -m bot.sandbox --port N: an offline Discord of its own, to point any bot at."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from bot.sandbox.rules.permissions import MODERATOR
from bot.sandbox.server import OfflineDiscord
from bot.sandbox.world import World


def furnish() -> World:
    """Return a small server to begin with."""
    world = World(name="Offline", owner="Ada", bot="bot", channels=("general",))
    moderators = world.role("moderators", MODERATOR)
    world.add_channel("moderators", only=(moderators,))
    world.user("Ben", (moderators,))
    for name in ("Chloé", "Dmitri"):
        world.user(name)
    return world


async def serve(world: World, port: int) -> None:
    """Until Ctrl-C."""
    discord = OfflineDiscord(world)
    await discord.start(port)
    say(f"page:    {discord.page_address}")
    say(f"REST:    {discord.api_url}")
    say(f"gateway: {discord.gateway_url}")
    say(f"server:  {world.guild_id}")
    stopped = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    await stopped.wait()
    await discord.stop()


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--keep", type=Path, help="a file to load the world from and save it to")
    chosen = parser.parse_args()
    keep: Path | None = chosen.keep
    world = World.load(keep) if keep is not None and keep.exists() else furnish()
    try:
        asyncio.run(serve(world, chosen.port))
    except OSError as problem:
        sys.stderr.write(
            f"Cannot listen on port {chosen.port}: {os.strerror(problem.errno or 0)}\n"
        )
        return 1
    if keep is not None:
        world.save(keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
