"""What says most about a claim comes first, and what only shares a word is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.matching.ranking import Query, list_terms, list_words, rank_alike, score_texts

KNOWN = [
    "Nordbank closed 40 branches in 2024",
    "Nordbank closed 12 branches in 2022",
    "The mayor of Olden was fined 2,000 euros for speeding",
    "The ferry Aurora sank with 60 people on board",
]


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        ("Forty offices of Nordbank were shut, its branches closed", 0),
        ("In 2022 Nordbank closed a dozen branches", 1),
        ("Olden's mayor had to pay €2,000 for speeding", 2),
        ("Sixty people were aboard the Aurora when the ferry went down", 3),
    ],
)
def test_other_words(claim, place):
    """The same in other words comes first: names, figures and spelled numbers tell."""
    assert rank_alike(claim, KNOWN, 3)[0] == place


def test_asked_for_more():
    """Who asks is shown what shares a word; unasked, only what is about the same."""
    assert rank_alike("A branch of the river Aurora froze", KNOWN, 5) == []
    assert 3 in rank_alike("A branch of the river Aurora froze", KNOWN, 5, loosely=True)
    assert rank_alike("It rained", KNOWN, 5, loosely=True) == []


def test_words_for_an_index():
    """An index is asked for what carries something: no possessive, numbers as digits, each once."""
    assert list_words("Olden's mayor said that the mayor paid forty euros") == [
        *("Olden", "mayor", "paid", "40", "euros"),
    ]


@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=5))
def test_any_words(claim, texts):
    """Whatever is compared: each place once, no score below 0."""
    ranked = rank_alike(claim, texts, 5, loosely=True)

    assert len(set(ranked)) == len(ranked) <= len(texts)
    assert all(score >= 0 for score in score_texts(Query.of(claim), list(map(list_terms, texts))))
