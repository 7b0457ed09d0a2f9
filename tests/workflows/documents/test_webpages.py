"""Saved web pages: their main text and what they say of themselves, without any network."""

import socket
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.documents import reading
from workflows.documents.document import MAX_PARAGRAPHS
from workflows.documents.reading import LONGEST_PARAGRAPH
from workflows.errors import BadInput

ARTICLE = """<p>The ministry said on Friday that 300 people had crossed the bridge near Ladoga, in
what officials described as the largest movement since the spring of the year before.</p>
<p>Police confirmed that two trucks had stopped near the river. “We have seen nothing of the kind,”
a spokesman said; he added that the army would answer — and soon — all questions.</p>"""
HEAD = """<title>Three hundred cross | The Courier</title>
<meta property="og:title" content="Three hundred cross">
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2024-10-18T08:00:00Z">
<link rel="canonical" href="https://courier.example/2024/bridge">"""
AROUND = """<nav><a href="/">Home</a> <a href="/x">World</a></nav>{article}
<aside>Read more: <a href="/y">Another story</a></aside>
<footer>© The Courier. Subscribe to our newsletter.</footer><script>alert("no")</script>"""


def page(article=ARTICLE, head=HEAD):
    body = AROUND.format(article=f"<article>{article}</article>")
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*args):
        pytest.fail(f"the network was asked for: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_main_text_only():
    """The main text is read without what stands around it."""
    read = reading.read_document(page().encode(), "saved.html")

    assert read.text.startswith("The ministry said on Friday that 300 people had crossed")
    assert read.text.endswith("answer — and soon — all questions.")
    assert len(read.text.split("\n\n")) == 2
    for around in ("Home", "Another story", "newsletter", "alert", "<"):
        assert around not in read.text


def test_page_metadata():
    """A page's own title, publisher and date are used."""
    read = reading.read_document(page().encode(), "saved.html")

    assert (read.title, read.publisher) == ("Three hundred cross", "The Courier")
    assert read.published == date(2024, 10, 18)
    assert read.url == "https://courier.example/2024/bridge"


def test_date_in_the_text():
    """A date within the text is not taken for the page's own."""
    article = ARTICLE.replace("on Friday", "on 3 March 2019")

    read = reading.read_document(page(article, "<title>Bridge</title>").encode(), "saved.html")

    assert read.published is None
    assert read.publisher is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://u:p@evil.example/", "//", "http://", "ftp://x.example"]
)
def test_bad_link_left_out(link):
    """A broken link is left out."""
    head = HEAD.replace("https://courier.example/2024/bridge", link)

    assert reading.read_document(page(head=head).encode(), "a.html").url in (None, "https://u")


@pytest.mark.parametrize(
    ("beginning", "encoding"),
    [
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ('<?xml version="1.0" encoding="utf-8"?>\n', "utf-8"),
        ("<!-- saved from the web -->\n", "utf-8"),
        ("", "utf-16"),
        ('<meta charset="windows-1252">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "latin-1"),
    ],
    ids=["none", "mark", "xml", "comment", "utf-16", "windows", "latin"],
)
def test_declared_encoding(beginning, encoding):
    """A page is read in the encoding it declares."""
    article = ARTICLE.replace("Ladoga", "Löwenstadt")
    if beginning.startswith("<meta"):
        text = page(article, beginning + HEAD)
    else:
        text = beginning + page(article)

    read = reading.read_document(text.encode(encoding, errors="xmlcharrefreplace"), "saved.html")

    assert "the bridge near Löwenstadt, in" in read.text
    assert "answer — and soon" in read.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            page(head='<meta charset="utf-8">')
            .replace("Ladoga", "Löwen")
            .encode("latin-1", "replace"),
            {"encoding": "utf-8"},
        ),
        (page(head='<meta charset="hex">').encode(), {"encoding": "hex"}),
        (page(head='<meta charset="punycode">').encode(), {"encoding": "punycode"}),
        (page(head='<meta charset="latin-99">').encode(), {"encoding": "latin-99"}),
        (b"<html></html>", {"code": "no-text"}),
        (b"<!doctype html><script>var text = 1</script>", {"code": "script-only"}),
        (b"%PDF-1.7 <html>", {"kind": "PDF"}),
        (b"PK\x03\x04<html>", {"kind": "Word document"}),
    ],
    ids=["other", "hex", "punycode", "unknown", "empty", "script", "pdf", "zip"],
)
def test_unreadable_page(content, said):
    """A page that cannot be read is refused with a sentence."""
    with refuses(BadInput, **said):
        reading.read_document(content, "saved.html")


@pytest.mark.parametrize(
    "content",
    [
        b"<html>" + b"<div>" * 20_000 + ARTICLE.encode(),
        b"<html>" + b"<p>" + b"&#x10FFFF;&amp;" * 20_000,
        page(ARTICLE * 300).encode(),
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + page("<p>" + "&b;" * 100 + "</p>").encode(),
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page("<p>&x;</p>").encode(),
    ],
    ids=["deep", "entities", "long", "a bomb", "a file"],
)
def test_hostile_page(content):
    """No page can break the reader or make it open anything."""
    try:
        text = reading.read_document(content, "saved.html").text
    except BadInput:
        return
    assert "root:" not in text
    assert len(text) <= len(content)


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes(content):
    """Any bytes called a page are read or refused."""
    try:
        read = reading.read_document(content, "saved.html")
    except BadInput:
        return
    assert read.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p>It is so.</p>" * (MAX_PARAGRAPHS + 1), "too-many-paragraphs"),
        ("<p>" + "It is so. " * (LONGEST_PARAGRAPH // 10) + "Yes.</p>", "endless-paragraph"),
    ],
)
def test_no_prose(body, code):
    """A page that nobody wrote to be read is refused: finding its claims would take long."""
    html = f"<html><body><article>{body}"

    with refuses(BadInput, code):
        reading.read_document(html.encode(), "page.html")


@pytest.mark.parametrize("named", ["{story} | {site}", "{site} - {story}"])
def test_story_before_site(named):
    """Where the page's first heading is its site's name, its title is its story's all the same."""
    story, site = "Bridge at Ladoga shut after the storm", "The Harbour Post"
    head = f"<title>{named.format(story=story, site=site)}</title>"
    article = (
        f"<h2>{story}</h2>" + "<p>The old bridge at Ladoga is closed, the council said.</p>" * 9
    )
    made = (
        f"<html><head>{head}</head><body><h1>{site}</h1><article>{article}</article></body></html>"
    )

    assert reading.read_document(made.encode(), "a.html").title == story
