"""How likely a claim, as it is worded, can be read without its document.

A reader who is shown “Police searched three flats” asks where and when, and can't check it. Of
537 cards that outsiders judged with the rubric, four signs told best which of them read alone: in
nine documents out of ten, to foretell the tenth, they put the better one of two cards of one
document first in 72 of 100 pairs (logistic regression).
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from workflows.claims import FoundClaim
from workflows.extraction.check_worthiness.model import CheckWorthiness
from workflows.extraction.claims.worth import add_to
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.verb_forms import PRESENT, TOLD_PAST

UNDATED = -1.0
NAMELESS = -0.8
NAMED_SUBJECT = 0.4
COMPARED = -0.5
"""What each sign adds to the logit: the coefficients of the regression, rounded."""
PUT_IN_FRONT = re.compile(r"^\[[^\[\]]*,\]\s*")
"""“[In Olden on 3 May 2024,]”."""
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """
)
TITLES = word_set("mr mrs ms dr i the a an")
COMPARING = word_set("also another other others same such too still again instead both")


def weigh_standalone(claims: Iterable[FoundClaim]) -> list[FoundClaim]:
    """Return the claims, those worth less that a reader can't place."""
    return [_weigh(claim) for claim in claims]


def _weigh(claim: FoundClaim) -> FoundClaim:
    own = PUT_IN_FRONT.sub("", claim.words)
    words = WORD.findall(own)
    named = [_is_name(word) for word in words]
    lower = {word.lower() for word in words}
    undated = not claim.dates and not YEAR.search(claim.words) and _tells_of_past(lower)
    added = {
        "undated": UNDATED * undated,
        "nameless": NAMELESS * (not own.startswith("[") and not any(named[1:])),
        "named_subject": NAMED_SUBJECT * _begins_with_name(own, words, named),
        "compared": COMPARED * (not lower.isdisjoint(COMPARING)),
    }
    worth = add_to(CheckWorthiness(claim.check_worthiness, claim.worth_reasons), added)
    return replace(claim, check_worthiness=worth.score, worth_reasons=worth.reasons)


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in CALENDAR | TITLES


def _tells_of_past(lower: set[str]) -> bool:
    past = any(word in TOLD_PAST or word.endswith("ed") for word in lower)
    return past and lower.isdisjoint(PRESENT)


def _begins_with_name(own: str, words: list[str], named: list[bool]) -> bool:
    """Return True for “Ann Lee said” and “[Norlink] said”, not for “Police said”."""
    first = 1 if words and words[0] in {"The", "A", "An"} else 0
    put_in = own.startswith("[")
    return all(named[first : first + (1 if put_in else 2)]) and len(named) > first + 1
