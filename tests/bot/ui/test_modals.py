"""Forms fit Discord, and what people typed comes back out of them."""

from types import SimpleNamespace

import pytest

from bot.features.evidence import amend_form, evidence_form
from bot.features.intake import intake_form
from bot.features.manual_claims import claim_form
from bot.features.setup_forms import channels_form, digest_form, layout_form, posting_form
from bot.features.voting import FEATURE, reason_form
from bot.i18n.translator import LANGUAGES, translator_for
from bot.sandbox.rules.modals import check_modal
from bot.ui.modals import FORMS_KEPT, FormMemory, handle_modal, open_form, parse_day, read_values
from tests.builders import build_chain, build_evidence
from tests.expect import refuses
from workflows.claims import ClaimKey, Grade, Stance, Verdict
from workflows.errors import BadInput, NotFound
from workflows.teams import Layout, make_first_settings

WORDS = translator_for("en")
SETTINGS = make_first_settings(1001, 11)
NOWHERE = SimpleNamespace(get_channel=lambda _: None, get_role=lambda _: None)
KEY = ClaimKey("k" * 22)


LINK = build_evidence(
    "https://example.org/" + "a" * 490,
    note="n" * 500,
    stance=Stance.DISPUTES,
    grade=Grade("B", 2),
    target=39,
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "form",
    [
        lambda words: evidence_form(KEY, (), words),
        lambda words: evidence_form(KEY, build_chain("BBC", "BBC", "*" * 300), words),
        lambda words: evidence_form(KEY, build_chain(*["Yonhap"] * 40), words),
        lambda words: amend_form(KEY, LINK, (), words),
        lambda words: amend_form(KEY, LINK, build_chain(*["Yonhap"] * 40), words),
        lambda words: reason_form(KEY, None, words),
        lambda words: reason_form(KEY, Verdict.NOT_ENOUGH_EVIDENCE, words),
        lambda words: intake_form(words, {}),
        lambda words: intake_form(
            words, {"title": "t" * 200, "publisher": "p" * 100, "link": "l" * 512}
        ),
        lambda words: claim_form(words, {}),
        lambda words: channels_form(None, NOWHERE, words),
        lambda words: digest_form(SETTINGS, words),
        lambda words: posting_form(SETTINGS, words),
        lambda words: layout_form(Layout.CHANNEL, words),
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
        "where cards stand",
    ],
)
async def test_forms_fit_discord(form, language):
    """Discord takes each form."""
    check_modal(form(translator_for(language)).to_dict(), at=())


async def test_forms_are_released():
    """The library keeps no form that was opened, and we keep each person's last one only.

    Forms people dismiss would pile up otherwise.
    """
    shown, forms = [], FormMemory()

    async def send_modal(form):
        shown.append(form)

    for person in range(FORMS_KEPT + 1):
        asked = SimpleNamespace(
            response=SimpleNamespace(send_modal=send_modal),
            client=SimpleNamespace(forms=forms),
            user=SimpleNamespace(id=person),
        )
        await open_form(asked, intake_form(WORDS, {}))

    assert all(form.is_finished() for form in shown)
    assert (forms.find(0), forms.find(1) is None) == (None, False)


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


def test_form_again():
    """A form that failed is opened again with what was typed and chosen, for its person alone."""
    forms, form = FormMemory(), amend_form(KEY, LINK, build_chain("BBC"), WORDS)
    forms.note(7, form)
    typed = {"link": "no link", "stance": "refutes", "note": "", "source": "C", "info": ""}

    assert forms.fill(7, form.custom_id, typed)

    again = forms.find(7).to_dict()
    check_modal(again)
    fields = {part["component"]["custom_id"]: part["component"] for part in again["components"]}
    assert fields["link"]["value"] == "no link"
    assert "value" not in fields["note"]
    chosen = {
        name: [option["value"] for option in field["options"] if option.get("default")]
        for name, field in fields.items()
        if "options" in field
    }
    assert chosen == {"stance": ["refutes"], "source": ["C"], "info": []}
    assert forms.find(8) is None
    assert not forms.fill(7, "another", typed)


@pytest.mark.parametrize("text", ["2024-13-01", "yesterday", "18.10.2024", "2024-10-18T00:00"])
def test_day_format(text):
    """A day is written as year-month-day."""
    with refuses(BadInput, text=text):
        parse_day(text)
