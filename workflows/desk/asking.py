"""Whose vote is asked for again: their claim was edited or reopened since, or merged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim
from workflows.desk.sheets import team_of
from workflows.store.claim_store import ClaimStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim on which a member's vote is asked for again: their earlier one counts no more there.

    `merged`: they voted on another claim, which was merged into this one. `votes` are the rows of
    those votes, for `mark`.
    """

    claim: Claim
    merged: bool
    votes: tuple[int, ...]


def asked_again(store: ClaimStore, guild: int, discord_id: int) -> tuple[Asked, ...]:
    """What this person has not been asked for yet."""
    team = team_of(store, guild)
    member = store.teams.find_member(team.id, discord_id)
    found = store.asking.of_member(team.id, member) if member else {}
    return tuple(
        Asked(store.claims.get(claim), merged, tuple(votes))
        for claim, (merged, votes) in found.items()
    )


def mark(store: ClaimStore, asked: Iterable[Asked], now: datetime) -> None:
    """They have been asked; nobody is asked twice for the same vote."""
    store.asking.mark([vote for each in asked for vote in each.votes], now)
