"""Backups: whole, private, verified; put back without taking old cards for new ones."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.desk import audit, backups, outbox
from workflows.errors import Refused
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.store.event_mark import EventMark
from workflows.store.outbox import SentMessage

pytestmark = pytest.mark.usefixtures("claim")


def asked(path, question):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


def test_backup_beside_a_writer(claim, database, tmp_path):
    """A backup made beside an open writer is sound, and only its owner can read it."""
    target = tmp_path / "copies" / "one.db"

    report = backups.back_up_database(database, target)

    assert (report.claims, report.differences) == (1, ())
    assert target.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["one.db"]
    assert asked(target, "SELECT key FROM claims") == [(claim.key,)]


def test_existing_file_is_kept(database, tmp_path):
    """A file that already exists is never overwritten."""
    target = tmp_path / "precious"
    target.write_text("mine")

    with refuses(Refused, "file-exists", path=target):
        backups.back_up_database(database, target)

    assert target.read_text() == "mine"


def test_unsound_database(db, database, tmp_path):
    """A database that does not add up leaves no backup."""
    db.execute("UPDATE claims SET status = 'supported'")

    with refuses(Refused, "unsound"):
        backups.back_up_database(database, tmp_path / "copy.db")

    assert not list(tmp_path.glob("copy.db*"))


@pytest.mark.parametrize("content", [b"no database at all", b""])
def test_foreign_file_not_restored(db, database, tmp_path, now, content):
    """A file that is no database of ours is not restored."""
    db.close()
    other = tmp_path / "other"
    other.write_bytes(content)

    with pytest.raises(Refused):
        backups.restore_database(other, database, now, force=True)

    assert asked(database, "SELECT count(*) FROM claims") == [(1,)]


def test_restore_needs_force(database, tmp_path, now):
    """A restore overwrites a database only when told to."""
    backups.back_up_database(database, tmp_path / "copy.db")

    with refuses(Refused, "database-exists"):
        backups.restore_database(tmp_path / "copy.db", database, now, force=False)


def test_served_database_is_kept(database, tmp_path, now):
    """A database that a bot is serving is not replaced."""
    backups.back_up_database(database, tmp_path / "copy.db")

    with connections.serving(database), refuses(Refused, "served"):
        backups.restore_database(tmp_path / "copy.db", database, now, force=True)


def test_restore_catches_up(act, db, database, tmp_path, now):
    """A restore checks posts, redraws cards and keeps the replaced file."""
    first, *_ = act(outbox.list_undelivered, ())
    act(outbox.mark_sent, first, SentMessage(77), 5, now)
    backups.back_up_database(database, tmp_path / "copy.db")
    db.execute("UPDATE teams SET language = 'la'")  # later than the copy
    db.close()

    done = backups.restore_database(tmp_path / "copy.db", database, now, force=True)

    assert done.unsure.posts == 1
    assert asked(database, "SELECT DISTINCT state FROM outbox ORDER BY 1") == [
        ("sending",),
        ("sent",),
    ]
    assert asked(database, "SELECT shown_version FROM cards") == [(0,)]
    assert asked(database, "SELECT language FROM teams") == [("en",)]
    assert asked(done.aside, "SELECT language FROM teams") == [("la",)]
    connections.migrate(database)
    with closing(connections.open_for_writing(database)) as restored:
        assert ClaimStore(restored).faults() == []


def test_numbers_never_come_again(db, store, database, tmp_path, now, make_claim):
    """A number that was seen in public is never given to another claim, and audit knows why."""
    copy = tmp_path / "copy.db"
    backups.back_up_database(database, copy)
    make_claim("The ferry sank")
    lost = make_claim("The mill burned").number
    db.close()

    backups.restore_database(copy, database, now, force=True)

    with closing(connections.open_for_writing(database)) as restored:
        store = ClaimStore(restored)
        team = store.teams.of_guild(1001)
        with restored.conn:
            assert store.teams.next_number(team.id) == lost + 1
            restored.execute("UPDATE teams SET claims_numbered = ?", [lost])
        mark = EventMark(database).read()
        assert audit.replay_all(store, mark).differences == ()
        assert mark == store.history.read_last()


def test_scheduled_backups(database, tmp_path, now):
    """Scheduled backups keep their distance, and the oldest are removed."""
    folder, hour = tmp_path / "copies", timedelta(hours=1)
    folder.mkdir()
    shutil.copyfile(database, folder / "corrobot-mine.db")

    made = [backups.back_up_if_due(database, folder, 2 * hour, 2, now + n * hour) for n in range(6)]

    assert [copy is not None for copy in made] == [True, False] * 3
    assert sorted(folder.iterdir()) == [made[2], made[4], folder / "corrobot-mine.db"]
