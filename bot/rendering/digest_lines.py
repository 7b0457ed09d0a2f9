"""A claim as a digest names it: its words, and what became of it or what it needs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.i18n.labels import (
    HEDGES,
    INFORMATION_GRADES,
    SOURCE_GRADES,
    STATUSES,
    VERDICT_SIGNS,
    gettext_noop,
    label_status,
)
from bot.i18n.translator import Translator
from workflows.claims import AttributionCheck, Grade, Hedge, Status, Verdict
from workflows.digest.sections import NEWS, Entry, Section
from workflows.voting import HELD, SettledBy

WORDS, FEWER_WORDS, SOURCE = 110, 90, 60
"""How many characters of a claim's words, where there is room and where there is little, and of its
source's name are shown."""
_CLAUSE_END = re.compile(r"[,;:.!?](?= )| [–—](?= )|[，；：。、]")
_OPENING = re.compile(r"[(\[“‘«「][^)\]”’»」]*$")
"""What a cut would leave open."""
_SHORT_WORD = re.compile(r" [^\W\d]{1,3}$")
"""Such as "of", "to" and "the": no phrase ends with one."""
_OPENING_WORD = re.compile(
    r"(?:(?:An?|The|Some|Several|Many|Most|Others?|Another|Both|One|Two|Three|His|Her|Their)\b(?!-)"
    r"|(?:Activists|Analysts|Authorities|Critics|Diplomats|Doctors|Economists|Engineers|Experts"
    r"|Investigators|Lawyers|Media|Military|Neighbours|Observers|Officials|Organisers|Police"
    r"|Prosecutors|Reporters|Reports|Researchers|Residents|Scientists|Sources|State|Witnesses)"
    r"(?= [a-z]|$))"
)
"""What has a capital letter only where a sentence begins with it."""
_PHRASE_START = re.compile(
    r" (?=(?:about|across|after|against|among|and|around|as|at|because|before|between|but|by|during"
    r"|for|from|if|in|into|near|of|on|or|over|since|than|that|through|to|under|until|when|where"
    r"|which|while|who|with|without)\b)"
)
_PHRASE = 20
"""Characters of a phrase at most that is left out rather than begun."""
_PLAIN_HEDGES = frozenset({Hedge.ASSERTED, Hedge.CONFIRMED, Hedge.REPORTED})
"""What "according to" says already."""
_SAYINGS: Mapping[AttributionCheck, str] = {
    AttributionCheck.UNCHECKED: gettext_noop("according to {source}"),
    AttributionCheck.SOURCED: gettext_noop("according to {source} ✓, who did say so"),
    AttributionCheck.DISPUTED: gettext_noop("according to {source} ✗, who perhaps never said so"),
}


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a reader is shown text from outside, cut to so many characters, and times."""

    outside: Callable[[str, int], str]
    moment: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A claim that can be read alone: `verdict` is there for one that was decided.

    `facts` say who says so, then what it needs, or by which votes and links it was decided.
    """

    number: int
    address: str | None
    words: str
    facts: str
    verdict: str = ""


def build_line(entry: Entry, guild: int, tr: Translator, style: LineStyle, most: int) -> DigestLine:
    """Return the line of a claim, with so many characters of its words."""
    claim = entry.claim
    link, news = claim.link, entry.section in NEWS
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
        words=style.outside(shorten(claim.words, most), most),
        facts="; ".join(filter(None, (_write_source(entry, tr, style), *facts))),
        verdict=_write_verdict(entry, tr) if news else "",
    )


def find_first_grade(entries: tuple[Entry, ...]) -> Grade | None:
    """Return the grade that is named first in a digest: there it is explained."""
    return next((each.claim.grades[0] for each in entries if _is_graded(each)), None)


def explain_grade(grade: Grade, tr: Translator) -> str:
    """Return what a grade says of the evidence; of half a grade, what that half says."""
    source, information = (
        tr.text(choices[str(half)]).partition(" · ")[2] if half is not None else ""
        for choices, half in zip((SOURCE_GRADES, INFORMATION_GRADES), grade.given, strict=True)
    )
    if source and information:
        return tr.text(
            "{grade} grades the evidence, not the claim:"
            " source {reliable}, information {credible}.",
            grade=grade.code,
            reliable=source,
            credible=information,
        )
    if source:
        return tr.text(
            "{grade} grades the evidence, not the claim: source {reliable}.",
            grade=grade.code,
            reliable=source,
        )
    return tr.text(
        "{grade} grades the evidence, not the claim: information {credible}.",
        grade=grade.code,
        credible=information,
    )


