"""Which police it is that only "police" are."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A guard of the Olden Police Department shot a bear. Police said it was old.",
            "the Olden Police Department",
        ),
        ("Carrow State Police closed Route 9. Nine died, police said.", "Carrow State Police"),
        (
            "Carrow State Police closed Route 9. Investigators believe the van was stolen.",
            "Carrow State Police investigators",
        ),
        (
            "It rang at 9. But Olden police came late. Nine died, police said.",
            "Olden police",
        ),
        ("OLDEN, Oct. 9 (NP) — Nine people died in a fire, police said.", "police in Olden"),
    ],
)
def test_only_police(find, text, name):
    """The only police that a text names are meant, else those of its dateline."""
    link = find(text)[-1].attribution[0]

    assert link.resolved == name


@pytest.mark.parametrize(
    "text",
    [
        "Olden police met Carrow police. Nine died, police said.",
        "The mill burned in May. Nine people died, police said.",
    ],
)
def test_no_only_police(find, text):
    """Where two are named, or none, nothing is added."""
    assert find(text)[-1].attribution[0].resolved is None
