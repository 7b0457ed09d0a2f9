"""The digest: what it says of a team's claims, and in which order. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.claims import Status
from workflows.digest.sections import (
    DigestClaim,
    Entry,
    Section,
    Window,
    find_missing,
    find_news,
    list_news,
    list_tasks,
)
from workflows.digest.trend import UNDECIDED
from workflows.policy import Policy
from workflows.teams import Team

LATE = timedelta(minutes=10)
"""From this late on a digest says that it is late."""


@dataclass(frozen=True, slots=True)
class FeedDocuments:
    """How many documents came in from a feed."""

    feed: str
    documents: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What a team is told, as of `made_at`, under the name of `local_date`.

    `news` and `tasks` are the claims it names, the first of them foremost; `counts` has every
    claim of its sections once. `open` are those that no verdict is reached on. `skipped` are the
    dates before it on which no digest could be made; `overdue` is 0 but for the first digest of a
    week. `due_at` is None for a digest that somebody asked for.
    """

    team: Team
    local_date: date
    covers: Window
    made_at: datetime
    due_at: datetime | None
    news: tuple[Entry, ...]
    tasks: tuple[Entry, ...]
    counts: Mapping[Section, int]
    open: int
    overdue: int
    shelved: int
    skipped: tuple[date, ...]
    feeds: tuple[FeedDocuments, ...]

    @property
    def is_empty(self) -> bool:
        """Return True if there is nothing to post: a number that hasn't changed is no news."""
        return not self.overdue and not set(self.counts) - {Section.UNRESOLVED}

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.made_at - self.due_at >= LATE


def compose_digest(
    team: Team,
    local_date: date,
    covers: Window,
    candidates: Sequence[DigestClaim],
    *,
    made_at: datetime,
    next_at: datetime,
    due_at: datetime | None = None,
    shelved: int = 0,
    skipped: tuple[date, ...] = (),
    feeds: tuple[FeedDocuments, ...] = (),
) -> Digest:
    """Return the digest of these claims: the open ones, and those settled in the time it covers.

    `next_at` is when the next digest is due.
    """
    sections = sort_into_sections(team.policy, covers, candidates, next_at)
    undecided = [claim for claim in candidates if claim.state.status in UNDECIDED]
    return Digest(
        team=team,
        local_date=local_date,
        covers=covers,
        made_at=made_at,
        due_at=due_at,
        news=list_news(sections, team.policy),
        tasks=list_tasks(sections, team.policy),
        counts={section: len(claims) for section, claims in sections.items()},
        open=len(undecided),
        overdue=_count_overdue(undecided, covers.until - team.policy.review_by)
        if _is_first_of_week(team, covers, local_date)
        else 0,
        shelved=shelved,
        skipped=skipped,
        feeds=feeds,
    )


def sort_into_sections(
    policy: Policy, covers: Window, candidates: Iterable[DigestClaim], next_at: datetime
) -> dict[Section, list[DigestClaim]]:
    """Return the sections that have claims, each ranked.

    Each claim stands in one section only, the first that fits; a change of mind counts as that and
    not as a decision.
    """
    found: dict[Section, list[DigestClaim]] = {}
    for candidate in candidates:
        if section := _find_section(candidate, policy, covers, next_at):
            found.setdefault(section, []).append(candidate)
    return {section: _rank(section, found[section]) for section in Section if section in found}


def _is_first_of_week(team: Team, covers: Window, local_date: date) -> bool:
    """Return True if the digest before was of another week, whichever days have one."""
    monday = local_date - timedelta(days=local_date.weekday())
    return covers.after.astimezone(team.settings.timezone).date() < monday


def _count_overdue(undecided: Iterable[DigestClaim], deadline: datetime) -> int:
    return sum(claim.posted_at < deadline for claim in undecided)


def _find_section(
    claim: DigestClaim, policy: Policy, covers: Window, next_at: datetime
) -> Section | None:
    state = claim.state
    if news := find_news(claim, covers):
        return news
    if state.settled_at is not None:
        return Section.DECIDED
    if state.provisional:
        soon = state.settles_at is not None and state.settles_at <= next_at
        return Section.ABOUT_TO_SETTLE if soon else None
    if state.status is Status.CONFLICTING:
        return Section.CONFLICTING
    if state.status is Status.NOT_ENOUGH_EVIDENCE:
        back = state.asked_again_at is not None
        return Section.NEEDS_VOTES if back else Section.UNRESOLVED
    return _find_lack(claim, policy, covers) if state.status in UNDECIDED else None


def _find_lack(claim: DigestClaim, policy: Policy, covers: Window) -> Section:
    missing = find_missing(claim, policy)
    if missing.votes == 1:
        return Section.ONE_VOTE_AWAY
    if missing.evidence and not missing.votes:
        return Section.NEEDS_SOURCE
    return Section.NEW if covers.has(claim.posted_at) else Section.NEEDS_VOTES


def _rank(section: Section, claims: Iterable[DigestClaim]) -> list[DigestClaim]:
    """By check-worthiness, to a tenth; newer ones first; then as they were numbered."""
    ranked = sorted(
        claims,
        key=lambda claim: (
            -round(claim.check_worthiness, 1),
            -claim.posted_at.timestamp(),
            claim.number,
        ),
    )
    if section is Section.ABOUT_TO_SETTLE:
        ranked.sort(key=lambda claim: claim.state.settles_at or claim.posted_at)
    return ranked
