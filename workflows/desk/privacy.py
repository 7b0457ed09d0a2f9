"""/forget-me: a member's account and texts go; what was settled stands."""

from dataclasses import dataclass
from datetime import datetime

from workflows.desk.claim_views import get_team
from workflows.desk.transitions import apply_due_in_team, apply_recounted
from workflows.errors import NotFound
from workflows.events import VoteTakenBack
from workflows.store.claim_store import ClaimStore


@dataclass(frozen=True, slots=True)
class ForgetResult:
    """How much went: votes on claims that are not settled, and texts."""

    votes: int
    texts: int


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """How much is stored about a member of a team."""

    votes: int
    links: int
    texts: int
    messages: int = 0


def count_stored(store: ClaimStore, guild: int, discord_id: int) -> StoredCounts | None:
    """Return what is stored about this person.

    None: nothing. Raises NotFound for an unknown server.
    """
    team = get_team(store, guild)
    member = store.teams.find_member(team.id, discord_id)
    return StoredCounts(*store.teams.count_stored(member)) if member else None


def forget_member(store: ClaimStore, guild: int, discord_id: int, now: datetime) -> ForgetResult:
    """Remove who a member was.

    Their votes on every claim that may yet be decided are taken back, stale ones and those on
    dropped claims too, so that nobody who returns under a new key counts twice.

    Raises NotFound for somebody the team does not know.
    """
    team = get_team(store, guild)
    member = store.teams.find_member(team.id, discord_id)
    if member is None:
        raise NotFound("Nothing is stored about you in this server's records.")
    store.drafts.remove_of(member)
    apply_due_in_team(store, team, now)
    votes = store.votes.list_unsettled_votes(member)
    for claim, vote in votes:
        store.votes.remove_vote(claim, member)
        tally = claim.tally.minus(vote)
        apply_recounted(store, team, claim, VoteTakenBack(member), now, tally=tally)
    store.outbox.redraw(store.claims.with_words_of(member))
    store.outbox.redraw_documents_of(member)
    store.documents.forget_writer(member)
    store.outbox.withdraw_assignments(member)
    store.outbox.forget_nudges(member)
    store.subscriptions.forget(member)
    store.mail.remove(member)
    store.purge()
    store.drafts.remove_all_of(member)
    return ForgetResult(len(votes), store.teams.forget(member))
