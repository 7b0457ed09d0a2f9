"""A claim as a digest tells it: its words, who says so and how firmly, where it stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.i18n.labels import HEDGES, SAYING_MARKS, STATUSES, VERDICT_SIGNS, label_status
from bot.i18n.translator import Translator
from workflows.claims import EvidenceCounts, Grade, Tally, Verdict
from workflows.digest.sections import Entry, Section
from workflows.voting import HELD

WORDS, SOURCE, TITLE = 120, 60, 40
"""How much of a claim's words, of its source's name and of its document's title is shown."""
GRADES = 3
"""How many grades of sources are named."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a reader is shown text from outside, cut to so many characters, and times.

    `ahead` is for a time that is still to come and near: "in 13 hours" where that stays true.
    """

    outside: Callable[[str, int], str]
    moment: Callable[[datetime], str]
    ahead: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A claim: its words, and what is to be known of it, which a list joins with dots.

    `document` is the title, empty where it has none; without a source the document says so.
    """

    number: int
    address: str | None
    words: str
    statuses: tuple[str, ...]
    source: str
    hedge: str
    missing: tuple[str, ...]
    document_id: int | None
    document: str

    def facts(self, *, grouped: bool) -> list[str]:
        """In a group its document is named above, and is not said again."""
        source = self.source or ("" if grouped else self.document)
        return [part for part in (*self.statuses, source, self.hedge, *self.missing) if part]


def build_line(
    entry: Entry, section: Section, guild: int, tr: Translator, writing: LineStyle
) -> DigestLine:
    """Return a claim's words; then where it stands, who says so, what is missing."""
    link, source = entry.link, writing.outside(entry.source or "", SOURCE)
    return DigestLine(
        number=entry.number,
        address=f"https://discord.com/channels/{guild}/{link.channel}/{link.message}"
        if link
        else None,
        words=writing.outside(entry.words, WORDS),
        statuses=tuple(_standing(entry, section, tr, writing)),
        source=source and source + SAYING_MARKS[entry.check],
        hedge=tr.text(HEDGES[entry.hedge]) if entry.hedge else "",
        missing=tuple(_missing(entry, section, tr)),
        document_id=entry.document_id,
        document=writing.outside(entry.document or "", TITLE),
    )


def _standing(entry: Entry, section: Section, tr: Translator, writing: LineStyle) -> Iterator[str]:
    state = entry.state
    if section is Section.CHANGED and entry.was:
        was, now = tr.text(STATUSES[entry.was]), label_status(state, tr)
        yield tr.text("{now} (was: {was})", now=now, was=was)
    elif state.status in HELD:
        yield label_status(state, tr)
    if entry.by_moderator:
        yield tr.text("settled by a moderator")
    if entry.tally and (state.status in HELD or entry.divided):
        yield _tally(entry.tally, tr)
    if entry.divided:
        yield _write_divided(entry.divided, tr)
    if entry.sources:
        yield _sources(entry, tr)
    if state.provisional and state.settles_at:
        yield tr.text("settles {when}", when=writing.ahead(state.settles_at))


def _tally(tally: Tally, tr: Translator) -> str:
    """By the signs of the buttons that they were cast with."""
    return " ".join(
        f"{VERDICT_SIGNS[verdict]} {tr.number(weight)}"
        for verdict in Verdict
        if (weight := tally.weight(verdict))
    )


def _write_divided(sources: EvidenceCounts, tr: Translator) -> str:
    """Return the links on either side of a conflict."""
    if not sources.supports and not sources.refutes:
        return tr.text("no sources")
    return tr.text(
        "sources: {supports} for, {refutes} against",
        supports=tr.number(sources.supports),
        refutes=tr.number(sources.refutes),
    )


def _sources(entry: Entry, tr: Translator) -> str:
    """As "2 sources (B2)": how many there are, and the grades that some of them have."""
    said = tr.plural("{n} source", "{n} sources", entry.sources)
    if not entry.grades:
        return said
    named = [_grade(grade) for grade in entry.grades[:GRADES]]
    named += ["…"] * (len(entry.grades) > GRADES)
    return tr.text("{sources} ({grades})", sources=said, grades=", ".join(named))


def _grade(grade: Grade) -> str:
    return f"{grade.source}{grade.information}"


def _missing(entry: Entry, section: Section, tr: Translator) -> Iterator[str]:
    if entry.votes_missing:
        quorum = entry.votes + entry.votes_missing
        yield tr.plural("{votes} of {n} vote", "{votes} of {n} votes", quorum, votes=entry.votes)
    if section is Section.NEEDS_SOURCE and entry.sources_missing > 1:
        yield tr.plural("{n} source missing", "{n} sources missing", entry.sources_missing)
