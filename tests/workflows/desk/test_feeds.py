"""Feeds of a team: added by moderators, polled without losing or doubling an item."""

from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.desk import feeds
from workflows.documents.feed_files import ParsedFeed
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.feeds import FIRST_ITEMS, FeedItem, FeedTarget
from workflows.intake import Intake
from workflows.teams import Acting

URL = "https://post.example/feed"


def item(number):
    return FeedItem(str(number), f"https://post.example/{number}", f"Item {number}", "Text.", None)


def found(*numbers):
    return ParsedFeed("The Post", tuple(map(item, numbers)))


@pytest.fixture
def acting(team, person, now):
    return Acting(team.settings.guild, person(7, manages=True), now)


@pytest.fixture
def add(act, acting):
    def run(target=FeedTarget.POST, per_day=8, words=(), url=URL):
        return act(feeds.add_feed, acting, url, target, per_day, words)

    return run


@pytest.fixture
def take(act, now, found_claim):
    """Reads an item of a feed in which these claims stand."""

    def run(feed, which, *words):
        claims = tuple(found_claim(each) for each in words)
        intake = Intake(
            which.title, "The Post", which.url, None, "en", f"{which.id} {words}", claims
        )
        matched = act(feeds.match_item, feed, which, intake, now)
        return act(feeds.take_item, feed, which, intake, matched, now)

    return run


def test_moderators_add_feeds(act, person, now, acting):
    """Nobody else adds, lists, pauses or removes one."""
    member = person(8)

    with pytest.raises(NotAllowed):
        act(feeds.add_feed, Acting(acting.guild, member, now), URL, FeedTarget.POST, 8, ())
    with pytest.raises(NotAllowed):
        act(feeds.list_feeds, acting.guild, member)
    with pytest.raises(NotAllowed):
        act(feeds.remove_feed, acting.guild, 1, now, member)
    with pytest.raises(NotAllowed):
        act(feeds.pause_feed, acting.guild, 1, member)


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://post.example/feed", "https://u:p@post.example/"]
)
def test_addresses_that_are_none(add, url):
    """What is no address is no feed's."""
    with pytest.raises(BadInput):
        add(url=url)


def test_a_feed_twice(add):
    """The same address is read once."""
    add()

    with refuses(Refused, number=1):
        add()


def test_a_feed_that_is_not_there(act, acting, now):
    """A number that no feed has is named."""
    with refuses(NotFound, number=9):
        act(feeds.remove_feed, acting.guild, 9, now, acting.person)


def test_new_items_only(act, add, store, now):
    """An item is found once, whatever else a later poll brings; of old ones few are read."""
    feed = add()

    first = act(feeds.keep_poll, feed, found(*range(100, 80, -1)), "e", "m", now)
    again = act(feeds.keep_poll, feed, found(101, 100, 99), "e", "m", now)
    unchanged = act(feeds.keep_poll, feed, None, "e", "m", now)

    assert (first, again, unchanged) == (FIRST_ITEMS, 1, 0)
    assert store.feeds.get(feed.id).etag == "e"


def test_a_poll_of_a_removed_feed(act, add, acting, now):
    """What comes in for a feed that was removed meanwhile is let go."""
    feed = add()
    act(feeds.remove_feed, acting.guild, 1, now, acting.person)

    assert act(feeds.keep_poll, feed, found(1), None, None, now) == 0


def test_a_paused_feed(act, add, acting, now):
    """A paused feed is not due until somebody goes on with it."""
    add()

    act(feeds.pause_feed, acting.guild, 1, acting.person)
    assert act(feeds.list_due, now) == ()
    act(feeds.pause_feed, acting.guild, 1, acting.person)
    assert len(act(feeds.list_due, now)) == 1


def test_the_best_of_a_day(act, add, take, store, now):
    """So many claims a day are posted of a feed; the rest is shelved, nothing is lost."""
    feed = add(per_day=3)
    act(feeds.keep_poll, feed, found(1, 2), None, None, now)

    one = take(feed, item(1), "A bridge is closed", "The tax rose by 4 percent")
    two = take(feed, item(2), "Nine ships sank", "The mayor resigned")

    assert (one, two) == (2, 1)
    assert len(store.claims.of_document(store.documents.get(2))) == 2


def test_an_item_once(act, add, take, store, now):
    """An item that was read already is not taken in again."""
    feed = add()
    act(feeds.keep_poll, feed, found(1), None, None, now)

    assert take(feed, item(1), "A bridge is closed") == 1
    assert take(feed, item(1), "Another thing is said") == 0
    assert store._db["documents"].count == 1


def test_items_into_drafts(act, add, take, store, team, now):
    """Items wait for a moderator as drafts, with the claims found in them."""
    feed = add(FeedTarget.DRAFTS)
    act(feeds.keep_poll, feed, found(1), None, None, now)

    take(feed, item(1), "A bridge is closed")

    (line,) = store.drafts.of_team(team.id, now)
    assert (line.title, line.claims) == ("Item 1", 1)
    assert store._db["documents"].count == 0


def test_filter_words(act, add, now):
    """An item without any of the feed's words is left out."""
    feed = add(words=("2",))

    assert act(feeds.keep_poll, feed, found(1, 2), None, None, now) == 1


def test_a_feed_that_fails(act, make_team, person, store, now):
    """Failing for a day is told once; a poll that goes well ends it."""
    team = make_team(moderators_channel=13)
    acting = Acting(team.settings.guild, person(7, manages=True), now)
    feed = act(feeds.add_feed, acting, URL, FeedTarget.POST, 8, ())

    def told():
        return store._db.execute("SELECT count(*) FROM outbox WHERE kind = 'notice'").fetchone()[0]

    act(feeds.keep_failure, feed, "No.", now)
    act(feeds.keep_failure, feed, "No.", now + timedelta(hours=23))
    assert told() == 0
    act(feeds.keep_failure, feed, "No.", now + timedelta(hours=25))
    act(feeds.keep_failure, feed, "No.", now + timedelta(hours=40))
    assert told() == 1
    assert store.feeds.get(feed.id).failures == 4

    act(feeds.keep_poll, feed, found(1), None, None, now + timedelta(hours=41))
    assert store.feeds.get(feed.id).failing_since is None
