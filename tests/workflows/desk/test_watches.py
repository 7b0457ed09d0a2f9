"""Linked pages are looked at again as long as they matter; what became of them is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from workflows.claims import ChangeKind, PageChange, PagePart, Stance, Verdict
from workflows.desk import evidence, moderation, notices, snapshots, watches
from workflows.notices import NoticeKind
from workflows.page_watch import MOST_A_DAY
from workflows.snapshots import PageRead
from workflows.teams import Acting

GUILD, MODERATORS, URL = 1001, 13, "https://pages.example.org/bridge"
PAGE = PageRead("Bridge closed", None, None, None, 200, "ab" * 32, None, found_on="example.org")
DAY = timedelta(days=1)
GONE = PageChange(ChangeKind.GONE)


@pytest.fixture
def team(make_team):
    return make_team(moderators_channel=MODERATORS)


@pytest.fixture
def claim(team, make_claim):
    assert team
    return make_claim()


@pytest.fixture
def attach(act, store, person, now):
    """Attach a link whose page was read."""

    def run(claim, url=URL, **other):
        acting = Acting(GUILD, person(7), now)
        link = act(evidence.attach_link, acting, claim.key, url, Stance.SUPPORTS, **other).link
        for due in snapshots.list_due(store, now):
            act(snapshots.keep_page, due, PAGE, now)
        act(watches.queue_new, DAY)
        return link

    return run


@pytest.fixture
def due(store, now):
    return lambda days=2: watches.list_due(store, now + days * DAY)


@pytest.fixture
def look(act, due, now):
    """All that is due after so many days is looked at; `seen` of each the same."""

    def run(seen, days):
        for each in due(days):
            act(watches.keep_look, each, seen, "example.org", DAY, now + days * DAY)

    return run


def told(store):
    """What the moderators are told of pages."""
    posts = [post for post in store.outbox.list_undelivered() if post.channel == MODERATORS]
    return [notices.get_notice(store, post.subject) for post in posts]


def test_due_after_a_day(claim, attach, due):
    """A page is looked at after a day, not sooner; what is known of it comes along."""
    attach(claim)

    assert due(0.9) == ()
    (look,) = due()
    assert (look.url, look.known.title, look.known.site) == (URL, "Bridge closed", "example.org")


def test_told_once(store, claim, attach, look):
    """A page that is gone on two days is marked, and the moderators are told once."""
    attach(claim)
    look(GONE, 2)
    assert (store.evidence.of_claim(claim)[0].snapshot.change, told(store)) == (None, [])

    look(GONE, 4)
    look(GONE, 6)

    assert store.evidence.of_claim(claim)[0].snapshot.change == GONE
    (notice,) = told(store)
    assert (notice.told.kind, notice.told.claim) == (NoticeKind.PAGE_GONE, claim.number)
    assert notice.link.url == URL

    look(None, 8)
    look(GONE, 10)
    look(GONE, 12)
    assert len(told(store)) == 1


def test_failures_say_nothing(act, store, claim, attach, due, look, now):
    """Pages that can't be looked at are looked at later, and nothing is said of them."""
    attach(claim)
    look(GONE, 2)
    for days in range(4, 40, 2):
        for each in due(days):
            act(watches.keep_failure, each, DAY, now + days * DAY)

    assert store.evidence.of_claim(claim)[0].snapshot.change is None
    assert told(store) == []


def test_card_and_votes(store, claim, attach, look):
    """A change redraws the card, and nothing of the claim's state or history."""
    attach(claim)
    before, told_before = store.claims.get(claim.id), len(list(store.history.of_claim(claim)))
    change = PageChange(ChangeKind.CHANGED, lost=(PagePart.TITLE, PagePart.FIGURE))
    look(change, 2)
    look(change, 4)

    after = store.claims.get(claim.id)
    assert after == replace(before, version=after.version)
    assert len(list(store.history.of_claim(claim))) == told_before
    assert store.evidence.of_claim(claim)[0].snapshot.change == change


def test_which_claims(act, claim, attach, due, person, now):
    """Links of settled claims are looked at for a month, of dropped ones no more."""
    attach(claim)
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.settle_claim, boss, claim.key, Verdict.SUPPORTED, "Seen.")
    assert [len(due(days)) for days in (2, 29, 31)] == [1, 1, 0]

    act(moderation.reopen_claim, boss, claim.key, "Again.")
    assert len(due(31)) == 1
    act(moderation.drop_claim, boss, claim.key, "No claim.")
    assert due() == ()


def test_stops(act, db, claim, attach, due, person, now):
    """A private page, a link that is gone and a team that wants none are not looked at."""
    link, other = attach(claim), attach(claim, "https://pages.example.org/other")
    acting = Acting(GUILD, person(7), now)
    act(evidence.switch_private, acting, claim.key, link.key)
    assert [each.key for each in due()] == [other.key]

    for column in ("watch_links", "snapshots"):
        db.execute(f"UPDATE teams SET {column} = 0")
        assert due() == ()
        db.execute(f"UPDATE teams SET {column} = 1")

    act(evidence.remove_link, acting, claim.key, other.key)
    assert due() == ()
    assert db["watches"].count == 0


def test_another_page_meanwhile(act, store, claim, attach, due, person, now):
    """What was seen of an address that the link no longer has is let go; its new page is told."""
    link = attach(claim)
    (before,) = due()
    act(
        evidence.edit_link,
        Acting(GUILD, person(7), now),
        claim.key,
        link.key,
        address="https://example.net/b",
    )
    later = now + 2 * DAY
    act(watches.keep_look, before, GONE, None, DAY, later)
    act(watches.keep_failure, before, DAY, later)

    assert due() == ()
    assert store.evidence.of_claim(claim)[0].snapshot.change is None


def test_bounded_each_day(db, claim, attach, due, now):
    """A team has so many links looked at in a day, and no more; another team's wait for nobody."""
    link = attach(claim)
    db.execute(
        "INSERT INTO evidence (key, claim_id, url, salt, origin, stance, counts, source_grade,"
        " information_grade, added_by, added_at)"
        " SELECT 'k' || value, claim_id, url || value, salt, origin, stance, counts, source_grade,"
        " information_grade, added_by, added_at FROM evidence,"
        " (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
        f"  WHERE value < {MOST_A_DAY}) SELECT value FROM n) WHERE key = ?",
        [link.key],
    )
    db.execute(
        "INSERT INTO snapshots (evidence_id, state, taken_at) SELECT id, 'taken', added_at"
        " FROM evidence WHERE key <> ?",
        [link.key],
    )
    db.execute(
        "INSERT INTO watches (evidence_id, next_look_at, looked_at)"
        " SELECT id, ?, ? FROM evidence WHERE key <> ?",
        [
            (now + 3 * DAY).isoformat(timespec="microseconds"),
            (now + 1.5 * DAY).isoformat(timespec="microseconds"),
            link.key,
        ],
    )

    assert due(2) == ()
    assert link.key in {each.key for each in due(2.6)}
