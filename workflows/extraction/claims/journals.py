"""In which journal a study stood that a text calls only “a new study”."""

import re
from dataclasses import replace

from workflows.claims import FoundClaim

NAME = r"[A-Z][\w&/’-]*(?:\s(?:(?:of|for|and|the|of\sthe)\s)?[A-Z][\w&/’-]*){0,6}"
IN_JOURNAL = (
    r"\bin\s(?P<journal>(?:the\s)?(?:medical\s|scientific\s)?"
    rf"journal\s(?:of\s)?{NAME}|(?:[Tt]he\s)?[A-Z][\w’-]*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z][\w’-]*){{0,6}})"
)
TOLD_IN = (
    re.compile(
        r"\b(?:stud(?:y|ies)|research|findings|paper|results|trial|analysis)\b[^.;]{0,140}?"
        r"\b(?:published|appears?|appeared|appearing|reported|detailed|described)\b"
        rf"[^.;]{{0,40}}?{IN_JOURNAL}"
    ),
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
    r"|(?:the\s)?(?:researchers|authors|study\sauthors)",
    re.IGNORECASE,
)


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
