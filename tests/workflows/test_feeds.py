"""Feeds: when they are asked, which items are wanted, and what is read of them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.documents.feed_files import parse_feed
from workflows.errors import BadInput
from workflows.feeds import (
    EVERY,
    LONGEST_WAIT,
    FeedItem,
    find_next_poll,
    is_wanted,
    split_words,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>
<item><guid>1</guid><title>Bridge closed</title><link>https://post.example/1</link>
<pubDate>Fri, 18 Oct 2024 08:00:00 GMT</pubDate>
<description>&lt;p&gt;It is &lt;b&gt;closed&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Nameless</title></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title>
<entry><id>1</id><title>Bridge closed</title><link href="https://post.example/1"/>
<updated>2024-10-18T08:00:00Z</updated>
<content type="html">&lt;p&gt;It is &lt;b&gt;closed&lt;/b&gt;.&lt;/p&gt;</content>
</entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": [
{"id": "1", "title": "Bridge closed", "url": "https://post.example/1",
 "date_published": "2024-10-18T08:00:00Z", "content_html": "<p>It is <b>closed</b>.</p>"},
{"title": "Nameless"}, 7]}"""


@pytest.mark.parametrize(
    ("feed", "updated"),
    [(RSS, ""), (ATOM, "2024-10-18T08:00:00Z"), (JSON, "")],
    ids=["rss", "atom", "json"],
)
def test_feeds_of_every_kind(feed, updated):
    """RSS, Atom and JSON Feed give the same items; one without a name of its own is left out."""
    parsed = parse_feed(feed.encode(), "https://post.example/feed")

    assert parsed.title == "The Post"
    assert parsed.items == (
        FeedItem(
            "1",
            "https://post.example/1",
            "Bridge closed",
            "It is closed.",
            date(2024, 10, 18),
            updated,
        ),
    )


@pytest.mark.parametrize(
    "day", ["0001-01-01T00:00:00+14:00", "0000-00-00", "9999-12-31T23:59-14:00"]
)
@pytest.mark.parametrize("feed", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_days_of_no_calendar(feed, day):
    """What programs write for no day at all is no day, and the item is there."""
    written = re.sub(r"Fri, 18 Oct 2024[^<]*|2024-10-18T08:00:00Z", day, feed)

    assert day in written
    (item,) = parse_feed(written.encode(), "https://post.example/feed").items
    assert item.title == "Bridge closed"
    assert item.published is None or item.published.year in (1, 9999)


@pytest.mark.parametrize("half", ["&#xD83D;", "&#55357;", "\\ud83d"])
def test_half_characters(half):
    """A text that its feed cut in the middle of an emoji can be stored."""
    feed = JSON if half.startswith("\\") else RSS
    parsed = parse_feed(feed.replace("Bridge", half).encode(), "https://post.example/feed")

    assert parsed.items[0].title.encode().endswith(b"closed")


@pytest.mark.parametrize("content", [b"", b"<html><p>x</p></html>", b"{}", b"[" * 9999, b"\0\1"])
def test_what_is_no_feed(content):
    """What is no feed is refused with its address."""
    with refuses(BadInput, "not-a-feed", address="https://post.example"):
        parse_feed(content, "https://post.example")


@given(st.integers(1, 10**6), st.integers(0, 100))
def test_polls_back_off(feed: int, failures: int):
    """A poll comes later after each failure, within a fifth of its time, and never too late."""
    wait = find_next_poll(feed, failures, NOW) - NOW
    usual = min(EVERY * 2 ** min(failures, 20), LONGEST_WAIT)

    assert usual * 0.89 <= wait <= usual * 1.11


def test_polls_are_spread():
    """Feeds that were added together are not asked together."""
    polls = {find_next_poll(feed, 0, NOW) for feed in range(100)}

    assert max(polls) - min(polls) > timedelta(minutes=2)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("", True), ("bridge", True), ("Closed, river", True), ("river", False), ("clos", False)],
)
def test_filter_words(words, wanted):
    """An item is wanted if one of the words stands in it, whole, or if there are none."""
    item = FeedItem("1", None, "The bridge", "It is closed.", None)

    assert is_wanted(item, split_words(words)) is wanted
