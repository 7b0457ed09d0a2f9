"""500 members vote on the same 10 claims at once: python -m tests.long.five_hundred

Prints what became of it, and ends with code 1 where a promise was broken.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.crowd import PATIENCE, Rush, rush
from tests.harness import Newsroom


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--members", type=int, default=500)
    asked.add_argument("--claims", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    outcome, differences = asyncio.run(_play(options.members, options.claims, options.seed))
    print(outcome)  # noqa: T201  # what this is run for
    print(f"{len(differences)} differences in the history")  # noqa: T201
    kept = not (outcome.lost or outcome.refused or differences)
    return 0 if kept and outcome.settled <= PATIENCE and outcome.edits <= 1 else 1


async def _play(members: int, claims: int, seed: int) -> tuple[Rush, tuple[str, ...]]:
    with tempfile.TemporaryDirectory(prefix="corrobot-rush-") as folder:
        newsroom = Newsroom(Path(folder), policy={"evidence": 0})
        await newsroom.open()
        try:
            await newsroom.start()
            numbers = newsroom.take_in(*(f"Claim number {n} of this text." for n in range(claims)))
            await newsroom.posts(*numbers, within=60)
            outcome = await rush(newsroom, members, numbers, seed)
            return outcome, newsroom.differences()
        finally:
            await newsroom.close()


if __name__ == "__main__":
    sys.exit(main())
