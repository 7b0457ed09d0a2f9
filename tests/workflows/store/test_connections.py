"""Opening the database: ours, somebody else's, none at all, and by two at once."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.expect import refuses
from workflows.errors import CorrobotError, Refused, Unavailable
from workflows.store import connections, schema
from workflows.store.connections import migrate, open_for_reading, open_for_writing, serving

MIGRATE = "import sys, pathlib; from workflows.store.connections import migrate; "


@contextlib.contextmanager
def plain(path: Path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def test_migrating_twice(database):
    """Migrating twice is harmless."""
    with plain(database) as db:
        before = db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()

    migrate(database)

    with plain(database) as db:
        assert db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_concurrent_migration(tmp_path):
    """Two processes may migrate at once."""
    path = tmp_path / "new.db"
    program = MIGRATE + "migrate(pathlib.Path(sys.argv[1]))"

    both = [
        subprocess.Popen([sys.executable, "-c", program, path], stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    outcomes = [(one.communicate(timeout=60)[1], one.returncode) for one in both]

    assert outcomes == [(b"", 0)] * 2
    migrate(path)


@pytest.mark.parametrize("name", ["plain.db", "a b.db", "what?.db", "100%.db", "hash#.db", "ä.db"])
def test_any_path(tmp_path, name):
    """A path may hold any character."""
    path = tmp_path / name
    migrate(path)

    for opened in (open_for_writing, open_for_reading):
        with contextlib.closing(opened(path)) as db:
            assert db.execute("SELECT count(*) FROM teams").fetchone()[0] == 0

    assert {each.name for each in tmp_path.iterdir() if each.suffix == ".db"} == {name}


def not_a_database(path: Path) -> None:
    path.write_text("A shopping list.\n" * 100)


def another_programs(path: Path) -> None:
    with plain(path) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")


def another_users_of_migrations(path: Path) -> None:
    with plain(path) as db:
        db.execute(
            "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT,"
            " name TEXT, applied_at TEXT)"
        )
        db.execute("INSERT INTO _sqlite_migrations VALUES (1, 'llm', 'm001', '2026')")
        db.execute("CREATE TABLE responses (id TEXT)")


def a_newer_versions(path: Path) -> None:
    migrate(path)
    with plain(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('corrobot', 'm999_telepathy', '2036')"
        )


def one_without_triggers(path: Path) -> None:
    migrate(path)
    with plain(path) as db:
        db.execute("DROP TRIGGER events_are_never_changed")


def one_with_a_toothless_trigger(path: Path) -> None:
    one_without_triggers(path)
    with plain(path) as db:
        db.execute(
            "CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events BEGIN SELECT 1; END"
        )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (not_a_database, "not-sqlite"),
        (another_programs, "foreign"),
        (another_users_of_migrations, "foreign"),
        (a_newer_versions, "newer"),
        (one_without_triggers, "unprotected"),
        (one_with_a_toothless_trigger, "unprotected"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_foreign_file_is_refused(tmp_path, made, code):
    """A file that cannot be ours is refused and left alone."""
    path = tmp_path / "some.db"
    made(path)
    before = path.read_bytes()

    with refuses(Refused, code):
        migrate(path)

    assert path.read_bytes() == before


def test_unfinished_migration(tmp_path):
    """An unfinished first migration is resumed."""
    path = tmp_path / "new.db"
    with contextlib.closing(Database(path)) as db:
        schema.migrations.ensure_migrations_table(db)

    migrate(path)

    with contextlib.closing(Database(path)) as db:
        assert {"teams", "claims", "votes", "events"} <= set(db.table_names())


KILLED = """
import os, pathlib, signal, sys
from sqlite_utils import Database
from workflows.store.connections import migrate

whole, wanted, steps = Database.executescript, int(sys.argv[2]), iter(range(1000))

def half(db, sql):
    if next(steps) < wanted:
        return whole(db, sql)
    whole(db, sql[: sql.index(";") + 1])
    os.kill(os.getpid(), signal.SIGKILL)

