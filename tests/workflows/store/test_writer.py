"""The writing thread: groups, refusals, trouble with the disk, and whoever stops waiting."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.expect import refuses
from workflows.errors import LogGone, NotFound, Refused, Unavailable
from workflows.store.writer import MOST_AT_ONCE, WriterThread, start_reader, start_writer

LINES = "CREATE TABLE lines (body TEXT NOT NULL UNIQUE) STRICT"


class Log:
    """What the writer's connection was told, and a connection to look on from beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.statements: list[str] = []
        self.connection: sqlite3.Connection | None = None

    def opened(self, path: Path) -> Database:
        self.connection = sqlite3.connect(path, timeout=0.05, check_same_thread=False)
        self.connection.set_trace_callback(self.statements.append)
        return Database(self.connection)

    def commits(self) -> int:
        return self.statements.count("COMMIT")

    def stored(self) -> list[str]:
        with contextlib.closing(sqlite3.connect(self.path)) as beside:
            return [body for (body,) in beside.execute("SELECT body FROM lines ORDER BY rowid")]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    path = tmp_path / "lines.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(LINES)
    return Log(path)


@pytest.fixture
def writer(log: Log) -> Iterator[WriterThread[Database]]:
    worker = start_writer(log.path, log.opened, lambda db: db)
    yield worker
    worker.close()


def writing(body: str) -> Callable[[Database], str]:
    def action(db: Database) -> str:
        db.execute("INSERT INTO lines VALUES (?)", [body])
        return body

    return action


def refusing(body: str) -> Callable[[Database], str]:
    def action(db: Database) -> str:
        writing(body)(db)
        raise Refused("Not now.")

    return action


@contextlib.contextmanager
def busy(writer: WriterThread[Database]) -> Iterator[None]:
    """While the writer is busy with something else, whatever is submitted waits."""
    begun, over = threading.Event(), threading.Event()

    def action(_: Database) -> None:
        begun.set()
        over.wait(5)

    writer.submit(action)
    begun.wait(5)
    yield
    over.set()


def test_group_commit(writer, log):
    """Everything that waits goes into one commit."""
    with busy(writer):
        jobs = [writer.submit(writing(str(line))) for line in range(50)]
    for job in jobs:
        job.result(5)

    assert log.commits() == 2
    assert log.stored() == [str(line) for line in range(50)]


def test_group_limit(writer, log):
    """A group has its limit."""
    with busy(writer):
        jobs = [writer.submit(writing(str(line))) for line in range(MOST_AT_ONCE + 1)]
    for job in jobs:
        job.result(5)

    assert log.commits() == 3


async def test_one_turn_together(writer, log):
    """What one turn of the event loop submits goes into one commit."""
    await asyncio.gather(*(writer.submit_from_loop(writing(str(line))) for line in range(50)))

    assert log.commits() == 1
    assert log.stored() == [str(line) for line in range(50)]


def test_close_hands_over(writer, log):
    """What a loop submitted in its last turn is done all the same."""

    async def submit() -> None:
        writer.submit_from_loop(writing("a"))
        writer.close()

    asyncio.run(submit())

    assert log.stored() == ["a"]


def test_failure_rolls_back_itself(writer, log):
    """A failing action rolls back only itself."""
    with busy(writer):
        jobs = [writer.submit(each) for each in (writing("a"), refusing("b"), writing("c"))]

    assert jobs[0].result(5) == "a"
    with pytest.raises(Refused):
        jobs[1].result(5)
    assert jobs[2].result(5) == "c"
    assert log.stored() == ["a", "c"]


def test_result_after_commit(writer, log):
    """A result is given out only after its commit."""
    seen: list[list[str]] = []
    with busy(writer):
        job = writer.submit(writing("a"))
        job.add_done_callback(lambda _: seen.append(log.stored()))
        later = writer.submit(lambda _: log.stored())

    assert later.result(5) == []  # of the same group: nothing is committed yet
    assert seen == [["a"]]


