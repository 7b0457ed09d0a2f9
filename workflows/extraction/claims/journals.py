"""Whose finding a figure of a study is, and in which journal “a new study” stood."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim, Hedge

NAME = r"[A-Z][\w&/’-]*(?:\s(?:(?:of|for|and|the|of\sthe)\s)?[A-Z][\w&/’-]*){0,6}"
IN_JOURNAL = (
    r"\bin\s(?P<journal>(?:the\s)?(?:medical\s|scientific\s)?"
    rf"journal\s(?:of\s)?{NAME}|(?:[Tt]he\s)?[A-Z][\w’-]*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z][\w’-]*){{0,6}})"
)
TOLD_IN = (
    re.compile(
        r"\b(?:stud(?:y|ies)|research|findings|paper|report|results|trial|analysis)\b[^.;]{0,140}?"
        r"\b(?:published|appears?|appeared|appearing|reported|detailed|described)\b"
        rf"[^.;]{{0,40}}?{IN_JOURNAL}"
    ),
    re.compile(rf"\b[Pp]ublished\s(?:\w+\s){{0,3}}{IN_JOURNAL}"),
    re.compile(
        r"\b(?:researchers|authors|scientists|they)\s(?:report(?:ed)?|write|wrote|said|say)\s"
        rf"{IN_JOURNAL}"
    ),
)
"""“A study published in the Annals of Olden”, “researchers report in the Annals of Olden”."""
JOURNALS = re.compile(
    r"\b(?:[Jj]ournal|Lancet|JAMA|BMJ|Nature|Science|Proceedings|Annals|Archives|Pediatrics|PLo?[Ss]"
    r"|Letters|Review|Reviews|Circulation|Medicine|Neurology|Cell)\b"
)
STUDY = re.compile(
    r"(?:the|an?|this|that|his|her|their)\s(?:[a-z-]+\s){0,3}(?:study|research|paper)"
    r"|(?:the|these|its)\s(?:[a-z-]+\s)?(?:findings|results)"
    r"|(?:the\s)?(?:researchers|authors|study\sauthors)",
    re.IGNORECASE,
)


FIGURE = re.compile(r"\d\s?%|\bper[\s-]?cent\b|\btimes\s(?:as|more|less|higher|lower)\b")
TAKING_PART = re.compile(
    r"\b(?:participants|volunteers|placebo|(?:control|study|treatment)\sgroup"
    r"|compared\s(?:with|to)\s.*\b(?:group|those|others|people|patients)"
    r"|(?:[Aa]mong|of)\sthose\s(?:who|with)|[Aa]fter\s\w+\s(?:weeks|months|years|year))\b"
)
"""Those whom a study followed, or how long it did."""
MEASURED = re.compile(
    r"\b(?:risks?|odds|(?:more|less|as)\slikely|participants|patients|volunteers|placebo"
    r"|(?:control|study|treatment)\sgroup|(?:those|people|women|men|children|adults)\s(?:who|with))\b"
)
"""What a study measures, and in whom: told anywhere behind its first finding, it is the study's."""


def find_journal(text: str) -> str | None:
    """Return the only journal of which a text tells a study; else None."""
    told = (match["journal"] for pattern in TOLD_IN for match in pattern.finditer(text))
    found = {journal for journal in told if JOURNALS.search(journal)}
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


def share_study(claims: Sequence[FoundClaim], text: str) -> list[FoundClaim]:
    """Return claims of which those that tell a study's figures have it as their source.

    It is the study, or the researchers, by whom something else in their paragraph is told, or
    before, where a claim's own words tell what a study measures.
    """
    found: list[FoundClaim] = []
    told = [claim for claim in claims if _is_studied(claim)]
    for claim in claims:
        figured = FIGURE.search(claim.words) is not None and not claim.attribution
        beside = told if figured and TAKING_PART.search(claim.quote) else []
        other = next((each for each in beside if _stand_together(each, claim, text)), None)
        if other is None and figured and MEASURED.search(claim.words):
            other = next((t for t in reversed(told) if t.quote_start < claim.quote_start), None)
        found.append(claim if other is None else _lend_source(claim, other))
    return found


def _is_studied(claim: FoundClaim) -> bool:
    link = next(iter(claim.attribution), None)
    written = (link.resolved or link.source or "") if link is not None else ""
    return STUDY.match(written) is not None


def _stand_together(one: FoundClaim, other: FoundClaim, text: str) -> bool:
    first, last = sorted((one.quote_start, other.quote_start))
    return "\n" not in text[first:last]


def _lend_source(claim: FoundClaim, other: FoundClaim) -> FoundClaim:
    hedge = Hedge.REPORTED if claim.hedge is Hedge.ASSERTED else claim.hedge
    return replace(claim, attribution=other.attribution[:1], hedge=hedge)
