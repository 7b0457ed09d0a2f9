"""Many people vote on the same claims at once; what was answered, stored and shown."""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from bot.sandbox.rules.codes import CallbackType
from tests.harness import Newsroom, buttons

VERDICTS = {"Supported": "supported", "Refuted": "refuted", "Can't tell": "not_enough_evidence"}
PATIENCE = 5.0
"""Seconds after the last vote within which each card must show the stored tally."""
_SIDE = re.compile(r"(Supported|Refuted|Can't tell) (\d[\d,]*)")


@dataclass(frozen=True)
class Rush:
    """What became of it. `settled` are the seconds from the last answer to the last true card.

    `lost` are answered votes that are not stored as cast; `edits` the most edits a second that
    one card had beyond the interactions' own answers.
    """

    votes: int
    refused: int
    seconds: float
    median: float
    slowest: float
    lost: int
    settled: float
    edits: int

    def __str__(self) -> str:
        return (
            f"{self.votes} votes in {self.seconds:.1f} s ({self.votes / self.seconds:.0f}/s),"
            f" answered in {self.median:.2f} s (median), {self.slowest:.2f} s (slowest);"
            f" {self.refused} not answered, {self.lost} lost; every card true"
            f" {self.settled:.1f} s after the last; at most {self.edits} edits a second and card"
        )


async def rush(newsroom: Newsroom, members: int, numbers: list[int], seed: int = 1) -> Rush:
    """Each member votes on each claim, in an order of their own; all members at once."""
    chance = random.Random(seed)  # noqa: S311  # a play, not a secret
    cast: dict[int, dict[str, str]] = defaultdict(dict)
    waits: list[float] = []
    refused: list[object] = []

    async def member(name: str) -> None:
        for number in chance.sample(numbers, len(numbers)):
            label = chance.choice(list(VERDICTS))
            card = newsroom.card(number)
            asked = newsroom.world.click(newsroom.person(name), card, buttons(card)[label])
            answer = await asked.future
            if answer == "TIMEOUT" or answer["type"] not in (
                CallbackType.UPDATE,
                CallbackType.LATER,
            ):
                refused.append(answer)
                continue
            waits.append(asked.latency)
            cast[number][name] = VERDICTS[label]

    begun = time.perf_counter()
    await asyncio.gather(*(member(f"member {n}") for n in range(members)))
    last = time.perf_counter()
    while not all(_is_true(newsroom, number) for number in numbers):
        assert time.perf_counter() - last < 4 * PATIENCE, "a card never became true"
        await asyncio.sleep(0.05)
    settled = time.perf_counter() - last
    stored = {number: newsroom.votes(number) for number in numbers}
    lost = sum(
        stored[number].get(name) != verdict
        for number in numbers
        for name, verdict in cast[number].items()
    )
    return Rush(
        len(waits),
        len(refused),
        last - begun,
        median(waits),
        max(waits),
        lost,
        settled,
        _edits_a_second(newsroom, begun),
    )


def _is_true(newsroom: Newsroom, number: int) -> bool:
    """Whether the card shows the votes that are stored."""
    shown = {
        VERDICTS[label]: int(count.replace(",", ""))
        for label, count in _SIDE.findall(newsroom.words(number))
    }
    stored = newsroom.rows(
        "SELECT supported, refuted, not_enough_evidence FROM claims WHERE number = ?", number
    )
    return shown == dict(zip(VERDICTS.values(), stored[0], strict=True))


def _edits_a_second(newsroom: Newsroom, begun: float) -> int:
    """The most edits of one card in any second, beside the answers to clicks."""
    edits: dict[str, list[float]] = defaultdict(list)
    for record in newsroom.world.records:
        if record.method == "PATCH" and "/channels/" in record.path and record.t >= begun:
            edits[record.path].append(record.t)
    within = Counter(
        {
            path: max(sum(at <= other < at + 0.95 for other in times) for at in times)
            for path, times in edits.items()
        }
    )
    return max(within.values(), default=0)
