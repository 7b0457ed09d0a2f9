"""What goes wrong on purpose, how fast one may ask, and a record of every request."""

import dataclasses
import re
from typing import Any, Literal

from bot.sandbox.ids import Json

FaultKind = Literal[
    "status",  # an error instead of the effect
    "status_after",  # the effect, and an error for an answer
    "drop_before",  # the connection ends instead of the effect
    "drop_after",  # the effect, and the connection ends instead of an answer
    "delay",  # `value` seconds before the effect
    "429",  # `value` is retry_after; see scope and via
]


@dataclasses.dataclass
class Fault:
    """A rule for requests that match; it wears out after `times` (None: never)."""

    method: str  # or "*"
    path: str  # regular expression, searched in the path after /api/v10
    kind: FaultKind
    value: float = 500
    times: int | None = 1
    scope: Literal["user", "global", "shared"] = "user"
    via: bool = True  # without it, discord.py takes a 429 for a ban
    body: Json | None = None

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and re.search(self.path, path) is not None


def draw(faults: list[Fault], method: str, path: str) -> Fault | None:
    """Return the first fault that matches, used once."""
    for fault in faults:
        if fault.matches(method, path):
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    faults.remove(fault)
            return fault
    return None


@dataclasses.dataclass
class Record:
    """One request as it came, and what became of it."""

    t: float
    method: str
    path: str
    body: Any = None
    status: int = 0
    dt: float = 0.0
    fault: str = ""
    note: str = ""


class Bucket:
    """So many requests a window, as in Discord's rate-limit headers."""

    def __init__(self, limit: int, window: float) -> None:
        self.limit, self.window, self.left, self.reset = limit, window, limit, 0.0

    def take(self, now: float) -> bool:
        if now >= self.reset:
            self.left, self.reset = self.limit, now + self.window
        if self.left <= 0:
            return False
        self.left -= 1
        return True


class Limits:
    """Buckets per route and major parameter (channel, guild, webhook), and a global one."""

    def __init__(
        self, routes: dict[str, tuple[int, float]] | None, global_per_s: int | None
    ) -> None:
        self.routes = dict(routes or {})  # regular expression on "METHOD /path" -> limit, window
        self.everywhere = Bucket(global_per_s, 1.0) if global_per_s else None
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def exhausted(self, path: str, now: float) -> float | None:
        """Seconds until the global limit lets go; interactions are not bound to it."""
        if self.everywhere is None or path.startswith(("/interactions/", "/webhooks/")):
            return None
        return None if self.everywhere.take(now) else self.everywhere.reset - now

    def bucket(self, method: str, path: str) -> tuple[str, Bucket] | None:
        for pattern, (limit, window) in self.routes.items():
            if re.search(pattern, f"{method} {path}"):
                key = (pattern, major_parameter(path))
                return pattern, self._buckets.setdefault(key, Bucket(limit, window))
        return None


def major_parameter(path: str) -> str:
    found = re.match(r"/(?:channels|guilds)/[^/]+|/(?:webhooks|interactions)/[^/]+/[^/]+", path)
    return found[0] if found else ""
