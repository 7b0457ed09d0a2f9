"""E-mails (.eml), and web pages saved as one file (.mhtml), which are built like e-mails."""

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from workflows.documents.document import ReadDocument, is_blank, join_lines
from workflows.documents.encodings import is_page_encoding
from workflows.documents.webpages import read_plain_text
from workflows.errors import BadInput

_QUOTED = re.compile(r"^\s*(?:>|\|)")
_ABOVE_QUOTE = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message).*"
    r"|begin forwarded message:|on .{5,200}(?:wrote|writes):|from: .{3,200})\s*$",
    re.IGNORECASE,
)
_SIGNATURE = "-- "
_WRAPPED = 50
"""Characters from which a line is one that was wrapped."""


def read_mail(content: bytes, name: str) -> ReadDocument:
    """Return what an e-mail's sender wrote; its subject is the title, its sender the publisher.

    Mails quoted or forwarded in it are left out: their words are somebody else's. Raises BadInput
    where nothing is left.
    """
    mail = _parse(content)
    body = mail.get_body(("plain", "html"))
    text = str(body.get_content()) if body else ""
    if body is not None and body.get_content_subtype() == "html":
        text = read_plain_text(text)
    text = _keep_own_words(text)
    if is_blank(text):
        raise BadInput(
            "{name} is an e-mail with no text by its sender. Copy the part that matters"
            " and paste it.",
            name=name,
        )
    sender, address = parseaddr(_get_header(mail, "From"))
    return ReadDocument(
        text,
        title=_get_header(mail, "Subject")[:150] or name,
        publisher=sender or address or None,
        published=_parse_day(_get_header(mail, "Date")),
    )


def unwrap_saved_page(content: bytes, name: str) -> tuple[bytes, str | None]:
    """Return the page inside a page saved as one file, and its address.

    Raises BadInput where there is none.
    """
    mail = _parse(content)
    for part in mail.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                address = _get_header(mail, "Snapshot-Content-Location") or _get_header(
                    part, "Content-Location"
                )
                return _mark_encoding(page, part.get_content_charset()), address or None
    raise BadInput(
        "{name} is a saved page with no page in it. Save it again as a web page (.html).",
        name=name,
    )


def _mark_encoding(page: bytes, charset: str | None) -> bytes:
    """Return the page with a mark of its encoding, where its envelope names one."""
    if not charset or not is_page_encoding(charset):
        return page
    try:
        return page.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return page


def _parse(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    if not mail.keys():
        raise ValueError  # not an e-mail at all
    return mail


def _get_header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _keep_own_words(text: str) -> str:
    """Paragraphs up to the first quoted mail or the signature, without quoted lines."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.rstrip("\r") == _SIGNATURE or (kept and _ABOVE_QUOTE.match(line)):
            break
        if not _QUOTED.match(line):
            kept.append(line)
    return "\n\n".join(_unwrap(kept))


def _unwrap(lines: list[str]) -> Iterator[str]:
    """Paragraphs: a line goes on below if it is as long as a line gets before it is wrapped."""
    paragraph = ""
    for line in [*lines, ""]:
        paragraph += "\n" + line
        if len(line) < _WRAPPED:
            if joined := join_lines(paragraph):
                yield joined
            paragraph = ""


def _parse_day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (TypeError, ValueError):
        return None
