"""What moderators do to a claim; each with a reason, which stands in its history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.claims import Claim, ClaimKey, Hedge, MemberKey, Status, Tally, Verdict
from workflows.desk.claim_views import (
    ClaimView,
    build_view,
    get_claim,
    get_claim_by_number,
    get_team,
)
from workflows.desk.notices import mark_resolved
from workflows.desk.transitions import apply_due, apply_recounted
from workflows.errors import BadInput, Refused
from workflows.events import Assigned, Dropped, Edited, Reopened, Settled, Text
from workflows.lifecycle import require_open_to_votes
from workflows.notices import SHAKEN
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind
from workflows.teams import Acting, Person, Team, is_moderator, is_voter, require_moderator
from workflows.voting import HELD

LONGEST = 1000
"""Characters of a claim's words."""
LONGEST_NAME = 200
"""Characters of a source's name."""


def settle_claim(
    store: ClaimStore, acting: Acting, key: ClaimKey, verdict: Verdict, reason: str
) -> ClaimView:
    """Lock a verdict by hand. Raises Refused for a claim that is not open to votes."""
    if verdict not in HELD.values():
        raise BadInput("Can't tell is never settled. Settle the claim as Supported or Refuted.")
    team, claim, by = finish_moderation(store, acting, key)
    require_open_to_votes(claim.state)
    said = make_reason(store, team, by, reason)
    return _finish(
        store, team, apply_recounted(store, team, claim, Settled(verdict, by, said), acting.now)
    )


def reopen_claim(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str) -> ClaimView:
    """Open a settled or dropped claim; its votes become stale, so that it does not settle itself.

    Raises Refused for a claim that is open, or another's duplicate.
    """
    team, claim, by = finish_moderation(store, acting, key)
    _require_closed(claim)
    said = make_reason(store, team, by, reason)
    store.votes.make_stale(claim)
    claim = apply_recounted(store, team, claim, Reopened(by, said), acting.now, tally=Tally())
    for kind in SHAKEN:
        mark_resolved(store, team, kind, f"claim:{claim.number}", acting.now)
    if store.claims.mark_posted_if_new(claim, acting.now):
        store.outbox.add(
            team.id, PostKind.CLAIM, team.settings.claims_channel, claim.id, acting.now
        )
    return _finish(store, team, claim)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The claims that something was done to, and the numbers of those where it couldn't be."""

    done: tuple[ClaimView, ...]
    refused: tuple[int, ...]


def apply_to_many(
    store: ClaimStore,
    acting: Acting,
    numbers: Sequence[int],
    action: Callable[[ClaimStore, Acting, ClaimKey], ClaimView],
) -> BulkResult:
    """Do the same to several claims; what a claim's state forbids leaves that one as it is.

    Raises NotFound, NotAllowed, BadInput for what would be raised for each of them.
    """
    team = require_claim(store, acting.guild, acting.person)
    done: list[ClaimView] = []
    refused: list[int] = []
    for number in numbers:
        claim = get_claim_by_number(store, team, number)
        try:
            done.append(action(store, acting, claim.key))
        except Refused:
            refused.append(number)
    return BulkResult(tuple(done), tuple(refused))


def drop_claim(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str) -> ClaimView:
    """Take a claim out. Raises Refused for one that is settled, or is out already."""
    team, claim, by = finish_moderation(store, acting, key, unsettled=True)
    said = make_reason(store, team, by, reason)
    return _finish(store, team, apply_recounted(store, team, claim, Dropped(by, said), acting.now))


