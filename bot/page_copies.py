"""Our own copies of linked pages: WARC files in a folder of the host's, within limits.

A file is written whole before the database knows of it, and goes after the database has let go of
it; what neither end finished is tidied up later.
"""

import logging
import os
import time
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from bot.fetch.fetcher import Fetched, user_agent
from workflows.page_copies import PageCopy, make_file_name, read_file_name

_log = logging.getLogger(__name__)

UNKNOWN_S = 3600.0
"""Seconds after which a file that the database doesn't know is taken to be left over."""
_NOT_KEPT = frozenset({"content-encoding", "transfer-encoding", "content-length", "set-cookie"})
"""Headers that are not true of the content as it is kept, or nobody's business."""


class CopyFolder:
    """A folder with a file for each copy, of `most` bytes in all. For one process."""

    def __init__(self, path: Path, most: int) -> None:
        self._path, self._most = path, most
        self._is_full = False

    def write(self, fetched: Fetched, at: datetime) -> PageCopy | None:
        """Return the copy that was written of a page; None where there's no room for it.

        It is not kept until the database knows of it. Raises OSError.
        """
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = make_warc(fetched, at)
        if self.measure() + len(content) > self._most:
            if not self._is_full:
                _log.warning("%s is full: no more pages are copied", self._path)
            self._is_full = True
            return None
        self._is_full = False
        copy = PageCopy(make_file_name(), sha256(content).hexdigest(), len(content))
        part = self._path / f"{copy.name}.part"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self._path / copy.name)
        return copy

    def measure(self) -> int:
        """Return how many bytes the copies take."""
        return sum(file.stat().st_size for file in self._list())

    def remove(self, name: str) -> None:
        """Remove a copy, if it is there. Raises OSError."""
        if read_file_name(name):
            (self._path / name).unlink(missing_ok=True)

    def list_left_over(self) -> tuple[str, ...]:
        """Return the copies that are old enough for the database to know of them."""
        before = time.time() - UNKNOWN_S
        return tuple(file.name for file in self._list() if file.stat().st_mtime < before)

    def _list(self) -> list[Path]:
        """Return our own files there, and no others."""
        try:
            return [file for file in self._path.iterdir() if read_file_name(file.name)]
        except FileNotFoundError:
            return []


def make_warc(fetched: Fetched, at: datetime) -> bytes:
    """Return a page as a WARC file: what wrote it, and the answer as it came, unpacked."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415  # few hosts want copies
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    about = {"software": user_agent(""), "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record("page.warc.gz", about))
    kept = [(name, value) for name, value in fetched.headers if name.lower() not in _NOT_KEPT]
    kept.append(("Content-Length", str(len(fetched.content))))
    digest = f"sha256:{sha256(fetched.content).hexdigest()}"
    record = writer.create_warc_record(
        fetched.url,
        "response",
        payload=BytesIO(fetched.content),
        length=len(fetched.content),
        http_headers=StatusAndHeaders(str(fetched.status), kept, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Payload-Digest": digest,
        },
    )
    writer.write_record(record)
    return file.getvalue()
