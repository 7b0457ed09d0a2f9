"""Opens the database: for writing, for reading only, and brings its tables up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from workflows.errors import Refused, Unavailable
from workflows.store.schema import APPEND_ONLY, migrations

BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction."""


@contextmanager
def serving(path: Path) -> Iterator[None]:
    """Hold the lock of the one process that serves this database.

    Raises Refused where another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Refused(
            "Another corrobot is serving {path} already. Stop it first, or give this one a"
            " database of its own under [store] path.",
            path=path,
        ) from None
    try:
        yield
    finally:
        lock.release()


def migrate(path: Path, *, served_here: bool = False) -> None:
    """Create the database or bring its tables up to date, under a lock.

    `served_here` says that the caller holds the lock of `serving`; nobody else migrates while
    somebody does. Raises Refused for a database that is not ours or is served by another version.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.migrating.lock", timeout=60):
        db = _connected(path)
        try:
            _require_ours(db, path)
            if migrations.pending(db):
                if served_here:
                    migrations.apply(db)
                else:
                    with serving(path):
                        migrations.apply(db)
            _require_triggers(db, path)
            db.enable_wal()
        finally:
            db.close()


def open_for_writing(path: Path) -> Database:
    """A connection for the one thread that opens it. Raises Unavailable where it cannot be."""
    return _connected(path)


def open_for_reading(path: Path) -> Database:
    """A read-only connection for the one thread that opens it."""
    if not path.exists():
        raise Unavailable("There is no database at {path}.", path=path)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only = ON")
    return Database(connection)


def _connected(path: Path) -> Database:
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        raise Unavailable(
            "The database {path} cannot be opened: {error}.", path=path, error=str(error)
        ) from error
    return Database(connection, recursive_triggers=True)


def _require_ours(db: Database, path: Path) -> None:
    try:
        names = set(db.table_names())
    except sqlite3.DatabaseError as error:
        raise Refused("{path} is not a SQLite database.", path=path) from error
    if names and "_sqlite_migrations" not in names:
        raise Refused("{path} is a database of another program.", path=path)


def _require_triggers(db: Database, path: Path) -> None:
    standing = {trigger.name for trigger in db.triggers}
    if missing := set(APPEND_ONLY) - standing:
        raise Refused(
            "The database {path} lacks the triggers that protect its history: {missing}."
            " Restore it from a backup.",
            path=path,
            missing=", ".join(sorted(missing)),
        )
