"""Everything a surface needs to show a claim or a document, gathered at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.claims import (
    Claim,
    ClaimKey,
    Disagreement,
    Document,
    Evidence,
    MemberKey,
    Passage,
    Status,
    Vote,
)
from workflows.desk.history import Line, lines_of, people_in
from workflows.errors import NotFound
from workflows.matching.compare import Likeness, compare, differing, gist_of
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, Post
from workflows.teams import Team
from workflows.voting import VOTABLE, Missing, Side, conclude, sides


@dataclass(frozen=True, slots=True)
class Opposed:
    """A claim that disagrees with another, and in what; the card that shows it, if one does.

    `figures` are the shown claim's and this one's, as they stand in their words.
    """

    claim: Claim
    disagreement: Disagreement
    card: Card | None = None
    figures: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """A claim as its card shows it.

    `stale` counts votes from before an edit or a reopening, `asked` the voters of claims merged
    into this one who have not voted here. `ruling` is the reason a moderator gave last, in their
    words, `assignee` the account of who looks after the claim, `kept` the claim whose duplicate
    this one is, with its card. `divided` is there while no verdict has its share.
    """

    team: Team
    claim: Claim
    passages: tuple[Passage, ...]
    evidence: tuple[Evidence, ...]
    missing: Missing
    stale: int = 0
    opposed: tuple[Opposed, ...] = ()
    divided: tuple[Side, ...] = ()
    ruling: str | None = None
    assignee: int | None = None
    kept: tuple[Claim, Card | None] | None = None
    asked: int = 0


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A document as its card shows it: how many of its claims stand where."""

    team: Team
    document: Document
    counts: Mapping[Status, int]
    settled: int

    @property
    def claims(self) -> int:
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        return sum(self.counts.get(status, 0) for status in (Status.SUPPORTED, Status.REFUTED))


def sheet(store: ClaimStore, team: Team, claim: Claim) -> ClaimSheet:
    standing, missing = claim.standing, Missing()
    if standing.settled_at is None and standing.status in VOTABLE:
        _, missing = conclude(team.policy, claim.tally, claim.sources, standing.status)
    evidence = store.evidence.of_claim(claim)
    divides = standing.status is Status.CONFLICTING and standing.tally_shown
    return ClaimSheet(
        team=team,
        claim=claim,
        passages=store.documents.passages(claim.id),
        evidence=evidence,
        missing=missing,
        stale=store.claims.stale_votes_on(claim),
        opposed=tuple(_opposed(store, claim)),
        divided=sides(claim.tally, store.claims.reasons_on(claim), evidence) if divides else (),
        ruling=store.claims.ruling_on(claim),
        assignee=_account(store, claim.assigned_to),
        kept=_kept(store, claim),
        asked=store.asking.voters(claim.id),
    )


@dataclass(frozen=True, slots=True)
class Details:
    """What one person is told privately of a claim.

    While the votes' direction is hidden, `votes` holds only their own; the events of `lines` do
    carry it, and whoever shows them must ask `Line.known` first. `asked`: they voted on a claim
    that was merged into this one, and not here.
    """

    sheet: ClaimSheet
    own_vote: Vote | None
    context: str
    lines: tuple[Line, ...]
    votes: tuple[Vote, ...]
    people: Mapping[MemberKey, int]
    asked: bool = False
    reader: MemberKey | None = None


def team_of(store: ClaimStore, guild: int) -> Team:
    """The team of a Discord server. Raises NotFound for a server that has none."""
    team = store.teams.of_guild(guild)
    if team is None:
        raise NotFound(
            "This server is not set up for Corrobot yet. An administrator can do it with /setup."
        )
    return team


def claim_of(store: ClaimStore, team: Team, key: ClaimKey) -> Claim:
    """Raises NotFound for a key that is no claim of this team's."""
    claim = store.claims.with_key(team.id, key)
    if claim is None:
        raise NotFound("This claim is not known here. Its card may be from another database.")
    return claim


def claim_numbered(store: ClaimStore, team: Team, number: int) -> Claim:
    claim = store.claims.with_number(team.id, number)
    if claim is None:
        raise NotFound(
            "There is no claim #{number} in this team. Find it by its words with /claim search.",
            number=number,
        )
    return claim


def _kept(store: ClaimStore, claim: Claim) -> tuple[Claim, Card | None] | None:
    if claim.merged_into is None:
        return None
    kept = store.known.kept(claim.merged_into)
    return kept, store.outbox.card_of(Post.CLAIM, kept.id)


