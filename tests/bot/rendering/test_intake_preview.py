"""A draft's preview: every claim in its place, within Discord's limits, whatever comes in."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.features import intake_preview
from bot.features.intake_preview import FEATURE, draft_view
from bot.i18n.translator import translator_for
from bot.rendering.embeds import DESCRIPTION
from bot.rendering.intake_preview import PAGE, count_pages, draft_embeds, list_on_page
from bot.sandbox.rules.components import components_form
from bot.sandbox.rules.forms import FormErrors
from tests.builders import build_claim
from workflows.claims import (
    Attribution,
    Document,
    DocumentKey,
    Hedge,
    MemberKey,
    ModelDoubt,
    Status,
)
from workflows.desk.drafts import DraftView, RevisedClaim
from workflows.documents.document import PageReview
from workflows.engines import EngineRecord, ReadingReport
from workflows.ids import make_random_key
from workflows.intake import Draft, DraftKey, Intake

WORDS = translator_for("en")
AT = datetime(2026, 3, 16, 12, tzinfo=UTC)
NASTY = [
    "@everyone <@123> <@&5>",
    "<t:1700000000:R> </cmd:1>",
    "[safe](https://evil.example)",
    "[a\nb](<https://evil.example>)",
    "# big\n- item\n> said\n>>> long",
    "\u202egpj.exe\u2066 \x1b[31m",
    "e" + "\u0301" * 500,
    "```\n" + "*" * 4000,
    "\\" * 4000,
    "👨\u200d👩\u200d👧" * 800,
    "x" * 4000,
    "{0} {title} %s",
]


@pytest.fixture
def make_draft(team, found_claim):
    """draft(words...): a draft of these claims, each less check-worthy than the one before."""

    def make(
        *said, title="Troops", publisher="The Courier", picked=(), known=None, source="the BBC"
    ):
        link = Attribution(source, 0, 1, "reported", 2, 3, True, None, Hedge.REPORTED)
        claims = tuple(
            found_claim(
                words,
                attribution=(link,) * (place % 7),
                hedge=Hedge.REPORTED,
                check_worthiness=max(0.0, 0.9 - place / 1000),
            )
            for place, words in enumerate(said)
        )
        intake = Intake(title, publisher, None, date(2024, 10, 18), "en", "T", claims)
        draft = Draft(
            DraftKey(make_random_key()),
            MemberKey("m"),
            intake,
            True,
            frozenset(picked),
            AT,
        )
        return DraftView(team, draft, known or {}, len(claims))

    return make


def text(view, page=0):
    return "\n".join(each.description or "" for each in draft_embeds(view, page, WORDS))


def test_claim_line(make_draft):
    """A claim shows its rank, source, hedge and check-worthiness."""
    shown = text(make_draft("First", "Second"))

    assert (
        "**1.** First\n-# 🗣️ Who says so: The Courier, in its own voice · **reported** · 90%"
        in shown
    )
    assert "**2.** Second\n-# 🗣️ Who says so: the BBC (unnamed) · **reported** · 90%" in shown
    assert "The Courier · Oct 18, 2024" in shown
    assert "<t:1773662400:D>" in shown


def test_marks(make_draft, make_claim):
    """Picked and known claims are marked."""
    claim = make_claim()

    shown = text(make_draft("First", "Second", picked={1}, known={0: (claim, None)}))

    assert "already known: #1, Unreviewed" in shown
    assert "☑️ **2.** Second" in shown
    assert claim.state.status is Status.UNREVIEWED


@pytest.mark.parametrize("claims", [1, PAGE + 3])
@pytest.mark.parametrize("nasty", [*NASTY, "A plain claim of some length that says something"])
async def test_every_page_fits(make_draft, claims, nasty):
    """Every page fits, and nothing from outside is more than text."""
    draft = make_draft(*[nasty] * claims, title=nasty, publisher=nasty, source=nasty, picked={0})

    ranks = []
    for page in range(count_pages(draft)):
        embeds = draft_embeds(draft, page, WORDS)
        texts = [part for each in embeds for part in (each.title or "", each.description or "")]
        assert sum(map(len, texts)) <= 6000
        assert all(len(each.description or "") <= DESCRIPTION for each in embeds)
        assert all(0 < len(each.title or "x") <= 256 for each in embeds)
        found = re.findall(r"^(?:☑️ )?\*\*(\d+)\.\*\* ", "\n".join(texts), re.MULTILINE)
        ranks += map(int, found)
        assert not re.search(r"(?<!\\)<(?![#t])|@everyone|(?<!\\)\]\(|\u202e|\x1b", "".join(texts))
        form = FormErrors()
        components_form(form, (), draft_view(draft, page, WORDS).to_components(), v2=False)
        form.settle()
    assert ranks == list(range(1, claims + 1))


def test_each_claim_once(make_draft, found_claim):
    """Pages hold every claim once, the most check-worthy first."""
    draft = make_draft(*map(str, range(60)))
    claims = tuple(
        found_claim(str(place), check_worthiness=(place * 7 % 60) / 60) for place in range(60)
    )
    intake = replace(draft.draft.intake, claims=claims)
    draft = replace(draft, draft=replace(draft.draft, intake=intake))

    shown = [place for page in range(count_pages(draft)) for _, place in list_on_page(draft, page)]

    assert sorted(shown) == list(range(60))
    worths = [claims[place].check_worthiness for place in shown]
    assert worths == sorted(worths, reverse=True)


@pytest.mark.parametrize(
    ("picked", "disabled"),
    [((), {"Post picked", "Edit"}), ((1,), set()), ((0, 1), {"Edit"})],
    ids=["none", "one", "two"],
)
async def test_idle_buttons(make_draft, picked, disabled):
    """Buttons that can do nothing cannot be pressed."""
    view = draft_view(make_draft("First", "Second", picked=picked), 0, WORDS)

    rows = view.to_components()
    off = {button["label"] for button in rows[1]["components"] if button.get("disabled")}
    assert off == disabled
    chosen = [o["value"] for o in rows[0]["components"][0]["options"] if o.get("default")]
    assert chosen == [str(place) for place in picked]


async def test_unambiguous_ids(make_draft):
    """Each button is answered by its own class and by no other."""
    draft = make_draft(*map(str, range(60)), picked=(1,))
    rows = draft_view(draft, 1, WORDS).to_components()
    ids = [part["custom_id"] for row in rows for part in row["components"]]
    ids += [intake_preview.DiscardForGood(draft.draft.key, WORDS).custom_id]
    ids += [intake_preview.Back(draft.draft.key, WORDS).custom_id]

    assert len(set(ids)) == len(ids) == 11
    for custom_id in ids:
        answering = [item for item in FEATURE.items if item.template.fullmatch(custom_id)]
        assert len(answering) == 1
        assert len(custom_id) <= 100


def test_a_fact_check_is_named(make_draft):
    """A page that is a fact-check itself is named as one, before anybody posts its claims."""
    view = make_draft("The bridge fell")
    review = PageReview("The bridge *fell*", "False", "Olden Checks")
    intake = replace(view.draft.intake, reviews=(review,))

    said = text(replace(view, draft=replace(view.draft, intake=intake)))

    assert "This page is itself a fact-check: “The bridge \\*fell\\*”" in said
    assert "rated False by Olden Checks." in said


def test_a_newer_version(make_draft):
    """The preview of a newer version counts its changes and names what has another figure."""
    view = make_draft("A shell killed 40 people", "It rained", "The school is closed")
    had, gone = build_claim("A shell killed 30 people"), build_claim("Nobody left")
    document = Document(1, DocumentKey("d"), "T", None, None, None, "en", "0" * 64, AT, 1)
    newer = replace(
        view,
        known={1: (build_claim("It rained"), None)},
        former=document,
        revised={0: RevisedClaim(had, None, ("40", "30"))},
        gone=((gone, None),),
    )

    said = text(newer)

    assert "A newer version: 1 new claim, 1 with another figure, 1 gone" in said
    assert f"now 40; #{had.number} said 30" in said
    assert f"Gone: #{gone.number} Nobody left" in said


def test_found_by_a_model(make_draft):
    """A preview says which model read, where the text went, what was dropped, and what to check."""
    view = make_draft("Roe left", "Lee came")
    first, second = view.draft.intake.claims
    claims = (replace(first, doubts=(ModelDoubt.HEDGE, ModelDoubt.ORDER)), second)
    engine = EngineRecord("small-*1b*", "1-abc", "model.example")
    intake = replace(view.draft.intake, claims=claims, reading=ReadingReport(engine, dropped=2))
    shown = text(replace(view, draft=replace(view.draft, intake=intake)))

    assert "Found by the language model small-\\*1b\\*" in shown
    assert "The text was sent to model.example." in shown
    assert "2 claims that aren't in the text were dropped." in shown
    assert shown.count("Check before posting: how firmly it is put and how it is worded") == 1
    assert "language model" not in text(view)


def test_fell_back(make_draft):
    """A preview says that the rules had to read instead."""
    view = make_draft("Roe left")
    intake = replace(view.draft.intake, reading=ReadingReport(fell_back=True))
    assert "so the built-in rules did" in text(
        replace(view, draft=replace(view.draft, intake=intake))
    )
