"""Where an event was, and of where “police” are, by the one place that a document tells of."""

import re
from collections import Counter
from dataclasses import replace

from workflows.claims import FoundClaim, Reference
from workflows.extraction.references.kinds import STATES
from workflows.extraction.references.reading import NamedPlace, Whereabouts
from workflows.extraction.setting.put_in import open_with, put_in
from workflows.extraction.text.lexicon import word_set

HAPPENED = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:killed|injured|wounded|hurt|hospitali[sz]ed|rescued"
    r"|trapped|evacuated|shelled|bombed|shot|stabbed|derailed|arrested|detained|charged|robbed|raided"
    r"|attacked|beaten|burned|burnt|destroyed|damaged|flooded|demolished|closed|found\sdead|struck)"
    r"|(?:died|drowned|lost\s(?:their\slives|(?:his|her)\slife)|crashed|exploded|collapsed|collided|derailed|burned|burnt|capsized|overturned"
    r"|erupted|gathered|marched|protested|rallied|clashed|broke\sout)\b)"
)
"""What happens once and somewhere: a reader asks where."""
BODIES = re.compile(
    r"\b(?:city|town|county|borough)\s(?:councill?ors|council\smembers)\b|"
    r"\b(?:[Bb]oard|[Cc]ouncil|[Cc]ommission|[Cc]ommittee)\smembers\b|\bMPs\b|\b[Oo]pposition\s(?:MPs|lawmakers)"
    r"|\b(?:government|ruling)\sMPs|\bParliament\b|"
    r"^(?:Police|Officers|Deputies|Firefighters|Detectives)\b(?!\s(?:in|from|of)\b)|"
    r"\b(?:[Tt]he|A)\s[Bb]oard\sof\s(?:education|trustees|selectmen|supervisors|aldermen|commissioners)\b|"
    r"^(?:The|A)\s(?:[A-Z][a-z]+\s)?(?:school\s)?levy\b|^(?:If|Some|Most|Many)?\s?[Rr]esidents\b|"
    r"^(?:Council|Councill?ors|Selectmen|Aldermen)\b(?!\s(?:in|from|of|[A-Z]))|"
    r"\b(?:[Tt]he|[Aa](?:\s(?:split|divided))?)\s"
    r"(?:(?:(?i:city|county|town|village|parish|borough|school|district|planning|zoning|local|fire|police)\s)"
    r"(?i:council|board|commission|committee|government|hall|department|chief|officials|employees|court)"
    r"|(?i:council|city|town|village|school\sdistrict|fire\sdepartment|sheriff|mayor))\b"
)
"""What every town has: a reader asks of which."""
STREETS = (
    r"(?:[A-Z][\w’'.-]*\s){1,3}(?:Street|Avenue|Road|Drive|Lane|Boulevard|St\.|Ave\.|Rd\.|Blvd\.)"
)
STREET = re.compile(
    r"\b(?:on|of|at|near|along|to|from|off)\s(?!Wall\s|Downing\s|Fleet\s|Madison\s|Main\s)"
    rf"{STREETS}(?:\s(?:and|near|at)\s{STREETS})*(?!\w|,?\s(?:in|near|of)\s[A-Z]|,\s[A-Z])"
)
"""A street, of which many towns have one of that name, with no town behind it."""
STATEWIDE = re.compile(
    r"\b(?:governor[’']s|gubernatorial)\s(?:race|election|primary|contest|campaign|runoff|debate|office)\b"
    r"|\b(?:race|primary|election|nominee|nomination|candidates?|run|bid|campaign)\s(?:for|to\sbe)\sgovernor\b"
    r"|\bstate\s(?:lawmakers|legislators|officials|police|troopers|Senate|House|Supreme\sCourt|Legislature)\b"
    r"|\b[Tt]he\s(?:Legislature|General\sAssembly)\b"
)
"""What every state has: a reader asks of which."""
BEHIND = re.compile(
    r"(?:[’']s?)?\s(?:in|of)\s|[’']|\s(?:manager|staff|seat|debate|results|polls?|runoff|primary|race"
    r"|candidates?|leaders|members|committee|floor|chamber|district|building|campaign|election)\b"
)
"""What behind such words tells of which state they are, or goes on with them."""
STATE_NAMES = "|".join(
    sorted((name.title() for name in STATES - {"washington"}), key=len, reverse=True)
)
ANY_STATE = re.compile(rf"\b(?:{STATE_NAMES})\b")
STATE = re.compile(
    rf"(?<!of\s)(?<!from\s)\b(?:{STATE_NAMES})\b(?!\s(?:State|University|Times|Post|Avenue|Street"
    r"|Sens?\b|Govs?\b|Reps?\b|[Ss]enat|[Gg]overnor|[Cc]ongress|Republican|Democrat)|,?\s[A-Z]\w+\s(?:Sen|Gov|Rep)\b)"
)
"""A state, and not where somebody is from: “Ohio Sen. Ann Lee”."""
OPENING_CHARS = 400
"""At the start of a text, in which it names the state that it is about."""
FEWEST = 2
MOSTLY = 3
"""How often, and how many times as often as any other, a text names its state."""
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
PUT_IN = re.compile(r"\[[^\[\]]*\]")
NEAR_CHARS = 400
"""Before a claim within which another place may be meant."""


