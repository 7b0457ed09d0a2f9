"""What a team takes in, and which of its claims are posted. Pure functions of values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.claims import FoundClaim
from workflows.keys import hash_of
from workflows.teams import Settings


@dataclass(frozen=True, slots=True)
class Intake:
    """A document on its way in, with the claims found in it."""

    title: str
    publisher: str | None
    url: str | None
    published: date | None
    language: str
    text: str
    claims: tuple[FoundClaim, ...]

    @property
    def sha256(self) -> str:
        return hash_of(self.text)


def to_post(claims: Sequence[FoundClaim], settings: Settings, posted_today: int) -> frozenset[int]:
    """The indices of the claims to post: the best by check-worthiness that the team's rule allows.

    Claims below `post_threshold`, beyond the `post` best of the document, or beyond what is left
    of `post_per_day` go to the shelf. Equal ones are taken in the order of the document.
    """
    worthy = [
        i for i, found in enumerate(claims) if found.check_worthiness >= settings.post_threshold
    ]
    ranked = sorted(worthy, key=lambda i: -claims[i].check_worthiness)
    limits = [len(ranked)]
    if settings.post is not None:
        limits.append(settings.post)
    if settings.post_per_day is not None:
        limits.append(max(0, settings.post_per_day - posted_today))
    return frozenset(ranked[: min(limits)])
