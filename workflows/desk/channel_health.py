"""What a team stands on in Discord: its channels, its roles, the bot's place in the server.

Whatever hinders the bot is told to the moderators once, and what it holds up waits; once it is
mended, that goes on by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflows.claims import TeamId
from workflows.desk import digests
from workflows.desk.claim_views import get_team
from workflows.desk.notices import (
    find_notice_channel,
    find_owner,
    find_team_channel,
    mark_resolved,
    remember_owner,
    tell_all,
    tell_moderators,
)
from workflows.notices import Notice, NoticeKind
from workflows.outbox_state import OutboxState, hold, lose, unparked
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind, QueuedPost
from workflows.teams import Settings, Team

UNDELIVERED = (OutboxState.PENDING, OutboxState.SENDING, OutboxState.PARKED)
ELSEWHERE = "posted in another channel instead"


class Cause(StrEnum):
    """Why nothing can be posted in a channel; what helps depends on it."""

    ABSENT = "the bot is not in the server"
    DELETED = "the channel was deleted"
    UNFIT = "it is no text channel"
    CLOSED = "permissions are missing"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What is in the way of a channel's posts; `lacking` are permissions, by Discord's names."""

    cause: Cause
    lacking: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """As it is kept beside a post that waits."""
        return f"{' and '.join(self.lacking)} missing" if self.lacking else self.cause.value


