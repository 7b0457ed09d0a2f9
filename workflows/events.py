"""What can happen to a claim: one frozen value for each kind of event.

An event carries everything the status depends on. Words people wrote stand outside it, as `Text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from workflows.claims import (
    ClaimKey,
    ClaimState,
    Consent,
    Disagreement,
    DocumentKey,
    EvidenceKey,
    Grade,
    Hedge,
    MemberKey,
    Stance,
    Status,
    Verdict,
)
from workflows.voting import RULES


@dataclass(frozen=True, slots=True)
class Text:
    """Words somebody wrote, kept outside the events: their key, and a salted hash of them."""

    key: str
    hash: str


# ------------------------------------------------------------------------- a claim's beginnings


@dataclass(frozen=True, slots=True)
class ClaimAdded:
    """A claim entered the team's list. `words_hash` is the salted hash of its first wording.

    `passage` is the row of its first passage; older histories do not tell it. `engine` is what
    found it: None for the rules and for people.
    """

    kind = "claim_added"
    claim: ClaimKey
    number: int
    words_hash: str
    status: Status
    by: MemberKey | None
    passage: int | None = None
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimPosted:
    """A shelved claim was put before the team."""

    kind = "claim_posted"
    by: MemberKey | None


# ----------------------------------------------------------------------------------------- votes


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A member's first or changed vote, with the weight it had at that moment."""

    kind = "vote_cast"
    by: MemberKey
    verdict: Verdict
    weight: int
    wording: int
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class VoteTakenBack:
    kind = "vote_taken_back"
    by: MemberKey


@dataclass(frozen=True, slots=True)
class VoteRemoved:
    """A moderator took a member's vote out, and says why."""

    kind = "vote_removed"
    by: MemberKey
    voter: MemberKey
    reason: Text


@dataclass(frozen=True, slots=True)
class VoteRestored:
    """A moderator put back a vote that was taken out. `reason` is the voter's own."""

    kind = "vote_restored"
    by: MemberKey
    voter: MemberKey
    verdict: Verdict
    weight: int
    wording: int
    reason: Text | None = None


# -------------------------------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    """A link was attached. The address stands outside the event too, which holds its hash."""

    kind = "evidence_added"
    evidence: EvidenceKey
    by: MemberKey
    stance: Stance
    origin: str
    counts: bool
    address_hash: str
    note: Text | None = None
    grade: Grade = field(default_factory=Grade)
    target: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRestored(EvidenceAdded):
    """A moderator put back a link that was taken away; `by` is still who added it."""

    kind = "evidence_restored"
    restored_by: MemberKey | None = None


@dataclass(frozen=True, slots=True)
class EvidenceEdited:
    """A link is another now, or says something else: whole, as it stands from here on."""

    kind = "evidence_edited"
    evidence: EvidenceKey
    by: MemberKey
    stance: Stance
    origin: str
    counts: bool
    address_hash: str
    note: Text | None = None
    grade: Grade = field(default_factory=Grade)
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PageSeen(EvidenceEdited):
    """A link's page was read, and it counts otherwise: as one report with another, or not at all.

    `by` is who added the link; the rest is the link as it stands from here on.
    """

    kind = "page_seen"


@dataclass(frozen=True, slots=True)
class EvidenceRemoved:
    """A link was taken away, by its author or by a moderator, who says why."""

    kind = "evidence_removed"
    evidence: EvidenceKey
    by: MemberKey
    reason: Text | None = None


# ----------------------------------------------------------------------- the same claim again