@contextlib.contextmanager
def locked(log: Log) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(log.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextlib.contextmanager
def full(log: Log) -> Iterator[None]:
    log.connection.execute("PRAGMA max_page_count = 3").fetchall()
    yield
    log.connection.execute("PRAGMA max_page_count = 100000").fetchall()


@contextlib.contextmanager
def readonly(log: Log) -> Iterator[None]:
    log.connection.execute("PRAGMA query_only = ON")
    yield
    log.connection.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize("trouble", [locked, full, readonly])
def test_trouble_passes(writer, log, trouble):
    """Trouble with the database changes nothing and passes."""
    with trouble(log):
        jobs = [writer.submit(writing(each * 9000)) for each in "abc"]
        for job in jobs:
            with refuses(Unavailable, "database-trouble"):
                job.result(5)

    assert log.stored() == []
    assert writer.submit(writing("later")).result(5) == "later"
    assert log.stored() == ["later"]


def test_long_lock(writer, log):
    """A lock that outlasts the busy timeout delays actions and loses none."""
    with locked(log):
        first = writer.submit(writing("first"))
        second = writer.submit(writing("second"))
        with pytest.raises(TimeoutError):
            first.result(0.2)  # four times as long as the connection waits by itself

    assert (first.result(5), second.result(5)) == ("first", "second")
    assert log.stored() == ["first", "second"]


def test_stop_during_lock(writer, log):
    """A stop does not wait for a lock."""
    with locked(log):
        job = writer.submit(writing("late"))
        writer.close()

    with refuses(Unavailable, "database-trouble"):
        job.result(0)


def meeting(trouble: str) -> Callable[[Database], object]:
    """An action in the midst of which the database gives way."""

    def action(db: Database) -> object:
        db.conn.execute(f"PRAGMA {trouble}").fetchall()
        return writing("x" * 200_000)(db)

    return action


@pytest.mark.parametrize(
    ("trouble", "end"),
    [("max_page_count = 20", "max_page_count = 100000"), ("query_only = ON", "query_only = OFF")],
    ids=["full", "readonly"],
)
def test_broken_group(writer, log, trouble, end):
    """A group during which the database fails is not kept at all."""
    writer.submit(writing("before")).result(5)
    with busy(writer):
        jobs = [writer.submit(each) for each in (writing("a"), meeting(trouble), writing("b"))]
    for job in jobs:
        with refuses(Unavailable, "database-trouble"):
            job.result(5)
    log.connection.execute(f"PRAGMA {end}").fetchall()

    assert writer.submit(writing("later")).result(5) == "later"
    assert log.stored() == ["before", "later"]


def test_errors_are_the_callers(writer, log):
    """An error of the action itself is the caller's."""
    with busy(writer):
        wrong = writer.submit(lambda db: db.execute("INSERT INTO lines VALUES (?)", ["a", "b"]))
        twice = writer.submit(lambda db: (writing("c")(db), writing("c")(db)))
        right = writer.submit(writing("d"))

    with pytest.raises(sqlite3.ProgrammingError):
        wrong.result(5)
    with pytest.raises(sqlite3.IntegrityError):
        twice.result(5)
    assert right.result(5) == "d"
    assert log.stored() == ["d"]


def test_exit_in_an_action(writer, log):
    """Not even an exit inside an action ends the writer."""

    def leaving(db: Database) -> None:
        writing("a")(db)
        raise SystemExit

    with pytest.raises(SystemExit):
        writer.submit(leaving).result(5)

    assert writer.submit(writing("b")).result(5) == "b"
    assert log.stored() == ["b"]


def test_cancelled_before_turn(writer, log):
    """An action cancelled before its turn changes nothing."""
    with busy(writer):
        cancelled, kept = writer.submit(writing("a")), writer.submit(writing("b"))
        assert cancelled.cancel()

    assert kept.result(5) == "b"
    assert log.stored() == ["b"]


def test_cancelled_in_trouble(writer, log):
    """An action cancelled amid trouble does not end the writer."""
    with locked(log):
        jobs = [writer.submit(writing(str(line))) for line in range(20)]
        for job in jobs[::2]:
            job.cancel()
        for job in jobs[1::2]:
            with pytest.raises(Unavailable):
                job.result(5)

    assert writer.submit(writing("later")).result(5) == "later"


async def test_cancelled_task(writer, log):
    """A cancelled task does not end the writer."""
    with busy(writer):
        task = asyncio.ensure_future(asyncio.wrap_future(writer.submit(writing("a"))))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0)  # the news reaches the writer's queue

    assert await asyncio.wrap_future(writer.submit(writing("b"))) == "b"
    assert log.stored() == ["b"]


def test_closing(writer, log):
    """Closing finishes what was begun and accepts no more."""
    with busy(writer):
        job = writer.submit(writing("a"))
        closing = threading.Thread(target=writer.close)
        closing.start()
    closing.join(5)

    assert job.result(0) == "a"
    assert log.stored() == ["a"]
    with pytest.raises(Unavailable):
        writer.submit(writing("b"))
    writer.close()


def test_failed_opening(log):
    """Whoever opens a database that cannot be opened gets the error."""

    def opened(_: Path) -> Database:
        raise Unavailable("There is no database.")

    def session(_: Database) -> Database:
        raise ValueError("no session")

    with pytest.raises(Unavailable):
        start_writer(log.path, opened, lambda db: db)
    with pytest.raises(ValueError, match="no session"):
        start_writer(log.path, log.opened, session)


def test_reads_do_not_queue(log):
    """A read is not kept waiting by the next one."""
    reader = start_reader(log.path, lambda path: Database(sqlite3.connect(path)), lambda db: db)
    over = threading.Event()
    with busy(reader):
        first = reader.submit(lambda db: db.execute("SELECT 1").fetchone()[0])
        long = reader.submit(lambda _: over.wait(5))

    assert first.result(2) == 1
    assert not long.done()
    over.set()
    reader.close()


def test_read_sees_one_state(writer, log):
    """A read sees one state, with all that was written before it."""
    reader = start_reader(log.path, lambda path: Database(sqlite3.connect(path)), lambda db: db)
    writer.submit(writing("a")).result(5)

    def twice(db: Database) -> list[int]:
        counts = [db.execute("SELECT count(*) FROM lines").fetchone()[0]]
        writer.submit(writing("b")).result(5)
        return [*counts, db.execute("SELECT count(*) FROM lines").fetchone()[0]]

    assert reader.submit(twice).result(5) == [1, 1]
    count = reader.submit(lambda db: db.execute("SELECT count(*) FROM lines").fetchone()[0])
    assert count.result(5) == 2
    reader.close()


def test_removed_log_is_noticed(log: Log, writer: WriterThread[Database]) -> None:
    """A removed write-ahead log ends the writing, and nothing that was committed is lost."""
    for body in ("one", "two"):
        writer.submit(writing(body)).result()
    log.path.with_name(f"{log.path.name}-wal").unlink()

    with pytest.raises(LogGone):
        writer.submit(writing("three")).result()

    assert log.stored()[:2] == ["one", "two"]


def test_number_beyond_all(writer: WriterThread[Database]) -> None:
    """What is asked for by a number larger than any we keep isn't there, and nothing fails."""
    asked = writer.submit(lambda db: db.execute("SELECT 1 WHERE 1 = ?", [2**63]).fetchone())

    with refuses(NotFound, "number-too-large"):
        asked.result(timeout=5)
    assert writer.submit(writing("fine")).result(timeout=5) == "fine"
