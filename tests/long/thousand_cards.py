"""A start over a thousand open claims: python -m tests.long.thousand_cards [--claims N --wrong N]

The claims are posted, the bot is stopped, so many of them are voted on behind its back, and it is
started again, on a wire without limits. Told are the edits that were made, the fastest second of
them, and how long it took until every card was right. Wrong is what touches a card that was right,
what asks more than 45 times in a second, and what takes longer than 30 seconds.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.database import open_for_writing
from bot.config.read import read_config
from bot.delivery.request_limiter import REQUESTS_PER_SECOND
from tests.harness import Newsroom
from workflows.claims import Verdict
from workflows.desk import votes
from workflows.teams import Acting, Person

SECONDS = 30
BEHIND = (
    "SELECT count(*) FROM cards LEFT JOIN claims ON claims.id = cards.claim_id"
    " LEFT JOIN documents ON documents.id = cards.document_id"
    " WHERE shown_version < ifnull(claims.version, documents.version)"
)


async def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--claims", type=int, default=1000)
    asked.add_argument("--wrong", type=int, default=1000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder))
        await newsroom.open()
        try:
            return await measured(newsroom, options.claims, options.wrong)
        finally:
            await newsroom.close()


async def measured(newsroom: Newsroom, claims: int, wrong: int) -> int:
    await newsroom.start()
    newsroom.take_in(*(f"Bridge {number} is closed" for number in range(claims)))
    began = time.monotonic()
    await newsroom.posts(claims, within=300)
    say(f"{claims} claims posted in {time.monotonic() - began:.1f} s")
    await newsroom.until(lambda: not newsroom.number(BEHIND), within=60)
    await newsroom.stop()
    touched = vote_on(newsroom, wrong)

    since = len(newsroom.world.records)
    began = time.monotonic()
    newsroom.launch()
    await newsroom.until(lambda: newsroom.world.find("PATCH", "/messages/"), within=60)
    first = time.monotonic()
    await newsroom.until(lambda: not newsroom.number(BEHIND), within=300)
    took = time.monotonic() - first

    records = newsroom.world.records[since:]
    edits = Counter(r.path.rpartition("/")[2] for r in records if r.method == "PATCH")
    times = sorted(r.t for r in records)
    busiest = max(
        sum(1 for other in times[n : n + 2 * REQUESTS_PER_SECOND] if other < at + 1)
        for n, at in enumerate(times)
    )
    say(
        f"{len(edits)} cards edited, {sum(edits.values())} times, of {touched} that were wrong;"
        f" all right {took:.1f} s after the first edit, {time.monotonic() - began:.1f} s after the"
        f" start; at most {busiest} requests in a second"
    )
    well = len(edits) == touched and busiest <= REQUESTS_PER_SECOND + 1 and took <= SECONDS
    return 0 if well else 1


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def vote_on(newsroom: Newsroom, wrong: int) -> int:
    """Somebody votes on so many claims; how many cards are wrong for it."""
    guild, now = int(newsroom.world.guild_id), datetime.now(UTC)
    with open_for_writing(read_config(newsroom.config)) as store:
        keys = newsroom.rows("SELECT key FROM claims ORDER BY id LIMIT ?", wrong)
        for (key,) in keys:
            votes.cast_vote(store, Acting(guild, _SOMEBODY, now), key, Verdict.SUPPORTED)
    return newsroom.number(BEHIND)


_SOMEBODY = Person(77, frozenset(), None, manages_messages=False, administrator=False)

if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
