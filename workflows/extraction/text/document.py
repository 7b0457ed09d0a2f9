"""A document as people write it: its parts, whose words each holds, and where it was written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.extraction.text.confirmations import split_confirmed
from workflows.extraction.text.furniture import is_about_author, tell_kind
from workflows.extraction.text.interviews import find_answers, find_interviewee
from workflows.extraction.text.lines import (
    SHORT_WORD_CHARS,
    STOPPED,
    find_joints,
    is_title_case,
    iter_paragraphs,
    split_lines,
)
from workflows.extraction.text.openings import (
    BULLET,
    CLOCK,
    CLOCK_ALONE,
    find_closing,
    skip_opening,
)
from workflows.extraction.text.organisation import find_organisation
from workflows.extraction.text.owners import Section, find_only, find_sections
from workflows.extraction.text.parts import READ, Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.signatures import attach_signatures
from workflows.extraction.text.statements import attach_statements
from workflows.extraction.text.turns import (
    FEWEST_TURNS,
    FIRST_PERSON,
    NOBODY,
    LabelForm,
    Turn,
    find_labels,
    name_speakers,
)

OPENING = frozenset('“"‘«„')
LONGEST_SPEECH_CHARS = 1500
LONGEST_HEADING_WORDS = 18
LONGEST_HEADLINES_WORDS = 40
MOSTLY_CAPITAL = 0.7
PUT_RIGHT = re.compile(
    r";\s(?:in\sfact,?\s)?|,?\s(?:when|but|whereas|while)\s(?:in\sfact|actually),?\s|\s\((?=it\swas\s)"
)
"""Behind this a correction says what is right."""
LAST_PARTS = 3
"""Parts at the end of a text among which stands who wrote it."""
FIRST_PARTS = 3
"""Paragraphs of text among which a dateline stands."""
ADJOURNED = re.compile(
    r"""(?:the|this)\s(?:\w+\s){0,2}(?:hearing|trial|inquiry|inquest|session|meeting|debate|interview
    |case|committee|council|court|assembly|sitting|proceedings|parliament|house|chamber|panel
    |commission|transcript|call|briefing)\s(?:continue[sd]?|resume[sd]?|adjourn\w*|ended|ends|closed
    |concluded|concludes|rose|broke\sup|recess\w*|reconvenes|was\s(?:adjourned|closed|suspended|edited)
    |has\sbeen\s(?:edited|condensed|adjourned)|will\s(?:resume|continue|reconvene)
    |is\s(?:expected|due|scheduled|set)\sto\s(?:continue|resume|reconvene|end))\b
    |(?:about|notes\sto)\s[A-Z]\w+\s*:?$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What is told after everybody has spoken."""
ADDRESS = re.compile(
    r"(?:(?:mr|madam|mister)\.?\s(?:speaker|chairman|chair|president|mayor|minister|deputy\s\w+)"
    r"|my\slords|your\shonou?r)[,.]\s+",
    re.IGNORECASE,
)
VIDEO_TIME = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s")
SAYING = r"(?:also\s)?(?:said|says|told|added|adds|asked|wrote|tweeted|replied|noted|explained)"
QUOTED = re.compile(r"[“”«»\"]")
NARRATED = re.compile(rf"[,?!][\"”]\s+(?:[\w.’'-]+\s){{0,5}}?{SAYING}\b")
"""“…,” she said: somebody tells of it."""


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """The parts of a text in order, and where its dateline names the place it was written in."""

    parts: tuple[Part, ...]
    place: CharSpan | None
    organisation: CharSpan | None = None
    """Where the company is named that all of it is about."""
    sections: tuple[Section, ...] = ()
    """Whose figures are told where, in a report of results."""

    @property
    def dateline(self) -> CharSpan | None:
        """Return where the dateline stands, from its place to the first word behind it."""
        if self.place is None:
            return None
        start = self.place.start
        end = next((part.start for part in self.parts if part.start > start), start)
        return CharSpan(start, end)


def read_document(text: str) -> DocumentParts:
    """Return the parts of a text and the place of its dateline."""
    parts, begins = _split_parts(text)
    begins = begins or find_answers(text, parts)
    parts = _mark_headings(text, parts, begins)
    parts, place = _skip_openings(text, parts, begins)
    parts = [_skip_address(text, part) for part in _give_turns(text, parts, begins)]
    parts = _drop_author(text, attach_statements(text, attach_signatures(text, parts)))
    parts = split_confirmed(text, parts)
    sections = find_sections(text, parts)
    organisation = find_organisation(text, parts) or find_only(text, sections)
    parts = [*_split_corrections(text, parts)]
    return DocumentParts(tuple(parts), place, organisation, sections)


def _split_corrections(text: str, parts: list[Part]) -> Iterator[Part]:
    """Yield the parts, what a correction takes back apart from what it puts in its place."""
    for part in parts:
        start = part.start
        if part.kind is PartKind.CORRECTION:
            for match in PUT_RIGHT.finditer(text, part.start, part.end):
                yield replace(part, start=start, end=match.start())
                start = match.end()
        yield replace(part, start=start)


def _split_parts(text: str) -> tuple[list[Part], dict[int, Turn]]:
    """Return the paragraphs of a text, and by its place the turn that begins with each."""
    lines = split_lines(text)
    labels = find_labels(text, lines)
    asked = min((at.span.start for at in labels.values() if at.key in NOBODY), default=0)
    speakers = name_speakers(text, labels, find_interviewee(text, asked))
    below = {i + 1 for i, label in labels.items() if label.form is LabelForm.ALONE}
    joints = find_joints(text, lines, frozenset(labels) | below)
    parts: list[Part] = []
    begins: dict[int, Turn] = {}
    for run in iter_paragraphs(lines, joints):
        first, end = lines[run[0]].start, lines[run[-1]].end
        label = labels.get(run[0])
        if label is not None:
            begins[len(parts)] = speakers[run[0]]
            start = min(label.words_start, end)
            alone = start == end or label.form is LabelForm.ALONE
            kind = PartKind.LABEL if alone else PartKind.TEXT
            parts.append(Part(kind, first if alone else start, end))
        elif parts and _is_speech_continued(text, parts[-1], first):
            parts[-1] = replace(parts[-1], end=end)
        else:
            parts.append(Part(tell_kind(text[first:end]), first, end))
    return parts, begins


def _is_speech_continued(text: str, before: Part, start: int) -> bool:
    """Return True if a paragraph is the quotation that the one before announced or left open."""
    if text[start] not in OPENING or before.end - before.start > LONGEST_SPEECH_CHARS:
        return False
    if before.kind is not PartKind.TEXT:
        return False
    if text[before.end - 1] == ":":
        return True
    span = before.start, before.end
    if text[start] == '"':
        last = text.rfind('"', *span)
        return last == before.start or (last > before.start and text[last - 1].isspace())
    return text[start] == "“" and text.rfind("“", *span) > text.rfind("”", *span)


def _mark_headings(text: str, parts: list[Part], begins: dict[int, Turn]) -> list[Part]:
    """Return the parts with those that head others told apart: short, and without a stop."""
    found = list(parts)
    transcript = len(begins) >= FEWEST_TURNS
    text_follows = False
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if part.kind is not PartKind.TEXT:
            continue
        stopped = STOPPED.search(text, max(part.start, part.end - 8), part.end) is not None
        if stopped and index == 0 and is_title_case(text[part.start : part.end]):
            stopped = False
        if stopped:
            text_follows = True
        elif (
            text_follows
            and index not in begins
            and not (transcript and index > min(begins))
            and BULLET.match(text, part.start, part.end) is None
            and _is_heading(text[part.start : part.end])
        ):
            found[index] = replace(part, kind=PartKind.HEADING)
        elif text[part.start] in OPENING:
            text_follows = True
    return found


def _is_heading(body: str) -> bool:
    """Return True if a paragraph without a stop is short, or as long as headlines in a row."""
    words = len(body.split())
    return words <= LONGEST_HEADING_WORDS or (
        words <= LONGEST_HEADLINES_WORDS and is_title_case(body)
    )


def _skip_openings(
    text: str, parts: list[Part], begins: dict[int, Turn]
) -> tuple[list[Part], CharSpan | None]:
    """Return the parts without datelines, clock times and bullets, and the dateline's place."""
    found: list[Part] = []
    place: CharSpan | None = None
    paragraphs = 0
    for index, part in enumerate(parts):
        start = part.start
        if part.kind in READ and index not in begins:
            paragraphs += part.kind is PartKind.TEXT
            start, named = skip_opening(text, part.start, part.end, first=paragraphs == 1)
            if place is None and paragraphs <= FIRST_PARTS:
                place = named
        end = find_closing(text, start, part.end) if part.kind in READ else part.end
        found.append(replace(part, start=start, end=end))
    return found, place


