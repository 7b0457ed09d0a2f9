"""Web pages that somebody saved: their main text, and what they say of themselves. No network."""

import codecs
import re
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from workflows.errors import BadInput, CorrobotError
from workflows.urls import normalize

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(
    r"utf-|utf8|us-ascii|iso-|latin|windows-|cp|koi8|gb|big5|euc|shift|mac|tis", re.IGNORECASE
)
"""What pages are written in; Python knows other encodings, which are none of texts, or slow."""
_SNIFFED = 4096
"""Bytes of a page in which it must name its encoding."""
_MOST = 200
"""Characters that are kept of a title or a publisher's name."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds, and what it says of itself."""

    text: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None


def read_page(content: bytes, name: str) -> Page:
    """A page's main text, without what stands around it; its own title, publisher, date, link.

    Raises BadInput for a page in another encoding than it says, or without a main text.
    """
    trafilatura: Any = import_module("trafilatura")  # slow to load, and its types are loose
    found = trafilatura.bare_extraction(
        _XML.sub("", _decode(content, name)),  # lxml takes no text that names an encoding
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = "\n\n".join(line for line in (found.text or "").splitlines() if line) if found else ""
    if not text:
        raise BadInput(
            "{name} is a web page in which no main text was found."
            " Save its text as plain text (.txt) and bring that.",
            name=name,
        )
    return Page(
        text,
        title=_get_text(found.title),
        publisher=_get_text(found.sitename),
        published=_parse_day(found.date),
        url=_parse_link(found.url),
    )


def _decode(content: bytes, name: str) -> str:
    """In the encoding the page names, by a mark or in its head; UTF-8 where it names none."""
    marked = next((known for mark, known in _MARKS if content.startswith(mark)), None)
    declared = _DECLARED.search(content[:_SNIFFED])
    named = b"".join(filter(None, declared.groups())).decode("ascii") if declared else "utf-8"
    encoding = marked or named
    try:
        if _ENCODING.match(encoding):
            return content.decode(encoding)
    except (LookupError, UnicodeError):
        pass
    raise BadInput(
        "{name} is not in the encoding {encoding}, which it should be in."
        " Save it as UTF-8 and try again.",
        name=name,
        encoding=encoding,
    )


def _get_text(text: str | None) -> str | None:
    return " ".join((text or "").split())[:_MOST] or None


def _parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _parse_link(url: str | None) -> str | None:
    """The page's own address, where it is one."""
    try:
        return normalize(url) if url else None
    except CorrobotError:
        return None
