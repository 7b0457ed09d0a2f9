"""Documents in: their claims are kept, and posted or shelved by the team's rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite

from workflows.claims import (
    Claim,
    Disagreement,
    Document,
    Figure,
    FoundClaim,
    MemberKey,
    Place,
    Status,
)
from workflows.desk.claim_views import get_team
from workflows.desk.documents import post_claim
from workflows.desk.duplicates import (
    ExistingClaim,
    Match,
    MatchSet,
    NewClaim,
    find_matches,
    match_claims,
)
from workflows.desk.evidence import recount
from workflows.desk.transitions import apply_due, apply_recounted
from workflows.documents.document import find_place, number_paragraphs
from workflows.events import (
    ClaimAdded,
    DisagreementFound,
    Event,
    Outcome,
    PassageAdded,
    PassageGone,
)
from workflows.intake import (
    Intake,
    choose_to_post,
    is_same_text,
    is_version,
)
from workflows.lifecycle import make_state_when_added
from workflows.matching.sketch import sketch_text
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind
from workflows.teams import Person, Team, require_intake
from workflows.urls import normalize

_NEAR = 5
"""Documents with much the same words that are looked at, the likest first."""


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """A document and how many of its claims are being posted or lie on the shelf.

    `shared` counts those that the team had already; from elsewhere, they have one passage more.
    `known` says that the team had this text before; then nothing was changed. Of a newer version
    of a document, `revised` counts the claims with another figure, and `gone` those it lacks.
    """

    document: Document
    posted: int
    shelved: int
    shared: int = 0
    known: bool = False
    revised: int = 0
    gone: int = 0


def find_known(store: ClaimStore, team: Team, intake: Intake) -> IntakeResult | None:
    """Return what became of this text, where the team has it, or hardly another."""
    document = store.documents.with_text(team.id, intake.sha256) or _find_same(store, team, intake)
    return _describe_known(store, document) if document else None


def _describe_known(store: ClaimStore, document: Document) -> IntakeResult:
    counts = store.documents.standing_of_claims(document)
    shelved = counts.get((Status.SHELVED.value, False), 0)
    return IntakeResult(document, sum(counts.values()) - shelved, shelved, known=True)


def _find_same(store: ClaimStore, team: Team, intake: Intake) -> Document | None:
    """Return the team's document that is hardly another: from the same page, or from anywhere."""
    near = store.documents.with_sketch(team.id, sketch_text(intake.text), _NEAR)
    page = store.documents.with_page(team.id, intake.url) if intake.url else None
    for document in (*([page] if page else []), *near):
        if is_same_text(store.documents.text_of(document), intake.text):
            return document
    return None


def find_former(store: ClaimStore, team: Team, intake: Intake) -> Document | None:
    """Return the version of a document that the team has: from the same page, or much the same.

    What stands on another page is no version, however much it is alike: it is a copy.
    """
    if intake.url:
        document = store.documents.with_page(team.id, intake.url)
        text = store.documents.text_of(document) if document else ""
        return document if not text or is_version(text, intake.text) else None
    near = store.documents.with_sketch(team.id, sketch_text(intake.text), _NEAR)
    return next((each for each in near if each.title == intake.title), None)


def match_ahead(
    store: ClaimStore,
    guild: int,
    intake: Intake,
    now: datetime,
    former: Document | None = None,
) -> MatchSet | None:
    """Return how a document's claims match the team's, found before anything is written.

    `former` is the version of it that the team has, where it is known already. None where there
    is no such team yet.
    """
    team = store.teams.of_guild(guild)
    if team is None:
        return None
    intake = clean(intake)
    former = former or find_former(store, team, intake)
    return find_matches(store, team, intake.claims, now.date(), former)


def add_document(
    store: ClaimStore,
    guild: int,
    intake: Intake,
    person: Person | None,
    now: datetime,
    met: MatchSet | None = None,
) -> IntakeResult:
    """Keep a document and its claims and queue what is to be posted, all in one.

    `person` is None for the terminal; `met` is what `match_ahead` found, so that writing is short.
    Raises NotFound, NotAllowed, BadInput for an address that is no link.
    """
    team = get_team(store, guild)
    if person:
        require_intake(team, person)
    intake = clean(intake)
    if had := find_known(store, team, intake):
        return had
    by = store.teams.member(team.id, person.discord_id, now) if person else None
    return write_document(store, team, intake, by, now, met=met)


def clean(intake: Intake) -> Intake:
    """Fit to be stored. Raises BadInput for an address that is no link."""
    return replace(
        intake,
        title=intake.title.encode(errors="replace").decode(),  # a file's name may be no text
        url=normalize(intake.url) if intake.url else None,
        claims=tuple(map(make_storable, intake.claims)),
    )


