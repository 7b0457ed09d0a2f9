"""A team's rules, changed: every open claim is decided anew at once, settled ones never."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.claims import Claim
from workflows.desk.claim_views import get_team
from workflows.desk.transitions import apply, apply_due_in_team, recount_evidence
from workflows.errors import BadInput, Refused
from workflows.events import PolicyChanged
from workflows.flip_limit import Change, limit_flips
from workflows.lifecycle import apply_event
from workflows.policy import Policy, TallyRule, read_rules, read_typed, write_rules
from workflows.simulation import UNTOLD, SimulatedClaim, Simulation, compare_policies
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Team, require_moderator, require_voter


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A team under its new rules, and the claims whose status they changed.

    `still_hidden` are the claims that were voted on under a hidden tally, which stays hidden for
    them until their quorum although the rules now show it.
    """

    team: Team
    changes: tuple[Change, ...]
    still_hidden: tuple[int, ...]


def change_policy(
    store: ClaimStore,
    acting: Acting,
    rules: Mapping[str, object],
    *,
    confirmed: bool = False,
) -> PolicyChange:
    """Put these rules, in their plain form, over the team's own, as a new version.

    Raises NotFound, NotAllowed, BadInput that names the rule, Refused where nothing is changed,
    and Braked where many verdicts would flip and nobody `confirmed` it.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    policy = read_rules(rules, team.policy)
    if policy == team.policy:
        raise Refused("The team already has these rules.", code="unchanged")
    apply_due_in_team(store, team, acting.now)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    new = replace(team, policy=policy, policy_version=team.policy_version + 1)
    data = PolicyChanged(new.policy_version, by)
    open_claims = store.claims.open_in(team.id)
    if not confirmed:
        held = sum(claim.state.provisional for claim in open_claims)
        foreseen = [_foresee(store, new, claim, data, acting.now) for claim in open_claims]
        limit_flips([each for each in foreseen if each.before is not each.after], held)
    store.teams.change_policy(team.id, new.policy_version, policy, acting.now)
    store.history.append_policy(team.id, new.policy_version, policy, acting.now, by)
    after = [
        apply(store, new, claim, data, acting.now, sources=recount_evidence(store, new, claim))
        for claim in open_claims
    ]
    changes = [_change(was, now_) for was, now_ in zip(open_claims, after, strict=True)]
    return PolicyChange(
        new,
        tuple(each for each in changes if each.before is not each.after),
        tuple(claim.number for claim in after if _is_staying_hidden(policy, claim)),
    )


def require_reachable(rule: str, value: str, members: int | None) -> None:
    """Raise BadInput for a quorum that a server of so many members never makes."""
    if rule == "quorum" and value.isdecimal() and members is not None and int(value) > members:
        raise BadInput(
            "A quorum of {quorum} can never be reached: this server has {members} members.",
            code="unreachable",
            quorum=int(value),
            members=members,
        )


def set_rule(
    store: ClaimStore,
    acting: Acting,
    rule: str,
    text: str,
    *,
    confirmed_at: int | None = None,
) -> PolicyChange:
    """Change one rule, or all to a preset, as somebody typed it; see `change`.

    `confirmed_at` is the version of the rules at which somebody confirmed it against the brake.
    Raises Refused where they have changed since.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    if confirmed_at not in (None, team.policy_version):
        raise Refused(
            "Someone else has just changed the rules. Check them, then set yours again.",
            code="changed-meanwhile",
        )
    rules = write_rules(read_typed(rule, text, team.policy))
    return change_policy(store, acting, rules, confirmed=confirmed_at is not None)


def _foresee(
    store: ClaimStore, team: Team, claim: Claim, data: PolicyChanged, now: datetime
) -> Change:
    sources = recount_evidence(store, team, claim)
    state = apply_event(data, team.policy, claim.tally, sources, claim.state, now)
    return _change(claim, replace(claim, state=state))


def _change(before: Claim, after: Claim) -> Change:
    return Change(
        before.number,
        before.state.status,
        after.state.status,
        before.state.provisional,
    )


def _is_staying_hidden(policy: Policy, claim: Claim) -> bool:
    shows = policy.tally is TallyRule.VISIBLE
    return shows and claim.tally.votes > 0 and not claim.state.tally_shown


Progress = Callable[[int, int], None]
"""Told how many claims are done, of how many."""


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """A team, the rules it was tried with, and what they would have made of its history.

    `untold` are those of the changed rules whose effect history does not tell.
    """

    team: Team
    policy: Policy
    simulation: Simulation
    untold: tuple[str, ...]


def simulate_policy(
    store: ClaimStore,
    guild: int,
    person: Person | None,
    rules: Sequence[tuple[str, str]],
    now: datetime,
    *,
    progress: Progress | None = None,
) -> SimulationResult:
    """Try rules, each as (name, what somebody typed), put over the team's own; ("preset", name).

    Reads only, and claims whose votes are hidden are left out. `person` is None for the terminal.
    Raises NotFound, NotAllowed for who may not read claims, BadInput that names the rule, Refused
    where these are the team's rules already.
    """
    team = get_team(store, guild)
    if person:
        require_voter(team, person)
    policy = team.policy
    for rule, text in rules:
        policy = read_typed(rule, text, policy)
    if not rules:
        raise BadInput("Name a rule to try out, such as quorum.", code="rule-needed")
    if policy == team.policy:
        raise Refused("The team already has these rules.", code="unchanged")
    with store.one_state():
        simulation = _compare(store, team, policy, now, progress)
    untold = tuple(name for name in UNTOLD if getattr(policy, name) != getattr(team.policy, name))
    return SimulationResult(team, policy, simulation, untold)


def _compare(
    store: ClaimStore, team: Team, policy: Policy, now: datetime, progress: Progress | None
) -> Simulation:
    compared: list[SimulatedClaim] = []
    claims = store.claims.of_team(team.id)
    left_out = 0
    for done, claim in enumerate(claims, 1):
        each = compare_policies(claim.number, store.history.of_claim(claim), policy, now)
        if each is not None:
            compared.append(each)
        elif claim.tally.votes:
            left_out += 1
        if progress:
            progress(done, len(claims))
    return Simulation(tuple(compared), left_out)
