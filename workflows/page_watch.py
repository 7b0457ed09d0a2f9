"""Links looked at again: what became of the pages behind them. Pure functions of values.

A site in trouble, or one that wants programs to keep away, says nothing of its page. And what one
look finds may be an hour's trouble too, so it is believed once it is seen on two days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflows.claims import ChangeKind, EvidenceKey, PageChange, PagePart, PictureRead, TeamId
from workflows.errors import CorrobotError
from workflows.ids import make_hash
from workflows.pictures import is_alike
from workflows.snapshots import MAX_TEXT

LEAST = timedelta(days=1)
"""The time between two looks at a page, at least."""
SPREAD = 0.25
"""The share of that time by which a look may come later, so that they don't come all at once."""
RECENTLY = timedelta(days=30)
"""How long the links of a settled claim are looked at."""
MOST_A_DAY = 500
"""How many links of one team are looked at in a day."""
NO_PAGE = frozenset({404, 410})
"""The answers that say that there is no such page."""
_FIGURE = re.compile(r"(?<!\d)\d{1,3}(?:[ \u202f\u00a0]\d{3})+(?!\d)|\d(?:[\d.,]*\d)?")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,\u202f\u00a0 ](?=\d{3}(?!\d))")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What is known of a page since its link was added; `site` is where it was found then.

    Of a picture, `sha256` is that of its file, and `phash` of what it shows.
    """

    sha256: str
    title: str | None
    passage: str | None
    figures: tuple[str, ...]
    site: str | None
    phash: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """What was seen of a page: `change` is believed; `suspected` was seen on one day so far."""

    change: PageChange | None = None
    changed_on: date | None = None
    suspected: PageChange | None = None
    suspected_on: date | None = None


@dataclass(frozen=True, slots=True)
class DueLook:
    """A link whose page is to be looked at again.

    `taken_at` tells what is known of the page from what was known before its address was changed.
    """

    row: int
    team: TeamId
    claim: int
    key: EvidenceKey
    url: str
    known: KnownPage
    watch: Watch
    taken_at: str


def find_figures(words: str, text: str) -> tuple[str, ...]:
    """Return the figures of a claim that stand in a page's text, plainly spelled."""
    there = frozenset(_iter_figures(text))
    return tuple(each for each in dict.fromkeys(_iter_figures(words)) if each in there)


def _iter_figures(text: str) -> Iterator[str]:
    for match in _FIGURE.finditer(text):
        yield _BETWEEN_DIGITS.sub("", match[0])


def compare_page(known: KnownPage, title: str, text: str, site: str | None) -> PageChange | None:
    """Return what became of a page that was read again; None where nothing that matters did."""
    if known.site and site and site != known.site:
        return PageChange(ChangeKind.MOVED, site)
    if make_hash(text) == known.sha256:
        return None
    lost = tuple(_iter_lost(known, title, text))
    return PageChange(ChangeKind.CHANGED, lost=lost) if lost else None


def compare_picture(known: KnownPage, read: PictureRead, site: str | None) -> PageChange | None:
    """Return what became of what was known, where a picture stands there now."""
    if known.site and site and site != known.site:
        return PageChange(ChangeKind.MOVED, site)
    if read.sha256 == known.sha256 or is_alike(known.phash, read.phash):
        return None
    return PageChange(
        ChangeKind.CHANGED, lost=(PagePart.PICTURE if known.phash else PagePart.TITLE,)
    )


def _iter_lost(known: KnownPage, title: str, text: str) -> Iterator[PagePart]:
    words = _list_words(text)
    if known.phash:
        yield PagePart.PICTURE
        return
    if known.title and _list_words(known.title) not in _list_words(title[:MAX_TEXT]) + words:
        yield PagePart.TITLE
    if known.passage and _list_words(known.passage) not in words:
        yield PagePart.PASSAGE
    if not set(known.figures) <= set(_iter_figures(text)):
        yield PagePart.FIGURE


def _list_words(text: str) -> str:
    """Return a text's words between single spaces: marks and line ends are no change."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def read_refusal(error: CorrobotError) -> PageChange | None:
    """Return what a page's refusal says of it: that it is gone, or nothing at all."""
    return PageChange(ChangeKind.GONE) if error.values.get("status") in NO_PAGE else None


def keep_sight(watch: Watch, seen: PageChange | None, today: date) -> Watch:
    """Return a watch after a look that told something of the page: `seen`, or that it is well."""
    if seen is None:
        return Watch()
    if watch.change and watch.change.kind is seen.kind:
        return replace(watch, suspected=None, suspected_on=None)
    same = watch.suspected is not None and watch.suspected.kind is seen.kind
    if not same or watch.suspected_on is None:
        return replace(watch, suspected=seen, suspected_on=today)
    if watch.suspected_on == today:
        return watch
    return Watch(change=seen, changed_on=today)


def find_next_look(key: str, watch: Watch, every: timedelta, now: datetime) -> datetime:
    """Return when a page is looked at again: sooner where what was seen is to be confirmed."""
    span = LEAST if watch.suspected else max(every, LEAST)
    share = int(make_hash(f"{key} {now.date()}")[:4], 16) / 0xFFFF
    return now + span * (1 + SPREAD * share)
