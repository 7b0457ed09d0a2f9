"""Feeds as they are served: RSS, Atom and JSON Feed, read to items."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from workflows.documents.webpages import read_plain_text
from workflows.errors import BadInput
from workflows.feeds import FeedItem

MAX_ITEMS = 200
"""Items that are read of a feed, in its own order."""
_MAX_ID = 500
_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{4})|0*(\d{5}));")
_HALVES = range(0xD800, 0xE000)
"""Half a character each: what a program leaves that cuts a text in the middle of an emoji."""
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
    whole = _REFERENCE.sub(_replace_half, content)
    found = feedparser.parse(io.BytesIO(whole), sanitize_html=False, resolve_relative_uris=False)
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
        _make_day(*when[:3]) if when else None,
        entry["updated"] if "updated" in entry else None,  # noqa: SIM401  # get() gives "published"
    )


def _replace_half(reference: re.Match[bytes]) -> bytes:
    """Return a reference as it is; in place of half a character, the sign for an unknown one."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"&#xFFFD;" if code in _HALVES else reference[0]


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
    address, plain = _write_text(url), _write_text(text)
    link = address if address.lower().startswith(("http://", "https://")) else None
    plain = read_plain_text(plain) if "<" in plain else plain
    key = _write_text(name)[:_MAX_ID]
    return FeedItem(key, link, _flatten(title), plain.strip(), published, _flatten(updated))


def _read_day(text: object) -> date | None:
    match = _DAY.match(str(text or ""))
    return _make_day(*map(int, match[0].split("-"))) if match else None


def _make_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None for one that no calendar has, such as programs write for no day at all."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _flatten(text: object) -> str:
    return " ".join(_write_text(text).split())[:200]


def _write_text(text: object) -> str:
    """Return what a feed holds as a text that can be stored: JSON can hold half a character."""
    return str(text or "").encode(errors="replace").decode()
