"""Feeds as they are served: RSS, Atom and JSON Feed, read to items."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from workflows.documents.webpages import read_plain_text
from workflows.errors import BadInput
from workflows.feeds import FeedItem

MAX_ITEMS = 200
"""Items that are read of a feed, in its own order."""
_MAX_ID = 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's title and its items, the newest usually first."""

    title: str
    items: tuple[FeedItem, ...]


def parse_feed(content: bytes, address: str) -> ParsedFeed:
    """Return what a feed holds. Raises BadInput for what is none."""
    parsed = _parse_json(content) or _parse_xml(content)
    if parsed is None:
        raise BadInput(
            "{address} isn't a feed. Give the address of an RSS, Atom or JSON feed.",
            code="not-a-feed",
            address=address,
        )
    return parsed


def _parse_xml(content: bytes) -> ParsedFeed | None:
    feedparser: Any = import_module("feedparser")  # has no types
    found = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        return None
    items = (_read_entry(entry) for entry in found.entries[:MAX_ITEMS])
    return ParsedFeed(
        _flatten(found.feed.get("title")), tuple(item for item in items if item is not None)
    )


def _read_entry(entry: Mapping[str, Any]) -> FeedItem | None:
    contents = [each.get("value", "") for each in entry.get("content", [])]
    text = max([*contents, entry.get("summary", "")], key=len)
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return _make_item(
        entry.get("id") or entry.get("link"),
        entry.get("link"),
        entry.get("title"),
        text,
        date(*when[:3]) if when else None,
        entry["updated"] if "updated" in entry else None,  # noqa: SIM401  # get() gives "published"
    )


def _parse_json(content: bytes) -> ParsedFeed | None:
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return None
    found = feed.get("items")
    entries = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    items = (
        _make_item(
            each.get("id") or each.get("url"),
            each.get("url") or each.get("external_url"),
            each.get("title"),
            each.get("content_html") or each.get("content_text") or each.get("summary"),
            _read_day(each.get("date_published")),
            each.get("date_modified"),
        )
        for each in entries[:MAX_ITEMS]
    )
    return ParsedFeed(_flatten(feed.get("title")), tuple(item for item in items if item))


def _make_item(
    name: object,
    url: object,
    title: object,
    text: object,
    published: date | None,
    updated: object,
) -> FeedItem | None:
    """Return an item; None for one that nothing names, so that it could never be told again."""
    if not name:
        return None
    link = str(url) if url and str(url).lower().startswith(("http://", "https://")) else None
    plain = str(text or "")
    plain = read_plain_text(plain) if "<" in plain else plain
    return FeedItem(
        str(name)[:_MAX_ID], link, _flatten(title), plain.strip(), published, _flatten(updated)
    )


def _read_day(text: object) -> date | None:
    match = _DAY.match(str(text or ""))
    try:
        return datetime.strptime(match[0], "%Y-%m-%d").date() if match else None  # noqa: DTZ007
    except ValueError:
        return None


def _flatten(text: object) -> str:
    return " ".join(str(text or "").split())[:200]
