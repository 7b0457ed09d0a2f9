"""What the archive says is believed only where it names the page; what it is asked, once."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows.archives import (
    LONGEST_PAUSE,
    Archive,
    find_archive,
    find_pause,
    read_copies,
    read_copy,
    read_job,
    read_reply,
)

URL, NOW = "https://example.org/a?b=1", datetime(2026, 3, 2, 12, tzinfo=UTC)
COPY = f"https://web.archive.org/web/20260302120000/{URL}"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://web.archive.org/web/2026/https://example.org/a", Archive.SOUND),
        ("https://perma.cc/AB12-CD34", Archive.SOUND),
        ("https://ghostarchive.org/archive/aBcDe", Archive.SOUND),
        ("https://archive.ph/aBcDe", Archive.ALTERED),
        ("https://archive.today/2026/https://example.org/a", Archive.ALTERED),
        ("https://example.org/archive.ph", None),
        ("https://notarchive.ph.example.org/", None),
    ],
)
def test_archives_are_known(address, kind):
    """Archives are known by their hosts, and those whose copies were altered told apart."""
    assert find_archive(address) is kind


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (COPY, COPY),
        (f"/web/20260302120000/{URL}", COPY),
        ("/web/20260302120000/https://example.org/other", None),
        ("/save/_embed/x", None),
        ("", None),
    ],
)
def test_only_this_page(address, found):
    """A copy of another page is none."""
    assert read_copy(address, URL) == found


def test_replies():
    """A copy, a job, a refusal for good, or nothing that can be relied on."""
    assert read_reply(URL, 302, [COPY], b"").copy == COPY
    assert read_reply(URL, 200, [], b'{"job_id": "spn2-1"}').job == "spn2-1"
    assert read_reply(URL, 403, [COPY], b"").is_final
    assert read_reply(URL, 503, [COPY], b"") == read_reply(URL, 200, [], b"<html>")
    told = b'{"status": "success", "timestamp": "20260302120000", "original_url": "%s"}'
    assert read_job(URL, told % URL.encode()).copy == COPY
    assert read_job(URL, told % b"https://example.org/other").copy is None


def test_copies_since_then():
    """A copy from before it was asked for is not the one."""
    index = b'[["timestamp","original"],["20250101000000","%s"],["20260302120000","%s"]]'
    body = index % (URL.encode(), URL.encode())

    assert read_copies(URL, NOW - timedelta(minutes=2), body) == COPY
    assert read_copies(URL, NOW + timedelta(minutes=2), body) is None
    assert read_copies(URL, NOW, b"<html>busy</html>") is None


def test_pauses():
    """As long as the archive says, else longer each time."""
    assert find_pause("120", 0, NOW) == NOW + timedelta(minutes=2)
    assert find_pause("soon", 0, NOW) < find_pause("", 1, NOW) < find_pause("", 2, NOW)
    assert find_pause("99999999", 99, NOW) <= NOW + LONGEST_PAUSE
