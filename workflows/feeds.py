"""Feeds: addresses whose new items are read on a schedule. Pure functions of values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflows.claims import MemberKey, TeamId
from workflows.ids import make_hash

EVERY = timedelta(minutes=15)
"""How far apart two polls of a feed are while all is well."""
LONGEST_WAIT = timedelta(hours=12)
JITTER = 0.2
"""The share of a wait by which polls are moved, so that feeds do not all ask at once."""
FAILING = timedelta(days=1)
"""How long a feed must have failed for its moderators to be told."""
FIRST_ITEMS = 10
"""Items that are read of a feed that is new; what is older was news before."""
MAX_EDITS = 20
"""How often an item is read again that its feed says was edited; some change at every poll."""
DAILY = 8
"""Claims a day that are posted of a feed, where nobody says otherwise."""


class FeedTarget(StrEnum):
    """What becomes of a feed's items."""

    DRAFTS = "drafts"
    """They wait for a moderator's decision."""
    POST = "post"
    """The best claims are posted, so many a day; the rest is shelved."""


@dataclass(frozen=True, slots=True)
class FeedTerms:
    """What becomes of a feed's items, of how many a day, and which words one must have."""

    target: FeedTarget
    per_day: int = DAILY
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that is read on a schedule, as its team keeps it.

    `words`: an item must have one of them, where there are any. `failing_since` is the first of
    the failures in a row. `added_by` is None for the terminal.
    """

    id: int
    team: TeamId
    number: int
    url: str
    title: str
    target: FeedTarget
    per_day: int
    words: tuple[str, ...]
    added_by: MemberKey | None
    paused: bool
    is_new: bool
    etag: str | None
    last_modified: str | None
    next_poll_at: datetime
    failures: int
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item as its feed has it. `id` is the feed's own name for it.

    `updated` is when the feed says that it was edited last, in whatever form.
    """

    id: str
    url: str | None
    title: str
    text: str
    published: date | None
    updated: str = ""

    @property
    def hash(self) -> str:
        """Return what changes when the item is edited."""
        return make_hash(f"{self.title}\n{self.text}\n{self.updated}")


@dataclass(frozen=True, slots=True)
class FeedCount:
    """What came in from a feed: items that were read, and claims of them that were posted."""

    name: str
    items: int
    posted: int


def find_next_poll(feed_id: int, failures: int, now: datetime) -> datetime:
    """Return when a feed is asked next: after a failure later each time, and never on the dot."""
    wait = min(EVERY * (1 << min(failures, 10)), LONGEST_WAIT)
    share = int(make_hash(f"{feed_id} {now.isoformat()}")[:4], 16) / 0xFFFF
    return now + wait * (1 - JITTER / 2 + JITTER * share)


def is_wanted(item: FeedItem, words: Sequence[str]) -> bool:
    """Return True if an item has one of the words, or if there are none."""
    said = f"{item.title}\n{item.text}"
    return not words or any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE) for word in words
    )


def split_words(typed: str) -> tuple[str, ...]:
    """Return the words that somebody typed with commas between."""
    return tuple(dict.fromkeys(word for each in typed.split(",") if (word := each.strip())))
