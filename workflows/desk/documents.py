"""A document's claims: those before the team, and those on the shelf, which can be posted yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflows.claims import Claim, ClaimKey, Document, DocumentKey, MemberKey, Status
from workflows.desk.claim_views import get_claim, get_team
from workflows.desk.transitions import apply_recounted
from workflows.errors import NotFound
from workflows.events import ClaimPosted
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Acting, Person, Team, require_reader, require_voter


@dataclass(frozen=True, slots=True)
class Contents:
    """A document's claims with the cards that show them; the shelf, most check-worthy first."""

    team: Team
    document: Document
    posted: tuple[tuple[Claim, Card | None], ...]
    shelved: tuple[Claim, ...]


def list_contents(store: ClaimStore, guild: int, person: Person, key: DocumentKey) -> Contents:
    """Raises NotFound for a key that is no document of this team's, and NotAllowed."""
    team = get_team(store, guild)
    require_reader(team, person)
    document = store.documents.with_key(team.id, key)
    if document is None:
        raise NotFound(
            "This document isn't known here. Its card may come from another database.",
            code="unknown-claim",
        )
    claims = store.claims.of_document(document)
    shelved = [claim for claim in claims if claim.state.status is Status.SHELVED]
    return Contents(
        team,
        document,
        posted=tuple(
            (claim, store.outbox.card_of(PostKind.CLAIM, claim.id))
            for claim in claims
            if claim.state.status is not Status.SHELVED
        ),
        shelved=tuple(sorted(shelved, key=lambda claim: -claim.check_worthiness)),
    )


def post_from_shelf(store: ClaimStore, acting: Acting, keys: Iterable[ClaimKey]) -> int:
    """Put these claims before the team; how many were not there already.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    claims = [get_claim(store, team, key) for key in keys]
    shelved = [claim for claim in claims if claim.state.status is Status.SHELVED]
    for claim in shelved:
        post_claim(store, team, claim, by, acting.now)
    return len(shelved)


def post_claim(
    store: ClaimStore, team: Team, claim: Claim, by: MemberKey | None, now: datetime
) -> Claim:
    """Return the claim taken from the shelf, before the team, its card on its way."""
    claim = apply_recounted(store, team, claim, ClaimPosted(by), now)
    store.claims.mark_posted(claim, now)
    store.outbox.add(team.id, PostKind.CLAIM, team.settings.claims_channel, claim.id, now)
    return claim
