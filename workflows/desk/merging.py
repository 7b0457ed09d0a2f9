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
from workflows.desk.claim_views import ClaimSheet, claim_numbered, claim_of, sheet, team_of
from workflows.desk.evidence import recheck, recounted, tell_if_opposed
from workflows.desk.moderation import (
    edited,
    moderated,
    reason_of,
    require,
    require_wording,
    words_of,
)
from workflows.desk.transitions import record_anew, settle, settle_due_in
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
from workflows.flip_limit import Change, brake
from workflows.lifecycle import added
from workflows.replay import fold
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import Post
from workflows.teams import Person, Team, require_moderator
from workflows.urls import page_of


@dataclass(frozen=True, slots=True)
class Merged:
    """The claim that was kept and its duplicates; `asked` voters are asked to vote on it."""

    kept: ClaimSheet
    duplicates: tuple[ClaimSheet, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class Parted:
    """Two claims that stand by themselves: the one that was there, and the other."""

    kept: ClaimSheet
    other: ClaimSheet


@dataclass(frozen=True, slots=True)
class _Moderation:
    """Who moves what, why and when."""

    store: ClaimStore
    team: Team
    by: MemberKey
    said: Text
    now: datetime


def look(
    store: ClaimStore, guild: int, number: int, into: int, person: Person
) -> tuple[ClaimSheet, ClaimSheet]:
    """Both claims, before a moderator merges the one into the other.

    Raises NotFound, NotAllowed, BadInput for one claim named twice, Refused where `merge` would.
    """
    team = require(store, guild, person)
    goes, stays = (claim_numbered(store, team, each) for each in (number, into))
    if goes.id == stays.id:
        raise BadInput("Name two claims: one to merge, and another one to merge it into.")
    _require_mergeable(goes, stays)
    return sheet(store, team, goes), sheet(store, team, stays)


def merge(
    store: ClaimStore,
    guild: int,
    keys: Sequence[ClaimKey],
    into: ClaimKey,
    person: Person,
    reason: str,
    now: datetime,
    *,
    confirmed: bool = False,
) -> Merged:
    """Make claims the duplicates of another one, which gets their passages and links.

    What the other has already stays where it is. Raises NotFound, NotAllowed, BadInput without a
    reason or for a claim named twice, Refused for a claim that is settled or out, and Braked where
    many verdicts would flip and nobody `confirmed` it.
    """
    team = team_of(store, guild)
    require_moderator(team, person)
    settle_due_in(store, team, now)
    before = store.claims.open_in(team.id)
    _, kept, by = moderated(store, guild, into, person, now)
    if len({*keys, into}) != len(keys) + 1 or not keys:
        raise BadInput("Name each claim to merge once, and another one to merge it into.")
    act = _Moderation(store, team, by, reason_of(store, team, by, reason), now)
    duplicates = []
    for key in keys:
        duplicate = claim_of(store, team, key)
        _require_mergeable(duplicate, kept)
        duplicate, kept = _merge(act, duplicate, kept, Move.MERGE)
        duplicates.append(duplicate)
    if not confirmed:
        after = [store.claims.get(claim.id) for claim in before]
        brake(_changes(before, after), sum(claim.standing.provisional for claim in before))
    return Merged(
        sheet(store, team, kept),
        tuple(sheet(store, team, duplicate) for duplicate in duplicates),
        store.asking.voters(kept.id),
    )


def undo_merge(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> Parted:
    """Let a duplicate stand by itself again, with what it brought and its votes, which count again.

    Raises NotFound, NotAllowed, BadInput, Refused for a claim that is no duplicate, or whose other
    was merged further since.
    """
    team, duplicate, by = moderated(store, guild, key, person, now)
    if duplicate.merged_into is None:
        raise Refused("This claim was not merged into another one.")
    kept = settle(store, team, store.claims.get(duplicate.merged_into), now)
    if kept.merged_into is not None:
        raise Refused("#{number} was merged further since; undo that first.", number=kept.number)
    act = _Moderation(store, team, by, reason_of(store, team, by, reason), now)
    was, merged = _last_merge(store, duplicate)
    moving = [p for p in store.documents.passages(kept.id) if p.id in merged.passages]
    passages = [passage.id for passage in moving]
    links = [
        *(key for key in _new_links(store, kept, duplicate) if key in merged.evidence),
        *_said_in(store, kept, moving),
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
    kept = record_anew(store, team, kept, gave, now)
    store.claims.merge(duplicate, None)
    duplicate = replace(duplicate, merged_into=None)
    status = Status.SHELVED if was is Status.SHELVED else Status.UNREVIEWED
    undone = MergeUndone(by, act.said, kept.key, status, tuple(passages), back)
    duplicate = record_anew(store, team, duplicate, undone, now)
    return Parted(sheet(store, team, kept), sheet(store, team, duplicate))


def split(
    store: ClaimStore,
    guild: int,
    key: ClaimKey,
    person: Person,
    words: str,
    reason: str,
    now: datetime,
    *,
    passages: Sequence[int] = (),
    evidence: Sequence[EvidenceKey] = (),
    rest: str | None = None,
    wording: int | None = None,
) -> Parted:
    """Take a part of a claim out as a claim of its own, with these `words`.

    `passages` (by `Passage.id`) and `evidence` are those that go with it (a link about a source
    goes where its passage goes); without passages it stands in the same ones. `rest` are new words
    for the claim it leaves, which make the votes on the old ones stale; `wording` is the version of
    the words that `rest` was written for. Nobody has voted on the new claim.

    Raises NotFound, NotAllowed, BadInput for words that are none or no passage or link of the
    claim's, Refused for a claim that is settled or out.
    """
    team, claim, by = moderated(store, guild, key, person, now, unsettled=True)
    require_wording(claim, wording)
    act = _Moderation(store, team, by, reason_of(store, team, by, reason), now)
    here = store.documents.passages(claim.id)
    if not set(passages) <= {passage.id for passage in here}:
        raise BadInput("These passages are not the claim's any more. Please look again.")
    if not set(evidence) <= {link.key for link in store.evidence.of_claim(claim)}:
        raise BadInput("These links are not on the claim any more. Please look again.")
    if passages and len(set(passages)) == len(here):
        raise BadInput("Leave the claim one passage at least, or edit its words instead.")
    new = _new(act, claim, words_of(words), here)
    on_claim = {link.key for link in store.evidence.of_claim(claim) if link.target is None}
    links = [
        *(key for key in evidence if key in on_claim),
        *_said_in(store, claim, [p for p in here if p.id in passages]),
    ]
    left, came = _move(act, claim, new, passages, links)
    stands = tuple(passages) or store.documents.copy_passages(claim.id, new.id)
    gave = GaveAway(
        by, act.said, new.key, new.number, Move.SPLIT, tuple(passages), tuple(links), left
    )
    claim = record_anew(store, team, claim, gave, now)
    got = Received(
        by, act.said, claim.key, claim.number, Move.SPLIT, stands, recounted(store, new, came)
    )
    new = record_anew(store, team, new, got, now)
    if rest is not None and words_of(rest) != claim.words:
        claim = edited(store, team, claim, words_of(rest), by, act.said, now)
    if new.standing.status is not Status.SHELVED:
        store.outbox.add(team.id, Post.CLAIM, team.settings.claims_channel, new.id, now)
    return Parted(sheet(store, team, claim), sheet(store, team, new))


def undo_split(
    store: ClaimStore, guild: int, key: ClaimKey, person: Person, reason: str, now: datetime
) -> Merged:
    """Put what was split off back: the new claim becomes the duplicate of the one it came from.

    `key` is the new claim's, or the old one's for its last split. Words that were given to the old
    one stay. Raises NotFound, NotAllowed, BadInput, Refused where nothing was split, or a claim is
    settled or out.
    """
    team, claim, by = moderated(store, guild, key, person, now)
    new, kept = (settle(store, team, each, now) for each in _last_split(store, team, claim))
    act = _Moderation(store, team, by, reason_of(store, team, by, reason), now)
    _require_mergeable(new, kept)
    new, kept = _merge(act, new, kept, Move.SPLIT_UNDONE)
    asked = store.asking.voters(kept.id)
    return Merged(sheet(store, team, kept), (sheet(store, team, new),), asked)


# ----------------------------------------------------------------------------------- the moves


def _merge(act: _Moderation, duplicate: Claim, kept: Claim, move: Move) -> tuple[Claim, Claim]:
    store = act.store
    there = {passage.place for passage in store.documents.passages(kept.id)}
    moving = [p for p in store.documents.passages(duplicate.id) if p.place not in there]
    passages = tuple(passage.id for passage in moving)
    links = [*_new_links(store, duplicate, kept), *_said_in(store, duplicate, moving)]
    left, came = _move(act, duplicate, kept, passages, links)
    store.claims.merge(duplicate, kept)
    duplicate = replace(duplicate, merged_into=kept.id)
    into = MergedInto(act.by, act.said, kept.key, passages, tuple(links), move, left)
    duplicate = record_anew(store, act.team, duplicate, into, act.now)
    got = Received(act.by, act.said, duplicate.key, duplicate.number, move, passages, came)
    kept = record_anew(store, act.team, kept, got, act.now)
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
    known = fold(store.history.of_claim(source)).evidence
    store.documents.move_passages(passages, source.id, target.id)
    store.evidence.move(links, source, target)
    left = recounted(store, source)
    came = recounted(store, target, [known[key] for key in links])
    recheck(store, source)
    recheck(store, target)
    return left, came


def _new_links(store: ClaimStore, source: Claim, target: Claim) -> tuple[EvidenceKey, ...]:
    """The links on the claim itself that the other has not."""
    there = {page_of(link.url) for link in store.evidence.of_claim(target) if link.target is None}
    return tuple(
        link.key
        for link in store.evidence.of_claim(source)
        if link.target is None and page_of(link.url) not in there
    )


def _said_in(
    store: ClaimStore, claim: Claim, passages: Iterable[Passage]
) -> tuple[EvidenceKey, ...]:
    """The links on the sources of these passages: they go where the passages go."""
    sources = {source.id for passage in passages for source in passage.attribution}
    return tuple(link.key for link in store.evidence.of_claim(claim) if link.target in sources)


def _new(act: _Moderation, claim: Claim, words: str, passages: Sequence[Passage]) -> Claim:
    """A claim beside the one it is taken from: as worth checking, and on the shelf if that is."""
    store, team, now = act.store, act.team, act.now
    shelved = claim.standing.status is Status.SHELVED
    standing = added(Status.SHELVED if shelved else Status.UNREVIEWED, now)
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
    new = store.claims.add(team.id, number, found, document, standing, act.by, now)
    happening = ClaimAdded(new.key, number, store.wordings.keep(new, now), standing.status, act.by)
    store.history.append(new, Event(now, happening, Outcome(standing, team.policy_version)))
    return new


# -------------------------------------------------------------------------------- what is asked


def _require_mergeable(duplicate: Claim, kept: Claim) -> None:
    for claim in (duplicate, kept):
        if claim.standing.status in (Status.DROPPED, Status.DUPLICATE):
            raise Refused("#{number} is closed: dropped, or merged already.", number=claim.number)
    if duplicate.standing.settled_at is not None:
        raise Refused(
            "#{number} is settled; reopen it first, or merge the other one into it.",
            number=duplicate.number,
        )
    shelved = [claim.standing.status is Status.SHELVED for claim in (duplicate, kept)]
    if shelved == [False, True]:
        raise Refused("#{number} is on the shelf; post it first.", number=kept.number)


def _last_merge(store: ClaimStore, duplicate: Claim) -> tuple[Status, MergedInto]:
    """The merging of a duplicate, and where it stood before."""
    history = store.history.of_claim(duplicate)
    for before, event in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
        if isinstance(event.happening, MergedInto):
            return before.outcome.standing.status, event.happening
    raise Refused("This claim was not merged into another one.")


def _last_split(store: ClaimStore, team: Team, claim: Claim) -> tuple[Claim, Claim]:
    """The claim that was split off, and the one it came from."""
    for event in reversed(store.history.of_claim(claim)):
        match event.happening:
            case Received(move=Move.SPLIT, other=other):
                return claim, claim_of(store, team, other)
            case GaveAway(move=Move.SPLIT, other=other):
                return claim_of(store, team, other), claim
    raise Refused("Nothing was split off this claim, nor was it split off another one.")


def _changes(before: Iterable[Claim], after: Iterable[Claim]) -> list[Change]:
    return [
        Change(was.number, was.standing.status, now.standing.status, was.standing.provisional)
        for was, now in zip(before, after, strict=True)
        if was.standing.status is not now.standing.status
    ]
