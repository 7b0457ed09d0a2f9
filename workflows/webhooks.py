"""Webhooks: what other programs are told of a team's claims, and how. Pure functions of values.

The messages follow Standard Webhooks: an id, a time, and a signature over both and the body. They
tell of verdicts and of claims, never of a vote or of how many there were.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from workflows.claims import Claim, MemberKey, TeamId
from workflows.events import ChangedMind, ClaimAdded, ClaimPosted, EventData, Reopened, Settled
from workflows.ids import make_hash
from workflows.voting import find_settled_by

PREFIX = "whsec_"
SECRET_BYTES = 24
FAILING = timedelta(days=1)
"""How long a webhook must have failed for its moderators to be told."""
GIVEN_UP = timedelta(days=30)
"""After so long a message that never arrived is dropped."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
JITTER = 0.2
"""The share of a wait by which tries are moved."""


class Topic(StrEnum):
    """What a webhook can be told of."""

    SETTLED = "settled"
    """A claim was settled, or a settled one was reopened."""
    CHANGED_MIND = "changed_mind"
    NEW_CLAIM = "new_claim"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told, as its team keeps it.

    `secret` signs what is sent; it is shown once, when the webhook is made. `failing_since` is the
    first of the failures in a row, `told_at` when a message arrived last.
    """

    id: int
    team: TeamId
    number: int
    url: str
    secret: str
    topics: frozenset[Topic]
    added_by: MemberKey | None
    failing_since: datetime | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way: sent until it is taken. `key` is its id, the same at each try.

    Those about one `claim` go out one after the other; None is a line of its own.
    """

    id: int
    webhook: int
    key: str
    claim: int | None
    body: str
    attempts: int
    next_try_at: datetime


def make_secret() -> str:
    """Return a new secret in the form that Standard Webhooks gives it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, key: str, at: datetime, body: str) -> dict[str, str]:
    """Return the headers that prove where a message comes from. Raises ValueError for no secret."""
    try:
        known = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a webhook's secret is base64") from error
    moment = str(int(at.timestamp()))
    signed = hmac.new(known, f"{key}.{moment}.{body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def find_topic(data: EventData) -> tuple[Topic, str] | None:
    """Return what an event is told as: its topic, and the type that its message names."""
    match data:
        case Settled():
            return Topic.SETTLED, "claim.settled"
        case Reopened():
            return Topic.SETTLED, "claim.reopened"
        case ChangedMind():
            return Topic.CHANGED_MIND, "claim.changed_mind"
        case ClaimAdded() | ClaimPosted():
            return Topic.NEW_CLAIM, "claim.new"
    return None


def write_message(kind: str, at: datetime, data: Mapping[str, Any]) -> str:
    """Return a message's body: what happened, when, and what is to be known of it."""
    return msgspec.json.encode({"type": kind, "timestamp": at, "data": data}).decode()


def describe_claim(claim: Claim, data: EventData, sources: Sequence[str]) -> dict[str, Any]:
    """Return what a message tells of a claim: nothing that its votes could be told from.

    `claim` is as it was before the event.
    """
    told: dict[str, Any] = {
        "number": claim.number,
        "claim": claim.words,
        "as_of": claim.as_of,
        "sources": list(sources),
    }
    match data:
        case Settled(verdict=verdict, by=by):
            settled_by = find_settled_by(
                verdict, by_moderator=by is not None, before=claim.state.status
            )
            told |= {"verdict": verdict, "settled_by": settled_by.whose}
        case ChangedMind(was=was, verdict=verdict):
            told |= {"verdict": verdict, "was": was}
    return told


def find_next_try(key: str, attempts: int, now: datetime) -> datetime:
    """Return when a message is tried again: later after each failure, and never on the dot."""
    wait = min(FIRST_WAIT * (1 << min(2 * attempts, 30)), LONGEST_WAIT)
    share = int(make_hash(f"{key} {attempts}")[:4], 16) / 0xFFFF
    return now + wait * (1 - JITTER / 2 + JITTER * share)


def choose_heads(waiting: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
    """Return what may be sent now of one webhook's messages, in order: of each claim the first."""
    heads: dict[int | None, Delivery] = {}
    for each in sorted(waiting, key=lambda each: each.id):
        heads.setdefault(each.claim, each)
    return tuple(each for each in heads.values() if each.next_try_at <= now)
