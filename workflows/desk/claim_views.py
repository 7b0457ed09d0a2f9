"""Everything a surface needs to show a claim or a document, gathered at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

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
from workflows.desk.checked_before import CheckedBefore, find_checked
from workflows.desk.duplicates import find_perhaps_same
from workflows.desk.history import HistoryLine, find_people, read_history
from workflows.errors import NotFound
from workflows.events import EventData
from workflows.matching.compare import (
    Relation,
    compare,
    find_changed_figure,
    find_difference,
    make_claim_signature,
)
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Person, Team, is_moderator, require_reader
from workflows.voting import (
    HELD,
    Lack,
    Missing,
    SettledBy,
    Side,
    conclude,
    find_lacking,
    is_votable,
    list_sides,
)


@dataclass(frozen=True, slots=True)
class OpposedClaim:
    """A claim that disagrees with another, and in what; the card that shows it, if one does.

    `figures` are the shown claim's and this one's, as they stand in their words.
    """

    claim: Claim
    disagreement: Disagreement
    card: Card | None = None
    figures: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RulingView:
    """What a moderator did to a claim last, with the reason as long as its author is known."""

    data: EventData
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as its card shows it.

    `stale` counts votes from before an edit or a reopening, `asked` the voters of claims merged
    into this one who have not voted here. `ruling` is what a moderator did last, `assignee` the
    account of who looks after the claim, `kept` the claim whose duplicate this one is, with its
    card. `divided` is there while no verdict has its share. `settled_by`: whose verdict it has,
    once it is settled; `lacking` is what does not stand behind it.
    """

    team: Team
    claim: Claim
    passages: tuple[Passage, ...]
    evidence: tuple[Evidence, ...]
    missing: Missing
    stale: int = 0
    opposed: tuple[OpposedClaim, ...] = ()
    divided: tuple[Side, ...] = ()
    ruling: RulingView | None = None
    assignee: int | None = None
    kept: tuple[Claim, Card | None] | None = None
    asked: int = 0
    settled_by: SettledBy | None = None
    lacking: frozenset[Lack] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as its card shows it: how many of its claims stand where.

    `changes` counts, for a newer version, the claims that are new, have another figure, are gone.
    """

    team: Team
    document: Document
    counts: Mapping[Status, int]
    settled: int
    changes: tuple[int, int, int] | None = None

    @property
    def claims(self) -> int:
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        return sum(self.counts.get(status, 0) for status in (Status.SUPPORTED, Status.REFUTED))


def build_view(store: ClaimStore, team: Team, claim: Claim) -> ClaimView:
    state, missing = claim.state, Missing()
    if is_votable(state):
        _, missing = conclude(team.policy, claim.tally, claim.sources, state.status)
    evidence = store.evidence.of_claim(claim)
    verdict = HELD.get(state.status) if state.settled_at else None
    divides = state.status is Status.CONFLICTING and state.tally_shown
    return ClaimView(
        team=team,
        claim=claim,
        passages=store.documents.passages(claim.id),
        evidence=evidence,
        missing=missing,
        stale=store.votes.stale_votes_on(claim),
        opposed=tuple(_iter_opposed(store, claim)),
        divided=list_sides(claim.tally, store.votes.reasons_on(claim), evidence) if divides else (),
        ruling=_find_ruling(store, claim),
        assignee=_find_account(store, claim.assigned_to),
        kept=_find_kept(store, claim),
        asked=store.votes.voters(claim.id),
        settled_by=store.history.find_settled_by(claim) if verdict else None,
        lacking=find_lacking(team.policy, claim.tally, claim.sources, verdict)
        if verdict
        else frozenset(),
    )


def _find_ruling(store: ClaimStore, claim: Claim) -> RulingView | None:
    """Return what a moderator did last; asked of the history only where there is such a thing."""
    reason, state = store.claims.ruling_on(claim), claim.state
    if reason is None and state.settled_at is None and state.status is not Status.DROPPED:
        return None
    data = store.history.find_last_ruling(claim)
    return RulingView(data, reason) if data else None


@dataclass(frozen=True, slots=True)
class Details:
    """What one person is told privately of a claim.

    While the votes' direction is hidden, `votes` holds only their own; the events of `lines` do
    carry it, and whoever shows them must ask `Line.known` first. `asked`: they voted on a claim
    that was merged into this one, and not here. `checked` is what is known about the like.
    """

    view: ClaimView
    own_vote: Vote | None
    context: str
    lines: tuple[HistoryLine, ...]
    votes: tuple[Vote, ...]
    people: Mapping[MemberKey, int]
    asked: bool = False
    reader: MemberKey | None = None
    checked: CheckedBefore = field(default_factory=CheckedBefore)


def get_team(store: ClaimStore, guild: int) -> Team:
    """Return the team of a Discord server. Raises NotFound for a server that has none."""
    team = store.teams.of_guild(guild)
    if team is None:
        raise NotFound(
            "Corrobot isn't set up in this server yet. An administrator can do that with /setup.",
            code="not-set-up",
        )
    return team


def get_claim(store: ClaimStore, team: Team, key: ClaimKey) -> Claim:
    """Raises NotFound for a key that is no claim of this team's."""
    claim = store.claims.with_key(team.id, key)
    if claim is None:
        raise NotFound(
            "This claim isn't known here. Its card may come from another database.",
            code="unknown-claim",
        )
    return claim


