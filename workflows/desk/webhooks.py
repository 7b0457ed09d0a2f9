"""Webhooks: which addresses a team tells, and what is on its way to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from workflows.claims import Claim, Status
from workflows.desk.claim_views import get_team
from workflows.desk.notices import mark_resolved, tell_moderators
from workflows.digest.sections import Section
from workflows.digest.team_digest import Digest
from workflows.errors import BadInput, NotFound, Refused
from workflows.events import ClaimAdded, EventData
from workflows.notices import Notice, NoticeKind
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Team, require_moderator
from workflows.urls import find_origin, normalize
from workflows.webhooks import (
    FAILING,
    GIVEN_UP,
    Delivery,
    Topic,
    Webhook,
    choose_heads,
    describe_claim,
    find_next_try,
    find_topic,
    make_secret,
    write_message,
)

MAX_WEBHOOKS = 10
"""Webhooks that one team may have."""
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
"""Which only tests let anything be sent to."""
PUBLIC_SECTIONS = (
    Section.DECIDED,
    Section.CHANGED,
    Section.CONFLICTING,
    Section.ABOUT_TO_SETTLE,
    Section.NEW,
)
"""The lists of a digest that a message holds: the others tell how many votes a claim has."""

TOLD = (Status.SUPPORTED, Status.REFUTED, Status.CONFLICTING)
"""The statuses that are told: those that a quorum, or a moderator, led to."""


@dataclass(frozen=True, slots=True)
class WebhookView:
    """A webhook as its team sees it, with how many messages wait for it."""

    webhook: Webhook
    waiting: int


def add_webhook(store: ClaimStore, acting: Acting, url: str, topics: Iterable[Topic]) -> Webhook:
    """Have an address told from now on.

    Raises NotAllowed, BadInput for no topic or an address that isn't encrypted, Refused for one
    too many or one that is there already.
    """
    team = _require(store, acting.guild, acting.person)
    url, wanted = normalize(url), frozenset(topics)
    if not url.startswith("https://") and urlsplit(url).hostname not in _THIS_MACHINE:
        raise BadInput("A webhook's address must start with https://.", code="not-encrypted")
    if not wanted:
        raise BadInput("Choose at least one thing to be notified of.")
    known = store.webhooks.of_team(team.id)
    if had := next((each for each in known if each.url == url), None):
        raise Refused("This address is already webhook {number}.", number=had.number)
    if len(known) >= MAX_WEBHOOKS:
        raise Refused("A team can have {most} webhooks. Remove one first.", most=MAX_WEBHOOKS)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    return store.webhooks.add(team.id, url, make_secret(), wanted, by, acting.now)


def list_webhooks(store: ClaimStore, guild: int, person: Person) -> tuple[WebhookView, ...]:
    """Return the team's webhooks, by number. Raises NotFound, NotAllowed."""
    team = _require(store, guild, person)
    return tuple(
        WebhookView(each, store.webhooks.count_waiting(each))
        for each in store.webhooks.of_team(team.id)
    )


def get_webhook(store: ClaimStore, guild: int, number: int, person: Person) -> Webhook:
    """Return one of the team's webhooks. Raises NotFound, NotAllowed."""
    team = _require(store, guild, person)
    found = store.webhooks.with_number(team.id, number)
    if found is None:
        raise NotFound("There is no webhook number {number}.", number=number)
    return found


def remove_webhook(store: ClaimStore, acting: Acting, number: int) -> Webhook:
    """Tell an address no longer; what was on its way there goes too.

    Raises NotFound, NotAllowed.
    """
    gone = get_webhook(store, acting.guild, number, acting.person)
    store.webhooks.remove(gone)
    _resolve(store, gone, acting.now)
    return gone


def _require(store: ClaimStore, guild: int, person: Person) -> Team:
    team = get_team(store, guild)
    require_moderator(team, person)
    return team


# --------------------------------------------------------------------------- what is to be told


def queue_event(store: ClaimStore, claim: Claim, data: EventData, now: datetime) -> None:
    """Queue what an event tells, for the webhooks that want it, in the event's own transaction."""
    topic = find_topic(data)
    if topic is None or (isinstance(data, ClaimAdded) and data.status is Status.SHELVED):
        return
    wanting = _find_wanting(store, claim, topic[0])
    if not wanting:
        return
    told = describe_claim(claim, data, _list_sources(store, claim))
    body = write_message(topic[1], now, told)
    for webhook in wanting:
        store.webhooks.queue(webhook, claim.id, body, now)


