"""Which of a document's claims are posted."""

from dataclasses import replace

import pytest

from workflows.intake import Intake, choose_to_post, is_same_text, rank_claims


@pytest.mark.parametrize(
    ("worth", "rule", "posted_today", "posted"),
    [
        pytest.param([0.9, 0.1, 0.5], {}, 0, {0, 1, 2}, id="all by default"),
        pytest.param([0.9, 0.1, 0.5], {"post": 2}, 0, {0, 2}, id="the best two"),
        pytest.param([0.9, 0.1, 0.5], {"post": 0}, 0, set(), id="none"),
        pytest.param([0.5, 0.5, 0.5], {"post": 2}, 0, {0, 1}, id="equal ones in order"),
        pytest.param([0.9, 0.1, 0.5], {"post_threshold": 0.5}, 0, {0, 2}, id="at the threshold"),
        pytest.param([0.9, 0.1, 0.5], {"post_per_day": 5}, 3, {0, 2}, id="what is left of the day"),
        pytest.param([0.9, 0.1], {"post_per_day": 5}, 9, set(), id="a day that is full"),
        pytest.param(
            [0.9, 0.8, 0.7, 0.1],
            {"post": 3, "post_threshold": 0.5, "post_per_day": 2},
            0,
            {0, 1},
            id="the narrowest of all rules",
        ),
        pytest.param([], {"post": 3}, 0, set(), id="a document without claims"),
    ],
)
def test_posting_rule(settings, found_claim, worth, rule, posted_today, posted):
    """The team's rule says which claims are posted."""
    claims = [found_claim(check_worthiness=each) for each in worth]

    assert choose_to_post(claims, replace(settings, **rule), posted_today) == posted


def test_document_identity():
    """A document is known by its text alone."""
    one = Intake("One title", None, None, None, "en", "The text.", ())
    other = Intake("Another", "BBC", "https://bbc.co.uk/", None, "en", "The text.", ())

    assert one.sha256 == other.sha256
    assert one.sha256 != replace(one, text="The text").sha256


def test_readable_claims_first(found_claim):
    """Of claims as worthy as each other, those that can be read alone come first."""
    words = (
        "The fund has lost $40 million",
        "Both were sold in May",
        "[Nordbank] lost $40 million in May",
        "Nordbank lost $40 million in May",
    )
    claims = [found_claim(each, check_worthiness=0.7) for each in words]

    assert rank_claims(claims) == (2, 3, 0, 1)


TEXT = "The council closed the old bridge on Monday, and 300 cars had to turn round. " * 10


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (TEXT, True),
        (TEXT.replace(" ", "\n"), True),
        (TEXT + "Updated.", True),
        (TEXT.replace("300", "310", 1), False),
        (TEXT + "The mayor resigned later that day, her office said.", False),
        ("", False),
    ],
)
def test_same_text(other, is_same):
    """A text is the same but for a word in a hundred; another number makes it another text."""
    assert is_same_text(TEXT, other) is is_same
    assert is_same_text(other, TEXT) is is_same
