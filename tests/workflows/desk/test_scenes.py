"""Where and when is said of claims and links, by those who may, and shown in exports."""

import json
from datetime import date

import pytest

from tests.expect import refuses
from workflows.claims import Scene, Stance
from workflows.desk import audit, evidence, exports, merging, moderation, scenes
from workflows.errors import NotAllowed, Refused
from workflows.export import formats
from workflows.export.model import Format
from workflows.teams import Acting

GUILD, URL = 1001, "https://pages.example.org/a"


@pytest.fixture
def acting(person, now):
    return Acting(GUILD, person(7), now)


@pytest.fixture
def link(act, claim, acting):
    return act(evidence.attach_link, acting, claim.key, URL, Stance.SUPPORTS).link


def test_of_a_claim(act, store, claim, acting):
    """It is kept, told in the history, taken away again, and no vote or verdict changes by it."""
    before = store.claims.get(claim.id)
    done = act(scenes.set_scene, acting, claim.number, "The port 48.5, 16.25", "2024-10-18")

    kept = store.claims.get(claim.id)
    assert (
        kept.scene == done.scene == Scene("The port 48.5, 16.25", 48.5, 16.25, date(2024, 10, 18))
    )
    assert (kept.state, kept.tally) == (before.state, before.tally)
    assert kept.version > before.version
    with refuses(Refused, "unchanged"):
        act(scenes.set_scene, acting, claim.number, "The port 48.5, 16.25", "2024-10-18")
    assert act(scenes.set_scene, acting, claim.number).scene is None
    assert store.claims.get(claim.id).scene is None
    assert audit.replay_all(store).differences == ()


def test_of_a_link(act, store, claim, link, acting, make_claim, person, now):
    """It is for its author or a moderator to say, and stays as the link is edited or moved."""
    act(scenes.set_scene, acting, claim.number, "48.5, 16.25", link=link.key)
    other = Acting(GUILD, person(8), now)
    with refuses(NotAllowed):
        act(scenes.set_scene, other, claim.number, "Elsewhere", link=link.key)
    act(evidence.edit_link, acting, claim.key, link.key, note="See there.")
    into = make_claim("Another bridge is closed")
    act(merging.merge, Acting(GUILD, person(1, manages=True), now), [claim.key], into.key, "Same.")

    (moved,) = store.evidence.of_claim(into)
    assert moved.scene == Scene(latitude=48.5, longitude=16.25)
    assert scenes.list_links(store, GUILD, person(8), into.number) == ((URL, link.key),)
    assert audit.replay_all(store).differences == ()


def test_closed(act, claim, acting, person, now):
    """A dropped claim takes none."""
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.drop_claim, boss, claim.key, "No claim.")

    with refuses(Refused, "closed"):
        act(scenes.set_scene, acting, claim.number, "The port")


def test_exported(act, store, claim, link, acting):
    """JSON Lines tell it of the claim and of the link."""
    act(scenes.set_scene, acting, claim.number, "The port", "2024-10-18 14:30Z")
    act(scenes.set_scene, acting, claim.number, "48.5, 16.25", link=link.key)

    begun = exports.begin_export(store, GUILD, exports.ExportRequest(Format.JSONL), None)
    made = formats.get_layout(Format.JSONL, begun.team, "The desk")
    (told,) = (json.loads(made.line(each)) for each in begun.claims)

    assert (told["scene"]["place"], told["scene"]["at"][:16]) == ("The port", "2024-10-18T14:30")
    assert told["evidence"][0]["scene"]["latitude"] == 48.5
