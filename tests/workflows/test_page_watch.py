"""What a second look at a page says of it, and what it never does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import ChangeKind, PageChange, PagePart, PictureRead
from workflows.errors import BadInput, Unavailable
from workflows.ids import make_hash
from workflows.page_watch import (
    LEAST,
    SPREAD,
    KnownPage,
    Watch,
    compare_page,
    compare_picture,
    find_figures,
    find_next_look,
    keep_sight,
    read_refusal,
)

TEXT = "Bridge closed.\n\nThe old bridge is closed. 12,000 cars a day must go round."
KNOWN = KnownPage(
    make_hash(TEXT), "Bridge closed", "The old bridge is closed.", ("12000",), "example.org"
)
DAY = date(2026, 3, 2)
GONE, CHANGED = (PageChange(kind) for kind in (ChangeKind.GONE, ChangeKind.CHANGED))


def lost(title, text, known=KNOWN):
    seen = compare_page(known, title, text, "example.org")
    return set(seen.lost) if seen else set()


@pytest.mark.parametrize(
    ("title", "text", "gone"),
    [
        ("Bridge closed", TEXT, set()),
        ("Bridge closed", TEXT + "\n\nRead also: the weather.", set()),
        ("Bridge closed!", TEXT.replace("\n\n", " "), set()),
        ("Bridge closed", TEXT.replace("12,000", "12 000"), set()),
        ("Live: bridge closed", TEXT + " More.", set()),
        ("Bridge open", TEXT.replace("Bridge closed.", ""), {PagePart.TITLE}),
        ("Bridge closed", TEXT.replace("is closed", "is open"), {PagePart.PASSAGE}),
        ("Bridge closed", TEXT.replace("12,000", "11,000"), {PagePart.FIGURE}),
        ("Not found", "Nothing here.", {PagePart.TITLE, PagePart.PASSAGE, PagePart.FIGURE}),
    ],
)
def test_what_matters(title, text, gone):
    """Only the title, the sentence quoted and the claim's figures matter, in any spelling."""
    assert lost(title, text) == gone


def test_unknown_parts():
    """What was never known of a page cannot be lost."""
    known = replace(KNOWN, title=None, passage=None, figures=())

    assert lost("Other", "Another text.", known) == set()


def test_moved():
    """Another site than the first time is said, whatever stands there; the same or none is not."""
    moved = compare_page(KNOWN, "Bridge closed", TEXT, "example.net")

    assert moved == PageChange(ChangeKind.MOVED, "example.net")
    assert compare_page(replace(KNOWN, site=None), "Bridge closed", TEXT, "example.net") is None
    assert compare_page(KNOWN, "Bridge closed", TEXT, None) is None


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (BadInput("No page.", status=404), True),
        (BadInput("No page.", status=410), True),
        (BadInput("Sign in.", status=403), False),
        (BadInput("Not free.", status=451), False),
        (Unavailable("Later.", status=503), False),
        (Unavailable("Not found."), False),
        (BadInput("Robots."), False),
    ],
)
def test_failures_are_no_deletion(error, gone):
    """Only a site's word that there's no such page calls it gone."""
    assert read_refusal(error) == (GONE if gone else None)


def test_seen_on_two_days():
    """What was seen is believed on another day, not twice on one; then it stays as it is."""
    first = keep_sight(Watch(), GONE, DAY)
    again = keep_sight(first, GONE, DAY)
    sure = keep_sight(again, GONE, DAY + timedelta(days=1))

    assert (first.change, again.change) == (None, None)
    assert sure == Watch(GONE, DAY + timedelta(days=1))
    assert keep_sight(sure, GONE, DAY + timedelta(days=9)) == sure


def test_well_again():
    """A page that is as it was has no mark, and what was suspected begins anew."""
    suspected = keep_sight(Watch(), GONE, DAY)
    well = keep_sight(suspected, None, DAY + timedelta(days=1))

    assert well == Watch()
    assert keep_sight(well, GONE, DAY + timedelta(days=2)).change is None


def test_from_changed_to_gone():
    """A page that was changed and is gone then is called gone once that is seen on two days."""
    changed = Watch(CHANGED, DAY)
    once = keep_sight(changed, GONE, DAY + timedelta(days=1))

    assert once.change == CHANGED
    assert keep_sight(once, GONE, DAY + timedelta(days=2)).change == GONE


@given(st.text(max_size=200))
def test_same_page(text):
    """A page that is as it was has lost nothing, whatever is written on it."""
    known = KnownPage(make_hash(text), text[:50], text[:80], find_figures(text, text), None)

    assert compare_page(known, text[:50], text, "example.org") is None
    assert compare_page(replace(known, sha256=""), text[:50], text + " ", "example.org") is None


@given(st.text(max_size=20), st.integers(1, 60), st.booleans())
def test_next_look(key, days, suspected):
    """A page is never looked at twice in a day, and not much later than it should be."""
    now, every = datetime(2026, 3, 2, 12, tzinfo=UTC), timedelta(days=days)
    watch = Watch(suspected=GONE, suspected_on=DAY) if suspected else Watch()
    wait = find_next_look(key, watch, every, now) - now

    assert LEAST <= wait <= (LEAST if suspected else every) * (1 + SPREAD)


def test_figures():
    """Figures are the same in every spelling of thousands; years beside them are not part."""
    text = "In 2024 12 people and 3 500 cars, 1,200.50 euros."

    assert find_figures("12 people, 3,500 cars, 1200.50 euros, 7 dogs", text) == (
        "12",
        "3500",
        "1200.50",
    )


def test_pictures():
    """A picture is as it was as long as it looks alike; another, or a page, in its place is not."""
    known = KnownPage("ab" * 32, "a.png", None, (), "example.org", phash="00ff00ff00ff00ff")
    changed = PageChange(ChangeKind.CHANGED, lost=(PagePart.PICTURE,))

    def look(sha256, phash, site="example.org"):
        return compare_picture(known, PictureRead(sha256, phash, 5, 5), site)

    assert look("ab" * 32, None) is None
    assert look("cd" * 32, "00ff00ff00ff0000") is None
    assert look("cd" * 32, "ff00ff00ff00ff00") == changed
    assert look("ab" * 32, None, "example.net").kind is ChangeKind.MOVED
    assert compare_page(known, "Not found", "Nothing here.", "example.org") == changed
