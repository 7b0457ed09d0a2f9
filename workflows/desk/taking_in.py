"""Documents in: their claims are kept, and posted or shelved by the team's rule."""

from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite

from workflows.claims import Document, Figure, FoundClaim, MemberKey, Status
from workflows.desk.sheets import team_of
from workflows.happenings import ClaimAdded, Event, Outcome
from workflows.intake import Intake, to_post
from workflows.lifecycle import added
from workflows.links import normalised
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Post
from workflows.teams import Person, Team, require_intake


@dataclass(frozen=True, slots=True)
class Taken:
    """A document and how many of its claims are being posted or lie on the shelf.

    `known` says that the team had this very text before; then nothing was changed.
    """

    document: Document
    posted: int
    shelved: int
    known: bool = False


def take_in(
    store: ClaimStore, guild: int, intake: Intake, person: Person | None, now: datetime
) -> Taken:
    """Keep a document and its claims and queue what is to be posted, all in one.

    `person` is None for the terminal. Raises NotFound, NotAllowed, BadInput for an address that
    is no link.
    """
    team = team_of(store, guild)
    if person:
        require_intake(team, person)
    intake = replace(
        intake,
        title=intake.title.encode(errors="replace").decode(),  # a file's name may be no text
        url=normalised(intake.url) if intake.url else None,
    )
    known = store.documents.with_text(team.id, intake.sha256)
    if known:
        counts = store.documents.standing_of_claims(known)
        shelved = counts.get((Status.SHELVED.value, False), 0)
        return Taken(known, sum(counts.values()) - shelved, shelved, known=True)
    by = store.teams.member(team.id, person.discord_id, now) if person else None
    document = store.documents.add(team.id, intake, by, now)
    channel = team.settings.claims_channel
    store.outbox.add(team.id, Post.DOCUMENT, channel, document.id, now)
    chosen = to_post(intake.claims, team.settings, _posted_today(store, team, now))
    for place, found in enumerate(intake.claims):
        status = Status.UNREVIEWED if place in chosen else Status.SHELVED
        _add(store, team, document, found, status, by, now)
    return Taken(document, len(chosen), len(intake.claims) - len(chosen))


def _add(
    store: ClaimStore,
    team: Team,
    document: Document,
    found: FoundClaim,
    status: Status,
    by: MemberKey | None,
    now: datetime,
) -> None:
    standing = added(status, now)
    figures = tuple(figure for figure in found.figures if _is_number(figure))
    found = replace(found, figures=figures)
    number = store.teams.next_number(team.id)
    claim = store.claims.add(team.id, number, found, document, standing, by, now)
    store.documents.add_passage(claim.id, document, found)
    happening = ClaimAdded(claim.key, number, store.wordings.keep(claim, now), status, by)
    store.history.append(claim, Event(now, happening, Outcome(standing, team.policy_version)))
    if status is Status.UNREVIEWED:
        store.outbox.add(team.id, Post.CLAIM, team.settings.claims_channel, claim.id, now)


def _is_number(figure: Figure) -> bool:
    """Whether its column can hold it: four hundred digits in a text make an infinity."""
    return isfinite(figure.value) and (figure.upper is None or isfinite(figure.upper))


def _posted_today(store: ClaimStore, team: Team, now: datetime) -> int:
    local = now.astimezone(team.settings.timezone)
    return store.claims.posted_since(
        team.id, local.replace(hour=0, minute=0, second=0, microsecond=0)
    )
