"""A team, the people in front of it, and what each of them may do."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflows.claims import MemberKey, TeamId
from workflows.errors import NotAllowed
from workflows.policy import Policy

EVERY_DAY = frozenset(range(7))


class IntakeAccess(StrEnum):
    """Who may bring in documents."""

    VOTERS = "voters"
    MODERATORS = "moderators"


class PublishRule(StrEnum):
    """Which settled claims go out on the team's public pages."""

    ALL = "all"
    """All of them, but those that a moderator withholds."""
    BY_HAND = "by_hand"
    """Those that a moderator publishes, each by hand."""


class Layout(StrEnum):
    """Where a team's cards stand. A forum takes nothing but posts, whatever the team has chosen."""

    CHANNEL = "channel"
    """A document's card, and its claims' cards behind it."""
    THREAD = "thread"
    """A document's card, and its claims' cards in a thread under it."""
    FORUM = "forum"
    """Each claim is a post of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a team is set up with. Channels and roles are Discord ids; empty roles: everyone.

    `post` is how many of a document's claims are posted at most, None for all of them.
    `send_texts_to` is the host to whose language model an administrator lets texts be sent.
    `digest_days` are the days of the week with a digest, 0 for Monday; there is at least one.
    """

    guild: int
    claims_channel: int
    digest_channel: int
    moderators_channel: int | None
    timezone: ZoneInfo
    digest_at: time
    language: str
    voter_roles: frozenset[int]
    moderator_roles: frozenset[int]
    post: int | None
    post_threshold: float
    post_per_day: int | None
    intake: IntakeAccess = IntakeAccess.VOTERS
    digest_days: frozenset[int] = EVERY_DAY
    publish: PublishRule = PublishRule.ALL
    layout: Layout = Layout.CHANNEL
    snapshots: bool = True
    watch_links: bool = True
    send_texts_to: str | None = None

    @property
    def channels(self) -> frozenset[int]:
        """Those in which something is posted."""
        every = (self.claims_channel, self.digest_channel, self.moderators_channel)
        return frozenset(channel for channel in every if channel is not None)


def make_first_settings(guild: int, claims_channel: int) -> Settings:
    """Return what a team starts with where nothing else is said."""
    return Settings(
        guild=guild,
        claims_channel=claims_channel,
        digest_channel=claims_channel,
        moderators_channel=None,
        timezone=ZoneInfo("UTC"),
        digest_at=time(9, 0),
        language="en",
        voter_roles=frozenset(),
        moderator_roles=frozenset(),
        post=8,
        post_threshold=0.0,
        post_per_day=None,
    )


def write_settings(settings: Settings) -> dict[str, object]:
    """Return the settings in plain values, for the history."""
    return {
        setting.name: _to_plain(getattr(settings, setting.name))
        for setting in fields(Settings)
        if setting.name != "guild"
    }


def _to_plain(value: object) -> object:
    match value:
        case ZoneInfo():
            return value.key
        case time():
            return value.isoformat("minutes")
        case frozenset():
            return sorted(value)
        case StrEnum():
            return value.value
    return value


@dataclass(frozen=True, slots=True)
class Team:
    """One Discord server and its rules. `policy_version` counts from 1."""

    id: TeamId
    settings: Settings
    policy: Policy
    policy_version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the server, as Discord describes them with each interaction.

    `manages_messages` is a right in the whole server.
    """

    discord_id: int
    roles: frozenset[int]
    joined_at: datetime | None
    manages_messages: bool
    administrator: bool
    sees: Callable[[int], bool | None] = field(default=lambda _: True, compare=False)
    """Whether they see a channel of the server; None where it is gone, so that nobody knows."""
    manages: Callable[[int], bool] | None = field(default=None, compare=False)
    """Whether they may manage messages in a channel; None: as in the whole server."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which server, and when: what every request of a person brings along."""

    guild: int
    person: Person
    now: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts for which team, and when, once both are loaded; `by` is None for the terminal."""

    team: Team
    by: MemberKey | None
    now: datetime


def is_moderator(team: Team, person: Person) -> bool:
    """Administrators, the team's moderator roles, or else those who may manage messages.

    Those in the claims channel: who has a room of their own in the server moderates no claims.
    """
    if person.administrator or team.settings.moderator_roles:
        return person.administrator or bool(team.settings.moderator_roles & person.roles)
    if person.manages is None:
        return person.manages_messages
    return person.manages(team.settings.claims_channel)


def is_voter(team: Team, person: Person) -> bool:
    """Return True for the team's voter roles and its moderators.

    Where no role is set: for everyone who sees the claims channel.
    """
    roles = team.settings.voter_roles
    if roles & person.roles or is_moderator(team, person):
        return True
    return not roles and _sees_claims(team, person)


def require_voter(team: Team, person: Person) -> None:
    """Raise NotAllowed unless this person may vote, add claims and attach evidence."""
    if is_voter(team, person):
        return
    if not team.settings.voter_roles:
        _require_channel(team, person)
        raise NotAllowed(
            "Only members who can see the claims channel can take part here.", code="readers-only"
        )
    raise NotAllowed(
        "Only members with one of these roles can take part here: {roles}.",
        roles=team.settings.voter_roles,
    )


def require_reader(team: Team, person: Person) -> None:
    """Raise NotAllowed unless this person may read claims, though not vote on them."""
    if not is_voter(team, person) and not _sees_claims(team, person):
        _require_channel(team, person)
        raise NotAllowed(
            "Only members who can see the claims channel can read claims.", code="readers-only"
        )


def _sees_claims(team: Team, person: Person) -> bool:
    """Return True if they see the claims channel; one that is gone nobody sees."""
    return bool(person.sees(team.settings.claims_channel))


def _require_channel(team: Team, person: Person) -> None:
    """Raise NotAllowed where the claims channel is gone: who could read it is no longer known."""
    if person.sees(team.settings.claims_channel) is None:
        raise NotAllowed(
            "Only moderators can read claims while the claims channel is gone. An administrator"
            " can choose another one with `/setup`.",
            code="channel-gone",
        )


def require_moderator(team: Team, person: Person) -> None:
    """Raise NotAllowed unless this person moderates the team."""
    if not is_moderator(team, person):
        raise NotAllowed("Only moderators can do that.", code="moderators-only")


def require_intake(team: Team, person: Person) -> None:
    """Raise NotAllowed unless this person may bring in documents and add claims."""
    require_voter(team, person)
    if team.settings.intake is IntakeAccess.MODERATORS and not is_moderator(team, person):
        raise NotAllowed(
            "Only moderators can bring in documents here.", code="intake-by-moderators"
        )


def require_administrator(person: Person) -> None:
    """Raise NotAllowed unless this person administers the server."""
    if not person.administrator:
        raise NotAllowed("Only server administrators can do that.", code="administrators-only")


def require_membership(team: Team, person: Person, now: datetime) -> None:
    """Raise NotAllowed until this person has been in the server as long as the policy wants."""
    days = team.policy.member_days
    if days and (person.joined_at is None or now < person.joined_at + timedelta(days=days)):
        raise NotAllowed("You can vote here after {days} days in this server.", days=days)