def _account(store: ClaimStore, member: MemberKey | None) -> int | None:
    """The Discord account of a member who has not asked to be forgotten."""
    return store.teams.discord_ids([member]).get(member) if member else None


def _opposed(store: ClaimStore, claim: Claim) -> Iterator[Opposed]:
    """The claims that disagree with this one, each once; none that is dropped or merged into it."""
    told = {claim.id}
    for row, disagreement in store.known.disagreements(claim):
        other = store.known.kept(row)
        if other.id in told or other.standing.status is Status.DROPPED:
            continue
        told.add(other.id)
        ours, theirs = gist_of(claim), gist_of(other)
        edited = claim.wording > 1 or other.wording > 1
        if edited and disagreement in _BY_WORDS and compare(ours, theirs) is Likeness.SAME:
            continue
        figures = differing(ours, theirs) if disagreement is Disagreement.FIGURE else None
        yield Opposed(other, disagreement, store.outbox.card_of(Post.CLAIM, other.id), figures)


_BY_WORDS = frozenset({Disagreement.FIGURE, Disagreement.POLARITY})
"""What an edit of the words can put right."""


def by_number(store: ClaimStore, guild: int, number: int) -> tuple[ClaimSheet, Card | None]:
    """The claim people call #`number`, and the card that shows it."""
    team = team_of(store, guild)
    claim = claim_numbered(store, team, number)
    return sheet(store, team, claim), store.outbox.card_of(Post.CLAIM, claim.id)


def by_key(store: ClaimStore, guild: int, key: ClaimKey) -> tuple[ClaimSheet, Card | None]:
    """The claim with this key, and the card that shows it."""
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    return sheet(store, team, claim), store.outbox.card_of(Post.CLAIM, claim.id)


def cards_of(store: ClaimStore, guild: int, numbers: Iterable[int]) -> Mapping[int, Card]:
    """The cards of the claims with these numbers, as far as they have one. Raises NotFound."""
    team = team_of(store, guild)
    found = {
        number: store.outbox.card_of(Post.CLAIM, claim_numbered(store, team, number).id)
        for number in numbers
    }
    return {number: card for number, card in found.items() if card}


def by_id(store: ClaimStore, claim_id: int) -> ClaimSheet:
    """For the outbox, which knows claims by row."""
    claim = store.claims.get(claim_id)
    return sheet(store, store.teams.get(claim.team), claim)


def by_id_with_card(store: ClaimStore, claim_id: int) -> tuple[ClaimSheet, Card | None]:
    """For the outbox: the claim, and the card that shows it."""
    return by_id(store, claim_id), store.outbox.card_of(Post.CLAIM, claim_id)


def document_by_id(store: ClaimStore, document_id: int) -> DocumentSheet:
    """For the outbox, which knows documents by row."""
    team, document = store.documents.get_with_team(document_id)
    counted = store.documents.standing_of_claims(document)
    counts: dict[Status, int] = {}
    for (status, _), claims in counted.items():
        counts[Status(status)] = counts.get(Status(status), 0) + claims
    return DocumentSheet(
        team=store.teams.get(team),
        document=document,
        counts=counts,
        settled=sum(claims for (_, settled), claims in counted.items() if settled),
    )


def details(store: ClaimStore, guild: int, key: ClaimKey, discord_id: int) -> Details:
    """Everything about a claim that this person may see."""
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    shown = sheet(store, team, claim)
    member = store.teams.find_member(team.id, discord_id)
    lines = lines_of(store, claim, member)
    known = claim.standing.tally_shown
    return Details(
        sheet=shown,
        own_vote=store.claims.vote_of(claim, member) if member else None,
        context=_context(store, shown),
        lines=lines,
        votes=tuple(vote for vote in store.claims.votes_on(claim) if known or vote.voter == member),
        people=people_in(store, lines),
        reader=member,
        asked=bool(member and shown.asked and store.asking.is_asked(claim.id, member)),
    )


def _context(store: ClaimStore, shown: ClaimSheet, around: int = 300) -> str:
    """The passage with the text around it, cut at the ends of words."""
    if not shown.passages:
        return ""
    passage = shown.passages[0]
    text = store.documents.text_of(passage.document)
    start = max(0, passage.quote_start - around)
    end = min(len(text), passage.quote_start + len(passage.quote) + around)
    before = text[start : passage.quote_start]
    after = text[passage.quote_start + len(passage.quote) : end]
    if start:
        before = "… " + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before + passage.quote + after
