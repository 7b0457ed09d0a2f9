"""What the outbox and the cards ask of the store, one transaction each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.claims import Claim, ClaimKey, Document, Status, TeamId
from workflows.desk import digests, subscriptions
from workflows.desk.claim_views import ClaimView, build_view, get_claim, get_team
from workflows.desk.notices import mark_resolved, tell_moderators
from workflows.desk.transitions import apply, apply_due
from workflows.errors import Refused
from workflows.events import Reposted
from workflows.notices import Notice, NoticeKind
from workflows.outbox_state import ON_ITS_WAY, OutboxState, Progress, begin, lose, unparked
from workflows.store.claim_store import ClaimStore
from workflows.store.outbox import (
    Card,
    CardState,
    PostKind,
    QueuedPost,
    SentMessage,
    WaitingPosts,
)
from workflows.teams import Acting, Layout, Person, Team, is_voter, require_moderator

ONE_BY_ONE = 3
"""As many cards that are gone have a notice each; of more, one tells."""
MOST_NAMED = 20


def mark_shown(store: ClaimStore, versions: Iterable[tuple[int, int]]) -> None:
    store.outbox.show(versions)


@dataclass(frozen=True, slots=True)
class CardMove:
    """A claim or document whose card has moved, and the card that shows it now."""

    team: Team
    shown: Claim | Document
    card: Card | None


def repost_card(store: ClaimStore, acting: Acting, key: ClaimKey, reason: str = "") -> ClaimView:
    """Post a claim's card anew, where the team's claims go now; the one before will say so.

    Raises NotFound, NotAllowed, and Refused for a claim on the shelf or one whose card is on its
    way already.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    claim = apply_due(store, team, get_claim(store, team, key), acting.now)
    if claim.state.status is Status.SHELVED:
        raise Refused(
            "This claim is on the shelf and has no card yet. Post it from there.", code="shelved"
        )
    last = store.outbox.latest(PostKind.CLAIM, claim.id)
    if last and last.progress.state in ON_ITS_WAY:
        raise Refused("Its card is already on its way.", code="card-on-its-way")
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    said = store.history.keep_text(team.id, by, reason.strip())
    claim = apply(store, team, claim, Reposted(by, said), acting.now)
    _queue_card(store, team, claim, last, acting.now)
    mark_resolved(store, team, NoticeKind.CARD_GONE, f"claim:{claim.number}", acting.now)
    return build_view(store, team, claim)


def _queue_card(
    store: ClaimStore, team: Team, claim: Claim, last: QueuedPost | None, now: datetime
) -> None:
    """A parked post is tried again in its channel, and given up where cards go elsewhere now."""
    channel = team.settings.claims_channel
    parked = last if last and last.progress.state is OutboxState.PARKED else None
    if parked and parked.channel == channel:
        store.outbox.keep(parked, unparked(parked.progress))
        return
    if parked:
        store.outbox.keep(parked, lose(parked.progress, "posted anew in another channel"))
    store.outbox.add(team.id, PostKind.CLAIM, channel, claim.id, now)


def find_move(store: ClaimStore, card: Card) -> CardMove:
    """Return where a card that has moved went to."""
    now = store.outbox.card_of(card.kind, card.subject)
    if card.kind is PostKind.CLAIM:
        return CardMove(store.teams.get(card.team), store.claims.get(card.subject), now)
    team, document = store.documents.get_with_team(card.subject)
    return CardMove(store.teams.get(team), document, now)


def list_undelivered(store: ClaimStore, known: Iterable[int]) -> tuple[QueuedPost, ...]:
    return store.outbox.list_undelivered(known)


def reload_queued(store: ClaimStore, queued: QueuedPost) -> QueuedPost:
    """Return the post as it stands now."""
    return store.outbox.get(queued.id)


def find_reader(store: ClaimStore, queued: QueuedPost) -> tuple[int, int] | None:
    """Return the server and the account of whom a direct message is for.

    None where nobody is to get it any more: they unsubscribed, released the claim, or are
    forgotten.
    """
    if queued.kind is PostKind.PERSONAL:
        member = store.digests.get(queued.subject).member
        return subscriptions.find_account(store, member) if member else None
    holder = store.claims.get(queued.subject).assigned_to
    account = store.teams.discord_ids([holder]).get(holder) if holder else None
    return (store.teams.get(queued.team).settings.guild, account) if account else None


