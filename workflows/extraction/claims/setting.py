"""Whose a bare measure is, and where an accident was, by what all of a document tells of.

What is put in stands in square brackets, and only where a document has one company or dateline.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim, Hedge
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import write_name

MEASURE = re.compile(
    r"(?P<opening>(?:For|In|During|Over|At)\s[^\[\]]{3,70}?(?:,\s(?!(?:19|20)\d\d\s)|(?<=(?:19|20)\d\d)\s))?(?:[Tt]he\s)?"
    r"(?P<measure>(?:(?:19|20)\d\d\s)?(?i:(?:(?:total|net|gross"
    r"|operating|comparable|comparable[\s-]store|same[\s-]store|like-for-like|diluted|quarterly"
    r"|annual|pre-tax|pretax|adjusted|organic|consolidated|free|overall|preliminary|reported|basic"
    r"|underlying|statutory|domestic|international|worldwide|company-owned)\s){0,3}"
    r"(?:sales(?:\svolumes?|\sgrowth)?|revenues?(?:\sgrowth)?|income|profits?|loss(?:es)?|EBITDA|cash\sflow"
    r"|earnings(?:\sbefore\s[a-z, ]{3,60}(?:\s\([A-Z]+\))?)?"
    r"|turnover|(?:profit\s)?margins?(?:\srate)?|expenses|capital\sexpenditures?|orders|backlog))"
    r"(?:\sper\s(?:diluted\s)?share)?(?:\sfrom\s(?:continuing|discontinued)\soperations)?(?:\s(?:for|in|during)\s[^.\[\]]{3,70}?)?)\s"
    r"(?=(?:was|were|is|are|rose|fell|grew|increased|decreased|declined|climbed|dropped|totall?ed"
    r"|reached|doubled|tripled|jumped|slid|improved|amounted|came|has|have|expanded|narrowed"
    r"|widened|represent(?:s|ed)|exclude[sd]|include[sd]|exceed(?:s|ed))\b)"
)
"""“Sales rose 9% …”, “For the year, net income was …”: nobody is told whose."""
PERIOD = re.compile(
    r"\b(?:in|for|during|of)\s(?P<period>(?:the|its|our)\s(?:(?:fiscal|full|first|second|third|fourth"
    r"|last|three|six|nine|twelve|\d{1,4})[\s-]){1,4}(?:quarter|half|year|months|weeks)"
    r"(?:\s(?:of|ended|to|ending)\s(?:fiscal\s)?(?:(?:[A-Z][a-z]+|\d{1,2},|\d{1,4})\s?){1,4})?)\b"
)
"""“For the second quarter of fiscal 2014”: when the figures of a report are of."""
BESIDE = re.compile(
    r"\b(?:compare[ds]?|versus|against|from|prior|previous|expects?|guidance|outlook)\b(?:[^.!?]|\.\d)*$"
)
"""Behind this a period is that of another figure: “compared with … in the second quarter of …”."""
COMPARED_CHARS = 160
ASIDE = re.compile(
    r"\s\((?:as\s)?(?:defined|described|discussed|see\b|un-?audited|non-GAAP|a\snon-GAAP)[^()]{0,60}\)",
    re.IGNORECASE,
)
"""“Adjusted profit (defined below)”: nothing that a reader of one claim can look up."""
SUFFIX = re.compile(r"\s(?:Company|Corporation|Group|Holdings|Bank)\b")
"""The last word of a company's name that is said with it."""
LOOSE_PERIOD = re.compile(
    r"\b(?P<of>in|for|during)\s(?:the|this|that)\s(?P<unit>quarter|half)\b(?!\s(?:ended|ending|of|to)\b)"
)
"""“For the quarter”: a reader asks for which."""
MUCH = re.compile(r"[$€£%]|\b(?:percent|per cent|million|billion)\b")
TIMED = re.compile(
    r"\b(?:quarter|half|year|months?|weeks?|annual|quarterly|(?:19|20)\d\d|today|now|currently)\b"
)
ANSWERS = re.compile(
    r"\b(?:of\sthe\svotes?|most\svotes|[Rr]espondents|of\sthose\s(?:asked|surveyed|polled))\b"
    r"|\b(?:received|got|drew)\s\d[\d.]*\s?(?:%|per[\s-]?cent\b)"
    r"|(?:%|\bper[\s-]?cent\b)\s(?:(?:of|among)\s(?:(?:all|the|likely|registered|young|older)\s)?"
    r"(?:voters|adults|women|men|people|parents|pupils|students|teachers|workers|customers|employers"
    r"|households|companies|Republicans|Democrats|independents|Americans|Britons|them|those)\s)?"
    r"(?:said|say|think|thought|believed?|favou?r(?:ed)?|support(?:ed)?|back(?:ed)?|opposed?"
    r"|approved?|disapproved?|prefer(?:red)?|agreed?|disagreed?|plan(?:ned)?|want(?:ed)?|were\sunsure"
    r"|are\s(?:unsure|undecided|satisfied|dissatisfied|worried))\b"
    r"|\b(?:leads?|led|trails?|trailed)\b.{0,60}(?:%|\b(?:per[\s-]?cent|(?:percentage\s)?points?)\b)"
)
OUTCOME = re.compile(r"(?:The\s)?(?:results|findings|margin\sof\serror)\b(?!\sof\b)")
"""“The results were within …”: a reader asks of what."""
VOTES = re.compile(r"\bvotes?\b")
"""Answers to a survey: a reader asks to which."""
SURVEYS = re.compile(r"\b(?:survey|poll|questionnaire|referendum)s?\b")
SURVEY = re.compile(
    r"\b(?:[Aa]n?|[Tt]he)\s(?P<name>(?:[\w’'-]+\s){0,4}(?:survey|poll|questionnaire|referendum)"
    r"(?:\s(?:conducted\s)?by\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,4})?)\b(?!\s(?:station|tax))"
)
ELECTION = re.compile(r"\b(?:elections?|primar(?:y|ies)|caucus(?:es)?|ballots?|runoff)\b")
"""Where votes may be other than answers."""
ASKED = re.compile(r"\basked\b[^.?!]{0,80}[.?!]\s*$")
"""“They were asked to pick the loser.” What follows means little without it."""
RESULTS = frozenset({"results", "the results", "findings", "the findings"})
SURVEY_CHARS = 420
HARMED = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:killed|injured|wounded|hurt|hospitali[sz]ed|rescued"
    r"|trapped|evacuated|shelled|bombed|shot|stabbed|derailed)|(?:died|drowned|crashed|exploded"
    r"|collapsed|derailed|burned|burnt|capsized)\b)"
)
"""Accidents, shelling and casualties: a reader asks where."""
DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)
NAMED = re.compile(r"(?<=[\w,;:)\]] )[A-Z][\w’'-]*|\b(?:here|there|country|nationwide|abroad)\b")
PLACED = re.compile(
    r"\b(?:in|near|at|outside|off|around|to|from)\s(?:[a-z]+\s){0,3}([A-Z][\w’'-]+)"
)
NEAR_CHARS = 2000
COUNTED = re.compile(
    r"(?:At\s(?:least|most)\s|(?:More|Fewer)\sthan\s|About\s|Some\s)?[\w-]+\s[a-z]"
)


