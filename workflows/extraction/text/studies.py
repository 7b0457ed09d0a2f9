"""The one study that a text is about: where it was published, else who made it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

NAME = r"[A-Z][\w&/’-]*(?:\s(?:(?:of|for|and|the|of\sthe)\s)?[A-Z][\w&/’-]*){0,6}"
IN_JOURNAL = (
    r"\bin\s(?:(?:the\s)?(?:[A-Z][\w’'-]*\s){1,5}(?:[a-z]+\s){0,2}(?=journal\s[A-Z]))?"
    r"(?P<journal>(?:the\s)?(?:medical\s|scientific\s)?"
    rf"journal\s(?:of\s)?{NAME}|(?:[Tt]he\s)?[A-Z][\w’-]*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z][\w’-]*){{0,6}})"
)
TOLD_IN = (
    re.compile(
        r"\b(?:stud(?:y|ies)|research|findings|paper|report|results|trial|analysis)\b[^.;]{0,140}?"
        r"\b(?:published|appears?|appeared|appearing|reported|detailed|described)\b"
        rf"[^.;]{{0,40}}?{IN_JOURNAL}"
    ),
    re.compile(
        rf"\b[Pp]ublished\s(?:(?!an?\s|the\s|his\s|her\s|its\s|their\s)\w+\s){{0,3}}{IN_JOURNAL}"
    ),
    re.compile(
        r"\b(?:researchers|authors|scientists|colleagues|they)\s"
        r"(?:report(?:ed)?|write|wrote|said|say|point(?:ed)?\sout)\s"
        rf"{IN_JOURNAL}"
    ),
)
"""“A study published in the Annals of Olden”, “researchers report in the Annals of Olden”."""
JOURNALS = re.compile(
    r"\b(?:[Jj]ournal|Lancet|JAMA|BMJ|Nature|Science|Proceedings|Annals|Archives|Pediatrics|PLo?[Ss]"
    r"|Letters|Review|Reviews|Circulation|Medicine|Neurology|Cell)\b"
)
PERSON = (
    r"(?P<author>[A-Z][a-z’-]+(?:\s(?:[A-Z]\.|[A-Z][a-z’-]*[A-Z]?[\w’-]+|van|von|de|der|al)){1,3})"
)
TITLE = r"(?:(?:Dr|Prof|Professor)\.?\s)?"
WROTE = r"(?:author|researcher|investigator|scientist)"
LED_BY = (
    re.compile(rf"\b(?:lead|senior|principal)\s(?:study\s)?{WROTE},?\s{TITLE}{PERSON}"),
    re.compile(
        rf"\b{PERSON},(?:\s[A-Z][A-Za-z.]{{1,5}},)*\s(?:the\s|an?\s)?(?:study[’']s\s)?"
        rf"(?:lead|senior|principal)\s(?:study\s)?{WROTE}"
    ),
    re.compile(rf"\b{PERSON},?\swho\sled\sthe\s(?:new\s)?(?:study|research)"),
    re.compile(rf"\b(?:study|research|team),?\s(?:was\s)?led\sby\s{TITLE}{PERSON}"),
)
"""“Lead author Ann Lee”, “Ann Lee, who led the study”."""
MADE_AT = (
    re.compile(
        r"\b(?:researchers|scientists|team)\s(?:at|from)\s(?P<the>the\s)?"
        r"(?P<body>(?:(?:University|College|Institute|School)\sof\s(?:the\s)?[A-Z][\w’-]*(?:[\s,]{1,2}[A-Z][\w’-]*)?"
        r"|(?:[A-Z][\w’-]*\s){1,5}(?:University|College|Hospital|Institute|School|Clinic|Cent(?:er|re))))"
    ),
)
"""“Scientists at Olden University”."""
STUDY = re.compile(r"\b(?:stud(?:y|ies)|research|trial|findings|researchers|scientists)\b")
OTHER = re.compile(
    r"\b(?:another|other|earlier|previous|prior|past|separate|similar|different|older|several|many)\s"
    r"(?:[\w-]+\s){0,2}(?:stud(?:y|ies)|trials?|research|papers?|researchers|scientists)\b"
    r"|\b(?:19|20)\d\d\s(?:[\w-]+\s){0,2}(?:study|trial|paper|survey)\b|\bstudies\b",
    re.IGNORECASE,
)
"""What tells of a study that is another one."""
OPENING_CHARS = 700


class Study(NamedTuple):
    """The study that a text is about: `start` and `end` are where the text tells which."""

    place: str
    """“in the Annals of Olden”, “by Ann Lee and colleagues”, “at Olden University”."""
    told: str
    """The words of a sentence that tells this itself: “Annals of Olden”, “Lee”."""
    start: int
    end: int

    @property
    def name(self) -> str:
        return f"the study {self.place}"


def find_study(text: str) -> Study | None:
    """Return the study that a text is about, if only one journal, else author or body, is told."""
    if STUDY.search(text, 0, OPENING_CHARS) is None:
        return None
    journals = dict(_iter_journals(text))
    if journals:
        (journal, start), *others = journals.items()
        own = journal.removeprefix("the ").removeprefix("journal ")
        the = "the " * journal.startswith("journal ")
        return None if others else Study(f"in {the}{journal}", own, start, start + len(journal))
    for patterns, group, form in (
        (LED_BY, "author", "by {} and colleagues"),
        (MADE_AT, "body", "at {}"),
    ):
        found = [m for pattern in patterns for m in pattern.finditer(text)]
        names = {m[group]: m for m in found}
        if len(names) == 1:
            (name, match), *_ = names.items()
            the = "the " if "the" in match.groupdict() and match["the"] else ""
            own = name.split()[-1] if group == "author" else name
            return Study(form.format(f"{the}{name}"), own, *match.span(group))
    return None


def _iter_journals(text: str) -> Iterator[tuple[str, int]]:
    """Find the journals in which studies of a text stood, each where it is told of last."""
    for pattern in TOLD_IN:
        for match in pattern.finditer(text):
            if JOURNALS.search(match["journal"]):
                yield match["journal"], match.start("journal")
