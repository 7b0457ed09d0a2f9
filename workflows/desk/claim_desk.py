"""The desk as an event loop sees it: every change on the one writing thread, long reads beside it.

The modules beside this one hold what can be asked of it, one transaction a function: gather from
the store, decide by the rules, keep the result.

    receipt = await desk.write(votes.cast, guild, key, person, verdict, now)
"""

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.store.event_mark import EventMark
from workflows.store.writer import WriterThread, start_reader, start_writer

P = ParamSpec("P")
T = TypeVar("T")


class ClaimDesk:
    """Open a migrated database with it; close it to finish what was begun."""

    def __init__(self, path: Path) -> None:
        self._path, self._mark = path, EventMark(path)
        with closing(connections.open_for_reading(path)) as db:
            self._mark.note_lost(ClaimStore(db).history.read_last())
        self._writer: WriterThread[ClaimStore] = start_writer(
            path,
            connections.open_for_writing,
            ClaimStore,
            after_begin=ClaimStore.after_begin,
            after_commit=self._after_commit,
        )
        try:
            self._reader: WriterThread[ClaimStore] = start_reader(
                path, connections.open_for_reading, ClaimStore
            )
        except BaseException:
            self._writer.close()
            raise

    def _after_commit(self, store: ClaimStore) -> None:
        store.after_commit()
        self._mark.advance(store.history.read_last())

    def write(
        self,
        action: Callable[Concatenate[ClaimStore, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "asyncio.Future[T]":
        """Return what `action` returns, once it is committed; what it raises, with nothing changed.

        Actions are done in the order of these calls, whenever their results are awaited.
        """
        return self._writer.submit_from_loop(lambda store: action(store, *args, **kwargs))

    async def write_steps(
        self, step: Callable[Concatenate[ClaimStore, P], bool], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Repeat a step until it returns False; what others write comes in between.

        It rests as long as it works, so that half of the writer's time is theirs.
        """
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while await self._writer.submit_from_loop(
            lambda store: step(store, *args, **kwargs), repeatable=True
        ):
            await asyncio.sleep(loop.time() - begun)
            begun = loop.time()

    async def read(
        self,
        action: Callable[Concatenate[ClaimStore, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `action` finds, without holding up the writer."""
        return await self._reader.submit_from_loop(lambda store: action(store, *args, **kwargs))

    async def read_apart(
        self,
        action: Callable[Concatenate[ClaimStore, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """As `read`, for what takes seconds: on a connection and a thread of its own."""
        return await asyncio.to_thread(self._apart, lambda store: action(store, *args, **kwargs))

    def _apart(self, action: Callable[[ClaimStore], T]) -> T:
        db = connections.open_for_reading(self._path)
        try:
            store = ClaimStore(db)
            with store.one_state():
                return action(store)
        finally:
            db.close()

    def close(self) -> None:
        self._writer.close()
        self._reader.close()
