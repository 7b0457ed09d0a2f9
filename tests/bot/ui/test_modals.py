"""Buttons and forms carry what they need in their ids, so that no restart can lose it."""

import itertools
from datetime import UTC, datetime
from types import SimpleNamespace

import discord
import pytest

from bot.features.evidence import amend_form, evidence_form
from bot.features.intake import intake_form
from bot.features.manual_claims import claim_form
from bot.features.setup import panel_view
from bot.features.setup_forms import channels_form, digest_form, posting_form
from bot.features.voting import FEATURE, claim_view, reason_form
from bot.i18n.translator import LANGUAGES, translator_for
from bot.sandbox.component_rules import components_form
from bot.sandbox.forms import Form
from bot.sandbox.modal_rules import check_modal
from bot.ui.modals import handle_modal, open_form, parse_day, read_values
from tests.builders import build_source
from tests.expect import refuses
from workflows.claims import (
    ClaimKey,
    Evidence,
    EvidenceKey,
    Grade,
    MemberKey,
    SourceInChain,
    Stance,
    TeamId,
    Verdict,
)
from workflows.errors import BadInput, NotFound
from workflows.ids import make_random_key
from workflows.policy import Policy
from workflows.teams import Team, make_first_settings

WORDS = translator_for("en")
SETTINGS = make_first_settings(1001, 11)
NOWHERE = SimpleNamespace(get_channel=lambda _: None, get_role=lambda _: None)
KEYS = [ClaimKey("-_" * 11), ClaimKey("A" * 22), ClaimKey(make_random_key())]
each_key = pytest.mark.parametrize("key", KEYS, ids=["marks", "letters", "random"])


LINK = Evidence(
    EvidenceKey("e" * 22),
    "https://example.org/" + "a" * 490,
    "example.org",
    Stance.DISPUTES,
    True,
    "n" * 500,
    Grade("B", 2),
    MemberKey("m" * 22),
    datetime(2026, 3, 2, tzinfo=UTC),
    target=39,
)


def said_by(*names):
    """Sources with these names, in rows from 1 on."""
    return tuple(SourceInChain(row, build_source(name)) for row, name in enumerate(names, 1))


def ids(key):
    """The ids of every button there is, by the class that answers it."""
    found = []
    for button in FEATURE.items:
        if button.__name__ == "VoteButton":
            found += [(button, button(key, WORDS, verdict).custom_id) for verdict in Verdict]
        elif button.__name__ == "OwnLinks":
            found.append((button, button.of(key, [LINK], WORDS).custom_id))
        else:
            found.append((button, button(key, WORDS).custom_id))
    return found


@each_key
def test_unambiguous_ids(key):
    """Each button is answered by its own class and by no other."""
    for button, custom_id in ids(key):
        answering = [
            other
            for other in FEATURE.items
            if other.__discord_ui_compiled_template__.fullmatch(custom_id)
        ]
        assert answering == [button]
        assert len(custom_id) <= 100
        assert key in custom_id


@each_key
def test_exact_templates(key):
    """A template takes nothing before or after its id."""
    for button, custom_id in ids(key):
        template = button.__discord_ui_compiled_template__
        for wrong in (custom_id + "x", "x" + custom_id, custom_id[:-1], custom_id.upper()):
            assert not template.match(wrong)


