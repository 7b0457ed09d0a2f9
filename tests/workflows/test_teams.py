"""Who takes part in a team, and who may read its claims."""

from dataclasses import replace

import pytest

from tests.expect import refuses
from workflows.errors import NotAllowed
from workflows.teams import is_moderator, is_voter, require_reader, require_voter


def outside(person, **given):
    """Somebody who sees no channel of the server."""
    return replace(person(7, **given), sees=lambda _: False)


def test_everyone_who_sees_the_channel(make_team, person):
    """Where no role is set, whoever sees the claims channel takes part, and nobody else."""
    team = make_team(voter_roles=frozenset())

    assert is_voter(team, person(7))
    assert is_voter(team, outside(person, manages=True))
    with refuses(NotAllowed, "readers-only"):
        require_voter(team, outside(person))
    with refuses(NotAllowed, "readers-only"):
        require_reader(team, outside(person))


def test_role_reads_everywhere(make_team, person):
    """Who has the voters' role takes part; others read only where they see the channel."""
    team = make_team(voter_roles=frozenset({5}))

    require_voter(team, outside(person, roles={5}))
    require_reader(team, person(8))
    with refuses(NotAllowed, "readers-only"):
        require_reader(team, outside(person))
    with pytest.raises(NotAllowed):
        require_voter(team, person(8))


def test_moderates_by_the_claims_channel(make_team, person):
    """Where no moderators' role is set, the claims channel's rights decide, and no other's."""
    team = make_team(moderator_roles=frozenset())
    rooms = {team.settings.claims_channel: False, 99: True}

    assert is_moderator(team, person(7, manages=True))
    assert not is_moderator(team, replace(person(7, manages=True), manages=rooms.get))
    rooms[team.settings.claims_channel] = True
    assert is_moderator(team, replace(person(7), manages=rooms.get))
    by_role = make_team(guild=2002, moderator_roles=frozenset({5}))
    assert not is_moderator(by_role, replace(person(7), manages=lambda _: True))


def test_channel_gone(make_team, person):
    """Where no role is set and the claims channel is gone, only moderators take part or read."""
    team = make_team(voter_roles=frozenset())
    lost = {"sees": lambda _: None}

    assert not is_voter(team, replace(person(7), **lost))
    assert is_voter(team, replace(person(7, manages=True), **lost))
    for require in (require_voter, require_reader):
        with refuses(NotAllowed, "channel-gone"):
            require(team, replace(person(7), **lost))
    by_role = make_team(guild=2002, voter_roles=frozenset({5}))
    require_reader(by_role, replace(person(7, roles={5}), **lost))
    with refuses(NotAllowed, "channel-gone"):
        require_reader(by_role, replace(person(7), **lost))
