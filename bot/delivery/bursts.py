"""Bursts: more writes than people could read one by one, on one card or on all together."""

from collections import Counter

BURST_VOTES_PER_CARD = 3
"""More writes than this in one second on one card are a burst."""
BURST_VOTES_IN_ALL = 100
"""More than this in one second on all cards together are one, too."""


class BurstDetector:
    """Counts the writes of this second and of the one before it.

    The second before counts too, so that a rush doesn't begin anew with each second.
    """

    def __init__(self) -> None:
        self._second = 0
        self._now: Counter[int] = Counter()
        self._before: Counter[int] = Counter()

    def record(self, message: int, now_s: float) -> bool:
        """Count a write to a message that begins; return True if it is one of a burst."""
        second = int(now_s)
        if second != self._second:
            self._before = self._now if second == self._second + 1 else Counter()
            self._now, self._second = Counter(), second
        self._now[message] += 1
        return any(
            begun[message] > BURST_VOTES_PER_CARD or begun.total() > BURST_VOTES_IN_ALL
            for begun in (self._now, self._before)
        )
