"""What a team publishes of a claim, and which claims. Pure functions of values.

Nobody who voted or noted is named, and no vote is counted: the verdict, its sources and its changes
are what a reader can check.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.claims import Claim, Consent, Status, Verdict
from workflows.events import ChangedMind, Event, Reopened, Settled
from workflows.export.model import SETTLED, ExportedClaim
from workflows.teams import PublishRule
from workflows.voting import SettledBy, find_settled_by


class TextKind(StrEnum):
    """Whose words can go out with a claim, where a moderator marked them."""

    RULING = "ruling"
    REASON = "reason"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PublishableText:
    """A reason or a note that stands on a claim, by its key; `published` if it was marked."""

    key: str
    kind: TextKind
    body: str
    published: bool


class PageEvent(StrEnum):
    """What a page tells of a claim's past."""

    SETTLED = "settled"
    CHANGED_MIND = "changed_mind"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A turn in a claim's past: when, which verdict, and whose it was."""

    at: datetime
    turn: PageEvent
    verdict: Verdict | None = None
    was: Verdict | None = None
    settled_by: SettledBy | None = None


@dataclass(frozen=True, slots=True)
class PublishedClaim:
    """A settled claim as readers outside the team see it.

    `exported` has no votes, and only the notes that a moderator marked; `reasons` are the voters'
    marked ones, in no order that tells of the votes, `ruling` the moderator's.
    """

    exported: ExportedClaim
    milestones: tuple[Milestone, ...]
    reasons: tuple[str, ...] = ()
    ruling: str | None = None

    @property
    def claim(self) -> Claim:
        return self.exported.claim

    @property
    def settled_at(self) -> datetime:
        return self.claim.state.settled_at or self.claim.state.since

    @property
    def updated_at(self) -> datetime:
        """Return when its page last changed, as far as its links and its verdict go."""
        return max([self.settled_at, *(link.at for link in self.exported.evidence)])


def is_published(claim: Claim, settled_by: SettledBy | None, rule: PublishRule) -> bool:
    """Return True if a claim goes out under the team's rule.

    A moderator's own verdict never goes out by itself, for no vote of the team stands behind it.
    What a moderator published by hand was published under the verdict of that day: once it is
    settled anew it must be published anew.
    """
    state = claim.state
    if state.settled_at is None or state.status not in SETTLED:
        return False
    if claim.consent is Consent.WITHHELD:
        return False
    if rule is PublishRule.ALL and settled_by is not SettledBy.MODERATOR:
        return True
    return claim.consent_at is not None and claim.consent_at >= state.settled_at


def list_milestones(events: Iterable[tuple[Event, Status]]) -> tuple[Milestone, ...]:
    """Return what a page tells of these events of one claim, each with where it stood before."""
    told: list[Milestone] = []
    for event, before in events:
        match event.data:
            case Settled(verdict=verdict, by=by):
                whose = find_settled_by(verdict, by_moderator=by is not None, before=before)
                told.append(Milestone(event.at, PageEvent.SETTLED, verdict, settled_by=whose))
            case Reopened():
                told.append(Milestone(event.at, PageEvent.REOPENED))
            case ChangedMind(was=was, verdict=verdict):
                told.append(Milestone(event.at, PageEvent.CHANGED_MIND, verdict, was))
    return _leave_out_unsettled(told)


def _leave_out_unsettled(told: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """A mind changed before anything was settled was never public, and stays the team's own."""
    first = next((i for i, each in enumerate(told) if each.turn is PageEvent.SETTLED), len(told))
    return tuple(told[first:])


VERDICT_OF = {Status.SUPPORTED: Verdict.SUPPORTED, Status.REFUTED: Verdict.REFUTED}
"""What a published claim's status says."""
