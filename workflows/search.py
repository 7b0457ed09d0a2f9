"""What somebody looks for among a team's claims, and how its words are asked for. Pure values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from workflows.claims import ClaimKey, ClaimState, DocumentKey, Hedge, MemberKey, Status
from workflows.digest.sections import CardLink, Section

MOST_WORDS = 12
"""Words of a query that are looked for; the rest would find nothing more."""
UNDECIDED = (Status.UNREVIEWED, Status.IN_REVIEW, Status.CONFLICTING)
POSTED = (*UNDECIDED, Status.SUPPORTED, Status.REFUTED, Status.NOT_ENOUGH_EVIDENCE)
"""Where a claim stands that is before the team: what a list shows unless it is asked for more."""
OUT = (Status.SHELVED, Status.DROPPED, Status.DUPLICATE)


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """The claims somebody wants to see. What is empty, None or False leaves everything in.

    `awaiting` asks for those that still need the reader's own vote, `settled` for the locked ones
    or the others, `words` are looked for in the claims, their sources and their documents.
    `needs_words` asks for those whose words leave open who or what is meant, `section` for those
    that a digest of the time `since` then would count there; `numbers` are what that comes to.
    """

    statuses: tuple[Status, ...] = ()
    settled: bool | None = None
    awaiting: bool = False
    overdue: bool = False
    document: DocumentKey | None = None
    source: str = ""
    hedge: Hedge | None = None
    assignee: MemberKey | None = None
    words: str = ""
    needs_words: bool = False
    section: Section | None = None
    since: datetime | None = None
    numbers: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClaimSummary:
    """A claim as a list names it: nothing here tells which way hidden votes go.

    `source` is the outermost of the chain, or the document's publisher.
    """

    key: ClaimKey
    number: int
    words: str
    state: ClaimState
    source: str | None = None
    hedge: Hedge | None = None
    document: str | None = None
    link: CardLink | None = None
    needs_words: bool = False


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One page of what was found. `total` counts the claims on all pages."""

    claims: tuple[ClaimSummary, ...] = field(default=())
    page: int = 1
    pages: int = 1
    total: int = 0


def parse_expression(words: str, *, among: Iterable[str] = (), any_of_them: bool = False) -> str:
    """Return what a full-text index is asked for: each word, or how it begins; empty for no words.

    `among` names the columns to look in. Nothing in `words` is read as an operator.
    """
    found = [word for word in re.split(r"\s+", words) if any(map(str.isalnum, word))]
    quoted = ['"' + word.replace('"', '""').replace("\0", "") + '"*' for word in found[:MOST_WORDS]]
    if not quoted:
        return ""
    together = "(" + (" OR " if any_of_them else " AND ").join(quoted) + ")"
    columns = " ".join(among)
    return f"{{{columns}}} : {together}" if columns else together


def find_number(typed: str) -> int | None:
    """Return the claim number that "#12" or "12" writes; None for anything else."""
    found = re.fullmatch(r"\s*#?\s*(\d{1,12})\s*", typed, re.ASCII)
    return int(found[1]) if found else None
