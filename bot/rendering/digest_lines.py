"""A claim as a digest names it: its words, and what became of it or what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.i18n.labels import (
    INFORMATION_GRADES,
    SAYING_MARKS,
    SOURCE_GRADES,
    STATUSES,
    VERDICT_SIGNS,
    label_status,
)
from bot.i18n.translator import Translator
from workflows.claims import Grade, Status, Tally, Verdict
from workflows.digest.sections import NEWS, Entry, Section
from workflows.voting import HELD, SettledBy

WORDS, SOURCE = 76, 40
"""How many characters of a claim's words and of its source's name are shown."""


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a reader is shown text from outside, cut to so many characters, and times."""

    outside: Callable[[str, int], str]
    moment: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A claim that can be read alone: `verdict` is there for one that was decided.

    `facts` say what it needs, or by how many votes and links it was decided; a list joins them.
    """

    number: int
    address: str | None
    words: str
    facts: tuple[str, ...]
    verdict: str = ""


def build_line(
    entry: Entry, guild: int, tr: Translator, style: LineStyle, *, sourced: bool
) -> DigestLine:
    """Return the line of a claim; `sourced` says whether who says so is told."""
    claim = entry.claim
    link, news = claim.link, entry.section in NEWS
    name, _, _ = (claim.source or "").partition(",")  # without what they are: that is on the card
    source = style.outside(shorten(name or claim.document or "", SOURCE), SOURCE)
    source = (source + SAYING_MARKS[claim.check]) if source and sourced else ""
    facts = (
        (_write_ruling(entry, tr), _write_tally(entry, tr), _write_links(entry, tr))
        if news
        else (_write_need(entry, tr), _write_taken(entry, tr))
    )
    return DigestLine(
        number=claim.number,
        address=f"https://discord.com/channels/{guild}/{link.channel}/{link.message}"
        if link
        else None,
        words=style.outside(shorten(claim.words, WORDS), WORDS),
        facts=tuple(filter(None, (*facts, source))),
        verdict=_write_verdict(entry, tr) if news else "",
    )


def find_first_grade(entries: tuple[Entry, ...]) -> Grade | None:
    """Return the grade that is named first in a digest: there it is explained."""
    return next((each.claim.grades[0] for each in entries if _is_graded(each)), None)


def explain_grade(grade: Grade, tr: Translator) -> str:
    """As "B2: source usually reliable, information probably true."; of half a grade, that half."""
    source, information = (
        tr.text(choices[str(half)]).partition(" · ")[2] if half is not None else ""
        for choices, half in zip((SOURCE_GRADES, INFORMATION_GRADES), grade.given, strict=True)
    )
    if source and information:
        return tr.text(
            "{grade}: source {reliable}, information {credible}.",
            grade=grade.code,
            reliable=source,
            credible=information,
        )
    if source:
        return tr.text("{grade}: source {reliable}.", grade=grade.code, reliable=source)
    return tr.text("{grade}: information {credible}.", grade=grade.code, credible=information)


def shorten(text: str, most: int) -> str:
    """Return a text that ends with a whole word where it has to be cut, if words are parted."""
    if len(text) <= most:
        return text
    head, _, _ = text[:most].rpartition(" ")
    return (head if len(head) > most // 2 else text[: most - 1]).rstrip() + "…"


def _write_verdict(entry: Entry, tr: Translator) -> str:
    state, was = entry.claim.state, entry.claim.was
    verdict = HELD.get(state.status)
    now = f"{VERDICT_SIGNS[verdict]} " * bool(verdict) + label_status(state, tr) if verdict else ""
    now = now or label_status(state, tr)
    if entry.section is Section.CHANGED and was:
        return tr.text("{now} (was: {was})", now=now, was=tr.text(STATUSES[was]))
    return now


def _write_ruling(entry: Entry, tr: Translator) -> str:
    match entry.claim.settled_by:
        case SettledBy.MODERATOR:
            return tr.text("set by a moderator, not by votes")
        case SettledBy.TEAM_EARLY:
            return tr.text("ended early by a moderator")
    return ""


def _write_taken(entry: Entry, tr: Translator) -> str:
    """Return until when somebody looks into it; the digest names nobody."""
    day = entry.claim.taken_until
    return tr.text("taken until {day}", day=tr.day(day)) if day else ""


def _write_tally(entry: Entry, tr: Translator) -> str:
    """By the signs of the buttons that the votes were cast with; nothing while they are hidden."""
    if not entry.claim.state.tally_shown:
        return ""
    return _format_tally(entry.claim.tally, tr)


def _format_tally(tally: Tally, tr: Translator) -> str:
    return " ".join(
        f"{VERDICT_SIGNS[verdict]}\N{NO-BREAK SPACE}{tr.number(weight)}"
        for verdict in Verdict
        if (weight := tally.weight(verdict))
    )


def _write_links(entry: Entry, tr: Translator) -> str:
    """As "2 sources (B2)": how many there are, and the best grade that one of them has."""
    if not entry.sources:
        return ""
    said = tr.plural("{n} source", "{n} sources", entry.sources)
    if not _is_graded(entry):
        return said
    return tr.text("{sources} ({grades})", sources=said, grades=entry.claim.grades[0].code)


def _is_graded(entry: Entry) -> bool:
    return bool(entry.sources and entry.claim.grades)


def _write_need(entry: Entry, tr: Translator) -> str:
    match entry.section:
        case Section.ASKED_AGAIN:
            return tr.text("please vote again")
        case Section.NEW:
            return tr.plural("new: needs {n} vote", "new: needs {n} votes", entry.votes_missing)
    if entry.votes_missing:
        return tr.plural("needs {n} vote", "needs {n} votes", entry.votes_missing)
    if lack := entry.sources_missing:
        several = tr.plural("needs {n} source", "needs {n} sources", lack)
        return several if lack > 1 else tr.text("needs a source")
    if entry.claim.state.status is Status.CONFLICTING:
        return tr.text("split: {tally}", tally=_format_tally(entry.claim.tally, tr))
    return tr.text("can it be told now?")
