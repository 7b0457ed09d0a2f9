"""Live blogs: their entries, each with its time, so that what is told at noon is dated at noon.

They are read from what the page tells programs (LiveBlogPosting), else from its own elements: a
list of several alike, each with a time of its own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from workflows.claims import Place, PlaceKind
from workflows.documents.boilerplate import Element
from workflows.documents.linked_data import get_text, is_of_type

FEWEST = 2
"""Entries that make a live blog."""
MAX_ENTRIES = 1000
_MAX_TIMES = 20_000
"""Elements that are looked at for a time."""
_MOST_ABOVE = 8
"""Elements between an entry and its time, at most."""
_MAX_NAME = 1000
_MAX_LINE = 5000
_ENTRY = re.compile(
    r"(?:^|[\s_-])(?:live-?(?:blog|post|update|entry)\w*|blog-?(?:post|entry|update)|post|entry"
    r"|update|block|timeline-?(?:item|entry)|lx-stream\S*)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What the elements that hold entries are called."""
_LIVE = re.compile(r"(?:^|[\s_-])(?:live|timeline)|minute-by-minute|as-it-happened|[a-z]Live[A-Z]?")
_MARKUP = re.compile(r"<[^<>]{0,2000}>")

Lines = Callable[[Element | None], list[str]]
"""What gives the paragraphs of an element."""


@dataclass(frozen=True, slots=True)
class BlogEntry:
    """One entry of a live blog: when it was put there, and its paragraphs."""

    at: datetime
    lines: tuple[str, ...]


def find_entries(
    page: Element, data: Sequence[Mapping[str, Any]], get_lines: Lines
) -> tuple[BlogEntry, ...]:
    """Return the entries of a live blog in the order of the page; none of another page."""
    told = tuple(_iter_told(data))[:MAX_ENTRIES]
    shown = tuple(_iter_shown(page, get_lines, is_live=bool(told)))[:MAX_ENTRIES]
    most = max((shown, told), key=_count_words)
    return most if len(most) >= FEWEST else ()


def join_entries(
    lead: Sequence[str], entries: Sequence[BlogEntry]
) -> tuple[str, tuple[Place, ...]]:
    """Return one text of what stands above the entries and of them, and where each begins in it.

    Entries keep a day and a time; what stands above them has none.
    """
    several = len({entry.at.date() for entry in entries}) > 1
    text = "\n\n".join(lead)
    places = [Place(0, "—", PlaceKind.ENTRY)] if lead else []
    for entry in entries:
        text += "\n\n" if text else ""
        clock = entry.at.strftime("%H:%M")
        name = f"{entry.at.date().isoformat()} {clock}" if several else clock
        places.append(Place(len(text), name, PlaceKind.ENTRY, entry.at.date()))
        text += "\n\n".join(entry.lines)
    return text, tuple(places)


def _iter_told(data: Sequence[Mapping[str, Any]]) -> Iterator[BlogEntry]:
    """Yield the entries that the page tells programs."""
    for node in data:
        updates = node.get("liveBlogUpdate") if is_of_type(node, "LiveBlogPosting") else None
        for update in updates if isinstance(updates, list) else ():
            if not isinstance(update, dict):
                continue
            at = _parse_moment(update.get("datePublished") or update.get("dateModified"))
            heading = get_text(update.get("headline"), _MAX_LINE)
            body = str(update.get("articleBody") or "")
            lines = [get_text(_MARKUP.sub(" ", line), _MAX_LINE) for line in body.split("\n")]
            kept = tuple(line for line in dict.fromkeys([heading, *lines]) if line)
            if at and kept:
                yield BlogEntry(at, kept)


def _iter_shown(page: Element, get_lines: Lines, *, is_live: bool) -> Iterator[BlogEntry]:
    """Yield the entries among the page's elements: several alike, each with one time."""
    groups: dict[tuple[Element, str, str], list[tuple[Element, datetime]]] = defaultdict(list)
    for element, times in _find_dated(page).items():
        parent = element.getparent()
        if len(times) == 1 and parent is not None:
            is_update = element.get("itemprop") == "liveBlogUpdate"
            kind = "" if is_update else (element.get("class") or "")[:_MAX_NAME]
            groups[parent, element.tag, kind].append((element, next(iter(times))))
    if not groups:
        return
    (parent, _, _), best = max(groups.items(), key=lambda group: len(group[1]))
    live = is_live or any(
        _LIVE.search(f"{each.get('class') or ''} {each.get('id') or ''}"[:_MAX_NAME])
        or "LiveBlog" in (each.get("itemtype") or "")
        for each in (best[0][0], parent, *parent.iterancestors())
    )
    for element, at in best if live else ():
        lines = tuple(line for line in get_lines(element) if not _is_clock(line))
        if lines:
            yield BlogEntry(at, lines)


def _find_dated(page: Element) -> dict[Element, set[datetime]]:
    """Return the elements that may be entries, with the times in them, in the page's order."""
    found: dict[Element, set[datetime]] = {}
    for element in islice(page.iter("time", "span", "meta"), _MAX_TIMES):
        is_time = element.tag == "time" or element.get("itemprop") == "datePublished"
        at = _parse_moment(element.get("datetime") or element.get("content")) if is_time else None
        if at is None:
            continue
        for above in islice(element.iterancestors(), _MOST_ABOVE):
            if _may_be_entry(above):
                found.setdefault(above, set()).add(at)
    return found


def _may_be_entry(element: Element) -> bool:
    if element.tag in ("article", "section") or element.get("itemprop") == "liveBlogUpdate":
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"[:_MAX_NAME]
    return element.tag in ("div", "li") and bool(_ENTRY.search(named))


def _parse_moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
    return found if found.date() > date(1990, 1, 1) else None


_CLOCK = re.compile(
    r"\s*(?:\d{1,2}\s+\w+\s+\d{4}\s*)?\d{1,2}[:.h]\d\d\s*(?:am|pm|[A-Z]{2,5})?\s*", re.IGNORECASE
)


def _is_clock(line: str) -> bool:
    """Return True for a line that is only the time of its entry."""
    return bool(_CLOCK.fullmatch(line))


def _count_words(entries: Sequence[BlogEntry]) -> int:
    return sum(len(line.split()) for entry in entries for line in entry.lines)
