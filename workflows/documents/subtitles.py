"""Subtitles (SRT, WebVTT): their cues joined to sentences, with the time as the place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.claims import PlaceKind
from workflows.documents.document import ReadDocument, find_title, join_paragraphs
from workflows.errors import BadInput

PAUSE_S = 3.0
"""Seconds without a word after which a new paragraph begins, if the sentence has ended."""
PARAGRAPH = 400
"""Characters after which a paragraph ends with its sentence."""
_TIMES = re.compile(
    r"\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,]\d{1,3}\s*-->\s*"
    r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,]\d{1,3}.*"
)
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>")
_TAGS = re.compile(r"</?[a-zA-Z0-9][^>]{0,200}>|\{\\[^}]{0,100}\}")
_LABEL = re.compile(r"(?:>>+|[-–—])?\s*([A-Z][\w .'’-]{0,40}):\s+(?=\S)")
_CHANGE = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_SOUND = re.compile(r"[\[(♪][^\])♪]*[\])♪]|♪")
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
_NOTES = ("WEBVTT", "NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class _Cue:
    start_s: int
    end_s: int
    speaker: str
    text: str
    turns: bool


def is_subtitles(text: str) -> bool:
    """Return True for a text that begins as subtitles do."""
    lines = [line.strip() for line in text[:2000].lstrip("\ufeff").split("\n") if line.strip()]
    if lines and lines[0].startswith("WEBVTT"):
        return True
    return len(lines) > 1 and lines[0].isdecimal() and bool(_TIMES.fullmatch(lines[1]))


def read_subtitles(text: str, name: str) -> ReadDocument:
    """Return what is spoken, in paragraphs; a speaker's name stands before their words.

    Raises BadInput where there is no cue.
    """
    parts = list(_iter_paragraphs(list(_iter_cues(text))))
    if not parts:
        raise BadInput(
            "{name} has no readable subtitles: no line like 00:00:01,000 --> 00:00:04,000"
            " followed by words.",
            code="no-subtitles",
            name=name,
        )
    joined, places = join_paragraphs(parts, PlaceKind.TIME)
    return ReadDocument(joined, find_title("", name), places=places)


def _iter_cues(text: str) -> Iterator[_Cue]:
    """Yield the cues with words in them, without what stood in the cue before already."""
    shown: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n\ufeff ").split("\n")
        at = next((i for i, line in enumerate(lines) if "-->" in line), None)
        times = _TIMES.fullmatch(lines[at]) if at is not None else None
        if at is None or times is None or lines[0].startswith(_NOTES[1:]):
            continue
        spoken = [line for line in lines[at + 1 :] if _strip_marks(line)]
        fresh = [line for line in spoken if _strip_marks(line) not in shown]
        shown = list(map(_strip_marks, spoken))
        yield from _iter_turns(
            fresh,
            _count_seconds(times[1], times[2], times[3]),
            _count_seconds(times[4], times[5], times[6]),
        )


def _iter_turns(lines: list[str], start: int, end: int) -> Iterator[_Cue]:
    """Yield one cue for each speaker in it."""
    for line in lines:
        named = _SPEAKER.search(line)
        plain = _strip_marks(line)
        label = _LABEL.match(plain)
        speaker = named[1].strip() if named else label[1].strip() if label else ""
        words = plain[label.end() :] if label and not named else plain
        turns = bool(speaker or _CHANGE.match(words))
        yield _Cue(start, end, speaker, _CHANGE.sub("", words, count=1), turns)


def _strip_marks(line: str) -> str:
    return " ".join(_SOUND.sub(" ", _TAGS.sub("", line)).replace("&nbsp;", " ").split())


def _iter_paragraphs(cues: list[_Cue]) -> Iterator[tuple[str, list[str]]]:
    """Yield each paragraph with its time, as (time, [text])."""
    open_: list[_Cue] = []
    speaker = ""
    for cue in cues:
        if open_ and (
            (cue.turns and not (cue.speaker and cue.speaker == speaker)) or _is_over(open_, cue)
        ):
            yield _make_paragraph(open_, speaker)
            open_ = []
            speaker = cue.speaker if cue.turns else speaker
        elif not open_:
            speaker = cue.speaker
        open_.append(cue)
    if open_:
        yield _make_paragraph(open_, speaker)


def _is_over(before: list[_Cue], cue: _Cue) -> bool:
    """Return True if a sentence has ended and a pause follows, or the paragraph is long."""
    if not _ENDS.search(before[-1].text):
        return False
    length = sum(len(each.text) for each in before)
    return cue.start_s - before[-1].end_s >= PAUSE_S or length >= PARAGRAPH


def _make_paragraph(cues: list[_Cue], speaker: str) -> tuple[str, list[str]]:
    text = " ".join(cue.text for cue in cues)
    minutes, seconds = divmod(cues[0].start_s, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}", [f"{speaker}: {text}" if speaker else text]


def _count_seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
