"""The nouns: documents, claims, who says so and how firmly, votes, evidence. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from workflows.engines import BUILT_IN, EngineRecord
from workflows.errors import BadInput

TeamId = NewType("TeamId", int)
MemberKey = NewType("MemberKey", str)
"""A member's random key: the only thing claims, votes and history know of a person."""
ClaimKey = NewType("ClaimKey", str)
"""A claim's random key: what a card's buttons carry."""
DocumentKey = NewType("DocumentKey", str)
EvidenceKey = NewType("EvidenceKey", str)


class Verdict(StrEnum):
    """What one member says of one claim, and what a team can conclude."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class Status(StrEnum):
    """Where a claim stands."""

    SHELVED = "shelved"
    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in_review"
    CONFLICTING = "conflicting"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    DROPPED = "dropped"
    DUPLICATE = "duplicate"


class Hedge(StrEnum):
    """How firmly a claim is put."""

    ASSERTED = "asserted"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    ALLEGED = "alleged"
    SPECULATED = "speculated"
    PREDICTED = "predicted"
    DENIED = "denied"
    UNCONFIRMED = "unconfirmed"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Stance(StrEnum):
    """What a piece of evidence says: of the claim, or of a source's having said it."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"
    CONFIRMS = "confirms"
    DISPUTES = "disputes"


class AttributionCheck(StrEnum):
    """Whether evidence shows that a source did say what it is said to have said."""

    UNCHECKED = "unchecked"
    SOURCED = "sourced"
    DISPUTED = "disputed"


