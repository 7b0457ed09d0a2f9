"""Who comes next where one thing is done at a time: teams in turn, and in each its people.

So nobody's ten files hold up somebody else's one.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from workflows.errors import Refused

T = TypeVar("T")

MOST_WAITING = 30
"""Documents that wait to be read; their contents are held in memory meanwhile."""
MOST_OF_ONE = 10
"""Documents of one person that wait to be read."""


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom something is done: the server, and the account or 0 for the server's own feeds."""

    guild: int = 0
    account: int = 0


class FairLine(Generic[T]):
    """What waits, each for its asker. Whoever was served goes behind those who were not."""

    def __init__(self) -> None:
        self._teams: OrderedDict[int, OrderedDict[int, deque[T]]] = OrderedDict()

    def __len__(self) -> int:
        return sum(len(own) for people in self._teams.values() for own in people.values())

    def count_of(self, asker: Asker) -> int:
        """Return how much of this asker's waits."""
        return len(
            self._teams.get(asker.guild, OrderedDict[int, deque[T]]()).get(
                asker.account, deque[T]()
            )
        )

    def add(self, asker: Asker, waiting: T) -> None:
        people = self._teams.setdefault(asker.guild, OrderedDict())
        people.setdefault(asker.account, deque()).append(waiting)

    def take(self) -> T | None:
        """Remove and return what comes next; None where nothing waits."""
        if not self._teams:
            return None
        guild, people = self._teams.popitem(last=False)
        account, own = people.popitem(last=False)
        waiting = own.popleft()
        if own:
            people[account] = own
        if people:
            self._teams[guild] = people
        return waiting


class FairTurns:
    """A lock that is passed on by a `FairLine`."""

    def __init__(self, most_waiting: int = MOST_WAITING, most_of_one: int = MOST_OF_ONE) -> None:
        self._most_waiting, self._most_of_one = most_waiting, most_of_one
        self._line = FairLine[asyncio.Future[None]]()
        self._taken = False

    @asynccontextmanager
    async def turn(self, asker: Asker) -> AsyncIterator[None]:
        """Wait for one's turn. Raises Refused where too much waits already."""
        if self._taken:
            await self._wait(asker)
        self._taken = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, asker: Asker) -> None:
        if asker != Asker() and self._line.count_of(asker) >= self._most_of_one:
            raise Refused(
                "{most} of your documents are waiting to be read. Bring in more when they are"
                " done.",
                code="too-many-waiting",
                most=self._most_of_one,
            )
        if len(self._line) >= self._most_waiting:
            raise Refused(
                "{n} documents are waiting to be read. Please try again in a few minutes.",
                code="too-many-waiting",
                n=len(self._line),
            )
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.add(asker, called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():  # the turn came with the cancellation
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while (called := self._line.take()) is not None:
            if not called.done():
                called.set_result(None)
                return
        self._taken = False
