"""What sites ask of robots: read once an hour, and kept to."""

import asyncio
from collections.abc import Awaitable, Callable

from protego import Protego
from yarl import URL

AGENT = "Corrobot"
FRESH_S = 3600.0
MAX_SITES = 1000


class RobotRules:
    """The rules of the sites asked of late. A site whose rules cannot be read is left alone."""

    def __init__(self) -> None:
        self._rules: dict[URL, tuple[float, Protego | None]] = {}

    async def allow(self, url: URL, read: Callable[[URL], Awaitable[str | None]]) -> bool:
        """Return True if the site lets robots read this address. Raises what `read` raises."""
        site, now = url.origin(), asyncio.get_running_loop().time()
        read_at, rules = self._rules.get(site, (-FRESH_S, None))
        if now - read_at >= FRESH_S:
            text = await read(site / "robots.txt")
            rules = Protego.parse(text) if text is not None else None
            self._rules.pop(site, None)
            self._rules[site] = (now, rules)
            if len(self._rules) > MAX_SITES:
                del self._rules[next(iter(self._rules))]
        return rules is None or rules.can_fetch(str(url), AGENT)
