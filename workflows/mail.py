"""Digests by mail: confirmed addresses, and the codes that confirm them. Pure rules and values."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from enum import StrEnum

from workflows.claims import MemberKey, TeamId
from workflows.errors import BadInput, Refused
from workflows.hosts import require_public_host

CODE_LIVES = timedelta(hours=24)
CODE_TRIES = 5
CODE_APART = timedelta(minutes=10)
CODES_A_DAY = 5
"""How long it is until another code goes out, and how many do in a day.

To an address, whoever asks, and for a member, whatever address: nobody's mailbox is filled through
us.
"""
GIVEN_UP = timedelta(days=3)
"""After so long a mail that no server took is dropped: its digest is no news any more."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
_LONGEST = 254
_TOKEN = re.compile(r"unsubscribe[ -]([\w-]{22})", re.ASCII | re.IGNORECASE)


class MailKind(StrEnum):
    """What a mail says."""

    CONFIRMATION = "confirmation"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Where a member wants their own digest. Nothing but a code goes there before it is confirmed.

    `token` ends it: whoever has a digest has it.
    """

    member: MemberKey
    team: TeamId
    address: str
    token: str
    confirmed_at: datetime | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail on its way. `run` is the digest it holds, `code` what it confirms an address by."""

    id: int
    to: MailAddress
    kind: MailKind
    run: int | None
    code: str | None
    key: str
    attempts: int


def read_address(typed: str) -> str:
    """Return a mail address of the public internet. Raises BadInput."""
    typed = typed.strip()
    try:
        address = Address(addr_spec=typed) if typed.isascii() and typed.isprintable() else None
    except (MessageError, ValueError, IndexError):
        address = None
    if address is None or len(typed) > _LONGEST or not (address.username and address.domain):
        raise BadInput('"{typed}" isn\'t an e-mail address.', code="no-address", typed=typed)
    require_public_host(address.domain)
    return address.addr_spec


def require_seldom(asked_at: Sequence[datetime], now: datetime) -> None:
    """Raise Refused where codes were asked for at these times, by or for the same."""
    if any(now < each + CODE_APART for each in asked_at):
        raise Refused("A code was sent just now. Wait ten minutes for another one.", code="asked")
    if sum(now < each + CODE_LIVES for each in asked_at) >= CODES_A_DAY:
        raise Refused("Several codes were sent today. Wait until tomorrow.", code="asked-often")


def make_code() -> str:
    """Return a code that is easily typed, and not guessed in a few tries."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def normalize_code(typed: str) -> str:
    """Return a code as it was made, however it was typed."""
    return "".join(mark for mark in typed.upper() if mark.isalnum())


def find_next_try(attempts: int, now: datetime) -> datetime:
    """Return when a mail is tried again: later after each failure."""
    return now + min(FIRST_WAIT * (1 << min(attempts, 10)), LONGEST_WAIT)


def find_token(text: str) -> str | None:
    """Return the token in "unsubscribe …", as the subject of a mail to us has it."""
    found = _TOKEN.search(text)
    return found[1] if found else None
