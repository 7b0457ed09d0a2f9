"""Feeds: which addresses a team has read on a schedule, and what becomes of their items."""

from dataclasses import replace
from datetime import datetime

from workflows.desk import intake as desk_intake
from workflows.desk.claim_views import get_team
from workflows.desk.duplicates import MatchSet, find_matches
from workflows.desk.notices import mark_resolved, tell_moderators
from workflows.documents.feed_files import ParsedFeed
from workflows.errors import NotFound, Refused
from workflows.feeds import (
    FAILING,
    FIRST_ITEMS,
    Feed,
    FeedCount,
    FeedItem,
    FeedTarget,
    FeedTerms,
    find_next_poll,
    is_wanted,
)
from workflows.intake import KEPT, Intake, choose_to_post, rank_claims
from workflows.notices import Notice, NoticeKind
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Actor, Person, Team, require_moderator
from workflows.urls import normalize

MAX_FEEDS = 50
"""Feeds that one team may have."""
MAX_TRIES = 8
"""How often an item is tried whose page cannot be read just now: for about two hours."""


def require_feed_rights(store: ClaimStore, guild: int, person: Person) -> Team:
    """Return the team, for a moderator. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_moderator(team, person)
    return team


def add_feed(store: ClaimStore, acting: Acting, url: str, terms: FeedTerms) -> Feed:
    """Have an address read on a schedule. Raises NotAllowed, BadInput, Refused for one twice."""
    team = require_feed_rights(store, acting.guild, acting.person)
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    return _add(store, Actor(team, by, acting.now), normalize(url), terms)


def add_feed_by_host(
    store: ClaimStore, guild: int, url: str, terms: FeedTerms, now: datetime
) -> Feed:
    """The same from the terminal: its claims are posted, for there is nobody to decide on drafts.

    The address was fetched before, so that it is known to lead somewhere.
    """
    return _add(store, Actor(get_team(store, guild), None, now), url, terms)


def _add(store: ClaimStore, actor: Actor, url: str, terms: FeedTerms) -> Feed:
    kept = store.feeds.of_team(actor.team.id)
    if had := next((feed for feed in kept if feed.url == url), None):
        raise Refused("This feed is already being read as number {number}.", number=had.number)
    if len(kept) >= MAX_FEEDS:
        raise Refused("A team can have {most} feeds. Remove one first.", most=MAX_FEEDS)
    return store.feeds.add(actor, url, terms)


def list_feeds(store: ClaimStore, guild: int, person: Person | None = None) -> tuple[Feed, ...]:
    """Return the team's feeds, by number. `person` is None for the terminal."""
    team = require_feed_rights(store, guild, person) if person else get_team(store, guild)
    return store.feeds.of_team(team.id)


def remove_feed(
    store: ClaimStore, guild: int, number: int, now: datetime, person: Person | None = None
) -> Feed:
    """Read an address no longer; its documents and claims stay. Raises NotFound, NotAllowed."""
    team, feed = _find(store, guild, number, person)
    store.feeds.remove(feed)
    mark_resolved(store, team, NoticeKind.FEED_FAILING, f"feed:{feed.number}", now)
    return feed


def pause_feed(store: ClaimStore, guild: int, number: int, person: Person | None = None) -> Feed:
    """Pause a feed, or go on with a paused one. Raises NotFound, NotAllowed."""
    _, feed = _find(store, guild, number, person)
    store.feeds.pause(feed, paused=not feed.paused)
    return replace(feed, paused=not feed.paused)


def _find(store: ClaimStore, guild: int, number: int, person: Person | None) -> tuple[Team, Feed]:
    team = require_feed_rights(store, guild, person) if person else get_team(store, guild)
    feed = store.feeds.with_number(team.id, number)
    if feed is None:
        raise NotFound("There is no feed number {number}.", number=number)
    return team, feed


# ------------------------------------------------------------------------------------- polling


def get_guild(store: ClaimStore, feed: Feed) -> int:
    """Return the server whose team's feed it is."""
    return store.teams.get(feed.team).settings.guild


def list_due(store: ClaimStore, now: datetime) -> tuple[Feed, ...]:
    """Return the feeds to be asked now, and those with items that still wait to be read."""
    return store.feeds.due(now)


def keep_poll(
    store: ClaimStore,
    feed: Feed,
    found: ParsedFeed | None,
    etag: str | None,
    last_modified: str | None,
    now: datetime,
) -> int:
    """Keep what a poll found, None for nothing new; return how many items wait to be read.

    An item that was found before stays as it is, and of a feed that is new only the first are read.
    """
    current = store.feeds.get(feed.id)
    if current is None:  # removed meanwhile
        return 0
    team, title = store.teams.get(current.team), found.title if found else ""
    at = find_next_poll(current.id, 0, now)
    store.feeds.keep_poll(current, title, etag, last_modified, at)
    mark_resolved(store, team, NoticeKind.FEED_FAILING, f"feed:{current.number}", now)
    waiting = 0
    for place, item in enumerate(found.items if found else ()):
        old = current.is_new and place >= FIRST_ITEMS
        state = "waiting" if not old and is_wanted(item, current.words) else "left_out"
        waiting += store.feeds.add_item(current, item, state, now) and state == "waiting"
    return waiting


