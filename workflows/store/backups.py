"""Copies of the database: made beside whoever writes it, and put back in its place."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workflows.errors import Refused, Unavailable
from workflows.store import connections

_BESIDE = ("", "-wal", "-shm")
PRIVATE = 0o600
RESTORED = "restored"
"""The mark of a copy that was put back and has not looked around yet."""


@dataclass(frozen=True, slots=True)
class UncertainCounts:
    """What a copy cannot know: posts that may have gone out since it was made, cards to redraw."""

    posts: int
    cards: int


def copy_database(source: Path, target: Path) -> None:
    """One state of the database, in a new file only its owner may read.

    Raises Refused where `target` exists, Unavailable where it cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    except FileExistsError:
        raise Refused(
            "{path} is there already. Name another file.", code="file-exists", path=target
        ) from None
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        with (
            closing(connections.open_for_reading(source)) as db,
            closing(sqlite3.connect(target)) as ours,
        ):
            db.conn.backup(ours)
            ours.execute("PRAGMA journal_mode = DELETE")
        _sync(target)
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise _unwritable(target, error) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def put_aside(database: Path, now: datetime) -> Path | None:
    """Rename the database, with its log; its new name, or None where there was none."""
    if not database.exists():
        return None
    aside = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%S%f}")
    try:
        for part in reversed(_BESIDE):
            if (old := Path(f"{database}{part}")).exists():
                old.rename(f"{aside}{part}")
    except OSError as error:
        raise _unwritable(aside, error) from error
    return aside


def put_in_place(fresh: Path, database: Path) -> None:
    """Make the fresh file the database, in one step. Raises Unavailable."""
    try:
        fresh.replace(database)
        _sync(database.parent)
    except OSError as error:
        raise _unwritable(database, error) from error


def forget_certainty(path: Path) -> UncertainCounts:
    """Posts the copy takes for unsent are looked for before they are sent; cards are redrawn."""
    with connections.in_one_transaction(path) as db:
        posts = db.execute(
            "UPDATE outbox SET state = 'sending',"
            " first_attempt_at = ifnull(first_attempt_at, queued_at)"
            " WHERE state IN ('pending', 'sending', 'parked')"
        ).rowcount
        cards = db.execute("UPDATE cards SET shown_version = 0").rowcount
        db.execute("DELETE FROM marks")
        db.execute("INSERT INTO marks (name, value) VALUES (?, '')", [RESTORED])
    return UncertainCounts(posts, cards)


def keep_numbers(old: Path, fresh: Path) -> None:
    """No number that the old database gave to a claim is given to another one by the fresh copy."""
    try:
        with closing(connections.open_for_reading(old)) as db:
            numbered = db.execute("SELECT guild, claims_numbered FROM teams").fetchall()
    except (sqlite3.Error, Unavailable):  # it may be what is put right
        return
    with connections.in_one_transaction(fresh) as db:
        for guild, last in numbered:
            db.execute(
                "INSERT INTO skipped_numbers (team_id, first, last)"
                " SELECT id, claims_numbered + 1, :last FROM teams"
                " WHERE guild = :guild AND claims_numbered < :last",
                {"guild": guild, "last": last},
            )
            db.execute(
                "UPDATE teams SET claims_numbered = max(claims_numbered, ?) WHERE guild = ?",
                [last, guild],
            )


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _unwritable(path: Path, error: Exception) -> Unavailable:
    return Unavailable(
        "{path} cannot be written: {reason}.",
        path=path,
        reason=getattr(error, "strerror", None) or str(error),
    )
