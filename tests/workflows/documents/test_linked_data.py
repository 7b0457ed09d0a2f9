"""A page's own fact-checks, as it tells programs of them."""

import json

import pytest

from workflows.documents.document import PageReview
from workflows.documents.linked_data import MAX_REVIEWS
from workflows.documents.reading import read_document

TEXT = "<p>The council of Olden met on the matter and will meet again next month, it said.</p>" * 5
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The bridge in Olden  fell",
    "author": {"@type": "Organization", "name": "Olden Checks"},
    "reviewRating": {"@type": "Rating", "ratingValue": "1", "alternateName": "False"},
}


def read(*nodes):
    scripts = "".join(
        f"<script type='application/ld+json'>{json.dumps(node)}</script>" for node in nodes
    )
    page = (
        f"<html><head><title>T</title>{scripts}</head><body><article>{TEXT}</article></body></html>"
    )
    return read_document(page.encode(), "page.html").reviews


@pytest.mark.parametrize(
    "node",
    [
        REVIEW,
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        REVIEW | {"@type": ["Review", "ClaimReview"], "author": [REVIEW["author"]]},
        REVIEW | {"author": None, "publisher": "Olden Checks"},
        REVIEW | {"reviewRating": "False"},
    ],
    ids=["alone", "in a list", "in a graph", "several types", "publisher", "a word"],
)
def test_claim_review(node):
    """A fact-check is read wherever it stands in what the page tells."""
    assert read(node) == (PageReview("The bridge in Olden fell", "False", "Olden Checks"),)


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        ({"ratingValue": 2, "bestRating": 4}, "2 of 4"),
        ({"ratingValue": "1"}, "1 of 5"),
        ({"ratingValue": -1, "worstRating": -1, "bestRating": 0}, "-1 of 0"),
        ({"name": "Half true"}, "Half true"),
    ],
)
def test_ratings(rating, told):
    """A rating without words is told by its place on the scale."""
    [review] = read(REVIEW | {"reviewRating": rating})

    assert review.rating == told


@pytest.mark.parametrize(
    "change",
    [
        {"claimReviewed": ""},
        {"claimReviewed": {"name": "x"}},
        {"reviewRating": None},
        {"reviewRating": {"ratingValue": "high"}},
        {"reviewRating": {"ratingValue": 9}},
        {"@type": "Review"},
    ],
)
def test_no_claim_review(change):
    """What names no claim or no rating is no fact-check."""
    assert read(REVIEW | change) == ()


def test_bounds():
    """However many a page tells, and however long, little is kept."""
    found = read(*[REVIEW | {"claimReviewed": f"{n} " + "x" * 9000} for n in range(100)])

    assert len(found) == MAX_REVIEWS
    assert all(len(review.claim) <= 400 for review in found)
