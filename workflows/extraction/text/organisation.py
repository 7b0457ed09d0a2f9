"""The one company that a release or report is about, where that is certain."""

import re
from collections.abc import Iterable

from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan

SUFFIX = (
    r"(?:Inc|Corp|Corporation|Ltd|Limited|plc|PLC|Co|Company|Holdings?|Group|LLC|AG|SA|NV|SE|Bank)"
)
WORD = r"(?:(?:[A-Z]\.){1,9}|(?:\d{0,3}|[ei])[A-Z][\w&’'-]{0,40})"
"""Of no more characters than any name has: else “A-A-A-…” takes a time that grows by its square."""
NAME = rf"{WORD}(?:\s(?:of\s|and\s|&\s)?{WORD}){{0,4}}"
TICKER = r"\((?:[A-Z][\w ]{2,20}|the\s[^()]{2,30}):\s?[A-Z.]{1,6}[^()]{0,20}\)"
CALLED = r"\((?:the\s)?[“\"][^()\n]{2,40}[”\"](?:,?\sor\s[^()\n]{2,40})?\)"
FIRST = re.compile(
    rf"(?P<name>{NAME}?)(?P<suffix>(?:,?\s{SUFFIX}\b\.?){{1,2}})?(?P<ticker>,?\s{TICKER})?"
    rf"(?:\s{CALLED})?,?\s"
    r"(?:(?:an?|the|one)\s[^.,;]{3,120},\s)?(?:today|on\s\w+day)?,?\s?"
    r"(?:today\s)?(?P<verb>reported|announced|posted|released|said|reports|announces|posts|says)\b"
)
"""“Roe Foods, Inc. (NYSE: ROE) today reported …”: how a company's release begins."""
LEADS = re.compile(
    r"\b(?i:chief\s(?:executive|financial|operating)(?:\sofficer)?|CEO|CFO|chairman|chairwoman)"
    rf"(?:\s(?:of|at|for)\s|,\s)(?P<of>{NAME})|(?P<own>{NAME})(?:’s|'s)?\s(?i:chief\sexecutive|CEO|CFO)"
)
OWN = re.compile(
    r"\b[Tt]he [Cc]ompany(?:['’]s)?\b|\b[Oo]ur\s(?:sales|revenues?|stores|customers)\b"
)
ITSELF = frozenset({"Company", "Company's", "Company’s"})
FIGURES = re.compile(
    r"\s(?:its\s|the\s)?(?:[\w-]+\s){0,4}(?:results|earnings|sales|revenues?)\b", re.IGNORECASE
)
"""“… announced its results for the quarter”."""
MEASURE = (
    r"(?:net\s(?:income|profit|loss)|(?:pre-?tax\s)?profits?|earnings|revenues?|sales|results|outlook|forecasts?|guidance"
    r"|EBITDA|turnover|dividend)"
)
NEWS = re.compile(
    rf"(?:(?:Shares|Sales|Profits?)\s(?:of|at)\s)?(?P<name>{NAME}?)(?P<suffix>(?:,?\s{SUFFIX}\b\.?){{1,2}})?"
    rf"(?P<ticker>,?\s{TICKER})?(?:[’']s?\s(?:[\w-]+\s){{0,4}}{MEASURE}\b"
    r"|,?\s(?:(?:an?|the)\s[^.,;]{3,80},\s)?(?:(?:on\s)?\w+day\s)?"
    r"(?P<verb>reported|posted|delivered|lifted|raised|cut|lowered|beat|missed|topped|booked|earned|swung|logged|saw|said)"
    rf"\s(?:[\w$€£.%,-]+\s){{0,8}}{MEASURE}\b)"
)
"""“Norlink lifted its outlook”, “Norlink's quarterly profit fell”: how news of results begins."""
SHARES = re.compile(
    rf"(?:Shares|Stock)\s(?:of|in)\s(?P<name>{NAME}?)(?P<suffix>(?:,?\s{SUFFIX}\b\.?){{1,2}})?"
    rf"(?P<ticker>,?\s{TICKER})?(?P<verb>\s)(?!{SUFFIX}\b)(?=[a-z])"
)
"""“Shares of Norlink Inc. fell on Monday after …”."""
HEADED = re.compile(
    rf"(?P<name>{NAME}?)(?P<suffix>(?:,?\s{SUFFIX}\b\.?){{1,2}})?(?P<ticker>,?\s{TICKER})?"
    rf"(?:[’']s?)?(?P<verb>\s)(?:[\w-]+\s){{0,3}}{MEASURE}\b",
    re.IGNORECASE,
)
"""“Norlink 2Q profit falls” as a title."""
BEHIND = r"(?:has|have|is|was|said|says|will|reported|and)\b"
"""What stands behind a name that ends as an owner does: “McDonald’s has …”."""
COMPANY = re.compile(
    rf"{NAME}\s(?:{SUFFIX}|Services|Financial|Energy|Airlines|Motors|Stores|Partners|Technologies|Systems)\.?"
)
MEASURED = re.compile(rf"\b{MEASURE}\b[^.]{{0,60}}?[$€£%\d]", re.IGNORECASE)
FEWEST_MEASURES = 4
"""Figures of results from which on a text is a report on them."""
FEWEST_SIGNS = 2


