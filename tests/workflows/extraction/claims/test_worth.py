"""What a claim is worth as a card: deeds and figures first, opinion and wordy frames last."""

import pytest


def rank(find, text):
    return [c.words for c in sorted(find(text), key=lambda c: -c.check_worthiness)]


@pytest.mark.parametrize(
    ("deed", "other"),
    [
        ("Norlink closed its mill in Pell.", "Roe built a magnificent company."),
        ("Ann Lee sold the hall to Norlink.", "The bridge is a noble idea."),
        (
            "Norlink will not fund the Olden fair.",
            "Ann Lee preached to the nation about its values and its great spirit.",
        ),
    ],
)
def test_deed_before_opinion(find, deed, other):
    """A short deed of somebody named comes before praise and blame, whichever stands first."""
    assert rank(find, f"{other} {deed}")[0] == deed.removesuffix(".")


def test_reason_is_told(only):
    """What a card's kind added stands among the reasons."""
    claim = only("Norlink will not fund the Olden fair.")

    assert "deed" in dict(claim.worth_reasons)
