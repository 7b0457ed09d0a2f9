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
    Place,
    Status,
)
from workflows.desk import webhooks
from workflows.desk.claim_views import get_team
from workflows.desk.documents import post_claim
from workflows.desk.duplicates import (
    MatchSet,
    find_matches,
    update_matches,
)
from workflows.desk.evidence import recount
from workflows.desk.transitions import apply_due, apply_recounted
from workflows.documents.document import find_places
from workflows.engines import BUILT_IN, write_engine
from workflows.events import (
    ClaimAdded,
    DisagreementFound,
    Event,
    Outcome,
    PassageAdded,
    PassageGone,
)
from workflows.intake import (
    ArrivalStep,
    ArrivingClaim,
    ExistingClaim,
    Intake,
    Match,
    NewClaim,
    choose_to_post,
    is_same_text,
    is_version,
    plan_arrival,
)
from workflows.lifecycle import make_state_when_added
from workflows.matching.sketch import sketch_text
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind
from workflows.teams import Actor, Person, Team, require_intake
from workflows.urls import normalize

_NEAR = 5
"""Documents with much the same words that are looked at, the likest first."""
INLINE = 12
"""Steps that are written in the transaction that takes their document in: some 20 ms."""


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
    return write_document(store, Actor(team, by, now), intake, ahead=met)


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
    actor: Actor,
    intake: Intake,
    post: Collection[int] | None = None,
    ahead: MatchSet | None = None,
) -> IntakeResult:
    """Keep a document that is cleaned and new, and its claims.

    `post` holds the places of the claims to be posted; None: those that the team's rule posts.
    A long one is only begun: `write_next` goes on, until it says that nothing is left.
    """
    team, now = actor.team, actor.now
    if had := find_known(store, team, intake):
        return had
    former = find_former(store, team, intake) or (ahead.former if ahead else None)
    met = update_matches(store, team, intake.claims, now.date(), former, ahead)
    if met.former and met.changes_nothing:
        return _describe_known(store, met.former)
    matches, revised = met.matches, tuple(met.revised().values()) if met.former else ()
    chosen = _choose(store, team, intake.claims, matches, post, now)
    document = store.documents.add(team.id, intake, actor.by, now, met.former)
    gone = (*revised, *met.gone)
    where = find_places(intake.text, intake.places, [each.start for each in intake.claims])
    steps = plan_arrival(intake.claims, matches, chosen, where, gone)
    if len(steps) > INLINE:
        store.arrivals.add(document, actor.by, steps)
    else:
        writer = _ClaimWriter(store, actor, document)
        for step in steps:
            writer.write(step)
    new = sum(match.same is None for match in matches)
    posted = sum(matches[place].same is None for place in chosen)
    shared = {match.same.row for match in matches if isinstance(match.same, ExistingClaim)}
    return IntakeResult(
        document,
        len(chosen),
        new - posted,
        len(shared),
        revised=len(revised),
        gone=len(met.gone),
    )


def write_next(store: ClaimStore, document: int | None, now: datetime) -> bool:
    """Write one step of a document that is on its way in; True if it was not the last.

    None: of any document that a process left so when it ended.
    """
    waiting = store.arrivals.find_next(document)
    if waiting is None:
        return False
    team_id, owner = store.documents.get_with_team(waiting.document)
    actor = Actor(store.teams.get(team_id), waiting.by, now)
    writer = _ClaimWriter(store, actor, owner, store.arrivals.read_written(waiting))
    store.arrivals.keep_written(waiting, writer.write(waiting.step))
    return store.arrivals.find_next(document) is not None


def _take_out(store: ClaimStore, actor: Actor, row: int, newer: Document) -> None:
    """A newer version of a document no longer says this; the claim stays, and its card tells."""
    claim = apply_due(store, actor.team, store.disagreements.get_kept(row), actor.now)
    if newer.revises is not None:
        store.documents.mark_gone(claim.id, store.documents.get(newer.revises), newer)
    apply_recounted(store, actor.team, claim, PassageGone(actor.by, newer.key), actor.now)


def write_manual_claim(
    store: ClaimStore,
    actor: Actor,
    found: FoundClaim,
    document: Document | None,
    ahead: MatchSet | None = None,
) -> tuple[Claim, bool]:
    """Put one claim before the team, where it is not already; and whether the team knew it.

    One that is known stands in the document too; one that is settled or out stays so.
    """
    team, today = actor.team, actor.now.date()
    met = find_matches(store, team, [found], today, None, ahead, typed=True).matches
    writer = _ClaimWriter(store, actor, document, typed=True)
    chosen = _choose(store, team, [found], met, [0], actor.now)
    where = _find_place(store, document, found) if document else None
    for step in plan_arrival([found], met, chosen, [where]):
        writer.write(replace(step, opens=False))
    return writer.get_claim(0), met[0].same is not None


def _find_place(store: ClaimStore, document: Document, found: FoundClaim) -> Place | None:
    text, own = store.documents.text_of(document), store.documents.get_places(document)
    return find_places(text, own, [found.start])[0]


