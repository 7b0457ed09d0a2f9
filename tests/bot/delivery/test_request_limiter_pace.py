"""Our own limit: so many turns a second, and none that is in vain held back."""

import asyncio
import time

from bot.delivery.request_limiter import REQUESTS_PER_SECOND, RequestPacer


async def test_even_spacing():
    """Turns are spaced evenly below the limit."""
    pace, started = RequestPacer(a_second=100), time.monotonic()
    at = []

    async def turn():
        await pace.wait_turn()
        at.append(time.monotonic() - started)

    await asyncio.gather(*(turn() for _ in range(20)))

    assert 0.18 <= at[-1] < 1
    assert all(at[n + 10] - at[n] >= 0.08 for n in range(10))


async def test_rest_saves_nothing():
    """A rest saves up no turns."""
    pace = RequestPacer(a_second=50)
    await pace.wait_turn()
    await asyncio.sleep(0.2)
    started = time.monotonic()

    for _ in range(5):
        await pace.wait_turn()

    assert time.monotonic() - started >= 0.07


def test_below_discords_limit():
    """The limit stays below Discord's fifty requests a second."""
    assert REQUESTS_PER_SECOND < 50
