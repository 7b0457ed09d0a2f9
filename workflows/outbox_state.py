"""How far a post has come, and the moves between its states. Pure functions.

pending ── begun ──▶ sending ── arrived ──▶ sent
   ▲                    │
   │  no answer: it stays in sending, and nobody knows whether it arrived
   │                    ├── put back: Discord said "later", nothing was sent
   └── unparked ── parked ◀── refused, or held before it was tried
                        └── vanished ──▶ gone
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

NONCE_LIVES = timedelta(minutes=2)
"""How long a repeated nonce surely returns the first message; Discord says "a few minutes"."""


class OutboxState(StrEnum):
    """How far a post has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    GONE = "gone"


ON_ITS_WAY = frozenset({OutboxState.PENDING, OutboxState.SENDING})


@dataclass(frozen=True, slots=True)
class Progress:
    """`uncertain_since` is when the first attempt was made of which nobody knows what became."""

    state: OutboxState = OutboxState.PENDING
    attempts: int = 0
    uncertain_since: datetime | None = None
    reason: str | None = None


def begin(post: Progress, now: datetime) -> Progress:
    """Kept before the request leaves, so that a crash is known to be uncertain."""
    since = post.uncertain_since or now
    return Progress(OutboxState.SENDING, post.attempts + 1, since)


def confirm(post: Progress) -> Progress:
    return replace(post, state=OutboxState.SENT, reason=None)


def put_back(before: Progress) -> Progress:
    """`before` the attempt that Discord put off: that one left nothing behind."""
    return replace(before, attempts=before.attempts + 1)


def park(before: Progress, reason: str) -> Progress:
    """`before` the attempt that was refused; an earlier one may have arrived none the less."""
    return replace(put_back(before), state=OutboxState.PARKED, reason=reason)


def hold(post: Progress, reason: str) -> Progress:
    """Parked without having been tried."""
    return replace(post, state=OutboxState.PARKED, reason=reason)


def lose(post: Progress, reason: str) -> Progress:
    """It had arrived and was deleted, or nobody wants it any more: it is not posted again."""
    return replace(post, state=OutboxState.GONE, reason=reason)


def unparked(post: Progress) -> Progress:
    """To be tried again; looked for first where it may have arrived."""
    state = OutboxState.SENDING if post.uncertain_since else OutboxState.PENDING
    return replace(post, state=state, reason=None)


def must_look_up(post: Progress, now: datetime, *, has_nonce: bool = True) -> bool:
    """Return True if it may have arrived so long ago that repeating it could double it.

    A clock that was set back says nothing about the time that has passed. A forum's post has no
    nonce, so that nothing but a look tells whether it arrived.
    """
    since = post.uncertain_since
    if not has_nonce:
        return since is not None
    return (
        post.state is OutboxState.SENDING
        and since is not None
        and not timedelta() <= now - since < NONCE_LIVES
    )
