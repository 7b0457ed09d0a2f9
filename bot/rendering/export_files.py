"""An export as files that fit into a message: as it is, or packed, in parts that stand alone."""

import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.errors import BadInput
from workflows.export.formats import FileLayout
from workflows.export.model import ExportedClaim

MOST = 10
"""Parts that are sent at most; beyond it the terminal's command serves better."""
_ROOM = 4096
"""Bytes kept free in a part for what ends it."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    name: str
    content: bytes


def pack_file(
    shape: FileLayout, claims: Iterable[ExportedClaim], name: str, limit: int
) -> list[PackedFile]:
    """Return the export in one file of at most `limit` bytes, or in packed parts of at most that.

    No more than `limit` bytes and the packed parts are ever in memory. Raises BadInput for what
    would make more than `MOST` parts.
    """
    lines = map(shape.line, claims)
    first = _pack_whole(shape, lines, limit)
    if isinstance(first, bytes):
        return [PackedFile(f"{name}.{shape.ending}", first)]
    parts: list[PackedFile] = []
    for part in _pack_parts(shape, _chain(first, lines), limit):
        if len(parts) == MOST:
            raise BadInput(
                "The file is too big for Discord. Export fewer claims, or use `corrobot"
                " export` in the terminal."
            )
        parts.append(PackedFile(f"{name}-{len(parts) + 1}.{shape.ending}.gz", part))
    return parts


def _pack_whole(shape: FileLayout, lines: Iterator[str], limit: int) -> bytes | list[str]:
    """Return the file; or the lines taken so far, of one that is too large."""
    taken: list[str] = []
    size = len(shape.head.encode()) + len(shape.tail.encode())
    for line in lines:
        taken.append(line)
        size += len(line.encode()) + len(shape.between)
        if size > limit:
            return taken
    return (shape.head + shape.between.join(taken) + shape.tail).encode()


def _chain(taken: list[str], lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines again, each let go once it is given."""
    taken.reverse()
    while taken:
        yield taken.pop()
    yield from lines


def _pack_parts(shape: FileLayout, lines: Iterator[str], limit: int) -> Iterator[bytes]:
    line = next(lines, None)
    while line is not None:
        part = _Part(shape.head + line, limit - len(shape.tail))
        while (line := next(lines, None)) is not None and part.takes(shape.between + line):
            pass
        yield part.ended(shape.tail)


class _Part:
    """A packed file that grows line by line up to its limit."""

    def __init__(self, beginning: str, limit: int) -> None:
        self._raw = io.BytesIO()
        self._file = gzip.GzipFile(fileobj=self._raw, mode="wb", mtime=0)
        self._limit, self._waiting = limit - _ROOM, 0
        self._write(beginning.encode())

    def takes(self, line: str) -> bool:
        """Return True if it fits; if so, it is in."""
        content = line.encode()
        if self._at_most() + len(content) > self._limit:
            self._file.flush()  # how much the packer makes of what waits is only known then
            self._waiting = 0
        fits = self._at_most() + len(content) <= self._limit
        if fits:
            self._write(content)
        return fits

    def ended(self, tail: str) -> bytes:
        self._file.write(tail.encode())
        self._file.close()
        return self._raw.getvalue()

    def _at_most(self) -> int:
        return self._raw.tell() + self._waiting

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._waiting += len(content)
