"""What a team stands on in Discord: its channels, its roles, the bot's place in the server.

Whatever hinders the bot is told to the moderators once, and what it holds up waits; once it is
mended, that goes on by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from workflows.claims import TeamId
from workflows.desk.claim_views import team_of
from workflows.desk.notices import mended, tell
from workflows.notices import Notice, NoticeKind
from workflows.outbox_state import State, held, unparked, vanished
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Post, Queued
from workflows.teams import Settings, Team

ABSENT = "the bot is not in the server"
ELSEWHERE = "posted in another channel instead"


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What hinders the bot in a server just now.

    `gone` are channels that were deleted; `closed` those in which it lacks permissions, by their
    names; `roles` those of the team's that were deleted.
    """

    gone: frozenset[int] = frozenset()
    closed: tuple[tuple[int, tuple[str, ...]], ...] = ()
    roles: frozenset[int] = frozenset()

    @property
    def channels(self) -> frozenset[int]:
        """Those in which something is the matter."""
        return self.gone | {channel for channel, _ in self.closed}


@dataclass(frozen=True, slots=True)
class Mended:
    """The channels in which the bot can do its work, and whether posts are on their way anew."""

    channels: frozenset[int] = field(default_factory=frozenset)
    queued: bool = False


def posts_waiting(store: ClaimStore) -> tuple[int, int]:
    """How many posts are on their way, and how many are parked."""
    return store.outbox.count(State.PENDING, State.SENDING), store.outbox.count(State.PARKED)


def teams(store: ClaimStore) -> tuple[Team, ...]:
    return tuple(store.teams.all())


def note(store: ClaimStore, guild: int, found: Hindrances, now: datetime) -> Mended:
    """Tell what is new of what hinders, and let go on what is hindered no more."""
    team = team_of(store, guild)
    _tell(store, team, found, now)
    for channel in found.gone:
        store.outbox.lose_channel(channel)
    channels = frozenset(_channels(team.settings) - found.channels)
    queued = _go_on(store, team, channels, now)
    if team.settings.claims_channel in channels:
        queued = _post_the_lost(store, team, now) or queued
    return Mended(channels, queued)


def refusing(store: ClaimStore, guild: int, channels: Iterable[int], now: datetime) -> None:
    """Discord takes nothing there, and nothing that we know of tells why."""
    team = team_of(store, guild)
    for channel in sorted(channels):
        values = {"channel": channel}
        tell(store, team, Notice(NoticeKind.REFUSING, f"channel:{channel}", values=values), now)


def absent(store: ClaimStore, guild: int) -> None:
    """The bot was removed from this server: nothing is tried there until it is back."""
    team = team_of(store, guild)
    for queued in store.outbox.of_team(team.id, State.PENDING, State.SENDING):
        store.outbox.keep(queued, held(queued.progress, ABSENT))


def _tell(store: ClaimStore, team: Team, found: Hindrances, now: datetime) -> None:
    notices = list(_notices(found))
    new = {(notice.kind, notice.about) for notice in notices}
    for kind, about in store.notices.unmended(team.id, _KINDS):
        if (kind, about) not in new:
            mended(store, team, kind, about, now)
    for notice in notices:
        tell(store, team, notice, now)


_KINDS = (NoticeKind.CHANNEL_GONE, NoticeKind.CHANNEL_CLOSED, NoticeKind.ROLE_GONE)


def _notices(found: Hindrances) -> Iterable[Notice]:
    for channel in sorted(found.gone):
        yield Notice(NoticeKind.CHANNEL_GONE, f"channel:{channel}", values={"channel": channel})
    for channel, lacking in found.closed:
        values: dict[str, str | int] = {"channel": channel, "lacking": " ".join(lacking)}
        about = f"channel:{channel}:{','.join(lacking)}"
        yield Notice(NoticeKind.CHANNEL_CLOSED, about, values=values)
    for role in sorted(found.roles):
        yield Notice(NoticeKind.ROLE_GONE, f"role:{role}", values={"role": role})


def _go_on(store: ClaimStore, team: Team, channels: frozenset[int], now: datetime) -> bool:
    """Try what is parked where it can be posted, or in the channel that is used now instead."""
    parked = store.outbox.of_team(team.id, State.PARKED)
    anew = [_tried_anew(store, team, queued, channels, now) for queued in parked]
    return any(anew)


def _tried_anew(
    store: ClaimStore, team: Team, queued: Queued, channels: frozenset[int], now: datetime
) -> bool:
    right = _channel_of(team.settings, queued.post)
    if right is None or right not in channels:
        return False
    if queued.channel != right:
        store.outbox.keep(queued, vanished(queued.progress, ELSEWHERE))
        store.outbox.add(team.id, queued.post, right, queued.subject, now)
    else:
        store.outbox.keep(queued, unparked(queued.progress))
    return True


def _post_the_lost(store: ClaimStore, team: Team, now: datetime) -> bool:
    """Post again what stood in a channel that was deleted, as far as it is still open."""
    lost = store.outbox.lost_with_channel(team.id)
    for claim in lost:
        store.outbox.add(team.id, Post.CLAIM, team.settings.claims_channel, claim, now)
    return bool(lost)


def _channels(settings: Settings) -> set[int]:
    every = {settings.claims_channel, settings.digest_channel, settings.moderators_channel}
    return {channel for channel in every if channel is not None}


def _channel_of(settings: Settings, post: Post) -> int | None:
    """Where a post of this kind belongs now; None where that is not the team's to say."""
    match post:
        case Post.CLAIM | Post.DOCUMENT | Post.ASSIGNMENT:
            return settings.claims_channel
        case Post.DIGEST:
            return settings.digest_channel
        case Post.NOTICE:
            return settings.moderators_channel
        case Post.PERSONAL:
            return None


def strangers(store: ClaimStore, guild: int, keys: Iterable[str]) -> frozenset[str]:
    """Those of these claims' keys that the team does not know."""
    team = team_of(store, guild)
    return frozenset(keys) - store.claims.known_keys(team.id, keys)


def tell_of_strangers(
    store: ClaimStore, guild: int, messages: tuple[tuple[int, int], ...], now: datetime
) -> None:
    """Cards, by (channel, message), that a restored database knows nothing of."""
    team = team_of(store, guild)
    links = " ".join(
        f"https://discord.com/channels/{guild}/{channel}/{message}"
        for channel, message in messages[:MOST_LINKED]
    )
    values: dict[str, str | int] = {"n": len(messages), "links": links}
    tell(
        store,
        team,
        Notice(NoticeKind.STRANGERS, f"restored:{now:%Y%m%dT%H%M%S}", values=values),
        now,
    )


MOST_LINKED = 10


def open_cards(store: ClaimStore, team: TeamId) -> tuple[tuple[int, int], ...]:
    """The (channel, message) of every open claim's card, oldest first."""
    return store.outbox.open_cards(team)