def keep_failure(store: ClaimStore, feed: Feed, reason: str, now: datetime) -> None:
    """A poll failed: the next one comes later, and after a day the moderators are told, once."""
    current = store.feeds.get(feed.id)
    if current is None:
        return
    at = find_next_poll(current.id, current.failures + 1, now)
    store.feeds.keep_failure(current, now, at)
    if current.failing_since and now - current.failing_since >= FAILING:
        values: dict[str, str | int] = {
            "number": current.number,
            "feed": current.title or current.url,
            "reason": reason,
        }
        notice = Notice(NoticeKind.FEED_FAILING, f"feed:{current.number}", values=values)
        tell_moderators(store, store.teams.get(current.team), notice, now)


def list_waiting(store: ClaimStore, feed: Feed, *, again: bool) -> tuple[FeedItem, ...]:
    """Return the items of a feed to be read: those not tried yet, or those to be tried `again`."""
    return store.feeds.waiting(feed, MAX_TRIES if again else 0)


def postpone(store: ClaimStore, feed: Feed, item: FeedItem, now: datetime) -> None:
    """An item could not be read just now: it is tried again at the next polls, but not for ever."""
    if store.feeds.count_try(feed, item) >= MAX_TRIES:
        leave_out(store, feed, item, now)


def leave_out(store: ClaimStore, feed: Feed, item: FeedItem, now: datetime) -> None:
    """Nothing comes of an item: there is no text to be had."""
    store.feeds.finish_item(feed, item, "left_out", now)


def match_item(
    store: ClaimStore, feed: Feed, item: FeedItem, intake: Intake, now: datetime
) -> MatchSet:
    """Return how an item's claims match the team's, found before anything is written."""
    team, intake = store.teams.get(feed.team), desk_intake.clean(intake)
    former = store.feeds.document_of(feed, item) or desk_intake.find_former(store, team, intake)
    return find_matches(store, team, intake.claims, now.date(), former)


def take_item(
    store: ClaimStore,
    feed: Feed,
    item: FeedItem,
    intake: Intake,
    matched: MatchSet,
    now: datetime,
) -> int:
    """Take an item in as its feed wants it, once; return how many claims are posted of it."""
    current = store.feeds.get(feed.id)
    if current is None:
        return 0
    team, intake = store.teams.get(current.team), desk_intake.clean(intake)
    if not store.feeds.finish_item(current, item, "taken", now):
        return 0
    if had := desk_intake.find_known(store, team, intake):
        store.feeds.keep_document(current, item, had.document)
        return 0
    if not intake.claims:
        return 0
    actor = Actor(team, current.added_by, now)
    if current.target is FeedTarget.DRAFTS and current.added_by:
        _keep_draft(store, actor, intake, matched)
        return 0
    chosen = _choose(store, team, current, intake, now)
    result = desk_intake.write_document(store, actor, intake, post=chosen, ahead=matched)
    store.feeds.keep_document(current, item, result.document)
    posted = 0 if result.known else result.posted
    store.feeds.add_posted(current, item, posted)
    return posted


def _keep_draft(store: ClaimStore, actor: Actor, intake: Intake, matched: MatchSet) -> None:
    """Keep an item as a draft, in the place of one of an earlier version; none without news."""
    if matched.changes_nothing or actor.by is None:
        return
    if intake.url:
        store.drafts.remove_of_link(actor.by, intake.url)
    key = store.drafts.add(actor.team.id, intake, actor.by, actor.now + KEPT)
    draft = store.drafts.with_key(actor.team.id, key, actor.now)
    if draft is not None:
        store.drafts.keep_claims(draft, intake.claims, matched.rows(), matched.revision())


def count_taken(store: ClaimStore, team: Team, since: datetime) -> tuple[FeedCount, ...]:
    """Return what came in from each of a team's feeds since then; feeds without news are left out.

    For the digest. It tells names and counts, and nothing of what the items say.
    """
    return store.feeds.count_taken(team.id, since)


def _choose(
    store: ClaimStore, team: Team, feed: Feed, intake: Intake, now: datetime
) -> frozenset[int]:
    """Return the places of the best claims that the team's rule and the feed's day still allow."""
    local = now.astimezone(team.settings.timezone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    left = max(0, feed.per_day - store.feeds.count_posted_since(feed, midnight))
    today = desk_intake.count_posted_today(store, team, now)
    allowed = choose_to_post(intake.claims, team.settings, today)
    best = [place for place in rank_claims(intake.claims) if place in allowed]
    return frozenset(best[:left])
