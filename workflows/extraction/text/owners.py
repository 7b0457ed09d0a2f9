"""Whose figures a report of results tells, section by section: the one company told of there.

A report may be of several companies: each has its own heading, or opens its own paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.organisation import (
    COMPANY,
    MEASURE,
    NAME,
    SUFFIX,
    TICKER,
    WORD,
)
from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan

ENDING = rf"(?:,?\s(?:&\s)?(?:{SUFFIX}|Cos)\b\.?){{1,2}}"
NAMED = rf"(?P<name>{NAME}?)(?:{ENDING})?(?:,?\s(?:{TICKER}|\([A-Z.]{{1,8}}\)))?"
DAY = r"(?:\s(?:(?:on\s|late\s)?\w+day|today|also|again|has|had))?"
TOLD = (
    re.compile(rf"\b{NAMED}[’']s?\s(?:[\w&-]+\s){{0,4}}?(?:{MEASURE}|shares|stock)\b"),
    re.compile(
        rf"\b{NAMED}(?:,\s[^.;\n]{{3,120}}?,)?{DAY}\s"
        r"(?:reported|posted|booked|earned|logged|lost|swung\sto|missed|beat|topped|lifted|raised|cut|lowered"
        r"|(?:said|says|expects)(?:\son\s\w+day|\s\w+day|\slate\s\w+day)?\s(?:that\s)?(?:it|its)\b"
        rf"|said\s(?:on\s)?\w+day\s(?:that\s)?(?=(?:[\w-]+\s){{0,4}}{MEASURE}))"
        rf"[^.;\n]{{0,90}}?(?:\b(?:{MEASURE}|loss)|[$€£]\d)"
    ),
    re.compile(
        rf"\b(?P<name>{NAME}?){ENDING},\s[^;\n]{{3,200}}?,\s(?:said|reported|posted)\s(?:[\w-]+\s){{0,5}}?{MEASURE}\b"
    ),
    re.compile(
        rf"\b(?i:{MEASURE}|loss)\b[^.;\n]{{0,60}}?\s(?:for|at)\s(?P<name>{NAME}?)"
        rf"(?:{ENDING})?(?=,|\.\s|\s(?:as|rose|fell|grew|jumped|dropped|slid|climbed|increased|decreased)\b)"
    ),
    re.compile(rf"\bAt\s{NAMED},\s(?:[\w-]+\s){{0,4}}{MEASURE}\b"),
    re.compile(rf"\b(?:[Ss]hares|[Ss]tock)\s(?:of|in)\s{NAMED}(?!\s?[\w&]*[A-Z])"),
)
"""“Norlink's profit”, “Norlink posted a loss”, “profit rose 5 percent for Norlink”."""
BEHIND = TOLD[3:]
"""Those in which a preposition stands before the name."""
FIGURE = re.compile(rf"\b(?i:{MEASURE}|income|loss|shares)\b[^.\n]{{0,80}}?[$€£%\d]")
"""Without any of which a text is no report of results."""
TITLED = re.compile(rf"(?P<name>{NAME}?)(?:[’']s?)?\s(?:[\w-]+\s){{0,3}}(?i:{MEASURE})\b")
OPENING = re.compile(rf"{NAMED}\s?(?:--|—|–|:)\s(?P<next>[A-Z][\w’'-]*)")
CAPITAL_NAME = re.compile(r"[A-Z][A-Z .,]{4,}")
TOLD_NEXT = frozenset({"The", "Its", "A", "An"})
"""“Norlink Inc. -- The brewer reported …”: a paragraph of its own in a list of reports."""
OUTSIDE = re.compile(
    r"\b(?:analysts?|in|of|for|by|with|to|from|at|than|unlike|rivals?|unit|subsidiary|partner)\s(?:the\s)?$"
)
"""Before the name of somebody whose figures are not told: “polled by Norlink”."""
WORKING = re.compile(
    r"\b(?:analysts?|economists?|strategists?|managers?|officers?|executives?|directors?|presidents?|partners?)"
    r"\s(?:at|for)\s(?:the\s)?$"
)
"""“An analyst at Norlink”, who tells another's."""
NO_COMPANY = word_set(
    """
    a adjusted american analysts analyst annual but company comparable corporation dow
    earnings first for fourth full gross half he in it its last management net no on
    operating our overall profit profits quarterly record retail revenue revenues sales
    second shares she stock street that the their these they third this total u.s us we when
    while year april august december february january july june march may november october
    september monday tuesday wednesday thursday friday saturday sunday both investors after
    although because despite even if since europe asia china congress wall
    """
)
BEFORE_CHARS = 20
OPENING_CHARS = 20_000
"""Within which a company is called by its name, if it is told of at all."""
FEWEST = 2
"""Times that the only company of a text is named in it.

Once may be in passing.
"""
BASED = ("-based", "-listed", "-owned")
"""What ends the words before a name: “Olden-based Norlink”."""
WITHIN = re.compile(rf"\sin\s{WORD}")
"""The rest of a name such as “Trust in Roe”."""
CAPITALS = re.compile(r"[A-Z][a-z’']|[A-Z]\w*[a-z]|\d|[A-Z]{2}")


