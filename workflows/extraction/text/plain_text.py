"""A stretch of a document as a reader reads it: unwrapped, without marks of notes, pictures, links.

Every character of it stands in the document, and knows where.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.quotation_marks import make_plain

NOTE = r"""
    \[\^?(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z]|(?:note|nb|fn)\s?\d{1,2}|citation\sneeded|\*)\](?::\d{1,4})?
    |\s?\[(?:sic|laughter|laughs|applause|inaudible|crosstalk|emphasis\s[^\[\]\n]{1,30})\]
    |\s?\(see\s(?:note|notes|footnote)s?\s\d{1,3}\)|(?<=[a-z]{3})\s?\(\d{1,2}\)(?=[.;:])
    |(?<=[a-z][.!?])\(\d{1,2}\)(?=\s|\Z)|(?<=\s(?:19|20)\d\d)\s?\(\d{1,2}\)(?=[.;:,])
    |(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”"’)\]])|(?<=\d\d[^\S\n]))[⁰¹²³⁴-⁹]+
    |(?<=[^\W\d_]{3}[.,;!?”"])\d{1,2}(?:,\s?\d{1,2})*(?=\s+[A-Z“"]|\s*\Z)
    |(?<=[\w.,;”")\]])[*†‡§]*[†‡§][*†‡§]*|(?<=[\w.,:;!?%”")\]])\*+(?=[\s.,:;!?”"’)—–-]|\Z)
    |(?<![\w*])\*{1,3}(?=[\w“"‘$£€(\[])|(?<![\w@/.])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?![\w@/.])
"""
"""Marks of notes: “[1]”, “[note 2]”, “²” behind a word, “region.23”, “†”; of stress: “**”, “_”."""
COMPOUNDING = word_set(
    """
    anti cross five four full half high ill long low mid near old seven short single six ten
    third three top two well wide year
    """
)
"""First parts of words that keep their hyphen when a line ends on it."""
PICTURE = r"\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U000e0020-\U000e007f"
LINE_END = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
PLAIN = r"[A-Za-gi-oq-vx-z]|[hwp](?!ttps?://|ww\.|ic\.)|[ ][A-Zb-gi-moq-vx-z]"
"""What begins nothing that is passed over: told at once, for nearly all of a text is this."""
NOT_TEXT = re.compile(
    rf"""(?!{PLAIN})(?:
    (?P<parted>(?<=[^\W_])[-‐]\u00ad?[ \t]*(?:\r\n|[{LINE_END}])[ \t>]*(?=[a-z]))
    |(?P<format>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+)
    |(?P<link>[ \t]*(?:https?://|www\.|pic\.(?:twitter|x)\.com/)[^\s<>“”"]*[^\s<>“”".,;:!?)])
    |(?P<picture>[ \t]*[{PICTURE}](?:[ \t]*[{PICTURE}])*)
    |(?P<abbreviated>(?<=\b[Hh]on)\.(?=\s)|(?<=\b[Cc]llr)\.(?=\s)
        |(?<=\b[Pp]er[ ]cent)\.(?=,|\s+[a-z]))
    |(?P<ticker>\s?\((?i:nasdaq|nyse|lse|tsx|otc\w*|amex|asx|euronext)\s?:\s?[\w.]{{1,8}}\))
    |(?P<priced>\s?\((?:[A-Z]{{1,2}}:[A-Z]{{1,6}}|[A-Z]{{1,5}}\.[A-Z]{{1,2}})\))
    |(?P<spoken>\s?\((?=[a-z-]*[A-Z]{{2,}}-|[a-z-]*-[A-Z]{{2,}}\b)[A-Za-z]+(?:-[A-Za-z]+){{2,}}\))
    |(?P<retracted>,?\s(?:and\s)?not\s[^,;.\n]{{1,60}}?,?\sas\s(?:[\w’']+\s){{0,5}}
        (?:stated|reported|said|written|published)\b[^.;\n]{{0,60}}
        |,\sas\s(?:an?|the|our)\s(?:earlier|previous|original|prior)\sversion\b[^.;\n]{{0,80}})
    |(?P<doubled>''(?!')|``|‘‘|’[’′])
    |(?P<hashtag>\#(?=[^\W\d_]))
    |(?P<note>{NOTE})
    |(?P<shown>[ ]?!\[[^\[\]\n]{{0,200}}\]\([^()\s]{{1,500}}\))
    |(?P<linked>\]\((?:https?://|www\.|mailto:|[/\#])[^()\s]{{0,500}}(?:\s"[^"\n]{{0,100}}")?\))
    |(?P<opened>\[(?=[^\W\d_][^\[\]\n]{{0,80}}\]))
    |(?P<closed>\])
    |(?P<space>(?:[^\S ]|[ ](?=\s))\s*(?:(?<=[{LINE_END} >])>[ \t]*)*)
    )""",
    re.VERBOSE,
)
"""What a reader passes over: parted words, invisible marks, links, pictures, notes, line ends.

Typewriter marks are two characters, and read as one. Square brackets around words that an editor
put in would confuse the parser: those words are read like all others.
"""


class CharSpan(NamedTuple):
    """Character offsets into the document's text, end exclusive."""

    start: int
    end: int


class PlainText(NamedTuple):
    """`text` as it is read; from `starts[i]` on it stands in the document from `sources[i]` on.

    `inserted` are the parts of it that stand in square brackets in the document.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    inserted: tuple[CharSpan, ...] = ()

    def locate(self, start: int, end: int) -> CharSpan:
        """Return where the characters from `start` to before `end` stand in the document."""
        first = self._locate_one(start)
        return CharSpan(first, self._locate_one(end - 1) + 1 if end > start else first)

    def cut(self, start: int, end: int) -> "PlainText":
        """Return the characters from `start` to before `end` alone."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first + 1, bisect_left(self.starts, end))
        starts = (0, *(at - start for at in self.starts[first + 1 : last]))
        sources = (self._locate_one(start), *self.sources[first + 1 : last])
        inserted = tuple(
            CharSpan(put.start - start, put.end - start)
            for put in self.inserted
            if start <= put.start and put.end <= end
        )
        return PlainText(self.text[start:end], starts, sources, inserted)

    def _locate_one(self, index: int) -> int:
        run = max(0, bisect_right(self.starts, index) - 1)
        return self.sources[run] + index - self.starts[run]


def read_plain(text: str, start: int, end: int) -> PlainText:
    """Return what a reader reads from `start` to before `end` of a document's text."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    opened: list[int] = []
    inserted: list[CharSpan] = []
    length = 0
    for piece, source in _iter_pieces(text, start, end):
        closes = not piece and text[source : source + 1] == "]"
        if closes and opened and opened[-1] < length:
            put = CharSpan(opened.pop(), length)
            inserted += [] if text[source + 1 : source + 2] == "(" else [put]
        read = piece if pieces else piece.lstrip()
        if read:
            if source > start and text[source - 1] == "[":
                opened.append(length)
            starts.append(length)
            sources.append(source + len(piece) - len(read))
            pieces.append(read)
            length += len(read)
    if not pieces:
        return PlainText("", (0,), (start,))
    plain = make_readable("".join(pieces)).rstrip()
    return PlainText(plain, tuple(starts), tuple(sources), tuple(inserted))


def _iter_pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the runs of text to read, each with where it stands."""
    done = start
    opened = False
    for match in NOT_TEXT.finditer(text, start, end):
        yield text[done : match.start()], done
        kept = "]" if match.group() == "]" and not opened else _keep(text, match, start, end)
        opened = match.group() == "[" or (opened and not match.group().startswith("]"))
        yield kept, match.start()
        done = match.end()
    yield text[done:end], done


def _keep(text: str, match: re.Match[str], start: int, end: int) -> str:
    """Return what is read in place of what is passed over: nothing, a blank or a hyphen."""
    kind = match.lastgroup
    if kind == "space":
        inside = start < match.start() and match.end() < end
        return " " if inside else ""
    if kind == "doubled":
        return '"'
    if kind == "parted":
        return "-" if _is_compound(text[max(start, match.start() - 30) : match.start()]) else ""
    if kind == "picture":
        joined = match.end() < end and text[match.end()].isalnum() and match.start() > start
        return " " if joined else ""
    return ""


def _is_compound(before: str) -> bool:
    """Return True if the hyphen at the end of a line belongs to its word."""
    first = re.split(r"[^\w-]", before)[-1].lower()
    return "-" in first or first in COMPOUNDING or first.isdigit()


def make_readable(text: str) -> str:
    """Return the text, character for character, with what would confuse the model made a blank."""
    text = make_plain(text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_replace_unreadable, text))


def _replace_unreadable(character: str) -> str:
    if character.isalnum() or character == " ":
        return character
    return " " if unicodedata.category(character)[0] in "CZ" else character
