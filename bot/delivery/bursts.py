"""Bursts: more writes than people could read one by one, on one card or on all together."""

from collections import Counter

BURST_VOTES_PER_CARD = 3
"""More writes than this in one second on one card are a burst."""
BURST_VOTES_IN_ALL = 100
"""More than this in one second on all cards together are one, too."""


class _Second:
    """The writes begun in one second."""

    __slots__ = ("number", "on_card", "total")

    def __init__(self, number: int) -> None:
        self.number = number
        self.on_card: Counter[int] = Counter()
        self.total = 0

    def is_crowded(self, message: int) -> bool:
        return self.total > BURST_VOTES_IN_ALL or self.on_card[message] > BURST_VOTES_PER_CARD


class BurstDetector:
    """Counts the writes of this second and of the one before it.

    The second before counts too, so that a rush doesn't begin anew with each second.
    """

    def __init__(self) -> None:
        self._now = self._before = _Second(0)

    def record(self, message: int, now_s: float) -> bool:
        """Count a write to a message that begins; return True if it is one of a burst."""
        number = int(now_s)
        if number != self._now.number:
            lasts = number == self._now.number + 1
            self._before = self._now if lasts else _Second(number - 1)
            self._now = _Second(number)
        self._now.on_card[message] += 1
        self._now.total += 1
        return self._now.is_crowded(message) or self._before.is_crowded(message)
