"""What a document puts first: its headline and first paragraphs tell its main news."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import FoundClaim
from workflows.extraction.check_worthiness.model import CheckWorthiness
from workflows.extraction.claims.worth import add_to
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.parts import Part, PartKind

FIRST = 0.4
SECOND = 0.2
"""What standing in the first or second paragraph adds to the logit."""
SHARED = 0.5
"""What all words of the headline add to it."""
FEWEST_WORDS = 8
"""Words of a paragraph that is the text’s first, and no greeting or caption."""
MOST_SHARED = 4
FEWEST_PARAGRAPHS = 4
"""A shorter text is all lead."""
CONTENT = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*")
EMPTY = word_set(
    """
    the and for with from after over into has have had was were will are its his her their that
    this than says said new amid who what when where why how not but more about been would could
    can all one out she they you your our
    """
)
STEM_CHARS = 5


def weigh_prominence(
    claims: Sequence[FoundClaim], text: str, parts: Sequence[Part]
) -> list[FoundClaim]:
    """Return the claims, those worth more that tell what the document puts first.

    In talk nothing does: there it is left as it is.
    """
    spoken = any(part.turn is not None for part in parts)
    read = [part for part in parts if part.kind is PartKind.TEXT]
    read = [part for part in read if len(text[part.start : part.end].split()) >= FEWEST_WORDS]
    if spoken or len(read) < FEWEST_PARAGRAPHS:
        return list(claims)
    title = _read_title(text, parts, read[0].start)
    return [_weigh(claim, title, read[0].end, read[1].end) for claim in claims]


def _read_title(text: str, parts: Sequence[Part], end: int) -> frozenset[str]:
    heads = (p for p in parts if p.kind is PartKind.HEADING and p.start < end)
    return frozenset().union(*(_read_content(text[p.start : p.end]) for p in heads))


def _weigh(claim: FoundClaim, title: frozenset[str], first_end: int, second_end: int) -> FoundClaim:
    shared = len(_read_content(claim.words) & title)
    most = min(len(title), MOST_SHARED)
    added = {
        "first_paragraph": FIRST * (claim.start < first_end),
        "second_paragraph": SECOND * (first_end <= claim.start < second_end),
        "headline": SHARED * min(shared, most) / most if most else 0.0,
    }
    worth = add_to(CheckWorthiness(claim.check_worthiness, claim.worth_reasons), added)
    return replace(claim, check_worthiness=worth.score, worth_reasons=worth.reasons)


def _read_content(words: str) -> frozenset[str]:
    """Return the stems of the words, and the figures, that tell what something is about."""
    found = (word.lower() for word in CONTENT.findall(words))
    return frozenset(word[:STEM_CHARS] for word in found if word not in EMPTY)
