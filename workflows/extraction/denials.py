"""A denial in words that can be read alone: "the minister denied it" with what was denied.

Only where there is no doubt what "it" is: the one claim of the passage right before, whose words
are a sentence by themselves, said by somebody. Else the denial stays as it was written.
"""

import re
from collections.abc import Sequence

from workflows.claims import FoundClaim, Hedge
from workflows.extraction.wordlists import listed

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
PERSONAL = listed(
    "i we you he she they me us him her them my our your his their mine ours yours hers theirs"
)
"""Words that would stand for somebody else once another is the subject."""
COMMON = listed("a an the this these that those no some many several both all more most its")
"""What begins a sentence with a capital, and is no name."""
GAP = 2
"""Characters between two sentences that follow each other."""


def whole(place: int, denied: int, found: Sequence[FoundClaim]) -> str:
    """The words of a denial, with those of the claim it denies if they certainly belong there."""
    claim, target = found[place], found[denied]
    bare, named = BARE.fullmatch(claim.words), NAMED.fullmatch(claim.words)
    denial = bare or named
    what = _continued(target)
    if denial is None or what is None or not _certain(place, denied, found):
        return claim.words
    if named is not None and named["noun"] in CHARGES and target.hedge is not Hedge.ALLEGED:
        return claim.words
    return f"{denial['start']} that {what}"


def _certain(place: int, denied: int, found: Sequence[FoundClaim]) -> bool:
    """Whether the denied claim is the only one that was told right before."""
    claim, target = found[place], found[denied]
    end = target.quote_start + len(target.quote)
    near = target.quote == claim.quote or 0 <= claim.quote_start - end <= GAP
    beside = (i for i, other in enumerate(found) if other.quote_start == target.quote_start)
    return near and set(beside) <= {place, denied}


def _continued(target: FoundClaim) -> str | None:
    """The words of a claim as they go on after "that"; None where they cannot."""
    if not target.attribution or target.hedge in {Hedge.DENIED, Hedge.UNCONFIRMED}:
        return None
    words = WORD.findall(target.words)
    said = {word.lower() for word in words}
    cue = target.attribution[-1].cue
    if not words or said & PERSONAL or (cue is not None and cue.lower() in said):
        return None
    first = words[0]
    if first.lower() in COMMON or re.search(rf"\b{re.escape(first.lower())}\b", target.quote):
        return target.words[:1].lower() + target.words[1:]
    inside = re.search(rf"\w,?\s{re.escape(first)}\b", target.quote)
    return target.words if inside is not None else None
