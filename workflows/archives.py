"""Archives of web pages: known by their addresses, and asked to keep a page. Pure functions.

The Wayback Machine answers with errors after it has kept a page, answers late, and answers about
another page. So what it says is believed only where it names the page that was asked for, and it is
looked for a copy before it is asked again.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote, urlsplit

from workflows.claims import TeamId
from workflows.urls import identify_page

WAYBACK = "https://web.archive.org"
PER_MINUTE, PER_MINUTE_WITH_KEY = 3, 6
"""Copies that are asked for in a minute, of all teams together."""
MINUTE = timedelta(minutes=1)
LOOKS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""How long after asking it is looked for a copy, before it is asked again."""
POLLS = 20
"""How often the archive is asked about a job of its own, before the copy is looked for."""
ASKS = 4
"""How often a page's copy is asked for, at most."""
PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)
"""How long nothing is asked after a 429; doubled each time, unless the archive says how long."""
TOO_MANY = 429
_KEPT = range(200, 400)
_REFUSED = frozenset({400, 401, 403, 404, 405, 410, 451, 523})
"""The statuses by which a page is not kept, and won't be."""
_COPY = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)
_TODAY = re.compile(r"(?:^|\.)archive\.(?:today|ph|is|li|vn|fo|md)$")
_OTHERS = re.compile(r"(?:^|\.)(?:perma\.cc|ghostarchive\.org|archive\.org)$")


class Archive(StrEnum):
    """What a copy in an archive is worth."""

    SOUND = "sound"
    ALTERED = "altered"
    """archive.today, whose copies were found altered."""


def find_archive(address: str) -> Archive | None:
    """Return what kind of archive an address belongs to; None for a page itself."""
    host = (urlsplit(address).hostname or "").lower()
    if _TODAY.search(host):
        return Archive.ALTERED
    return Archive.SOUND if _OTHERS.search(host) else None


@dataclass(frozen=True, slots=True)
class DueCapture:
    """A link whose page the archive is to keep. `asked_at` is when it was asked last, if it was.

    `looks` counts how often it was looked for the copy since; `job` is the archive's own name for
    what it is doing.
    """

    row: int
    team: TeamId
    claim: int
    url: str
    asks: int
    asked_at: datetime | None
    looks: int
    job: str | None


class ArchiveStep(StrEnum):
    """What is to be done next about a page that is to be kept."""

    ASK = "ask"
    LOOK = "look"
    POLL = "poll"
    GIVE_UP = "give_up"


def choose_step(due: DueCapture) -> ArchiveStep:
    """Return the next step: what was asked for is looked for before it is asked for again."""
    if due.job:
        return ArchiveStep.POLL
    if due.asked_at is None:
        return ArchiveStep.ASK
    if due.looks < len(LOOKS):
        return ArchiveStep.LOOK
    return ArchiveStep.ASK if due.asks < ASKS else ArchiveStep.GIVE_UP


def find_next_look(looks: int, now: datetime) -> datetime:
    """Return when it is looked for a copy again, after so many looks."""
    return now + LOOKS[min(looks, len(LOOKS) - 1)]


def find_pause(retry_after: str, pauses: int, now: datetime) -> datetime:
    """Return until when nothing is asked after the archive said that it was too much."""
    wait = min(PAUSE * (1 << min(pauses, 8)), LONGEST_PAUSE)
    if retry_after.isdecimal():
        wait = min(max(timedelta(seconds=int(retry_after[:6])), MINUTE), LONGEST_PAUSE)
    return now + wait


@dataclass(frozen=True, slots=True)
class Reply:
    """What the archive answered: a copy's address, or the job that makes one, or neither.

    `is_final`: it won't keep this page.
    """

    copy: str | None = None
    job: str | None = None
    is_final: bool = False


def read_reply(url: str, status: int, locations: Iterable[str], body: bytes) -> Reply:
    """Return what an answer to asking says about the copy of a page."""
    if status in _REFUSED:
        return Reply(is_final=True)
    if status not in _KEPT:
        return Reply()
    for address in locations:
        if copy := read_copy(address, url):
            return Reply(copy)
    told = _read_json(body)
    job = told.get("job_id") if isinstance(told, dict) else None
    return Reply(job=job) if isinstance(job, str) and 0 < len(job) <= 200 else Reply()  # noqa: PLR2004


def read_job(url: str, body: bytes) -> Reply:
    """Return what the archive says about a job of its own."""
    told = _read_json(body)
    if not isinstance(told, dict):
        return Reply()
    if told.get("status") == "success":
        path = f"/web/{told.get('timestamp')}/{told.get('original_url')}"
        return Reply(read_copy(path, url))
    if told.get("status") == "pending":
        return Reply(job="pending")
    return Reply()


def read_copies(url: str, since: datetime, body: bytes) -> str | None:
    """Return the first copy of a page that was made since then, of those in the archive's index."""
    rows = _read_json(body)
    named = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    copies = (
        read_copy(f"/web/{row[0]}/{row[1]}", url)
        for row in named
        if len(row) > 1 and str(row[0]) >= f"{since:%Y%m%d%H%M%S}"
    )
    return next(filter(None, copies), None)


def read_copy(address: str, url: str) -> str | None:
    """Return the one spelling of a copy's address, if it is a copy of this very page."""
    match = _COPY.search(address)
    if match is None:
        return None
    copy = f"{WAYBACK}/web/{match[1]}/{match[2]}"
    return copy if identify_page(copy) == identify_page(url) else None


def make_look(base: str, url: str, since: datetime) -> str:
    """Return the address at which the archive's index lists the copies of a page since then."""
    return (
        f"{base}/cdx/search/cdx?url={quote(url, safe='')}&output=json&fl=timestamp,original"
        f"&from={since:%Y%m%d%H%M%S}&limit=5"
    )


def _read_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None
