"""A member's own digest: what awaits their vote, and what was decided where they voted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflows.digest.sections import (
    DigestClaim,
    Entry,
    Section,
    Window,
    find_news,
    list_news,
    list_tasks,
)
from workflows.digest.team_digest import LATE
from workflows.teams import Team


@dataclass(frozen=True, slots=True)
class PersonalDigest:
    """What one member is told, as of `made_at`, under the name of `local_date` where they are.

    `news` and `tasks` are the claims it names; `counts` has every claim of its sections once.
    """

    team: Team
    local_date: date
    covers: Window
    made_at: datetime
    due_at: datetime
    news: tuple[Entry, ...]
    tasks: tuple[Entry, ...]
    counts: Mapping[Section, int]

    @property
    def is_empty(self) -> bool:
        return not self.counts

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
    sections: dict[Section, list[DigestClaim]] = {
        Section.CHANGED: [],
        Section.DECIDED: [],
        Section.ASKED_AGAIN: list(asked),
        Section.AWAITING: waiting,
    }
    for claim in voted:
        if section := find_news(claim, covers):
            sections[section].append(claim)
    counts = {section: len(claims) for section, claims in sections.items()}
    counts[Section.AWAITING] += more
    return PersonalDigest(
        team=team,
        local_date=local_date,
        covers=covers,
        made_at=made_at,
        due_at=due_at,
        news=list_news(sections, team.policy),
        tasks=list_tasks(sections, team.policy),
        counts={section: count for section, count in counts.items() if count},
    )