@dataclass(frozen=True, slots=True)
class ChannelProblems:
    """What hinders the bot in a server just now.

    `gone` are channels that were deleted; `closed` those in which it lacks permissions, by their
    names; `roles` those of the team's that were deleted; `unfit` the channels that take no posts;
    `untagged` the forums that lack status tags, which the bot can't make.
    """

    gone: frozenset[int] = frozenset()
    closed: tuple[tuple[int, tuple[str, ...]], ...] = ()
    roles: frozenset[int] = frozenset()
    unfit: frozenset[int] = frozenset()
    untagged: frozenset[int] = frozenset()

    @property
    def channels(self) -> frozenset[int]:
        """Those in which something is the matter."""
        return self.gone | self.unfit | {channel for channel, _ in self.closed}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The channels in which the bot can do its work, and whether something is to be posted.

    `needs_owner`: no channel of the team takes notices; whoever owns the server now is told.
    """

    channels: frozenset[int] = field(default_factory=frozenset)
    queued: bool = False
    needs_owner: bool = False


def count_waiting(store: ClaimStore) -> tuple[int, int]:
    """Return how many posts are on their way, and how many are parked."""
    return store.outbox.count(OutboxState.PENDING, OutboxState.SENDING), store.outbox.count(
        OutboxState.PARKED
    )


def list_teams(store: ClaimStore) -> tuple[Team, ...]:
    return tuple(store.teams.all())


def note_problems(store: ClaimStore, guild: int, found: ChannelProblems, now: datetime) -> Resolved:
    """Tell what is new of what hinders, and let go on what is hindered no more."""
    team = get_team(store, guild)
    told = _tell(store, team, found, now)
    for channel in found.gone:
        store.outbox.lose_channel(channel)
    channels = team.settings.channels - found.channels
    resumed = _resume(store, team, channels, now)
    lost = team.settings.claims_channel in channels and _post_the_lost(store, team, now)
    return Resolved(channels, told or resumed or lost, find_team_channel(store, team) is None)


def tell_owner(store: ClaimStore, guild: int, channel: int, now: datetime) -> None:
    """From now on notices go to this direct channel; what is open goes there now.

    So does what waits for whoever owned the server before.
    """
    team = get_team(store, guild)
    if (before := find_owner(store, team)) == channel:
        return
    for queued in store.outbox.of_team(team.id, *UNDELIVERED) if before else ():
        if queued.kind is PostKind.NOTICE and queued.channel == before:
            store.outbox.keep(queued, lose(queued.progress, ELSEWHERE))
            store.outbox.add(team.id, PostKind.NOTICE, channel, queued.subject, now)
    remember_owner(store, team, channel)
    for row in store.notices.list_unsent(team.id):
        store.outbox.add(team.id, PostKind.NOTICE, channel, row, now)


def note_refusals(store: ClaimStore, guild: int, channels: Iterable[int], now: datetime) -> None:
    """Discord takes nothing there, and nothing that we know of tells why."""
    team = get_team(store, guild)
    for channel in sorted(channels):
        values = {"channel": channel}
        tell_moderators(
            store, team, Notice(NoticeKind.REFUSING, f"channel:{channel}", values=values), now
        )


def note_absence(store: ClaimStore, guild: int) -> None:
    """The bot was removed from this server: nothing is tried there until it is back."""
    team = get_team(store, guild)
    for queued in store.outbox.of_team(team.id, OutboxState.PENDING, OutboxState.SENDING):
        store.outbox.keep(queued, hold(queued.progress, Cause.ABSENT.value))


def _tell(store: ClaimStore, team: Team, found: ChannelProblems, now: datetime) -> bool:
    """Tell what is new and that the rest is mended; True if there was anything to tell."""
    notices = list(_make_notices(found))
    new = {(notice.kind, notice.about) for notice in notices}
    known = store.notices.list_open(team.id, _KINDS)
    for kind, about in known:
        if (kind, about) not in new:
            mark_resolved(store, team, kind, about, now)
            if kind is NoticeKind.TAGS_LACKING:
                store.outbox.tend_posts(team.id)
    tell_all(store, team, notices, now)
    return bool(notices or known)


_KINDS = (
    NoticeKind.CHANNEL_GONE,
    NoticeKind.CHANNEL_CLOSED,
    NoticeKind.CHANNEL_UNFIT,
    NoticeKind.ROLE_GONE,
    NoticeKind.TAGS_LACKING,
)


def _make_notices(found: ChannelProblems) -> Iterable[Notice]:
    for channel in sorted(found.gone):
        yield Notice(NoticeKind.CHANNEL_GONE, f"channel:{channel}", values={"channel": channel})
    for channel in sorted(found.unfit):
        yield Notice(NoticeKind.CHANNEL_UNFIT, f"channel:{channel}", values={"channel": channel})
    for channel in sorted(found.untagged):
        yield Notice(NoticeKind.TAGS_LACKING, f"channel:{channel}", values={"channel": channel})
    for channel, lacking in found.closed:
        values: dict[str, str | int] = {"channel": channel, "lacking": " ".join(lacking)}
        about = f"channel:{channel}:{','.join(lacking)}"
        yield Notice(NoticeKind.CHANNEL_CLOSED, about, values=values)
    for role in sorted(found.roles):
        yield Notice(NoticeKind.ROLE_GONE, f"role:{role}", values={"role": role})


def _resume(store: ClaimStore, team: Team, channels: frozenset[int], now: datetime) -> bool:
    """Try what is parked where it can be posted, or in the channel that is used now instead."""
    digests.skip_waiting(store, team, now)
    parked = store.outbox.of_team(team.id, OutboxState.PARKED)
    anew = [_retry_posts(store, team, queued, channels, now) for queued in parked]
    return any(anew)


def _retry_posts(
    store: ClaimStore, team: Team, queued: QueuedPost, channels: frozenset[int], now: datetime
) -> bool:
    right = _find_channel(team.settings, queued.kind)
    if queued.kind is PostKind.NOTICE:
        right = find_notice_channel(store, team)
    elif right not in channels:
        return False
    if right is None:
        return False
    if queued.channel != right:
        store.outbox.keep(queued, lose(queued.progress, ELSEWHERE))
        store.outbox.add(team.id, queued.kind, right, queued.subject, now)
    else:
        store.outbox.keep(queued, unparked(queued.progress))
    return True


def _post_the_lost(store: ClaimStore, team: Team, now: datetime) -> bool:
    """Post again what stood in a channel that was deleted, as far as it is still open."""
    lost = store.outbox.list_lost_with_channel(team.id)
    for claim in lost:
        store.outbox.add(team.id, PostKind.CLAIM, team.settings.claims_channel, claim, now)
    return bool(lost)


def _find_channel(settings: Settings, post: PostKind) -> int | None:
    """Return where a post of this kind belongs now; None where that is not the team's to say."""
    match post:
        case PostKind.CLAIM | PostKind.DOCUMENT | PostKind.ASSIGNMENT:
            return settings.claims_channel
        case PostKind.DIGEST:
            return settings.digest_channel
        case PostKind.NOTICE | PostKind.PERSONAL | PostKind.NUDGE:
            return None


def find_strangers(store: ClaimStore, guild: int, keys: Iterable[str]) -> frozenset[str]:
    """Return those of these claims' keys that the team does not know."""
    team = get_team(store, guild)
    return frozenset(keys) - store.claims.read_known_keys(team.id, keys)


def tell_of_strangers(
    store: ClaimStore, guild: int, messages: tuple[tuple[int, int], ...], now: datetime
) -> None:
    """Cards, by (channel, message), that a restored database knows nothing of."""
    team = get_team(store, guild)
    links = " ".join(
        f"https://discord.com/channels/{guild}/{channel}/{message}"
        for channel, message in messages[:MOST_LINKED]
    )
    values: dict[str, str | int] = {"n": len(messages), "links": links}
    tell_moderators(
        store,
        team,
        Notice(NoticeKind.STRANGERS, f"restored:{now:%Y%m%dT%H%M%S}", values=values),
        now,
    )


MOST_LINKED = 10


def list_open_cards(store: ClaimStore, team: TeamId) -> tuple[tuple[int, int], ...]:
    """Return the (channel, message) of every open claim's card, oldest first."""
    return store.outbox.open_cards(team)
