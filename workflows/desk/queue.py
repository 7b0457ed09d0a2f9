"""The queue: what awaits one reader's vote, a claim at a time, in the order of their list."""

from dataclasses import dataclass

from workflows.claims import ClaimKey, Verdict
from workflows.desk.claim_views import ClaimView, build_view, get_claim, get_team
from workflows.desk.votes import VoteReceipt, cast_vote, take_back_vote
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Card, PostKind
from workflows.teams import Acting, Team, require_voter


@dataclass(frozen=True, slots=True)
class QueueView:
    """The claim that is next, with its card; None behind the last. `left` counts all that wait."""

    team: Team
    view: ClaimView | None
    card: Card | None
    left: int


def read_queue(
    store: ClaimStore,
    acting: Acting,
    *,
    after: ClaimKey | None = None,
    at: ClaimKey | None = None,
) -> QueueView:
    """Return the first claim that awaits this person's vote, the next one behind `after`, or `at`.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    reader = store.teams.find_member(team.id, acting.person.discord_id)
    own = team.policy.own_claims
    left = store.search.count_awaiting(team.id, reader, own_claims=own)
    if at is not None:
        claim = get_claim(store, team, at)
    else:
        before = get_claim(store, team, after) if after else None
        key = store.search.find_awaiting(team.id, reader, before, own_claims=own)
        if key is None:
            return QueueView(team, None, None, left)
        claim = get_claim(store, team, key)
    card = store.outbox.card_of(PostKind.CLAIM, claim.id)
    return QueueView(team, build_view(store, team, claim), card, left)


def vote_and_move_on(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    verdict: Verdict,
    *,
    reason: str | None = None,
) -> tuple[VoteReceipt, QueueView]:
    """Cast a vote as on the claim's card, and return what is next. Raises what a vote raises."""
    receipt = cast_vote(store, acting, key, verdict, reason=reason, with_view=False)
    return receipt, read_queue(store, acting, after=key)


def take_back(store: ClaimStore, acting: Acting, key: ClaimKey) -> tuple[VoteReceipt, QueueView]:
    """Take a vote back and return its claim, which awaits it again. Raises what that raises."""
    receipt = take_back_vote(store, acting, key)
    return receipt, read_queue(store, acting, at=key)
