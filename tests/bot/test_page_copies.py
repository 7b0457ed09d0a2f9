"""Own copies of pages: whole, readable by others' tools, within limits, and nobody else's."""

import gzip
import os
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from bot.fetch.fetcher import Fetched, Validators
from bot.page_copies import UNKNOWN_S, CopyFolder, make_warc

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
BODY = b"<p>The bridge is closed.</p>\r\n" * 40
PAGE = Fetched(
    "https://pages.example.org/bridge",
    BODY,
    "text/html",
    None,
    Validators(),
    200,
    (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Set-Cookie", "id=1")),
)


@pytest.fixture
def folder(tmp_path):
    return CopyFolder(tmp_path / "copies", 3000)


def test_read_by_other_tools(tmp_path):
    """The file has the address, the time, the answer and its hash, and no cookie."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(make_warc(PAGE, AT))

    with path.open("rb") as file:
        about, answer = [
            (record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(file)
        ]
    headers, http, content = answer

    assert about[0].get_header("WARC-Type") == "warcinfo"
    assert headers.get_header("WARC-Target-URI") == PAGE.url
    assert headers.get_header("WARC-Date") == "2026-03-02T12:00:00Z"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{sha256(BODY).hexdigest()}"
    assert http.get_statuscode() == "200"
    assert content == BODY
    assert "id=1" not in gzip.decompress(path.read_bytes()).decode()


def test_written_whole(folder, tmp_path):
    """What is told of a copy is true of its file, which nobody else can read."""
    copy = folder.write(PAGE, AT)
    path = tmp_path / "copies" / copy.name

    assert sha256(path.read_bytes()).hexdigest() == copy.sha256
    assert path.stat().st_size == copy.size == folder.measure()
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
    folder.remove(copy.name)
    folder.remove(copy.name)
    assert folder.measure() == 0


def test_full(folder):
    """What would go beyond the limit isn't written; once there's room, it is again."""
    written = [folder.write(PAGE, AT) for _ in range(12)]
    kept = [copy for copy in written if copy]

    assert 0 < len(kept) < 12
    assert folder.measure() <= 3000
    folder.remove(kept[0].name)
    assert folder.write(PAGE, AT)


def test_others_files(folder, tmp_path):
    """Whatever else is in the folder is neither counted nor removed."""
    copy = folder.write(PAGE, AT)
    for name in ("notes.txt", "x.warc.gz", "../outside"):
        (tmp_path / "copies" / name).write_text("Mine.")
    folder.remove("notes.txt")
    folder.remove("../outside")

    assert folder.measure() == copy.size
    assert (tmp_path / "copies" / "notes.txt").exists()
    assert (tmp_path / "outside").exists()


def test_left_over(folder, tmp_path):
    """A file is taken to be left over only once it is old enough."""
    copy = folder.write(PAGE, AT)
    assert folder.list_left_over() == ()

    path = tmp_path / "copies" / copy.name
    then = path.stat().st_mtime - UNKNOWN_S - 1
    os.utime(path, (then, then))
    assert folder.list_left_over() == (copy.name,)