def find_claim(store: ClaimStore, guild: int, person: Person, key: ClaimKey) -> Claim:
    """Return the claim of a server's team with this key, for its readers.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, guild)
    require_reader(team, person)
    return get_claim(store, team, key)


def get_claim_by_number(store: ClaimStore, team: Team, number: int) -> Claim:
    claim = store.claims.with_number(team.id, number)
    if claim is None:
        raise NotFound(
            "This team has no claim #{number}. Search for its words with /claim search.",
            number=number,
        )
    return claim


def _find_kept(store: ClaimStore, claim: Claim) -> tuple[Claim, Card | None] | None:
    if claim.merged_into is None:
        return None
    kept = store.disagreements.get_kept(claim.merged_into)
    return kept, store.outbox.card_of(PostKind.CLAIM, kept.id)


def _find_account(store: ClaimStore, member: MemberKey | None) -> int | None:
    """Return the Discord account of a member who has not asked to be forgotten."""
    return store.teams.discord_ids([member]).get(member) if member else None


def _iter_opposed(store: ClaimStore, claim: Claim) -> Iterator[OpposedClaim]:
    """Yield the claims that disagree with this one, each once.

    None that is dropped or merged into it.
    """
    told = {claim.id}
    for row, disagreement in store.disagreements.disagreements(claim):
        other = store.disagreements.get_kept(row)
        if other.id in told or other.state.status is Status.DROPPED:
            continue
        told.add(other.id)
        ours, theirs = make_claim_signature(claim), make_claim_signature(other)
        edited = claim.wording > 1 or other.wording > 1
        if edited and disagreement in _BY_WORDS and compare(ours, theirs) is Relation.SAME:
            continue
        find = _BY_FIGURES.get(disagreement)
        figures = find(ours, theirs) if find else None
        yield OpposedClaim(
            other, disagreement, store.outbox.card_of(PostKind.CLAIM, other.id), figures
        )


_BY_WORDS = frozenset({Disagreement.FIGURE, Disagreement.POLARITY})
"""What an edit of the words can put right."""
_BY_FIGURES = {
    Disagreement.FIGURE: find_difference,
    Disagreement.REVISES: find_changed_figure,
    Disagreement.REVISED: find_changed_figure,
}


def view_by_number(store: ClaimStore, guild: int, number: int) -> tuple[ClaimView, Card | None]:
    """Return the claim people call #`number`, and the card that shows it."""
    team = get_team(store, guild)
    claim = get_claim_by_number(store, team, number)
    return build_view(store, team, claim), store.outbox.card_of(PostKind.CLAIM, claim.id)


def view_by_key(store: ClaimStore, guild: int, key: ClaimKey) -> tuple[ClaimView, Card | None]:
    """Return the claim with this key, and the card that shows it."""
    team = get_team(store, guild)
    claim = get_claim(store, team, key)
    return build_view(store, team, claim), store.outbox.card_of(PostKind.CLAIM, claim.id)


def list_cards(store: ClaimStore, guild: int, numbers: Iterable[int]) -> Mapping[int, Card]:
    """Return the cards of the claims with these numbers, as far as they have one.

    Raises NotFound.
    """
    team = get_team(store, guild)
    found = {
        number: store.outbox.card_of(PostKind.CLAIM, get_claim_by_number(store, team, number).id)
        for number in numbers
    }
    return {number: card for number, card in found.items() if card}


def view_by_id(store: ClaimStore, claim_id: int) -> ClaimView:
    """For the outbox, which knows claims by row."""
    claim = store.claims.get(claim_id)
    return build_view(store, store.teams.get(claim.team), claim)


def view_with_card(store: ClaimStore, claim_id: int) -> tuple[ClaimView, Card | None]:
    """For the outbox: the claim, and the card that shows it."""
    return view_by_id(store, claim_id), store.outbox.card_of(PostKind.CLAIM, claim_id)


def view_document(store: ClaimStore, document_id: int) -> DocumentView:
    """For the outbox, which knows documents by row."""
    team, document = store.documents.get_with_team(document_id)
    counted = store.documents.standing_of_claims(document)
    counts: dict[Status, int] = {}
    for (status, _), claims in counted.items():
        counts[Status(status)] = counts.get(Status(status), 0) + claims
    return DocumentView(
        team=store.teams.get(team),
        document=document,
        counts=counts,
        settled=sum(claims for (_, settled), claims in counted.items() if settled),
        changes=store.documents.count_changes(document) if document.revises else None,
    )


def show_details(store: ClaimStore, guild: int, key: ClaimKey, person: Person) -> Details:
    """Return everything about a claim that this person may see. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_reader(team, person)
    details = view_details(store, guild, key, person.discord_id)
    if not is_moderator(team, person) or not details.view.passages:
        return details
    claim, language = details.view.claim, details.view.passages[0].document.language
    near = find_perhaps_same(store, team, claim, language, claim.added_at)
    return replace(details, checked=replace(details.checked, perhaps_same=near))


def view_details(store: ClaimStore, guild: int, key: ClaimKey, discord_id: int) -> Details:
    """Return everything about a claim that whoever has this account may see of its votes."""
    team = get_team(store, guild)
    claim = get_claim(store, team, key)
    shown = build_view(store, team, claim)
    member = store.teams.find_member(team.id, discord_id)
    lines = read_history(store, claim, member)
    known = claim.state.tally_shown
    return Details(
        view=shown,
        own_vote=store.votes.vote_of(claim, member) if member else None,
        context=_find_context(store, shown),
        lines=lines,
        votes=tuple(vote for vote in store.votes.votes_on(claim) if known or vote.voter == member),
        people=find_people(store, lines),
        reader=member,
        asked=bool(member and shown.asked and store.votes.is_asked(claim.id, member)),
        checked=find_checked(
            store, team, claim.words, besides={claim.key}, evidence=shown.evidence
        ),
    )


def _find_context(store: ClaimStore, shown: ClaimView, around: int = 300) -> str:
    """Return the passage with the text around it, cut at the ends of words."""
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