def _give_turns(text: str, parts: list[Part], begins: dict[int, Turn]) -> list[Part]:
    """Return the parts, each of text with the turn it stands in.

    In a transcript a turn ends where the next begins, or where what follows is told of all of it.
    Elsewhere a label speaks for its paragraph, and for those in the first person that follow.
    """
    found: list[Part] = []
    transcript = len(begins) >= FEWEST_TURNS or _is_speech(text, parts, begins)
    turn: Turn | None = None
    unspoken = headed = False
    for index, whole in enumerate(parts):
        part = whole
        if turn is not None and _is_next_entry(text, part, turn):
            turn = None
        elif turn is not None and turn.anonymous and _is_stamped(text, part, turn):
            turn = replace(turn, name=None, speaker=None)  # who speaks now is not told
            part = _skip_stamp(text, part)
        if index in begins:
            turn, unspoken = begins[index], True
            headed = (
                index == 0
                and part.kind is PartKind.TEXT
                and _is_headline(text[part.start : part.end])
            )
        elif turn is not None and part.kind in READ:
            body = text[part.start : part.end]
            mine = transcript or unspoken or _is_first_person(body)
            ended = ADJOURNED.match(body) or (not transcript and part.kind is PartKind.HEADING)
            if ended or not mine or headed or _is_narrated(body, turn):
                turn = None
        if part.kind in READ and part.end > part.start and turn is not None:
            unspoken = False
            found.append(replace(part, kind=PartKind.TEXT, turn=turn))
        else:
            found.append(part)
    return found


