"""What somebody demands or advises, told in words that can be read alone."""

import pytest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roe is demanding that Lee not pardon Ann Kit.", "Lee should not pardon Ann Kit"),
        (
            "Roe demanded that the bank pay 3 million euros to the town.",
            "The bank should pay 3 million euros to the town",
        ),
        (
            "The inspectors recommended that the dam be closed by June.",
            "The dam should be closed by June",
        ),
        ("Kit suggested Roe leave the party.", "Roe should leave the party"),
        ("The report suggests the mayor sold the hall.", "The mayor sold the hall"),
        ("Lee insisted that the bank pays its taxes.", "The bank pays its taxes"),
        ("The poll suggests that the mayors sell a hall a year.", "The mayors sell a hall a year"),
    ],
)
def test_wishes_are_put_in_should(find, text, words):
    """“That it not pay” is that it should not; what is told as a fact stays one."""
    [claim] = find(text)

    assert claim.words.replace("[", "").replace("]", "") == words
    assert claim.attribution
