"""The seed documents hold the claims that a careful reader would pick."""

import json
import re
from datetime import date

import pytest

from workflows.extraction import pipeline

SHARED = 0.5
"""Of both spans, at least, for a claim to count as found."""
FOUND, HEDGED = 0.8, 0.75
"""Shares of the expected claims that must be found, and that must have the right hedge."""


@pytest.fixture(scope="module", params=["2024-10-18-troops"])
def seed(request, seeds, nlp):
    """A document's text, what was found in it, and what is expected."""
    text = (seeds / "documents" / f"{request.param}.txt").read_text(encoding="utf-8")
    lines = (seeds / "expected" / f"{request.param}.jsonl").read_text(encoding="utf-8")
    claims = pipeline.claims(nlp, text, date(2024, 10, 18))
    return text, claims, [json.loads(line) for line in lines.splitlines()]


def words_of(text):
    return set(re.findall(r"\w+", text.lower()))


def match(expected, text, claims):
    """The found claim that shares most with the expected one, if it shares enough of both."""
    start = text.index(expected["content"])
    end = start + len(expected["content"])
    best, most = None, 0
    for claim in claims:
        shared = min(end, claim.end) - max(start, claim.start)
        if shared >= SHARED * (end - start) and shared >= SHARED * (claim.end - claim.start):
            alike = len(words_of(claim.words) & words_of(expected["claim"]))
            if alike > most:
                best, most = claim, alike
    return best


def test_most_expected_claims_are_found_with_their_hedge(seed):
    text, claims, expected = seed

    matches = [(want, match(want, text, claims)) for want in expected]
    found = [(want, claim) for want, claim in matches if claim]
    hedged = [want for want, claim in found if claim.hedge.value == want["hedge"]]

    assert len(found) >= FOUND * len(expected), [w["claim"] for w, c in matches if not c]
    assert len(hedged) >= HEDGED * len(found)


def test_the_figures_of_the_seed_are_numbers(seed):
    _, claims, expected = seed

    values = {figure.value for claim in claims for figure in claim.figures}

    assert {value for want in expected for value in want["figures"]} <= values
