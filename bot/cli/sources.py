"""What the terminal's commands read: a file, standard input, or an address on the web."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reading.extractor import Extractor
from bot.reading.file_reader import FileReader
from workflows.documents import reading
from workflows.documents.document import ReadDocument
from workflows.errors import BadInput

if TYPE_CHECKING:
    from bot.config.model import Config
    from bot.reading.reader import Reader

STANDARD_INPUT = "-"


def is_link(source: str) -> bool:
    """Return True if a source is an address on the web."""
    return source.lower().startswith(("http://", "https://"))


async def read_source(
    reader: "Reader", source: str, fetched_bytes: Callable[[int], None] = lambda _: None
) -> ReadDocument:
    """Return the document a source names. Raises BadInput, Unavailable.

    `fetched_bytes` is told the size of a page that was fetched.
    """
    if is_link(source):
        return await reader.read_link(source, fetched_bytes=fetched_bytes)
    return await _read_local(reader, source)


async def _read_local(reader: FileReader, source: str) -> ReadDocument:
    return await reader.read_file(load_file(source), source)


@asynccontextmanager
async def open_sources(
    sources: Sequence[str], config_file: Path
) -> AsyncIterator[Callable[[str], Awaitable[ReadDocument]]]:
    """Open what reads each of these sources, as `read_source` does.

    What fetches pages takes half as long to load as the parser: only where one is a link. It goes
    by the configuration, if there is one.
    """
    if not any(map(is_link, sources)):
        async with Extractor() as extractor:
            yield partial(_read_local, FileReader(extractor))
        return
    from bot.reading.reader import open_reader  # noqa: PLC0415  # see above

    async with open_reader(_read_any_config(config_file)) as reader:
        yield partial(read_source, reader)


def _read_any_config(file: Path) -> "Config | None":
    from bot.config.read import read_config  # noqa: PLC0415  # as slow as what fetches

    return read_config(file) if file.exists() else None


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
