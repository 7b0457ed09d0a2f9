"""Where an event was, and of where “police” are, by the one place that a document tells of."""

import re
from dataclasses import replace

from workflows.claims import FoundClaim, Reference
from workflows.extraction.references.reading import NamedPlace, Whereabouts
from workflows.extraction.setting.put_in import open_with, put_in

HAPPENED = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:killed|injured|wounded|hurt|hospitali[sz]ed|rescued"
    r"|trapped|evacuated|shelled|bombed|shot|stabbed|derailed|arrested|detained|charged|robbed|raided"
    r"|attacked|beaten|burned|burnt|destroyed|damaged|flooded|demolished|closed|found\sdead|struck)"
    r"|(?:died|drowned|lost\s(?:their\slives|(?:his|her)\slife)|crashed|exploded|collapsed|collided|derailed|burned|burnt|capsized|overturned"
    r"|erupted|gathered|marched|protested|rallied|clashed|broke\sout)\b)"
)
"""What happens once and somewhere: a reader asks where."""
BODIES = re.compile(
    r"\b(?:[Bb]oard|[Cc]ouncil|[Cc]ommission|[Cc]ommittee)\smembers\b|\bMPs\b|\b[Oo]pposition\s(?:MPs|lawmakers)"
    r"|\b(?:government|ruling)\sMPs|\bParliament\b|"
    r"^(?:Police|Officers|Deputies|Firefighters|Detectives)\b(?!\s(?:in|from|of)\b)|"
    r"\b(?:[Tt]he|[Aa](?:\s(?:split|divided))?)\s"
    r"(?:(?:(?i:city|county|town|village|parish|borough|school|district|planning|zoning|local|fire|police)\s)"
    r"(?i:council|board|commission|committee|government|hall|department|chief|officials|employees|court)"
    r"|(?i:council|city|town|village|school\sdistrict|fire\sdepartment|sheriff|mayor))\b"
)
"""What every town has: a reader asks of which."""
COUNCIL = re.compile(
    r"\[(?P<the>[Tt]he)\s(?P<body>(?:City|Town|Village|County|School)\s(?:Council|Board|Commission))\]"
)
PLACED = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|of|[Oo]utside|[Oo]ff|[Aa]round|to|[Ff]rom|[Aa]cross|[Oo]ver)\s(?:[a-z]+\s){0,3}[A-Z][\w’'-]+"
    r"|\b(?:here|there|country|nationwide|statewide|abroad|overseas|elsewhere|cities|towns)\b"
)
DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)
NEAR_CHARS = 400
"""Before a claim within which another place may be meant."""


NAMED = re.compile(r"(?<=[\w,;:)\]] )[A-Z][\w’'-]*")
NAME = re.compile(r"\b(?:in|near|outside)\s(?:[a-z]+\s){0,3}([A-Z][a-z][\w’'-]+)")
TIMELY = r"\s(?:(?:early|late|on|in|during|over)\s)*"
TIMES_OF_DAY = r"\s(?:morning|afternoon|evening|night)"


def name_place(claim: FoundClaim, whereabouts: Whereabouts, text: str) -> FoundClaim:
    """Return a claim of an event, or of a town's body, with the town that its text tells of.

    Not where it names a place itself, or another one is told of just before.
    """
    claim = _name_council(claim, whereabouts.locale)
    locale, words = whereabouts.locale, DAYS.sub("", claim.words)
    if locale is None or _is_placed(claim, whereabouts, locale, text):
        return claim
    place, at = f"{locale.preposition} {locale.words}", (locale.start, locale.end)
    if HAPPENED.search(words) and not (
        NAMED.search(words) or PLACED.search(DAYS.sub("", claim.quote))
    ):
        reference = Reference("", claim.start, claim.start, *at, place)
        return put_in(claim, find_end(claim), f" [{place}]", reference)
    if BODIES.search(words):
        return open_with(claim, f"{place[0].upper()}{place[1:]},", text, at) or claim
    return claim


def _name_council(claim: FoundClaim, locale: NamedPlace | None) -> FoundClaim:
    """Return a claim of “[the City Council]” with whose it is, which was put in without."""
    found = COUNCIL.search(claim.words)
    if locale is None or found is None:
        return claim
    town = locale.words.split(",")[0].removesuffix(" City").removesuffix(" County")
    told = f"{found['the']} {town} {found['body']}"
    words = f"{claim.words[: found.start()]}[{told}]{claim.words[found.end() :]}"
    references = tuple(
        replace(each, stands_for=told) if each.stands_for == found[0][1:-1] else each
        for each in claim.references
    )
    return replace(claim, words=words, references=references)


def _is_placed(claim: FoundClaim, whereabouts: Whereabouts, locale: NamedPlace, text: str) -> bool:
    """Return True unless a claim is of the town that its text tells of, and doesn't say so."""
    words = DAYS.sub("", claim.words)
    if claim.attribution[1:] or claim.needs_words or locale.end > claim.start:
        return True
    if "[" in words or PLACED.search(words):
        return True
    start, end = claim.quote_start - NEAR_CHARS, claim.quote_start + len(claim.quote)
    before = DAYS.sub("", text[max(0, start) : claim.quote_start])
    told = {name.lower() for name in NAME.findall(before)}
    if told - set(locale.words.lower().replace(",", "").split()):
        return True
    name = locale.words.split(",")[0]
    near = (p for p in whereabouts.places if start <= p.start < end and p.inside)
    return name in words or any(p.words.split(",")[0] != name for p in near)


def find_end(claim: FoundClaim) -> int:
    """Return where a claim's words end, before the time that may stand last: “on Monday”."""
    for mention in claim.dates:
        last = re.search(rf"{TIMELY}{re.escape(mention.text)}(?:{TIMES_OF_DAY})?$", claim.words)
        if last is not None:
            return last.start()
    return len(claim.words)
