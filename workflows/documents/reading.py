"""Documents: from a file's bytes to the text that offsets refer to, and what it says of itself."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from workflows.documents.webpages import read_page
from workflows.errors import BadInput

LARGEST = 5_000_000
"""Bytes: a book; no article is longer."""
LONGEST_TITLE = 150
BYTE_ORDER_MARK = "\ufeff"

BEGINNINGS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a DOCX, ODT or other zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
}
ENDINGS = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".doc": "an old Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".epub": "an e-book",
}
PAGES = frozenset({".html", ".htm", ".xhtml"})
_PAGE = re.compile(
    rb"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,500}?-->\s*)?<(!doctype\s+html|html)\b",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text, to which all offsets refer, and what the document says of itself."""

    text: str
    title: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None


def is_page(content: bytes, name: str) -> bool:
    """Whether this is a web page: by its beginning, or else by its name."""
    beginning = content[:1024].removeprefix(b"\xef\xbb\xbf")
    if any(beginning.startswith(magic) for magic in BEGINNINGS):
        return False
    return bool(_PAGE.match(beginning)) or PurePath(name).suffix.lower() in PAGES


def require_size(size: int, name: str) -> None:
    """Raise BadInput for more bytes than are read."""
    if size > LARGEST:
        raise BadInput(
            "{name} has {size} MB; documents up to {most} MB are read. Split it into parts.",
            name=name,
            size=f"{size / 1e6:.1f}",
            most=LARGEST // 1_000_000,
        )


def read_document(content: bytes, name: str) -> ReadDocument:
    """A text exactly as it stands; of a web page its main text.

    Raises BadInput, with a sentence that says what and where, for what cannot be read.
    """
    require_size(len(content), name)
    if is_page(content, name):
        page = read_page(content, name)
        title = page.title or find_title(page.text, PurePath(name).name)
        return ReadDocument(page.text, title, page.publisher, page.published, page.url)
    other = _name_other_format(content, name)
    if other is not None:
        raise BadInput(
            "{name} is {format}; plain text (.txt), Markdown (.md) and web pages (.html) are read."
            " Save its text as one of these.",
            name=name,
            format=other,
        )
    text = _decode(content, name)
    if not text.strip(BYTE_ORDER_MARK + " \t\r\n\f\v\u00a0\u2028\u2029") or text.isspace():
        raise BadInput("{name} is empty. Give a document with text in it.", name=name)
    return ReadDocument(text, find_title(text, PurePath(name).name))


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput("{name} is UTF-16; save it as UTF-8 and try again.", name=name)
    nul = content.find(b"\0")
    if nul >= 0:
        raise BadInput(
            "{name} is not a text file: it holds a NUL byte at position {position}. "
            "Give its text as plain text (.txt), Markdown (.md) or a web page (.html).",
            name=name,
            position=nul,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            "{name} is not UTF-8: byte {position} cannot be read. Save it as UTF-8 and try again.",
            name=name,
            position=error.start,
        ) from None


def _name_other_format(content: bytes, name: str) -> str | None:
    beginning = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, description in BEGINNINGS.items():
        if beginning.startswith(magic.lower()):
            return description
    return ENDINGS.get(PurePath(name).suffix.lower())


def find_title(text: str, name: str) -> str:
    """A document's title as far as one can tell: its heading, its short first line, or its name."""
    lines = text.lstrip(BYTE_ORDER_MARK).lstrip().splitlines()
    first = lines[0].strip() if lines else ""
    heading = first.lstrip("#").strip()
    alone = first.startswith("#") or any(line.strip() for line in lines[1:])
    if heading and alone and len(heading) <= LONGEST_TITLE:
        return heading
    return PurePath(name).stem or name
