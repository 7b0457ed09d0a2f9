"""The digest: what it says of a team's claims, and in which order. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflows.claims import Grade, Hedge, SayingCheck, Sources, Standing, Status, Tally
from workflows.digest_course import UNDECIDED
from workflows.policy import Policy
from workflows.teams import Team
from workflows.voting import HELD, STANCE_OF, VOTABLE, Missing, conclude

LATE = timedelta(minutes=10)
"""From this late on a digest says that it is late."""


class Section(StrEnum):
    """The lists of a digest, in the order in which they are read; the last two a member's own."""

    DECIDED = "decided"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    ONE_VOTE_AWAY = "one_vote_away"
    NEEDS_SOURCE = "needs_source"
    NEEDS_VOTES = "needs_votes"
    ABOUT_TO_SETTLE = "about_to_settle"
    NEW = "new"
    ASKED_AGAIN = "asked_again"
    AWAITING = "awaiting"


MOST: Mapping[Section, int] = dict.fromkeys(Section, 5) | {
    Section.CONFLICTING: 3,
    Section.NEEDS_SOURCE: 3,
    Section.ABOUT_TO_SETTLE: 3,
    Section.NEW: 3,
}
"""How many claims each list names, so that a digest is read in half a minute; of the others it
says how many there are."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a claim's card is."""

    channel: int
    message: int


@dataclass(frozen=True, slots=True)
class Window:
    """The time a digest reports on: after the one, up to and with the other."""

    after: datetime
    until: datetime

    def has(self, at: datetime) -> bool:
        return self.after < at <= self.until


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a digest asks of a claim that it may name.

    `source` is the outermost of the chain, `was` where the claim stood when the window began, for
    one whose status has changed since. `grades` are those of the links for the verdict it has,
    `check` says whether the source did say it.
    """

    number: int
    words: str
    source: str | None
    hedge: Hedge | None
    document: str | None
    link: Link | None
    check_worthiness: float
    standing: Standing
    tally: Tally
    sources: Sources
    posted_at: datetime
    was: Status | None = None
    document_id: int | None = None
    grades: tuple[Grade, ...] = ()
    check: SayingCheck = SayingCheck.UNCHECKED


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a digest names it. `tally` is there only when its direction may be seen.

    `sources` are the links for the verdict that stands, `grades` those that were given to them;
    `divided` are the links on the two sides of a conflict. Before the quorum nothing here tells
    which verdict the votes or the links favour.
    """

    number: int
    words: str
    source: str | None
    hedge: Hedge | None
    document: str | None
    link: Link | None
    check_worthiness: float
    standing: Standing
    was: Status | None
    votes: int
    tally: Tally | None
    sources: int
    votes_missing: int
    sources_missing: int
    document_id: int | None = None
    grades: tuple[Grade, ...] = ()
    divided: Sources | None = None
    check: SayingCheck = SayingCheck.UNCHECKED


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a digest: the claims it names, and how many more would stand in it.

    Those of one document stand together, at the place of the first of them.
    """

    section: Section
    entries: tuple[Entry, ...]
    more: int = 0


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
    listings: tuple[Listing, ...]
    overdue: int
    unresolved: int
    shelved: int
    skipped: tuple[date, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to post for: a number that merely stands is no news."""
        return not self.listings and not self.overdue

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.made_at - self.due_at >= LATE


def compose(
    team: Team,
    local_date: date,
    covers: Window,
    candidates: Sequence[Candidate],
    *,
    made_at: datetime,
    next_at: datetime,
    due_at: datetime | None = None,
    shelved: int = 0,
    skipped: tuple[date, ...] = (),
) -> Digest:
    """The digest of these claims: the open ones, and those settled in the time it covers.

    Each claim stands in one list only, the first that fits; a change of mind counts as that and
    not as a decision. `next_at` is when the next digest is due.
    """
    sorted_out: dict[Section, list[Candidate]] = {section: [] for section in Section}
    for candidate in candidates:
        section = _section(candidate, team.policy, covers, next_at)
        if section:
            sorted_out[section].append(candidate)
    undecided = [claim for claim in candidates if claim.standing.status in UNDECIDED]
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
        listings=tuple(_listings(sorted_out, team.policy, covers)),
        overdue=_overdue(undecided, covers.until - team.policy.review_by)
        if _first_of_week(team, covers, local_date)
        else 0,
        unresolved=len(unresolved),
        shelved=shelved,
        skipped=skipped,
    )


def _first_of_week(team: Team, covers: Window, local_date: date) -> bool:
    """Whether the digest before was of another week, whichever days have one."""
    monday = local_date - timedelta(days=local_date.weekday())
    return covers.after.astimezone(team.settings.timezone).date() < monday


def _overdue(undecided: Iterable[Candidate], deadline: datetime) -> int:
    return sum(claim.posted_at < deadline for claim in undecided)


