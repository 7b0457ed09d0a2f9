"""Words by which headlines tell news without a verb in a tense: “14 killed”, “two missing”."""

import re

from workflows.extraction.text.lexicon import word_set

DONE = word_set(
    """
    abducted adopted appointed approved arrested attacked awarded banned barred beaten blocked
    bombed breached burned burnt cancelled canceled captured charged cleared closed contained
    convicted cut damaged declared delayed deployed derailed destroyed detained dismissed
    displaced diverted downed elected evacuated executed extended extinguished extradited fined
    fired flooded found freed grounded hacked hijacked hospitalised hospitalized hurt
    identified imposed indicted infected injured intercepted jailed kidnapped killed launched
    leaked lifted looted named nominated ordered overturned pardoned postponed quarantined
    raided recovered re-elected reelected released reopened rescued restored saved seized
    sentenced shelled shot shut signed stabbed stolen stranded suspended sworn taken targeted
    trapped treated unveiled upheld vandalised wounded
    """
)
"""Participles of what is done to somebody or something."""
BY = word_set("hit struck moved halted stopped lost sold")
"""Participles only before who did it: by itself a verb of the kind stands in its past."""
KNOWN = word_set("confirmed reported feared believed presumed")
"""Participles only before what somebody is: “two feared dead”."""
BEING = word_set("dead missing homeless alive unaccounted ill offline stranded")
HELPERS = word_set("is are was were be been being am has have had do does did will would")

WORD = re.compile(r"[\w’'-]+")
NEWS = re.compile(
    r"\b(?P<state>[a-z-]+)(?:\s(?:in|at|on|by|after|near|off|during|as|over|for|from|to|under|around"
    r"|before|with|dead|tonight|today)\b|,|$)"
)


def is_verbless(text: str) -> bool:
    """Return True if words tell by a participle alone what was done: no other verb helps it."""
    if HELPERS & {word.lower() for word in WORD.findall(text)}:
        return False
    return any(match["state"] in DONE | BEING | KNOWN for match in NEWS.finditer(text))