def _find_wanting(store: ClaimStore, claim: Claim, topic: Topic) -> Sequence[Webhook]:
    return [each for each in store.webhooks.of_team(claim.team) if topic in each.topics]


def _list_sources(store: ClaimStore, claim: Claim) -> list[str]:
    """Return the names of a claim's sources, each once."""
    names = [
        link.said.resolved or link.said.source
        for passage in store.documents.passages(claim.id)
        for link in passage.attribution
    ]
    return list(dict.fromkeys(name for name in names if name))


def queue_digest(store: ClaimStore, digest: Digest, now: datetime) -> None:
    """Queue a digest for the webhooks that want it, without the lists that tell of votes."""
    wanting = [
        each for each in store.webhooks.of_team(digest.team.id) if Topic.DIGEST in each.topics
    ]
    if not wanting:
        return
    body = write_message("digest", now, describe_digest(digest))
    for webhook in wanting:
        store.webhooks.queue(webhook, None, body, now)


def describe_digest(digest: Digest) -> Mapping[str, Any]:
    """Return what a message tells of a digest: its news, and how many claims are where."""
    return {
        "local_date": digest.local_date,
        "news": [
            {
                "section": entry.section,
                "number": entry.claim.number,
                "claim": entry.claim.words,
                "status": entry.claim.state.status if entry.claim.state.status in TOLD else None,
            }
            for entry in (*digest.news, *digest.tasks)
            if entry.section in PUBLIC_SECTIONS
        ],
        "counts": {
            section: claims
            for section, claims in digest.counts.items()
            if section in PUBLIC_SECTIONS
        },
    }


# ----------------------------------------------------------------------------- sending it


def list_due(store: ClaimStore, now: datetime) -> tuple[tuple[Webhook, tuple[Delivery, ...]], ...]:
    """Return what may be sent now, by webhook; of each claim only its oldest message."""
    waiting: dict[int, list[Delivery]] = {}
    for each in store.webhooks.waiting(now):
        waiting.setdefault(each.webhook, []).append(each)
    due = ((store.webhooks.get(row), choose_heads(each, now)) for row, each in waiting.items())
    return tuple((webhook, heads) for webhook, heads in due if webhook and heads)


def keep_arrival(store: ClaimStore, delivery: Delivery, now: datetime) -> None:
    """A message was taken: its webhook works, and the moderators need not look after it."""
    store.webhooks.finish(delivery, now)
    webhook = store.webhooks.get(delivery.webhook)
    if webhook:
        _resolve(store, webhook, now)


def keep_test(store: ClaimStore, webhook: Webhook, now: datetime) -> None:
    """A test message was taken: what waits need not wait for its next try."""
    store.webhooks.mark_working(webhook.id, now)
    store.webhooks.retry_now(webhook.id, now)
    _resolve(store, webhook, now)


def keep_failure(store: ClaimStore, delivery: Delivery, reason: str, now: datetime) -> None:
    """A message was not taken: it is tried later, and after a day the moderators are told, once."""
    at = find_next_try(delivery.key, delivery.attempts, now)
    store.webhooks.postpone(delivery, at, now)
    store.webhooks.drop_older(now - GIVEN_UP)
    webhook = store.webhooks.get(delivery.webhook)
    if webhook and webhook.failing_since and now - webhook.failing_since >= FAILING:
        values: dict[str, str | int] = {
            "number": webhook.number,
            "site": find_origin(webhook.url),
            "reason": reason,
        }
        notice = Notice(NoticeKind.WEBHOOK_FAILING, _describe(webhook), values=values)
        tell_moderators(store, store.teams.get(webhook.team), notice, now)


def _resolve(store: ClaimStore, webhook: Webhook, now: datetime) -> None:
    team = store.teams.get(webhook.team)
    mark_resolved(store, team, NoticeKind.WEBHOOK_FAILING, _describe(webhook), now)


def _describe(webhook: Webhook) -> str:
    return f"webhook:{webhook.number}"
