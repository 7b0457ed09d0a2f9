"""What an export tells of, and of which claims. Values."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from workflows.claims import Claim, Evidence, Passage, Status, Vote
from workflows.teams import Team
from workflows.voting import SettledBy


class Format(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    JSONL = "jsonl"
    CLAIMREVIEW = "claimreview"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims: of these statuses (none: of all), in this document, changed since then."""

    statuses: frozenset[Status] = frozenset()
    document: int | None = None
    since: datetime | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class ExportedClaim:
    """A claim with all that an export tells of it. `votes` holds all; the formats hide them.

    `merged_into` is the number of the claim whose duplicate it is; `card` the (channel, message)
    that shows it. `settled_by`: whose verdict it has, once it is settled.
    """

    claim: Claim
    passages: tuple[Passage, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    votes: tuple[Vote, ...] = ()
    merged_into: int | None = None
    card: tuple[int, int] | None = None
    settled_by: SettledBy | None = None


SETTLED = frozenset({Status.SUPPORTED, Status.REFUTED})


def narrow_selection(selection: Selection, form: Format) -> Selection | None:
    """Return what of a selection a format can tell; None for nothing."""
    if form is not Format.CLAIMREVIEW:
        return selection
    statuses = SETTLED & (selection.statuses or SETTLED)
    return replace(selection, statuses=statuses, settled=True) if statuses else None


def make_address(exported: ExportedClaim, team: Team) -> str:
    """Return where the claim's card stands, or else the channel it belongs to."""
    channel, message = exported.card or (team.settings.claims_channel, None)
    place = f"https://discord.com/channels/{team.settings.guild}/{channel}"
    return f"{place}/{message}" if message else place
