"""Claims that somebody looks into: taken until a day, nudged once, and free again after it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from workflows.assignment import check_day, find_end, find_nudge
from workflows.claims import Claim
from workflows.desk.claim_views import ClaimView, build_view, get_claim_by_number, get_team
from workflows.desk.transitions import apply, apply_due, release
from workflows.errors import Refused
from workflows.events import Assigned
from workflows.lifecycle import require_open_to_votes
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind
from workflows.teams import Acting, Team, require_voter
from workflows.voting import is_votable


@dataclass(frozen=True, slots=True)
class Nudge:
    """A claim whose day has come, and the account of who looks into it."""

    claim: int
    account: int


def take_claim(store: ClaimStore, acting: Acting, number: int, day: date | None) -> ClaimView:
    """Say that one looks into a claim, until the end of a day of the team's if one is given.

    Again with another day moves it. Raises NotFound, NotAllowed, BadInput for a day that has
    passed, Refused for a claim that takes no votes or that somebody else looks into.
    """
    team, claim = _require(store, acting, number)
    require_open_to_votes(claim.state)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    holder = claim.assigned_to
    if holder and holder != by and (known := store.teams.discord_ids([holder]).get(holder)):
        raise Refused(
            "<@{account}> is already looking into this claim.", code="taken", account=known
        )
    if holder == by and claim.assigned_day == day:
        raise Refused("You're already looking into this claim.", code="unchanged")
    settings, until, nudge = team.settings, None, None
    if day is not None:
        check_day(day, settings.timezone, acting.now)
        until = find_end(day, settings.timezone)
        nudge = find_nudge(day, settings.digest_at, settings.timezone, acting.now)
    store.claims.assign(claim, by, day, until, nudge)
    claim = replace(claim, assigned_to=by, assigned_day=day, assigned_until=until)
    data = Assigned(by, None, by, day, until)
    return build_view(store, team, apply(store, team, claim, data, acting.now))


def release_claim(store: ClaimStore, acting: Acting, number: int) -> ClaimView:
    """Say that one no longer looks into a claim. Raises NotFound, NotAllowed, Refused."""
    team, claim = _require(store, acting, number)
    by = store.teams.find_member(team.id, acting.person.discord_id)
    if by is None or claim.assigned_to != by:
        raise Refused("You aren't looking into this claim.", code="not-theirs")
    return build_view(store, team, release(store, team, claim, by, acting.now))


def _require(store: ClaimStore, acting: Acting, number: int) -> tuple[Team, Claim]:
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    claim = get_claim_by_number(store, team, number)
    return team, apply_due(store, team, claim, acting.now)


def list_nudges(store: ClaimStore, now: datetime) -> tuple[Nudge, ...]:
    """Return the nudges that are due, but for those whose person was forgotten."""
    due = store.claims.list_to_nudge(now)
    accounts = store.teams.discord_ids([claim.assigned_to for claim in due if claim.assigned_to])
    return tuple(
        Nudge(claim.id, accounts[claim.assigned_to])
        for claim in due
        if claim.assigned_to in accounts
    )


def queue_nudge(store: ClaimStore, claim_id: int, channel: int | None, now: datetime) -> bool:
    """Queue a nudge to a direct channel and return True; a second time changes nothing.

    Nobody is nudged where there is no such channel, or the claim takes no votes any more.
    """
    due = {claim.id: claim for claim in store.claims.list_to_nudge(now)}
    if claim_id not in due:
        return False
    claim = due[claim_id]
    store.claims.mark_nudged(claim)
    if channel is None or not is_votable(claim.state):
        return False
    store.outbox.add(claim.team, PostKind.NUDGE, channel, claim.id, now)
    return True


def find_next_nudge(store: ClaimStore) -> datetime | None:
    """Return when the next nudge is due."""
    return store.claims.next_nudge()
