"""Digests: made when they are due, or when somebody asks; and what each of them says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.claims import TeamId
from workflows.desk import webhooks
from workflows.desk.claim_views import get_team
from workflows.desk.transitions import apply_due_in_team
from workflows.digest.schedule import (
    CATCH_UP,
    OwedDigest,
    Schedule,
    find_due_at,
    find_midnight,
    find_next_date,
    list_due,
)
from workflows.digest.schedule import find_next_due as next_due_of
from workflows.digest.sections import CardLink, Section, Window
from workflows.digest.team_digest import Digest, compose_digest, sort_into_sections
from workflows.digest.trend import DayCount, count_days, find_first_day
from workflows.errors import BadInput, Refused
from workflows.outbox_state import lose
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunKind, RunResult
from workflows.store.outbox import PostKind
from workflows.teams import Acting, Person, Team, require_moderator, require_voter

LONGEST_PAUSE = timedelta(days=366)
HELD_UP = "it was held up until it was too late"
_POSTED_KINDS = (RunKind.DAILY, RunKind.NOW)
"""The digests that go to a channel of the team's."""
STANDS = timedelta(hours=1)
"""How long a digest that somebody asked for answers whoever asks again."""


@dataclass(frozen=True, slots=True)
class MadeDigest:
    """What became of a team's digest of a local date."""

    team: Team
    local_date: date
    result: RunResult


@dataclass(frozen=True, slots=True)
class DigestView:
    """What a digest says, and the days up to it for its picture; none without a week to show."""

    digest: Digest
    days: tuple[DayCount, ...]


@dataclass(frozen=True, slots=True)
class RequestedDigest:
    """A day's digest that somebody asked for: what became of it, and what it says.

    `known` says that it was made before; then nothing was changed.
    """

    local_date: date
    result: RunResult
    view: DigestView
    known: bool = False


@dataclass(frozen=True, slots=True)
class NextDigest:
    """When a team's next digest is due. `paused` says that others are left out before it."""

    team: Team
    local_date: date
    due_at: datetime
    paused: bool


def find_next(store: ClaimStore, guild: int, now: datetime) -> NextDigest:
    """Return when the next digest comes. Raises NotFound."""
    return _find_next(store, get_team(store, guild), now)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next digest would say if it were made now, and when it is due."""

    view: DigestView
    coming: NextDigest


def list_owing(store: ClaimStore, now: datetime) -> tuple[TeamId, ...]:
    """Return the teams that owe a digest."""
    schedules = store.digests.schedules(now)
    return tuple(team for team, schedule in schedules.items() if list_due(schedule, now))


def make_for(store: ClaimStore, team_id: TeamId, now: datetime) -> tuple[MadeDigest, ...]:
    """Return one team's digests that are due, queued or recorded."""
    team = store.teams.get(team_id)
    apply_due_in_team(store, team, now)
    schedule = store.digests.schedule(team_id, now)
    owed = list_due(schedule, now)
    if owed:
        _skip_waiting(store, team, schedule, now, superseded=True)
    return tuple(_make(store, team, schedule, each, now) for each in owed)


def skip_waiting(store: ClaimStore, team: Team, now: datetime) -> None:
    """Give up the digests whose posts were held up for too long; the next one names them."""
    if any(store.digests.waiting(team.id, kind) for kind in _POSTED_KINDS):
        _skip_waiting(store, team, store.digests.schedule(team.id, now), now, superseded=False)


def _skip_waiting(
    store: ClaimStore, team: Team, schedule: Schedule, now: datetime, *, superseded: bool
) -> None:
    """A day's digest comes less than `CATCH_UP` late or not at all, and none behind a newer one.

    `superseded` says that one is about to be made.
    """
    for kind in _POSTED_KINDS:
        waiting = store.digests.waiting(team.id, kind)
        last = None if superseded or not waiting else waiting[-1][0].id
        for run, post in waiting:
            due_at = find_due_at(schedule, run.local_date) if kind is RunKind.DAILY else run.at
            if run.id != last or now - due_at >= CATCH_UP:
                store.digests.skip(run)
                queued = store.outbox.get(post)
                store.outbox.keep(queued, lose(queued.progress, HELD_UP))


def find_next_due(store: ClaimStore, now: datetime) -> datetime | None:
    """Return when the next digest of any team is due; None without teams."""
    schedules = store.digests.schedules(now).values()
    return min((next_due_of(schedule, now) for schedule in schedules), default=None)


