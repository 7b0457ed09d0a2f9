"""What a team's real history would have come to under other rules. Pure functions.

Votes, links and moderators' acts happen again at their own times; what the clock brings is worked
out anew. Votes that were refused in truth are not known, and those that would have been refused
(for the claim would have been settled by then) do not count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.claims import MemberKey, Standing, Status, Verdict
from workflows.events import (
    AskedAgain,
    ChangedMind,
    ClaimAdded,
    Dropped,
    Edited,
    Event,
    Happening,
    MergedInto,
    MergeUndone,
    PolicyChanged,
    Reopened,
    Settled,
    VoteCast,
    VoteTakenBack,
)
from workflows.lifecycle import due_by, standing_after
from workflows.policy import Policy
from workflows.replay import Story, step
from workflows.voting import VOTABLE

UNTOLD = ("weights", "reason", "member_days")
"""Rules whose effect no history tells: what else people would have been, or have said."""
_VERDICTS = frozenset(verdict.value for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class Came:
    """What a claim has come to: its status, since when, and when it was settled."""

    status: Status
    since: datetime
    settled_at: datetime | None

    @property
    def is_verdict(self) -> bool:
        return self.status.value in _VERDICTS


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim as it is, and as it would be."""

    number: int
    was: Came
    would: Came

    @property
    def differs(self) -> bool:
        """Whether one of the two is a verdict, and the other is not the same."""
        verdict = self.was.is_verdict or self.would.is_verdict
        return verdict and self.was.status is not self.would.status

    @property
    def later(self) -> timedelta:
        """How much later the same verdict would have come; negative: sooner.

        Until it is settled in both, the time at which it was reached is compared.
        """
        if self.was.settled_at and self.would.settled_at:
            return self.would.settled_at - self.was.settled_at
        return self.would.since - self.was.since


@dataclass(frozen=True, slots=True)
class Simulation:
    """Every claim that was compared, and how many were left out: their votes are hidden."""

    compared: tuple[Comparison, ...]
    left_out: int

    @property
    def verdicts(self) -> int:
        """How many of the claims have a verdict in truth."""
        return sum(each.was.is_verdict for each in self.compared)

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """The claims whose verdict would be another, or none."""
        return tuple(each for each in self.compared if each.differs)

    @property
    def moved(self) -> tuple[Comparison, ...]:
        """The claims with the same verdict at another time."""
        return tuple(
            each
            for each in self.compared
            if each.was.is_verdict and not each.differs and each.later
        )


def compare(
    number: int, events: Sequence[Event], policy: Policy, now: datetime
) -> Comparison | None:
    """One claim's history under other rules; None while the direction of its votes is hidden."""
    was = events[-1].outcome.standing
    if not was.tally_shown:
        return None
    return Comparison(number, _came(was), _came(rerun(events, policy, now)))


def rerun(events: Iterable[Event], policy: Policy, now: datetime) -> Standing:
    """Where a claim would stand at `now`, had these been the rules all the time."""
    story: Story | None = None
    by: MemberKey | None = None
    for event in events:
        if story is None:
            by = event.happening.by
        else:
            story = _brought(story, policy, event.at)
            if not _happens(event.happening, story.standing, policy, by):
                continue
        before = story.standing if story else event.outcome.standing
        story = step(story, event.happening, event.at, before)
        story = _decided(story, event.happening, policy, before, event.at)
    if story is None:
        raise ValueError("a claim's history begins with its being added")
    return _brought(story, policy, now).standing


def _decided(
    story: Story, happening: Happening, policy: Policy, before: Standing, at: datetime
) -> Story:
    sources = story.sources(policy)
    return replace(
        story, standing=standing_after(happening, policy, story.tally, sources, before, at)
    )


def _brought(story: Story, policy: Policy, now: datetime) -> Story:
    """The story with what the clock would have brought by `now`."""
    due = due_by(story.standing, now)
    return _decided(story, due[0], policy, story.standing, due[1]) if due else story


def _happens(  # noqa: PLR0911  # one line for each kind of event
    happening: Happening, standing: Standing, policy: Policy, added_by: MemberKey | None
) -> bool:
    """Whether it would have been done, and not refused, where the claim would have stood."""
    is_open = standing.settled_at is None and standing.status in VOTABLE
    match happening:
        case ClaimAdded() | ChangedMind() | PolicyChanged() | AskedAgain() | Settled(by=None):
            return False
        case VoteCast(by=by) if by == added_by and not policy.own_claims:
            return False
        case VoteCast() | VoteTakenBack() | Settled():
            return is_open
        case Reopened():
            return standing.settled_at is not None or standing.status is Status.DROPPED
        case Dropped() | Edited() | MergedInto():
            return is_open or standing.status is Status.SHELVED
        case MergeUndone():
            return standing.status is Status.DUPLICATE
    return True


def _came(standing: Standing) -> Came:
    return Came(standing.status, standing.since, standing.settled_at)