def extend_name(text: str, name: CharSpan) -> CharSpan:
    """Return where a company's name stands with the word behind it that is a part of it."""
    found = SUFFIX.match(text, name.end)
    return CharSpan(name.start, found.end()) if found is not None else name


def name_owner(claim: FoundClaim, name: str) -> FoundClaim:
    """Return a claim with the document's company before a measure that nobody is told to own."""
    words = ASIDE.sub("", claim.words)
    claim = replace(claim, words=words)
    found = MEASURE.match(claim.words)
    if found is None:
        return claim
    opening, start = found["opening"] or "", found.start("measure")
    first = claim.words[start]
    low = first if claim.words[start + 1].isupper() else first.lower()
    return replace(claim, words=f"{opening}[{name}]'s {low}{claim.words[start + 1 :]}")


def name_survey(claim: FoundClaim, text: str) -> FoundClaim:
    """Return a claim of votes or answers with the survey named just before, if it names none."""
    asked = ANSWERS.search(claim.words) or OUTCOME.match(claim.words)
    if asked is None or SURVEY.search(claim.words) or claim.needs_words:
        return claim
    links = claim.attribution
    if any(SURVEYS.search(link.resolved or link.source or "") for link in links):
        return claim
    before = text[max(0, claim.quote_start - SURVEY_CHARS) : claim.quote_start]
    told = {found["name"].lower(): found["name"] for found in SURVEY.finditer(before)}
    if (
        len(told) != 1
        or len(set(SURVEYS.findall(before))) > 1
        or (VOTES.search(claim.words) and ELECTION.search(before + claim.words))
    ):
        return claim
    [name] = told.values()
    named = tuple(
        replace(link, resolved=f"{link.source.lower()} of the {name}")
        if link.source is not None and link.source.lower() in RESULTS
        else link
        for link in links
    )
    outcome = OUTCOME.match(claim.words)
    words = (
        f"{outcome[0]} [of the {name}]{claim.words[outcome.end() :]}"
        if outcome is not None
        else f"{claim.words} [in the {name}]"
    )
    return replace(
        claim,
        words=words,
        attribution=named,
        needs_words=ASKED.search(before) is not None,
    )


