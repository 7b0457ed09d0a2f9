"""A notice: a sentence for each kind, whatever comes from outside, and a mark of its own."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.notices import SENTENCES, is_notice, write_notice
from tests.builders import build_evidence
from workflows.claims import Snapshot, SnapshotState
from workflows.desk.notices import NoticeView
from workflows.notices import NoticeKind, SentNotice
from workflows.store.outbox import Card, PostKind


@pytest.fixture
def shown(team, now):
    told = SentNotice(1, NoticeKind.CARD_GONE, "claim:7", now, 7, {})
    return NoticeView(team, told, None)


def test_sentence_for_each():
    """Each kind of notice has its sentence."""
    assert set(SENTENCES) == set(NoticeKind)


def test_links_to_card(shown, team):
    """A notice links to the card of its claim."""
    card = Card(99, 11, team.id, PostKind.CLAIM, 1, 1, 1)

    said = write_notice(replace(shown, card=card), translator_for("en"))

    assert f"[**#7**](https://discord.com/channels/{team.settings.guild}/11/99)" in said


def test_not_of_another_time(shown):
    """A notice is told apart from one of another time."""
    message = SimpleNamespace(content=write_notice(shown, translator_for("en")))
    later = replace(shown, told=replace(shown.told, at=shown.told.at + timedelta(seconds=1)))

    assert is_notice(message, shown)
    assert not is_notice(message, later)


def test_page_with_its_copy(shown):
    """What became of a page is told with the page's address and that of its copy, in one line."""
    copy = "https://web.archive.org/web/20260302120000/https://example.org/a"
    values = {"site": "example.org", "lost": "title passage", "other": ""}
    told = replace(shown.told, kind=NoticeKind.PAGE_CHANGED, values=values)
    link = build_evidence(snapshot=Snapshot(SnapshotState.TAKEN, archived=copy))

    said = write_notice(replace(shown, told=told, link=link), translator_for("en"))

    assert "[example.org](<https://example.org/a>) has changed" in said
    assert "no longer has its title and the sentence quoted" in said
    assert f"[Archived copy](<{copy}>)" in said
    assert "example.org has" in write_notice(replace(shown, told=told), translator_for("en"))


def test_claims_channel_gone(shown, team):
    """Where the claims channel was deleted it says who can still read claims; no other does."""
    here, roles = team.settings.claims_channel, replace(team.settings, voter_roles=frozenset({5}))

    def said(channel, settings=team.settings):
        told = replace(shown.told, kind=NoticeKind.CHANNEL_GONE, values={"channel": channel})
        there = replace(shown, told=told, team=replace(team, settings=settings))
        return write_notice(there, translator_for("en"))

    assert "only moderators can read claims" in said(here)
    assert "only moderators" not in said(here + 1)
    assert "only moderators" not in said(here, roles)
