"""What of a page is offered as what it says about a claim."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import Place, PlaceKind
from workflows.matching.passages import LONGEST, find_best_passage, iter_sentences

PAGE = """The council met on Tuesday. Three members were absent.

Dr. Amal Reyes said the harbour bank had closed 40 branches since March. Customers queued, the
U.S. Treasury said in a note. “We were not told,” one of them said.

The bank employs 3,000 people in the north.

Rain is expected at the weekend, forecasters said."""


@pytest.mark.parametrize(
    ("claim", "begins", "place"),
    [
        ("The harbour bank shut 40 of its branches", "Dr. Amal Reyes said", "2"),
        ("The bank has 3000 employees in the north", "The bank employs", "3"),
        ("Three members of the council were absent", "Three members", "1"),
    ],
)
def test_best_sentence(claim, begins, place):
    """The sentence that shares most of what tells, verbatim, with its paragraph."""
    found = find_best_passage(claim, PAGE)

    assert found is not None
    assert found.text.startswith(begins)
    assert PAGE[found.start :].startswith(found.text)
    assert found.place == Place(found.place.start, place, PlaceKind.PARAGRAPH)


@pytest.mark.parametrize("claim", ["A volcano erupted in Iceland", "It rained", "", "The bank"])
def test_nothing_about_it(claim):
    """Where a page hardly shares a word with a claim, nothing is offered."""
    assert find_best_passage(claim, PAGE) is None


def test_own_places():
    """A page of a PDF stands before the number of a paragraph."""
    places = (Place(0, "1", PlaceKind.PAGE), Place(PAGE.index("The bank employs"), "2"))

    found = find_best_passage("The bank has 3000 employees", PAGE, places)

    assert found is not None
    assert found.place == places[1]


@given(st.text(max_size=400), st.text(alphabet="ab .!?\n“”A1", max_size=400))
def test_verbatim(claim, page):
    """Whatever the page: what is offered stands there, and is short enough for a note."""
    found = find_best_passage(claim, page)

    assert found is None or page[found.start :].startswith(found.text)
    assert found is None or 0 < len(found.text) <= LONGEST
    spans = list(iter_sentences(page))
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_title_is_no_passage():
    """What only repeats the page's title is no passage; the sentence behind it is."""
    text = (
        "Cracks found in Verin dam\n\nTwo cracks were found in the wall of the Verin dam by divers."
    )
    found = find_best_passage("Engineers found cracks in the Verin dam", text, (), text[:25])

    assert found.text.startswith("Two cracks were found")