def edit_claim(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    words: str | None,
    reason: str,
    *,
    wording: int | None = None,
    said_by: Sequence[str] | None = None,
    hedge: Hedge | None = None,
) -> ClaimView:
    """Return other words for a claim, other names for who says so, or another hedge.

    Votes on the old ones become stale.

    The old words are kept; figures and dates that the new ones do not have go. `words` may be None
    for those it has. `said_by` names the sources of its first passage, outermost first; `hedge` is
    how firmly that puts it. Raises BadInput for no words or too many, or another number of names
    than there are sources, Refused where nothing is changed or the claim is settled or out, or its
    words are not those of version `wording` any more.
    """
    team, claim, by = finish_moderation(store, acting, key, unsettled=True)
    require_wording(claim, wording)
    words = claim.words if words is None else check_words(words)
    named = () if said_by is None else _find_renamed(store, claim, said_by)
    hedged = _find_rehedged(store, claim, hedge)
    if words == claim.words and not named and not hedged and not claim.needs_words:
        raise Refused("The claim already has this wording.", code="unchanged")
    said = make_reason(store, team, by, reason)
    claim = edit_words(store, team, claim, words, by, said, acting.now, named, hedged)
    return _finish(store, team, claim)


def edit_words(
    store: ClaimStore,
    team: Team,
    claim: Claim,
    words: str,
    by: MemberKey,
    said: Text,
    now: datetime,
    named: tuple[tuple[int, str], ...] = (),
    hedged: tuple[tuple[int, Hedge], ...] = (),
) -> Claim:
    """Return the claim with other words, names and hedges, and the votes on the old ones stale."""
    claim = replace(
        claim,
        words=words,
        wording=claim.wording + 1,
        figures=tuple(figure for figure in claim.figures if figure.text in words),
        dates=tuple(mention for mention in claim.dates if mention.text in words),
        needs_words=False,
    )
    words_hash = store.claim_texts.keep(claim, now)
    store.claims.keep_particulars(claim)
    for source, name in named:
        store.documents.name_source(source, name)
    for passage, hedge in hedged:
        store.documents.set_hedge(passage, hedge)
    store.votes.make_stale(claim)
    data = Edited(by, said, claim.wording, words_hash, named, hedged)
    return apply_recounted(store, team, claim, data, now, tally=Tally())


def _find_renamed(
    store: ClaimStore, claim: Claim, said_by: Sequence[str]
) -> tuple[tuple[int, str], ...]:
    """Return the sources whose names differ from these, by row. Raises BadInput."""
    passages = store.documents.passages(claim.id)
    sources = passages[0].attribution if passages else ()
    names = [" ".join(name.split())[:LONGEST_NAME] for name in said_by]
    if len(names) != len(sources) or not all(names):
        raise BadInput(
            "Give exactly {sources} sources, outermost first.",
            sources=len(sources),
        )
    return tuple(
        (source.id, name)
        for source, name in zip(sources, names, strict=True)
        if name != (source.said.resolved or source.said.source)
    )


def _find_rehedged(
    store: ClaimStore, claim: Claim, hedge: Hedge | None
) -> tuple[tuple[int, Hedge], ...]:
    """Return the first passage's row with the hedge, if that is another than it has."""
    passages = store.documents.passages(claim.id)
    if hedge is None or not passages or passages[0].hedge is hedge:
        return ()
    return ((passages[0].id, hedge),)


def require_wording(claim: Claim, wording: int | None) -> None:
    """Raise Refused where somebody else changed the words that are being changed."""
    if wording is not None and wording != claim.wording:
        raise Refused(
            "Someone else has just changed the claim's wording. Please look at it again.",
            code="changed-meanwhile",
        )


def check_words(words: str) -> str:
    """Return the words of a claim, on one line. Raises BadInput for none or too many."""
    words = " ".join(words.split())
    if not 0 < len(words) <= LONGEST:
        raise BadInput("A claim must have between 1 and {most} characters.", most=LONGEST)
    return words


