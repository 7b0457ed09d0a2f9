"""Addresses of evidence: one spelling each, their site, and what is no link at all."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.expect import refuses
from workflows.errors import BadInput
from workflows.urls import (
    LONGEST,
    find_links,
    find_named_pages,
    find_origin,
    find_sole_link,
    identify_page,
    is_among,
    is_message_of,
    normalize,
    normalize_public,
    split_link_line,
)


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
def test_one_spelling(address, spelling, origin):
    """An address has one spelling and a site."""
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
def test_no_link(address):
    """What is not a link is refused."""
    with refuses(BadInput, "not-a-link"):
        normalize(address)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/" + "a" * LONGEST, "https://example.com/" + "ä" * 200],
    ids=["as given", "once spelled"],
)
def test_too_long(address):
    """A link too long for a button is refused."""
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
def test_one_page(one, other, same):
    """One page has many addresses."""
    assert (identify_page(one) == identify_page(other)) is same


@settings(max_examples=100)
@given(st.text(max_size=60), st.sampled_from(["", "https://", "http://a.de/", "https://a.de:"]))
def test_any_text(text, lead):
    """Every text is a link of one spelling, or refused."""
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


POST = "https://x.com/kestrel/status/1846200000000000001"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
FILE = "https://cdn.discordapp.com/attachments/11/22/photo.png"
ALIASES = {
    POST: [
        "https://twitter.com/kestrel/status/1846200000000000001",
        "https://mobile.twitter.com/kestrel/statuses/1846200000000000001?s=20&t=AbC",
        "https://vxtwitter.com/kestrel/status/1846200000000000001",
        "https://x.com/i/web/status/1846200000000000001",
        "https://nitter.net/kestrel/status/1846200000000000001#m",
        "https://x.com/kestrel/status/1846200000000000001/photo/1",
    ],
    VIDEO: [
        "https://youtu.be/dQw4w9WgXcQ?si=share",
        "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=42s",
        "https://youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=3",
        "https://youtube.com/live/dQw4w9WgXcQ",
    ],
    "https://t.me/kestrel/1234": [
        "https://t.me/s/kestrel/1234",
        "https://telegram.me/Kestrel/1234?single",
        "https://kestrel.t.me/1234",
    ],
    "https://www.instagram.com/p/C1aB2cD/": [
        "https://instagram.com/reel/C1aB2cD/?igsh=4z",
        "https://www.instagram.com/kestrel/p/C1aB2cD",
    ],
    "https://www.facebook.com/kestrel/posts/77001": [
        "https://m.facebook.com/story.php?story_fbid=77001&id=5",
        "https://web.facebook.com/kestrel/posts/a-title/77001?mibextid=x",
        "https://mbasic.facebook.com/permalink.php?story_fbid=77001&id=5",
    ],
    "https://bsky.app/profile/kestrel.example.org/post/3kabc": [
        "https://fxbsky.app/profile/did:plc:abc/post/3kabc"
    ],
    "https://www.reddit.com/r/boats/comments/1abcd/a_title/": [
        "https://old.reddit.com/r/boats/comments/1abcd/?utm_name=x",
        "https://redd.it/1abcd",
    ],
    FILE + "?ex=66a0&is=669f&hm=0a1b&": [
        FILE,
        FILE + "?ex=77b0&is=77af&hm=9f8e&",
        "https://media.discordapp.net/attachments/11/22/photo.png?format=webp&width=550",
    ],
    "https://courier.example.org/2026/bridge": [
        f"https://courier.example.org/2026/bridge?{mark}"
        for mark in (
            "CMP=Share_iOSApp_Other",
            "at_medium=social&at_campaign=1",
            "smid=tw-share",
            "twclid=2x",
            "msclkid=3y",
            "igsh=4z",
            "mc_eid=5&_hsenc=6",
            "ref_src=twsrc%5Etfw",
        )
    ]
    + [
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fcourier.example.org%2F2026%2Fbridge&usg=A",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fcourier.example.org%2F2026%2Fbridge&h=A",
        "https://web.archive.org/web/20260101000000if_/https://courier.example.org/2026/bridge",
        "https://archive.ph/https://courier.example.org/2026/bridge",
        "https://courier.example.org/2026/bridge/index.html",
        "https://courier.example.org/2026/bridge;jsessionid=A1B2?smid=tw-share",
        "https://reader.example.net/https://courier.example.org/2026/bridge",
        "https://cc.bingj.com/cache.aspx?q=x&u=https%3A%2F%2Fcourier.example.org%2F2026%2Fbridge",
        "https://www.textise.net/showtext.aspx?strURL=https://courier.example.org/2026/bridge",
    ],
    "https://en.wikipedia.org/wiki/Kursk_(submarine)": [
        "https://en.m.wikipedia.org/wiki/Kursk_(submarine)?wprov=sfla1"
    ],
}


@pytest.mark.parametrize("page", ALIASES, ids=find_origin)
def test_one_identity_each(page):
    """A page under all its addresses is one page of one origin."""
    for other in ALIASES[page]:
        assert identify_page(normalize(other)) == identify_page(normalize(page)), other
        assert find_origin(normalize(other)) == find_origin(normalize(page)), other


def test_pages_stay_apart():
    """No two of these pages are taken for one."""
    others = [POST[:-1] + "2", VIDEO[:-1] + "R", FILE.replace("22", "23")]

    assert len({identify_page(each) for each in [*ALIASES, *others]}) == len(ALIASES) + 3


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("<https://c.example.org/1>", "https://c.example.org/1"),
        ("[read](https://c.example.org/a_(b))", "https://c.example.org/a_(b)"),
        ("[read](<https://c.example.org/2>)", "https://c.example.org/2"),
        ("“https://c.example.org/3”", "https://c.example.org/3"),
        ("www.example.org/4", "https://www.example.org/4"),
    ],
)
def test_typed_links(typed, link):
    """A link is taken in whatever marks people put around it."""
    assert normalize(typed) == link


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://e.example.org/Ferry_(boat).", ["https://e.example.org/Ferry_(boat)"]),
        ("(https://e.example.org/a), then", ["https://e.example.org/a"]),
        ("https://youtu.be/abcdefghij_ !", ["https://youtu.be/abcdefghij_"]),
        (
            "_https://e.example.org/it_ *https://e.example.org/b*",
            ["https://e.example.org/it", "https://e.example.org/b"],
        ),
        (
            "[x](https://e.example.org/c_(d)) <https://e.example.org/e?f=1>",
            ["https://e.example.org/c_(d)", "https://e.example.org/e?f=1"],
        ),
        (
            "https://e.example.org/1,https://e.example.org/2",
            ["https://e.example.org/1", "https://e.example.org/2"],
        ),
        ("见https://e.example.org/3。", ["https://e.example.org/3"]),
    ],
)
def test_links_in_texts(text, links):
    """Links keep their parentheses and underscores, and nothing of the text around them."""
    assert list(find_links(text)) == links


@pytest.mark.parametrize(
    "address",
    [
        "http://192.168.1.1/",
        "https://localhost/x",
        "http://127.0.0.1:8000/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://100.64.0.1/",
        "https://intranet/x",
        "https://printer.local/",
        "https://nas.lan/",
        "https://wiki.internal/",
        "http://2130706433/",
    ],
)
def test_private_addresses_are_refused(address):
    """What only the inside can open is no evidence."""
    with refuses(BadInput):
        normalize_public(address)


@pytest.mark.parametrize(
    "host", ["discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com"]
)
def test_own_messages(host):
    """A link to a message of this server is known under every host of Discord's."""
    assert is_message_of(f"https://{host}/channels/15/16/17", 15)
    assert not is_message_of(f"https://{host}/channels/14/16/17", 15)


