"""Live blogs: every entry apart, under its own time; other pages are none."""

import json
from datetime import date

import pytest

from workflows.claims import PlaceKind
from workflows.documents.webpages import read_page

ENTRIES = (
    ("2026-03-02T09:15:00+01:00", "The river rose to four metres overnight, the county said."),
    ("2026-03-02T08:40:00+01:00", "Two bridges in the old town are closed to all traffic."),
    ("2026-03-01T23:05:00+01:00", "The mayor asked people in the lower streets to leave."),
)
LEAD = "What we know so far about the flood, as reporters along the river tell it."


def page(body, head=""):
    html = f"<html><head><title>Flood</title>{head}</head><body><main>{body}</main></body></html>"
    return read_page(html.encode(), "flood.html")


def ld(node):
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def shown(tag, name, parent="live-blog", clock="09:15"):
    return f"<h1>Flood</h1><p>{LEAD}</p><div class='{parent}'>" + "".join(
        f"<{tag} class='{name}'><header><time datetime='{at}'>{clock}</time></header>"
        f"<p>{text}</p></{tag}>"
        for at, text in ENTRIES
    )


@pytest.mark.parametrize(
    "body",
    [
        shown("article", "post"),
        shown("div", "live-blog-post", parent="stream"),
        shown("li", "timeline-item", parent="x", clock="9.15 CET"),
        shown("section", "a", parent="b").replace("class='b'", "itemtype='x/LiveBlogPosting'"),
    ],
    ids=["articles", "divs", "list", "microdata"],
)
def test_entries_shown(body):
    """Entries that the page shows are sections with their times; the clock is no text."""
    found = page(body)

    assert [place.name for place in found.places] == [
        "—",
        "2026-03-02 09:15",
        "2026-03-02 08:40",
        "2026-03-01 23:05",
    ]
    assert [place.day for place in found.places] == [
        None,
        date(2026, 3, 2),
        date(2026, 3, 2),
        date(2026, 3, 1),
    ]
    for place, (_, text) in zip(found.places[1:], ENTRIES, strict=True):
        assert found.text[place.start :].startswith(text)
        assert place.kind is PlaceKind.ENTRY
    assert found.text.startswith(LEAD)
    assert "CET" not in found.text


def test_entries_told():
    """Entries that the page tells programs only are read too."""
    updates = [
        {"@type": "BlogPosting", "datePublished": at, "headline": f"{n}", "articleBody": text}
        for n, (at, text) in enumerate(ENTRIES)
    ]
    blog = ld({"@graph": [{"@type": ["LiveBlogPosting"], "liveBlogUpdate": updates}]})

    found = page("<div id=app></div>", blog)

    assert [place.day for place in found.places] == [
        date(2026, 3, 2),
        date(2026, 3, 2),
        date(2026, 3, 1),
    ]
    assert found.text == "\n\n".join(f"{n}\n\n{text}" for n, (_, text) in enumerate(ENTRIES))


def test_one_day():
    """Of one day the time alone is enough."""
    body = shown("article", "post").replace("2026-03-01T23", "2026-03-02T03")

    assert [place.name for place in page(body).places] == ["—", "09:15", "08:40", "03:05"]


@pytest.mark.parametrize(
    "body",
    [
        shown("article", "post", parent="threads"),
        shown("div", "message", parent="replies-of-delivery"),
        "<article><h1>Flood</h1><time datetime='2026-03-02'></time>"
        + "".join(f"<p>{text}</p>" for _, text in ENTRIES)
        + "</article>",
    ],
    ids=["a list of posts", "messages", "an article"],
)
def test_other_pages(body):
    """A page that is no live blog has no entries."""
    assert page(body).places == ()


@pytest.mark.parametrize("at", ["", "yesterday", "0001-01-01T00:00", "2026-13-01"])
def test_times_that_are_none(at):
    """An entry without a time that can be read is no entry."""
    body = shown("article", "post")
    for each, _ in ENTRIES:
        body = body.replace(each, at)

    assert page(body).places == ()
