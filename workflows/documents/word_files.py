"""Word files (DOCX): the text of their paragraphs."""

import io
import zipfile
from importlib import import_module
from typing import Any

from workflows.documents.document import (
    ReadDocument,
    find_title,
    join_lines,
    require_few_paragraphs,
)
from workflows.errors import BadInput

MAX_UNPACKED = 40_000_000
"""Bytes that the parts of a file may become when they are unpacked."""
MAX_PARTS = 2000
_MARKED = 4
"""How many times the paragraphs that a text may have a file may mark; most may be empty."""
_TEXT = "word/document.xml"


def read_word_file(content: bytes, name: str) -> ReadDocument:
    """Return the text of a DOCX file.

    Raises BadInput for one that unpacks to too much, has too many paragraphs or holds no text.
    Whatever else the libraries raise says that the file is broken.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        if _TEXT not in names:
            raise BadInput(
                "{name} is a zip file of another kind, not a Word document. Save its text"
                " as a Word document (.docx) or plain text (.txt).",
                code="other-zip",
                name=name,
            )
        unpacked = sum(
            part.file_size for part in parts.infolist() if not _is_picture(part.filename)
        )
        if unpacked > MAX_UNPACKED or len(names) > MAX_PARTS:
            raise BadInput(
                "{name} is too large once unpacked. Save its text as plain text (.txt).",
                name=name,
            )
        marked = parts.read(_TEXT)
    if b"<!DOCTYPE" in marked:  # Word writes none; entities could be a bomb
        raise ValueError
    require_few_paragraphs(marked.count(b"</w:p>") // _MARKED, name)
    mammoth: Any = import_module("mammoth")  # has no types
    raw = str(mammoth.extract_raw_text(io.BytesIO(content)).value)
    text = "\n\n".join(line for each in raw.split("\n") if (line := join_lines(each)))
    if not text:
        raise BadInput(
            "{name} is empty. Bring in a document with text in it.", code="empty", name=name
        )
    return ReadDocument(text, find_title(text, name))


def _is_picture(part: str) -> bool:
    return part.startswith("word/media/")