def find_periods(text: str) -> list[tuple[int, str]]:
    """Return the reporting periods that a document names, with where each ends."""
    return [
        (found.end(), found["period"].strip())
        for found in PERIOD.finditer(text)
        if BESIDE.search(text, max(0, found.start() - COMPARED_CHARS), found.start()) is None
    ]


def name_loose_period(claim: FoundClaim, periods: Sequence[tuple[int, str]]) -> FoundClaim:
    """Return a claim “for the quarter” with the only quarter that its document reports on."""
    found = LOOSE_PERIOD.search(claim.words)
    if found is None or MUCH.search(claim.words) is None:
        return claim
    end = claim.quote_start + len(claim.quote)
    before = periods[: bisect_right(periods, end, key=lambda period: period[0])]
    told = {period.strip(" ,") for _, period in before if found["unit"] in period}
    longest = max(told, key=len, default="")
    if not longest or any(not longest.startswith(period) for period in told):
        return claim
    start, end = found.span()
    words = f"{claim.words[:start]}{found['of']} [{longest}]{claim.words[end:]}"
    return replace(claim, words=words)


def name_period(claim: FoundClaim, name: str, periods: Sequence[tuple[int, str]]) -> FoundClaim:
    """Return a claim of the company's measure with the period named last before it, if it has none.

    `periods` are in the order of the text.
    """
    measured = MEASURE.match(claim.words.replace(f"[{name}]'s ", "").capitalize())
    if measured is None or claim.dates or MUCH.search(claim.words) is None:
        return claim
    if claim.hedge is Hedge.PREDICTED or TIMED.search(claim.words):
        return claim
    before = bisect_right(periods, claim.quote_start, key=lambda period: period[0])
    if not before:
        return claim
    first, period = periods[0][1], periods[before - 1][1]
    if not (first.startswith(period) or period.startswith(first)):
        return claim  # the figures of another period stand between
    return replace(claim, words=f"{claim.words} [in {period}]")


def name_place(claim: FoundClaim, place: str, text: str) -> FoundClaim:
    """Return a claim of casualties with the dateline's place, if nothing near it has another."""
    if HARMED.search(claim.words) is None or claim.attribution[1:] or claim.needs_words:
        return claim
    names = (NAMED.search(DAYS.sub("", words)) for words in (claim.words, claim.quote))
    before = DAYS.sub("", text[max(0, claim.quote_start - NEAR_CHARS) : claim.quote_start])
    others = {name.lower() for name in PLACED.findall(before)} - set(place.lower().split())
    if others or any(names) or COUNTED.match(claim.words) is None or "[" in claim.words:
        return claim
    return replace(claim, words=f"{claim.words} [in {write_name(place)}]")
