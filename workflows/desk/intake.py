"""Documents in: their claims are kept, and posted or shelved by the team's rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite

from workflows.claims import Claim, Disagreement, Document, Figure, FoundClaim, MemberKey, Status
from workflows.desk.claim_views import team_of
from workflows.desk.documents import bring
from workflows.desk.duplicates import Known, Meeting, Met, New, meet, meetings, still
from workflows.desk.evidence import recounted
from workflows.desk.transitions import record_anew, settle
from workflows.events import ClaimAdded, DisagreementFound, Event, Outcome, PassageAdded
from workflows.intake import Intake, to_post
from workflows.lifecycle import added
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Post
from workflows.teams import Person, Team, require_intake
from workflows.urls import normalised


@dataclass(frozen=True, slots=True)
class Taken:
    """A document and how many of its claims are being posted or lie on the shelf.

    `shared` counts those that the team had from elsewhere; they have one passage more.
    `known` says that the team had this very text before; then nothing was changed.
    """

    document: Document
    posted: int
    shelved: int
    shared: int = 0
    known: bool = False


def known(store: ClaimStore, team: Team, intake: Intake) -> Taken | None:
    """What became of this very text, where the team has it."""
    document = store.documents.with_text(team.id, intake.sha256)
    if document is None:
        return None
    counts = store.documents.standing_of_claims(document)
    shelved = counts.get((Status.SHELVED.value, False), 0)
    return Taken(document, sum(counts.values()) - shelved, shelved, known=True)


def met_ahead(store: ClaimStore, guild: int, intake: Intake, now: datetime) -> Met | None:
    """How a document's claims meet the team's, found before anything is written.

    None where there is no such team yet.
    """
    team = store.teams.of_guild(guild)
    return meet(store, team, cleaned(intake).claims, now.date()) if team else None


def take_in(
    store: ClaimStore,
    guild: int,
    intake: Intake,
    person: Person | None,
    now: datetime,
    met: Met | None = None,
) -> Taken:
    """Keep a document and its claims and queue what is to be posted, all in one.

    `person` is None for the terminal; `met` is what `met_ahead` found, so that writing is short.
    Raises NotFound, NotAllowed, BadInput for an address that is no link.
    """
    team = team_of(store, guild)
    if person:
        require_intake(team, person)
    intake = cleaned(intake)
    if had := known(store, team, intake):
        return had
    by = store.teams.member(team.id, person.discord_id, now) if person else None
    return arrive(store, team, intake, by, now, met=met)


def cleaned(intake: Intake) -> Intake:
    """Fit to be stored. Raises BadInput for an address that is no link."""
    return replace(
        intake,
        title=intake.title.encode(errors="replace").decode(),  # a file's name may be no text
        url=normalised(intake.url) if intake.url else None,
        claims=tuple(map(storable, intake.claims)),
    )


def arrive(
    store: ClaimStore,
    team: Team,
    intake: Intake,
    by: MemberKey | None,
    now: datetime,
    post: Collection[int] | None = None,
    met: Met | None = None,
) -> Taken:
    """Keep a document that is cleaned and new, and its claims.

    `post` holds the places of the claims to be posted; None: those that the team's rule posts.
    """
    if had := known(store, team, intake):
        return had
    document = store.documents.add(team.id, intake, by, now)
    channel = team.settings.claims_channel
    store.outbox.add(team.id, Post.DOCUMENT, channel, document.id, now)
    counts = _Arrival(store, team, document, by, now).take_in(intake.claims, post, met)
    return Taken(document, *counts)


def arrive_by_hand(
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
    arrival = _Arrival(store, team, document, by, now)
    _, _, shared = arrival.take_in([found], [0])
    return arrival.claim_at(0), bool(shared)


def known_of(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> Mapping[int, int]:
    """The places of the claims the team has already, with their rows."""
    met = meetings(store, team, claims, now.date())
    return {
        place: meeting.same.row
        for place, meeting in enumerate(met)
        if isinstance(meeting.same, Known)
    }


def claims_of(store: ClaimStore, known: Mapping[int, int]) -> dict[int, Claim]:
    """As they are stored now; for a duplicate, the claim that was kept."""
    return {place: store.known.kept(row) for place, row in known.items()}


def posted_by_rule(
    store: ClaimStore, team: Team, claims: Sequence[FoundClaim], now: datetime
) -> int:
    """How many of these new claims the team's rule would post now."""
    return len(to_post(claims, team.settings, _posted_today(store, team, now)))


