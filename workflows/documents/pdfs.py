"""PDF files: the text of their pages in paragraphs, with the page as the place."""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from importlib import import_module
from statistics import quantiles
from typing import Any

from workflows.claims import PlaceKind
from workflows.documents.document import ReadDocument, find_title, join_lines, join_paragraphs
from workflows.errors import BadInput

MAX_PAGES = 300
MAX_TEXT = 3_000_000
"""Characters that are read of a file: a thick book."""
_RUNNING = 3
"""Pages on which a first or last line must stand to be a running head."""
_SHORT = 0.75
"""The share of the usual line below which a line that ends a sentence ends its paragraph."""
_ENDS = re.compile(r"[.!?:…][\"”’')\]]*$")
_DIGITS = re.compile(r"\d+")


def read_pdf(content: bytes, name: str) -> ReadDocument:
    """Return the text of a PDF. Raises BadInput for one that is locked, too long or only pictures.

    Whatever else the library raises says that the file is broken.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of broken files it tells at length
    pypdf: Any = import_module("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput(
            "{name} is password-protected. Save it without a password, or copy its text"
            " and paste it.",
            code="locked",
            name=name,
        )
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise BadInput(
            "{name} has {count} pages; the limit is {most}. Split it into parts.",
            name=name,
            count=count,
            most=MAX_PAGES,
        )
    pages = _drop_running_heads([_split_lines(page.extract_text()) for page in reader.pages])
    parts = [(str(number), _join_paragraphs(lines)) for number, lines in enumerate(pages, 1)]
    text, places = join_paragraphs(_join_across_pages(parts), PlaceKind.PAGE)
    if not text:
        raise BadInput(
            "{name} has no text, only scanned pictures of pages. Run text recognition"
            " (OCR) on it first, or type the part that matters.",
            code="scanned",
            name=name,
        )
    about = reader.metadata or {}
    title = " ".join(str(about.get("/Title") or "").split())
    return ReadDocument(
        text[:MAX_TEXT],
        title=title[:150] or find_title(text, name),
        published=_parse_day(about),
        places=places,
    )


def _split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _drop_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """Leave out what stands at the top or foot of several pages, the pages' numbers included."""
    edges = Counter(
        edge
        for lines in pages
        for edge in {_strip_numbers(each) for each in (*lines[:1], *lines[-1:])}
    )
    running = {edge for edge, pages_with in edges.items() if pages_with >= _RUNNING or not edge}

    def keep(lines: list[str]) -> list[str]:
        while lines and _strip_numbers(lines[0]) in running:
            lines = lines[1:]
        while lines and _strip_numbers(lines[-1]) in running:
            lines = lines[:-1]
        return lines

    return [keep(lines) for lines in pages]


def _strip_numbers(line: str) -> str:
    """Return a line but for its numbers; nothing is left of a page's number."""
    return _DIGITS.sub("", line).strip(" -–—/|.")


def _join_paragraphs(lines: Sequence[str]) -> list[str]:
    lengths = [len(line) for line in lines if line]
    usual = quantiles(lengths, n=4)[2] if len(lengths) > 1 else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        ended = not line or (len(line) < usual * _SHORT and _ENDS.search(line))
        if ended and paragraphs[-1]:
            paragraphs.append([])
    return [joined for each in paragraphs if (joined := join_lines("\n".join(each)))]


def _join_across_pages(parts: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Put a sentence that goes on overleaf together, on the page where it begins."""
    joined: list[tuple[str, list[str]]] = []
    for name, paragraphs in parts:
        before, own = joined[-1][1] if joined else [], list(paragraphs)
        if before and own and not _ENDS.search(before[-1]) and own[0][0].islower():
            before[-1] = join_lines(f"{before[-1]}\n{own.pop(0)}")
        if own:
            joined.append((name, own))
    return joined


def _parse_day(about: Any) -> date | None:  # noqa: ANN401  # a dictionary of the library's
    match = re.match(r"D:(\d{8})", str(about.get("/CreationDate") or ""))
    try:
        return datetime.strptime(match[1], "%Y%m%d").date() if match else None  # noqa: DTZ007
    except ValueError:
        return None
