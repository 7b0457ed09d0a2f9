"""A team's claims on their way out. Reads only, in one state of the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from workflows.claims import Document, Status
from workflows.desk.claim_views import get_team
from workflows.errors import NotFound
from workflows.export.model import ExportedClaim, Format, Selection, narrow_selection
from workflows.store.claim_store import ClaimStore
from workflows.teams import Person, Team, require_moderator


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What somebody wants exported. `document` is its key, its link or its title.

    `since` is a day of the team's: claims added since, or with another status since.
    """

    form: Format
    statuses: frozenset[Status] = frozenset()
    document: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """`claims` can be gone through once, while the state it is read in lasts."""

    team: Team
    total: int
    claims: Iterator[ExportedClaim]


def begin_export(
    store: ClaimStore, guild: int, asked: ExportRequest, person: Person | None
) -> Export:
    """Return the claims asked for; to be gone through inside `store.one_state`.

    `person` is None for the terminal. Raises NotFound, NotAllowed.
    """
    team = get_team(store, guild)
    if person:
        require_moderator(team, person)
    selection = narrow_selection(
        Selection(
            asked.statuses, _find_document(store, team, asked.document), _read_since(team, asked)
        ),
        asked.form,
    )
    if selection is None:
        return Export(team, 0, iter(()))
    total = store.exports.count(team.id, selection)
    return Export(team, total, store.exports.claims(team.id, selection))


def check_request(store: ClaimStore, guild: int, asked: ExportRequest, person: Person) -> int:
    """Return how many claims it would be. Raises as `begin`, before anybody is kept waiting."""
    return begin_export(store, guild, asked, person).total


def list_documents(
    store: ClaimStore, guild: int, person: Person, typed: str, most: int
) -> tuple[Document, ...]:
    """Return the team's newest documents whose title holds what was typed.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, guild)
    require_moderator(team, person)
    return store.documents.find_titled(team.id, typed, most)


def _find_document(store: ClaimStore, team: Team, named: str) -> int | None:
    if not named:
        return None
    document = store.documents.with_key(team.id, named) or store.documents.find_named(
        team.id, named
    )
    if document is None:
        raise NotFound("The team has no document “{name}”. Pick one from the list.", name=named)
    return document.id


def _read_since(team: Team, asked: ExportRequest) -> datetime | None:
    if asked.since is None:
        return None
    return datetime.combine(asked.since, time(), team.settings.timezone)
