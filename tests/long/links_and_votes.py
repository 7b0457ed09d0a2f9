"""Pages behind links are read while people vote: python -m tests.long.links_and_votes

200 links, to the pages of `linked_pages` on hosts of their own, are attached beside a running bot
that is to open them all, while somebody votes all the time. Prints how long votes took beside those
of the idle bot, the ratio of their 99th percentiles, and how many pages were read.
"""

import argparse
import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.config.read import read_config
from tests.harness import Newsroom, open_for_writing
from tests.long.linked_pages import SHAPES, iter_pages
from tests.long.reading_and_votes import Site, Voter, _p99, _print, _tell
from workflows.claims import ClaimKey, Stance
from workflows.desk import evidence
from workflows.teams import Acting, Person

DONE_S = 300
"""Seconds in which all pages must be read."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--links", type=int, default=200)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrobot-links-") as folder:
        return asyncio.run(_play(Path(folder), options.links))


async def _play(folder: Path, links: int) -> int:
    site = Site()
    runner = await site.start()
    tables = {"intake": {"proxy": True}, "evidence": {"folder": "copies"}}
    newsroom = Newsroom(folder, tables, policy={"evidence": 0}, snapshots=True)
    proxy = site.put("", b"").rstrip("/")
    newsroom.env |= {"http_proxy": proxy, "no_proxy": "127.0.0.1"}
    pages = [SHAPES[shape](page).encode() for shape, page in iter_pages()][:links]
    addresses = []
    for number, page in enumerate(pages):
        site.put(f"page{number}.html", page)
        addresses.append(f"http://pages-{number}.org/page{number}.html")
    await newsroom.open()
    try:
        await newsroom.start()
        numbers = newsroom.take_in(*(f"Claim number {n} of this text." for n in range(10)))
        await newsroom.posts(*numbers, within=60)
        voter = Voter(newsroom, numbers)
        await voter.vote_while(asyncio.sleep(3))
        idle = await voter.vote_while(asyncio.sleep(20))
        _tell("idle", idle)
        _attach(newsroom, addresses)
        reading = await voter.vote_while(_wait_until_read(newsroom, len(pages)))
        _tell("reading", reading)
        read = newsroom.number("SELECT count(*) FROM snapshots WHERE state = 'taken'")
        _print({"links": len(pages), "read": read})
        _print({"p99_ratio": round(_p99(reading) / _p99(idle), 2)})
        _print({"differences": newsroom.differences()})
        return int(read < len(pages) or bool(newsroom.differences()))
    finally:
        await newsroom.close()
        await runner.cleanup()


def _attach(newsroom: Newsroom, addresses: list[str]) -> None:
    """Attach the links beside the bot, spread over its claims."""
    keys = [ClaimKey(key) for (key,) in newsroom.rows("SELECT key FROM claims ORDER BY id")]
    person = Person(1, frozenset(), None, manages_messages=True, administrator=False)
    with open_for_writing(read_config(newsroom.config)) as store:
        for number, address in enumerate(addresses):
            acting = Acting(int(newsroom.world.guild_id), person, datetime.now(UTC))
            key = keys[number % len(keys)]
            evidence.attach_link(store, acting, key, address, Stance.CONTEXT)


async def _wait_until_read(newsroom: Newsroom, links: int) -> None:
    """Return once all pages are read; it is looked seldom, so that looking costs no vote."""
    done = "SELECT count(*) FROM snapshots WHERE state <> 'waiting'"
    async with asyncio.timeout(DONE_S):
        while newsroom.number(done) < links:  # noqa: ASYNC110  # another process's doing
            await asyncio.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