class _Arrival:
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

    def take_in(
        self,
        claims: Sequence[FoundClaim],
        post: Collection[int] | None,
        ahead: Met | None = None,
    ) -> tuple[int, int, int]:
        """How many are posted, how many new ones lie on the shelf, how many the team had."""
        met = still(self._store, self._team, claims, self._now.date(), ahead)
        chosen = self._by_rule(claims, met) if post is None else self._by_hand(post, met)
        shared = set[int]()
        for place, (found, meeting) in enumerate(zip(claims, met, strict=True)):
            if meeting.same is None:
                self._add(place, found, posted=place in chosen)
                continue
            claim = self._claim(meeting.same)
            self._rows[place] = claim.id
            if isinstance(meeting.same, Known):
                shared.add(claim.id)
            self._add_passage(claim, found)
            if place in chosen:
                bring(self._store, self._team, self._claim(meeting.same), self._by, self._now)
        for place, (found, meeting) in enumerate(zip(claims, met, strict=True)):
            for other, disagreement in meeting.others:
                self._link(New(place), other, disagreement)
            if found.counters is not None and 0 <= found.counters < len(claims):
                self._link(New(place), New(found.counters), Disagreement.DOUBTS)
        new = sum(meeting.same is None for meeting in met)
        posted = sum(met[place].same is None for place in chosen)
        return len(chosen), new - posted, len(shared)

    def claim_at(self, place: int) -> Claim:
        """What became of the claim at this place of the document."""
        return self._store.known.kept(self._rows[place])

    def _by_rule(self, claims: Sequence[FoundClaim], met: Sequence[Meeting]) -> frozenset[int]:
        """The places of what the team's rule posts."""
        places = list(self._waiting(met).values())
        posted_today = _posted_today(self._store, self._team, self._now)
        chosen = to_post([claims[place] for place in places], self._team.settings, posted_today)
        return frozenset(places[index] for index in chosen)

    def _by_hand(self, post: Collection[int], met: Sequence[Meeting]) -> frozenset[int]:
        """The places of what was picked and is not before the team already."""
        waiting = self._waiting(met)
        wanted = (self._who(place, met[place]) for place in post)
        return frozenset(waiting[who] for who in wanted if who in waiting)

    def _waiting(self, met: Sequence[Meeting]) -> dict[New | Known, int]:
        """What can be posted: new claims and those on the shelf, each with its first place."""
        waiting: dict[New | Known, int] = {}
        for place, meeting in enumerate(met):
            who = self._who(place, meeting)
            if isinstance(who, New) or self._claim(who).standing.status is Status.SHELVED:
                waiting.setdefault(who, place)
        return waiting

    def _who(self, place: int, meeting: Meeting) -> New | Known:
        """The claim at a place: a new one by its first place, one the team has as it was kept."""
        match meeting.same:
            case None:
                return New(place)
            case Known():
                return Known(self._claim(meeting.same).id)
        return meeting.same

    def _claim(self, who: New | Known) -> Claim:
        """As it is stored now; for a duplicate, the claim that was kept."""
        row = who.row if isinstance(who, Known) else self._rows[who.place]
        return self._store.known.kept(row)

    def _add(self, place: int, found: FoundClaim, *, posted: bool) -> None:
        store, team, now = self._store, self._team, self._now
        status = Status.UNREVIEWED if posted else Status.SHELVED
        standing = added(status, now)
        number = store.teams.next_number(team.id)
        claim = store.claims.add(team.id, number, found, self._document, standing, self._by, now)
        self._rows[place] = claim.id
        passage = None
        if self._document:
            passage = store.documents.add_passage(claim.id, self._document, found)
        words_hash = store.wordings.keep(claim, now)
        happening = ClaimAdded(claim.key, number, words_hash, status, self._by, passage)
        store.history.append(claim, Event(now, happening, Outcome(standing, team.policy_version)))
        if posted:
            store.outbox.add(team.id, Post.CLAIM, team.settings.claims_channel, claim.id, now)

    def _add_passage(self, claim: Claim, found: FoundClaim) -> None:
        """The claim stands here too, unless this very passage is known."""
        store, team, now = self._store, self._team, self._now
        if self._document is None or store.known.stands_at(claim, self._document, found):
            return
        claim = settle(store, team, claim, now)
        passage = store.documents.add_passage(claim.id, self._document, found)
        links = recounted(store, claim)
        happening = PassageAdded(self._by, passage, self._document.key, links)
        record_anew(store, team, claim, happening, now)

    def _link(self, new: New, who: New | Known, disagreement: Disagreement) -> None:
        """Each of the two says that it disagrees with the other."""
        store, team, now = self._store, self._team, self._now
        ours, theirs = self._claim(new), self._claim(who)
        for one, other, kind in (
            (ours, theirs, disagreement),
            (theirs, ours, disagreement.from_the_other_side),
        ):
            if one.id != other.id and store.known.disagree(one, other, kind):
                happening = DisagreementFound(self._by, other.key, other.number, kind)
                record_anew(store, team, settle(store, team, one, now), happening, now)


def storable(found: FoundClaim) -> FoundClaim:
    return replace(found, figures=tuple(figure for figure in found.figures if _is_number(figure)))


def _is_number(figure: Figure) -> bool:
    """Whether its column can hold it: four hundred digits in a text make an infinity."""
    return isfinite(figure.value) and (figure.upper is None or isfinite(figure.upper))


def _posted_today(store: ClaimStore, team: Team, now: datetime) -> int:
    local = now.astimezone(team.settings.timezone)
    return store.claims.posted_since(
        team.id, local.replace(hour=0, minute=0, second=0, microsecond=0)
    )
