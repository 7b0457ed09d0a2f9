"""ClaimReview from pages, files and feeds: what is found, and what is left out."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.model import Site
from bot.i18n.translator import translator_for
from bot.rendering.site.build import build_site
from tests.bot.rendering.test_site import build_published
from tests.builders import build_team
from tests.expect import refuses
from workflows.desk.publication import Publication
from workflows.documents.claim_reviews import read_claim_reviews
from workflows.errors import BadInput

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example.org/1",
    "claimReviewed": "The bridge  was closed",
    "author": {"@type": "Organization", "name": "The Checkers"},
    "datePublished": "2026-03-02T10:00:00Z",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "Mostly false"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"name": "the mayor"},
        "datePublished": "2026-03-01",
    },
}


def read(value, place="file.json"):
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_claim_reviews(content, place)


def test_values():
    """A review's values are read, as far as it has them."""
    (check,) = read(REVIEW).checks

    assert check.claim == "The bridge was closed"
    assert (check.publisher, check.rating) == ("The Checkers", "Mostly false")
    assert (check.claimant, check.claimed_on) == ("the mayor", date(2026, 3, 1))
    assert check.reviewed_on == date(2026, 3, 2)
    bare = {name: REVIEW[name] for name in ("@type", "url", "claimReviewed")}
    assert read(bare).checks[0].rating == ""


@pytest.mark.parametrize(
    "wrapped",
    [
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "DataFeed", "dataFeedElement": [{"item": REVIEW}, {"item": None}]},
        {"@type": "NewsArticle", "review": [REVIEW]},
        {**REVIEW, "@type": ["Review", "ClaimReview"]},
        {**REVIEW, "reviewRating": [REVIEW["reviewRating"]], "itemReviewed": [{}]},
    ],
)
def test_places(wrapped):
    """Reviews are found alone, in lists, graphs, articles and data feeds, in files and in pages."""
    page = f"<html><script type='application/ld+json; charset=utf-8'>{json.dumps(wrapped)}</script>"

    assert read(wrapped).checks[0].publisher == "The Checkers"
    assert read(page.encode()).checks[0].publisher == "The Checkers"


@pytest.mark.parametrize(
    "broken",
    [
        {"claimReviewed": ""},
        {"claimReviewed": None},
        {"claimReviewed": "x" * 1001},
        {"url": "javascript:alert(1)"},
        {"url": "http://127.0.0.1/"},
        {"url": None},
    ],
)
def test_left_out(broken):
    """A review without a claim or a public address is left out, and counted; others are taken."""
    found = read([REVIEW, {**REVIEW, **broken}])

    assert (len(found.checks), found.left_out) == (1, 1)


def test_twice_is_once():
    """The same review twice is one."""
    assert len(read([REVIEW, REVIEW]).checks) == 1


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[", b"[" * 9999, b"<html>", b"<script type='application/ld+json'>{"]
)
def test_no_reviews(content):
    """Where there are none it is said."""
    with refuses(BadInput, "no-reviews"):
        read(content)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(REVIEW, JSON)))
def test_anything_from_outside(values):
    """Whatever stands in a review, it is read, left out or refused, and never fails otherwise."""
    found = read([{**REVIEW, **values}, {**REVIEW, "url": "https://checks.example.org/2"}])

    assert found.checks[-1].publisher == "The Checkers"


def test_our_own_pages():
    """What we publish can be read back: a page, and the data feed."""
    told = Publication(build_team(), (build_published(),))
    site = Site("The desk", "https://example.org/")
    files = dict(build_site(told, site, translator_for("en")))

    for path in ("claims/15.html", "claimreview.json"):
        (check,) = read_claim_reviews(files[path], path).checks
        assert (check.claim, check.rating) == ("The bridge is closed", "Refuted")
        assert (check.publisher, check.claimant) == ("The desk", "the mayor")