def may_read(store: ClaimStore, queued: QueuedPost, person: Person | None) -> bool:
    """Return True while whom it is for, as Discord describes them now, may read the claims."""
    return person is not None and is_voter(store.teams.get(queued.team), person)


def begin_sending(store: ClaimStore, queued: QueuedPost, now: datetime) -> bool:
    """Keep it before the request leaves, so that a crash is known to be uncertain.

    False: it is not to be sent any more, a digest that was held up for too long, say.
    """
    if queued.kind is PostKind.DIGEST:
        digests.skip_waiting(store, store.teams.get(queued.team), now)
        queued = store.outbox.get(queued.id)
    if queued.progress.state is OutboxState.GONE:
        return False
    store.outbox.keep(queued, begin(queued.progress, now))
    return True


def mark_sent(
    store: ClaimStore, queued: QueuedPost, sent: SentMessage, version: int, now: datetime
) -> frozenset[int]:
    """Return the messages that show less than they can now.

    This one, if something changed while it was sent; the cards whose place it takes; and those of
    claims that disagree with the claim it shows, which can lead to its card from now on.
    """
    replaced = store.outbox.mark_sent(queued, sent, version)
    team = store.teams.get(queued.team)
    mark_resolved(store, team, NoticeKind.REFUSING, f"channel:{queued.channel}", now)
    behind = replaced | {
        card.message for card in store.outbox.cards([sent.id]) if card.version > card.shown_version
    }
    if queued.kind is PostKind.CLAIM:
        shown = build_view(store, team, store.claims.get(queued.subject))
        behind |= {opposed.card.message for opposed in shown.opposed if opposed.card}
    return frozenset(behind)


@dataclass(frozen=True, slots=True)
class ThreadUnder:
    """The thread of a document's card, in which its claims stand: the card, and what to call it."""

    message: int
    channel: int
    title: str


def find_thread_under(store: ClaimStore, queued: QueuedPost) -> ThreadUnder | None:
    """Return the thread in which a claim's card belongs, where the team has chosen threads.

    None for a claim of no document, and while that has no card in this channel.
    """
    team = store.teams.get(queued.team)
    if queued.kind is not PostKind.CLAIM or team.settings.layout is not Layout.THREAD:
        return None
    passages = store.documents.passages(queued.subject)
    if not passages:
        return None
    document = passages[0].document
    card = store.outbox.card_of(PostKind.DOCUMENT, document.id)
    if card is None or card.channel != queued.channel:
        return None
    return ThreadUnder(card.message, card.channel, document.title)


def find_card_beside(store: ClaimStore, queued: QueuedPost) -> Card | None:
    """Return the card in a thread or post beside which a message about its claim belongs."""
    if queued.kind is not PostKind.ASSIGNMENT:
        return None
    card = store.outbox.card_of(PostKind.CLAIM, queued.subject)
    return card if card and card.parent == queued.channel else None


def list_posts_behind(
    store: ClaimStore, after: int, known: Iterable[int]
) -> tuple[int, tuple[Card, ...]]:
    """Return the last event, and the cards whose posts may not say how their claims stand."""
    return store.outbox.posts_behind(after, known)


def tend_post(store: ClaimStore, message: int) -> None:
    """The post of this card was opened to edit the card: look at it again."""
    store.outbox.tend_post(message)


def mark_tended(store: ClaimStore, message: int, version: int, state: str) -> None:
    store.outbox.mark_tended(message, version, state)


def mark_thread_lost(store: ClaimStore, thread: int, now: datetime) -> bool:
    """Return True if cards stood in this thread or post, which was deleted by hand."""
    lost = store.outbox.cards_in_thread(thread)
    mark_lost(store, lost, now)
    return bool(lost)


def is_known(store: ClaimStore, message: int) -> bool:
    """Return True if this message is known to be one of our posts."""
    return store.outbox.has_sent(message)


