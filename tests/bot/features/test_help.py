"""/help shows what this person may do here, and nothing else, on one screen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from discord import app_commands

from bot.client import COMMANDS
from bot.command_access import RIGHTS, Access, is_allowed
from bot.features.help import STATUS_MEANINGS, card_page, help_embed
from bot.i18n.labels import STATUSES
from bot.i18n.translator import translator_for
from workflows.claims import TeamId
from workflows.policy import Policy
from workflows.teams import IntakeAccess, Person, Team

WORDS = translator_for("en")
VOTERS, DESK = 5, 6


@pytest.fixture
def team(settings):
    roles = replace(settings, voter_roles=frozenset({VOTERS}), moderator_roles=frozenset({DESK}))
    return Team(TeamId(1), roles, Policy(), 1, datetime(2026, 1, 5, tzinfo=UTC))


def person(*roles, administrator=False):
    return Person(7, frozenset(roles), None, manages_messages=False, administrator=administrator)


STRANGER, VOTER, MODERATOR = person(), person(VOTERS), person(DESK)
OWNER = person(administrator=True)


@pytest.mark.parametrize(
    ("somebody", "groups"),
    [
        (STRANGER, {Access.ANYONE}),
        (VOTER, {Access.ANYONE, Access.VOTERS, Access.READERS}),
        (MODERATOR, {Access.ANYONE, Access.VOTERS, Access.READERS, Access.MODERATORS}),
        (OWNER, set(Access)),
    ],
    ids=["stranger", "voter", "moderator", "administrator"],
)
def test_own_commands_only(team, somebody, groups):
    """Everybody sees the commands they may use, and no others."""
    shown = help_embed(list(COMMANDS), somebody, team, WORDS).description

    for each in COMMANDS:
        every = each.walk_commands() if isinstance(each, app_commands.Group) else [each]
        for command in every:
            name = command.qualified_name
            mark = f"`{name}`" if isinstance(command, app_commands.ContextMenu) else f"`/{name}`"
            assert (mark in shown) == (RIGHTS[name] in groups), name
    assert len(shown) < 2500
    assert shown.count("\n") < 30


def test_clickable(team):
    """Help opens with what a card says; commands that Discord has an id for can be clicked."""
    shown = help_embed(list(COMMANDS), VOTER, team, WORDS, {"claim": 77}).description

    assert shown.startswith("**What a card shows**: The claim in plain words;")
    assert "</claim take:77>" in shown
    assert "`/help`" in shown


def test_moderators_only_intake(team):
    """Intake is for moderators only where the team has set it so."""
    strict = replace(team, settings=replace(team.settings, intake=IntakeAccess.MODERATORS))

    assert is_allowed(VOTER, Access.READERS, team)
    assert not is_allowed(VOTER, Access.READERS, strict)
    assert is_allowed(MODERATOR, Access.READERS, strict)


def test_without_team():
    """Without a team there is only the setup."""
    for somebody, offered in ((VOTER, False), (OWNER, True)):
        shown = help_embed(list(COMMANDS), somebody, None, WORDS).description
        assert shown.startswith("Corrobot isn't set up in this server yet.")
        assert ("`/setup`" in shown) == offered
        assert "`/digest now`" not in shown


def test_onlooker_learns_who_votes(team):
    """Somebody who may only look is told who votes."""
    assert f"Only <@&{VOTERS}> can vote and add links." in (
        help_embed(list(COMMANDS), STRANGER, team, WORDS).description
    )


def test_every_status_explained():
    """Every status is explained, and the page fits."""
    explained = {status for status, _ in STATUS_MEANINGS}

    assert explained >= set(STATUSES.values()) - {"Refuted"}
    assert len(card_page(WORDS)) < 3000
