"""Known fact-checks: brought in by the host, and found again where one is offered.

They are offered as evidence, whose stance a person chooses; nothing is ever voted by them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import ClaimKey
from workflows.desk.checked_before import CheckedBefore, find_checked
from workflows.desk.claim_views import ClaimView, get_team, view_by_key
from workflows.errors import NotFound
from workflows.fact_checks import FactCheck
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, require_voter
from workflows.urls import identify_page


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many fact-checks were new, and how many were known and brought up to date."""

    new: int
    known: int


def import_fact_checks(
    store: ClaimStore, guild: int, checks: Collection[FactCheck], now: datetime
) -> ImportResult:
    """Keep fact-checks for a team. Raises NotFound for a server without one."""
    team = get_team(store, guild)
    new = sum(store.fact_checks.keep(team.id, each, now) for each in checks)
    return ImportResult(new, len(checks) - new)


def find_for_claim(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person
) -> tuple[ClaimView, CheckedBefore]:
    """Return a claim, and all that is known about the like. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_voter(team, person)
    shown, _ = view_by_key(store, guild, key)
    words, own = shown.claim.words, {key}
    return shown, find_checked(store, team, words, besides=own, evidence=shown.evidence, asked=True)


def keep_found(
    store: ClaimStore, guild: int, key: ClaimKey, found: Collection[FactCheck], now: datetime
) -> tuple[FactCheck, ...]:
    """Keep what a search found of a claim, so that it can be offered; nothing that is known there.

    Return what is new to the claim, with the rows it is kept in. Raises NotFound.
    """
    shown, _ = view_by_key(store, guild, key)
    there = {identify_page(link.url) for link in shown.evidence}
    offered = []
    for check in found:
        if identify_page(check.url) not in there:
            store.fact_checks.keep(shown.team.id, check, now)
            offered.append(store.fact_checks.find(shown.team.id, check))
    return tuple(filter(None, offered))


def get_fact_check(store: ClaimStore, guild: int, check: int, person: Person) -> FactCheck:
    """Return a known fact-check, for somebody who may add evidence. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_voter(team, person)
    found = store.fact_checks.get(team.id, check)
    if found is None:
        raise NotFound("This fact-check isn't known here.")
    return found
