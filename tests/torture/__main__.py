"""Torture by the thousand: python -m tests.torture --rounds 1000 --seed 7

Each round plays the story of one seed against the real bot. What fails is told with its seed and
what is wrong; of the first such seed also the shortest story that still shows it.
"""

import argparse
import asyncio
import logging
import os
import sys
import time
from collections.abc import Iterable, Sequence

from tests.harness import Newsroom
from tests.torture.runner import Ended, play
from tests.torture.scenario import Step, plot

TRIES = 2
"""How often a shorter story is played before it is taken to be a good one: much is chance."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1, help="the first round's; they count up")
    asked.add_argument("--jobs", type=int, default=4, help="rounds at once: most of it is waiting")
    asked.add_argument("--as-it-is", action="store_true", help="do not shorten failing stories")
    asked.add_argument("--patience", type=float, default=1.0, help="how much longer to wait")
    options = asked.parse_args()
    Newsroom.patience = options.patience
    os.nice(5)  # a long run gives way to whatever else the machine does
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # it tells of each cut line
    began = time.monotonic()
    seeds = range(options.seed, options.seed + options.rounds)
    ended = asyncio.run(_play_all(seeds, options.jobs))
    failed = [seed for seed, each in ended.items() if each.wrong]
    _say(
        f"{len(ended)} rounds, {sum(each.kills for each in ended.values())} kills,"
        f" {sum(each.troubles for each in ended.values())} faults,"
        f" {sum(each.presses for each in ended.values())} presses, {len(failed)} failed"
        f" {failed or ''} in {time.monotonic() - began:.0f} s"
    )
    if failed and not options.as_it_is:
        _say(f"the shortest story found for seed {failed[0]}:")
        for step in asyncio.run(_shortest(plot(failed[0]))):
            _say(f"  {step}")
    return 1 if failed else 0


async def _play_all(seeds: Iterable[int], jobs: int) -> dict[int, Ended]:
    ended: dict[int, Ended] = {}
    left = iter(seeds)

    async def work() -> None:
        for seed in left:
            ended[seed] = each = await play(plot(seed))
            if each.wrong:
                _tell(seed, each)
            if len(ended) % 20 == 0:
                _say(f"{len(ended)} rounds …")

    await asyncio.gather(*(work() for _ in range(jobs)))
    return ended


def _tell(seed: int, ended: Ended) -> None:
    _say(f"seed {seed}:")
    for wrong in ended.wrong:
        _say(f"  {wrong[:1500]}")
    _say("  the end of the log:\n    " + "\n    ".join(ended.log.splitlines()[-15:]))


async def _shortest(steps: Sequence[Step]) -> list[Step]:
    """Leave out what is not needed, halves first, then quarters, …"""
    kept, size = list(steps), len(steps) // 2
    while size:
        at = 1  # the first step is what the digest is about
        while at < len(kept):
            shorter = kept[:at] + kept[at + size :]
            if await _fails(shorter):
                kept = shorter
            else:
                at += size
        size //= 2
    return kept


async def _fails(steps: Sequence[Step]) -> bool:
    return any([(await play(steps)).wrong for _ in range(TRIES)])


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