Database.executescript = half
migrate(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", [0, 2], ids=["the first", "a later one"])
def test_killed_migration(tmp_path, migrated, step):
    """A migration step that was killed is resumed at the next start."""
    path = tmp_path / "new.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, path, str(step)], check=False)
    assert killed.returncode == -signal.SIGKILL

    migrate(path)

    with plain(path) as db, plain(migrated) as whole:
        tables = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%fts%' ORDER BY name"
        assert db.execute(tables).fetchall() == whole.execute(tables).fetchall()


@pytest.mark.parametrize("opened", [open_for_writing, open_for_reading])
def test_missing_database(tmp_path, opened):
    """A missing database is not made by opening it."""
    path = tmp_path / "none.db"

    with refuses(Unavailable, "no-database"):
        opened(path)

    assert not path.exists()


@pytest.mark.parametrize("action", [migrate, lambda path: serving(path).__enter__()])
def test_impossible_folder(tmp_path, action):
    """A folder that cannot exist is refused with a sentence."""
    (tmp_path / "file").write_text("")

    with refuses(Unavailable, "unwritable"):
        action(tmp_path / "file" / "corrobot.db")


@pytest.mark.parametrize("opened", [open_for_writing, open_for_reading])
def test_not_a_database(tmp_path, opened):
    """Opening a file of another kind is refused with a sentence."""
    path = tmp_path / "list.db"
    not_a_database(path)

    with (
        pytest.raises((CorrobotError, sqlite3.DatabaseError)),
        contextlib.closing(opened(path)) as db,
    ):
        db.execute("SELECT * FROM teams")


def test_foreign_keys(database):
    """Foreign keys hold at every open."""
    for _ in range(2):
        with contextlib.closing(open_for_writing(database)) as db:
            assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
            assert db.execute("PRAGMA recursive_triggers").fetchone()[0] == 1
            assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
            with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
                db.execute(
                    "INSERT INTO members (id, team_id, discord_id, first_seen_at)"
                    " VALUES ('key', 999, 7, '2026')"
                )


def test_reader_cannot_write(database):
    """A reader cannot write."""
    with contextlib.closing(open_for_reading(database)) as db:
        for statement in ("DELETE FROM members", "CREATE TABLE mine (a)", "PRAGMA user_version=3"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                db.execute(statement)


def test_one_server(database):
    """Only one process serves a database."""
    with serving(database):
        with refuses(Refused, "served"), serving(database):
            pass
        again = subprocess.run(
            [
                sys.executable,
                "-c",
                MIGRATE + "from workflows.store.connections import serving\n"
                "with serving(pathlib.Path(sys.argv[1])): print('served')",
                database,
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert again.returncode == 1
    assert "Refused" in again.stderr

    with serving(database):
        pass


def test_served_is_not_migrated(tmp_path):
    """Nobody migrates a database that another process serves."""
    path = tmp_path / "new.db"
    with serving(path):
        with refuses(Refused, "served"):
            migrate(path)
        migrate(path, served_here=True)
        migrate(path)  # nothing is to be done; that may be seen beside a running bot


def test_endless_migration(database, monkeypatch):
    """The refusal says that another process has been migrating all along."""
    held = connections._lock(database, "migrating.lock", seconds=0)
    patient = connections._lock
    monkeypatch.setattr(
        connections, "_lock", lambda path, name, **_: patient(path, name, seconds=0)
    )

    with refuses(Unavailable, "migrating"):
        migrate(database)

    held.release()


def test_files_are_private(tmp_path):
    """The database and its write-ahead log are for their owner alone."""
    path = tmp_path / "corrobot.db"
    connections.migrate(path)
    db = connections.open_for_writing(path)
    db.execute("CREATE TABLE lines (body TEXT)")

    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("corrobot.db*")}

    assert {modes["corrobot.db"], modes["corrobot.db-wal"]} == {0o600}
    db.close()


def test_rights_are_tightened(database):
    """A database that everybody could read is its owner's alone from the next start on."""
    log = Path(f"{database}-wal")
    log.write_bytes(b"")
    for file in (database, log):
        file.chmod(0o644)

    assert connections.tighten(database) == ()

    assert [file.stat().st_mode & 0o777 for file in (database, log)] == [0o600, 0o600]