def _is_unresolved(claim: Candidate) -> bool:
    """Whether it cannot be told yet, and is not before the team again."""
    standing = claim.standing
    return standing.status is Status.NOT_ENOUGH_EVIDENCE and standing.asked_again_at is None


def news_of(claim: Candidate, covers: Window) -> Section | None:
    """Whether the team reached a verdict on it in this time, or changed its mind."""
    standing = claim.standing
    if not covers.has(standing.since):
        return None
    if claim.was in HELD and claim.was is not standing.status:
        return Section.CHANGED
    return Section.DECIDED if standing.status in HELD else None


def _section(claim: Candidate, policy: Policy, covers: Window, next_at: datetime) -> Section | None:
    standing = claim.standing
    if news := news_of(claim, covers):
        return news
    if standing.settled_at is not None:
        return Section.DECIDED
    if standing.provisional:
        soon = standing.settles_at is not None and standing.settles_at <= next_at
        return Section.ABOUT_TO_SETTLE if soon else None
    if standing.status is Status.CONFLICTING:
        return Section.CONFLICTING
    if standing.status is Status.NOT_ENOUGH_EVIDENCE:
        return None if _is_unresolved(claim) else Section.NEEDS_VOTES
    return _waiting(_missing(claim, policy)) if standing.status in UNDECIDED else None


def _waiting(missing: Missing) -> Section:
    if missing.votes == 1:
        return Section.ONE_VOTE_AWAY
    return Section.NEEDS_SOURCE if missing.sources and not missing.votes else Section.NEEDS_VOTES


def _listings(
    sorted_out: Mapping[Section, list[Candidate]], policy: Policy, covers: Window
) -> Iterator[Listing]:
    """The lists that name something.

    New claims that find no place any more among those that need votes have a list of their own.
    """
    overflow: list[Candidate] = []
    for section, claims in sorted_out.items():
        ranked = overflow if section is Section.NEW else _ranked(section, claims)
        named, rest = ranked[: MOST[section]], ranked[MOST[section] :]
        if section is Section.NEEDS_VOTES:
            overflow = [claim for claim in rest if covers.has(claim.posted_at)]
            rest = [claim for claim in rest if not covers.has(claim.posted_at)]
        if named:
            yield listing_of(section, named, policy, len(rest))


def listing_of(
    section: Section, named: Sequence[Candidate], policy: Policy, more: int = 0
) -> Listing:
    """A list of these claims, in their order but for those of one document."""
    return Listing(section, tuple(_entry(claim, policy) for claim in _grouped(named)), more)


def _grouped(claims: Sequence[Candidate]) -> list[Candidate]:
    """Those of one document together, at the place of the first of them."""
    places: dict[object, int] = {}
    for place, claim in enumerate(claims):
        places.setdefault(_group(claim), place)
    return sorted(claims, key=lambda claim: places[_group(claim)])


def _group(claim: Candidate) -> object:
    return ("alone", claim.number) if claim.document_id is None else claim.document_id


def _ranked(section: Section, claims: Iterable[Candidate]) -> list[Candidate]:
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
        ranked.sort(key=lambda claim: claim.standing.settles_at or claim.posted_at)
    return ranked


def _entry(claim: Candidate, policy: Policy) -> Entry:
    standing, missing = claim.standing, _missing(claim, policy)
    verdict = HELD.get(standing.status)
    stance = STANCE_OF[verdict] if verdict else None
    return Entry(
        number=claim.number,
        words=claim.words,
        source=claim.source,
        hedge=claim.hedge,
        document=claim.document,
        link=claim.link,
        check_worthiness=claim.check_worthiness,
        standing=standing,
        was=claim.was if claim.was in HELD else None,
        votes=claim.tally.votes,
        tally=claim.tally if standing.tally_shown else None,
        sources=int(getattr(claim.sources, stance)) if stance else 0,
        votes_missing=missing.votes,
        sources_missing=_sources_missing(missing, shown=standing.tally_shown),
        document_id=claim.document_id,
        grades=tuple(sorted(claim.grades, key=_order)) if verdict else (),
        divided=claim.sources if standing.status is Status.CONFLICTING else None,
        check=claim.check,
    )


def _order(grade: Grade) -> tuple[str, int]:
    return grade.source, grade.information


def _missing(claim: Candidate, policy: Policy) -> Missing:
    standing = claim.standing
    if standing.settled_at is not None or standing.status not in VOTABLE:
        return Missing()
    return conclude(policy, claim.tally, claim.sources, standing.status)[1]


def _sources_missing(missing: Missing, *, shown: bool) -> int:
    """How many links are lacking. While the votes are hidden: whichever way they go."""
    if shown and not missing.votes:
        return max(missing.sources.values(), default=0)
    return min((missing.sources.get(verdict, 0) for verdict in STANCE_OF), default=0)
