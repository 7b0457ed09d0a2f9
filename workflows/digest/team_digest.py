"""The digest: what it says of a team's claims, and in which order. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.claims import Status
from workflows.digest.sections import (
    MOST,
    DigestClaim,
    Section,
    SectionEntries,
    Window,
    build_section,
    find_missing,
    find_news,
)
from workflows.digest.trend import UNDECIDED
from workflows.policy import Policy
from workflows.teams import Team
from workflows.voting import Missing

LATE = timedelta(minutes=10)
"""From this late on a digest says that it is late."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The numbers that matter. `open` are the claims no verdict is reached on."""

    decided: int
    changed: int
    open: int
    one_vote_away: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What a team is told, as of `made_at`, under the name of `local_date`.

    `skipped` are the dates before it on which no digest could be made; `overdue` is 0 but for the
    first digest of a week. `due_at` is None for a digest that somebody asked for.
    """

    team: Team
    local_date: date
    covers: Window
    made_at: datetime
    due_at: datetime | None
    headline: Headline
    listings: tuple[SectionEntries, ...]
    overdue: int
    unresolved: int
    shelved: int
    skipped: tuple[date, ...]

    @property
    def is_empty(self) -> bool:
        """Return True if there is nothing to post: a number that hasn't changed is no news."""
        return not self.listings and not self.overdue

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
) -> Digest:
    """Return the digest of these claims: the open ones, and those settled in the time it covers.

    Each claim stands in one list only, the first that fits; a change of mind counts as that and
    not as a decision. `next_at` is when the next digest is due.
    """
    sorted_out: dict[Section, list[DigestClaim]] = {section: [] for section in Section}
    for candidate in candidates:
        section = _find_section(candidate, team.policy, covers, next_at)
        if section:
            sorted_out[section].append(candidate)
    undecided = [claim for claim in candidates if claim.state.status in UNDECIDED]
    unresolved = [claim for claim in candidates if _is_unresolved(claim)]
    return Digest(
        team=team,
        local_date=local_date,
        covers=covers,
        made_at=made_at,
        due_at=due_at,
        headline=Headline(
            decided=len(sorted_out[Section.DECIDED]),
            changed=len(sorted_out[Section.CHANGED]),
            open=len(undecided),
            one_vote_away=len(sorted_out[Section.ONE_VOTE_AWAY]),
        ),
        listings=tuple(_build_sections(sorted_out, team.policy, covers)),
        overdue=_list_overdue(undecided, covers.until - team.policy.review_by)
        if _is_first_of_week(team, covers, local_date)
        else 0,
        unresolved=len(unresolved),
        shelved=shelved,
        skipped=skipped,
    )


def _is_first_of_week(team: Team, covers: Window, local_date: date) -> bool:
    """Return True if the digest before was of another week, whichever days have one."""
    monday = local_date - timedelta(days=local_date.weekday())
    return covers.after.astimezone(team.settings.timezone).date() < monday


def _list_overdue(undecided: Iterable[DigestClaim], deadline: datetime) -> int:
    return sum(claim.posted_at < deadline for claim in undecided)


def _is_unresolved(claim: DigestClaim) -> bool:
    """Return True if it cannot be told yet, and is not before the team again."""
    state = claim.state
    return state.status is Status.NOT_ENOUGH_EVIDENCE and state.asked_again_at is None


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
        return None if _is_unresolved(claim) else Section.NEEDS_VOTES
    return _list_waiting(find_missing(claim, policy)) if state.status in UNDECIDED else None


def _list_waiting(missing: Missing) -> Section:
    if missing.votes == 1:
        return Section.ONE_VOTE_AWAY
    return Section.NEEDS_SOURCE if missing.evidence and not missing.votes else Section.NEEDS_VOTES


def _build_sections(
    sorted_out: Mapping[Section, list[DigestClaim]], policy: Policy, covers: Window
) -> Iterator[SectionEntries]:
    """Yield the lists that name something.

    New claims that find no place any more among those that need votes have a list of their own.
    """
    overflow: list[DigestClaim] = []
    for section, claims in sorted_out.items():
        ranked = overflow if section is Section.NEW else _rank(section, claims)
        named, rest = ranked[: MOST[section]], ranked[MOST[section] :]
        if section is Section.NEEDS_VOTES:
            overflow = [claim for claim in rest if covers.has(claim.posted_at)]
            rest = [claim for claim in rest if not covers.has(claim.posted_at)]
        if named:
            yield build_section(section, named, policy, len(rest))


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