def write_document(
    store: ClaimStore,
    team: Team,
    intake: Intake,
    by: MemberKey | None,
    now: datetime,
    post: Collection[int] | None = None,
    met: MatchSet | None = None,
) -> IntakeResult:
    """Keep a document that is cleaned and new, and its claims.

    `post` holds the places of the claims to be posted; None: those that the team's rule posts.
    """
    if had := find_known(store, team, intake):
        return had
    former = find_former(store, team, intake) or (met.former if met else None)
    met = find_matches(store, team, intake.claims, now.date(), former, met)
    if met.former and met.changes_nothing:
        return _describe_known(store, met.former)
    document = store.documents.add(team.id, intake, by, now, met.former)
    channel = team.settings.claims_channel
    store.outbox.add(team.id, PostKind.DOCUMENT, channel, document.id, now)
    counts = _ClaimWriter(store, team, document, by, now).write_met(
        intake.claims, post, met.matches
    )
    if met.former is None:
        return IntakeResult(document, *counts)
    revised = met.revised().values()
    for row in (*revised, *met.gone):
        _take_out(store, team, row, met.former, document, by, now)
    return IntakeResult(document, *counts, revised=len(revised), gone=len(met.gone))


def _take_out(
    store: ClaimStore,
    team: Team,
    row: int,
    former: Document,
    newer: Document,
    by: MemberKey | None,
    now: datetime,
) -> None:
    """A newer version of a document no longer says this; the claim stays, and its card tells."""
    claim = apply_due(store, team, store.disagreements.get_kept(row), now)
    store.documents.mark_gone(claim.id, former, newer)
    apply_recounted(store, team, claim, PassageGone(by, newer.key), now)


def write_manual_claim(
    store: ClaimStore,
    team: Team,
    found: FoundClaim,
    document: Document | None,
    by: MemberKey,
    now: datetime,
) -> tuple[Claim, bool]:
    """Put one claim before the team, where it is not already; and whether the team knew it.

    One that is known stands in the document too; one that is settled or out stays so.
    """
    arrival = _ClaimWriter(store, team, document, by, now)
    met = match_claims(store, team, [found], now.date(), typed=True)
    _, _, shared = arrival.write_met([found], [0], met)
    return arrival.get_claim(0), bool(shared)


