"""1,000 polls of a feed, the poller killed in the middle: python -m tests.long.feed_polls

Meanwhile items are added and edited. Prints what became of it, and ends with code 1 where an item
was lost or doubled.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background.feeds import FeedPoller
from bot.cli.database import open_for_writing
from bot.config.read import read_config
from bot.fetch.fetcher import Fetcher
from tests.builders import build_found_claim
from workflows.claims import Figure, FoundClaim
from workflows.desk import audit, feeds
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.document import ReadDocument
from workflows.documents.feed_files import ParsedFeed, parse_feed
from workflows.feeds import FeedTarget, FeedTerms
from workflows.store.claim_store import ClaimStore

GUILD = 1001
SHOWN = 20
"""Items that the feed holds at a time."""
_SAID = re.compile(r"Pier (\d+) counted (\d+) boats in Olden")


class Site:
    """A feed and its pages: what each says by now."""

    def __init__(self) -> None:
        self.boats: list[int] = [10, 10, 10]
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self.server = TestServer(app, host="127.0.0.1")

    async def _answer(self, request: web.Request) -> web.Response:
        name = request.path.strip("/")
        if name == "feed":
            shown = list(enumerate(self.boats))[-SHOWN:]
            items = "".join(
                f"<item><guid>{n}</guid><title>{n}</title><link>{self.link(str(n))}</link>"
                f"<description>{boats} boats</description></item>"
                for n, boats in reversed(shown)
            )
            text = f"<rss version='2.0'><channel><title>Piers</title>{items}</channel></rss>"
            return web.Response(text=text, content_type="text/xml")
        if not name.isdecimal():
            raise web.HTTPNotFound
        lead = f"The harbour of Olden, pier {name}, told the paper of its day. " * 5
        said = f"Pier {name} counted {self.boats[int(name)]} boats in Olden."
        return web.Response(text=f"{lead}\n\n{said}\n\nIt was sunny at pier {name} in Olden.")

    def link(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.port}/{path}"


class Claims:
    """Finds the two claims of each page at once: what is tried here is the polling."""

    is_stopped = False

    async def extract_claims(self, text: str, *_: object, **__: object) -> tuple[FoundClaim, ...]:
        *_, counted, sunny = text.split("\n\n")
        match = _SAID.search(counted)
        assert match is not None
        figure = Figure(match[2], float(match[2]), None, "boats", None, *match.span(2))
        return (
            build_found_claim(counted.strip("."), figures=(figure,)),
            build_found_claim(sunny.strip(".")),
        )

    async def read_file(self, content: bytes, name: str, *_: object) -> ReadDocument:
        return ReadDocument(content.decode(), name)

    async def read_feed(self, content: bytes, address: str, *_: object) -> ParsedFeed:
        return parse_feed(content, address)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--polls", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.child:
        asyncio.run(_poll_for_ever(options.child))
        return 0
    return asyncio.run(_play(options.polls, options.seed))


async def _poll_for_ever(config_file: Path) -> None:
    """Poll whenever the feed is due, by a clock that runs ahead to it; a line for each poll."""
    config = read_config(config_file)
    desk, extractor = ClaimDesk(config.database), Claims()
    clock = [config.now()]
    async with Fetcher(allow_loopback=True, apart_s=0) as fetcher:
        poller = FeedPoller(desk, fetcher, _as_extractor(extractor), lambda: clock[0])
        while True:
            kept = await desk.read(feeds.list_feeds, GUILD)
            clock[0] = max(kept[0].next_poll_at, clock[0]) + timedelta(seconds=1)
            await poller.poll_due()
            print("polled", flush=True)  # noqa: T201  # the parent counts


def _as_extractor(claims: Claims) -> Any:  # only these two of it are asked
    return claims


async def _play(polls: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311  # a play, not a secret
    site = Site()
    await site.server.start_server()
    with tempfile.TemporaryDirectory(prefix="corrobot-polls-") as folder:
        config_file = Path(folder) / "config.toml"
        config_file.write_text(
            f'[store]\npath = "{folder}/corrobot.db"\n[intake]\nallow_loopback = true\n'
            f'[[team]]\nguild = {GUILD}\nclaims_channel = 11\npost = "all"\n'
        )
        config = read_config(config_file)
        with open_for_writing(config) as store:
            link = site.link("feed")
            feeds.add_feed_by_host(
                store, GUILD, link, FeedTerms(FeedTarget.POST, 1_000_000), config.now()
            )
        done = kills = 0
        while done < polls:
            done += await _run_child(config_file, site, chance, polls - done)
            kills += 1
        done += await _run_child(config_file, site, None, 3)  # in peace, to the end
        with open_for_writing(config) as store:
            faults = [*_find_faults(store, site), *audit.replay_all(store).differences]
        await site.server.close()
    edits = sum(boats - 10 for boats in site.boats) // 10
    print(f"{done} polls, {kills} kills, {len(site.boats)} items, {edits} edits")  # noqa: T201
    print(*faults[:20], f"{len(faults)} faults", sep="\n")  # noqa: T201
    return 1 if faults else 0


async def _run_child(config_file: Path, site: Site, chance: random.Random | None, most: int) -> int:
    """Let a process poll until it is killed, somewhere in a poll; return how many it ended."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.long.feed_polls", "--child", str(config_file)),
        stdout=asyncio.subprocess.PIPE,
    )
    assert child.stdout is not None
    wanted, done = (min(most, chance.randint(1, 25)) if chance else most), 0
    while done < wanted:
        line = await child.stdout.readline()
        if not line:
            break
        done += 1
        if chance:
            site.boats += [10] * chance.choice((0, 0, 1, 2))
            if chance.random() < 0.5:
                site.boats[chance.randrange(max(0, len(site.boats) - SHOWN), len(site.boats))] += 10
    await asyncio.sleep(chance.random() * 0.05 if chance else 0)
    with suppress(ProcessLookupError):
        child.kill()
    await child.wait()
    return done


def _find_faults(store: ClaimStore, site: Site) -> list[str]:
    """Return what is lost or doubled: each item has its claims once, and its last figure."""
    team = store.teams.of_guild(GUILD)
    assert team is not None
    claims = [claim.words for claim in store.claims.of_team(team.id)]
    faults = [f"doubled: {words}" for words in set(claims) if claims.count(words) > 1]
    told = [_SAID.search(words) for words in claims]
    figures = {(int(match[1]), int(match[2])) for match in told if match}
    for number, boats in enumerate(site.boats):
        if (number, boats) not in figures:
            faults.append(f"lost: pier {number} with {boats} boats")
        if f"It was sunny at pier {number} in Olden" not in claims:
            faults.append(f"lost: the sun at pier {number}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
