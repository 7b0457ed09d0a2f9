"""`python -m tests.long.many_servers [SERVERS]`: two shards and 3,000 servers, from start to stop.

Says how long the start takes, how much memory the process holds, how fast votes are answered, and
that a shard which loses its connection comes back alone while votes go on.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.world import World
from tests.harness import Newsroom

VOTES = 200


async def measure(servers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder))
        newsroom.world.other_guilds = World(other_guilds=servers - 1).other_guilds
        newsroom.world.shards = 2
        await newsroom.open()
        newsroom.take_in("The bridge is closed")
        begun = time.perf_counter()
        await newsroom.start()
        sys.stdout.write(
            f"start to ready: {time.perf_counter() - begun:.1f} s with {servers} servers" + "\n"
        )
        sys.stdout.write(f"memory: {_read_memory_mb(newsroom.process.pid):.0f} MB" + "\n")
        await newsroom.posts(1)
        sys.stdout.write(f"votes: {await _vote(newsroom):.1f} ms at the median" + "\n")
        away = 1 - (int(newsroom.world.guild_id) >> 22) % 2
        await newsroom.world.drop_gateway(shard=away)
        sys.stdout.write(
            f"votes while the other shard resumes: {await _vote(newsroom):.1f} ms" + "\n"
        )
        await newsroom.until(lambda: len(newsroom.world.sessions) == 2 and newsroom.world.online)
        sys.stdout.write(f"stopped with {await newsroom.stop()}" + "\n")
        await newsroom.close()


async def _vote(newsroom: Newsroom) -> float:
    """Milliseconds to the answer of one vote, one after the other, at the median."""
    world, waits = newsroom.world, []
    card = newsroom.card(1)
    for number in range(VOTES):
        begun = time.perf_counter()
        button = next(
            each["custom_id"]
            for row in card["components"]
            for each in row["components"]
            if each.get("label") == "Supported"
        )
        await world.click(world.user(f"voter {number}"), card, button)["future"]
        waits.append(1000 * (time.perf_counter() - begun))
    return statistics.median(waits)


def _read_memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