@dataclass(frozen=True, slots=True)
class PassageAdded:
    """The claim was found once more: `passage` is the row of the passage that came with it.

    `links` are those that count otherwise from here on: the document's own address is no source.
    """

    kind = "passage_added"
    by: MemberKey | None
    passage: int
    document: DocumentKey
    links: tuple[EvidenceAdded, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageGone:
    """A newer version of a document that had the claim, brought in as `document`, lacks it."""

    kind = "passage_gone"
    by: MemberKey | None
    document: DocumentKey


@dataclass(frozen=True, slots=True)
class DisagreementFound:
    """Another claim of the team, #`number`, cannot be right together with this one."""

    kind = "disagreement_found"
    by: MemberKey | None
    other: ClaimKey
    number: int
    disagreement: Disagreement


# --------------------------------------------------------------------------- time and the rules


@dataclass(frozen=True, slots=True)
class Settled:
    """A verdict was locked: by the end of its hold, or by a moderator, who says why."""

    kind = "settled"
    verdict: Verdict
    by: MemberKey | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A claim that could not be told came before the team again, for a month had passed."""

    kind = "asked_again"
    by: MemberKey | None = None


@dataclass(frozen=True, slots=True)
class ChangedMind:
    """The team's verdict is the opposite of the one it reached before."""

    kind = "changed_mind"
    was: Verdict
    verdict: Verdict
    by: MemberKey | None = None


@dataclass(frozen=True, slots=True)
class PolicyChanged:
    """The team's rules are others from now on; the claim was decided anew under them."""

    kind = "policy_changed"
    version: int
    by: MemberKey | None = None


# ------------------------------------------------------------------------------------ moderation


@dataclass(frozen=True, slots=True)
class Reopened:
    """A settled or dropped claim is open again; the votes that stood on it are stale."""

    kind = "reopened"
    by: MemberKey
    reason: Text


@dataclass(frozen=True, slots=True)
class Dropped:
    kind = "dropped"
    by: MemberKey
    reason: Text


@dataclass(frozen=True, slots=True)
class Edited:
    """New words of a claim, or new names of its sources; votes on the old ones are stale.

    `named` are the rows of the sources, with what they are called from here on; `hedged` those of
    the passages, with how firmly they put it.
    """

    kind = "edited"
    by: MemberKey
    reason: Text
    wording: int
    words_hash: str
    named: tuple[tuple[int, str], ...] = ()
    hedged: tuple[tuple[int, Hedge], ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody, or nobody any more, is to look after the claim.

    Who takes it themselves may name a day, which is over at `until`.
    """

    kind = "assigned"
    by: MemberKey
    reason: Text | None
    to: MemberKey | None
    day: date | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """Nobody looks into the claim any more: they said so, or (None) their day is over."""

    kind = "released"
    by: MemberKey | None = None


@dataclass(frozen=True, slots=True)
class SceneSet:
    """Somebody said where and when it happened, of the claim or of a link on it.

    What they said stands with those alone.
    """

    kind = "scene_set"
    by: MemberKey
    evidence: EvidenceKey | None = None


@dataclass(frozen=True, slots=True)
class Reposted:
    """A new card for the claim, in place of one that was lost or stands in the wrong place."""

    kind = "reposted"
    by: MemberKey
    reason: Text | None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A moderator said whether the claim goes out on the team's public pages.

    `texts` are the keys of the reasons and notes that go out with it; no others do.
    """

    kind = "consent_given"
    by: MemberKey
    consent: Consent
    texts: tuple[str, ...] = ()


class Move(StrEnum):
    """Why passages and links went from one claim to another."""

    MERGE = "merge"
    MERGE_UNDONE = "merge_undone"
    SPLIT = "split"
    SPLIT_UNDONE = "split_undone"


@dataclass(frozen=True, slots=True)
class MergedInto:
    """The claim is another one's duplicate; what it had is there now. Its votes stay with it.

    `passages` are the rows of the passages that moved, `evidence` the links that did; `links` are
    those that stayed and count otherwise without the passages.
    """

    kind = "merged_into"
    by: MemberKey
    reason: Text
    into: ClaimKey
    passages: tuple[int, ...] = ()
    evidence: tuple[EvidenceKey, ...] = ()
    move: Move = Move.MERGE
    links: tuple[EvidenceAdded, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeUndone:
    """The claim stands by itself again, in `status` until its votes say more.

    `links` are those that came back, as they stand on it now.
    """

    kind = "merge_undone"
    by: MemberKey
    reason: Text
    into: ClaimKey
    status: Status
    passages: tuple[int, ...] = ()
    links: tuple[EvidenceAdded, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """Passages and links came from another claim.

    `links` are those that came, and those that count otherwise with these passages.
    """

    kind = "received"
    by: MemberKey
    reason: Text
    other: ClaimKey
    number: int
    move: Move
    passages: tuple[int, ...] = ()
    links: tuple[EvidenceAdded, ...] = ()


@dataclass(frozen=True, slots=True)
class GaveAway:
    """Passages and links went to another claim; `links` count otherwise without the passages."""

    kind = "gave_away"
    by: MemberKey
    reason: Text
    other: ClaimKey
    number: int
    move: Move
    passages: tuple[int, ...] = ()
    evidence: tuple[EvidenceKey, ...] = ()
    links: tuple[EvidenceAdded, ...] = ()


EventData = (
    ClaimAdded
    | ClaimPosted
    | VoteCast
    | VoteTakenBack
    | VoteRemoved
    | VoteRestored
    | EvidenceAdded
    | EvidenceRestored
    | EvidenceEdited
    | PageSeen
    | EvidenceRemoved
    | PassageAdded
    | PassageGone
    | DisagreementFound
    | Settled
    | AskedAgain
    | ChangedMind
    | PolicyChanged
    | Reopened
    | Dropped
    | Edited
    | Assigned
    | Released
    | Reposted
    | SceneSet
    | ConsentGiven
    | MergedInto
    | MergeUndone
    | Received
    | GaveAway
)
"""What can happen to a claim."""

Ruling = (
    Settled
    | Reopened
    | Dropped
    | Edited
    | Assigned
    | MergedInto
    | MergeUndone
    | Received
    | GaveAway
)
"""What a moderator does to a claim, with the reason that its card shows until the next one.

An assignment needs no reason; without one it leaves the ruling before it where it was.
"""


def get_ruling(data: EventData) -> Text | None:
    """Return the reason a moderator gave with this event."""
    return data.reason if isinstance(data, Ruling) else None


KINDS: Mapping[str, type[EventData]] = {data.kind: data for data in EventData.__args__}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the claim stood after an event, by which version of the rules and of the policy."""

    state: ClaimState
    policy: int
    rules: int = RULES


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a claim's history."""

    at: datetime
    data: EventData
    outcome: Outcome
