"""Opens the database: for writing, for reading only, and brings its tables up to date."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from sqlite_utils import Database, Migrations

from workflows.errors import CorrobotError, Refused, Unavailable
from workflows.store.event_mark import EventMark
from workflows.store.schema import APPEND_ONLY, list_steps, migrations

NOT_OURS = (sqlite3.Error, LookupError, TypeError)
"""What reading raises where a file is no database of ours."""
LOG_PAGES = 4000
"""Pages that the write-ahead log may hold before they are copied: SQLite's own thousand would have
the pages that every vote changes copied again and again."""
BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction."""
PURGE_WAIT_MS = 200
"""Milliseconds for which a reader is waited for before the write-ahead log is emptied."""
PURGE_TRIES = 10


@contextmanager
def serving(path: Path) -> Iterator[None]:
    """Hold the lock of the one process that serves this database.

    Raises Refused where another process holds it.
    """
    try:
        lock = _lock(path, "lock", seconds=0)
    except Timeout:
        raise Refused(
            "Another corrobot is serving {path} already. Stop it first, or give this one a"
            " database of its own under [store] path.",
            code="served",
            path=path,
        ) from None
    try:
        yield
    finally:
        lock.release()


def tighten(path: Path) -> tuple[Path, ...]:
    """Take the rights of everybody else from the database and its log; return where that failed.

    A database made by an older version could be read by all.
    """
    failed = []
    for file in (Path(f"{path}{part}") for part in ("", "-wal", "-shm")):
        try:
            mode = file.stat().st_mode
            if mode & 0o077:
                file.chmod(mode & 0o700)
        except FileNotFoundError:
            continue
        except OSError:
            failed.append(file)
    return tuple(failed)


def migrate(path: Path, *, served_here: bool = False) -> None:
    """Create the database or bring its tables up to date, under a lock.

    `served_here` says that the caller holds the lock of `serving`; nobody else migrates while
    somebody does. Raises Refused for a database that is not ours or is served by another version.
    """
    try:
        lock = _lock(path, "migrating.lock", seconds=60)
    except Timeout:
        raise Unavailable(
            "Another corrobot has been bringing {path} up to date for a minute now.",
            code="migrating",
            path=path,
        ) from None
    try:
        with _open(path, "rwc") as db:
            _require_ours(db, path)
            if migrations.pending(db):
                with nullcontext() if served_here else serving(path):
                    migrations.apply(db)
            if missing := missing_triggers(db):
                raise Refused(
                    "The database {path} lacks the triggers that protect its history: {missing}."
                    " Restore it from a backup.",
                    code="unprotected",
                    path=path,
                    missing=", ".join(missing),
                )
            db.enable_wal()
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    finally:
        lock.release()


def open_for_writing(path: Path) -> Database:
    """Return a connection for the one thread that opens it.

    Raises Unavailable where it cannot be.
    """
    return _connect(path, "rw")


def open_for_reading(path: Path) -> Database:
    """Return a read-only connection for the one thread that opens it.

    Raises as `open_for_writing`.
    """
    return _connect(path, "ro")


@contextmanager
def in_one_transaction(path: Path) -> Iterator[Database]:
    """For a command that writes once, beside a running bot or alone: all of it, or nothing."""
    with _open(path, "rw") as db:
        try:
            mark = EventMark(path)
            db.execute("BEGIN IMMEDIATE")
            mark.note_lost(db.execute("SELECT ifnull(max(id), 0) FROM events").fetchone()[0])
            yield db
            last = db.execute("SELECT ifnull(max(id), 0) FROM events").fetchone()[0]
            db.execute("COMMIT")
            mark.advance(last)
            any(truncate_log(db) for _ in range(PURGE_TRIES))
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        finally:
            if db.conn.in_transaction:
                db.execute("ROLLBACK")


def truncate_log(db: Database, *, wait_ms: int = PURGE_WAIT_MS) -> bool:
    """Empty the write-ahead log into the database; False while a reader is in the way.

    So long is waited for it.
    """
    db.execute(f"PRAGMA busy_timeout = {wait_ms}")
    try:
        busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return not busy


def missing_triggers(db: Database) -> list[str]:
    """Return the triggers that protect the history and do not stand, or not in their own words."""
    state = {trigger.name: trigger.sql for trigger in db.triggers}
    return sorted(name for name, sql in APPEND_ONLY.items() if state.get(name) != sql)


@contextmanager
def _open(path: Path, mode: str) -> Iterator[Database]:
    db = _connect(path, mode)
    try:
        yield db
    finally:
        db.close()


def _connect(path: Path, mode: str) -> Database:
    """Return a connection in one of SQLite's modes: ro, rw, or rwc, which creates the file."""
    if mode == "rwc" and not path.exists():
        _create_private(path)
    if mode != "rwc" and not path.exists():
        raise Unavailable("There is no database at {path}.", code="no-database", path=path)
    address = f"{path.absolute().as_uri()}?mode={mode}"  # escapes what a path may hold
    try:
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)
    except sqlite3.Error as error:
        raise _unusable(path, error) from error
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
        if mode == "rw":  # a savepoint keeps each page it changes: not in a file of its own
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        if mode == "ro":
            connection.execute("PRAGMA query_only = ON")
        return Database(connection, recursive_triggers=True)
    except sqlite3.Error as error:
        connection.close()
        raise _unusable(path, error) from error


def _create_private(path: Path) -> None:
    """Create the file for its owner alone; SQLite gives its write-ahead log the same rights."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise Unavailable(
            "Nothing can be written beside the database {path}: {error}.",
            path=path,
            error=error.strerror or str(error),
        ) from error


def _unusable(path: Path, error: sqlite3.Error) -> CorrobotError:
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
        return Refused("{path} is not a SQLite database.", code="not-sqlite", path=path)
    return Unavailable("The database {path} cannot be used: {error}.", path=path, error=str(error))


def _lock(path: Path, name: str, *, seconds: float) -> BaseFileLock:
    """Return the lock file of this name beside the database, held. Raises Timeout, Unavailable."""
    lock = FileLock(f"{path}.{name}", timeout=seconds)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise
    except OSError as error:
        raise Unavailable(
            "Nothing can be written beside the database {path}: {error}.",
            code="unwritable",
            path=path,
            error=error.strerror or str(error),
        ) from error
    return lock


def waiting_steps(db: Database, path: Path) -> frozenset[str]:
    """Return the steps that the next start brings the tables up to date with. Raises Refused."""
    _require_ours(db, path)
    return list_steps() - {step.name for step in migrations.applied(db)}


def _require_ours(db: Database, path: Path) -> None:
    """Raise Refused for a database of another program, or of a newer version of this one."""
    applied = {step.name for step in migrations.applied(db)}
    others = set(db.table_names()) - {Migrations.migrations_table, "sqlite_sequence"}
    if others and not applied:
        raise Refused("{path} is a database of another program.", code="foreign", path=path)
    if applied - list_steps():
        raise Refused(
            "The database {path} was made by a newer version of Corrobot. Install that one.",
            code="newer",
            path=path,
        )
