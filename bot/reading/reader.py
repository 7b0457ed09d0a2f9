"""Documents as they come: a file's bytes or a link, read in a process that may be killed."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from bot.config.model import Config
from bot.fetch.fetcher import Fetched, Fetcher
from bot.reading.extractor import NOBODY, Extractor
from bot.reading.file_reader import FileReader
from bot.reading.turns import Asker
from workflows.claims import PictureRead
from workflows.documents import reading
from workflows.documents.document import ReadDocument
from workflows.documents.encodings import is_page_encoding
from workflows.errors import BadInput, CorrobotError
from workflows.hosts import find_post_site
from workflows.urls import normalize

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page, as it came and as it was read."""

    fetched: Fetched
    document: ReadDocument


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture, as it came and as it was read; it is called by its file's `name`."""

    fetched: Fetched
    name: str
    read: PictureRead
    text: str


class Reader(FileReader):
    """Reads pages, too: what fetches them is polite."""

    def __init__(self, fetcher: Fetcher, extractor: Extractor) -> None:
        super().__init__(extractor)
        self._fetcher = fetcher

    def require_fetchable(self, address: str) -> None:
        """Raise BadInput for an address that is never fetched."""
        self._fetcher.require_fetchable(address)

    async def read_link(
        self,
        address: str,
        asker: Asker = NOBODY,
        fetched_bytes: Callable[[int], None] = lambda _: None,
    ) -> ReadDocument:
        """Return what stands at an address. Raises BadInput for what cannot be read, Unavailable.

        The link kept with it is the one that was followed, unless the page names its own.
        `fetched_bytes` is told the size of what came, before it is read.
        """
        fetched = await self._fetch(address)
        fetched_bytes(len(fetched.content))
        return await self._read_page(fetched, asker)

    async def read_evidence(
        self, address: str, asker: Asker = NOBODY, *, obey_robots: bool = False
    ) -> FoundPage | FoundPicture:
        """Return the page or the picture at an address. Raises as `read_link`."""
        fetched = await self._fetch(address, obey_robots=obey_robots)
        if not reading.is_picture(fetched.content):
            return FoundPage(fetched, await self._read_page(fetched, asker))
        name = _name_file(fetched)
        read, text = await self.read_picture(fetched.content, name, asker)
        return FoundPicture(fetched, name, read, text)

    async def read_picture(
        self, content: bytes, name: str, asker: Asker = NOBODY
    ) -> tuple[PictureRead, str]:
        """Return what tells a picture from others, and its text where that can be read.

        Raises BadInput for what is no picture, Unavailable.
        """
        read = await self._extractor.read_picture(content, name, asker)
        if find_spec("rapidocr") is None:  # an extra
            return read, ""
        try:
            return read, await self._extractor.read_picture_text(content, name, asker)
        except CorrobotError as error:
            _log.info("the text of a picture wasn't read: %s", error)
            return read, ""

    async def _fetch(self, address: str, *, obey_robots: bool = False) -> Fetched:
        if site := find_post_site(urlsplit(address).hostname or ""):
            raise BadInput(
                "Programs can't read posts on {site}. Copy the post's text and paste it,"
                " with its author as the publisher.",
                site=site,
            )
        fetched = await self._fetcher.fetch(address, obey_robots=obey_robots)
        if fetched is None:  # only for those who ask for what is new
            raise LookupError(address)
        return fetched

    async def _read_page(self, fetched: Fetched, asker: Asker) -> ReadDocument:
        read = await self.read_file(
            _mark_encoding(fetched), _name_file(fetched), fetched.media_type, asker
        )
        return replace(read, url=_get_link(read, fetched))


def make_fetcher(config: Config | None) -> Fetcher:
    """Make the fetcher that a configuration wants; the plain one where there is none."""
    if config is None:
        return Fetcher()
    return Fetcher(contact=config.contact, allow_loopback=config.allow_loopback, proxy=config.proxy)


@asynccontextmanager
async def open_reader(config: Config | None = None) -> AsyncIterator[Reader]:
    """Open a reader for the terminal's commands, with a child of its own."""
    async with make_fetcher(config) as fetcher, Extractor() as extractor:
        yield Reader(fetcher, extractor)


def _mark_encoding(fetched: Fetched) -> bytes:
    """Return the content, with a mark where the site says which encoding a text is in."""
    if not fetched.media_type.startswith(("text/", "application/xhtml")):
        return fetched.content
    if not fetched.charset or not is_page_encoding(fetched.charset):
        return fetched.content
    try:
        text = fetched.content.decode(fetched.charset)
    except (LookupError, UnicodeError):  # the page itself may know better
        return fetched.content
    return text.encode("utf-8-sig") if fetched.media_type != "text/plain" else text.encode()


def _name_file(fetched: Fetched) -> str:
    """Return what the document is called in sentences: the end of its address, or its site."""
    parts = urlsplit(fetched.url)
    return PurePath(unquote(parts.path)).name or parts.hostname or fetched.url


def _get_link(read: ReadDocument, fetched: Fetched) -> str | None:
    """Return the page's own address if it is on the site asked, else where it was found."""
    own = read.url
    if own and urlsplit(own).hostname == urlsplit(fetched.url).hostname:
        return own
    try:
        return normalize(fetched.url)
    except BadInput:  # too long to be kept
        return None
