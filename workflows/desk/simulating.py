"""A team's real history under other rules: what would differ, before anybody changes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.desk.sheets import team_of
from workflows.errors import BadInput, Refused
from workflows.policy import Policy, read_typed
from workflows.simulation import UNTOLD, Comparison, Simulation, compare
from workflows.store.claim_store import ClaimStore
from workflows.teams import Team

Progress = Callable[[int, int], None]
"""Told how many claims are done, of how many."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A team, the rules it was tried with, and what they would have made of its history.

    `untold` are those of the changed rules whose effect history does not tell.
    """

    team: Team
    policy: Policy
    simulation: Simulation
    untold: tuple[str, ...]


def simulate(
    store: ClaimStore,
    guild: int,
    rules: Sequence[tuple[str, str]],
    now: datetime,
    *,
    progress: Progress | None = None,
) -> Simulated:
    """Try rules, each as (name, what somebody typed), put over the team's own; ("preset", name).

    Reads only, and claims whose votes are hidden are left out, so anybody may ask. Raises NotFound,
    BadInput that names the rule, Refused where these are the team's rules already.
    """
    team = team_of(store, guild)
    policy = team.policy
    for rule, text in rules:
        policy = read_typed(rule, text, policy)
    if not rules:
        raise BadInput("Name a rule to try, such as quorum.")
    if policy == team.policy:
        raise Refused("These are the team's rules already.")
    with store.one_state():
        simulation = _compared(store, team, policy, now, progress)
    untold = tuple(name for name in UNTOLD if getattr(policy, name) != getattr(team.policy, name))
    return Simulated(team, policy, simulation, untold)


def _compared(
    store: ClaimStore, team: Team, policy: Policy, now: datetime, progress: Progress | None
) -> Simulation:
    compared: list[Comparison] = []
    claims = store.claims.of_team(team.id)
    left_out = 0
    for done, claim in enumerate(claims, 1):
        each = compare(claim.number, store.history.of_claim(claim), policy, now)
        if each is not None:
            compared.append(each)
        elif claim.tally.votes:
            left_out += 1
        if progress:
            progress(done, len(claims))
    return Simulation(tuple(compared), left_out)
