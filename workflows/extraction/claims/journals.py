"""Whose finding a figure of a study is, and which “a new study” was."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim, Hedge
from workflows.extraction.text.studies import Study

STUDY = re.compile(
    r"(?:the|an?|this|that|his|her|their)\s(?:[a-z-]+\s){0,3}(?:study|research|paper)"
    r"|(?:the|these|its)\s(?:[a-z-]+\s)?(?:findings|results)"
    r"|(?:the\s)?(?:researchers|authors|study\sauthors)",
    re.IGNORECASE,
)


WORKS = re.compile(r"(?:study|research|paper)$", re.IGNORECASE)
RESULTS = re.compile(r"(?:findings|results)$", re.IGNORECASE)
FIGURE = re.compile(
    r"\d\s?%|\bper[\s-]?cent\b|\btimes\s(?:as|more|less|higher|lower)\b"
    r"|\b(?:high|low)(?:er|est)\s(?:risks?|odds|rates?)\b"
)
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


def name_study(claim: FoundClaim, study: Study | None) -> FoundClaim:
    """Return a claim of which the source is only "a new study" with who made it, or where it is."""
    if study is None or not claim.attribution:
        return claim
    link, *others = claim.attribution
    written = link.resolved or link.source or ""
    if not STUDY.fullmatch(written):
        return claim
    place = study.place
    if RESULTS.search(written):
        place = f"of {study.name}"
    elif not WORKS.search(written) and (place.startswith("by ") or written[:4].lower() == "the "):
        place = f"behind {study.name}"
    told = replace(link, resolved=f"{written[0].lower()}{written[1:]} {place}")
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
