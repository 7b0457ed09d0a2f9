"""Addresses of evidence: one spelling each, their site, and what is no link at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.errors import BadInput
from workflows.urls import LONGEST, find_origin, identify_page, normalize


@pytest.mark.parametrize(
    ("address", "spelling", "origin"),
    [
        ("https://Example.COM", "https://example.com/", "example.com"),
        ("  https://example.com/a  ", "https://example.com/a", "example.com"),
        ("HTTP://example.com:80/a/../b", "http://example.com/b", "example.com"),
        ("https://example.com:443/", "https://example.com/", "example.com"),
        ("https://example.com:8443/", "https://example.com:8443/", "example.com"),
        ("https://example.com/a#part", "https://example.com/a", "example.com"),
        ("https://example.com./", "https://example.com/", "example.com"),
        ("https://news.bbc.co.uk/x", "https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://bücher.de/ä", "https://xn--bcher-kva.de/%C3%A4", "xn--bcher-kva.de"),
        ("https://xn--bcher-kva.de/", "https://xn--bcher-kva.de/", "xn--bcher-kva.de"),
        ("https://127.0.0.1/x", "https://127.0.0.1/x", "127.0.0.1"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x", "2001:db8::1"),
        ("http://localhost/", "http://localhost/", "localhost"),
        (
            "https://en.wikipedia.org/wiki/A_(b)",
            "https://en.wikipedia.org/wiki/A_(b)",
            "wikipedia.org",
        ),
    ],
    ids=lambda value: value.strip()[:40],
)
def test_an_address_has_one_spelling_and_a_site(address, spelling, origin):
    assert normalize(address) == spelling
    assert find_origin(spelling) == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "example.com",
        "//example.com/",
        "javascript:alert(1)",
        "JavaScript://example.com/%0aalert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "ftp://example.com/",
        "https://",
        "https:///path",
        "https://.",
        "https://user:pass@example.com/",
        "https://bbc.co.uk@example.com/",
        "https://@example.com/",
        "https://good.com\\@example.com/",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/a\nb",
        "https://example.com/\u202egpj.exe",
        "https://example.com/\u200b",
        "https://exa<mple.com/",
        "https://exa%2emple.com/",
        "https://-example.com/",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://[::1/",
        "https://" + "ä" * 80 + ".de/",
        "https://example.com/\ud800",
    ],
    ids=ascii,
)
def test_what_is_no_link_is_refused(address):
    with refuses(BadInput, "not-a-link"):
        normalize(address)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/" + "a" * LONGEST, "https://example.com/" + "ä" * 200],
    ids=["as given", "once spelled"],
)
def test_a_link_too_long_for_a_button_is_refused(address):
    with refuses(BadInput, "link-too-long", most=LONGEST):
        normalize(address)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.com/a", "http://www.example.com/a/", True),
        ("https://example.com/a?utm_source=x&id=3", "https://example.com/a?id=3", True),
        ("https://example.com/a?b=1&c=2", "https://example.com/a?c=2&b=1", True),
        ("https://example.com/a?id=3", "https://example.com/a?id=4", False),
        ("https://example.com/a", "https://example.com/b", False),
        ("https://example.com/a", "https://example.com:8443/a", False),
        ("https://example.com/a", "https://example.org/a", False),
    ],
)
def test_one_page_has_many_addresses(one, other, same):
    assert (identify_page(one) == identify_page(other)) is same


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://a.de/", "https://a.de:"]))
def test_every_text_is_a_link_of_one_spelling_or_refused(text, lead):
    try:
        url = normalize(lead + text)
    except BadInput:
        return

    assert normalize(url) == url
    assert url.startswith(("https://", "http://"))
    assert len(url) <= LONGEST
    assert not any(mark.isspace() for mark in url)
    assert find_origin(url)
    assert identify_page(url)
