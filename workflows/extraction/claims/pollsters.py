"""Whose poll a share of answers comes from: the one that the text named last."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from workflows.claims import Attribution, FoundClaim, Hedge
from workflows.extraction.text.lexicon import word_set

NAME = r"[A-Z][\w&/’-]*(?:\.com)?(?:\s(?:(?:of|for|and|the|of\sthe)\s)?[A-Z][\w&/’-]*){0,6}"
BY = re.compile(
    r"\b(?:[Pp]olls?|[Ss]urveys?)\s(?:(?:conducted|released|published|taken|done)\s"
    rf"(?:(?:on\s)?[A-Z][a-z]+day\s)?)?(?:by|from)\s(?:the\s)?(?P<maker>{NAME})"
)
"""“A poll by Olden University”."""
THAT = re.compile(
    rf"\b(?:poll|survey)\s(?:that\s)?(?:the\s)?(?P<maker>{NAME})\s"
    r"(?:put\sout|released|conducted|published|took|did|commissioned)\b"
)
"""“A poll that Olden University put out”."""
OTHER = re.compile(
    r"\b(?:those\sof|than|earlier|previous|another|unlike|compared\s(?:with|to)|similar\sto|last\s\w+’?s?)"
    r"\s(?:an?\s|the\s|in\s)?[^.]{0,20}$"
)
"""Before the name of another poll with which one is compared."""
OTHER_CHARS = 60
OF = re.compile(
    rf"\b(?P<maker>{NAME})(?:[’']s)?\s"
    r"(?:(?:new|latest|national|online|telephone|statewide|tracking|exit)\s){0,2}(?:polls?|surveys?)\b"
)
"""“The latest Roe Research poll”."""
OPENING = word_set(
    """
    the a an this that these those another new latest recent one two in according and but both in
    on by from national online state
    """
)
"""What may stand in capitals before a pollster's name."""
HOUSES = word_set(
    """
    university college institute research reports news center centre foundation associates group
    post times journal press network survey opinion strategies gallup ipsos yougov rasmussen
    quinnipiac marist monmouth reuters zogby cnn nbc abc cbs bbc fox orc pew comres icm survation
    surveymonkey bloomberg politico ap
    """
)
"""Words by which who asks is told from what is asked about: “a Roe Research poll”, “Ohio polls”."""
SHARE = re.compile(
    r"\b(?:\d[\d.]*|[A-Za-z-]+)\s?(?:%|\bper[\s-]?cent\b|(?:percentage\s)?points?\b)|\d%"
)
ANSWERED = re.compile(
    r"\b(?:voters|respondents|adults|those\s(?:surveyed|polled|asked)|polled|surveyed|say|said|think"
    r"|believes?d?|would\s(?:choose|vote|back|support)|support(?:s|ed|ing)?|favou?r(?:s|ed)?"
    r"|back(?:s|ed)?|approves?d?|disapproves?d?|prefer(?:s|red)?|chose|choose|undecided|unsure|rated"
    r"|leads?|led|trails?|trailed|leading|trailing|tied|ahead|standing|margin\sof\serror|lead)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(?:turnout|ballots?|primary|caucus(?:es)?|runoff|precincts|counted|shares)\b"
)
"""Where votes were counted, and nobody was asked."""
POLLS = re.compile(r"\b(?:poll|survey)s?\b", re.IGNORECASE)
BARE = re.compile(r"(?:the|an?|this|that|its)\s(?:[a-z]+\s){0,3}(?:poll|survey)", re.IGNORECASE)
ASKED = re.compile(
    r"(?:(?:most|many|some|the)\s)?(?:respondents|(?:those|voters|adults|people)\s(?:who\swere\s)?"
    r"(?:surveyed|polled|questioned|asked))"
)
FAR_CHARS = 1500
"""How far behind its name a poll's figures may stand."""


JOURNAL = re.compile(
    r"\b(?:stud(?:y|ies)|research|findings|paper|results|trial|analysis)\b[^.;]{0,140}?\b(?:published|appears?|appeared"
    r"|appearing|reported|detailed|described)\b[^.;]{0,40}?\bin\s(?P<journal>(?:the\s)?(?:medical\s|scientific\s)?"
    rf"journal\s(?:of\s)?{NAME}|(?:[Tt]he\s)?[A-Z][\w’-]*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z][\w’-]*){{0,6}})"
)
"""“A study published in the Annals of Olden”."""
JOURNALS = re.compile(
    r"\b(?:[Jj]ournal|Lancet|JAMA|BMJ|Nature|Science|Proceedings|Annals|Archives|Pediatrics|PLo?[Ss]"
    r"|Letters|Review|Reviews|Circulation|Medicine|Neurology|Cell)\b"
)
STUDY = re.compile(
    r"(?:the|an?|this|that|his|her|their)\s(?:[a-z-]+\s){0,3}(?:study|research|paper)",
    re.IGNORECASE,
)


