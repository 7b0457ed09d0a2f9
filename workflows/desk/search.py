"""Lists, search and completion: what people find among their team's claims."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from workflows.claims import ClaimKey, DocumentKey, Status
from workflows.desk import claim_views, digests
from workflows.desk.claim_views import ClaimView, get_team
from workflows.errors import BadInput, NotFound
from workflows.search import (
    POSTED,
    ClaimFilter,
    ClaimPage,
    ClaimSummary,
    find_number,
    parse_expression,
)
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card
from workflows.teams import Acting, Person, Team, require_voter

PAGE = 8
"""Claims on a page: what a phone shows without much scrolling."""
KEPT = timedelta(days=90)
"""How long the buttons of a list work after it was last asked for."""


def search_claims(
    store: ClaimStore, team: Team, person: Person, wanted: ClaimFilter, page: int, now: datetime
) -> ClaimPage:
    """Return the nearest page there is of what is wanted; with "awaiting" for this person."""
    reader = store.teams.find_member(team.id, person.discord_id)
    if wanted.section and wanted.since:
        numbers = digests.list_section(store, team, wanted.section, wanted.since, now)
        wanted = replace(wanted, numbers=numbers)
    overdue_before = now - team.policy.review_by
    own = team.policy.own_claims
    total = store.search.count(team.id, wanted, reader, overdue_before, own_claims=own)
    pages = max(1, ceil(total / PAGE))
    page = min(max(page, 1), pages)
    claims = store.search.page(
        team.id,
        wanted,
        reader,
        overdue_before,
        own_claims=own,
        most=PAGE,
        skip=(page - 1) * PAGE,
    )
    return ClaimPage(claims, page, pages, total)


@dataclass(frozen=True, slots=True)
class ClaimList:
    """A page of a list, with the key under which its other pages are found."""

    team: Team
    key: str
    wanted: ClaimFilter
    found: ClaimPage


def ask_list(
    store: ClaimStore,
    acting: Acting,
    wanted: ClaimFilter,
    *,
    assignee: int | None = None,
) -> str:
    """Keep what somebody wants to see; the key under which `look` finds its pages.

    `assignee` is a Discord id. Raises NotFound, NotAllowed, and BadInput for a query that holds
    nothing to look for.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    if wanted.words and find_number(wanted.words) is None and not parse_expression(wanted.words):
        raise BadInput("Enter at least one word or number to search for.", code="words-needed")
    if assignee is not None:
        member = store.teams.find_member(team.id, assignee)
        if member is None:
            raise NotFound("No claim is assigned to this person.")
        wanted = replace(wanted, assignee=member)
    if wanted.document and store.documents.with_key(team.id, wanted.document) is None:
        raise NotFound("This document isn't known here. Pick one from the list.")
    store.search.drop_kept(acting.now - KEPT)
    return store.search.keep(team.id, wanted, acting.now)


def read_list(store: ClaimStore, acting: Acting, key: str, page: int) -> ClaimList:
    """Return one page of a list, the nearest there is; with "awaiting" for this person.

    Raises NotFound for a list that is not known any more, NotAllowed.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    wanted = store.search.get_kept(team.id, key)
    if wanted is None:
        raise NotFound("This list has expired. Please ask for it again.", code="list-gone")
    return ClaimList(
        team, key, wanted, search_claims(store, team, acting.person, wanted, page, acting.now)
    )


def list_missing(store: ClaimStore, acting: Acting, key: str) -> tuple[int, ...]:
    """Return the numbers of a list's claims that are before the team and have no card.

    Raises NotFound for a list that is not known any more, NotAllowed.
    """
    first = read_list(store, acting, key, 1)
    pages = (read_list(store, acting, key, page) for page in range(1, first.found.pages + 1))
    return tuple(
        claim.number
        for page in pages
        for claim in page.found.claims
        if claim.link is None and claim.state.status in POSTED
    )


def show_by_number(
    store: ClaimStore, guild: int, person: Person, number: int
) -> tuple[ClaimView, Card | None]:
    """Return the claim people call #`number`, and the card that shows it.

    Raises NotFound, NotAllowed.
    """
    require_voter(get_team(store, guild), person)
    return claim_views.view_by_number(store, guild, number)


def show_by_key(
    store: ClaimStore, guild: int, person: Person, key: ClaimKey
) -> tuple[ClaimView, Card | None]:
    """Return the claim with this key, and the card that shows it. Raises NotFound, NotAllowed."""
    require_voter(get_team(store, guild), person)
    return claim_views.view_by_key(store, guild, key)


def complete_number(
    store: ClaimStore, guild: int, person: Person, typed: str, statuses: Collection[Status] = ()
) -> tuple[ClaimSummary, ...]:
    """Return the claims that may be meant by what is typed so far; none for who takes no part."""
    team = get_team(store, guild)
    require_voter(team, person)
    return store.search.complete(team.id, typed, statuses)


def complete_documents(
    store: ClaimStore, guild: int, person: Person, typed: str
) -> tuple[tuple[DocumentKey, str], ...]:
    """Return the team's documents that may be meant: the key and the title of each."""
    team = get_team(store, guild)
    require_voter(team, person)
    found = store.search.documents(team.id, typed.strip())
    return tuple((document.key, document.title) for document in found)


def complete_sources(store: ClaimStore, guild: int, person: Person, typed: str) -> tuple[str, ...]:
    """Names of sources that may be meant."""
    team = get_team(store, guild)
    require_voter(team, person)
    return store.search.sources(team.id, typed.strip())


def find_bearing_on(
    store: ClaimStore, guild: int, person: Person, text: str, most: int = 25
) -> tuple[ClaimSummary, ...]:
    """Return the claims a text may bear on: those that share its words first, then the newest."""
    team = get_team(store, guild)
    require_voter(team, person)
    best = store.search.best_matching(team.id, text, POSTED)
    newest = store.search.complete(team.id, "", POSTED, most)
    return tuple({claim.key: claim for claim in (*best, *newest)}.values())[:most]
