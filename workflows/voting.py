"""From votes and evidence to where a claim stands, and what is missing. Pure functions.

The verdict with its `share` of the weight wins; once reached it is lost only below `keep_share`.
Supported and Refuted need links of their own stance besides. A clock decides nothing but the end
of a hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Protocol

from workflows.claims import ClaimState, Evidence, EvidenceCounts, Stance, Status, Tally, Verdict
from workflows.policy import Policy, TallyRule

RULES = 3
"""The version of the rules in this module and `lifecycle`, written into every outcome.

2: a claim that could not be told has a day on which it returns; a link on a saying does not ask.
3: where votes that count are fewer than the quorum again, their direction is hidden again.
"""

STANCE_OF: Mapping[Verdict, Stance] = {
    Verdict.SUPPORTED: Stance.SUPPORTS,
    Verdict.REFUTED: Stance.REFUTES,
}
HELD: Mapping[Status, Verdict] = {
    Status.SUPPORTED: Verdict.SUPPORTED,
    Status.REFUTED: Verdict.REFUTED,
}
VOTABLE = frozenset(
    {
        Status.UNREVIEWED,
        Status.IN_REVIEW,
        Status.CONFLICTING,
        Status.SUPPORTED,
        Status.REFUTED,
        Status.NOT_ENOUGH_EVIDENCE,
    }
)
"""The statuses in which votes decide, unless the claim is settled."""


def is_votable(state: ClaimState) -> bool:
    """Return True if a claim in this state takes votes."""
    return state.settled_at is None and state.status in VOTABLE


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a claim from a verdict.

    `votes` are missing to the quorum. `sources` says how many links a verdict still lacks; until
    the quorum for either direction, afterwards only for the one that leads. `swing` says, for a
    conflicting claim, how many votes of weight 1 would give each verdict its share.
    """

    votes: int = 0
    evidence: Mapping[Verdict, int] = field(default_factory=dict)
    swing: Mapping[Verdict, int] = field(default_factory=dict)


class CountableLink(Protocol):
    """What of a piece of evidence the rules ask for."""

    @property
    def stance(self) -> Stance: ...
    @property
    def origin(self) -> str: ...
    @property
    def counts(self) -> bool: ...
    @property
    def target(self) -> int | None: ...


def decide(
    policy: Policy, tally: Tally, sources: EvidenceCounts, before: ClaimState, now: datetime
) -> ClaimState:
    """Return where a claim stands after a change to its votes, evidence or policy at `now`.

    A settled, shelved, dropped or merged claim stays where it is.
    """
    if not is_votable(before):
        return before
    status = _find_status(policy, tally, sources, before.status)
    shown = _is_shown(policy, tally, before)
    return replace(
        _find_hold(policy, status, before, now),
        status=status,
        since=before.since if status is before.status else now,
        tally_shown=shown,
        last=HELD.get(status, before.last),
    )


def conclude(
    policy: Policy, tally: Tally, sources: EvidenceCounts, before: Status
) -> tuple[Status, Missing]:
    """Return the status these votes and sources make, and what is missing to another."""
    return (
        _find_status(policy, tally, sources, before),
        _find_missing(policy, tally, sources, before),
    )


def _find_status(policy: Policy, tally: Tally, sources: EvidenceCounts, before: Status) -> Status:
    """Return the status alone: all that a vote asks for."""
    if tally.votes < policy.quorum:
        return Status.IN_REVIEW if tally.votes else Status.UNREVIEWED
    verdict = find_leading(policy, tally, before)
    if verdict is None:
        return Status.CONFLICTING
    return Status.IN_REVIEW if _find_lack(policy, sources, verdict) else Status(verdict.value)


def _find_missing(policy: Policy, tally: Tally, sources: EvidenceCounts, before: Status) -> Missing:
    if tally.votes < policy.quorum:
        lacking = {
            verdict: lack for verdict in STANCE_OF if (lack := _find_lack(policy, sources, verdict))
        }
        return Missing(votes=policy.quorum - tally.votes, evidence=lacking)
    verdict = find_leading(policy, tally, before)
    if verdict is None:
        return Missing(swing=_find_swing(policy.share, tally))
    lack = _find_lack(policy, sources, verdict)
    return Missing(evidence={verdict: lack} if lack else {})


class Lack(StrEnum):
    """What a verdict that a moderator sets may be without."""

    VOTES = "votes"
    LINK = "link"


def find_lacking(
    policy: Policy, tally: Tally, sources: EvidenceCounts, verdict: Verdict
) -> frozenset[Lack]:
    """Return what does not stand behind a verdict: any vote, any link of its stance."""
    needs_link = policy.evidence_needed > 0 and _find_lack(policy, sources, verdict) > 0
    lacks = {Lack.VOTES: not tally.votes, Lack.LINK: needs_link}
    return frozenset(lack for lack, is_lacking in lacks.items() if is_lacking)


