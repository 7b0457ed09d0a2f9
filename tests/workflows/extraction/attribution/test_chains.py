"""Chains of sources: whoever reports stands outside of whoever is cited."""

import pytest


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "The Olden Post said 40 clerks had left, according to a memo.",
            ["The Olden Post", "a memo"],
        ),
        (
            "The Olden Post reports that wages fell, according to the Lund Institute.",
            ["The Olden Post", "the Lund Institute"],
        ),
        (
            "According to a report by the Olden Post, citing an aide, nine men had died.",
            ["a report by the Olden Post", "an aide"],
        ),
        (
            "Ann Roe said nine men had died, according to the Olden Post.",
            ["the Olden Post", "Ann Roe"],
        ),
        ("The witness said Pell fired first, according to police.", ["police", "The witness"]),
        ("Ann Roe said the fund had closed, citing a memo.", ["Ann Roe", "a memo"]),
        ("Citing two aides, the Post reported that Roe would go.", ["the Post", "two aides"]),
    ],
)
def test_who_reports(find, text, sources):
    """An outlet reports what others tell, and “according to” says who reports a person's words."""
    [claim] = find(text)

    assert [link.source for link in claim.attribution] == sources
