"""Whose a bare measure of business is, and for which period, by the report that it stands in."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from workflows.claims import FoundClaim, Hedge, Reference
from workflows.extraction.setting.put_in import put_in
from workflows.extraction.text.plain_text import CharSpan

KINDS = (
    r"total|net|gross|operating|comparable(?:[\s-]store)?|same[\s-]store|like-for-like|diluted|basic"
    r"|quarterly|annual|full-year|pre-?tax|adjusted|organic|consolidated|free|overall|preliminary"
    r"|reported|underlying|statutory|domestic|international|worldwide|company-owned|record"
    r"|online|e-commerce|digital|group|interest"
)
MEASURES = (
    r"sales(?:\svolumes?)?|revenues?|income|profits?|loss(?:es)?|EBITDA|cash\sflows?|earnings|turnover"
    r"|(?:profit\s)?margins?|expenses|capital\sexpenditures?|orders|backlog|shares|stock"
)
CHANGES = (
    r"was|were|is|are|rose|fell|grew|increased|decreased|declined|climbed|dropped|totall?ed|reached"
    r"|doubled|tripled|jumped|slid|improved|amounted|came|has|have|expanded|narrowed|widened"
    r"|represent(?:s|ed)|exclude[sd]|include[sd]|exceed(?:s|ed)|stood|missed|topped|beat|met|edged"
    r"|slipped|sank|plunged|tumbled|soared|surged|gained|lost|closed|opened|spiked|swung"
    r"|contracted|shrank|inched|eased|ticked|dipped|advanced|rallied"
)
MEASURE = re.compile(
    r"(?P<opening>(?:For|In|During|Over|At|On)\s[^\[\]]{3,70}?"
    r"(?:,\s(?!(?:19|20)\d\d\s)|(?<=(?:19|20)\d\d)\s))?(?:[Tt]he\s)?"
    rf"(?P<measure>(?:(?:19|20)\d\d\s)?(?i:(?:(?:{KINDS})\s){{0,3}}(?:{MEASURES}))"
    r"(?:\sbefore\s[a-z, ]{3,60}(?:\s\([A-Z]+\))?|\s(?:growth|rate)|\sper\s(?:diluted\s)?share"
    r"|\snet\sof\s[a-z]+(?:\s[a-z]+)?|\sfrom\s(?:(?:continuing|discontinued)\s)?operations|\sfrom\soperating\sactivities|\sattributable\sto\s[a-z]+"
    r"|\sof\s[$€£][\d.,]+(?:[bm]n?|\s[bm]illion)?"
    rf"|\s(?:for|in|during)\s(?:[^.\[\]]|(?<=[a-z])\.(?=\s\d)){{3,70}}?){{0,3}})\s(?=(?:{CHANGES})\b)"
)
"""“Sales rose 9% …”, “For the year, net income was …”: nobody is told whose."""
TAKEN = re.compile(
    r"\b(?:took\sin|reported|posted|earned|made|generated|recorded|had)\s(?:an?\s)?"
    rf"(?:(?:{KINDS})\s){{0,3}}(?:{MEASURES})\b|\[?'s\s(?:(?:{KINDS})\s){{0,3}}(?:{MEASURES})\b",
    re.IGNORECASE,
)
"""“Norlink took in revenue of …”: told whose, and not of which period."""
LENGTH = r"(?:fiscal|full|first|second|third|fourth|last|three|six|nine|twelve|\d{1,4})"
PERIOD = re.compile(
    rf"\b(?:[Ii]n|[Ff]or|[Dd]uring|of)\s(?P<period>(?:the|its|our)\s(?:{LENGTH}[\s-]){{1,4}}"
    r"(?:quarter|half|year|months|weeks)"
    r"(?:\s(?:of|ended|to|ending)\s(?:the\syear|(?:fiscal\s)?(?:(?:[A-Z][a-z]{2,3}\.(?=\s\d)|[A-Z][a-z]+|\d{1,2},|\d{1,4})\s?){1,4}))?)\b"
    r"|\b(?P<order>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[\s-][Qq]uarter\s"
    r"(?:(?:fiscal\s)?(?P<of>20\d\d)\s)?"
    r"(?i:results|figures|earnings|sales|revenues?|profits?|numbers)\b"
)
"""“For the second quarter of fiscal 2014”, “third-quarter results”: when figures are of."""
BESIDE = re.compile(
    r"\b(?:compare[ds]?|versus|against|from|prior|previous|expects?|guidance|outlook|will|would|could"
    r"|predict(?:s|ed)|forecasts?)\b(?:[^.!?]|\.\d)*$"
)
"""Behind this a period is that of another figure: “compared with … in the second quarter of …”."""
COMPARED_CHARS = 160
COMPARED = re.compile(
    r",?\s(?:(?:as\s)?compared\s(?:to|with)|versus|against|(?:up|down|or)\s|(?:up\s|down\s)?from\s[$€£\d]"
    r"|(?:more|less|higher|lower)\sthan|above|below)"
)
"""Where what a figure is compared with begins."""
ASIDE = re.compile(
    r"\s\((?:as\s)?(?:defined|described|discussed|see\b|un-?audited|non-GAAP|a\snon-GAAP)[^()]{0,60}\)",
    re.IGNORECASE,
)
"""“Adjusted profit (defined below)”: nothing that a reader of one claim can look up."""
SUFFIX = re.compile(r"\s(?:Company|Corporation|Group|Holdings|Bank)\b")
"""The last word of a company's name that is said with it."""
LOOSE = re.compile(
    r"\b(?P<of>in|for|during)\s(?:the|this|that)\s(?P<unit>quarter|half)\b(?!\s(?:ended|ending|of|to)\b)"
)
"""“For the quarter”: a reader asks for which."""
MUCH = re.compile(r"[$€£%]|\b(?:percent|per cent|million|billion)\b")
TIMED = re.compile(
    r"\b(?:quarters?|half|(?<!-)years?(?!-o)|months?|weeks?|annual|quarterly|full-year|(?:19|20)\d\d|today|now"
    r"|currently|expects?|expected|forecasts?|estimate[sd]?|outlook|guidance)\b"
)
"""Words with which a figure has its time, or is none yet."""
PRICED = frozenset({"shares", "stock"})
"""What has a price on a day, and no figure for a quarter."""