def pause(store: ClaimStore, acting: Acting, until: date) -> NextDigest:
    """No digest for local dates before `until`; they are not skipped, but owe none.

    Raises NotFound, NotAllowed, BadInput for a date that is over or more than a year ahead.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    today = _find_local_date(team, acting.now)
    if not today < until <= today + LONGEST_PAUSE:
        raise BadInput(
            "The digest can be paused until any day after today ({today}), for a year at most.",
            today=today.isoformat(),
        )
    make_for(store, team.id, acting.now)
    store.teams.owe_digests_from(team.id, find_midnight(team.settings.timezone, until))
    return _find_next(store, team, acting.now)


def resume(store: ClaimStore, acting: Acting) -> NextDigest:
    """Digests come again from now on. Raises NotFound, NotAllowed, Refused without a pause."""
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    if store.digests.schedule(team.id, acting.now).since <= acting.now:
        raise Refused("The digest isn't paused.", code="not-paused")
    store.teams.owe_digests_from(team.id, acting.now)
    return _find_next(store, team, acting.now)


def before_rescheduling(store: ClaimStore, team: Team, now: datetime) -> None:
    """To be called before a team's zone, hour or days of the digest change.

    What is due by now is made; no hour before now is owed under the new ones. A pause goes on.
    """
    make_for(store, team.id, now)
    since = store.digests.schedule(team.id, now).since
    store.teams.owe_digests_from(team.id, max(since, now))


@dataclass(frozen=True, slots=True)
class DigestNow:
    """A digest that a moderator asked for. `stands` says that it was there already.

    `link` is its message, once it has one.
    """

    team: Team
    stands: bool = False
    link: CardLink | None = None


def make_now(store: ClaimStore, acting: Acting, *, instead_of: CardLink | None = None) -> DigestNow:
    """Queue a digest because a moderator wants one. The day's own comes none the less.

    One that was asked for within the hour stands, unless this is to come `instead_of` it. Raises
    NotFound, NotAllowed, Refused where there is nothing to say.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    standing = store.digests.find_standing(team.id, acting.now - STANDS)
    if standing and (instead_of is None or standing[1] != instead_of):
        return DigestNow(team, stands=True, link=standing[1])
    apply_due_in_team(store, team, acting.now)
    today = _find_local_date(team, acting.now)
    covers = _find_window(store, team, today + timedelta(days=1), acting.now)
    schedule = store.digests.schedule(team.id, acting.now)
    digest = _compose(store, team, schedule, RunKind.NOW, today, covers, acting.now)
    if digest.is_empty:
        raise Refused(
            "There is nothing to report right now: no claim is open and none was decided.",
            code="nothing-to-say",
        )
    run = store.digests.add(team.id, RunKind.NOW, today, covers.after, acting.now, RunResult.POSTED)
    _queue(store, digest, run, acting.now)
    return DigestNow(team)


def queue_for(store: ClaimStore, guild: int, day: date | None, now: datetime) -> RequestedDigest:
    """Queue the daily digest of a local date (None: today), unless it was made already.

    One that was skipped is queued after all; one with nothing to say is not recorded, so that the
    day may still have its own. Raises NotFound, and Refused for a day that has none.
    """
    team = get_team(store, guild)
    day = _require_moderator(team, day, now)
    apply_due_in_team(store, team, now)
    run = store.digests.of_day(team.id, day)
    if run and run.result is not RunResult.SKIPPED:
        return RequestedDigest(day, run.result, view_run(store, run.id, now), known=True)
    covers = _find_window(store, team, day, now)
    schedule = store.digests.schedule(team.id, now)
    view = _view(store, _compose(store, team, schedule, RunKind.DAILY, day, covers, now))
    if view.digest.is_empty:
        return RequestedDigest(day, RunResult.EMPTY, view)
    if run:
        store.digests.post_after_all(run, covers.after, now)
    run_id = run.id if run else _add(store, team, day, covers, RunResult.POSTED)
    _queue(store, view.digest, run_id, now)
    return RequestedDigest(day, RunResult.POSTED, view)


def preview_digest(
    store: ClaimStore, guild: int, person: Person | None, now: datetime, day: date | None = None
) -> Preview:
    """Return what the next digest would say if it were made now; `day` gives it another name.

    `person` is None for the terminal. Raises NotFound, NotAllowed for who may not read claims.
    """
    team = get_team(store, guild)
    if person:
        require_voter(team, person)
    schedule = store.digests.schedule(team.id, now)
    coming = _build_next(team, schedule, now)
    covers = _find_window(store, team, coming.local_date, now)
    digest = _compose(store, team, schedule, RunKind.DAILY, day or coming.local_date, covers, now)
    return Preview(_view(store, digest), coming)


