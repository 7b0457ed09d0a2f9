"""Two versions of one document: what is the same, has another figure, is new or gone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import build_claim, build_found_claim
from workflows.claims import Figure, Polarity
from workflows.matching.versions import compare_versions, make_earlier

TODAY = date(2026, 3, 2)


def figure(number, words):
    text = f"{number:,}"
    at = words.index(text)
    return Figure(text, float(number), None, "people", None, at, at + len(text))


def found(words, *numbers, quote=None, **other):
    figures = tuple(figure(number, words) for number in numbers)
    return build_found_claim(words, quote=quote or words, figures=figures, **other)


def earlier(row, words, *numbers, quote=None, wordings=(), gone=False, **other):
    figures = tuple(figure(number, words) for number in numbers)
    claim = replace(build_claim(words), id=row, figures=figures, **other)
    return make_earlier(claim, [words, *wordings], [quote or words], is_gone=gone)


def test_figure_changed():
    """The number of the earlier version is another now; the rest stands."""
    before = [earlier(1, "A shell killed 30 people in Olden", 30), earlier(2, "It rained in Olden")]
    now = [found("A shell killed 40 people in Olden", 40), found("It rained in Olden")]

    changes = compare_versions(before, now, TODAY)

    assert (changes.same, changes.revised, changes.gone) == ({1: 2}, {0: 1}, frozenset())


def test_new_and_gone():
    """What only one of the versions says is new or gone."""
    before = [earlier(1, "The bridge is closed"), earlier(2, "Nobody was hurt")]
    now = [found("The bridge is closed"), found("The mayor of Olden resigned")]

    changes = compare_versions(before, now, TODAY)

    assert (changes.same, changes.revised, changes.gone) == ({0: 1}, {}, frozenset({2}))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("Minsk sent 30 people", 30), ("Pinsk sent 40 people", 40)),
        (("The fire killed 30 people", 30), ("The fire did not kill 40 people", 40)),
        (("The fire killed 30 people", 30), ("The strike lasted for 40 people", 40)),
        (("The fire killed 30 people", 30), ("The fire killed many people",)),
    ],
    ids=["another name", "negated", "another matter", "no figure"],
)
def test_not_a_revision(before, now):
    """A figure beside other words is another claim's."""
    changes = compare_versions([earlier(1, *before)], [found(*now)], TODAY)

    assert (changes.same, changes.revised, changes.gone) == ({}, {}, frozenset({1}))


def test_polarity_turned():
    """The opposite of a claim is not the claim."""
    now = found("The bridge is closed", polarity=Polarity.NEGATED)

    assert not compare_versions([earlier(1, "The bridge is closed")], [now], TODAY).is_related


def test_same_words_twice():
    """The same words in two places are two claims, each known by its quote."""
    before = [
        earlier(1, "He resigned", quote="Dahl: he resigned."),
        earlier(2, "He resigned", quote="Lee: he resigned."),
    ]
    now = [
        found("He resigned", quote="Lee: he resigned."),
        found("He resigned", quote="Dahl: he resigned."),
    ]

    assert compare_versions(before, now, TODAY).same == {0: 2, 1: 1}


def test_edited_words():
    """A claim that a moderator reworded is known by the words it was found in."""
    before = earlier(1, "Nordbank closed a branch", wordings=["The bank closed a branch"])

    assert compare_versions([before], [found("The bank closed a branch")], TODAY).same == {0: 1}


def test_back_again():
    """What was gone and comes back is the same claim; it is not gone once more."""
    before = [earlier(1, "The bridge is closed", gone=True)]

    assert compare_versions(before, [found("The bridge is closed")], TODAY).same == {0: 1}
    assert compare_versions(before, [], TODAY).gone == frozenset()


NUMBERS = st.lists(st.integers(2, 900), max_size=8)


@given(NUMBERS, NUMBERS)
def test_each_claim_once(before, now):
    """Every earlier claim is the same, revised or gone, and never two of these."""
    words = "A shell killed {:,} people in Olden"
    had = [earlier(row, words.format(n), n) for row, n in enumerate(before)]
    has = [found(words.format(n), n) for n in now]

    changes = compare_versions(had, has, TODAY)

    rows = [*changes.same.values(), *changes.revised.values(), *changes.gone]
    assert sorted(rows) == list(range(len(before)))
    assert not changes.same.keys() & changes.revised.keys()
    assert all(
        words.format(before[row]) == words.format(now[at]) for at, row in changes.same.items()
    )


@given(NUMBERS)
def test_a_version_of_itself(numbers):
    """Nothing changes between a text and itself."""
    words = "A shell killed {:,} people in Olden"
    had = [earlier(row, words.format(n), n) for row, n in enumerate(numbers)]

    changes = compare_versions(had, [found(words.format(n), n) for n in numbers], TODAY)

    assert len(changes.same) == len(numbers)
    assert not changes.revised and not changes.gone  # noqa: PT018
