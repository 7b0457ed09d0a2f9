"""Documents: from a file's bytes to the text that offsets refer to, and a guess at its title."""

from pathlib import PurePath

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
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
ENDINGS = {
    ".pdf": "a PDF",
    ".docx": "a Word document",
    ".doc": "an old Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".epub": "an e-book",
    ".html": "a web page",
    ".htm": "a web page",
    ".xhtml": "a web page",
}


def read(content: bytes, name: str) -> str:
    """The text of a document exactly as it stands; a sentence if it cannot be read."""
    if len(content) > LARGEST:
        raise BadInput(
            "{name} has {size} MB; documents up to {most} MB are read. Split it into parts.",
            name=name,
            size=f"{len(content) / 1e6:.1f}",
            most=LARGEST // 1_000_000,
        )
    other = _other_format(content, name)
    if other is not None:
        raise BadInput(
            "{name} is {format}; plain text (.txt) and Markdown (.md) are read. "
            "Save its text as one of these.",
            name=name,
            format=other,
        )
    text = _decoded(content, name)
    if not text.strip(BYTE_ORDER_MARK + " \t\r\n\f\v\u00a0\u2028\u2029") or text.isspace():
        raise BadInput("{name} is empty. Give a document with text in it.", name=name)
    return text


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput("{name} is UTF-16; save it as UTF-8 and try again.", name=name)
    nul = content.find(b"\0")
    if nul >= 0:
        raise BadInput(
            "{name} is not a text file: it holds a NUL byte at position {position}. "
            "Give its text as plain text (.txt) or Markdown (.md).",
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


def _other_format(content: bytes, name: str) -> str | None:
    beginning = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, description in BEGINNINGS.items():
        if beginning.startswith(magic.lower()):
            return description
    return ENDINGS.get(PurePath(name).suffix.lower())


def title_of(text: str, name: str) -> str:
    """A document's title as far as one can tell: its heading, its short first line, or its name."""
    lines = text.lstrip(BYTE_ORDER_MARK).lstrip().splitlines()
    first = lines[0].strip() if lines else ""
    heading = first.lstrip("#").strip()
    alone = first.startswith("#") or any(line.strip() for line in lines[1:])
    if heading and alone and len(heading) <= LONGEST_TITLE:
        return heading
    return PurePath(name).stem or name
