"""How long the cards of a channel rest when Discord takes no edits there.

After trouble (a lost connection, an error of Discord's, a limit) the whole channel rests, longer
with each trouble in a row, and at least as long as Discord says. Of messages older than an hour
Discord takes only so many edits (its code 30046), and says nowhere how many: they go as fast as
others until it refuses one; then a channel's old messages go one at a time, further apart with each
refusal and closer again while edits go well.

Time is an argument, in seconds of any steady clock.
"""

from dataclasses import dataclass

OLD_MESSAGE_S = 3600.0
"""Seconds after which Discord calls a message old."""
MAX_WAIT_S = 60.0
"""Seconds that a channel in trouble rests at most, unless Discord says for how long."""
OLD_FIRST, OLD_LONGEST = 10.0, 600.0
"""Seconds between two edits of old messages after a first refusal, and after many."""
EASING_FACTOR = 0.8
"""What is left of that after an edit that went well; below `LEAST` seconds there is no rest."""
MIN_WAIT_S = 1.0


@dataclass(slots=True)
class _Rest:
    seconds: float = 0.0
    until: float = 0.0

    def longer(self, now: float, first: float, most: float, least: float = 0.0) -> None:
        if now >= self.until:  # else it is about an edit that had left before
            self.seconds = max(least, min(max(first, 2 * self.seconds), most))
            self.until = now + self.seconds


class EditBackoff:
    """`first` is how long a channel rests after a first trouble."""

    def __init__(self, first: float) -> None:
        self._first = first
        self._all: dict[int, _Rest] = {}
        self._old: dict[int, _Rest] = {}

    def is_waiting(self, channel: int, now: float, *, old: bool) -> bool:
        """Return True if a message of the channel is not to be edited now."""
        every = [self._all.get(channel), self._old.get(channel) if old else None]
        return any(rest is not None and now < rest.until for rest in every)

    def is_serial(self, channel: int) -> bool:
        """Return True if Discord has refused edits of the channel's old messages lately."""
        return channel in self._old

    def record_failure(self, channel: int, now: float, least: float = 0.0) -> None:
        """An edit was not taken; Discord may have said for how long there is to be none."""
        self._all.setdefault(channel, _Rest()).longer(now, self._first, MAX_WAIT_S, least)

    def record_too_old(self, channel: int, now: float) -> float:
        """Note that an old message's edit was refused; return the seconds such edits wait now."""
        rest = self._old.setdefault(channel, _Rest())
        rest.longer(now, OLD_FIRST, OLD_LONGEST)
        return rest.seconds

    def record_success(self, channel: int, now: float, *, old: bool) -> None:
        self._all.pop(channel, None)
        rest = self._old.get(channel)
        if not old or rest is None or now < rest.until:
            return
        rest.seconds *= EASING_FACTOR
        rest.until = now + rest.seconds
        if rest.seconds < MIN_WAIT_S:
            del self._old[channel]