@pytest.mark.parametrize(
    ("text", "is_sole"),
    [
        ("https://post.example/a", True),
        ("  <https://post.example/a>\n", True),
        ("Can we check this? https://post.example/a", True),
        ("https://post.example/a — isn't that the one from Monday?", True),
        ("https://post.example/a https://post.example/b", False),
        ("They say 40 people died: https://post.example/a", False),
        ("The council closed the bridge after cracks in both pillars https://post.example/a", True),
        ("a " * 13 + "https://post.example/a", False),
        ("No link at all", False),
    ],
)  # fmt: skip
def test_texts_that_are_a_link(text, is_sole):
    """A text that is only a link, or a short remark on one, stands for it; no other does."""
    assert find_sole_link(text) == ("https://post.example/a" if is_sole else None)


@pytest.mark.parametrize(
    ("text", "left", "link"),
    [
        ("https://a.org/x\n\nThe bridge fell.", "The bridge fell.", "https://a.org/x"),
        ("The bridge fell.\n<https://a.org/x>\n", "The bridge fell.", "https://a.org/x"),
        ("https://a.org/x", "", "https://a.org/x"),
        ("The bridge fell, see\nhttps://a.org/x and more", None, None),
        ("https://a.org/x https://b.org/y\nThe bridge fell.", None, None),
        ("The bridge fell.", None, None),
        ("", None, None),
    ],
)
def test_link_line(text, left, link):
    """A line that is only a link, at the top or the end, says where a text is from."""
    assert split_link_line(text) == ((text, None) if link is None else (left, link))


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/" + ")" * 1_000_000,
        "https://a.example/" + "]," * 500_000 + "https://b.example/",
        "https://a.example/" + "." * 1_000_000,
        "https://" * 100_000,
        "_https://a.example/x_ " * 50_000,
        " ".join(f"https://a.example/{n}" for n in range(100_000)),
        "_" * 1_000_000 + "https://a.example/" + "_" * 1_000_000,
    ],
    ids=lambda text: text[:30],
)
def test_hostile_texts_are_soon_read(text):
    """No text of a few megabytes takes long to be looked through for links."""
    begun = process_time()
    find_named_pages(text)

    assert process_time() - begun < 5  # it was hours


@pytest.mark.parametrize(
    ("own", "link", "same"),
    [
        ("https://a.example/report", "https://a.example/report?x=1", True),
        ("https://a.example/report?id=7", "https://www.a.example/report?page=2&id=7", True),
        ("https://a.example/report?id=7", "https://a.example/report?id=8", False),
        ("https://a.example/report?id=7", "https://a.example/report", False),
        ("https://a.example/report", "https://a.example/report2?x=1", False),
        ("https://a.example/", "https://a.example/?p=5", False),
        ("https://a.example/show.php", "https://a.example/show.php?p=5", False),
        ("https://a.example/show.php?p=5", "https://a.example/show.php?p=5&x=1", True),
        ("https://x.com/a/status/1846200000000000001", "https://x.com/b/status/18?x=1", False),
    ],
)
def test_more_asked(own, link, same):
    """Whatever is added behind "?" is still the page, unless the query alone chooses it."""
    assert is_among(identify_page(link), {identify_page(own)}) == same