def find_journal(text: str) -> str | None:
    """Return the only journal of which a text tells a study; else None."""
    found = {m["journal"] for m in JOURNAL.finditer(text) if JOURNALS.search(m["journal"])}
    return found.pop() if len(found) == 1 else None


def name_journal(claim: FoundClaim, journal: str | None) -> FoundClaim:
    """Return a claim of which the source is only "a new study" with where that was published."""
    if journal is None or not claim.attribution:
        return claim
    link, *others = claim.attribution
    written = link.resolved or link.source or ""
    if not STUDY.fullmatch(written):
        return claim
    told = replace(link, resolved=f"{written[0].lower()}{written[1:]} in {journal}")
    return replace(claim, attribution=(told, *others))


class Pollster(NamedTuple):
    """Where a poll stands in the text with who made it, and what it is called on a card."""

    start: int
    end: int
    maker: str
    name: str


def find_pollsters(text: str) -> list[Pollster]:
    """Return the polls that a text names with who made them, in order."""
    found = [
        Pollster(m.start(), m.end(), m["maker"], _add_article(m[0])) for m in BY.finditer(text)
    ]
    found += [
        Pollster(m.start(), m.end("maker"), m["maker"], f"a {m[0].split()[0]} by {m['maker']}")
        for m in THAT.finditer(text)
    ]
    for match in OF.finditer(text):
        words = match["maker"].split()
        while words and words[0].lower() in OPENING:
            words = words[1:]
        if words and _is_house(words):
            maker = " ".join(words)
            start = text.index(maker, match.start())
            called = text[start : match.end()]
            found.append(Pollster(start, match.end(), maker, f"the {called}"))
    return sorted(p for p in found if not _is_other(text, p.start))


def _is_other(text: str, start: int) -> bool:
    return OTHER.search(text[max(0, start - OTHER_CHARS) : start]) is not None


def _add_article(called: str) -> str:
    called = called[0].lower() + called[1:]
    return called if called.startswith(("polls", "surveys")) else f"a {called}"


def _is_house(words: Sequence[str]) -> bool:
    parts = {part.lower() for word in words for part in re.split(r"[/’-]", word)}
    return bool(parts & HOUSES) or "/" in "".join(words)


def name_pollster(claim: FoundClaim, text: str, polls: Sequence[Pollster]) -> FoundClaim:
    """Return a claim of a poll's figures with that poll as its source.

    It is the poll named last before; a source that is only "a new poll" is told whose it is.
    """
    end = claim.quote_start + len(claim.quote)
    before = polls[: bisect_right(polls, end, key=lambda poll: poll.start)]
    if claim.attribution:
        return _name_maker(claim, before or polls)
    if not before or claim.quote_start - before[-1].end > FAR_CHARS:
        return claim
    poll = before[-1]
    told = poll.start >= claim.start or BARE.match(claim.words.strip("["))
    answers = SHARE.search(claim.words) and ANSWERED.search(claim.words)
    if told or not answers or COUNTED.search(claim.quote):
        return claim
    return replace(
        claim,
        attribution=(_build_link(text, poll),),
        hedge=Hedge.REPORTED if claim.hedge is Hedge.ASSERTED else claim.hedge,
    )


def _build_link(text: str, poll: Pollster) -> Attribution:
    source = text[poll.start : poll.end]
    cue = POLLS.search(text, poll.start, poll.end)
    return Attribution(
        source=source,
        start=poll.start,
        end=poll.end,
        cue=cue[0] if cue is not None else None,
        cue_start=cue.start() if cue is not None else None,
        cue_end=cue.end() if cue is not None else None,
        anonymous=False,
        date=None,
        hedge=Hedge.REPORTED,
        resolved=poll.name if poll.name != source else None,
    )


def _name_maker(claim: FoundClaim, polls: Sequence[Pollster]) -> FoundClaim:
    """Return a claim whose source is only “a new poll” with the one that the text names."""
    link, *others = claim.attribution
    written = link.resolved or link.source or ""
    asked = ASKED.fullmatch(written)
    if not (asked or BARE.fullmatch(written)) or len({poll.maker for poll in polls}) != 1:
        return claim
    if asked:
        told = replace(link, resolved=f"{written} in {polls[-1].name}")
        return replace(claim, attribution=(told, *others))
    return replace(claim, attribution=(replace(link, resolved=polls[-1].name), *others))
