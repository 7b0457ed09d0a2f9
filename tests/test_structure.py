"""The house: one noun for a feature through every layer."""

from importlib import import_module
from pathlib import Path

import pytest

from bot.client import FEATURES
from bot.ui.feature import Feature

ROOT = Path(__file__).resolve().parents[1]
NAMED_FOR_ITS_ROWS = {
    "digest": "digests",
    "export": "exports",
    "feed": "feeds",
    "policy": "policies",
    "voting": "votes",
}
"""The desk names what it keeps in the plural."""
WITHOUT_A_DESK = {
    "claim_group": "only gathers the commands below /claim",
    "editing": "the form for desk/moderation to edit a claim",
    "details": "shows what desk/claim_views gathers",
    "help": "tells what there is; keeps nothing",
    "intake_preview": "decides on a draft: desk/drafts",
    "message_evidence": "another way to a link on a claim: desk/evidence",
    "moderation_menu": "another way to desk/moderation and desk/merging",
    "setup_forms": "the forms of setup: desk/setup",
    "uploads": "reads files that people send; keeps nothing",
}
"""Features without a namesake of their own, and why."""


def list_modules(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("feature", sorted(list_modules("bot/features")))
def test_namesake(feature):
    """Each feature has its namesake in the desk, or a reason to have none."""
    namesake = NAMED_FOR_ITS_ROWS.get(feature, feature) in list_modules("workflows/desk")

    assert namesake != (feature in WITHOUT_A_DESK)


def test_exceptions_exist():
    """No exception outlives the feature it was made for."""
    assert set(WITHOUT_A_DESK) <= list_modules("bot/features")


@pytest.mark.parametrize("feature", sorted(list_modules("bot/features")))
def test_client_answers(feature):
    """The client answers everything that a feature exports."""
    exported = getattr(import_module(f"bot.features.{feature}"), "FEATURE", None)

    assert exported is None or (isinstance(exported, Feature) and exported in FEATURES)
