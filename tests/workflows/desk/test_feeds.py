"""Feeds of a team: added by moderators, polled without losing or doubling an item."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.expect import refuses
from workflows.claims import Disagreement, Figure, Status
from workflows.desk import feeds
from workflows.documents.feed_files import ParsedFeed
from workflows.errors import BadInput, NotAllowed, NotFound, Refused
from workflows.feeds import (
    FIRST_ITEMS,
    MAX_EDITS,
    FeedCount,
    FeedItem,
    FeedTarget,
    FeedTerms,
)
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
        return act(feeds.add_feed, acting, url, FeedTerms(target, per_day, words))

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
        act(feeds.add_feed, Acting(acting.guild, member, now), URL, FeedTerms(FeedTarget.POST))
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
    feed = act(feeds.add_feed, acting, URL, FeedTerms(FeedTarget.POST))

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


@pytest.fixture
def edit(act, now, found_claim):
    """An item says something else at a later poll, and is read again; what waits, and its claims.

    A claim of two words with a number has a figure.
    """

    def run(feed, which, *words, at=now):
        waiting = act(feeds.keep_poll, feed, ParsedFeed("The Post", (which,)), None, None, at)
        if not waiting:
            return 0
        claims = []
        for each in words:
            numbers = [part for part in each.split() if part.isdecimal()]
            figures = tuple(Figure(n, float(n), None, "people", None, 0, 2) for n in numbers)
            claims.append(found_claim(each, figures=figures))
        text = "The council of Olden met. " * 9 + " ".join(words)
        intake = Intake(which.title, "The Post", which.url, None, "en", text, tuple(claims))
        matched = act(feeds.match_item, feed, which, intake, at)
        act(feeds.take_item, feed, which, intake, matched, at)
        return waiting

    return run


BEFORE, AFTER = "A shell killed 30 people in Olden", "A shell killed 40 people in Olden"


@pytest.mark.parametrize("url", ["https://post.example/1", None], ids=["a page", "no page"])
def test_an_edited_item(add, edit, store, team, url):
    """An edited item is compared with what it said before, and nothing of it is doubled."""
    feed = add()
    first = FeedItem("1", url, "Olden", BEFORE, None)
    edit(feed, first, BEFORE, "It rained in Olden")

    again = edit(feed, first, BEFORE, "It rained in Olden")
    edited = edit(feed, replace(first, text=AFTER), AFTER, "It rained in Olden")

    assert (again, edited) == (0, 1)
    claims = store.claims.of_team(team.id)
    assert [claim.words for claim in claims] == [BEFORE, "It rained in Olden", AFTER]
    assert store.disagreements.disagreements(claims[0]) == ((claims[2].id, Disagreement.REVISED),)


def test_an_edited_draft(add, edit, store, team, now):
    """An edited item takes the place of its undecided draft."""
    feed = add(FeedTarget.DRAFTS)
    edit(feed, item(1), BEFORE)

    edit(feed, replace(item(1), updated="later"), AFTER)

    [line] = store.drafts.of_team(team.id, now)
    assert store.drafts.with_key(team.id, line.key, now).intake.claims[0].words == AFTER


def test_an_item_that_always_changes(add, edit):
    """An item that is another at each poll is read so often and no more."""
    feed = add()

    read = [edit(feed, replace(item(1), updated=f"{n}"), BEFORE) for n in range(MAX_EDITS + 9)]

    assert sum(read) == MAX_EDITS + 1


def test_edits_count_in_their_day(add, edit, store, now):
    """Claims of an item that is edited count in its feed's day together."""
    feed = add(per_day=2)
    edit(feed, item(1), BEFORE, "It rained in Olden")
    edit(feed, replace(item(1), updated="later"), AFTER, "It rained in Olden")
    shelved = {c.words: c.state.status is Status.SHELVED for c in store.claims.of_team(feed.team)}

    edit(
        feed, replace(item(1), updated="next day"), "Nobody left Olden", at=now + timedelta(days=1)
    )

    assert shelved == {BEFORE: False, "It rained in Olden": False, AFTER: True}
    assert store.claims.with_number(feed.team, 4).state.status is Status.UNREVIEWED


def test_what_came_in(act, add, edit, store, team, now):
    """The digest is told each feed's name and counts since a moment, and nothing else."""
    feed, quiet = add(), add(url="https://quiet.example/feed")
    edit(feed, item(1), BEFORE, at=now - timedelta(days=2))
    edit(feed, item(2), "It rained in Olden")

    assert act(feeds.count_taken, team, now - timedelta(days=1)) == (FeedCount("The Post", 1, 1),)
    assert act(feeds.count_taken, team, now - timedelta(days=3)) == (FeedCount("The Post", 2, 2),)
    assert act(feeds.count_taken, team, now + timedelta(days=1)) == ()
    assert store.feeds.get(quiet.id)
