"""Where an event was, and of where “police” are, by the one place that a document tells of."""

import re

from workflows.claims import FoundClaim
from workflows.extraction.setting.put_in import put_in
from workflows.extraction.text.turns import write_name

HAPPENED = re.compile(
    r"\b(?:(?:was|were|been|being)\s(?:\w+ly\s)?(?:killed|injured|wounded|hurt|hospitali[sz]ed|rescued"
    r"|trapped|evacuated|shelled|bombed|shot|stabbed|derailed|arrested|detained|charged|robbed|raided"
    r"|attacked|beaten|burned|burnt|destroyed|damaged|flooded|demolished|closed|found\sdead|struck)"
    r"|(?:died|drowned|crashed|exploded|collapsed|collided|derailed|burned|burnt|capsized|overturned"
    r"|erupted|gathered|marched|protested|rallied|clashed|broke\sout)\b)"
)
"""What happens once and somewhere: a reader asks where."""
DAYS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)
TIMELY = r"\s(?:(?:early|late|on|in|during|over)\s)*"
TIMES_OF_DAY = r"\s(?:morning|afternoon|evening|night)"
NAMED = re.compile(r"(?<=[\w,;:)\]] )[A-Z][\w’'-]*|\b(?:here|there|country|nationwide|abroad)\b")
PLACED = re.compile(
    r"\b(?:in|near|at|outside|off|around|to|from)\s(?:[a-z]+\s){0,3}([A-Z][\w’'-]+)"
)
NEAR_CHARS = 2000
COUNTED = re.compile(
    r"(?:At\s(?:least|most)\s|(?:More|Fewer)\sthan\s|About\s|Some\s)?[\w-]+\s[a-z]"
)


def name_place(claim: FoundClaim, place: str, text: str) -> FoundClaim:
    """Return a claim of an event with the dateline's place, if nothing near it has another."""
    if HAPPENED.search(claim.words) is None or claim.attribution[1:] or claim.needs_words:
        return claim
    names = (NAMED.search(DAYS.sub("", words)) for words in (claim.words, claim.quote))
    before = DAYS.sub("", text[max(0, claim.quote_start - NEAR_CHARS) : claim.quote_start])
    others = {name.lower() for name in PLACED.findall(before)} - set(place.lower().split())
    if others or any(names) or COUNTED.match(claim.words) is None or "[" in claim.words:
        return claim
    return put_in(claim, _find_end(claim), f" [in {write_name(place)}]")


def _find_end(claim: FoundClaim) -> int:
    """Return where a claim's words end, before the time that may stand last: “on Monday”."""
    for mention in claim.dates:
        last = re.search(rf"{TIMELY}{re.escape(mention.text)}(?:{TIMES_OF_DAY})?$", claim.words)
        if last is not None:
            return last.start()
    return len(claim.words)
