"""What moderators do to a claim; each with a reason, which stands in its history."""

from dataclasses import replace
from datetime import datetime

from workflows.claims import Claim, ClaimKey, MemberKey, Status, Tally, Verdict
from workflows.desk.recording import record_anew, settle
from workflows.desk.sheets import ClaimSheet, claim_of, sheet, team_of
from workflows.errors import BadInput, Refused
from workflows.happenings import Assigned, Dropped, Edited, Reopened, Settled, Text
from workflows.lifecycle import require_open_to_votes
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Post
from workflows.teams import Person, Team, require_moderator
from workflows.voting import HELD

LONGEST = 1000
"""Characters of a claim's words."""


def settle_as(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    verdict: Verdict,
    reason: str,
    now: datetime,
) -> ClaimSheet:
    """Lock a verdict by hand. Raises Refused for a claim that is not open to votes."""
    if verdict not in HELD.values():
        raise BadInput("Can't tell never settles. Settle a claim as Supported or Refuted.")
    team, claim, by = _moderated(store, guild, key, person, now)
    require_open_to_votes(claim.standing)
    said = _reason(store, team, by, reason)
    return _done(store, team, record_anew(store, team, claim, Settled(verdict, by, said), now))


def reopen(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> ClaimSheet:
    """Open a settled or dropped claim; its votes become stale, so that it does not settle itself.

    Raises Refused for a claim that is open, or another's duplicate.
    """
    team, claim, by = _moderated(store, guild, key, person, now)
    if claim.standing.settled_at is None and claim.standing.status is not Status.DROPPED:
        raise Refused("This claim is neither settled nor dropped.")
    said = _reason(store, team, by, reason)
    store.claims.make_stale(claim)
    claim = record_anew(store, team, claim, Reopened(by, said), now, tally=Tally())
    if store.claims.mark_posted_if_new(claim, now):
        store.outbox.add(team.id, Post.CLAIM, team.settings.claims_channel, claim.id, now)
    return _done(store, team, claim)


def drop(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> ClaimSheet:
    """Take a claim out. Raises Refused for one that is settled, or is out already."""
    team, claim, by = _moderated(store, guild, key, person, now)
    _require_unsettled(claim)
    said = _reason(store, team, by, reason)
    return _done(store, team, record_anew(store, team, claim, Dropped(by, said), now))


def edit(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    words: str,
    reason: str,
    now: datetime,
) -> ClaimSheet:
    """Other words for a claim; the old ones are kept, the votes on them become stale.

    Raises BadInput for no words or too many, Refused where they are the same or the claim is
    settled or out.
    """
    team, claim, by = _moderated(store, guild, key, person, now)
    _require_unsettled(claim)
    words = " ".join(words.split())
    if not 0 < len(words) <= LONGEST:
        raise BadInput("A claim takes from 1 to {most} characters.", most=LONGEST)
    if words == claim.words:
        raise Refused("These are the claim's words already.")
    said = _reason(store, team, by, reason)
    claim = replace(claim, words=words, wording=claim.wording + 1)
    words_hash = store.wordings.keep(claim, now)
    store.claims.make_stale(claim)
    happening = Edited(by, said, claim.wording, words_hash)
    return _done(store, team, record_anew(store, team, claim, happening, now, tally=Tally()))


def assign(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    to: Person | None,
    reason: str,
    now: datetime,
) -> ClaimSheet:
    """Say who is to look after a claim; None: nobody any more."""
    team, claim, by = _moderated(store, guild, key, person, now)
    chosen = store.teams.member(team.id, to.discord_id, now) if to else None
    if chosen == claim.assigned_to:
        raise Refused("Nothing is changed: the claim is with them already.")
    said = _reason(store, team, by, reason)
    store.claims.assign(claim, chosen)
    claim = replace(claim, assigned_to=chosen)
    return _done(store, team, record_anew(store, team, claim, Assigned(by, said, chosen), now))


def _moderated(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, now: datetime
) -> tuple[Team, Claim, MemberKey]:
    team = team_of(store, guild)
    claim = claim_of(store, team, key)
    require_moderator(team, person)
    by = store.teams.member(team.id, person.discord_id, now)
    return team, settle(store, team, claim, now), by


def _require_unsettled(claim: Claim) -> None:
    if claim.standing.settled_at is not None:
        raise Refused(
            "This claim is settled since {since}; reopen it first.", since=claim.standing.settled_at
        )
    if claim.standing.status in (Status.DROPPED, Status.DUPLICATE):
        raise Refused("This claim is closed.")


def _reason(store: ClaimStore, team: Team, by: MemberKey, reason: str) -> Text:
    text = store.history.keep_text(team.id, by, reason.strip())
    if text is None:
        raise BadInput("Please say why; the reason stands in the claim's history.")
    return text


def _done(store: ClaimStore, team: Team, claim: Claim) -> ClaimSheet:
    return sheet(store, team, claim)