def find_known_claims(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> Mapping[int, int]:
    """Return the places of the claims the team has already, with their rows."""
    return find_matches(store, team, claims, now.date()).rows()


def load_claims(store: ClaimStore, known: Mapping[int, int]) -> dict[int, Claim]:
    """As they are stored now; for a duplicate, the claim that was kept."""
    return {place: store.disagreements.get_kept(row) for place, row in known.items()}


def count_posted_by_rule(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> int:
    """Return how many of these new claims the team's rule would post now."""
    return len(choose_to_post(claims, team.settings, count_posted_today(store, team, now)))


class _ClaimWriter:
    """One document's claims on their way in, each by its place; or one that stands in none."""

    def __init__(
        self,
        store: ClaimStore,
        team: Team,
        document: Document | None,
        by: MemberKey | None,
        now: datetime,
    ) -> None:
        self._store, self._team, self._document = store, team, document
        self._by, self._now = by, now
        self._rows: dict[int, int] = {}
        self._places: tuple[Place, ...] | None = None

    def write_met(
        self, claims: Sequence[FoundClaim], post: Collection[int] | None, met: Sequence[Match]
    ) -> tuple[int, int, int]:
        """Return how many are posted, how many new ones lie on the shelf, how many the team had.

        `met` holds what each of the claims is among those the team has.
        """
        chosen = (
            self._choose_by_rule(claims, met) if post is None else self._choose_by_hand(post, met)
        )
        shared = set[int]()
        for place, (found, meeting) in enumerate(zip(claims, met, strict=True)):
            if meeting.same is None:
                self._add(place, found, posted=place in chosen, is_new=not meeting.revises)
                continue
            claim = self._load_claim(meeting.same)
            self._rows[place] = claim.id
            if isinstance(meeting.same, ExistingClaim):
                shared.add(claim.id)
            if not meeting.unchanged:
                self._add_passage(claim, found)
            if place in chosen:
                post_claim(
                    self._store, self._team, self._load_claim(meeting.same), self._by, self._now
                )
        for place, (found, meeting) in enumerate(zip(claims, met, strict=True)):
            for other, disagreement in meeting.others:
                self._add_disagreement(NewClaim(place), other, disagreement)
            if found.counters is not None and 0 <= found.counters < len(claims):
                self._add_disagreement(
                    NewClaim(place), NewClaim(found.counters), Disagreement.DOUBTS
                )
        new = sum(meeting.same is None for meeting in met)
        posted = sum(met[place].same is None for place in chosen)
        return len(chosen), new - posted, len(shared)

    def get_claim(self, place: int) -> Claim:
        """Return what became of the claim at this place of the document."""
        return self._store.disagreements.get_kept(self._rows[place])

    def _choose_by_rule(self, claims: Sequence[FoundClaim], met: Sequence[Match]) -> frozenset[int]:
        """Return the places of what the team's rule posts."""
        places = list(self._is_waiting(met).values())
        posted_today = count_posted_today(self._store, self._team, self._now)
        chosen = choose_to_post(
            [claims[place] for place in places], self._team.settings, posted_today
        )
        return frozenset(places[index] for index in chosen)

    def _choose_by_hand(self, post: Collection[int], met: Sequence[Match]) -> frozenset[int]:
        """Return the places of what was picked and is not before the team already."""
        waiting = self._is_waiting(met)
        wanted = (self._name_member(place, met[place]) for place in post)
        return frozenset(waiting[who] for who in wanted if who in waiting)

    def _is_waiting(self, met: Sequence[Match]) -> dict[NewClaim | ExistingClaim, int]:
        """Return what can be posted, new or on the shelf, each with its first place."""
        waiting: dict[NewClaim | ExistingClaim, int] = {}
        for place, meeting in enumerate(met):
            who = self._name_member(place, meeting)
            if isinstance(who, NewClaim) or self._load_claim(who).state.status is Status.SHELVED:
                waiting.setdefault(who, place)
        return waiting

    def _name_member(self, place: int, meeting: Match) -> NewClaim | ExistingClaim:
        """The claim at a place: a new one by its first place, one the team has as it was kept."""
        match meeting.same:
            case None:
                return NewClaim(place)
            case ExistingClaim():
                return ExistingClaim(self._load_claim(meeting.same).id)
        return meeting.same

    def _load_claim(self, who: NewClaim | ExistingClaim) -> Claim:
        """As it is stored now; for a duplicate, the claim that was kept."""
        row = who.row if isinstance(who, ExistingClaim) else self._rows[who.place]
        return self._store.disagreements.get_kept(row)

    def _add(self, place: int, found: FoundClaim, *, posted: bool, is_new: bool) -> None:
        store, team, now = self._store, self._team, self._now
        status = Status.UNREVIEWED if posted else Status.SHELVED
        state = make_state_when_added(status, now)
        number = store.teams.next_number(team.id)
        claim = store.claims.add(team.id, number, found, self._document, state, self._by, now)
        self._rows[place] = claim.id
        passage = None
        if self._document:
            passage = self._keep_passage(claim, self._document, found, is_new=is_new)
        words_hash = store.claim_texts.keep(claim, now)
        data = ClaimAdded(claim.key, number, words_hash, status, self._by, passage)
        store.history.append(claim, Event(now, data, Outcome(state, team.policy_version)))
        if posted:
            store.outbox.add(team.id, PostKind.CLAIM, team.settings.claims_channel, claim.id, now)

    def _add_passage(self, claim: Claim, found: FoundClaim) -> None:
        """The claim stands here too, unless this very passage is known."""
        store, team, now = self._store, self._team, self._now
        if self._document is None or store.disagreements.stands_at(claim, self._document, found):
            return
        claim = apply_due(store, team, claim, now)
        passage = self._keep_passage(claim, self._document, found, is_new=True)
        links = recount(store, claim)
        data = PassageAdded(self._by, passage, self._document.key, links)
        apply_recounted(store, team, claim, data, now)

    def _keep_passage(
        self, claim: Claim, document: Document, found: FoundClaim, *, is_new: bool
    ) -> int:
        """Keep a passage with its place; in a newer version, that it is new there."""
        is_new = is_new and document.revises is not None
        place = find_place(self._list_places(document), found.start)
        return self._store.documents.add_passage(claim.id, document, found, place, is_new=is_new)

    def _list_places(self, document: Document) -> tuple[Place, ...]:
        if self._places is None:
            own = self._store.documents.get_places(document)
            self._places = own or number_paragraphs(self._store.documents.text_of(document))
        return self._places

    def _add_disagreement(
        self, new: NewClaim, who: NewClaim | ExistingClaim, disagreement: Disagreement
    ) -> None:
        """Each of the two says that it disagrees with the other."""
        store, team, now = self._store, self._team, self._now
        ours, theirs = self._load_claim(new), self._load_claim(who)
        for one, other, kind in (
            (ours, theirs, disagreement),
            (theirs, ours, disagreement.from_the_other_side),
        ):
            if one.id != other.id and store.disagreements.disagree(one, other, kind):
                data = DisagreementFound(self._by, other.key, other.number, kind)
                apply_recounted(store, team, apply_due(store, team, one, now), data, now)


def make_storable(found: FoundClaim) -> FoundClaim:
    return replace(found, figures=tuple(figure for figure in found.figures if _is_number(figure)))


def _is_number(figure: Figure) -> bool:
    """Return True if its column can hold it: four hundred digits in a text make an infinity."""
    return isfinite(figure.value) and (figure.upper is None or isfinite(figure.upper))


def count_posted_today(store: ClaimStore, team: Team, now: datetime) -> int:
    local = now.astimezone(team.settings.timezone)
    return store.claims.count_posted_since(
        team.id, local.replace(hour=0, minute=0, second=0, microsecond=0)
    )