def _find_next(store: ClaimStore, team: Team, now: datetime) -> NextDigest:
    return _build_next(team, store.digests.schedule(team.id, now), now)


def _build_next(team: Team, schedule: Schedule, now: datetime) -> NextDigest:
    return NextDigest(
        team, find_next_date(schedule, now), next_due_of(schedule, now), paused=schedule.since > now
    )


def list_section(
    store: ClaimStore, team: Team, section: Section, since: datetime, now: datetime
) -> tuple[int, ...]:
    """Return the numbers of the claims that a digest from `since` to now counts in a section."""
    covers = Window(since, now)
    next_at = next_due_of(store.digests.schedule(team.id, now), now)
    candidates = store.digests.candidates(team.id, covers)
    sections = sort_into_sections(team.policy, covers, candidates, next_at)
    return tuple(claim.number for claim in sections.get(section, ()))


def view_run(store: ClaimStore, run_id: int, now: datetime) -> DigestView:
    """For the outbox, which knows digests by row, and shows them as the claims stand at `now`."""
    run = store.digests.get(run_id)
    team = store.teams.get(run.team)
    covers = Window(run.covers_from, run.at)
    schedule = store.digests.schedule(team.id, now)
    return _view(store, _compose(store, team, schedule, run.kind, run.local_date, covers, now))


def _view(store: ClaimStore, digest: Digest) -> DigestView:
    team, zone, last = digest.team, digest.team.settings.timezone, digest.local_date
    first = find_first_day(_find_local_date(team, team.created_at), last)
    steps = store.digests.steps(team.id, find_midnight(zone, first))
    undecided = store.digests.count_undecided(team.id)
    days = count_days(steps, undecided, zone, first, last, digest.covers.until)
    return DigestView(digest, days)


def _make(
    store: ClaimStore, team: Team, schedule: Schedule, owed: OwedDigest, now: datetime
) -> MadeDigest:
    day, result = owed.local_date, RunResult.SKIPPED
    covers = _find_window(store, team, day, now)
    digest = None
    if owed.post:
        digest = _compose(store, team, schedule, RunKind.DAILY, day, covers, now)
        result = RunResult.EMPTY if digest.is_empty else RunResult.POSTED
    run = _add(store, team, day, covers, result)
    if run and digest and result is RunResult.POSTED:
        _queue(store, digest, run, now)
    return MadeDigest(team, day, result)


def _add(store: ClaimStore, team: Team, day: date, covers: Window, result: RunResult) -> int:
    return store.digests.add(team.id, RunKind.DAILY, day, covers.after, covers.until, result)


def _queue(store: ClaimStore, digest: Digest, run: int, now: datetime) -> None:
    team = digest.team
    store.outbox.add(team.id, PostKind.DIGEST, team.settings.digest_channel, run, now)
    webhooks.queue_digest(store, digest, now)


def _compose(
    store: ClaimStore,
    team: Team,
    schedule: Schedule,
    kind: RunKind,
    day: date,
    covers: Window,
    now: datetime,
) -> Digest:
    daily = kind is RunKind.DAILY
    return compose_digest(
        team,
        day,
        covers,
        store.digests.candidates(team.id, covers),
        made_at=now,
        next_at=next_due_of(schedule, covers.until),
        due_at=find_due_at(schedule, day) if daily else None,
        shelved=store.digests.count_shelved(team.id),
        feeds=store.digests.list_feeds(team.id, covers),
        skipped=store.digests.list_skipped(team.id, day if daily else day + timedelta(days=1)),
    )


def _find_window(store: ClaimStore, team: Team, day: date, until: datetime) -> Window:
    """From the last daily digest before `day` that went out or was empty."""
    last = store.digests.last_read(team.id, day)
    return Window(last.at if last else team.created_at, until)


def _require_moderator(team: Team, day: date | None, now: datetime) -> date:
    """Return the local date somebody asks for. Raises Refused for one that has no digest."""
    today = _find_local_date(team, now)
    if day and day > today:
        raise Refused("It isn't {day} yet in the team's time zone.", day=day.isoformat())
    if day and day < _find_local_date(team, team.created_at):
        raise Refused("This team didn't exist yet on {day}.", day=day.isoformat())
    return day or today


def _find_local_date(team: Team, at: datetime) -> date:
    return at.astimezone(team.settings.timezone).date()
