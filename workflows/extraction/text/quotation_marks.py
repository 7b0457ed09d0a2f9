"""Quotation marks of every kind, made the same two: the rules and the model know “ and ” best.

A text keeps its length, so that offsets into it stay true.
"""

import re

LEFT, RIGHT = "“", "”"
PAIRS = (
    ("«", "»"),
    ("»", "«"),
    ("„", "“”"),
    ("‹", "›"),
    ("›", "‹"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
    ("〈", "〉"),
    ("〝", "〞〟"),
    ("＂", "＂"),
    ("‚", "‘’"),
)
EXOTIC = "".join({mark for pair in PAIRS for marks in pair for mark in marks}) + "'’‘"
PAIRED = tuple(
    re.compile(rf"{left}(\s?)([^\n{left}{right}]+?)(\s?)[{right}](?!\w)") for left, right in PAIRS
)
"""A mark, what it quotes (French puts a space inside), and a mark that closes it."""
SINGLE_OPEN = re.compile(
    r"(?<![\w'’”\"])['‘](?=[\w$€£¥“\"(\[])(?!(?:\d\ds?|tis|twas|em|til|cause|n)\b)"
)
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…;)\]%])['’](?!\w)")
MIXED = (
    re.compile(rf"{LEFT}(?P<words>[^\n{LEFT}{RIGHT}\"]+)\"(?![\w{LEFT}])"),
    re.compile(rf"(?<!\w)\"(?P<words>[^\n{LEFT}{RIGHT}\"]+){RIGHT}"),
)
"""A quotation with a curly mark at one end and a straight one at the other."""
SINGLES = re.compile(rf"{LEFT}(?P<words>[^\n{LEFT}{RIGHT}\"]+?)[’'][’'′](?=[\s,.;:!?]|$)")
"""A quotation that two single marks close."""
STOPPED = frozenset(".,!?…;")


def make_plain(text: str) -> str:
    """Return a text of the same length with “ and ” for all pairs of other marks."""
    if '"' in text and (LEFT in text or RIGHT in text):
        for mixed in MIXED:
            text = mixed.sub(rf"{LEFT}\g<words>{RIGHT}", text)
    if LEFT in text:
        text = SINGLES.sub(rf"{LEFT}\g<words>{RIGHT} ", text)
    if not any(mark in text for mark in EXOTIC):
        return text
    for pair in PAIRED:
        text = pair.sub(_replace_pair, text)
    if "'" in text or "‘" in text:
        text = "".join(_make_single_plain(line) for line in text.splitlines(keepends=True))
    return text


def _replace_pair(match: re.Match[str]) -> str:
    before, words, after = match.groups()
    return f"{before}{LEFT}{words}{RIGHT}{after}"


def _make_single_plain(line: str) -> str:
    """Return a line with its single marks made double where they quote, and are no apostrophes."""
    characters, at = list(line), 0
    while (opening := SINGLE_OPEN.search(line, at)) is not None:
        at = opening.end()
        if _is_inside(line, opening.start()):
            continue
        closing = _find_closing(line, at)
        if closing is None:
            continue
        characters[opening.start()], characters[closing] = LEFT, RIGHT
        at = closing + 1
    return "".join(characters)


def _is_inside(line: str, index: int) -> bool:
    """Return True if a place stands within double marks: single ones there quote in a quotation."""
    before = line[:index]
    return before.rfind(LEFT) > before.rfind(RIGHT) or before.count('"') % 2 == 1


def _find_closing(line: str, start: int) -> int | None:
    """Return where a single quotation ends: at a mark behind a stop, before another begins."""
    following = SINGLE_OPEN.search(line, start)
    end = following.start() if following is not None else len(line)
    closings = [m.start() for m in SINGLE_CLOSE.finditer(line, start, end)]
    stopped = next((i for i in closings if line[i - 1] in STOPPED), None)
    if stopped is not None:
        return stopped
    return next((i for i in closings if line[i - 1] != "s"), closings[-1] if closings else None)
