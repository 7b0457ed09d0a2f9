"""Blows when Discord refuses too much, long before it would ban us for ten times as much.

Time is an argument, in seconds of any steady clock.
"""

from collections import deque

MOST = 500
"""Refusals (401, 403, 429) within ten minutes; Discord bans an address at 10,000 (its docs)."""
WITHIN = 600.0
REST, LONGEST_REST = 60.0, 240.0
"""Seconds until one request is let through to see; doubled each time that is refused, too."""


LOST = 60.0
"""Seconds after which the request that was let through to see is taken for lost."""
LOOK = 1.0
"""Seconds after which a request that waits looks again, for the one before it may have passed."""


class CircuitBreaker:
    """Closed: everything goes. Blown: nothing. Half-open after a rest: one request goes, to see."""

    def __init__(self, most: int = MOST, rest: float = REST) -> None:
        self._most, self._first_rest, self._rest = most, rest, rest
        self._refusals: deque[float] = deque()
        self._until = 0.0
        self._trying = False
        self.blown_at: float | None = None

    def wait(self, now: float) -> float:
        """Seconds until this request may ask again; 0: it may go."""
        if self.blown_at is None:
            return 0.0
        if now >= self._until:
            self._trying, self._until = True, now + LOST
            return 0.0
        return max(min(self._until - now, LOOK), 0.01)

    def record_refusal(self, now: float) -> bool:
        """Return True if this refusal blew it, or kept it blown."""
        self._refusals.append(now)
        while self._refusals and self._refusals[0] <= now - WITHIN:
            self._refusals.popleft()
        if self.blown_at is not None:
            if not self._trying:
                return False
            self._rest = min(2 * self._rest, LONGEST_REST)
        elif len(self._refusals) < self._most:
            return False
        else:
            self.blown_at = now
        self._trying, self._until = False, now + self._rest
        return True

    def record_success(self, now: float) -> float:
        """Return a request went well; the seconds nothing was sent, if this ends that."""
        if self.blown_at is None or not self._trying:
            return 0.0
        lasted = now - self.blown_at
        self._refusals.clear()
        self.blown_at, self._trying, self._rest = None, False, self._first_rest
        return lasted

    def record_unknown(self, now: float) -> None:
        """The request let through to see got no answer: let another one through."""
        if self._trying:
            self._trying, self._until = False, now
