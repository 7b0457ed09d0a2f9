"""Counter-voices: claims that cast doubt on another claim of the same text, linked to it.

“The figure of 10,000 may be exaggerated” speaks against whoever gave that figure; “the mayor denied
it” against what was said just before. Where it is not certain which claim is meant, none is linked.
A denial that only points back is told with the words of what it denies where those are certain.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim
from workflows.extraction import denials

DOUBTED = re.compile(
    r"""\b(?:exaggerat\w+|inflated|overstated|understated|overblown|inaccurate|incorrect|wrong|untrue
    |too\s(?:high|low|large|small|many|few)|false|unfounded|baseless|implausible|doubtful
    |questionable|unlikely)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SAID = r"""(?:figure|number|estimate|count|toll|total|claim|report|allegation|accusation|account
    |assertion)s?"""
_GOES_ON = r"(?:on|in|at|to|and|but|as|by|when|while|for|again|yesterday|today|later)"
"""What may follow a pronoun that stands alone: “denied it on Monday”, not “rejected this plan”."""
ABOUT_A_SAYING = re.compile(rf"\b{_SAID}\b", re.IGNORECASE | re.VERBOSE)
TURNED_DOWN = re.compile(
    rf"""\b(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:e|es|ed)
    |doubt(?:s|ed)?|question(?:s|ed)?|contradict(?:s|ed)?)\s
    (?:(?:it|this|that|them)(?=$|[,.;]|\s{_GOES_ON}\b)
    |(?:the|these|those|this|that|such)\s{_SAID}\b(?!\s(?:of|that|about)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
NEGATED = re.compile(r"(?:\b(?:not|never|nor|cannot)|n['’]t)\s(?:\w+ly\s)?$", re.IGNORECASE)
"""What stands before a verb by which nothing is turned down: “did not deny it”."""
NEAR = 600
"""Characters back within which "it" may stand for a claim."""


def linked(found: Sequence[FoundClaim]) -> tuple[FoundClaim, ...]:
    """The claims, each doubt with the place of the claim that it doubts."""
    doubts = ((place, _doubted(place, found)) for place in range(len(found)))
    targets = {place: other for place, other in doubts if other is not None}
    if not targets:
        return tuple(found)
    return tuple(
        replace(claim, counters=targets[place], words=denials.whole(place, targets[place], found))
        if place in targets
        else claim
        for place, claim in enumerate(found)
    )


def _doubted(place: int, found: Sequence[FoundClaim]) -> int | None:
    claim = found[place]
    if DOUBTED.search(claim.words) and ABOUT_A_SAYING.search(claim.words):
        return _of_figure(place, found)
    turned_down = TURNED_DOWN.search(claim.words)
    if turned_down and not NEGATED.search(claim.words[: turned_down.start()]):
        return _just_said(place, found)
    return None


def _of_figure(place: int, found: Sequence[FoundClaim]) -> int | None:
    """The claim that gives the doubted figure: the nearest before, else the first after."""
    values = {figure.value for figure in found[place].figures}
    if not values:
        return None
    around = [*range(place - 1, -1, -1), *range(place + 1, len(found))]
    same = (i for i in around if values & {figure.value for figure in found[i].figures})
    return next((i for i in same if not DOUBTED.search(found[i].words)), None)


def _just_said(place: int, found: Sequence[FoundClaim]) -> int | None:
    """The claim just before, where it stands near and another makes it."""
    claim = found[place]
    for i in range(place - 1, -1, -1):
        before = found[i]
        if claim.start - before.end > NEAR:
            return None
        if before.end <= claim.start and not before.nested and not TURNED_DOWN.search(before.words):
            return i
    return None
