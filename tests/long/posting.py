"""Hundreds of claims posted under Discord's own limits: python -m tests.long.posting [--claims N]

A channel takes five messages in five seconds, and a bot makes fifty requests in one. Told is how
long the posting took beside the time that these limits make unavoidable, and how long posts in
another channel, and votes, waited meanwhile. Wrong is a ratio above 1.05, a post in another channel
that waits a second, a claim that is posted twice or never, and a request refused for a limit.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from statistics import median

from bot.sandbox.faults import Limits
from tests.harness import Newsroom, buttons

MESSAGES, WINDOW_S = 5, 5.0
PER_SECOND = 50
MOST_RATIO = 1.05
MOST_WAIT_S = 1.0
BETWEEN_S = 7.0
"""Time between two posts in another channel: its own limit is not what they wait for."""
ROUTES = {
    r"^POST /channels/\d+/messages$": (MESSAGES, WINDOW_S),
    r"^PATCH /channels/\d+/messages/\d+$": (MESSAGES, WINDOW_S),
}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=300)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrobot-posting-") as folder:
        return asyncio.run(_play(Path(folder), options.claims))


async def _play(folder: Path, claims: int) -> int:
    newsroom = Newsroom(folder, policy={"evidence": 0})
    newsroom.world.limits = Limits(ROUTES, PER_SECOND)
    await newsroom.open()
    try:
        await newsroom.start()
        newsroom.take_in(*(f"Bridge {number} is closed" for number in range(claims)))
        least = (ceil((claims + 1) / MESSAGES) - 1) * WINDOW_S  # the document's card is one more
        waits, votes = await _act_beside(newsroom, claims, 2 * least + 60)
        sent = newsroom.world.find("POST", f"/channels/{newsroom.claims}/messages$")
        took = sent[-1].t - sent[0].t
        refused = sum(each.status == 429 for each in newsroom.world.records)
        _print({"claims": claims, "seconds": round(took, 1), "unavoidable": least})
        _print({"ratio": round(took / least, 3), "refused": refused})
        _print({"elsewhere": len(waits), **_tell(waits)})
        _print({"votes": len(votes), **_tell(votes)})
        once = sorted(newsroom.numbers()) == list(range(1, claims + 1))
        well = took / least <= MOST_RATIO and max(waits) < MOST_WAIT_S and not refused
        return 0 if well and once else 1
    finally:
        await newsroom.close()


async def _act_beside(
    newsroom: Newsroom, claims: int, within: float
) -> tuple[list[float], list[float]]:
    """While claims are posted, have digests posted in their channel, and claims voted on.

    Returns how long the digests took to be posted, and the votes to be answered, in seconds.
    """
    waits: list[float] = []
    votes: list[float] = []
    end = time.monotonic() + within
    await newsroom.until(newsroom.cards, within=60)
    while len(newsroom.cards()) < claims and time.monotonic() < end:
        since, began = len(newsroom.posted(newsroom.digest)), time.monotonic()
        asked = await newsroom.command("owner", "digest now")
        if asked.original and "Post it anyway" in buttons(asked.original):
            began = time.monotonic()
            await newsroom.press("owner", asked.original, "Post it anyway")
        await newsroom.until(
            lambda since=since: len(newsroom.posted(newsroom.digest)) > since, within=30
        )
        waits.append(time.monotonic() - began)
        card = newsroom.cards()[len(votes) % len(newsroom.cards())]
        pressed = newsroom.world.click(
            newsroom.person(f"voter {len(votes)}"), card, buttons(card)["Supported"]
        )
        await pressed.future
        votes.append(pressed.latency)
        await asyncio.sleep(BETWEEN_S)
    return waits, votes


def _tell(waits: list[float]) -> dict[str, object]:
    return {"median_ms": round(1000 * median(waits)), "slowest_ms": round(1000 * max(waits))}


def _print(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201  # what this is run for


if __name__ == "__main__":
    sys.exit(main())