def _is_next_entry(text: str, part: Part, turn: Turn) -> bool:
    """Return True if a time of day ends the post that a live page shows."""
    if "@" not in text[slice(*turn.label)]:
        return False
    line = max(text.rfind(end, 0, part.start) for end in "\n\r") + 1
    clock = CLOCK_ALONE if part.kind is PartKind.NOTICE else CLOCK
    return clock.match(text, line, part.end) is not None


def _is_stamped(text: str, part: Part, turn: Turn) -> bool:
    """Return True if a time of a video begins a paragraph, as one began the turn before."""
    line = max(text.rfind(end, 0, part.start) for end in "\n\r") + 1
    stamped = VIDEO_TIME.match(text, turn.label.start, turn.label.end) is not None
    return stamped and VIDEO_TIME.match(text, line, part.end) is not None


def _skip_stamp(text: str, part: Part) -> Part:
    stamp = VIDEO_TIME.match(text, part.start, part.end)
    return part if stamp is None else replace(part, start=stamp.end())


def _skip_address(text: str, part: Part) -> Part:
    """Return a turn without the words that only say to whom it is spoken: “Mr. Chairman, …”."""
    address = ADDRESS.match(text, part.start, part.end) if part.turn is not None else None
    if address is None or address.end() == part.end:
        return part
    return replace(part, start=address.end())


def _is_speech(text: str, parts: list[Part], begins: dict[int, Turn]) -> bool:
    """Return True if a single label stands before all of a text but its title and day."""
    if not begins:
        return False
    label = min(begins)
    before = (text[part.start : part.end] for part in parts[:label] if part.kind is PartKind.TEXT)
    brief = all(len(body.split()) < LONGEST_HEADING_WORDS for body in before)
    return brief and not _is_headline(text[parts[label].start : parts[label].end])


def _is_headline(body: str) -> bool:
    """Return True if words are a headline's: few and without a stop, or most with a capital."""
    words = [word for word in body.split() if len(word) > SHORT_WORD_CHARS]
    few = 0 < len(words) <= LONGEST_HEADING_WORDS
    capital = sum(word.lstrip("‘“'\"")[:1].isupper() for word in words)
    return few and (STOPPED.search(body) is None or capital > len(words) * MOSTLY_CAPITAL)


def _is_first_person(body: str) -> bool:
    """Return True if a paragraph speaks of its own speaker, and quotes nobody."""
    return FIRST_PERSON.search(body) is not None and QUOTED.search(body) is None


def _is_narrated(body: str, turn: Turn) -> bool:
    """Return True if a paragraph tells of what was said, the turn's own speaker among others."""
    if NARRATED.search(body) is not None:
        return True
    surname = turn.speaker.rsplit(maxsplit=1)[-1] if turn.speaker else ""
    return bool(surname) and re.search(rf"\b{re.escape(surname)}\s{SAYING}\b", body) is not None


def _drop_author(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts, what tells at their end who wrote them marked as no text."""
    found = list(parts)
    for index in range(max(1, len(parts) - LAST_PARTS), len(parts)):
        part = parts[index]
        if part.kind is PartKind.TEXT and is_about_author(text[part.start : part.end]):
            found[index] = replace(part, kind=PartKind.NOTICE)
    return found
