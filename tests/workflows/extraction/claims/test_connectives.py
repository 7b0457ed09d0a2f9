"""Words that only tie a sentence to the one before."""

import pytest


@pytest.mark.parametrize(
    ("opening", "kept"),
    [
        ("In all,", False),
        ("Turns out,", False),
        ("It turns out that", False),
        ("Moreover,", False),
        ("So,", False),
        ("To set the record straight,", False),
        ("And frankly,", False),
        ("First of all, then,", False),
        ("But in fact,", False),
        ("In May,", True),
        ("Increasingly,", True),
        ("In Olden,", True),
    ],
)
def test_connectives(find, opening, kept):
    """A claim begins behind what only ties it to the sentence before; time and place stay."""
    [claim] = find(f"{opening} the county paid 12 million euros.")
    begun = f"{opening} the" if kept else "The"

    assert claim.words == f"{begun} county paid 12 million euros"
