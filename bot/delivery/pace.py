"""Our own limit on requests, below Discord's 50 a second, since discord.py has none of its own."""

import asyncio
import time

A_SECOND = 45


class Pace:
    """Lets at most `a_second` turns through in each second, in the order they were asked for."""

    def __init__(self, a_second: int = A_SECOND) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        now = time.monotonic()
        self._next = max(self._next + self._apart, now)
        if (wait := self._next - now) > 0:
            await asyncio.sleep(wait)
