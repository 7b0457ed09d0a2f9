"""Texts out of bytes: UTF-8 as it stands, UTF-16 with its mark, and what older programs write."""

import codecs
import re

from charset_normalizer import from_bytes

from workflows.errors import BadInput

_OLDER = (
    ["cp1252"],  # what Windows wrote English in
    ["mac_roman", "cp1250", "cp1251", "cp949", "shift_jis", "gb18030", "big5"],
)
"""Encodings without a mark, by how likely they are."""
_OF_PAGES = re.compile(
    r"utf-|utf8|us-ascii|iso-|latin|windows-|cp|koi8|gb|big5|euc|shift|mac|tis", re.IGNORECASE
)
_SAMPLE = 1 << 16
"""Bytes that are looked at to tell an encoding."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_page_encoding(name: str) -> bool:
    """Return True for an encoding that pages are written in.

    Python knows others, of which some are none of texts, and some take hours for a long one.
    """
    return _OF_PAGES.match(name) is not None


def decode(content: bytes, name: str) -> str:
    """Return a plain text. Of UTF-8 nothing is changed: offsets are into it as it stands.

    Raises BadInput for what is no text.
    """
    if content.startswith(_UTF16):
        return _decode_as("utf-16", content, name)
    nul = content.find(b"\0")
    if nul >= 0:
        raise BadInput(
            "{name} isn't a text file: it has a NUL byte at position {position}. Save its"
            " text as plain text (.txt), Markdown (.md) or a web page (.html).",
            name=name,
            position=nul,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_as(_guess_encoding(content, error.start, name), content, name)


def _guess_encoding(content: bytes, position: int, name: str) -> str:
    """Return the encoding of a text that is not UTF-8 from `position` on."""
    begin = max(0, position - _SAMPLE // 2)
    sample = content[begin : begin + _SAMPLE]
    for encodings in _OLDER:
        best = from_bytes(sample, cp_isolation=encodings).best()
        if best is not None:
            return best.encoding
    raise _make_unreadable(name, position)


def _decode_as(encoding: str, content: bytes, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _make_unreadable(name, error.start) from None


def _make_unreadable(name: str, position: int) -> BadInput:
    return BadInput(
        "{name} isn't UTF-8: byte {position} can't be read. Save it as UTF-8 and try again.",
        name=name,
        position=position,
    )
