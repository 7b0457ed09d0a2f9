"""A few rounds of torture; `python -m tests.torture --rounds 1000` plays as many as you like."""

import pytest

from tests.torture.play import play
from tests.torture.plot import plot


@pytest.mark.parametrize("seed", [11, 12, 13])
async def test_nothing_is_lost_and_nothing_comes_twice(seed):
    ended = await play(plot(seed))

    assert ended.wrong == (), ended.log[-3000:]
