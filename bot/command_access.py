"""Who may use which command: what /help shows, docs/commands.md says, and the code checks.

The desk refuses whoever may not; this table only tells it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from workflows.teams import IntakeAccess, Person, Team, is_moderator, is_voter


class Who(StrEnum):
    """Those a command is for."""

    ANYONE = "anyone"
    VOTERS = "voters"
    READERS = "readers"
    """Who brings in documents: voters, or moderators only, as the team has set it."""
    MODERATORS = "moderators"
    ADMINISTRATORS = "administrators"


RIGHTS: Mapping[str, Who] = MappingProxyType(
    {
        "intake text": Who.READERS,
        "intake file": Who.READERS,
        "intake drafts": Who.ANYONE,
        "Extract claims": Who.READERS,
        "claim add": Who.VOTERS,
        "claim evidence": Who.VOTERS,
        "Add as evidence": Who.VOTERS,
        "claim show": Who.VOTERS,
        "claim list": Who.VOTERS,
        "claim search": Who.VOTERS,
        "claim edit": Who.MODERATORS,
        "claim merge": Who.MODERATORS,
        "claim split": Who.MODERATORS,
        "claim assign": Who.MODERATORS,
        "claim settle": Who.MODERATORS,
        "claim reopen": Who.MODERATORS,
        "claim drop": Who.MODERATORS,
        "claim repost": Who.MODERATORS,
        "digest now": Who.MODERATORS,
        "digest preview": Who.ANYONE,
        "digest pause": Who.MODERATORS,
        "digest resume": Who.MODERATORS,
        "digest subscribe": Who.VOTERS,
        "digest unsubscribe": Who.ANYONE,
        "policy show": Who.ANYONE,
        "policy simulate": Who.ANYONE,
        "policy set": Who.MODERATORS,
        "export": Who.MODERATORS,
        "audit": Who.MODERATORS,
        "setup": Who.ADMINISTRATORS,
        "privacy": Who.ANYONE,
        "forget-me": Who.ANYONE,
        "help": Who.ANYONE,
    }
)
"""By the whole name of each command and message menu."""


def may(person: Person, who: Who, team: Team | None) -> bool:
    """Whether this person is one of those; without a team there is only setting one up."""
    if who is Who.ADMINISTRATORS:
        return person.administrator
    if team is None:
        return False
    if who is Who.READERS:
        who = Who.VOTERS if team.settings.intake is IntakeAccess.VOTERS else Who.MODERATORS
    if who is Who.VOTERS:
        return is_voter(team, person)
    return who is Who.ANYONE or is_moderator(team, person)
