"""The one thread that writes, with group commit; and a thread of its own for long reads.

Whatever waits when the writer is free goes into one transaction, a savepoint each: a refusal rolls
back only its own action, and one sync to the disk serves them all. An action's result is given out
only after that commit.
"""

import asyncio
import contextlib
import logging
import os
import queue
import sqlite3
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from sqlite_utils import Database

from workflows.errors import DatabaseGone, LogGone, NotFound, Unavailable
from workflows.store.connections import truncate_log

T = TypeVar("T")
Session = TypeVar("Session")

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
LOCKED_TRIES = 12
"""How often in a row a lock is waited for, each time as long as the connection's busy timeout.

Whoever voted may have been answered by then, so a vote is given up only when nothing else is left.
"""
_GIVEN_WAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""Errors of the disk, the lock or the file: the whole group is rolled back."""


@dataclass(slots=True)
class _Job(Generic[Session]):
    """Something to do, for a thread that waits or, with `loop`, for a task of that event loop."""

    action: Callable[[Session], object]
    future: Future[object] | asyncio.Future[object]
    loop: asyncio.AbstractEventLoop | None = None
    repeatable: bool = False

    def start(self) -> bool:
        """Return True if somebody still waits for it; a thread's can't be cancelled any more."""
        if isinstance(self.future, asyncio.Future):
            return not self.future.cancelled()
        return self.future.running() or (
            not self.future.cancelled() and self.future.set_running_or_notify_cancel()
        )


@dataclass(slots=True)
class _Outcome(Generic[Session]):
    job: _Job[Session]
    result: object = None
    error: BaseException | None = None


class WriterThread(Generic[Session]):
    """A thread that owns one connection and runs actions on it, in the order given."""

    def __init__(
        self,
        name: str,
        opened: Callable[[], Database],
        session: Callable[[Database], Session],
        *,
        transaction: str,
        most_at_once: int,
        check: Callable[[], None] = lambda: None,
        after_begin: Callable[[Session], None] = lambda _: None,
        after_commit: Callable[[Session], None] = lambda _: None,
    ) -> None:
        """`check` raises where what was committed is not kept after all."""
        self._after_begin, self._after_commit = after_begin, after_commit
        self._opened, self._session, self._transaction = opened, session, transaction
        self._most_at_once, self._check = most_at_once, check
        self._closing = threading.Lock()
        self._closed = False
        self._gathered: dict[asyncio.AbstractEventLoop, list[_Job[Session] | None]] = {}
        self._jobs: queue.SimpleQueue[list[_Job[Session] | None]] = queue.SimpleQueue()
        self._taken: deque[_Job[Session] | None] = deque()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ready: Future[None] = Future()
        self._thread.start()
        self._ready.result()

    def submit(self, action: Callable[[Session], T]) -> "Future[T]":
        """Run `action` on the worker's thread; its result once that is committed."""
        future: Future[T] = Future()
        with self._closing:
            self._require_open()
            self._jobs.put([_Job(action, future)])  # type: ignore[arg-type]  # Future is invariant
        return future

    def submit_from_loop(
        self, action: Callable[[Session], T], *, repeatable: bool = False
    ) -> "asyncio.Future[T]":
        """As `submit`, for the running event loop, which is woken once for all of a commit.

        The thread is woken once, too, for all that one turn of the loop submits. What is
        `repeatable` is done again if a power loss takes it, so the disk isn't waited for.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        job: _Job[Session] = _Job(action, future, loop, repeatable)  # type: ignore[arg-type]  # as above
        with self._closing:
            self._require_open()
            if (gathered := self._gathered.get(loop)) is None:
                gathered = self._gathered[loop] = []
                loop.call_soon(self._hand_over, loop)
            gathered.append(job)
        return future

    def _require_open(self) -> None:
        """Raise Unavailable behind the last job, where nobody would ever answer."""
        if self._closed:
            raise Unavailable(
                "Corrobot is shutting down and has closed its database.", code="closing"
            )

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._closing:
            if jobs := self._gathered.pop(loop, None):
                self._jobs.put(jobs)

    def close(self) -> None:
        """Finish what was submitted, then close the connection."""
        with self._closing:
            if not self._closed:
                self._closed = True
                for jobs in self._gathered.values():
                    self._jobs.put(jobs)
                self._gathered.clear()
                self._jobs.put([None])
        self._thread.join()

    def _run(self) -> None:
        with contextlib.ExitStack() as ending:
            try:
                db = ending.enter_context(contextlib.closing(self._opened()))
                session = self._session(db)
            except BaseException as error:  # noqa: BLE001  # given to whoever opens the worker
                self._ready.set_exception(error)
                return
            self._ready.set_result(None)
            closing = False
            while not closing:
                batch = self._take_waiting()
                closing = batch[-1] is None
                self._serve(db, session, [job for job in batch if job is not None])

    def _take_waiting(self) -> list[_Job[Session] | None]:
        """Return what waits, once anything does, as many as go together; None behind the last."""
        if not self._taken:
            self._taken.extend(self._jobs.get())
        while len(self._taken) < self._most_at_once:
            try:
                self._taken.extend(self._jobs.get_nowait())
            except queue.Empty:
                break
        most = min(len(self._taken), self._most_at_once)
        return [self._taken.popleft() for _ in range(most)]

    def _serve(self, db: Database, session: Session, jobs: list[_Job[Session]]) -> None:
        if not jobs:
            return
        try:
            in_full = not all(job.repeatable for job in jobs)
            db.conn.execute(f"PRAGMA synchronous = {'FULL' if in_full else 'NORMAL'}")
            self._begin(db)
            self._after_begin(session)
            outcomes = [self._attempt(db, session, job) for job in jobs if job.start()]
            db.conn.execute("COMMIT")
            self._check()
            self._after_commit(session)
        except DatabaseGone as error:
            if isinstance(error, LogGone):  # it can still be read through the open file
                with contextlib.suppress(sqlite3.Error):
                    truncate_log(db)
            outcomes = [_Outcome(job, error=error) for job in jobs if job.start()]
        except sqlite3.Error as error:
            if db.conn.in_transaction:
                with contextlib.suppress(sqlite3.Error):  # the file itself may be gone
                    db.conn.execute("ROLLBACK")
            _log.exception("database failed")
            outcomes = [
                _Outcome(job, error=_make_unavailable(error)) for job in jobs if job.start()
            ]
        _deliver(outcomes)

    def _begin(self, db: Database) -> None:
        """Start the transaction. While another process holds the database, wait, unless closing."""
        for left in reversed(range(LOCKED_TRIES)):
            try:
                db.conn.execute(self._transaction)
            except sqlite3.OperationalError as error:
                if _get_code(error) != sqlite3.SQLITE_BUSY or self._closed or not left:
                    raise
                _log.warning("database locked by another process, retrying")
            else:
                return

    def _attempt(self, db: Database, session: Session, job: _Job[Session]) -> _Outcome[Session]:
        """Run one action inside a savepoint; what to tell its caller after the commit."""
        db.conn.execute("SAVEPOINT action")
        try:
            result = job.action(session)
        except BaseException as error:  # the caller's, unless the database itself gave way
            if isinstance(error, sqlite3.Error) and _get_code(error) in _GIVEN_WAY:
                raise
            db.conn.execute("ROLLBACK TO action")
            db.conn.execute("RELEASE action")
            return _Outcome(job, error=_explain_overflow(error) or error)
        db.conn.execute("RELEASE action")
        return _Outcome(job, result)


def start_writer(
    path: Path,
    opened: Callable[[Path], Database],
    session: Callable[[Database], Session],
    *,
    after_begin: Callable[[Session], None] = lambda _: None,
    after_commit: Callable[[Session], None] = lambda _: None,
) -> WriterThread[Session]:
    return WriterThread(
        "store-writer",
        lambda: opened(path),
        session,
        transaction="BEGIN IMMEDIATE",
        most_at_once=MOST_AT_ONCE,
        check=_watch_file(path),
        after_begin=after_begin,
        after_commit=after_commit,
    )


def _watch_file(path: Path) -> Callable[[], None]:
    """Return what raises DatabaseGone once another file, or none, lies where this one was.

    Its write-ahead log holds what was committed last: without it, that is gone at the next start.
    """
    opened, log = path.stat(), path.with_name(f"{path.name}-wal")
    known: list[os.stat_result] = []

    def check() -> None:
        if not _is_there(path, opened):
            raise DatabaseGone(path)
        if known and not _is_there(log, known[0]):
            raise LogGone(log) if not log.exists() else DatabaseGone(log)
        if not known and log.exists():
            known.append(log.stat())

    return check


def _is_there(path: Path, opened: os.stat_result) -> bool:
    try:
        return os.path.samestat(opened, path.stat())
    except OSError:
        return False


def start_reader(
    path: Path, opened: Callable[[Path], Database], session: Callable[[Database], Session]
) -> WriterThread[Session]:
    """Return each read sees one state of the database, whatever is written meanwhile."""
    return WriterThread(
        "store-reader", lambda: opened(path), session, transaction="BEGIN", most_at_once=1
    )


def _deliver(outcomes: Iterable[_Outcome[Session]]) -> None:
    """Give each outcome to who waits for it, those of one event loop in a single call."""
    waiting: defaultdict[asyncio.AbstractEventLoop | None, list[_Outcome[Session]]] = defaultdict(
        list
    )
    for outcome in outcomes:
        waiting[outcome.job.loop].append(outcome)
    for loop, theirs in waiting.items():
        if loop is None:
            _settle(theirs)
        else:
            with contextlib.suppress(RuntimeError):  # a closed loop: nobody waits any longer
                loop.call_soon_threadsafe(_settle, theirs)


def _settle(outcomes: Iterable[_Outcome[Session]]) -> None:
    for outcome in outcomes:
        future = outcome.job.future
        if future.done():  # cancelled meanwhile
            continue
        if outcome.error is not None:
            future.set_exception(outcome.error)
        else:
            future.set_result(outcome.result)


def _get_code(error: sqlite3.Error) -> int:
    """SQLite's own code, without its extension; 0 for what Python's module raises by itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _explain_overflow(error: BaseException) -> NotFound | None:
    """Return what to say of a number that is larger than any we keep: nothing bears it."""
    if not isinstance(error, OverflowError) or "SQLite INTEGER" not in str(error):
        return None
    return NotFound("Nothing here has a number that large.", code="number-too-large")


def _make_unavailable(error: sqlite3.Error) -> Unavailable:
    return Unavailable(
        "The database can't be used right now ({error}). Nothing was changed; please try again.",
        code="database-trouble",
        error=str(error),
    )
