"""Who may use which command: what /help shows, docs/commands.md says, and the code checks.

The desk refuses whoever may not; this table only tells it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from workflows.teams import IntakeAccess, Person, Team, is_moderator, is_voter


class Access(StrEnum):
    """Those a command is for."""

    ANYONE = "anyone"
    VOTERS = "voters"
    READERS = "readers"
    """Who brings in documents: voters, or moderators only, as the team has set it."""
    MODERATORS = "moderators"
    ADMINISTRATORS = "administrators"


RIGHTS: Mapping[str, Access] = MappingProxyType(
    {
        "intake text": Access.READERS,
        "intake url": Access.READERS,
        "intake file": Access.READERS,
        "intake drafts": Access.ANYONE,
        "Extract claims": Access.READERS,
        "feed add": Access.MODERATORS,
        "feed list": Access.MODERATORS,
        "feed remove": Access.MODERATORS,
        "feed pause": Access.MODERATORS,
        "claim add": Access.VOTERS,
        "claim evidence": Access.VOTERS,
        "Add as evidence": Access.VOTERS,
        "claim place": Access.VOTERS,
        "claim take": Access.VOTERS,
        "claim release": Access.VOTERS,
        "claim show": Access.VOTERS,
        "claim list": Access.VOTERS,
        "claim search": Access.VOTERS,
        "claim edit": Access.MODERATORS,
        "claim merge": Access.MODERATORS,
        "claim split": Access.MODERATORS,
        "claim assign": Access.MODERATORS,
        "claim settle": Access.MODERATORS,
        "claim reopen": Access.MODERATORS,
        "claim drop": Access.MODERATORS,
        "claim repost": Access.MODERATORS,
        "claim publish": Access.MODERATORS,
        "webhook add": Access.MODERATORS,
        "webhook list": Access.MODERATORS,
        "webhook remove": Access.MODERATORS,
        "webhook test": Access.MODERATORS,
        "votes remove": Access.MODERATORS,
        "digest now": Access.MODERATORS,
        "digest preview": Access.VOTERS,
        "digest pause": Access.MODERATORS,
        "digest resume": Access.MODERATORS,
        "digest subscribe": Access.VOTERS,
        "digest unsubscribe": Access.ANYONE,
        "digest mail": Access.ANYONE,
        "digest confirm": Access.ANYONE,
        "policy show": Access.ANYONE,
        "policy simulate": Access.VOTERS,
        "policy set": Access.MODERATORS,
        "export": Access.MODERATORS,
        "audit": Access.MODERATORS,
        "setup": Access.ADMINISTRATORS,
        "privacy": Access.ANYONE,
        "forget-me": Access.ANYONE,
        "help": Access.ANYONE,
    }
)
"""By the whole name of each command and message menu."""


def is_allowed(person: Person, who: Access, team: Team | None) -> bool:
    """Return True if this person is one of those; without a team there is only setting one up."""
    if who is Access.ADMINISTRATORS:
        return person.administrator
    if team is None:
        return False
    if who is Access.READERS:
        who = Access.VOTERS if team.settings.intake is IntakeAccess.VOTERS else Access.MODERATORS
    if who is Access.VOTERS:
        return is_voter(team, person)
    return who is Access.ANYONE or is_moderator(team, person)
