"""A few rounds of torture; `python -m tests.torture --rounds 1000` plays as many as you like."""

import asyncio

from tests.torture.runner import play
from tests.torture.scenario import plot

SEEDS = (11, 21)


async def test_nothing_lost_or_doubled():
    """Nothing is lost, and nothing comes twice."""
    rounds = await asyncio.gather(*(play(plot(seed)) for seed in SEEDS))

    for seed, ended in zip(SEEDS, rounds, strict=True):
        assert ended.wrong == (), f"seed {seed}:\n{ended.log[-3000:]}"
    assert sum(ended.kills for ended in rounds) >= 3
