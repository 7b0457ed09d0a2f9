"""Documents: from a file's bytes to the text that offsets refer to, and what it says of itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath

from workflows.documents.document import (
    ReadDocument,
    find_title,
    is_blank,
    require_few_paragraphs,
)
from workflows.documents.encodings import decode
from workflows.documents.mail import read_mail, unwrap_saved_page
from workflows.documents.pdfs import read_pdf
from workflows.documents.subtitles import is_subtitles, read_subtitles
from workflows.documents.webpages import read_page
from workflows.documents.word_files import read_word_file
from workflows.errors import BadInput, CorrobotError

MAX_TEXT = 5_000_000
"""Bytes of a plain text: a book; no article is longer."""
MAX_FILE = 25_000_000
"""Bytes of any other file: pictures and fonts weigh more than words."""


LONGEST_PARAGRAPH = 100_000
"""Characters of a paragraph of a file other than a text; a longer one is made to take long."""


class FileType(StrEnum):
    """What a file is, and so how it is read."""

    TEXT = "text"
    PAGE = "page"
    SAVED_PAGE = "saved page"
    MAIL = "mail"
    PDF = "pdf"
    WORD = "word"
    SUBTITLES = "subtitles"


SUFFIXES: Mapping[str, FileType] = {
    ".txt": FileType.TEXT,
    ".md": FileType.TEXT,
    ".markdown": FileType.TEXT,
    ".html": FileType.PAGE,
    ".htm": FileType.PAGE,
    ".xhtml": FileType.PAGE,
    ".mhtml": FileType.SAVED_PAGE,
    ".mht": FileType.SAVED_PAGE,
    ".eml": FileType.MAIL,
    ".pdf": FileType.PDF,
    ".docx": FileType.WORD,
    ".srt": FileType.SUBTITLES,
    ".vtt": FileType.SUBTITLES,
}
"""The kinds that are read, by the endings of their names."""
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
"""The endings of pictures that are known again."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_MEDIA_TYPES: Mapping[str, FileType] = {
    "text/plain": FileType.TEXT,
    "text/markdown": FileType.TEXT,
    "text/html": FileType.PAGE,
    "application/xhtml+xml": FileType.PAGE,
    "multipart/related": FileType.SAVED_PAGE,
    "message/rfc822": FileType.MAIL,
    "application/pdf": FileType.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileType.WORD,
    "application/x-subrip": FileType.SUBTITLES,
    "text/vtt": FileType.SUBTITLES,
}
_OTHER_BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"RIFF": "a picture, a video or a recording",
    b"\x00\x00\x00\x18ftyp": "a video",
    b"\x00\x00\x00\x1cftyp": "a video",
    b"\x00\x00\x00\x20ftyp": "a video",
    b"\x1a\x45\xdf\xa3": "a video",
    b"ID3": "a recording",
    b"OggS": "a recording",
    b"\x1f\x8b": "a packed file",
    b"Rar!": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"%!PS": "a PostScript document",
}
_OTHER_SUFFIXES = {
    ".doc": "an old Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".epub": "an e-book",
    ".csv": "a table",
    ".tsv": "a table",
    ".xls": "a spreadsheet",
    ".xlsx": "a spreadsheet",
    ".ods": "a spreadsheet",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".json": "a file for programs",
    ".jsonl": "a file for programs",
}
_OTHER_MEDIA = {
    "image": "a picture",
    "video": "a video",
    "audio": "a recording",
    "font": "a font",
}
_PAGE = re.compile(
    rb"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,500}?-->\s*)?<(!doctype\s+html|html)\b",
    re.DOTALL | re.IGNORECASE,
)
_SAVED = re.compile(rb"^(?:Snapshot-Content-Location:|From: <Saved by )", re.MULTILINE)
_Reader = Callable[[bytes, str], ReadDocument]


def find_kind(content: bytes, name: str, media_type: str = "") -> FileType:
    """Return what a file is: by how it begins, by its name, by what its sender says it is.

    Raises BadInput for a kind that is not read.
    """
    beginning = content[:1024].removeprefix(b"\xef\xbb\xbf")
    suffix = PurePath(name).suffix.lower()
    if beginning.lstrip()[:5] == b"%PDF-":
        return FileType.PDF
    if beginning.startswith(b"PK\x03\x04"):
        return FileType.WORD
    other = _name_other_kind(beginning, suffix, media_type)
    if other is not None:
        raise BadInput(
            "{name} is {format}, which can't be read. I can read text (.txt, .md), web"
            " pages (.html, .mhtml), PDF, Word (.docx), e-mails (.eml) and subtitles"
            " (.srt, .vtt).",
            name=name,
            format=other,
        )
    if _SAVED.search(beginning):
        return FileType.SAVED_PAGE
    if _PAGE.match(beginning):
        return FileType.PAGE
    return SUFFIXES.get(suffix) or _MEDIA_TYPES.get(media_type) or FileType.TEXT