WIDE = re.compile(
    r"\b(?:districts|schools|cities|counties|states|towns|villages|stores|branches|offices|hospitals"
    r"|airports|companies|nations|countries|provinces|regions)\b"
)
"""What is in more than one town."""
PREMISES = word_set(
    """
    city town civic parliament state main central route interstate highway court congress house
    senate facebook twitter english i
    """
)
"""What begins the names of houses and of no towns: “outside City Hall”."""
NAMED = re.compile(r"(?<=[\w,;:)\]] )[A-Z][\w’'-]*")
NAME = re.compile(r"\b(?:in|near|outside)\s(?:[a-z]+\s){0,3}([A-Z][a-z][\w’'-]+)")
TIMELY = r"\s(?:(?:early|late|on|in|during|over)\s)*"
TIMES_OF_DAY = r"\s(?:morning|afternoon|evening|night)"


def find_state(text: str, region: str | None = None) -> str | None:
    """Return the state that a text is about: it begins with it, and hardly names any other.

    `region` is the only one that its first sentences name.
    """
    counts = Counter(STATE.findall(text))
    first = STATE.search(text, 0, OPENING_CHARS)
    state = region or (first[0] if first is not None else None)
    others = max((counts[name] for name in counts if name != state), default=0)
    fewest = 0 if region is not None else FEWEST
    return state if state and counts[state] >= max(fewest, MOSTLY * others) else None


def name_state(claim: FoundClaim, state: str | None) -> FoundClaim:
    """Return a claim of a governor's race, or of state police, with the state that it is of."""
    found = STATEWIDE.search(claim.words)
    if state is None or found is None or claim.needs_words or ANY_STATE.search(claim.words):
        return claim
    behind = claim.words[found.end() :]
    if BEHIND.match(behind):
        return claim
    told = Reference("", claim.start, claim.start, claim.start, claim.start, f"in {state}")
    return put_in(claim, found.end(), f" [in {state}]", told)


def name_place(
    claim: FoundClaim, whereabouts: Whereabouts, text: str, *, here: bool = False
) -> FoundClaim:
    """Return a claim of an event, or of a town's body, with the town that its text tells of.

    Not where it names a place itself, or another one is told of just before. `here` is True for
    what a report tells of its own day.
    """
    claim = _name_town(_name_council(claim, whereabouts.locale), whereabouts, text)
    locale, words = whereabouts.locale, DAYS.sub("", claim.words)
    if locale is None or _is_placed(claim, whereabouts, locale, text):
        return claim
    place, at = f"{locale.preposition} {locale.words}", (locale.start, locale.end)
    if HAPPENED.search(words) and not (
        NAMED.search(words) or PLACED.search(DAYS.sub("", claim.quote))
    ):
        reference = Reference("", claim.start, claim.start, *at, place)
        return put_in(claim, find_end(claim), f" [{place}]", reference)
    if BODIES.search(PUT_IN.sub("", words)) or (
        here and not (NAMED.search(words) or WIDE.search(words))
    ):
        return open_with(claim, f"{place[0].upper()}{place[1:]},", text, at) or claim
    return claim


def _name_town(claim: FoundClaim, whereabouts: Whereabouts, text: str) -> FoundClaim:
    """Return a claim of a street with the town that it is in."""
    found, locale = STREET.search(claim.words), whereabouts.locale
    if locale is None or found is None or claim.needs_words:
        return claim
    beside = STREET.sub("", DAYS.sub("", claim.words))
    named = locale.words.split(",")[0] in claim.words
    if named or PLACED.search(beside) or _is_elsewhere(claim, whereabouts, locale, text):
        return claim
    reference = Reference(
        "", claim.start, claim.start, locale.start, locale.end, f"in {locale.words}"
    )
    return put_in(claim, found.end(), f" [in {locale.words}]", reference)


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
    put = "".join(PUT_IN.findall(words))
    if PLACED.search(words) or put != put.lower():
        return True
    return _is_elsewhere(claim, whereabouts, locale, text)


def _is_elsewhere(
    claim: FoundClaim, whereabouts: Whereabouts, locale: NamedPlace, text: str
) -> bool:
    """Return True if a claim names its town, or another one is named in it or just before."""
    start, end = claim.quote_start - NEAR_CHARS, claim.quote_start + len(claim.quote)
    before = DAYS.sub("", text[max(0, start) : claim.quote_start])
    told = {name.lower() for name in NAME.findall(before)}
    if told - PREMISES - set(locale.words.lower().replace(",", "").split()):
        return True
    name = locale.words.split(",")[0]
    near = (p for p in whereabouts.places if start <= p.start < end and p.inside)
    return name in claim.words or any(p.words.split(",")[0] != name for p in near)


def find_end(claim: FoundClaim) -> int:
    """Return where a claim's words end, before the time that may stand last: “on Monday”."""
    for mention in claim.dates:
        last = re.search(rf"{TIMELY}{re.escape(mention.text)}(?:{TIMES_OF_DAY})?$", claim.words)
        if last is not None:
            return last.start()
    return len(claim.words)