def keep_progress(store: ClaimStore, queued: QueuedPost, progress: Progress) -> None:
    store.outbox.keep(queued, progress)


def try_again(store: ClaimStore, queued: Iterable[int]) -> None:
    """These posts, as far as they are parked: their channel takes posts again."""
    for each in map(store.outbox.get, queued):
        if each.progress.state is OutboxState.PARKED:
            store.outbox.keep(each, unparked(each.progress))


def unpark(store: ClaimStore, now: datetime) -> None:
    """At a start, what was parked is tried once more: the hindrance may be mended."""
    for team in store.digests.list_waiting_teams():
        digests.skip_waiting(store, store.teams.get(team), now)
    for queued in store.outbox.list_parked():
        store.outbox.keep(queued, unparked(queued.progress))


def list_cards_behind(store: ClaimStore, after: int) -> tuple[int, tuple[Card, ...]]:
    """Return the cards that show less than is stored, changed after that event.

    And the last event.
    """
    return store.outbox.cards_behind(after)


def list_cards(store: ClaimStore, messages: Iterable[int]) -> tuple[Card, ...]:
    return store.outbox.cards(messages)


def mark_moved(store: ClaimStore, message: int) -> None:
    store.outbox.mark_moved(message)


def mark_lost(store: ClaimStore, messages: Iterable[int], now: datetime) -> None:
    """These cards were deleted by hand; moderators are told of the claims that have none now."""
    bare: dict[TeamId, list[Claim]] = {}
    for card in store.outbox.cards(messages):
        store.outbox.mark_lost(card.message)
        if card.kind is PostKind.CLAIM and card.state is CardState.SHOWN:
            claim = store.claims.get(card.subject)
            if claim.state.status not in (Status.DROPPED, Status.DUPLICATE):
                bare.setdefault(card.team, []).append(claim)
    for team, claims in bare.items():
        for notice in _mark_gone(claims):
            tell_moderators(store, store.teams.get(team), notice, now)


def _mark_gone(claims: Sequence[Claim]) -> Iterable[Notice]:
    """Return one for each claim, or one for all where many went at once."""
    if len(claims) <= ONE_BY_ONE:
        return [Notice(NoticeKind.CARD_GONE, f"claim:{each.number}", each) for each in claims]
    numbers = sorted(claim.number for claim in claims)
    named = ", ".join(f"#{number}" for number in numbers[:MOST_NAMED])
    if len(numbers) > MOST_NAMED:
        named += ", …"
    about = f"claims:{numbers[0]}-{numbers[-1]}"
    return [Notice(NoticeKind.CARDS_GONE, about, values={"n": len(claims), "claims": named})]


WAITING = timedelta(minutes=1)
"""How long a post is on its way before it is called waiting."""


def list_waiting(store: ClaimStore, guild: int) -> tuple[WaitingPosts, ...]:
    """Return what the team's channels have not taken yet. Raises NotFound."""
    team = get_team(store, guild)
    return store.outbox.list_waiting(team.id, team.settings.channels)


def is_waiting(posts: WaitingPosts, now: datetime, *, hindered: bool) -> bool:
    """Return True if these posts are held up, not just on their way."""
    return hindered or posts.parked or posts.since <= now - WAITING


def list_without_card(store: ClaimStore, acting: Acting) -> tuple[int, ...]:
    """Return the numbers of the claims before the team whose cards are missing, or can't be posted.

    Raises NotFound, NotAllowed.
    """
    team = get_team(store, acting.guild)
    require_moderator(team, acting.person)
    return store.outbox.list_without_card(team.id)


def read_data_version(store: ClaimStore) -> int:
    return store.data_version()


def list_withdrawn(store: ClaimStore) -> tuple[tuple[int, int, int], ...]:
    """Return the (post, channel, message) of every message that is still to be deleted."""
    return store.outbox.list_withdrawn()


def mark_withdrawn(store: ClaimStore, post: int) -> None:
    """Discord has deleted it."""
    queued = store.outbox.get(post)
    store.outbox.keep(queued, lose(queued.progress, "deleted"))