async def test_vote_row():
    """A claim's row has five buttons with ids of their own."""
    view = claim_view(KEYS[0], WORDS)
    sent = view.to_components()

    labels = [button["label"] for button in sent[0]["components"]]
    assert labels == ["Supported", "Refuted", "Can't tell", "Add evidence", "Details"]
    assert view.timeout is None
    assert len({button["custom_id"] for button in sent[0]["components"]}) == 5
    form = Form()
    components_form(form, ("components",), sent, v2=False)
    form.settle()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "form",
    [
        lambda words: evidence_form(KEYS[0], (), words),
        lambda words: evidence_form(KEYS[0], said_by("BBC", "BBC", "*" * 300), words),
        lambda words: evidence_form(KEYS[0], said_by(*["Yonhap"] * 40), words),
        lambda words: amend_form(KEYS[0], LINK, (), words),
        lambda words: amend_form(KEYS[0], LINK, said_by(*["Yonhap"] * 40), words),
        lambda words: reason_form(KEYS[0], None, words),
        lambda words: reason_form(KEYS[0], Verdict.NOT_ENOUGH_EVIDENCE, words),
        lambda words: intake_form(words, {}),
        lambda words: intake_form(
            words, {"title": "t" * 200, "publisher": "p" * 100, "link": "l" * 512}
        ),
        lambda words: claim_form(words, {}),
        lambda words: channels_form(None, NOWHERE, words),
        lambda words: digest_form(SETTINGS, words),
        lambda words: posting_form(SETTINGS, words),
    ],
    ids=[
        "evidence",
        "of three sources",
        "of many sources",
        "a change",
        "a change of many",
        "reason",
        "reason for a vote",
        "intake",
        "intake with options",
        "a claim by hand",
        "channels and roles",
        "digest",
        "what is posted",
    ],
)
async def test_forms_fit_discord(form, language):
    """Discord takes each form."""
    check_modal(form(translator_for(language)).to_dict(), at=())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_setup_panel_fits(language):
    """Discord takes the panel of /setup."""
    team = Team(TeamId(1), SETTINGS, Policy(), 1, datetime(2026, 1, 5, tzinfo=UTC))
    form = Form()

    sent = panel_view(team, translator_for(language)).to_components()

    components_form(form, ("components",), sent, v2=False)
    form.settle()


def test_link_form_is_filled():
    """A form to change a link holds what the link says."""
    sent = str(amend_form(KEYS[0], LINK, said_by(*["Yonhap"] * 40), WORDS).to_dict())

    for part in (LINK.url, LINK.note, f"disputes:{LINK.target}", "away"):
        assert part in sent
    assert sent.count("'default': True") == 3  # what it shows, and the two grades


async def test_forms_are_released():
    """A form that was opened is not kept in memory.

    Forms people dismiss would pile up otherwise.
    """
    shown = []

    async def send_modal(form):
        shown.append(form)

    await open_form(
        SimpleNamespace(response=SimpleNamespace(send_modal=send_modal)), intake_form(WORDS, {})
    )

    assert shown[0].is_finished()


def sent(*components, custom_id="intake"):
    """A form as it comes back."""
    return SimpleNamespace(data={"custom_id": custom_id, "components": list(components)})


def test_values_found_anywhere():
    """Values are found wherever they stand in a form."""
    values = read_values(
        sent(
            {"type": 10, "content": "read me"},
            {"type": 18, "component": {"type": 4, "custom_id": "link", "value": " https://x.org "}},
            {"type": 1, "components": [{"type": 4, "custom_id": "note", "value": ""}]},
            {"type": 18, "component": {"type": 21, "custom_id": "stance", "value": "refutes"}},
            {"type": 18, "component": {"type": 21, "custom_id": "none", "value": None}},
            {"type": 18, "component": {"type": 3, "custom_id": "source", "values": ["B"]}},
            {"type": 18, "component": {"type": 3, "custom_id": "info", "values": []}},
            {"type": 18, "component": {"type": 6, "custom_id": "roles", "values": ["7", "8"]}},
        )
    )

    assert values == {
        "link": "https://x.org",
        "note": "",
        "stance": "refutes",
        "none": "",
        "source": "B",
        "info": "",
        "roles": "7 8",
    }


def test_empty_form():
    """A form without anything has no values."""
    assert read_values(SimpleNamespace(data=None)) == {}


@pytest.mark.parametrize("custom_id", ["", "gone", "gone:with:parts"])
async def test_outdated_form(custom_id):
    """A form of another version is answered with a sentence."""
    with pytest.raises(NotFound):
        await handle_modal(sent(custom_id=custom_id), FEATURE.modals)


@pytest.mark.parametrize("text", ["2024-13-01", "yesterday", "18.10.2024", "2024-10-18T00:00"])
def test_day_format(text):
    """A day is written as year-month-day."""
    with refuses(BadInput, text=text):
        parse_day(text)


def test_no_overlap():
    """The templates of any two buttons do not overlap."""
    examples = dict(ids(KEYS[2]))
    for one, other in itertools.permutations(examples, 2):
        assert not one.__discord_ui_compiled_template__.match(examples[other])


def test_no_timeouts():
    """No button is a plain one that could time out."""
    assert all(issubclass(button, discord.ui.DynamicItem) for button in FEATURE.items)
