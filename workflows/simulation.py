"""What a team's real history would have come to under other rules. Pure functions.

Votes, links and moderators' acts happen again at their own times; what the clock brings is worked
out anew. Votes that were refused in truth are not known, and those that would have been refused
(for the claim would have been settled by then) do not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.claims import ClaimState, MemberKey, Status, Verdict
from workflows.events import (
    AskedAgain,
    ChangedMind,
    ClaimAdded,
    Dropped,
    Edited,
    Event,
    EventData,
    MergedInto,
    MergeUndone,
    PolicyChanged,
    Reopened,
    Settled,
    VoteCast,
    VoteRemoved,
    VoteRestored,
    VoteTakenBack,
)
from workflows.lifecycle import apply_event, find_due
from workflows.policy import Policy
from workflows.replay import ClaimHistory, replay_event
from workflows.voting import VOTABLE

UNTOLD = ("weights", "reason", "member_days")
"""Rules whose effect no history tells: what else people would have been, or have said."""
_VERDICTS = frozenset(verdict.value for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class SimulatedVerdict:
    """What a claim has come to: its status, since when, and when it was settled."""

    status: Status
    since: datetime
    settled_at: datetime | None

    @property
    def is_verdict(self) -> bool:
        return self.status.value in _VERDICTS


@dataclass(frozen=True, slots=True)
class SimulatedClaim:
    """One claim as it is, and as it would be."""

    number: int
    was: SimulatedVerdict
    would: SimulatedVerdict

    @property
    def differs(self) -> bool:
        """Return True if one of the two is a verdict that the other is not."""
        verdict = self.was.is_verdict or self.would.is_verdict
        return verdict and self.was.status is not self.would.status

    @property
    def later(self) -> timedelta:
        """Return how much later the same verdict would have come; negative for sooner.

        Until it is settled in both, the time at which it was reached is compared.
        """
        if self.was.settled_at and self.would.settled_at:
            return self.would.settled_at - self.was.settled_at
        return self.would.since - self.was.since


@dataclass(frozen=True, slots=True)
class Simulation:
    """Every claim that was compared, and how many were left out: their votes are hidden."""

    compared: tuple[SimulatedClaim, ...]
    left_out: int

    @property
    def verdicts(self) -> int:
        """Return how many of the claims really have a verdict."""
        return sum(each.was.is_verdict for each in self.compared)

    @property
    def differing(self) -> tuple[SimulatedClaim, ...]:
        """The claims whose verdict would be another, or none."""
        return tuple(each for each in self.compared if each.differs)

    @property
    def moved(self) -> tuple[SimulatedClaim, ...]:
        """The claims with the same verdict at another time."""
        return tuple(
            each
            for each in self.compared
            if each.was.is_verdict and not each.differs and each.later
        )


def compare_policies(
    number: int, events: Sequence[Event], policy: Policy, now: datetime
) -> SimulatedClaim | None:
    """Return one claim's history under other rules.

    None while the direction of its votes is hidden.
    """
    was = events[-1].outcome.state
    if not was.tally_shown:
        return None
    return SimulatedClaim(
        number, _find_verdict(was), _find_verdict(rerun_history(events, policy, now))
    )


def rerun_history(events: Iterable[Event], policy: Policy, now: datetime) -> ClaimState:
    """Return where a claim would stand at `now`, had these been the rules all the time."""
    history: ClaimHistory | None = None
    by: MemberKey | None = None
    for event in events:
        if history is None:
            by = event.data.by
        else:
            history = _apply_due(history, policy, event.at)
            if not _is_applied(event.data, history.state, policy, by):
                continue
        before = history.state if history else event.outcome.state
        history = replay_event(history, event.data, event.at, before)
        history = _decide(history, event.data, policy, before, event.at)
    if history is None:
        raise ValueError("a claim's history begins with its being added")
    return _apply_due(history, policy, now).state


def _decide(
    history: ClaimHistory, data: EventData, policy: Policy, before: ClaimState, at: datetime
) -> ClaimHistory:
    sources = history.sources(policy)
    return replace(history, state=apply_event(data, policy, history.tally, sources, before, at))


def _apply_due(history: ClaimHistory, policy: Policy, now: datetime) -> ClaimHistory:
    """Return the story with what the clock would have brought by `now`."""
    due = find_due(history.state, now)
    return _decide(history, due[0], policy, history.state, due[1]) if due else history


def _is_applied(  # noqa: PLR0911  # one line for each kind of event
    data: EventData, state: ClaimState, policy: Policy, added_by: MemberKey | None
) -> bool:
    """Return True if it would have been done, and not refused, where the claim would have stood."""
    is_open = state.settled_at is None and state.status in VOTABLE
    match data:
        case ClaimAdded() | ChangedMind() | PolicyChanged() | AskedAgain() | Settled(by=None):
            return False
        case VoteCast(by=by) if by == added_by and not policy.own_claims:
            return False
        case VoteCast() | VoteTakenBack() | VoteRemoved() | VoteRestored() | Settled():
            return is_open
        case Reopened():
            return state.settled_at is not None or state.status is Status.DROPPED
        case Dropped() | Edited() | MergedInto():
            return is_open or state.status is Status.SHELVED
        case MergeUndone():
            return state.status is Status.DUPLICATE
    return True


def _find_verdict(state: ClaimState) -> SimulatedVerdict:
    return SimulatedVerdict(state.status, state.since, state.settled_at)