def find_known_claims(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> Mapping[int, int]:
    """Return the places of the claims the team has already, with their rows."""
    return find_matches(store, team, claims, now.date()).rows()


def count_posted_by_rule(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> int:
    """Return how many of these new claims the team's rule would post now."""
    return len(choose_to_post(claims, team.settings, count_posted_today(store, team, now)))


def _choose(
    store: ClaimStore,
    team: Team,
    claims: Sequence[FoundClaim],
    met: Sequence[Match],
    post: Collection[int] | None,
    now: datetime,
) -> frozenset[int]:
    """Return the places to be posted: of what is new or on the shelf, each by its first place.

    `post` are those picked by hand, None for those the team's rule posts.
    """
    known = {match.same.row for match in met if isinstance(match.same, ExistingClaim)}
    shelved = store.disagreements.find_waiting(known)
    waiting: dict[NewClaim | ExistingClaim, int] = {}
    for place, match in enumerate(met):
        if not isinstance(match.same, ExistingClaim) or match.same.row in shelved:
            waiting.setdefault(match.same or NewClaim(place), place)
    if post is not None:
        wanted = (met[place].same or NewClaim(place) for place in post)
        return frozenset(waiting[who] for who in wanted if who in waiting)
    places = list(waiting.values())
    today = count_posted_today(store, team, now)
    chosen = choose_to_post([claims[place] for place in places], team.settings, today)
    return frozenset(places[index] for index in chosen)


class _ClaimWriter:
    """One document's claims on their way in, each by its place; or one that stands in none.

    `written` are the rows of those that are there already, where it is written in steps.
    `typed`: a person wrote it, and no engine found it.
    """

    def __init__(
        self,
        store: ClaimStore,
        actor: Actor,
        document: Document | None,
        written: dict[int, int] | None = None,
        *,
        typed: bool = False,
    ) -> None:
        self._store, self._actor, self._document = store, actor, document
        self._team, self._by, self._now = actor.team, actor.by, actor.now
        self._typed = typed
        self._rows = {} if written is None else written
        self._rechecked = written is not None  # others wrote since it was matched

    def write(self, step: ArrivalStep) -> dict[int, int]:
        """Write one step; the rows of its claims, by their places."""
        for each in step.claims:
            self._write_claim(each)
        for place, other, disagreement in step.disagreements:
            self._add_disagreement(NewClaim(place), other, disagreement)
        for row in step.gone:
            if self._document:
                _take_out(self._store, self._actor, row, self._document)
        if step.opens and self._document:
            channel = self._team.settings.claims_channel
            self._store.outbox.add(
                self._team.id, PostKind.DOCUMENT, channel, self._document.id, self._now
            )
        for place in step.post:
            self._post(self.get_claim(place))
        return {each.place: self._rows[each.place] for each in step.claims}

    def get_claim(self, place: int) -> Claim:
        """Return what became of the claim at this place of the document."""
        return self._store.disagreements.get_kept(self._rows[place])

    def _write_claim(self, each: ArrivingClaim) -> None:
        claim = self._load_claim(each.same) if each.same else None
        if claim is None or (self._rechecked and claim.state.status is Status.DROPPED):
            self._add(each)
            return
        self._rows[each.place] = claim.id
        if not each.unchanged:
            self._add_passage(claim, each)

    def _post(self, claim: Claim) -> None:
        """Have a claim posted that is new, or lay on the shelf."""
        if claim.state.status is Status.SHELVED:
            post_claim(self._store, self._team, claim, self._by, self._now)
        elif self._store.outbox.latest(PostKind.CLAIM, claim.id) is None:
            channel = self._team.settings.claims_channel
            self._store.outbox.add(self._team.id, PostKind.CLAIM, channel, claim.id, self._now)

    def _load_claim(self, who: NewClaim | ExistingClaim) -> Claim:
        """As it is stored now; for a duplicate, the claim that was kept."""
        row = who.row if isinstance(who, ExistingClaim) else self._rows[who.place]
        return self._store.disagreements.get_kept(row)

    def _add(self, each: ArrivingClaim) -> None:
        store, team, now = self._store, self._team, self._now
        found, status = each.found, Status.UNREVIEWED if each.posted else Status.SHELVED
        state = make_state_when_added(status, now)
        number = store.teams.next_number(team.id)
        claim = store.claims.add(team.id, number, found, self._document, state, self._by, now)
        self._rows[each.place] = claim.id
        passage = None
        if self._document:
            passage = self._keep_passage(claim, self._document, each, is_new=each.is_new)
        words_hash = store.claim_texts.keep(claim, now)
        engine = self._document.engine if self._document and not self._typed else BUILT_IN
        by_model = write_engine(engine) if engine.is_model else None
        data = ClaimAdded(claim.key, number, words_hash, status, self._by, passage, by_model)
        store.history.append(claim, Event(now, data, Outcome(state, team.policy_version)))
        webhooks.queue_event(store, claim, data, now)

    def _add_passage(self, claim: Claim, each: ArrivingClaim) -> None:
        """The claim stands here too, unless this very passage is known."""
        store, team, now = self._store, self._team, self._now
        if self._document is None or store.disagreements.stands_at(
            claim, self._document, each.found
        ):
            return
        claim = apply_due(store, team, claim, now)
        passage = self._keep_passage(claim, self._document, each, is_new=True)
        links = recount(store, claim)
        data = PassageAdded(self._by, passage, self._document.key, links)
        apply_recounted(store, team, claim, data, now)

    def _keep_passage(
        self, claim: Claim, document: Document, each: ArrivingClaim, *, is_new: bool
    ) -> int:
        """Keep a passage with its place; in a newer version, that it is new there."""
        is_new = is_new and document.revises is not None
        return self._store.documents.add_passage(
            claim.id, document, each.found, each.where, is_new=is_new
        )

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
    if all(map(_is_number, found.figures)):
        return found
    return replace(found, figures=tuple(figure for figure in found.figures if _is_number(figure)))


def _is_number(figure: Figure) -> bool:
    """Return True if its column can hold it: four hundred digits in a text make an infinity."""
    return isfinite(figure.value) and (figure.upper is None or isfinite(figure.upper))


def count_posted_today(store: ClaimStore, team: Team, now: datetime) -> int:
    local = now.astimezone(team.settings.timezone)
    return store.claims.count_posted_since(
        team.id, local.replace(hour=0, minute=0, second=0, microsecond=0)
    )
