"""A claim's life: where each event leads, what time brings, which moves are allowed. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.claims import ClaimState, EvidenceCounts, Status, Tally, Verdict
from workflows.errors import Refused
from workflows.events import (
    AskedAgain,
    Assigned,
    ChangedMind,
    ClaimAdded,
    ClaimPosted,
    ConsentGiven,
    DisagreementFound,
    Dropped,
    EventData,
    EvidenceAdded,
    MergedInto,
    MergeUndone,
    PassageAdded,
    Received,
    Released,
    Reopened,
    Reposted,
    SceneSet,
    Settled,
    VoteCast,
)
from workflows.policy import Policy
from workflows.voting import VOTABLE, decide

MONTH = timedelta(days=30)
"""After so long without a vote, a claim that could not be told comes before the team again."""


# ------------------------------------------------------------------------ which moves are allowed


def require_open_to_votes(state: ClaimState) -> None:
    """Raise Refused, with why and who can change it, where a claim takes no votes."""
    if state.settled_at is not None:
        raise Refused(
            "This claim has been settled since {since}. A moderator can reopen it.",
            code="settled",
            since=state.settled_at,
        )
    if state.status not in VOTABLE:
        raise Refused(_CLOSED[state.status], code=state.status.value)


_CLOSED: Mapping[Status, str] = {
    Status.SHELVED: "This claim is on the shelf: it must be posted before it can be voted on.",
    Status.DROPPED: "A moderator has dropped this claim; it takes no more votes.",
    Status.DUPLICATE: "This claim was merged into another one; please vote there.",
}


# ------------------------------------------------------------------------ where each event leads


def make_state_when_added(status: Status, now: datetime) -> ClaimState:
    """Return where a claim begins: before the team, or on the shelf."""
    return ClaimState(status=status, since=now)


def make_state_when_posted(before: ClaimState, now: datetime) -> ClaimState:
    """Put a shelved claim before the team. Raises Refused for any other."""
    if before.status is not Status.SHELVED:
        raise Refused("This claim has already been posted.", code="posted")
    return replace(before, status=Status.UNREVIEWED, since=now)


def find_due(state: ClaimState, now: datetime) -> tuple[Settled | AskedAgain, datetime] | None:
    """Find what the clock brings by `now`, and when: a hold's end, a claim's monthly return."""
    if state.settled_at is not None:
        return None
    at = state.settles_at
    if state.provisional and at is not None and at <= now:
        return Settled(Verdict(state.status.value)), at
    at = state.returns_at
    if state.status is Status.NOT_ENOUGH_EVIDENCE and at is not None and at <= now:
        return AskedAgain(), at
    return None


def apply_event(  # noqa: PLR0911  # one line for each kind of event
    data: EventData,
    policy: Policy,
    tally: Tally,
    sources: EvidenceCounts,
    before: ClaimState,
    now: datetime,
) -> ClaimState:
    """Return a claim's state after an event that left it with this tally and evidence."""
    match data:
        case ClaimAdded(status=status):
            return make_state_when_added(status, now)
        case ClaimPosted():
            return (
                make_state_when_posted(before, now) if before.status is Status.SHELVED else before
            )
        case Settled(by=None) | AskedAgain():
            return _apply_due(before, now)
        case Settled(verdict=verdict):
            status = Status(verdict.value)
            closed = _close(before, status, now)
            since = before.since if status is before.status else now
            return replace(closed, since=since, settled_at=now, last=verdict)
        case (
            ChangedMind()
            | Assigned()
            | Released()
            | Reposted()
            | SceneSet()
            | ConsentGiven()
            | DisagreementFound()
        ):
            return before
        case Dropped() | MergedInto() | Reopened():
            return _close(before, _LEADS_TO[type(data)], now)
        case MergeUndone(status=Status.SHELVED):
            return _close(before, Status.SHELVED, now)
        case MergeUndone():  # with its votes, whose direction nothing but a quorum may show
            status = Status.IN_REVIEW if tally.votes else Status.UNREVIEWED
            before = _close(before, status, now)
    after = decide(policy, tally, sources, before, now)
    return _ask_again(data, before, after, now)


_LEADS_TO: Mapping[type[EventData], Status] = {
    Dropped: Status.DROPPED,
    MergedInto: Status.DUPLICATE,
    Reopened: Status.UNREVIEWED,
}


def _apply_due(before: ClaimState, now: datetime) -> ClaimState:
    """`before` with what the clock brought by `now`, at that thing's own time."""
    match find_due(before, now):
        case Settled(), at:
            return replace(before, settled_at=at)
        case AskedAgain(), at:
            return replace(before, asked_again_at=at, returns_at=None)
    return before


def _close(before: ClaimState, status: Status, now: datetime) -> ClaimState:
    """`before` in another status, with no hold running."""
    return replace(
        before,
        status=status,
        since=now,
        holding=None,
        settles_at=None,
        settled_at=None,
        extended=False,
        asked_again_at=None,
        returns_at=None,
    )


def _ask_again(data: EventData, before: ClaimState, after: ClaimState, now: datetime) -> ClaimState:
    """`after`, with whether it cannot be told and is before the team all the same, or when it is.

    A link or a passage asks again at once, a month without a vote does; a vote answers.
    """
    if after.status is not Status.NOT_ENOUGH_EVIDENCE:
        if after.asked_again_at is after.returns_at is None:
            return after
        return replace(after, asked_again_at=None, returns_at=None)
    if before.status is not after.status or isinstance(data, VoteCast):
        return replace(after, asked_again_at=None, returns_at=now + MONTH)
    if _is_news(data):
        return replace(after, asked_again_at=now, returns_at=None)
    return after


def _is_news(data: EventData) -> bool:
    """Return True if it may tell what could not be told: who said so is another question."""
    match data:
        case EvidenceAdded(target=None) | PassageAdded():
            return True
        case Received(passages=passages, links=links):
            return bool(passages) or any(link.target is None for link in links)
    return False


def find_change_of_mind(before: ClaimState, after: ClaimState) -> ChangedMind | None:
    """Return the event that says so, where the team now holds the opposite of what it held last."""
    if before.last is None or after.last is None or before.last is after.last:
        return None
    return ChangedMind(before.last, after.last)
