"""Documents are read while people vote: python -m tests.long.reading_and_votes

100 articles, a text of 5 MB, then every broken or hostile file there is, are brought by their links
from a site on this machine, while somebody votes all the time. Prints the slowest votes beside
those of an idle bot, and how long each file took; ends with code 1 where a promise was broken.
"""

import argparse
import asyncio
import json
import mimetypes
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from pathlib import Path
from statistics import median

from aiohttp import web

from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import CallbackType
from tests.harness import Json, Newsroom, buttons
from tests.workflows.documents.files import make_pdf
from tests.workflows.documents.hostile import hostile_files

ANSWERED_S = 10.0
"""How long a file may take until it is answered."""
GIVEN_UP_S = 60.0
"""How long an answer is waited for."""
BETWEEN_S = 0.05
"""Time between two votes."""
MOST_AT_ONCE = 8
"""Articles that are brought at one time."""
MOST_RATIO = 3.0
"""How many times as long as beside an idle bot 99 of 100 votes may take beside a long text."""
LINES_IN_MB = 14_000
LABELS = ("Supported", "Refuted", "Can't tell")


class Site:
    """A site with a page under each name. Each is on a host of its own, so that none waits."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._port = 0

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{name}", self._answer)
        runner = web.AppRunner(app)
        await runner.setup()
        listener = web.TCPSite(runner, "0.0.0.0", 0)  # noqa: S104  # 127.0.0.2 and so on
        await listener.start()
        self._port = runner.addresses[0][1]
        return runner

    def put(self, name: str, content: bytes) -> str:
        """Keep a file; return its address."""
        self._files[name] = content
        number = len(self._files)
        return f"http://127.0.{number // 200}.{number % 200 + 2}:{self._port}/{name}"

    async def _answer(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return web.Response(body=self._files[name], content_type=kind)


class Voter:
    """Votes all the time, for as long as something else lasts."""

    def __init__(self, newsroom: Newsroom, numbers: list[int]) -> None:
        self._newsroom, self._numbers = newsroom, numbers
        self._chance = random.Random(1)  # noqa: S311  # a play, not a secret

    async def vote_while(self, work: Awaitable[object]) -> list[float]:
        """Return how long each vote took until it was answered, in seconds."""
        waits: list[float] = []
        working = asyncio.ensure_future(work)
        while not working.done():
            card = self._newsroom.card(self._chance.choice(self._numbers))
            who = self._newsroom.person(f"voter {self._chance.randrange(50)}")
            label = self._chance.choice(LABELS)
            asked = self._newsroom.world.click(who, card, buttons(card)[label])
            answer = await asked.future
            assert answer != "TIMEOUT", "a vote was not answered"
            assert answer["type"] in (CallbackType.UPDATE, CallbackType.LATER), answer
            waits.append(asked.latency)
            await asyncio.sleep(BETWEEN_S)
        await working
        return waits


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=100)
    asked.add_argument("--megabytes", type=float, default=5.0, help="of the long text")
    asked.add_argument("--files", action=argparse.BooleanOptionalAction, default=True)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrobot-reading-") as folder:
        return asyncio.run(
            _play(Path(folder), options.articles, options.megabytes, files=options.files)
        )


async def _play(folder: Path, articles: int, megabytes: float, *, files: bool) -> int:
    site = Site()
    runner = await site.start()
    newsroom = Newsroom(folder, {"intake": {"allow_loopback": True}}, policy={"evidence": 0})
    await newsroom.open()
    try:
        await newsroom.start()
        numbers = newsroom.take_in(*(f"Claim number {n} of this text." for n in range(10)))
        await newsroom.posts(*numbers, within=60)
        voter = Voter(newsroom, numbers)
        await voter.vote_while(asyncio.sleep(3))
        idle = await voter.vote_while(asyncio.sleep(20))
        _tell("idle", idle)
        if articles:
            links = [site.put(f"article-{n}.html", _article(n)) for n in range(articles)]
            reading = await voter.vote_while(_bring_all(newsroom, links))
            _tell("reading", reading)
            _print({"articles": articles, "p99_ratio": round(_p99(reading) / _p99(idle), 2)})
        calm = True
        if megabytes:
            link = site.put("long.txt", _write_long(megabytes))
            beside = await voter.vote_while(_take_in_long(newsroom, link))
            _tell("a long text", beside)
            calm = _p99(beside) <= MOST_RATIO * _p99(idle)
            _print({"megabytes": megabytes, "p99_ratio": round(_p99(beside) / _p99(idle), 2)})
        if not files:
            return 0 if calm and not newsroom.differences() else 1
        links = {name: site.put(name, content) for name, content in _iter_files()}
        took: dict[str, float] = {}
        hostile = await voter.vote_while(_bring_each(newsroom, links, took))
        _tell("hostile", hostile)
        late = {name: seconds for name, seconds in took.items() if seconds > ANSWERED_S}
        slowest = max(took, key=lambda name: took[name])
        _print({"files": len(took), "slowest": slowest, "seconds": round(took[slowest], 1)})
        _print({"late": late, "differences": newsroom.differences()})
        return 1 if late or not calm or newsroom.differences() else 0
    finally:
        await newsroom.close()
        await runner.cleanup()


def _iter_files() -> Iterator[tuple[str, bytes]]:
    yield from hostile_files()
    yield "ten-thousand.pdf", make_pdf(*([["A line of its own."]] * 10_000))


def _article(number: int) -> bytes:
    told = "".join(
        f"<p>The council of Olden said on Friday that {number * 40 + n + 2} people had crossed"
        f" bridge {n} of district {number}. Nobody was hurt, the police said.</p>"
        for n in range(8)
    )
    title = f"<title>District {number}</title>"
    page = f"<html><head>{title}</head><body><article>{told}</article></body></html>"
    return page.encode()


def _write_long(megabytes: float) -> bytes:
    """Write a list as an office prints it: lines without a verb, and a sentence now and then."""
    lines = (
        f"The council closed bridge {n} of district {n % 89}, the police said on Friday.\n"
        if n % 40 == 0
        else f"Row {n}: bridge {n * 7 % 9973}, district {n % 89}, {n * n % 977} tons of steel\n"
        for n in range(int(megabytes * LINES_IN_MB))
    )
    return "\n".join(lines).encode()


async def _take_in_long(newsroom: Newsroom, link: str) -> None:
    """Bring a long text and post what was found in it."""
    began = time.perf_counter()
    shown = await _bring(newsroom, "reader", link, within=1800)
    assert shown is not None, "a long text was not answered"
    _print({"long": " ".join(shown["content"].split())[:80], "s": time.perf_counter() - began})
    if "Shelve all" in buttons(shown):
        await newsroom.press("reader", shown, "Shelve all")
    await newsroom.until(lambda: not newsroom.number("SELECT count(*) FROM arrivals"), within=600)


async def _bring_all(newsroom: Newsroom, links: list[str]) -> None:
    """Have people bring these links, several at a time."""
    room = asyncio.Semaphore(MOST_AT_ONCE)

    async def bring(number: int, link: str) -> None:
        async with room:
            await _bring(newsroom, f"reader {number}", link)

    await asyncio.gather(*(bring(number, link) for number, link in enumerate(links)))


async def _bring_each(newsroom: Newsroom, files: dict[str, str], took: dict[str, float]) -> None:
    """Have people bring these files one after the other; tell how long each took."""
    for number, (name, link) in enumerate(files.items()):
        began = time.perf_counter()
        await _bring(newsroom, f"finder {number}", link)
        took[name] = time.perf_counter() - began
        if took[name] > ANSWERED_S:
            _print({"late": name, "seconds": round(took[name], 1)})


async def _bring(
    newsroom: Newsroom, name: str, link: str, within: float = GIVEN_UP_S
) -> Json | None:
    """Bring a link; return the answer once it is no longer about how far the reading is.

    None where none comes.
    """
    asked = newsroom.world.run(newsroom.person(name), newsroom.claims, "intake url", url=link)
    await newsroom.answered(asked)
    end = time.perf_counter() + within
    while (answer := _find_answer(asked)) is None and time.perf_counter() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return answer


def _find_answer(asked: Interaction) -> Json | None:
    for shown in filter(None, (asked.original, *asked.followups)):
        if shown["embeds"] or (shown["content"] and not shown["content"].endswith("…")):
            return shown
    answer = asked.answer or {}
    return answer if answer.get("type") == CallbackType.MESSAGE else None


def _p99(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.99)]


def _tell(when: str, waits: list[float]) -> None:
    figures = {
        "median_ms": median(waits),
        "p99_ms": _p99(waits),
        "slowest_ms": max(waits),
    }
    thousandths = {name: round(seconds * 1000, 1) for name, seconds in figures.items()}
    _print({"votes": when, "count": len(waits), **thousandths})


def _print(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201  # what this is run for


if __name__ == "__main__":
    sys.exit(main())
