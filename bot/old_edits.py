"""How far apart messages older than an hour are edited in a channel: as far as Discord wants it.

Discord limits such edits (its code 30046) and says nowhere how many it takes. So they go as fast as
others until it refuses one; then the channel's old messages wait, longer with each refusal, and the
waits shrink again while edits go well. Time is an argument, in seconds of any steady clock.
"""

from dataclasses import dataclass

OLD = 3600.0
"""Seconds after which Discord calls a message old."""
FIRST, LONGEST = 10.0, 600.0
"""Seconds between two edits after a first refusal, and after many."""
EASED = 0.8
"""What is left of a wait after an edit that went well; below `LEAST` seconds there is none."""
LEAST = 1.0


@dataclass(slots=True)
class _Wait:
    apart: float = 0.0
    until: float = 0.0


class OldEdits:
    def __init__(self) -> None:
        self._waits: dict[int, _Wait] = {}

    def slowed(self, channel: int) -> bool:
        """Whether the channel's old messages are edited one at a time."""
        return channel in self._waits

    def may(self, channel: int, now: float) -> bool:
        wait = self._waits.get(channel)
        return wait is None or now >= wait.until

    def refused(self, channel: int, now: float) -> float:
        """The seconds that the channel's old messages wait now."""
        wait = self._waits.setdefault(channel, _Wait())
        if now < wait.until:  # of an edit that had left before
            return wait.apart
        wait.apart = min(max(FIRST, 2 * wait.apart), LONGEST)
        wait.until = now + wait.apart
        return wait.apart

    def went_well(self, channel: int, now: float) -> None:
        wait = self._waits.get(channel)
        if wait is None or now < wait.until:
            return
        wait.apart *= EASED
        wait.until = now + wait.apart
        if wait.apart < LEAST:
            del self._waits[channel]
