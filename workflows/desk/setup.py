"""/setup: a team founded from within its server, and its settings changed at any time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from workflows.desk import digests
from workflows.errors import BadInput
from workflows.policy import Policy, write_rules
from workflows.store.claim_store import ClaimStore
from workflows.teams import (
    Acting,
    Person,
    Settings,
    Team,
    make_first_settings,
    require_administrator,
)


def create_team(
    store: ClaimStore, settings: Settings, policy: Policy, now: datetime
) -> tuple[Team, tuple[str, ...]]:
    """Return the team of the server these settings name, created if there is none.

    The second value names the keys in which a team that is there differs from them: the team's
    own settings stand.
    """
    team = store.teams.of_guild(settings.guild)
    if team is None:
        team = store.teams.create(settings, policy, now)
        store.history.append_policy(team.id, 1, policy, now)
        return team, ()
    return team, find_differing(team, settings, policy)


_SAID_THERE = frozenset({"send_texts_to"})
"""Settings that no file has: only a team's administrators say so, in their server."""


def find_differing(team: Team, settings: Settings, policy: Policy) -> tuple[str, ...]:
    """Return the keys of a file in which a team has its own settings or rules."""
    keys = [
        setting.name
        for setting in fields(Settings)
        if setting.name not in _SAID_THERE
        and getattr(team.settings, setting.name) != getattr(settings, setting.name)
    ]
    ours, theirs = write_rules(team.policy), write_rules(policy)
    return (*keys, *(f"policy.{rule}" for rule in ours if ours[rule] != theirs[rule]))


def get_team(store: ClaimStore, guild: int) -> Team | None:
    """Return the team of this server, if it has one."""
    return store.teams.of_guild(guild)


_WHEN = ("timezone", "digest_at", "digest_days")
"""The settings that say when a digest comes."""


@dataclass(frozen=True, slots=True)
class SetupResult:
    """A team as it now stands. `changed` names the settings that are others; all, if founded."""

    team: Team
    founded: bool
    changed: tuple[str, ...]


def look_up(store: ClaimStore, guild: int, person: Person) -> Team | None:
    """Return the team of this server, for its administrators. Raises NotAllowed."""
    require_administrator(person)
    return store.teams.of_guild(guild)


def set_up(
    store: ClaimStore, acting: Acting, wanted: Mapping[str, object], policy: Policy | None = None
) -> SetupResult:
    """Put these settings (by the names of their fields) over the team's own, or found it.

    `policy` is what a new team starts with. Without a channel of its own the digest follows the
    claims. Raises NotAllowed, and BadInput where a new team has no
    channel for its claims.
    """
    require_administrator(acting.person)
    team = store.teams.of_guild(acting.guild)
    if team is None:
        return _create_team(store, acting, wanted, policy or Policy())
    settings = _merge_settings(team.settings, wanted)
    changed = tuple(
        setting.name
        for setting in fields(Settings)
        if getattr(settings, setting.name) != getattr(team.settings, setting.name)
    )
    if any(name in _WHEN for name in changed):
        digests.before_rescheduling(store, team, acting.now)
    if changed:
        by = store.teams.member(team.id, acting.person.discord_id, acting.now)
        store.teams.change_settings(team.id, settings)
        store.history.append_settings(team.id, settings, acting.now, by)
    if "language" in changed:
        store.outbox.redraw_open(team.id)
        store.outbox.tend_posts(team.id)
    return SetupResult(replace(team, settings=settings), founded=False, changed=changed)


def _create_team(
    store: ClaimStore, acting: Acting, wanted: Mapping[str, object], policy: Policy
) -> SetupResult:
    channel = wanted.get("claims_channel")
    if not isinstance(channel, int):
        raise BadInput("Please choose the channel for claims.", code="channel-needed")
    settings = _merge_settings(make_first_settings(acting.guild, channel), wanted)
    team, _ = create_team(store, settings, policy, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    store.history.append_settings(team.id, settings, acting.now, by)
    return SetupResult(team, founded=True, changed=tuple(wanted))


def _merge_settings(settings: Settings, wanted: Mapping[str, object]) -> Settings:
    followed = settings.digest_channel == settings.claims_channel
    new = replace(settings, **wanted)  # type: ignore[arg-type]  # by the names of its fields
    if "digest_channel" not in wanted and followed:
        return replace(new, digest_channel=new.claims_channel)
    return new
