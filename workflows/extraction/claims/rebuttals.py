"""Counter-voices: claims that cast doubt on another claim of the same text, linked to it.

“The figure of 10,000 may be exaggerated” speaks against whoever gave that figure; “the mayor denied
it” against what was said just before. Where it is not certain which claim is meant, none is linked.
A denial that only points back is told with the words of what it denies where those are certain.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim, Hedge
from workflows.extraction.references.replace import finish_references
from workflows.extraction.text.lexicon import word_set

BARE = re.compile(r"(?P<start>.*\b(?:den(?:y|ies|ied)|disput(?:es|ed)|doubt(?:s|ed)))\s(?:it|this)")
"""A verb that a "that" may follow, with the pronoun in its place."""
NAMED = re.compile(
    r"""(?P<start>.*\b(?:den(?:y|ies|ied)|disput(?:es|ed)|reject(?:s|ed)|dismiss(?:es|ed)
    |refut(?:es|ed)|contradict(?:s|ed)|question(?:s|ed))
    \s(?:the|this|that)\s(?P<noun>claim|report|allegation|accusation|assertion))""",
    re.VERBOSE,
)
CHARGES = frozenset({"allegation", "accusation"})
WORD = re.compile(r"\w+")
PERSONAL = word_set(
    "i we you he she they me us him her them my our your his their mine ours yours hers theirs"
)
"""Words that would stand for somebody else once another is the subject."""
COMMON = word_set("a an the this these that those no some many several both all more most its")
"""What begins a sentence with a capital, and is no name."""
GAP = 2
"""Characters between two sentences that follow each other."""


def complete_denial(place: int, denied: int, found: Sequence[FoundClaim]) -> str:
    """The words of a denial, with those of the claim it denies if they certainly belong there."""
    claim, target = found[place], found[denied]
    bare, named = BARE.fullmatch(claim.words), NAMED.fullmatch(claim.words)
    denial = bare or named
    what = _continue_words(target)
    if denial is None or what is None or not _is_certain(place, denied, found):
        return claim.words
    if named is not None and named["noun"] in CHARGES and target.hedge is not Hedge.ALLEGED:
        return claim.words
    return f"{denial['start']} that {what}"


def _is_certain(place: int, denied: int, found: Sequence[FoundClaim]) -> bool:
    """Return True if the denied claim is the only one that was told right before."""
    claim, target = found[place], found[denied]
    end = target.quote_start + len(target.quote)
    near = target.quote == claim.quote or 0 <= claim.quote_start - end <= GAP
    beside = (i for i, other in enumerate(found) if other.quote_start == target.quote_start)
    return near and set(beside) <= {place, denied}


def _continue_words(target: FoundClaim) -> str | None:
    """Return the words of a claim as they go on after "that"; None where they cannot."""
    if not target.attribution or target.hedge in {Hedge.DENIED, Hedge.UNCONFIRMED}:
        return None
    words = WORD.findall(target.words)
    said = {word.lower() for word in words}
    cue = target.attribution[-1].cue
    if not words or said & PERSONAL or (cue is not None and cue.lower() in said):
        return None
    first = words[0]
    if target.words.startswith("["):
        return _begin_lower(target)
    if first.lower() in COMMON or re.search(rf"\b{re.escape(first.lower())}\b", target.quote):
        return target.words[:1].lower() + target.words[1:]
    inside = re.search(rf"\w,?\s{re.escape(first)}\b", target.quote)
    return target.words if inside is not None else None


def _begin_lower(target: FoundClaim) -> str:
    """Return words that begin with a bracket as they go on after "that"."""
    put = next((r for r in target.references if target.words.startswith(f"[{r.stands_for}]")), None)
    if put is None or put.stands_for.split()[0].lower() not in COMMON:
        return target.words
    return f"[{target.words[1].lower()}{target.words[2:]}"


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


def link_rebuttals(found: Sequence[FoundClaim]) -> tuple[FoundClaim, ...]:
    """Return the claims, each doubt with the place of the claim that it doubts."""
    doubts = ((place, _find_doubted(place, found)) for place in range(len(found)))
    targets = {place: other for place, other in doubts if other is not None}
    if not targets:
        return tuple(found)
    return tuple(
        _link(claim, place, targets[place], found) if place in targets else claim
        for place, claim in enumerate(found)
    )


def _link(claim: FoundClaim, place: int, denied: int, found: Sequence[FoundClaim]) -> FoundClaim:
    """Return a doubt with the place of what it doubts, and with its words where they belong."""
    words = complete_denial(place, denied, found)
    if words == claim.words:
        return replace(claim, counters=denied)
    references = (*claim.references, *found[denied].references)
    return replace(
        claim,
        counters=denied,
        words=words,
        references=finish_references(words, references),
        needs_words=found[denied].needs_words,
    )


def _find_doubted(place: int, found: Sequence[FoundClaim]) -> int | None:
    claim = found[place]
    if ABOUT_A_SAYING.search(claim.words) and DOUBTED.search(claim.words):
        return _find_by_figure(place, found)
    turned_down = TURNED_DOWN.search(claim.words)
    if turned_down and not NEGATED.search(claim.words[: turned_down.start()]):
        return _find_just_said(place, found)
    return None


def _find_by_figure(place: int, found: Sequence[FoundClaim]) -> int | None:
    """Return the claim that gives the doubted figure: the nearest before, else the first after."""
    values = {figure.value for figure in found[place].figures}
    if not values:
        return None
    around = [*range(place - 1, -1, -1), *range(place + 1, len(found))]
    same = (i for i in around if values & {figure.value for figure in found[i].figures})
    return next((i for i in same if not DOUBTED.search(found[i].words)), None)


def _find_just_said(place: int, found: Sequence[FoundClaim]) -> int | None:
    """Return the claim just before, where it stands near and another makes it."""
    claim = found[place]
    for i in range(place - 1, -1, -1):
        before = found[i]
        if claim.start - before.end > NEAR:
            return None
        if before.end <= claim.start and not before.nested and not TURNED_DOWN.search(before.words):
            return i
    return None
