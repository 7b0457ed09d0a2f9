"""Own copies go with their links, with private pages, and with claims that are dropped."""

from dataclasses import replace

import pytest

from tests.workflows.desk.test_snapshots import PAGE
from workflows.claims import Stance
from workflows.desk import evidence, merging, moderation, page_copies, snapshots
from workflows.page_copies import PageCopy, make_file_name
from workflows.teams import Acting

GUILD, URL = 1001, "https://pages.example.org/bridge"


@pytest.fixture
def acting(person, now):
    return Acting(GUILD, person(7), now)


@pytest.fixture
def boss(person, now):
    return Acting(GUILD, person(1, manages=True), now)


@pytest.fixture
def attach(act, store, acting, team, now):
    """Attach a link whose page was copied; the link and the copy."""
    assert team

    def run(claim, url=URL):
        link = act(evidence.attach_link, acting, claim.key, url, Stance.SUPPORTS).link
        copy = PageCopy(make_file_name(), "cd" * 32, 700)
        for due in snapshots.list_due(store, now):
            act(snapshots.keep_page, due, replace(PAGE, copy=copy), now)
        return link, copy

    return run


def test_kept_with_its_link(act, store, make_claim, attach, boss):
    """A copy is known by its link, also after a merge."""
    claim, into = make_claim("A is closed"), make_claim("B is closed")
    _, copy = attach(claim)
    act(merging.merge, boss, [claim.key], into.key, "The same.")

    (moved,) = store.evidence.of_claim(into)
    assert (moved.snapshot.copy_name, moved.snapshot.copy_sha256) == (copy.name, "cd" * 32)
    assert page_copies.list_gone(store) == ()
    assert page_copies.list_unknown(store, [copy.name, "x"]) == ("x",)


@pytest.mark.parametrize("why", ["removed", "private", "another", "dropped"])
def test_goes(act, db, store, make_claim, attach, acting, boss, why):
    """It may go once its link is removed, private or another, or its claim dropped."""
    claim = make_claim()
    link, copy = attach(claim)
    match why:
        case "removed":
            act(evidence.remove_link, acting, claim.key, link.key)
        case "private":
            act(evidence.switch_private, acting, claim.key, link.key)
        case "another":
            other = "https://example.net/b"
            act(evidence.edit_link, acting, claim.key, link.key, address=other)
        case "dropped":
            act(moderation.drop_claim, boss, claim.key, "No claim.")

    assert page_copies.list_gone(store) == (copy.name,)
    act(page_copies.forget, [copy.name])
    assert db["page_copies"].count == 0
    assert all(each.snapshot.copy_name is None for each in store.evidence.of_claim(claim))