AT_NAMED = re.compile(r"At\s(?:the\s)?[A-Z]")
"""“At Norlink, sales fell” tells whose they are."""
PUT_IN = re.compile(r"\[[^\]]*\]")


class Owner(NamedTuple):
    """A company as it is named, without “Inc.”, and where."""

    name: str
    start: int
    end: int
    key: str
    """The word by which its names are known for one's: that of “Norlink” and “Norlink Group”."""


class Section(NamedTuple):
    """A stretch of a text, and the companies named in it with a figure of theirs, in order."""

    start: int
    end: int
    head: Owner | None
    """The company with which it opens, that all of it is about."""
    owners: tuple[Owner, ...]


def find_sections(text: str, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return the sections of a text that tells of results, and whose they are; else nothing."""
    if FIGURE.search(text) is None:
        return ()
    heads = list(_iter_heads(text, parts))
    starts = [0, *(start for start, _ in heads)]
    ends = [*starts[1:], len(text)]
    opened = [None, *(owner for _, owner in heads)]
    found = sorted(set(_join_letters(_iter_owners(text, parts))), key=lambda owner: owner.start)
    return tuple(
        Section(start, end, head, tuple(each for each in found if start <= each.start < end))
        for start, end, head in zip(starts, ends, opened, strict=True)
    )


def find_only(text: str, sections: Sequence[Section]) -> CharSpan | None:
    """Return where the only company is named of whose figures a text tells, more than once."""
    told = [each for section in sections for each in section.owners]
    if len({each.key for each in told}) != 1 or any(s.head is not None for s in sections):
        return None
    name = max((each.name for each in told), key=len)
    places = [match.span() for match in re.finditer(rf"\b{re.escape(name)}", text)]
    return CharSpan(*places[0]) if len(places) >= FEWEST else None


def _iter_heads(text: str, parts: Iterable[Part]) -> Iterator[tuple[int, Owner | None]]:
    """Find where a heading or the opening of a paragraph names another company.

    What opens as such a paragraph does, after the first, ends a section: whose it is stays open.
    """
    begun = False
    for number, part in enumerate(parts):
        words = text[part.start : part.end].strip()
        if part.kind is PartKind.HEADING:
            if number and COMPANY.fullmatch(words):
                yield part.start, _build(words, part.start)
            continue
        start = text.rfind("\n", 0, part.start) + 1  # it may have been skipped as a dateline
        opening = OPENING.match(text, start, part.end)
        if opening is not None and CAPITAL_NAME.fullmatch(opening["name"]) is not None:
            opening = None  # “OLDEN (AP) — The brewer …”
        told = opening is not None and (
            opening["next"] in TOLD_NEXT or opening["name"].startswith(opening["next"])
        )
        if opening is not None and (told or begun):
            yield start, _read(opening) if told else None
        begun = True


def _iter_owners(text: str, parts: Sequence[Part]) -> Iterator[Owner]:
    """Find the companies that are named with a figure of their own."""
    first = parts[0] if parts else None
    if first is not None and first.kind is PartKind.HEADING:
        title = TITLED.match(text, first.start, first.end)
        owner = _read(title) if title is not None else None
        if owner is not None and re.search(rf"\b{re.escape(owner.name)}\b", text[first.end :]):
            yield owner
    for pattern in TOLD:
        for match in pattern.finditer(text):
            owner = _read(match)
            outside = WORKING if pattern in BEHIND else OUTSIDE
            begin = max(0, match.start("name") - BEFORE_CHARS)
            if owner is not None and outside.search(text, begin, owner.start) is None:
                yield owner


def _read(match: re.Match[str]) -> Owner | None:
    start, name = match.start("name"), match["name"]
    own = name.rpartition("--")[2]  # “OLDEN--Norlink”
    start, name = start + len(name) - len(own), own
    while name and _is_before_name(name.split()[0]):
        rest = name.partition(" ")[2]
        start, name = start + len(name) - len(rest), rest
    if not name or CAPITALS.search(name) is None:
        return None
    behind = match.string[start + len(name) : start + len(name) + 2]
    ends_so = behind in {"'s", "’s"} and _ends_so(match.string, name)
    name = name + behind * ends_so
    inside = WITHIN.match(match.string, start + len(name))
    if inside is not None and match.string.count(name + inside[0]) > 1:
        name += inside[0]
    return _build(name, start)


def _is_before_name(word: str) -> bool:
    return word.lower().strip(".") in NO_COMPANY or word.endswith(BASED)


def _build(name: str, start: int) -> Owner:
    first, _, rest = name.lower().partition(" ")
    word = rest.partition(" ")[0] if first == "the" else first
    return Owner(name, start, start + len(name), re.sub(r"[’']s?$", "", word))


def _join_letters(owners: Iterable[Owner]) -> Iterator[Owner]:
    """Yield the owners, with “NGS” known for the Norlink Group of Salt."""
    every = list(owners)
    letters = {
        "".join(w[0] for w in each.name.split() if w[0].isupper()).lower(): each.key
        for each in every
        if " " in each.name
    }
    for each in every:
        yield each._replace(key=letters.get(each.key, each.key))


def _ends_so(text: str, name: str) -> bool:
    """Return True for a company that is called as an owner is: “McDonald’s has”."""
    pattern = rf"\b{re.escape(name)}[’']s(?:[,.]|\s(?:has|have|is|was|said|says|and)\b)"
    return re.search(pattern, text[:OPENING_CHARS]) is not None


def name_issuer(text: str, named: CharSpan) -> Owner:
    """Return the company that all of a text is about as an owner of figures."""
    return _build(text[slice(*named)], named.start)


def find_section(sections: Sequence[Section], at: int) -> Section | None:
    """Return the section in which an offset lies."""
    number = bisect_right(sections, at, key=lambda section: section.start) - 1
    return sections[number] if number >= 0 else None


def choose_owner(
    section: Section, issuer: Owner | None, text: str, at: int, words: str
) -> Owner | None:
    """Return whose figures are told at an offset, in words that name none themselves.

    It is the company with which the section opens, else the only one named before with figures,
    else the only one of the paragraph so far, else the `issuer`, if all of the text is about one
    and no other was told of since.
    """
    before = [each for each in section.owners if each.start <= at]
    told = {each.key for each in before}
    named = {each.key for each in section.owners}
    own = PUT_IN.sub("", words.lower())
    if AT_NAMED.match(words) is not None or any(
        re.search(rf"\b{re.escape(key)}", own) for key in named
    ):
        return None
    if section.head is not None:
        return section.head
    if issuer is not None and told <= {issuer.key}:
        return issuer
    if len(told) > 1 or issuer is not None:
        begin = text.rfind("\n", 0, at)
        beside = [each for each in before if each.start > begin]
        if issuer is not None and not beside and before[-1].key == issuer.key:
            return issuer
        before = beside
    if len({each.key for each in before}) != 1:
        return None
    return max(before, key=lambda each: len(each.name))
