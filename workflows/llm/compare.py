"""A model's claims held against the built-in rules', where those read the language too."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from workflows.claims import DateMention, Figure, FoundClaim, ModelDoubt

_Mention = TypeVar("_Mention", Figure, DateMention)
_SHARED = 0.5
"""The share of the shorter of two contents from which they are taken for the same."""


def hold_against_rules(
    found: Iterable[FoundClaim], by_rules: Sequence[FoundClaim]
) -> tuple[FoundClaim, ...]:
    """Return a model's claims, each with what the rules read otherwise.

    Where both read a figure or a time, it stands as the rules have it: those count and calculate.
    """
    return tuple(_hold(claim, by_rules) for claim in found)


def _hold(claim: FoundClaim, by_rules: Sequence[FoundClaim]) -> FoundClaim:
    alike = [other for other in by_rules if _is_alike(claim, other)]
    if not alike:
        return claim
    other = max(alike, key=lambda each: _measure_likeness(claim, each))
    differing = [
        doubt
        for doubt, differs in (
            (ModelDoubt.HEDGE, claim.hedge is not other.hedge),
            (ModelDoubt.POLARITY, claim.polarity is not other.polarity),
            (ModelDoubt.FIGURES, _find_figures(claim, claim) != _find_figures(claim, *alike)),
            (ModelDoubt.DATES, _find_dates(claim, claim) != _find_dates(claim, *alike)),
        )
        if differs
    ]
    return replace(
        claim,
        figures=_prefer(claim.figures, [figure for each in alike for figure in each.figures]),
        dates=_prefer(claim.dates, [mention for each in alike for mention in each.dates]),
        doubts=tuple(dict.fromkeys((*differing, *claim.doubts))),
    )


def _is_alike(one: FoundClaim, other: FoundClaim) -> bool:
    shorter = min(one.end - one.start, other.end - other.start)
    return _count_shared(one, other) >= max(1, _SHARED * shorter)


def _count_shared(one: FoundClaim, other: FoundClaim) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _measure_likeness(one: FoundClaim, other: FoundClaim) -> float:
    """Return the share of two contents that both have."""
    shared = _count_shared(one, other)
    return shared / max(1, one.end - one.start + other.end - other.start - shared)


def _find_figures(within: FoundClaim, *claims: FoundClaim) -> set[tuple[float, float | None]]:
    """Return the figures that claims have in the content of one."""
    return {
        (each.value, each.upper)
        for claim in claims
        for each in claim.figures
        if within.start <= each.start and each.end <= within.end
    }


def _find_dates(within: FoundClaim, *claims: FoundClaim) -> set[tuple[object, object]]:
    return {
        (each.first, each.last)
        for claim in claims
        for each in claim.dates
        if each.first and within.start <= each.start and each.end <= within.end
    }


def _prefer(ours: Sequence[_Mention], theirs: Sequence[_Mention]) -> tuple[_Mention, ...]:
    """Return our mentions, each as theirs has it where one stands in the same place."""
    return tuple(
        next((each for each in theirs if each.start < own.end and own.start < each.end), own)
        for own in ours
    )
