"""What the terminal's commands read: a file, standard input, or an address on the web."""

import sys
from collections.abc import Callable
from pathlib import Path

from bot.reading.reader import Reader
from workflows.documents import reading
from workflows.documents.document import ReadDocument
from workflows.errors import BadInput

STANDARD_INPUT = "-"


def is_link(source: str) -> bool:
    """Return True if a source is an address on the web."""
    return source.lower().startswith(("http://", "https://"))


async def read_source(
    reader: Reader, source: str, fetched_bytes: Callable[[int], None] = lambda _: None
) -> ReadDocument:
    """Return the document a source names. Raises BadInput, Unavailable.

    `fetched_bytes` is told the size of a page that was fetched.
    """
    if is_link(source):
        return await reader.read_link(source, fetched_bytes=fetched_bytes)
    return await reader.read_file(load_file(source), source)


def load_file(source: str) -> bytes:
    """Return a file's bytes, but no more than are read. Raises BadInput."""
    most = reading.MAX_FILE + 1
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read(most)
    try:
        with Path(source).open("rb") as file:
            return file.read(most)
    except IsADirectoryError:
        raise BadInput("{name} holds no document that can be read.", name=source) from None
    except FileNotFoundError:
        raise BadInput("{name} does not exist. Check its path.", name=source) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("{name} cannot be read: {reason}.", name=source, reason=reason) from None
