"""Claims merged and split, and both undone: passages and links move, votes never do.

Whoever voted on a claim that was merged is asked to vote on the one it went into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.claims import (
    Claim,
    ClaimKey,
    EvidenceKey,
    FoundClaim,
    Hedge,
    MemberKey,
    Passage,
    Status,
)
from workflows.desk import webhooks
from workflows.desk.claim_views import (
    ClaimView,
    build_view,
    get_claim,
    get_claim_by_number,
    get_team,
)
from workflows.desk.evidence import recheck_attribution, recount, tell_if_opposed
from workflows.desk.moderation import (
    check_words,
    edit_words,
    finish_moderation,
    make_reason,
    require_claim,
    require_wording,
)
from workflows.desk.transitions import apply_due, apply_due_in_team, apply_recounted
from workflows.errors import BadInput, Refused
from workflows.events import (
    ClaimAdded,
    Event,
    EvidenceAdded,
    GaveAway,
    MergedInto,
    MergeUndone,
    Move,
    Outcome,
    Received,
    Text,
)
from workflows.flip_limit import Change, limit_flips
from workflows.lifecycle import make_state_when_added
from workflows.replay import fold_history
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import PostKind
from workflows.teams import Acting, Person, Team, require_moderator
from workflows.urls import identify_page


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The claim that was kept and its duplicates; `asked` voters are asked to vote on it."""

    kept: ClaimView
    duplicates: tuple[ClaimView, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class SplitResult:
    """Two claims that stand by themselves: the one that was there, and the other."""

    kept: ClaimView
    other: ClaimView


@dataclass(frozen=True, slots=True)
class _Moderation:
    """Who moves what, why and when."""

    store: ClaimStore
    team: Team
    by: MemberKey
    said: Text
    now: datetime


def look_up(
    store: ClaimStore, guild: int, number: int, into: int, person: Person
) -> tuple[ClaimView, ClaimView]:
    """Return both claims, before a moderator merges the one into the other.

    Raises NotFound, NotAllowed, BadInput for one claim named twice, Refused where `merge` would.
    """
    team = require_claim(store, guild, person)
    goes, stays = (get_claim_by_number(store, team, each) for each in (number, into))
    if goes.id == stays.id:
        raise BadInput(
            "Name two different claims: one to merge, and one to merge it into.",
            code="claims-to-merge",
        )
    _require_mergeable(goes, stays)
    return build_view(store, team, goes), build_view(store, team, stays)


def merge(
    store: ClaimStore,
    acting: Acting,
    keys: Sequence[ClaimKey],
    into: ClaimKey,
    reason: str,
    *,
    confirmed: bool = False,
) -> MergeResult:
    """Make claims the duplicates of another one, which gets their passages and links.

    What the other has already stays where it is. Raises NotFound, NotAllowed, BadInput without a
    reason or for a claim named twice, Refused for a claim that is settled or out, and Braked where
    many verdicts would flip and nobody `confirmed` it.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    apply_due_in_team(store, team, acting.now)
    before = store.claims.open_in(team.id)
    _, kept, by = finish_moderation(store, acting, into)
    if len({*keys, into}) != len(keys) + 1 or not keys:
        raise BadInput(
            "Name each claim to merge only once, and a different one to merge it into.",
            code="claims-to-merge",
        )
    act = _Moderation(store, team, by, make_reason(store, team, by, reason), acting.now)
    duplicates = []
    for key in keys:
        duplicate = get_claim(store, team, key)
        _require_mergeable(duplicate, kept)
        duplicate, kept = _merge(act, duplicate, kept, Move.MERGE)
        duplicates.append(duplicate)
    if not confirmed:
        after = [store.claims.get(claim.id) for claim in before]
        limit_flips(_list_changes(before, after), sum(claim.state.provisional for claim in before))
    return MergeResult(
        build_view(store, team, kept),
        tuple(build_view(store, team, duplicate) for duplicate in duplicates),
        store.votes.voters(kept.id),
    )


def undo_merge(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str) -> SplitResult:
    """Let a duplicate stand by itself again, with what it brought and its votes, which count again.

    Raises NotFound, NotAllowed, BadInput, Refused for a claim that is no duplicate, or whose other
    was merged further since.
    """
    team, duplicate, by = finish_moderation(store, acting, key)
    if duplicate.merged_into is None:
        raise Refused("This claim wasn't merged into another one.", code="not-merged")
    kept = apply_due(store, team, store.claims.get(duplicate.merged_into), acting.now)
    if kept.merged_into is not None:
        raise Refused(
            "#{number} has since been merged into another claim. Undo that merge first.",
            code="merged-further",
            number=kept.number,
        )
    act = _Moderation(store, team, by, make_reason(store, team, by, reason), acting.now)
    was, merged = _find_last_merge(store, duplicate)
    moving = [p for p in store.documents.passages(kept.id) if p.id in merged.passages]
    passages = [passage.id for passage in moving]
    links = [
        *(key for key in _list_new_links(store, kept, duplicate) if key in merged.evidence),
        *_list_attribution_links(store, kept, moving),
    ]
    kept_links, back = _move(act, kept, duplicate, passages, links)
    gave = GaveAway(
        by,
        act.said,
        duplicate.key,
        duplicate.number,
        Move.MERGE_UNDONE,
        tuple(passages),
        tuple(links),
        kept_links,
    )
    kept = apply_recounted(store, team, kept, gave, acting.now)
    store.claims.merge(duplicate, None)
    duplicate = replace(duplicate, merged_into=None)
    status = Status.SHELVED if was is Status.SHELVED else Status.UNREVIEWED
    undone = MergeUndone(by, act.said, kept.key, status, tuple(passages), back)
    duplicate = apply_recounted(store, team, duplicate, undone, acting.now)
    return SplitResult(build_view(store, team, kept), build_view(store, team, duplicate))


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """What is split off: its words, and what goes with it.

    `passages` are ids; without any it stands in the same ones. A link about a source goes where its
    passage goes. `rest` are new words for the claim it leaves, which make the votes on the old ones
    stale; `wording` is the version of the words that `rest` was written for.
    """

    words: str
    passages: Sequence[int] = ()
    evidence: Sequence[EvidenceKey] = ()
    rest: str | None = None
    wording: int | None = None


def split(
    store: ClaimStore,
    acting: Acting,
    key: ClaimKey,
    part: ClaimPart,
    reason: str,
) -> SplitResult:
    """Take a part of a claim out as a claim of its own, on which nobody has voted.

    Raises NotFound, NotAllowed, BadInput for words that are none or no passage or link of the
    claim's, Refused for a claim that is settled or out.
    """
    passages, evidence, rest = part.passages, part.evidence, part.rest
    team, claim, by = finish_moderation(store, acting, key, unsettled=True)
    require_wording(claim, part.wording)
    act = _Moderation(store, team, by, make_reason(store, team, by, reason), acting.now)
    here = store.documents.passages(claim.id)
    if not set(passages) <= {passage.id for passage in here}:
        raise BadInput(
            "These passages no longer belong to the claim. Please look again.", code="passages-gone"
        )
    if not set(evidence) <= {link.key for link in store.evidence.of_claim(claim)}:
        raise BadInput(
            "These links are no longer on the claim. Please look again.", code="links-gone"
        )
    if passages and len(set(passages)) == len(here):
        raise BadInput(
            "Leave the claim at least one passage, or edit its wording instead.",
            code="last-passage",
        )
    new = _make_claim(act, claim, check_words(part.words), here)
    on_claim = {link.key for link in store.evidence.of_claim(claim) if link.target is None}
    links = [
        *(key for key in evidence if key in on_claim),
        *_list_attribution_links(store, claim, [p for p in here if p.id in passages]),
    ]
    left, came = _move(act, claim, new, passages, links)
    stands = tuple(passages) or store.documents.copy_passages(claim.id, new.id)
    gave = GaveAway(
        by, act.said, new.key, new.number, Move.SPLIT, tuple(passages), tuple(links), left
    )
    claim = apply_recounted(store, team, claim, gave, acting.now)
    got = Received(
        by, act.said, claim.key, claim.number, Move.SPLIT, stands, recount(store, new, came)
    )
    new = apply_recounted(store, team, new, got, acting.now)
    if rest is not None and check_words(rest) != claim.words:
        claim = edit_words(store, team, claim, check_words(rest), by, act.said, acting.now)
    if new.state.status is not Status.SHELVED:
        store.outbox.add(team.id, PostKind.CLAIM, team.settings.claims_channel, new.id, acting.now)
    return SplitResult(build_view(store, team, claim), build_view(store, team, new))


def undo_split(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str) -> MergeResult:
    """Put what was split off back: the new claim becomes the duplicate of the one it came from.

    `key` is the new claim's, or the old one's for its last split. Words that were given to the old
    one stay. Raises NotFound, NotAllowed, BadInput, Refused where nothing was split, or a claim is
    settled or out.
    """
    team, claim, by = finish_moderation(store, acting, key)
    new, kept = (
        apply_due(store, team, each, acting.now) for each in _find_last_split(store, team, claim)
    )
    act = _Moderation(store, team, by, make_reason(store, team, by, reason), acting.now)
    _require_mergeable(new, kept)
    new, kept = _merge(act, new, kept, Move.SPLIT_UNDONE)
    asked = store.votes.voters(kept.id)
    return MergeResult(build_view(store, team, kept), (build_view(store, team, new),), asked)


# ----------------------------------------------------------------------------------- the moves


def _merge(act: _Moderation, duplicate: Claim, kept: Claim, move: Move) -> tuple[Claim, Claim]:
    store = act.store
    there = {passage.identity for passage in store.documents.passages(kept.id)}
    moving = [p for p in store.documents.passages(duplicate.id) if p.identity not in there]
    passages = tuple(passage.id for passage in moving)
    links = [
        *_list_new_links(store, duplicate, kept),
        *_list_attribution_links(store, duplicate, moving),
    ]
    left, came = _move(act, duplicate, kept, passages, links)
    store.claims.merge(duplicate, kept)
    duplicate = replace(duplicate, merged_into=kept.id)
    into = MergedInto(act.by, act.said, kept.key, passages, tuple(links), move, left)
    duplicate = apply_recounted(store, act.team, duplicate, into, act.now)
    got = Received(act.by, act.said, duplicate.key, duplicate.number, move, passages, came)
    kept = apply_recounted(store, act.team, kept, got, act.now)
    arrived = (link for link in store.evidence.of_claim(kept) if link.key in links)
    tell_if_opposed(store, act.team, kept, arrived, act.now)
    return duplicate, kept


def _move(
    act: _Moderation,
    source: Claim,
    target: Claim,
    passages: Iterable[int],
    links: Sequence[EvidenceKey],
) -> tuple[tuple[EvidenceAdded, ...], tuple[EvidenceAdded, ...]]:
    """Move them; then the links that changed on the one, and those on the other.

    What changed is a link that came, or one that counts otherwise with the passages there now.
    """
    store = act.store
    known = fold_history(store.history.of_claim(source)).evidence
    store.documents.move_passages(passages, source.id, target.id)
    store.evidence.move(links, source, target)
    left = recount(store, source)
    came = recount(store, target, [known[key] for key in links])
    recheck_attribution(store, source)
    recheck_attribution(store, target)
    return left, came


def _list_new_links(store: ClaimStore, source: Claim, target: Claim) -> tuple[EvidenceKey, ...]:
    """Return the links on the claim itself that the other has not."""
    there = {
        identify_page(link.url) for link in store.evidence.of_claim(target) if link.target is None
    }
    return tuple(
        link.key
        for link in store.evidence.of_claim(source)
        if link.target is None and identify_page(link.url) not in there
    )


def _list_attribution_links(
    store: ClaimStore, claim: Claim, passages: Iterable[Passage]
) -> tuple[EvidenceKey, ...]:
    """Return the links on the sources of these passages: they go where the passages go."""
    sources = {source.id for passage in passages for source in passage.attribution}
    return tuple(link.key for link in store.evidence.of_claim(claim) if link.target in sources)


def _make_claim(act: _Moderation, claim: Claim, words: str, passages: Sequence[Passage]) -> Claim:
    """A claim beside the one it is taken from: as worth checking, and on the shelf if that is."""
    store, team, now = act.store, act.team, act.now
    shelved = claim.state.status is Status.SHELVED
    state = make_state_when_added(Status.SHELVED if shelved else Status.UNREVIEWED, now)
    found = FoundClaim(
        words=words,
        quote="",
        quote_start=0,
        start=0,
        end=0,
        attribution=(),
        hedge=passages[0].hedge if passages else Hedge.ASSERTED,
        hedge_cue=None,
        polarity=claim.polarity,
        figures=tuple(figure for figure in claim.figures if figure.text in words),
        dates=tuple(mention for mention in claim.dates if mention.text in words),
        as_of=claim.as_of,
        check_worthiness=claim.check_worthiness,
        nested=claim.nested,
    )
    document = passages[0].document if passages else None
    number = store.teams.next_number(team.id)
    new = store.claims.add(team.id, number, found, document, state, act.by, now)
    data = ClaimAdded(new.key, number, store.claim_texts.keep(new, now), state.status, act.by)
    store.history.append(new, Event(now, data, Outcome(state, team.policy_version)))
    webhooks.queue_event(store, new, data, now)
    return new


# -------------------------------------------------------------------------------- what is asked


def _require_mergeable(duplicate: Claim, kept: Claim) -> None:
    for claim in (duplicate, kept):
        if claim.state.status in (Status.DROPPED, Status.DUPLICATE):
            raise Refused(
                "#{number} is closed: it was dropped or already merged.",
                code="closed",
                number=claim.number,
            )
    if duplicate.state.settled_at is not None:
        raise Refused(
            "#{number} is settled. Reopen it first, or merge the other claim into it.",
            code="settled",
            number=duplicate.number,
        )
    shelved = [claim.state.status is Status.SHELVED for claim in (duplicate, kept)]
    if shelved == [False, True]:
        raise Refused(
            "#{number} is still on the shelf. Post it first.", code="shelved", number=kept.number
        )


def _find_last_merge(store: ClaimStore, duplicate: Claim) -> tuple[Status, MergedInto]:
    """Return the merging of a duplicate, and where it stood before."""
    history = store.history.of_claim(duplicate)
    for before, event in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
        if isinstance(event.data, MergedInto):
            return before.outcome.state.status, event.data
    raise Refused("This claim wasn't merged into another one.", code="not-merged")


def _find_last_split(store: ClaimStore, team: Team, claim: Claim) -> tuple[Claim, Claim]:
    """Return the claim that was split off, and the one it came from."""
    for event in reversed(store.history.of_claim(claim)):
        match event.data:
            case Received(move=Move.SPLIT, other=other):
                return claim, get_claim(store, team, other)
            case GaveAway(move=Move.SPLIT, other=other):
                return get_claim(store, team, other), claim
    raise Refused("This claim was never split, nor split off another one.", code="not-split")


def _list_changes(before: Iterable[Claim], after: Iterable[Claim]) -> list[Change]:
    return [
        Change(was.number, was.state.status, now.state.status, was.state.provisional)
        for was, now in zip(before, after, strict=True)
        if was.state.status is not now.state.status
    ]
