"""Who “the judge” or “the airline” is that tells something, where a text names but one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workflows.claims import Attribution, FoundClaim
from workflows.extraction.attribution.chains import OUTLETS

NAME = r"(?P<name>[A-Z](?:[a-z][\w’'-]*|\.)(?:\s[A-Z](?:[\w’'-]+|\.)){0,3})"
BEFORE = r"(?P<before>(?:[A-Z][\w’'&-]{1,40}\s){0,5})"
"""Words of no more characters than any name has: else “A-A-A-…” takes time without end."""
OFFICES = {
    "judge": r"(?:Judge|Justice|judge)",
    "prosecutor": r"(?:[Pp]rosecutor|(?:(?:[Aa]ssistant|[Dd]eputy)\s)?"
    r"(?:State|District|County|Commonwealth|States|Attorney)(?:['’]s)?\s(?:Attorney|General))",
    "sheriff": r"(?:Sheriff|sheriff)",
    "coroner": r"(?:[Cc]oroner|[Mm]edical [Ee]xaminer)",
    "mayor": r"(?:Mayor|mayor)",
    "governor": r"(?:Governor|Gov\.|governor)",
    "superintendent": r"(?:Superintendent|superintendent)",
    "fire chief": r"(?:Fire\sChief|fire\schief)",
    "police chief": r"(?:Police\sChief|police\schief)",
}
"""By the noun that means the bearer again, how the office stands before a name."""
NAMED = {office: re.compile(rf"\b{BEFORE}(?:{words})\s{NAME}") for office, words in OFFICES.items()}
OFFICE = re.compile(
    rf"(?:the|a)\s(?P<office>{'|'.join(OFFICES)})(?:\sin\s(?:the\scase|.*\bcase)\b.*)?",
    re.IGNORECASE,
)
FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Ll]ate|[Rr]etired|[Dd]efen[cs]e)[\s-](?:[A-Za-z]+\s)?$")
BEFORE_CHARS = 12
COMPANY = re.compile(
    r"[Tt]he\s(?:[a-z]+(?:-[a-z]+)?\s){0,2}(?:company|firm|bank|lender|airline|retailer|carmaker"
    r"|automaker|chipmaker|drugmaker|manufacturer|maker|insurer|broker|brewer|chain|carrier|group"
    r"|utility|builder|operator)"
)
"""“The airline”; the Danish one may be another."""


MERGED = re.compile(r"(?:the|a)\s(?:combined|merged|new|resulting)\s(?:company|firm|group)")
"""What is still to be, and says nothing."""


CALLED = sorted({form for word in OUTLETS for form in (word.title(), word.upper())})
NAMED_OUTLET = re.compile(rf"\b(?:{'|'.join(CALLED)}|[KW][A-Z]{{2,3}}(?:-TV)?)\b")
STATION = re.compile(
    r"the\s(?:[a-z]+\s)?(?:station|network|newspaper|broadcaster|channel|outlet|website"
    r"|news\sagency|magazine)",
    re.IGNORECASE,
)


def find_outlet(claims: Iterable[FoundClaim]) -> str | None:
    """Return the only newspaper or broadcaster by name that reports something in a text."""
    named = (link.resolved or link.source or "" for each in claims for link in each.attribution)
    found = {name for name in named if NAMED_OUTLET.search(name) and not STATION.fullmatch(name)}
    whole = {name for name in found if not any(name != other and name in other for other in found)}
    return whole.pop() if len(whole) == 1 else None


def find_bearers(text: str) -> Mapping[str, str]:
    """Return the names with their offices, by office, of those who alone hold it in a text."""
    found: dict[str, str] = {}
    for office, pattern in NAMED.items():
        bearer = _find_bearer(text, pattern)
        if bearer is not None:
            found[office] = bearer
    return found


def _find_bearer(text: str, pattern: re.Pattern[str]) -> str | None:
    """Return the only one with an office, by the fullest name; None where a former one is told."""
    told: dict[str, str] = {}
    for match in pattern.finditer(text):
        if FORMER.search(text[max(0, match.start() - BEFORE_CHARS) : match.start("name")]):
            return None
        surname = match["name"].split()[-1].rstrip("’'s")  # “Roes’” and “Roes” are one
        told[surname] = max(told.get(surname, ""), match[0], key=len)
    if len(told) != 1:
        return None
    [name] = told.values()
    return re.sub(r"[’']s$", "", " ".join(name.split()))


def name_source(
    claim: FoundClaim, bearers: Mapping[str, str], company: str | None, outlet: str | None
) -> FoundClaim:
    """Return a claim of which the source is only "the judge" or "the company" with the name."""
    links = tuple(_name_link(link, bearers, company, outlet) for link in claim.attribution)
    return claim if links == claim.attribution else replace(claim, attribution=links)


def _name_link(
    link: Attribution, bearers: Mapping[str, str], company: str | None, outlet: str | None
) -> Attribution:
    if link.source is not None and MERGED.fullmatch(link.resolved or "") is not None:
        link = replace(link, resolved=None)
    written = link.resolved or link.source or ""
    office = OFFICE.fullmatch(written)
    name = bearers.get(office["office"].lower()) if office is not None else None
    if outlet is not None and STATION.fullmatch(written):
        name = outlet
    if company is not None and COMPANY.fullmatch(written):
        name = company
    return replace(link, resolved=name, anonymous=False) if name is not None else link