class SettledBy(StrEnum):
    """Whose verdict a settled claim has."""

    TEAM = "team"
    """The team's: its votes held until the end of the hold."""
    TEAM_EARLY = "team_early"
    """The team's: its votes and links had reached it, and a moderator ended the hold early."""
    MODERATOR = "moderator"
    """A moderator's own: the team had not reached it."""

    @property
    def whose(self) -> str:
        """Return "team" or "moderator", as exports and webhooks say it."""
        return "moderator" if self is SettledBy.MODERATOR else "team"


def find_settled_by(verdict: Verdict, *, by_moderator: bool, before: Status) -> SettledBy:
    """Return whose verdict it is; `before` is where the claim stood when it was settled."""
    if not by_moderator:
        return SettledBy.TEAM
    return SettledBy.TEAM_EARLY if HELD.get(before) is verdict else SettledBy.MODERATOR


def find_leading(policy: Policy, tally: Tally, before: Status) -> Verdict | None:
    """Return the verdict that has its share, or still keeps it; None when no verdict has."""
    for verdict in Verdict:
        needed = policy.keep_share if before.value == verdict.value else policy.share
        if tally.total and _has_share(tally, verdict, needed):
            return verdict
    return None


def _has_share(tally: Tally, verdict: Verdict, share: Fraction) -> bool:
    return tally.weight(verdict) * share.denominator >= share.numerator * tally.total


def count_evidence(policy: Policy, evidence: Iterable[CountableLink]) -> EvidenceCounts:
    """Return how many links count for each side; with `independent`, one for each origin."""
    origins: dict[Stance, list[str]] = {Stance.SUPPORTS: [], Stance.REFUTES: []}
    for link in evidence:
        if link.counts and link.target is None and link.stance in origins:
            origins[link.stance].append(link.origin)
    return EvidenceCounts(
        *(len(set(found)) if policy.independent else len(found) for found in origins.values())
    )


def _is_shown(policy: Policy, tally: Tally, before: ClaimState) -> bool:
    """Return True if the votes' direction is known: at quorum, or from the first vote on.

    Who voted while it was hidden relies on that: a rule made visible later does not reach them,
    nor does somebody who makes the quorum and takes the vote back, and the first vote after an
    edit or a reopening is as hidden as the first of all.
    """
    if tally.votes >= policy.quorum:
        return True
    first = before.status is Status.UNREVIEWED and tally.votes > 0
    return policy.tally is TallyRule.VISIBLE and (first or before.tally_shown)


def _find_lack(policy: Policy, sources: EvidenceCounts, verdict: Verdict) -> int:
    stance = STANCE_OF.get(verdict)
    return max(0, policy.evidence_needed - int(getattr(sources, stance))) if stance else 0


def _find_swing(share: Fraction, tally: Tally) -> dict[Verdict, int]:
    """The least k with (weight + k) / (total + k) >= share, for each verdict that can reach it."""
    if share == 1:
        return {}
    return {
        verdict: ceil((share * tally.total - tally.weight(verdict)) / (1 - share))
        for verdict in Verdict
    }


def _find_hold(policy: Policy, status: Status, before: ClaimState, now: datetime) -> ClaimState:
    """`before` with the hold that runs once `status` is reached at `now`.

    A verdict that flips while its hold runs starts it anew; in the last quarter only once, so
    that late swings are answered but nobody can keep a claim from settling for ever.
    """
    verdict = HELD.get(status)
    running = before.settles_at is not None and now < before.settles_at
    if verdict is None:
        if running or before.holding is None:
            return before
        return replace(before, holding=None, settles_at=None, extended=False)
    if not running or before.settles_at is None:
        return replace(before, holding=verdict, settles_at=now + policy.hold, extended=False)
    if before.holding is verdict:
        return before
    late = now >= before.settles_at - policy.hold / 4
    if late and before.extended:
        return replace(before, holding=verdict)
    return replace(
        before, holding=verdict, settles_at=now + policy.hold, extended=before.extended or late
    )


@dataclass(frozen=True, slots=True)
class Side:
    """Those who voted for one verdict: their weight, their reasons, and the links that say so."""

    verdict: Verdict
    weight: int
    reasons: tuple[str, ...]
    links: tuple[Evidence, ...]


def list_sides(
    tally: Tally, reasons: Mapping[Verdict, Sequence[str]], evidence: Iterable[Evidence]
) -> tuple[Side, ...]:
    """Return each side that has votes or links, Supported first.

    Links about a source are on no side: they are about another question.
    """
    about = [link for link in evidence if link.target is None]
    each = (
        Side(
            verdict,
            tally.weight(verdict),
            tuple(reasons.get(verdict, ())),
            tuple(link for link in about if link.stance is STANCE_OF.get(verdict)),
        )
        for verdict in Verdict
    )
    return tuple(side for side in each if side.weight or side.links)