class Period(NamedTuple):
    """A reporting period as it is named, and where it stands in the text."""

    words: str
    start: int
    end: int


def extend_name(text: str, name: CharSpan) -> CharSpan:
    """Return where a company's name stands with the word behind it that is a part of it."""
    found = SUFFIX.match(text, name.end)
    return CharSpan(name.start, found.end()) if found is not None else name


def name_owner(claim: FoundClaim, name: str, at: CharSpan) -> FoundClaim:
    """Return a claim with the document's company before a measure that nobody is told to own.

    `at` is where the document names it.
    """
    words = ASIDE.sub("", claim.words)
    claim = replace(claim, words=words)
    found = MEASURE.match(words)
    if found is None:
        return claim
    start = found.start("measure")
    low = words[start] if words[start + 1].isupper() else words[start].lower()
    lead = found["opening"] or ""
    claim = replace(claim, words=f"{lead}{low}{words[start + 1 :]}")
    told = Reference("", claim.start, claim.start, *at, name)
    mark = "" if name.endswith(("'s", "’s")) else "'s"  # “[McDonald’s] revenue”
    return put_in(claim, len(lead), f"[{name}]{mark} ", told)


def find_periods(text: str) -> list[Period]:
    """Return the reporting periods that a text names, in order, but not those compared with."""
    return [
        _read_period(found)
        for found in PERIOD.finditer(text)
        if BESIDE.search(text, max(0, found.start() - COMPARED_CHARS), found.start()) is None
    ]


def _read_period(found: re.Match[str]) -> Period:
    if found["period"] is not None:
        words = re.sub(r"^(?:its|our)\s", "the ", found["period"].strip(" ,"))
        return Period(words.replace("-quarter", " quarter"), *found.span("period"))
    year = f" of {found['of']}" if found["of"] is not None else ""
    return Period(f"the {found['order'].lower()} quarter{year}", *found.span())


def name_loose_period(claim: FoundClaim, periods: Sequence[Period]) -> FoundClaim:
    """Return a claim “for the quarter” with the only quarter that its document reports on."""
    found = LOOSE.search(claim.words)
    if found is None or MUCH.search(claim.words) is None:
        return claim
    before = _select_before(periods, claim.quote_start + len(claim.quote))
    told = {period.words for period in before if found["unit"] in period.words}
    longest = max(told, key=len, default="")
    if not longest or any(not longest.startswith(period) for period in told):
        return claim
    start, end = found.span()
    if claim.words.count("[", 0, start) > claim.words.count("]", 0, start):
        return claim  # within what was put in already
    words = f"{claim.words[:start]}{found['of']} [{longest}]{claim.words[end:]}"
    period = next(period for period in before if period.words == longest)
    return replace(claim, words=words, references=(*claim.references, _refer(claim, period)))


def name_period(claim: FoundClaim, periods: Sequence[Period]) -> FoundClaim:
    """Return a claim of a company's measure with the period named last before it, if it has none.

    It stands behind the figure, before what that is compared with.
    """
    plain = re.sub(r"\[[^\]]*\]'s?\s", "", claim.words)
    measured = MEASURE.match(plain[:1].upper() + plain[1:]) or TAKEN.search(claim.words)
    much = MUCH.search(claim.words)
    if measured is None or much is None or claim.hedge is Hedge.PREDICTED:
        return claim
    if measured[0].lower().rsplit(maxsplit=1)[-1] in PRICED:
        return claim
    compared = COMPARED.search(claim.words, much.end())
    end = compared.start() if compared is not None else len(claim.words)
    own = claim.words[:end]
    if TIMED.search(own) or any(mention.text in own for mention in claim.dates):
        return claim
    before = _select_before(periods, claim.quote_start)
    if not before:
        return claim
    first, period = before[0], before[-1]
    fuller = {each.words: each for each in before if each.words.startswith(period.words)}
    if len({*fuller} - {period.words}) == 1:  # “the second quarter” was told with its year
        period = max(fuller.values(), key=lambda each: len(each.words))
    if not (first.words.startswith(period.words) or period.words.startswith(first.words)):
        return claim  # the figures of another period stand between
    return put_in(claim, end, f" [in {period.words}]", _refer(claim, period, "in "))


def _select_before(periods: Sequence[Period], end: int) -> Sequence[Period]:
    return periods[: bisect_right(periods, end, key=lambda period: period.end)]


def _refer(claim: FoundClaim, period: Period, lead: str = "") -> Reference:
    words = f"{lead}{period.words}"
    return Reference("", claim.start, claim.start, period.start, period.end, words)
