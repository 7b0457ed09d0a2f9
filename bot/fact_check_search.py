"""Google's Fact Check Tools are asked here, when somebody presses *Checked before?*."""

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass

from bot.config.model import FactCheckConfig
from bot.fetch.fetcher import Fetcher
from workflows.errors import CorrobotError, Unavailable
from workflows.fact_check_search import make_query_address, read_found
from workflows.fact_checks import FactCheck

_log = logging.getLogger(__name__)

WAIT_S = 10.0
"""Seconds an answer may take; whoever asked waits for it."""
MOST_ANSWER = 2_000_000
"""Bytes of an answer."""
FRESH_S, MOST_FRESH = 3600.0, 200
"""How long what was found is not asked for again, and of how many claims."""
PAUSE_S = 300.0
"""Seconds for which nothing is asked after the search said that it was too much."""
OK, TOO_MANY = 200, 429


@dataclass(frozen=True, slots=True)
class _Answer:
    at: float
    found: tuple[FactCheck, ...]


class FactCheckSearch:
    """Asks for the fact-checks of a claim's words; nothing at all where the host has no key."""

    def __init__(self, fetcher: Fetcher, config: FactCheckConfig) -> None:
        self._fetcher, self._config = fetcher, config
        self._fresh: OrderedDict[str, _Answer] = OrderedDict()
        self._paused_until = 0.0

    @property
    def is_on(self) -> bool:
        """Return True if the host has a key, so that claims' words are sent when somebody asks."""
        return bool(self._config.key)

    async def find(self, words: str) -> tuple[FactCheck, ...]:
        """Return what others found of a claim with these words.

        Raises Unavailable where that can't be told now.
        """
        now = asyncio.get_running_loop().time()
        known = self._fresh.get(words)
        if known and now - known.at < FRESH_S:
            return known.found
        if now < self._paused_until:
            raise _refuse()
        found = await self._ask(words)
        self._fresh[words] = _Answer(now, found)
        while len(self._fresh) > MOST_FRESH:
            self._fresh.popitem(last=False)
        return found

    async def _ask(self, words: str) -> tuple[FactCheck, ...]:
        address = make_query_address(self._config.url, words)
        headers = {"Accept": "application/json", "X-Goog-Api-Key": self._config.key}
        try:
            async with asyncio.timeout(WAIT_S):
                answer = await self._fetcher.exchange("GET", address, headers, most=MOST_ANSWER)
        except (CorrobotError, TimeoutError) as error:
            _log.info("the fact-check search didn't answer: %s", error)
            raise _refuse() from error
        found = read_found(answer.content) if answer.status == OK else None
        if answer.status == TOO_MANY:
            self._paused_until = asyncio.get_running_loop().time() + PAUSE_S
        if found is None:
            _log.warning("the fact-check search answered with %d", answer.status)
            raise _refuse()
        return found


def _refuse() -> Unavailable:
    return Unavailable(
        "Google's fact-check search doesn't answer right now. Try again later.", code="no-search"
    )
