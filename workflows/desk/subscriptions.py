"""Members' own digests: subscribed to, made when they are due, and ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflows.claims import MemberKey
from workflows.desk.claim_views import get_team
from workflows.desk.transitions import apply_due_in_team
from workflows.digest.personal_digest import PersonalDigest, compose_personal
from workflows.digest.schedule import OwedDigest, find_due_at, list_due
from workflows.digest.schedule import find_next_due as next_due_of
from workflows.digest.sections import MOST_TASKS, Window
from workflows.digest.subscription import Subscription
from workflows.errors import NotFound
from workflows.outbox_state import Progress
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunKind, RunResult
from workflows.store.outbox import PostKind, QueuedPost
from workflows.teams import EVERY_DAY, Acting, Person, Team, is_voter, require_voter


@dataclass(frozen=True, slots=True)
class SubscribeResult:
    """What somebody subscribed to, and when the first of it comes."""

    team: Team
    subscription: Subscription
    due_at: datetime


def subscribe(
    store: ClaimStore,
    acting: Acting,
    channel: int,
    at: time,
    timezone: ZoneInfo | None,
    *,
    days: frozenset[int] = EVERY_DAY,
    language: str = "en",
) -> SubscribeResult:
    """A digest of their own, at their hour and in their zone (None: the team's), from now on.

    In place of what they subscribed to before. Raises NotFound, NotAllowed.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    member = store.teams.member(team.id, acting.person.discord_id, acting.now)
    zone = timezone or team.settings.timezone
    wanted = Subscription(member, team.id, channel, at, zone, days, language, acting.now)
    store.subscriptions.put(wanted)
    schedule = store.subscriptions.schedule(member, acting.now)
    if schedule is None:
        raise LookupError("a subscription just stored is not there")
    return SubscribeResult(team, wanted, next_due_of(schedule, acting.now))


def unsubscribe(store: ClaimStore, guild: int, discord_id: int) -> None:
    """No more digests of their own. Raises NotFound where they have none."""
    team = get_team(store, guild)
    member = store.teams.find_member(team.id, discord_id)
    if member is None or store.subscriptions.of(member) is None:
        raise NotFound("You don't have your own digest here.")
    store.subscriptions.remove(member)
    store.mail.remove(member)


def list_owing(store: ClaimStore, now: datetime) -> tuple[MemberKey, ...]:
    """Return the members whose digest is due."""
    schedules = store.subscriptions.schedules(now)
    return tuple(member for member, schedule in schedules.items() if list_due(schedule, now))


def find_next_due(store: ClaimStore, now: datetime) -> datetime | None:
    """Return when the next member's digest is due; None without any."""
    schedules = store.subscriptions.schedules(now).values()
    return min((next_due_of(schedule, now) for schedule in schedules), default=None)


def find_account(store: ClaimStore, member: MemberKey) -> tuple[int, int] | None:
    """Return the server and the account of a member; None where they were forgotten."""
    wanted, account = store.subscriptions.of(member), store.teams.discord_ids([member]).get(member)
    if wanted is None or account is None:
        return None
    return store.teams.get(wanted.team).settings.guild, account


def make_personal_digest(
    store: ClaimStore, member: MemberKey, person: Person | None, now: datetime
) -> tuple[RunResult, ...]:
    """Return one member's digests that are due, queued or recorded. A second time changes nothing.

    `person` is the member as Discord describes them now. Who left the server (None) is subscribed
    no longer; who may not read the team's claims gets none until they may again.
    """
    if person is None:
        store.subscriptions.remove(member)
        store.mail.remove(member)
        return ()
    wanted, schedule = store.subscriptions.of(member), store.subscriptions.schedule(member, now)
    if wanted is None or schedule is None:
        return ()
    team = store.teams.get(wanted.team)
    apply_due_in_team(store, team, now)
    reads = is_voter(team, person)
    return tuple(
        _make(store, team, wanted, replace(owed, post=owed.post and reads), now)
        for owed in list_due(schedule, now)
    )


def may_read(store: ClaimStore, member: MemberKey, person: Person | None) -> bool:
    """Return True while a member, as Discord describes them now, may read the team's claims."""
    wanted = store.subscriptions.of(member)
    return bool(wanted and person and is_voter(store.teams.get(wanted.team), person))


def compose_run(store: ClaimStore, run_id: int, now: datetime) -> tuple[PersonalDigest, str]:
    """For the outbox: what a digest says as the claims stand at `now`, and its language."""
    run = store.digests.get(run_id)
    if run.member is None:
        raise LookupError(f"digest run {run_id} is no member's")
    wanted = store.subscriptions.of(run.member)
    team = store.teams.get(run.team)
    schedule = store.subscriptions.schedule(run.member, now)
    owed_at = find_due_at(schedule, run.local_date) if schedule else run.at
    covers = Window(run.covers_from, run.at)
    digest = _compose(store, team, run.member, run.local_date, covers, owed_at, now)
    return digest, wanted.language if wanted else team.settings.language


def end_unreachable(
    store: ClaimStore, queued: QueuedPost, progress: Progress, now: datetime
) -> None:
    """Discord takes no message to this member: the post is given up, their subscription ended."""
    store.outbox.keep(queued, progress)
    member = store.digests.get(queued.subject).member
    if member is not None:
        store.subscriptions.end(member, now)


def take_ended_of(store: ClaimStore, guild: int, discord_id: int) -> bool:
    """Return True, once, if this person's own digest has ended: they are told now."""
    team = store.teams.of_guild(guild)
    member = store.teams.find_member(team.id, discord_id) if team else None
    return member is not None and take_ended(store, member)


def take_ended(store: ClaimStore, member: MemberKey) -> bool:
    """Return True, once, if this member's own digest has ended: they are told now."""
    wanted = store.subscriptions.of(member)
    if wanted is None or wanted.ended_at is None:
        return False
    store.subscriptions.remove(member)
    return True


def _make(
    store: ClaimStore, team: Team, wanted: Subscription, owed: OwedDigest, now: datetime
) -> RunResult:
    last = store.subscriptions.last_read(wanted.member, owed.local_date)
    covers = Window(last.at if last else wanted.since, now)
    result = RunResult.SKIPPED
    if owed.post:
        _ask(store, team, wanted.member, now)
        digest = _compose(store, team, wanted.member, owed.local_date, covers, owed.due_at, now)
        result = RunResult.EMPTY if digest.is_empty else RunResult.POSTED
    run = store.digests.add(
        team.id, RunKind.PERSONAL, owed.local_date, covers.after, now, result, wanted.member
    )
    if run and result is RunResult.POSTED:
        address = store.mail.of(wanted.member)
        if address and address.confirmed_at:
            store.mail.queue_digest(wanted.member, run, now)
        else:
            store.outbox.add(team.id, PostKind.PERSONAL, wanted.channel, run, now)
    return result


def _ask(store: ClaimStore, team: Team, member: MemberKey, now: datetime) -> None:
    """Votes that count no more are asked for again in this digest, and in no other."""
    asked = store.votes.of_member(team.id, member)
    store.votes.mark([vote for _, votes in asked.values() for vote in votes], now)


def _compose(
    store: ClaimStore,
    team: Team,
    member: MemberKey,
    day: date,
    covers: Window,
    owed_at: datetime,
    now: datetime,
) -> PersonalDigest:
    policy, own = team.policy, team.policy.own_claims
    awaiting, more = store.subscriptions.awaiting(
        team.id, member, policy.quorum, MOST_TASKS, own_claims=own
    )
    return compose_personal(
        team,
        day,
        covers,
        asked=store.subscriptions.list_asked(team.id, member, covers),
        awaiting=awaiting,
        more=more,
        voted=store.subscriptions.list_voted(team.id, member, covers),
        made_at=now,
        due_at=owed_at,
    )
