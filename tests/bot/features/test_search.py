"""Lists fit into Discord's limits whatever stands in them, and their buttons say all they need."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.search import FEATURE, STANDS, list_embed, list_view, mine_button
from bot.i18n.translator import translator_for
from bot.sandbox.rules.components import components_form
from bot.sandbox.rules.forms import FormErrors
from bot.ui.claim_option import name_claim
from workflows.claims import ClaimKey, ClaimState, Hedge, Status, TeamId
from workflows.desk.search import ClaimList
from workflows.digest.sections import CardLink
from workflows.policy import Policy
from workflows.search import ClaimFilter, ClaimPage, ClaimSummary
from workflows.teams import Team

WORDS = translator_for("en")
AT = datetime(2026, 1, 5, tzinfo=UTC)
NASTY = st.text(alphabet="*_~`|[]()<>#@everyone://\\\u202e\u0336다 \n", max_size=1000)


@pytest.fixture(scope="session")
def team():
    class Settings:
        guild = 2**63

    return Team(TeamId(1), Settings(), Policy(), 1, AT)


def page(team, texts, wanted=None):
    link = CardLink(2**63, 2**63)
    claims = tuple(
        ClaimSummary(
            ClaimKey(f"{n:022}"),
            10**9 + n,
            text,
            ClaimState(Status.NOT_ENOUGH_EVIDENCE, AT),
            text,
            Hedge.UNCONFIRMED,
            text,
            link,
        )
        for n, text in enumerate(texts)
    )
    return ClaimList(team, "k" * 22, wanted or ClaimFilter(), ClaimPage(claims, 2, 3, 1000))


@given(texts=st.lists(NASTY, min_size=8, max_size=8), query=NASTY)
def test_page_fits(team, texts, query):
    """A page fits, and each claim has its two lines."""
    wanted = ClaimFilter(
        words=query[:100], source=query[:100], hedge=Hedge.UNCONFIRMED, overdue=True
    )
    embed = list_embed(page(team, texts, wanted), WORDS)

    assert len(embed.title) <= 256
    assert len(embed.description) <= 4096
    assert len(embed) <= 6000
    assert embed.description.count("\n") == 16


@given(text=NASTY)
def test_name_fits_choice(team, text):
    """A claim's name fits into a choice."""
    (claim,) = page(team, [text]).found.claims

    label = name_claim(claim, WORDS)

    assert 0 < len(label) <= 100
    assert "\n" not in label
    assert label.startswith(f"#{claim.number} · ")


async def test_menu_and_buttons(team):
    """Discord takes a page's menu and buttons."""
    sent = list_view(page(team, ["a claim"] * 8), WORDS).to_components()

    form = FormErrors()
    components_form(form, ("components",), sent, v2=False)
    form.settle()
    assert len(sent) == 2
    back, on, mine = (button["custom_id"] for button in sent[1]["components"])
    assert mine.startswith("queue:")
    assert (back, on) == (f"page:{'k' * 22}:1", f"page:{'k' * 22}:3")


def test_unambiguous_ids():
    """Each id is answered by one kind of item only."""
    ids = [f"page:{'k' * 22}:12", "mine:1", "open:claim", mine_button(WORDS).custom_id]
    for each in ids:
        answering = [b for b in FEATURE.items if b.template.fullmatch(each)]
        assert len(answering) == 1


def test_every_status():
    """Every status can be asked for."""
    asked = [statuses for _, statuses, _ in STANDS.values()]

    assert {status for statuses in asked for status in statuses} == set(Status)
    assert len(STANDS) <= 25
