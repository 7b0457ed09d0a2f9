"""Whose a bare measure is, and where an accident was, by what all of a document tells of.

What is put in stands in square brackets, and only where a document has one company or dateline.
"""

import re
from dataclasses import replace

from workflows.claims import FoundClaim
from workflows.extraction.text.turns import write_name

MEASURE = re.compile(
    r"(?P<opening>(?:For|In|During)\s[^,\[\]]{3,60},\s)?(?P<measure>(?i:(?:(?:total|net|gross|operating"
    r"|comparable|comparable[\s-]store|same[\s-]store|like-for-like|diluted|quarterly|annual|pre-tax"
    r"|pretax|adjusted|organic|consolidated)\s){0,3}"
    r"(?:sales|revenues?|income|earnings|profits?|EBITDA|cash\sflow|turnover|capital\sexpenditures?))"
    r"(?:\sper\s(?:diluted\s)?share|\sfor\sthe\s[^,.\[\]]{3,40}?)?)\s"
    r"(?=(?:was|were|is|are|rose|fell|grew|increased|decreased|declined|climbed|dropped|totall?ed"
    r"|reached|doubled|tripled|jumped|slid|improved|amounted|came|has|have)\b)"
)
"""“Sales rose 9% …”, “For the year, net income was …”: nobody is told whose."""
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
NEAR_CHARS = 300
COUNTED = re.compile(
    r"(?:At\s(?:least|most)\s|(?:More|Fewer)\sthan\s|About\s|Some\s)?[\w-]+\s[a-z]"
)


def name_owner(claim: FoundClaim, name: str) -> FoundClaim:
    """Return a claim with the document's company before a measure that nobody is told to own."""
    found = MEASURE.match(claim.words)
    if found is None:
        return claim
    opening, start = found["opening"] or "", found.start("measure")
    first = claim.words[start]
    low = first if claim.words[start + 1].isupper() else first.lower()
    return replace(claim, words=f"{opening}[{name}]'s {low}{claim.words[start + 1 :]}")


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
