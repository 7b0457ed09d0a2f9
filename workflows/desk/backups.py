"""Backups: copies that are proven sound before they count as one; and the way back."""

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workflows.desk import audit
from workflows.errors import Refused
from workflows.store import backups, connections
from workflows.store.claim_store import ClaimStore
from workflows.store.event_mark import EventMark

_NAME = re.compile(r"corrobot-(\d{8}T\d{6})Z\.db")
_TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What was put back, and where the database before it lies now."""

    report: audit.Report
    aside: Path | None
    unsure: backups.UncertainCounts


def back_up_database(database: Path, target: Path) -> audit.Report:
    """Return a verified copy, beside a running bot or without one. Raises Refused, Unavailable."""
    part = target.with_name(f"{target.name}.part")
    if target.exists():
        raise Refused(
            "{path} is there already. Name another file.", code="file-exists", path=target
        )
    part.unlink(missing_ok=True)  # of a backup that was killed
    backups.copy_database(database, part)
    try:
        report = verify_database(part)
        backups.put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
    return report


def verify_database(copy: Path) -> audit.Report:
    """Open it read-only: is the file whole, and does its history add up? Raises Refused."""
    with closing(connections.open_for_reading(copy)) as db:
        try:
            report = audit.replay_all(ClaimStore(db))
        except connections.NOT_OURS as error:
            raise Refused(
                "{path} is no database of Corrobot: {reason}.", path=copy, reason=str(error)
            ) from error
    if report.differences:
        raise Refused(
            "{path} is not sound: {first} ({count} differences in all.)",
            code="unsound",
            path=copy,
            first=report.differences[0],
            count=len(report.differences),
        )
    return report


def restore_database(copy: Path, database: Path, now: datetime, *, force: bool) -> RestoreResult:
    """Put a copy in the database's place, which is kept aside. Nobody may serve it meanwhile.

    Raises Refused where a database is there and `force` is not given.
    """
    with connections.serving(database):
        if database.exists() and not force:
            raise Refused(
                "There is a database at {path} already. With --force it is kept aside and"
                " replaced.",
                code="database-exists",
                path=database,
            )
        report = verify_database(copy)
        fresh = database.with_name(f"{database.name}.restoring")
        fresh.unlink(missing_ok=True)
        try:
            backups.copy_database(copy, fresh)
            unsure = backups.forget_certainty(fresh)
            if database.exists():
                backups.keep_numbers(database, fresh)
            aside = backups.put_aside(database, now)
            backups.put_in_place(fresh, database)
            with closing(connections.open_for_reading(database)) as db:
                mark = EventMark(database)
                mark.put(ClaimStore(db).history.read_last())
                mark.acknowledge()
        finally:
            for part in fresh.parent.glob(f"{fresh.name}*"):
                part.unlink(missing_ok=True)
    return RestoreResult(report, aside, unsure)


def back_up_if_due(
    database: Path,
    folder: Path,
    every: timedelta,
    keep: int,
    now: datetime,
    longest: timedelta | None = None,
) -> Path | None:
    """Copy into the folder unless its newest is young enough.

    The oldest beyond `keep` go, and those older than `longest`; the newest always stays.
    """
    kept = _list_kept(folder)
    target = None
    if not kept or not timedelta() <= now - kept[-1][0] < every:
        target = folder / f"corrobot-{now:{_TIME}}Z.db"
        back_up_database(database, target)
        kept = _list_kept(folder)
    for place, (made, old) in enumerate(reversed(kept)):
        if place and (place >= keep or (longest and now - made > longest)):
            old.unlink(missing_ok=True)
    return target


def _list_kept(folder: Path) -> list[tuple[datetime, Path]]:
    """Return the folder's copies with their times, oldest first; other files are none of ours."""
    found = [(_NAME.fullmatch(file.name), file) for file in folder.glob("corrobot-*.db")]
    return sorted(
        (datetime.strptime(name[1], _TIME).replace(tzinfo=UTC), file)
        for name, file in found
        if name
    )
