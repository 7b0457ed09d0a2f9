"""Two versions of one document, claim by claim: what is new, gone, or has another figure. Pure.

Within one document the same words are the same claim, even where they could not be understood
alone; so it is compared otherwise than claims of different documents are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from workflows.claims import Claim, FoundClaim
from workflows.matching.compare import (
    ClaimSignature,
    find_changed_figure,
    make_claim_signature,
    make_signature,
)
from workflows.matching.normalize import NUMBER, remove_invisible

ALIKE = 80.0
"""The least likeness, of 100, of the words around two figures for one to stand in for the other."""


@dataclass(frozen=True, slots=True)
class EarlierClaim:
    """A claim of an earlier version: every wording it has had, and the quotes it stood in.

    `is_gone`: a version since then no longer had it.
    """

    claim: Claim
    wordings: frozenset[str]
    quotes: frozenset[str]
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """How the claims of a newer version differ from the earlier ones, by place and by row.

    `same` and `revised` lead from places in the newer version to rows; `gone` are rows.
    """

    same: Mapping[int, int] = field(default_factory=dict)
    revised: Mapping[int, int] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()

    @property
    def is_related(self) -> bool:
        """Return True if the two have anything in common."""
        return bool(self.same or self.revised)


def compare_versions(
    earlier: Sequence[EarlierClaim], found: Sequence[FoundClaim], today: date
) -> VersionChanges:
    """Return what became of the claims of a document in its newer version.

    `earlier` and `found` are in the order in which they stand.
    """
    same: dict[int, int] = {}
    open_ = list(earlier)
    for with_quote in (True, False):  # he resigned, and so did she: each is found by its quote
        for place, claim in enumerate(found):
            if place in same:
                continue
            had = next(
                (each for each in open_ if _is_same(each, claim, with_quote=with_quote)), None
            )
            if had is not None:
                same[place] = had.claim.id
                open_.remove(had)
    left = [place for place in range(len(found)) if place not in same]
    revised = _find_revised([each for each in open_ if not each.is_gone], found, left, today)
    gone = {each.claim.id for each in open_ if not each.is_gone}
    gone -= {*same.values(), *revised.values()}
    return VersionChanges(same, revised, frozenset(gone))


def _is_same(earlier: EarlierClaim, claim: FoundClaim, *, with_quote: bool) -> bool:
    return (
        _flatten(claim.words) in earlier.wordings
        and claim.polarity is earlier.claim.polarity
        and (not with_quote or _flatten(claim.quote) in earlier.quotes)
    )


def make_earlier(
    claim: Claim, wordings: Sequence[str], quotes: Sequence[str], *, is_gone: bool
) -> EarlierClaim:
    """Return a claim of an earlier version, with its words as they are compared."""
    return EarlierClaim(
        claim, frozenset(map(_flatten, wordings)), frozenset(map(_flatten, quotes)), is_gone
    )


def _flatten(words: str) -> str:
    return " ".join(remove_invisible(words).casefold().split()).rstrip(".")


def _find_revised(
    earlier: Sequence[EarlierClaim], found: Sequence[FoundClaim], left: Sequence[int], today: date
) -> dict[int, int]:
    """Return the places of the claims that have another figure, with the rows; likest first."""
    theirs = [(each.claim.id, make_claim_signature(each.claim)) for each in earlier]
    pairs = sorted(
        (
            (-likeness, place, row)
            for place in left
            if found[place].figures
            for ours in [_sign(found[place], today)]
            for row, signature in theirs
            for likeness in _compare_figures(ours, signature)
        )
    )
    revised: dict[int, int] = {}
    for _, place, row in pairs:
        if place not in revised and row not in revised.values():
            revised[place] = row
    return revised


def _sign(claim: FoundClaim, today: date) -> ClaimSignature:
    day = claim.as_of or today
    return make_signature(claim.words, claim.polarity, claim.figures, claim.dates, day)


def _compare_figures(one: ClaimSignature, other: ClaimSignature) -> Iterator[float]:
    """Yield how alike two claims are whose figures differ, and nothing else that matters."""
    ours, theirs = one.said, other.said
    if (
        one.polarity is not other.polarity
        or ours.negations != theirs.negations
        or _list_units(one) != _list_units(other)
        or _list_names(one) != _list_names(other)
        or find_changed_figure(one, other) is None
    ):
        return
    likeness = fuzz.ratio(_join(one), _join(other))
    if likeness >= ALIKE:
        yield likeness


def _list_units(signature: ClaimSignature) -> list[str | None]:
    return [figure.unit for figure in signature.said.quantities]


def _list_names(signature: ClaimSignature) -> list[str]:
    """Return the names in a claim; of its first word, which has a capital anyway, if it may be."""
    words = signature.said.words[0 if signature.said.begins_with_name else 1 :]
    return sorted(word.name for word in words if word.name is not None)


def _join(signature: ClaimSignature) -> str:
    """Return the words around the figures."""
    return " ".join(word.form for word in signature.said.words if word.form != NUMBER)