def _name_other_kind(beginning: bytes, suffix: str, media_type: str) -> str | None:
    """Return what a file is that is of no kind we read."""
    for magic, description in _OTHER_BEGINNINGS.items():
        if beginning.lstrip().lower().startswith(magic.lower()):
            return description
    if not _PAGE.match(beginning) and suffix in _OTHER_SUFFIXES:
        return _OTHER_SUFFIXES[suffix]
    return _OTHER_MEDIA.get(media_type.partition("/")[0])


def require_size(size: int, name: str) -> None:
    """Raise BadInput for more bytes than are read of a file with this name."""
    suffix = PurePath(name).suffix.lower()
    is_text = SUFFIXES.get(suffix, FileType.TEXT) is FileType.TEXT
    _require_at_most(MAX_TEXT if is_text and suffix not in PICTURES else MAX_FILE, size, name)


def is_picture(content: bytes) -> bool:
    """Return True if a file begins as a picture that can be told from others."""
    head = content[:12]
    boxed = head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis")
    return head.startswith(_PICTURES) or (head[:4], head[8:12]) == (b"RIFF", b"WEBP") or boxed


def _require_at_most(most: int, size: int, name: str) -> None:
    if size > most:
        raise BadInput(
            "{name} is {size} MB; the limit is {most} MB. Split it into parts.",
            name=name,
            size=f"{size / 1e6:.1f}",
            most=most // 1_000_000,
        )


def read_document(content: bytes, name: str, media_type: str = "") -> ReadDocument:
    """Return a document's text: a plain one exactly as it stands, of others what people read.

    Raises BadInput, with a sentence that says what and where, for what cannot be read.
    """
    kind = find_kind(content, name, media_type)
    _require_at_most(MAX_TEXT if kind is FileType.TEXT else MAX_FILE, len(content), name)
    if kind is FileType.TEXT:
        return _read_text(content, name)
    try:
        read = _READERS[kind](content, name)
    except CorrobotError:
        raise
    except Exception as error:  # whatever a broken file makes its library raise
        raise BadInput(
            "{name} is broken, or isn't the {kind} it seems to be. Save it again, or copy"
            " its text and paste it.",
            name=name,
            kind=_KIND_NAMES[kind],
        ) from error
    _require_prose(read.text.split("\n\n"), name)
    return read


def _require_prose(paragraphs: Sequence[str], name: str) -> None:
    """Raise BadInput for a text that nobody wrote to be read, and that would take long."""
    require_few_paragraphs(len(paragraphs), name)
    if max(map(len, paragraphs), default=0) > LONGEST_PARAGRAPH:
        raise BadInput(
            "{name} has a paragraph of more than {most} characters. Copy the part that matters"
            " and paste it.",
            code="endless-paragraph",
            name=name,
            most=LONGEST_PARAGRAPH,
        )


def _read_text(content: bytes, name: str) -> ReadDocument:
    text = decode(content, name)
    if is_blank(text):
        raise BadInput(
            "{name} is empty. Bring in a document with text in it.", code="empty", name=name
        )
    if is_subtitles(text):
        return read_subtitles(text, name)
    return ReadDocument(text, find_title(text, PurePath(name).name))


def _read_page(content: bytes, name: str) -> ReadDocument:
    page = read_page(content, name)
    title = page.title or find_title(page.text, PurePath(name).name)
    return ReadDocument(
        page.text,
        title,
        page.publisher,
        page.published,
        page.url,
        page.places,
        page.reviews,
        page.author,
    )


def _read_saved_page(content: bytes, name: str) -> ReadDocument:
    page, address = unwrap_saved_page(content, name)
    read = _read_page(page, name)
    return read if read.url else replace(read, url=address)


def _read_subtitles(content: bytes, name: str) -> ReadDocument:
    return read_subtitles(decode(content, name), name)


_READERS: Mapping[FileType, _Reader] = {
    FileType.PAGE: _read_page,
    FileType.SAVED_PAGE: _read_saved_page,
    FileType.MAIL: read_mail,
    FileType.PDF: read_pdf,
    FileType.WORD: read_word_file,
    FileType.SUBTITLES: _read_subtitles,
}
_KIND_NAMES: Mapping[FileType, str] = {
    FileType.PAGE: "web page",
    FileType.SAVED_PAGE: "saved web page",
    FileType.MAIL: "e-mail",
    FileType.PDF: "PDF",
    FileType.WORD: "Word document",
    FileType.SUBTITLES: "subtitle file",
}
