"""Lines of a text, and the paragraphs they make: wrapped lines are one, done lines are not."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from workflows.extraction.text.plain_text import LINE_END

LINE = re.compile(rf"[^{LINE_END}]+")
ITEM = re.compile(r"(?:[-*•·–—>#|▪◦]|\(?\d{1,3}[.)]\s|[a-zA-Z][.)]\s)")
"""What a line begins with that continues none: an item of a list, a block quotation."""
STOPPED = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
OPEN_END = re.compile(
    r"(?:,|(?<!\w)(?:of|in|on|the|an?|and|or|to|for|with|by|from|at|than|its|his|her|their|our|between"
    r"|into|during|until|since|Mr|Mrs|Ms|Dr|Mr\.|Mrs\.|Ms\.|Dr\.|[$£€]))\Z"
)
"""What a line ends with in the middle of a sentence, whatever the next begins with."""
AMOUNT = re.compile(r"[$£€\d]")
PARTED = re.compile(r"[^\W\d_][-‐\u00ad]\Z")
WIDEST_CHARS = 110
"""A line longer than this was not wrapped by whoever typed it."""
SHORT_WORD_CHARS = 3
TITLE_CASE = 0.85
"""Share of a title's longer words that have a capital, though it ends with a stop."""
FEWEST_TITLE_WORDS = 4
DEEPER_CHARS = 2
"""How much deeper than its neighbours a line stands that begins a paragraph."""


class Line(NamedTuple):
    """A line without the blanks around it; `width` and `indent` in characters, blanks counted."""

    start: int
    end: int
    indent: int
    follows: bool
    """True where no blank line parts it from the line before."""

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text that hold anything, in order."""
    found: list[Line] = []
    for match in LINE.finditer(text):
        body = match.group()
        if not body.strip():
            continue
        indent = len(body) - len(body.lstrip())
        start, end = match.start() + indent, match.start() + len(body.rstrip())
        follows = bool(found) and not _is_parted_by_blank(text[found[-1].end : start])
        found.append(Line(start, end, len(body[:indent].expandtabs(4)), follows))
    return found


def _is_parted_by_blank(between: str) -> bool:
    return between.count("\n") + between.count("\r") - between.count("\r\n") > 1


def find_joints(text: str, lines: list[Line], apart: frozenset[int]) -> set[int]:
    """Return the places in `lines` of those that go on with the line before.

    The lines in `apart` go on with none: they begin something, such as a turn.
    """
    found: set[int] = set()
    for block in _iter_blocks(lines, apart):
        width = max(lines[i].width for i in block)
        for run in _iter_runs(text, lines, block, width):
            found.update(_join_run(text, lines, run, width))
    return found


def _iter_blocks(lines: list[Line], apart: frozenset[int]) -> Iterator[range]:
    """Yield the lines between two blank ones, by their places."""
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or not lines[i].follows or i in apart:
            yield range(start, i)
            start = i


def _iter_runs(text: str, lines: list[Line], block: range, width: int) -> Iterator[range]:
    """Yield the lines between two that were ended on purpose."""
    start = block.start
    usual = min(lines[i].indent for i in block)
    for i in block[1:]:
        new = ITEM.match(text, lines[i].start) is not None
        goes_on = _goes_on(text, lines, i)
        deeper = lines[i].indent - usual >= DEEPER_CHARS and lines[i - 1].indent == usual
        if OPEN_END.search(text, lines[i - 1].start, lines[i - 1].end):
            new = False
        if (new and not _is_block_quotation(text, lines, i)) or (deeper and not goes_on):
            done = True
        else:
            headed = i - 1 == start and is_title_case(text[lines[i - 1].start : lines[i - 1].end])
            begun = i - 1 == start or STOPPED.search(text, lines[i - 1].start, lines[i - 1].end)
            room = headed or _has_room(text, lines, i, width)
            done = bool(begun) and room and not goes_on
        if done:
            yield range(start, i)
            start = i
    yield range(start, block.stop)


def is_title_case(body: str) -> bool:
    """Return True if nearly every word of more than three letters has a capital."""
    words = [word.lstrip("‘“'\"") for word in body.split()]
    long = [word for word in words if len(word) > SHORT_WORD_CHARS]
    capital = sum(word[:1].isupper() or word[:1].isdigit() for word in long)
    return len(long) >= FEWEST_TITLE_WORDS and capital >= len(long) * TITLE_CASE


def _is_block_quotation(text: str, lines: list[Line], index: int) -> bool:
    """Return True if a line and the one before are lines of one block quotation."""
    first, second = (text[lines[i].start : lines[i].end] for i in (index - 1, index))
    return first.startswith(">") and second.startswith(">") and bool(second.strip("> \t"))


def _has_room(text: str, lines: list[Line], index: int, width: int) -> bool:
    """Return True if the first word of a line would have stood on the line before."""
    word = text[lines[index].start : lines[index].end].lstrip("> ").split(maxsplit=1)
    length = len(word[0]) if word else 0
    return lines[index - 1].width + 1 + length <= width


def _goes_on(text: str, lines: list[Line], index: int) -> bool:
    """Return True if a line cannot begin anything: a small letter, the rest of a parted word.

    Nor can one behind a line that ends with “the” or “of”, or is long and stops before an amount.
    """
    first = text[lines[index].start : lines[index].end].lstrip("> ")[:1]
    if PARTED.search(text, lines[index - 1].start, lines[index - 1].end):
        return first.isalpha()
    if first.islower() or OPEN_END.search(text, lines[index - 1].start, lines[index - 1].end):
        return True
    before = lines[index - 1]
    long = before.end - before.start > WIDEST_CHARS
    stopped = STOPPED.search(text, before.start, before.end) is not None
    return long and not stopped and AMOUNT.match(first) is not None


def _join_run(text: str, lines: list[Line], run: range, width: int) -> Iterator[int]:
    """Yield the lines of a run that go on: all, where it reads as sentences that were wrapped."""
    lower = [i for i in run[1:] if _goes_on(text, lines, i)]
    last = lines[run[-1]]
    sentences = STOPPED.search(text, last.start, last.end) is not None
    if width <= WIDEST_CHARS and (lower or sentences):
        yield from run[1:]
    else:
        yield from lower


def iter_paragraphs(lines: list[Line], joints: set[int]) -> Iterator[range]:
    """Yield the lines of each paragraph, by their places."""
    starts = [i for i in range(len(lines)) if i not in joints]
    for start, end in pairwise([*starts, len(lines)]):
        yield range(start, end)
