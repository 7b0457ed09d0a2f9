"""Claims that people put into words themselves, with who says so and where, as far as they tell."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.claims import Attribution, Document, FoundClaim, Hedge, MemberKey, Polarity
from workflows.desk.claim_views import ClaimView, build_view, get_team
from workflows.desk.duplicates import MatchSet, find_matches
from workflows.desk.intake import write_manual_claim
from workflows.desk.moderation import check_words
from workflows.documents import language
from workflows.errors import BadInput
from workflows.intake import Intake
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Acting, Actor, Team, require_voter
from workflows.urls import find_origin, normalize_public

TITLE = 80
"""Characters of a quote that stand for the title of where it is from."""


@dataclass(frozen=True, slots=True)
class ManualClaim:
    """A claim as somebody puts it: its words; where they are known, its source, quote and link.

    `as_of` is the day for which it is meant; None: the day on which it is added.
    """

    words: str
    quote: str = ""
    source: str = ""
    link: str = ""
    hedge: Hedge | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AddedClaim:
    """The claim, with the card that shows it already; `known`: the team had it before."""

    view: ClaimView
    card: Card | None
    known: bool


def match_ahead(store: ClaimStore, acting: Acting, given: ManualClaim) -> MatchSet:
    """Return what the claim is beside those of the team, found before anything is written.

    Raises as `add_claim`.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    found = _build_found(given, team, acting.now)
    return find_matches(store, team, [found], acting.now.date(), typed=True)


def add_claim(
    store: ClaimStore, acting: Acting, given: ManualClaim, met: MatchSet | None = None
) -> AddedClaim:
    """Put a claim before the team; one that the team knows is not added twice.

    Where it is said is kept as a document of its own, so that this cannot support it. Raises
    NotFound, NotAllowed, and BadInput for no words, too many, what is no link, or a hedge of
    nobody's.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    found = _build_found(given, team, acting.now)
    document = _build_document(store, team, given, by, acting.now)
    if document is None and given.hedge:
        raise BadInput(
            "Also say who says it: how firmly something is put depends on its source.",
            code="source-needed",
        )
    claim, known = write_manual_claim(store, Actor(team, by, acting.now), found, document, met)
    card = store.outbox.card_of(PostKind.CLAIM, claim.id)
    return AddedClaim(build_view(store, team, claim), card, known)


def _build_found(given: ManualClaim, team: Team, now: datetime) -> FoundClaim:
    source = " ".join(given.source.split())
    hedge = given.hedge or (Hedge.REPORTED if source else Hedge.ASSERTED)
    said = Attribution(
        source=source,
        start=None,
        end=None,
        cue=None,
        cue_start=None,
        cue_end=None,
        anonymous=False,
        date=None,
        hedge=hedge,
    )
    quote = given.quote.strip()
    return FoundClaim(
        words=check_words(given.words),
        quote=quote,
        quote_start=0,
        start=0,
        end=len(quote),
        attribution=(said,) if source else (),
        hedge=hedge,
        hedge_cue=None,
        polarity=Polarity.AFFIRMED,
        figures=(),
        dates=(),
        as_of=given.as_of or now.astimezone(team.settings.timezone).date(),
        check_worthiness=1.0,  # somebody of the team wants it checked
    )


def _build_document(
    store: ClaimStore, team: Team, given: ManualClaim, by: MemberKey, now: datetime
) -> Document | None:
    """Return where it is said; None where nothing is told of that."""
    quote, source = given.quote.strip(), " ".join(given.source.split())
    url = normalize_public(given.link) if given.link else None
    text = quote or url or source
    if not text:
        return None
    intake = Intake(
        title=" ".join(quote.split())[:TITLE] or source or (find_origin(url) if url else text),
        publisher=find_origin(url) if url else None,
        url=url,
        published=None,
        language=language.READ,
        text=text,
        claims=(),
    )
    known = store.documents.with_text(team.id, intake.sha256)
    return known or store.documents.add(team.id, intake, by, now)