TITLE = re.compile(
    rf"(?P<name>{NAME}?)(?P<suffix>(?:,?\s{SUFFIX}\b\.?){{1,2}})?(?P<ticker>,?\s{TICKER})?\s"
    r"(?P<verb>reports|announces|posts|releases|reported|announced)\s(?:\w+\s){0,6}"
    r"(?:results|earnings|sales|revenues?|profits?|loss)\b",
    re.IGNORECASE,
)
"""“Norlink Announces Third Quarter Results” as a title."""


def _match_title(text: str, parts: list[Part]) -> re.Match[str] | None:
    """Return the title of a company's report, if the first part is one."""
    first = parts[0]
    return TITLE.match(text, first.start, first.end) if first.kind is PartKind.HEADING else None


def _has_sections(text: str, parts: Iterable[Part]) -> bool:
    """Return True if a heading within names another company: “Discover Financial Services”."""
    headings = (p for p in list(parts)[1:] if p.kind is PartKind.HEADING)
    return any(COMPANY.fullmatch(text[p.start : p.end].strip()) for p in headings)


def find_organisation(text: str, parts: Iterable[Part]) -> CharSpan | None:
    """Return where the company is named that a text is all about; None unless two signs agree.

    Its first sentence begins with it, as a release's does; and a suffix, a share's symbol, the
    title, who leads it, its figures or “the Company” tell the same. Another's chief or heading
    tells against it.
    """
    every = list(parts)
    first = next((part for part in every if part.kind is PartKind.TEXT), None)
    if first is None or first.turn is not None:
        return None
    body = text[first.start : every[-1].end]
    reports = sum(1 for _ in MEASURED.finditer(body)) >= FEWEST_MEASURES
    found = _find_opening(text, every, first, reports=reports)
    if found is None or _tells_of_another(text, every, body, found["name"], reports=reports):
        return None
    name = found["name"]
    titled = any(
        part.kind is PartKind.HEADING
        and text[part.start : part.end].lower().startswith(name.lower())
        for part in every
    )
    results = found["verb"] in {"reported", "posted", "reports", "posts"}
    results = results or FIGURES.match(text, found.end()) is not None
    again = len(re.findall(rf"\b{re.escape(name)}\b", body)) > FEWEST_SIGNS
    leads = _list_led(body)
    signs = (found["suffix"], found["ticker"], titled, leads, OWN.search(body), results)
    certain = (reports and again) or sum(map(bool, signs)) >= FEWEST_SIGNS
    if not certain:
        return None
    start, name = found.start("name"), name.rstrip("'’")
    ends_so = re.search(rf"\b{re.escape(name)}[’']s(?:[,.]|\s{BEHIND})", body) is not None
    owner = text[start + len(name) : start + len(name) + 2]
    return CharSpan(start, start + len(name) + 2 * (ends_so and owner in {"'s", "’s"}))


def _find_opening(
    text: str, every: list[Part], first: Part, *, reports: bool
) -> re.Match[str] | None:
    """Return where a release, or news of results, names its company at the start."""
    found = FIRST.match(text, first.start, first.end) or _match_title(text, every)
    if found is not None or not reports:
        return found
    found = NEWS.match(text, first.start, first.end) or SHARES.match(text, first.start, first.end)
    if found is None and every[0].kind is PartKind.HEADING:
        found = HEADED.match(text, every[0].start, every[0].end)
    return found


def _tells_of_another(text: str, every: list[Part], body: str, name: str, *, reports: bool) -> bool:
    """Return True for a text of several companies, or of another than it begins with."""
    if any(not (lead in name or name in lead) for lead in _list_led(body)):
        return True
    if len(re.findall(TICKER, body)) > 1:
        return True
    return reports and _has_sections(text, every)


def _list_led(body: str) -> set[str]:
    """Return the companies of which a text names who leads them."""
    return {match["of"] or match["own"] for match in LEADS.finditer(body)} - ITSELF