class Disagreement(StrEnum):
    """In what one claim disagrees with another; what has two sides is told from either."""

    FIGURE = "figure"
    POLARITY = "polarity"
    DOUBTS = "doubts"
    DOUBTED = "doubted"
    REVISES = "revises"
    """A newer version of the other claim's document has this figure in its place."""
    REVISED = "revised"

    @property
    def from_the_other_side(self) -> "Disagreement":
        turned = {
            Disagreement.DOUBTS: Disagreement.DOUBTED,
            Disagreement.DOUBTED: Disagreement.DOUBTS,
            Disagreement.REVISES: Disagreement.REVISED,
            Disagreement.REVISED: Disagreement.REVISES,
        }
        return turned.get(self, self)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a claim. `upper` closes a range; `modifier` is "about", "more than", "up to", …

    `start` and `end` are character offsets into the document's text, end exclusive.
    """

    text: str
    value: float
    upper: float | None
    unit: str | None
    modifier: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time named in a claim, resolved to the days it covers, `first` and `last` included.

    `start` and `end` are character offsets into the document's text, end exclusive.
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of sources of a claim.

    `source` is the mention as it stands in the text, `resolved` the name it certainly refers to,
    where that is another. Absent spans are None; offsets are into the document's text.
    """

    source: str | None
    start: int | None
    end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    anonymous: bool
    date: date | None
    hedge: Hedge
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of the document that a claim replaces, and the earlier words they stand for.

    `stands_for` is what the claim's words hold in square brackets. All four offsets are character
    offsets into the document's text, ends exclusive.
    """

    text: str
    start: int
    end: int
    from_start: int
    from_end: int
    stands_for: str


@dataclass(frozen=True, slots=True)
class TurnLabel:
    """The label of the turn that a claim stands in: "MS. DAHL:"; offsets as everywhere."""

    label: str
    start: int
    end: int


class PlaceKind(StrEnum):
    """By what a person finds a place again."""

    PAGE = "page"
    TIME = "time"
    PARAGRAPH = "paragraph"
    ENTRY = "entry"
    """An entry of a live blog, named by its time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a text stands in the original, as a person finds it again.

    It begins at `start`, an offset, and goes on until the next place. What is told there is told
    on `day`, where that is known.
    """

    start: int
    name: str
    kind: PlaceKind = PlaceKind.PAGE
    day: date | None = None


class ModelDoubt(StrEnum):
    """What wants a look in a language model's claim: the rules, or its text, differ."""

    HEDGE = "hedge"
    POLARITY = "polarity"
    FIGURES = "figures"
    DATES = "dates"
    ORDER = "order"
    """Its words stand in another order in the text: who did what to whom may be turned."""


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """One checkable proposition as extraction found it in a document.

    `words` can be read alone and are bare of the source's hedge. `start` and `end` are the offsets
    of the claim's content in the document's text; `quote` is the verbatim passage around it, which
    begins at `quote_start`. `attribution` runs from the outermost source inwards.
    `hedge_cue` holds the words that decided the hedge, and `worth_reasons` what drove the
    check-worthiness (0 to 1), strongest first, as (feature, contribution). `counters` is the place,
    among the claims found with it, of the one that it casts doubt on. `references` are what stands
    in square brackets in `words`; `needs_words` says that a reference stayed open, so that the
    words cannot be read alone. `doubts` is what wants a look where a language model found it.
    """

    words: str
    quote: str
    quote_start: int
    start: int
    end: int
    attribution: tuple[Attribution, ...]
    hedge: Hedge
    hedge_cue: str | None
    polarity: Polarity
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]
    as_of: date | None
    check_worthiness: float
    worth_reasons: tuple[tuple[str, float], ...] = ()
    nested: bool = False
    counters: int | None = None
    references: tuple[Reference, ...] = ()
    needs_words: bool = False
    turn: TurnLabel | None = None
    doubts: tuple[ModelDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its team keeps it; its text stands apart. `version` grows with its card.

    `revises` is the row of the version of it that the team had before, `engine` what found its
    claims.
    """

    id: int
    key: DocumentKey
    title: str
    publisher: str | None
    url: str | None
    published: date | None
    language: str
    sha256: str
    added_at: datetime
    version: int
    revises: int | None = None
    engine: EngineRecord = BUILT_IN


@dataclass(frozen=True, slots=True)
class SourceInChain:
    """An attribution as the team keeps it: with the check of its own."""

    id: int
    said: Attribution
    check: AttributionCheck = AttributionCheck.UNCHECKED


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a claim stands in a document: the verbatim quote, who says so and how firmly.

    `is_new`: the document did not have it at first. `gone_at` is when it was seen to be gone.
    """

    document: Document
    quote: str
    quote_start: int
    start: int
    end: int
    attribution: tuple[SourceInChain, ...]
    hedge: Hedge
    hedge_cue: str | None
    id: int = 0
    place: Place | None = None
    is_new: bool = False
    gone_at: datetime | None = None

    @property
    def identity(self) -> tuple[int, int, int, int]:
        """Return what two passages share only if they are one."""
        return self.document.id, self.quote_start, self.start, self.end


GRADES_OF_SOURCE = frozenset("ABCDEF")
GRADES_OF_INFORMATION = frozenset(range(1, 7))


UNGRADED_SOURCE, UNGRADED_INFORMATION = "F", 6
"""What a half of a grade that was left blank is: it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The Admiralty scales, kept apart: the source from A to F, the information from 1 to 6."""

    source: str = UNGRADED_SOURCE
    information: int = UNGRADED_INFORMATION

    def __post_init__(self) -> None:
        if self.source not in GRADES_OF_SOURCE or self.information not in GRADES_OF_INFORMATION:
            raise BadInput("Sources are graded from A to F, information from 1 to 6.")

    @property
    def given(self) -> tuple[str | None, int | None]:
        """Return the halves that somebody gave; None for one left blank, which is F or 6."""
        source = None if self.source == UNGRADED_SOURCE else self.source
        return source, None if self.information == UNGRADED_INFORMATION else self.information

    @property
    def code(self) -> str:
        """Return what was given in short, such as B2 or B; nothing for no grade."""
        return "".join(str(half) for half in self.given if half is not None)


class SnapshotState(StrEnum):
    """How far the page behind a link is read."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"
    PRIVATE = "private"
    """Somebody said that the page is not to be opened."""


@dataclass(frozen=True, slots=True)
class PagePassage:
    """What a page says about a claim: verbatim, from offset `start` of the page's text on."""

    text: str
    start: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page was not read: a sentence of the catalogues, and the values it names."""

    sentence: str
    values: Mapping[str, str | int]


class ChangeKind(StrEnum):
    """What became of a page behind a link."""

    GONE = "gone"
    """The site says that there is no such page."""
    MOVED = "moved"
    """The address leads to another site."""
    CHANGED = "changed"
    """The page no longer has what mattered of it."""


class PagePart(StrEnum):
    """What matters of a page behind a link."""

    TITLE = "title"
    PASSAGE = "passage"
    FIGURE = "figure"
    """A figure of the claim."""
    PICTURE = "picture"
    """What a picture shows."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """What became of a page. `site` is where it moved to; `lost` is what it no longer has."""

    kind: ChangeKind
    site: str | None = None
    lost: tuple[PagePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stood behind a link when it was added.

    `status` is what the site answered, None where it did not; `sha256` is of the readable text.
    `preview` is what Discord showed of the page, where a message with it was at hand; `archived` is
    the address of its copy in an archive. `change` is what became of the page since, seen on
    `changed_on`; `copy_name` is the file with the host's own copy, and `copy_sha256` its hash.
    """

    state: SnapshotState
    title: str | None = None
    site: str | None = None
    author: str | None = None
    published: date | None = None
    status: int | None = None
    at: datetime | None = None
    sha256: str | None = None
    passage: PagePassage | None = None
    refusal: Refusal | None = None
    preview: str | None = None
    archived: str | None = None
    change: PageChange | None = None
    changed_on: date | None = None
    copy_name: str | None = None
    copy_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when what a claim or a link tells of happened, as far as people have said so.

    `place` is a name, latitude and longitude are in degrees; `at` is known to the minute, `day`
    where no hour is.
    """

    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    day: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PictureRead:
    """What tells a picture from others.

    `sha256` is of the file; `phash`, of 16 hexadecimal digits, of what it shows, None where it
    shows nothing but one colour. Width and height are in pixels.
    """

    sha256: str
    phash: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """The number of a claim with a picture that was there before: the same file, or one like it."""

    number: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is evidence: behind its link, or sent along with it (`is_upload`).

    `text` is what stands in it, as far as that was read.
    """

    read: PictureRead
    text: str = ""
    seen: tuple[SeenPicture, ...] = ()
    is_upload: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link on a claim, or (`target` given) on one link of an attribution of it.

    `origin` is the site the link belongs to; `counts` is False for the claim's own documents,
    which never satisfy the policy. `note` is None once its author has asked to be forgotten.
    `snapshot` is None where the team has none taken.
    """

    key: EvidenceKey
    url: str
    origin: str
    stance: Stance
    counts: bool
    note: str | None
    grade: Grade
    by: MemberKey
    at: datetime
    target: int | None = None
    snapshot: Snapshot | None = None
    picture: Picture | None = None
    scene: Scene | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's standing verdict on one claim, with the weight it had when it was cast.

    `wording` is the version of the claim's words that were voted on; a stale vote counts no more.
    """

    voter: MemberKey
    verdict: Verdict
    weight: int
    wording: int
    at: datetime
    stale: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members' votes stand on a claim, and their weight for each verdict."""

    votes: int = 0
    supported: int = 0
    refuted: int = 0
    not_enough_evidence: int = 0

    @property
    def total(self) -> int:
        return self.supported + self.refuted + self.not_enough_evidence

    def weight(self, verdict: Verdict) -> int:
        return int(getattr(self, verdict.value))

    def plus(self, vote: Vote) -> "Tally":
        return self._shift(vote, 1)

    def minus(self, vote: Vote) -> "Tally":
        return self._shift(vote, -1)

    def _shift(self, vote: Vote, sign: int) -> "Tally":
        if vote.stale:
            return self
        field = vote.verdict.value
        weight = int(getattr(self, field)) + sign * vote.weight
        return replace(self, votes=self.votes + sign, **{field: weight})


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """How many links count for each side of a claim under its team's policy."""

    supports: int = 0
    refutes: int = 0


@dataclass(frozen=True, slots=True)
class ClaimState:
    """Where a claim stands, since when, and which hold is running.

    `holding` and `settles_at` name the verdict whose hold runs and its end; they outlive a verdict
    that is lost, so that losing and regaining it cannot start the hold anew. `extended` says that
    the one extension for a late flip is used. `tally_shown`: the direction of votes is known.
    `last` is the verdict the team reached last, whether or not it still stands;
    `asked_again_at` says since when a claim that could not be told is before the team again, and
    `returns_at` when it will be, if nothing happens.
    """

    status: Status
    since: datetime
    holding: Verdict | None = None
    settles_at: datetime | None = None
    settled_at: datetime | None = None
    extended: bool = False
    tally_shown: bool = False
    last: Verdict | None = None
    asked_again_at: datetime | None = None
    returns_at: datetime | None = None

    @property
    def provisional(self) -> bool:
        """Return True for a verdict that will settle when its hold ends."""
        return self.settled_at is None and self.status in (Status.SUPPORTED, Status.REFUTED)


class Consent(StrEnum):
    """What a moderator said of a claim's going out on the team's public pages."""

    PUBLISHED = "published"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as its team keeps it. `version` grows with every change that its card shows.

    `assigned_day` is the day until whose end its assignee looks into it, `assigned_until` that end.
    `merged_into` is the row of the claim whose duplicate it is. `needs_words`: its words leave open
    who or what is meant, and nobody has edited them yet.
    `consent` is what a moderator said last of its going out on public pages, and `consent_at` when.
    """

    id: int
    team: TeamId
    key: ClaimKey
    number: int
    words: str
    wording: int
    polarity: Polarity
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]
    as_of: date | None
    check_worthiness: float
    nested: bool
    state: ClaimState
    tally: Tally
    sources: EvidenceCounts
    version: int
    added_at: datetime
    added_by: MemberKey | None
    assigned_to: MemberKey | None = None
    assigned_day: date | None = None
    assigned_until: datetime | None = None
    merged_into: int | None = None
    needs_words: bool = False
    consent: Consent | None = None
    consent_at: datetime | None = None
    scene: Scene | None = None
