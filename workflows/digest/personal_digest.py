"""A member's own digest: what awaits their vote, and what was decided where they voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows.digest.sections import (
    MOST,
    DigestClaim,
    Section,
    SectionEntries,
    Window,
    build_section,
    find_news,
)
from workflows.digest.team_digest import LATE
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class PersonalHeadline:
    """How many claims await this member's vote, and how many of theirs were decided."""

    awaiting: int
    decided: int


@dataclass(frozen=True, slots=True)
class PersonalDigest:
    """What one member is told, as of `made_at`, under the name of `local_date` where they are."""

    team: Team
    local_date: date
    covers: Window
    made_at: datetime
    due_at: datetime
    headline: PersonalHeadline
    listings: tuple[SectionEntries, ...]

    @property
    def is_empty(self) -> bool:
        return not self.listings

    @property
    def late(self) -> bool:
        return self.made_at - self.due_at >= LATE


def compose_personal(
    team: Team,
    local_date: date,
    covers: Window,
    *,
    asked: Sequence[DigestClaim],
    awaiting: Sequence[DigestClaim],
    more: int,
    voted: Sequence[DigestClaim],
    made_at: datetime,
    due_at: datetime,
) -> PersonalDigest:
    """Return the digest of the claims asked again, those that await a vote, and those voted on.

    `awaiting` come ranked, and there are `more` of them; of those voted on, only what was decided
    in the time covered is told.
    """
    again = {claim.number for claim in asked}
    waiting = [claim for claim in awaiting if claim.number not in again]
    decided: dict[Section, list[DigestClaim]] = {Section.DECIDED: [], Section.CHANGED: []}
    for claim in voted:
        if section := find_news(claim, covers):
            decided[section].append(claim)
    listings = (
        build_section(Section.ASKED_AGAIN, list(asked), team.policy),
        build_section(Section.AWAITING, waiting, team.policy, more),
        *(
            build_section(
                section, claims[: MOST[section]], team.policy, len(claims[MOST[section] :])
            )
            for section, claims in decided.items()
        ),
    )
    return PersonalDigest(
        team=team,
        local_date=local_date,
        covers=covers,
        made_at=made_at,
        due_at=due_at,
        headline=PersonalHeadline(
            awaiting=len(asked) + len(waiting) + more,
            decided=sum(map(len, decided.values())),
        ),
        listings=tuple(listing for listing in listings if listing.entries),
    )
