"""What begins with words that no reader can place: shelved until somebody says who or which."""

import re
from dataclasses import replace

from workflows.claims import FoundClaim
from workflows.extraction.references.kinds import (
    KNOWN_TO_ALL,
    EntityKind,
    find_nature,
    make_singular,
)
from workflows.extraction.setting.measures import MEASURE
from workflows.extraction.text.verb_forms import PRESENT, TOLD_PAST

OTHERS = re.compile(r"(?:The )?[Oo]thers?\b")
DEFINITE = re.compile(
    r"The (?:[a-z][\w-]* ){0,2}?(?P<noun>[a-z]+) "
    rf"(?:[a-z]{{2,}}ed|{'|'.join(sorted(TOLD_PAST))})\b(?! (?:(?:made|taken) )?to\b)"
)
"""“The truck was”, but not “the decision was made to …”."""
NO_PART = TOLD_PAST | PRESENT | {"that", "which", "who"}
"""Words that are no part of a plain phrase: “the truck that hit”, “the dam has collapsed”."""
UNPOINTED = frozenset({EntityKind.TIME, EntityKind.FIGURE})


def shelve_unplaced(claim: FoundClaim) -> FoundClaim:
    """Return a claim as one that needs words, if nobody can say whose or which it is about."""
    return replace(claim, needs_words=True) if is_unplaced(claim.words) else claim


def is_unplaced(words: str) -> bool:
    """Return True where nobody can say whose or which without the document.

    “The truck was towed”, “Others fled”, “Revenue rose 2 percent”: of 473 judged cards 16 began
    so, and none of them could be read alone.
    """
    if OTHERS.match(words) is not None:
        return True
    if not words[1:].islower() or "[" in words:
        return False
    definite = DEFINITE.match(words)
    if definite is None:
        return MEASURE.match(words) is not None
    noun = make_singular(definite["noun"])
    if not NO_PART.isdisjoint(definite[0].split()[1:-1]):
        return False
    return noun not in KNOWN_TO_ALL and find_nature(noun).kind not in UNPOINTED
