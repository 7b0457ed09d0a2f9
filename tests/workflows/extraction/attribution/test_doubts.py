"""Doubt added behind what was told: a hedge of it, and no part of its words."""

import pytest

from workflows.claims import Hedge


@pytest.mark.parametrize(
    "text",
    [
        "The army lost 40 tanks, the ministry said, a figure Kyiv could not confirm.",
        "The army lost 40 tanks, the ministry said, though the claim could not be verified.",
        "The army lost 40 tanks, a figure that could not be independently verified.",
        "The ministry said the army lost 40 tanks, which the port has not confirmed.",
        "The ministry said the army lost 40 tanks. The claim could not immediately be verified.",
        "The ministry said the army lost 40 tanks. There was no confirmation of the claim.",
        "The ministry said the army lost 40 tanks; Reuters was unable to verify the report.",
    ],
)
def test_a_doubt_is_a_hedge(find, text):
    """The claim is bare of the doubt and unconfirmed."""
    [claim] = [c for c in find(text) if "40 tanks" in c.words]

    assert claim.words.replace("[", "").replace("]", "").lower() == "the army lost 40 tanks"
    assert claim.hedge is Hedge.UNCONFIRMED


@pytest.mark.parametrize(
    "text",
    [
        "The army lost 40 tanks, the ministry said, a charge the rebels deny.",
        "The ministry said the army lost 40 tanks, but gave no names.",
        "The ministry said the army lost 40 tanks. Kyiv could not confirm her age.",
    ],
)
def test_other_clauses_doubt_nothing(find, text):
    """A denial and a doubt of something else leave what was told as it was put."""
    [claim] = [c for c in find(text) if "40 tanks" in c.words]

    assert claim.hedge is Hedge.REPORTED
    assert claim.words.lower().endswith("lost 40 tanks")
