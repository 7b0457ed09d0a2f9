"""What Google's Fact Check Tools are asked, and what is taken of whatever they answer."""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.fact_check_search import LONGEST_QUERY, MOST_FOUND, make_query_address, read_found

REVIEW = {
    "publisher": {"name": "Full Check", "site": "check.example.org"},
    "url": "https://check.example.org/bridge",
    "title": "No, the bridge is open",
    "reviewDate": "2026-02-20T00:00:00Z",
    "textualRating": "Mostly false",
    "languageCode": "en",
}
CLAIM = {
    "text": "The bridge is closed",
    "claimant": "A post",
    "claimDate": "2026-02-18T10:00:00Z",
    "claimReview": [REVIEW],
}


def answer(*claims):
    return json.dumps({"claims": claims, "nextPageToken": "x"}).encode()


def test_what_is_sent():
    """Only the claim's words are sent, without our brackets, and no more than so many."""
    address = make_query_address("https://google.example", "[Nordbank] closed 40 & more? " * 40)
    asked = parse_qs(urlsplit(address).query)

    assert set(asked) == {"query", "pageSize"}
    assert asked["query"][0].startswith("Nordbank closed 40 & more? Nordbank")
    assert len(asked["query"][0]) <= LONGEST_QUERY


def test_what_is_taken():
    """Publisher, date, claim, rating in its own words, and address."""
    (found,) = read_found(answer(CLAIM))

    assert (found.publisher, found.rating) == ("Full Check", "Mostly false")
    assert (found.url, found.claim) == ("https://check.example.org/bridge", "The bridge is closed")
    assert (found.reviewed_on, found.claimed_on) == (date(2026, 2, 20), date(2026, 2, 18))


def test_some_of_many():
    """Each address is taken once, and no more than so many."""
    claims = [
        CLAIM | {"claimReview": [REVIEW | {"url": f"https://e.org/{n % 7}"}]} for n in range(20)
    ]

    urls = [found.url for found in read_found(answer(*claims))]
    assert len(urls) == len(set(urls)) == MOST_FOUND


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"x"', b"\xff", b"[" * 100_000])
def test_no_answer(body):
    """What is no answer at all is told from one that found nothing."""
    assert read_found(body) is None
    assert read_found(b"{}") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": 5},
        {"claimReview": None},
        {"claimReview": [REVIEW | {"url": "javascript:alert(1)"}]},
        {"claimReview": [REVIEW | {"url": "http://127.0.0.1/x"}]},
        {"claimReview": ["x", 5, None]},
    ],
)
def test_garbage_is_left_out(wrong):
    """What lacks a claim or an address that leads to the public web is left out; the rest stays."""
    assert read_found(answer(CLAIM | wrong)) == ()
    assert len(read_found(answer(CLAIM | wrong, CLAIM))) == 1


def test_parts_may_lack():
    """A publisher, a date or a rating that is missing or wrong is unknown."""
    review = REVIEW | {"publisher": "x", "reviewDate": "soon", "textualRating": ["x"]}
    (found,) = read_found(answer(CLAIM | {"claimReview": [review]}))

    assert (found.publisher, found.reviewed_on, found.rating) == (None, None, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*CLAIM, *REVIEW, "claims", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_answer(told):
    """Whatever is answered, nothing but whole fact-checks is taken."""
    for found in read_found(json.dumps(told).encode()) or ():
        assert found.claim
        assert found.url.startswith("http")
