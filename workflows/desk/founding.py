"""Teams: created from the configuration at the first start, kept afterwards."""

from dataclasses import fields
from datetime import datetime

from workflows.policy import Policy, write_rules
from workflows.store.claim_store import ClaimStore
from workflows.teams import Settings, Team


def found(
    store: ClaimStore, settings: Settings, policy: Policy, now: datetime
) -> tuple[Team, tuple[str, ...]]:
    """The team of the server these settings name, created if there is none.

    The second value names the keys in which a team that is there differs from them: the team's
    own settings stand.
    """
    team = store.teams.of_guild(settings.guild)
    if team is None:
        team = store.teams.create(settings, policy, now)
        store.history.append_policy(team.id, 1, policy, now)
        return team, ()
    return team, differing(team, settings, policy)


def differing(team: Team, settings: Settings, policy: Policy) -> tuple[str, ...]:
    """The keys of a file in which a team has its own settings or rules."""
    keys = [
        setting.name
        for setting in fields(Settings)
        if getattr(team.settings, setting.name) != getattr(settings, setting.name)
    ]
    ours, theirs = write_rules(team.policy), write_rules(policy)
    return (*keys, *(f"policy.{rule}" for rule in ours if ours[rule] != theirs[rule]))


def team_in(store: ClaimStore, guild: int) -> Team | None:
    """The team of this server, if it has one."""
    return store.teams.of_guild(guild)


def guilds(store: ClaimStore) -> frozenset[int]:
    """The servers that have a team."""
    return frozenset(team.settings.guild for team in store.teams.all())
