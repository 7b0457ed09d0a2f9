"""Fact-checks made elsewhere, or by this team before: offered as evidence, never as votes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What somebody found of a claim: ClaimReview, as its site gives it.

    `rating` is the verdict in the reviewer's own words, `claimant` who made the claim. `id` is its
    row, 0 for one that isn't kept yet.
    """

    url: str
    claim: str
    publisher: str | None
    rating: str | None
    claimant: str | None = None
    reviewed_on: date | None = None
    claimed_on: date | None = None
    id: int = 0
