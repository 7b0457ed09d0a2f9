"""Links as cards and Details show them: with what stood behind them, and no trick in it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.evidence import describe_snapshot, evidence_parts, format_link, format_searches
from tests.builders import AT, build_evidence
from workflows.claims import (
    ChangeKind,
    PageChange,
    PagePart,
    PagePassage,
    Picture,
    PictureRead,
    Place,
    PlaceKind,
    Refusal,
    SeenPicture,
    Snapshot,
    SnapshotState,
)

TR = translator_for("en")
TAKEN = Snapshot(
    SnapshotState.TAKEN,
    title="Bridge closed",
    site="The Post",
    author="Ada Reyes",
    published=date(2026, 3, 1),
    status=200,
    at=AT,
    sha256="ab" * 32,
    passage=PagePassage("The bridge is closed.", 3, Place(3, "4", PlaceKind.PARAGRAPH)),
)


def test_title_on_card():
    """The link is called by its site and its page's title."""
    line = format_link(build_evidence(snapshot=TAKEN), TR)

    assert "[example.org — Bridge closed](<https://example.org/a>)" in line


@pytest.mark.parametrize(
    "title", ["@everyone [x](https://evil.example)", "](https://evil.example)", "<@1> " * 40, "**"]
)
def test_titles_are_text(title):
    """A page's title is text: it cannot ping, link elsewhere, or fill the card."""
    shot = Snapshot(SnapshotState.TAKEN, title=title, at=AT)
    line = format_link(build_evidence(snapshot=shot), TR)

    assert line.count("](<") == 1
    assert "@everyone" not in line
    assert "https://evil" not in line
    assert "<@1>" not in line.replace("\\<@1\\>", "")
    assert len(line) < 320


def test_details_tell_the_page():
    """Who wrote it, when, and what it says about the claim."""
    told = "\n".join(describe_snapshot(TAKEN, TR))

    assert "The Post · Ada Reyes · " in told
    assert "> “The bridge is closed.” (paragraph 4)" in told
    assert told in evidence_parts([build_evidence(snapshot=TAKEN)], TR, 2, {}, {})[0]


def test_why_not_read():
    """A page that was not read says why; a private one says that it is."""
    refusal = Refusal("{site} says {status}.", {"site": "a_b.org", "status": 404})
    refused = Snapshot(SnapshotState.REFUSED, refusal=refusal, preview="A post")

    assert describe_snapshot(refused, TR) == ["-# Not read: a\\_b.org says 404."]
    assert "example.org — A post" in format_link(build_evidence(snapshot=refused), TR)
    assert "not opened" in describe_snapshot(Snapshot(SnapshotState.PRIVATE), TR)[0]
    assert describe_snapshot(Snapshot(SnapshotState.WAITING), TR) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (PageChange(ChangeKind.GONE), "⚠️ (page gone, seen Mar 5, 2026)"),
        (PageChange(ChangeKind.MOVED, "a_b.net"), "⚠️ (now leads to a\\_b.net)"),
        (
            PageChange(ChangeKind.CHANGED, lost=(PagePart.TITLE, PagePart.FIGURE)),
            "⚠️ (page changed: no longer has its title and a figure of the claim)",
        ),
    ],
)
def test_changed_pages(change, said):
    """What became of a page stands beside its link, next to the copy in an archive."""
    copy = "https://web.archive.org/web/20260302120000/https://example.org/a"
    shot = replace(TAKEN, change=change, changed_on=date(2026, 3, 5), archived=copy)

    assert f"([archived](<{copy}>)) {said}" in format_link(build_evidence(snapshot=shot), TR)


def test_seen_pictures():
    """A picture that was seen before says where; searches are links for people, each whole."""
    seen = (SeenPicture(12, True), SeenPicture(15, False))
    picture = Picture(PictureRead("ab" * 32, None, 1200, 800), seen=seen)
    link = build_evidence(url="https://example.org/a(1).png", picture=picture)

    assert "🖼️ (seen before on #12; looks like one on #15)" in format_link(link, TR)
    assert "picture, 1,200 × 800" in evidence_parts([link], TR, 2, {}, {})[0]
    told = format_searches(link, TR)
    for name in ("TinEye", "Google Lens", "Yandex", "Bing"):
        assert f"[{name}](<https://" in told
    assert "a%281%29.png" in told