def assign_claim(
    store: ClaimStore, acting: Acting, key: ClaimKey, to: Person | None, reason: str = ""
) -> ClaimView:
    """Say who is to look after a claim; None: nobody any more. Somebody else is told, by name.

    Raises Refused for somebody who takes no part here, or has it already.
    """
    team, claim, by = finish_moderation(store, acting, key)
    if to and not is_voter(team, to):
        raise Refused(
            "Only someone who can take part here can look after a claim.", code="no-voter"
        )
    chosen = store.teams.member(team.id, to.discord_id, acting.now) if to else None
    if chosen == claim.assigned_to:
        raise Refused("Nothing was changed: they already look after this claim.", code="unchanged")
    said = store.history.keep_text(team.id, by, reason.strip())
    store.claims.assign(claim, chosen)
    claim = replace(claim, assigned_to=chosen, assigned_day=None, assigned_until=None)
    if chosen and chosen != by:
        store.outbox.add(
            team.id, PostKind.ASSIGNMENT, team.settings.claims_channel, claim.id, acting.now
        )
    return _finish(
        store, team, apply_recounted(store, team, claim, Assigned(by, said, chosen), acting.now)
    )


def require_claim(store: ClaimStore, guild: int, person: Person) -> Team:
    """Return the team this person moderates. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_moderator(team, person)
    return team


def look_up_before(
    store: ClaimStore, guild: int, which: int | ClaimKey, person: Person, action: str = ""
) -> ClaimView:
    """Return the claim a moderator is about to work on, by its number or its key.

    Nobody fills in a form for nothing.

    Raises NotFound, NotAllowed, and Refused where it is in no state for that `action`.
    """
    team = require_claim(store, guild, person)
    claim = (
        get_claim_by_number(store, team, which)
        if isinstance(which, int)
        else get_claim(store, team, which)
    )
    if check := _CHECKS.get(action):
        check(claim)
    return build_view(store, team, claim)


def may_edit(shown: ClaimView, person: Person) -> bool:
    """Return True if this person moderates and the claim's words can still be changed."""
    claim = shown.claim
    out = {Status.DROPPED, Status.DUPLICATE}
    open_to_edits = claim.state.settled_at is None and claim.state.status not in out
    return open_to_edits and is_moderator(shown.team, person)


def finish_moderation(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    *,
    unsettled: bool = False,
) -> tuple[Team, Claim, MemberKey]:
    """Return the claim as it stands now, before a moderator's hand.

    Raises NotFound, NotAllowed, Refused.

    `unsettled`: neither settled nor out.
    """
    team = get_team(store, acting.guild)
    claim = get_claim(store, team, key)
    require_moderator(team, acting.person)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    claim = apply_due(store, team, claim, acting.now)
    if unsettled:
        _require_unsettled(claim)
    return team, claim, by


def _require_unsettled(claim: Claim) -> None:
    if claim.state.settled_at is not None:
        raise Refused(
            "This claim has been settled since {since}. Reopen it first.",
            code="settled",
            since=claim.state.settled_at,
        )
    if claim.state.status in (Status.DROPPED, Status.DUPLICATE):
        raise Refused(
            "This claim was dropped or merged. First reopen it with /claim reopen if it"
            " was dropped, or undo the merge.",
            code="closed",
        )


def _require_closed(claim: Claim) -> None:
    if claim.state.settled_at is None and claim.state.status is not Status.DROPPED:
        raise Refused("This claim is neither settled nor dropped.", code="not-closed")


_CHECKS: Mapping[str, Callable[[Claim], None]] = {
    "settle": lambda claim: require_open_to_votes(claim.state),
    "reopen": _require_closed,
    "drop": _require_unsettled,
    "edit": _require_unsettled,
    "split": _require_unsettled,
}
"""What must hold before each of these is done."""


def make_reason(store: ClaimStore, team: Team, by: MemberKey, reason: str) -> Text:
    """Keep a moderator's reason. Raises BadInput without one."""
    text = store.history.keep_text(team.id, by, reason.strip())
    if text is None:
        raise BadInput(
            "Please give a reason; it is kept in the claim's history.", code="reason-needed"
        )
    return text


def _finish(store: ClaimStore, team: Team, claim: Claim) -> ClaimView:
    return build_view(store, team, claim)
