"""Pictures that are evidence are known again on other claims of their team."""

from dataclasses import replace

import pytest

from tests.workflows.test_pictures import NEAR, READ
from workflows.claims import SeenPicture, Stance
from workflows.desk import evidence, merging, pictures, snapshots
from workflows.errors import BadInput, Unavailable
from workflows.snapshots import PageRead
from workflows.teams import Acting

GUILD, URL, UPLOAD = 1001, "https://pages.example.org/a.png", "https://cdn.discordapp.com/a.png"
PAGE = PageRead("a.png", None, None, None, 200, READ.sha256, None, picture=READ)


@pytest.fixture
def acting(person, now):
    return Acting(GUILD, person(7), now)


@pytest.fixture
def attach(act, store, acting, team, now):
    """Attach a link to a picture, or one with a picture sent along, and have it read."""
    assert team

    def run(claim, read=READ, url=URL, **other):
        link = act(evidence.attach_link, acting, claim.key, url, Stance.CONTEXT, **other).link
        for due in snapshots.list_due(store, now):
            page = replace(PAGE, picture=None if other else read)
            act(snapshots.keep_page, due, page, now)
        for due in pictures.list_due(store, now):
            act(pictures.keep_upload, due, read, "12,000 cars")
        return link

    return run


def picture_on(store, claim):
    return store.evidence.of_claim(claim)[0].picture


def test_seen_before(store, make_claim, attach):
    """The same picture, and one that looks alike, name the claim they were on first."""
    first, second, third = (make_claim(f"Bridge {n} is closed") for n in range(3))
    attach(first)
    attach(second)
    attach(third, replace(READ, sha256="cd" * 32, phash=NEAR))

    assert picture_on(store, first).seen == ()
    assert picture_on(store, second).seen == (SeenPicture(first.number, True),)
    assert picture_on(store, third).seen == (
        SeenPicture(first.number, False),
        SeenPicture(second.number, False),
    )


def test_teams_keep_apart(act, store, make_team, make_claim, attach, person, now):
    """Another team's pictures are nobody else's business."""
    attach(make_claim())
    make_team(guild=2002)
    other = make_claim(guild=2002)
    act(evidence.attach_link, Acting(2002, person(7), now), other.key, URL, Stance.CONTEXT)
    (due,) = snapshots.list_due(store, now)
    act(snapshots.keep_page, due, PAGE, now)

    assert picture_on(store, other).seen == ()


def test_sent_along(db, store, make_claim, attach):
    """A picture sent along is read from Discord, whose address is not kept, and has its text."""
    claim = make_claim()
    attach(claim, url="https://social.example/post", picture=UPLOAD)

    kept = picture_on(store, claim)
    assert (kept.read, kept.text, kept.is_upload) == (READ, "12,000 cars", True)
    assert [row["upload"] for row in db["pictures"].rows] == [None]


def test_upload_fails(act, store, make_claim, acting, team, now):
    """A picture that can't be got now is tried again; one that can't be read is let go."""
    assert team
    claim = make_claim()
    act(evidence.attach_link, acting, claim.key, URL, Stance.CONTEXT, picture=UPLOAD)
    (due,) = pictures.list_due(store, now)

    act(pictures.keep_failure, due, Unavailable("Later."), now)
    assert pictures.list_due(store, now) == ()
    act(pictures.keep_failure, due, BadInput("Damaged."), now)
    act(pictures.keep_upload, due, READ, "")

    assert picture_on(store, claim) is None


def test_goes_with_its_link(act, db, store, make_claim, attach, acting, person, now):
    """It moves with its link, goes with it, and goes when the page is marked as private."""
    claim, into = make_claim("A is closed"), make_claim("B is closed")
    link = attach(claim)
    boss = Acting(GUILD, person(1, manages=True), now)
    act(merging.merge, boss, [claim.key], into.key, "The same.")
    assert picture_on(store, into).read == READ
    assert [each.key for each in evidence.list_pictures(store, GUILD, into.key, person(7))] == [
        link.key
    ]

    act(evidence.switch_private, acting, into.key, link.key)
    assert db["pictures"].count == 0
    other = attach(into, url="https://pages.example.org/b.png", picture=UPLOAD)
    act(evidence.remove_link, acting, into.key, other.key)
    assert db["pictures"].count == 0