def shorten(text: str, most: int) -> str:
    """Return a text that ends with a clause, else with a word that can end one, if it is cut."""
    if len(text) <= most:
        return text
    room = text[: most - 1]
    clauses = (room[: end.start()] for end in _CLAUSE_END.finditer(room, most // 2))
    whole = [clause for clause in clauses if not _OPENING.search(clause)]
    head = whole[-1] if whole else _end_with_word(text, most)
    return f"{head}…"


def _end_with_word(text: str, most: int) -> str:
    """Return the words that fit, without a last one that promises more; anything of one word."""
    room = text[: most - 1]
    head = room if text[most - 1].isspace() else room.rpartition(" ")[0]
    starts = [start.start() for start in _PHRASE_START.finditer(text, 0, most)]
    if starts and len(head) - starts[-1] <= _PHRASE:
        head = text[: starts[-1]]
    head = _OPENING.sub("", head).rstrip()
    while _SHORT_WORD.search(head):
        head = _SHORT_WORD.sub("", head).rstrip()
    return head if len(head) > most // 2 else room.rstrip()


def _write_source(entry: Entry, tr: Translator, style: LineStyle) -> str:
    """Return who says so, and how firmly where that is less than saying it."""
    claim = entry.claim
    name, _, _ = (claim.source or "").partition(",")  # without what they are: that is on the card
    name = _lower_opening(name) or claim.document or ""
    source = style.outside(shorten(name, SOURCE), SOURCE)
    if not source:
        return ""
    said = tr.text(_SAYINGS[claim.check], source=source)
    if claim.hedge is None or claim.hedge in _PLAIN_HEDGES:
        return said
    return tr.text("{hedge}, {said}", hedge=tr.text(HEDGES[claim.hedge]), said=said)


def _lower_opening(name: str) -> str:
    """Return a source's name as it stands within a sentence: "a nurse", where it was "A nurse"."""
    return name[:1].lower() + name[1:] if _OPENING_WORD.match(name) else name


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
            return tr.text("waiting period ended early by a moderator")
    return ""


def _write_taken(entry: Entry, tr: Translator) -> str:
    """Return until when somebody looks into it; the digest names nobody."""
    day = entry.claim.taken_until
    return tr.text("someone is looking into it until {day}", day=tr.day(day)) if day else ""


def _write_tally(entry: Entry, tr: Translator) -> str:
    """By the signs of the buttons that the votes were cast with; nothing while they are hidden."""
    claim = entry.claim
    tally = " ".join(
        f"{VERDICT_SIGNS[verdict]}\N{NO-BREAK SPACE}{tr.number(weight)}"
        for verdict in Verdict
        if (weight := claim.tally.weight(verdict))
    )
    return tr.text("votes: {tally}", tally=tally) if tally and claim.state.tally_shown else ""


def _write_links(entry: Entry, tr: Translator) -> str:
    """As "evidence: 2 sources (B2)": how many there are, and the best grade of one of them."""
    if not entry.sources:
        return ""
    said = tr.plural("{n} source", "{n} sources", entry.sources)
    if _is_graded(entry):
        said = tr.text("{sources} ({grades})", sources=said, grades=entry.claim.grades[0].code)
    return tr.text("evidence: {sources}", sources=said)


def _is_graded(entry: Entry) -> bool:
    return bool(entry.sources and entry.claim.grades)


def _write_need(entry: Entry, tr: Translator) -> str:
    if entry.section is Section.ASKED_AGAIN:
        return tr.text("please vote again")
    if missing := entry.votes_missing:
        if entry.claim.tally.votes:
            return tr.plural("needs {n} more vote", "needs {n} more votes", missing)
        return tr.plural("needs {n} vote", "needs {n} votes", missing)
    if lack := entry.sources_missing:
        several = tr.plural("needs {n} source", "needs {n} sources", lack)
        return several if lack > 1 else tr.text("needs a source")
    if entry.claim.state.status is Status.CONFLICTING:
        return tr.text("votes are split")
    return tr.text("asked again: can you tell now?")
