"""The seed documents hold the claims that a careful reader would pick."""

import json
import re
from datetime import date
from functools import cache
from itertools import product

import pytest

from workflows.extraction import pipeline
from workflows.matching.compare import Relation, compare, make_signature

SHARED = 0.5
"""Of both spans, at least, for a claim to count as found."""
FOUND, HEDGED = 0.8, 0.75
"""Shares of the expected claims that must be found, and that must have the right hedge."""


NAMES = ["2024-10-18-troops", "2024-10-24-evidence", "2024-10-28-kursk"]


@pytest.fixture(scope="module")
def read(seeds, nlp):
    """A document's text, what was found in it, and what is expected, by its name."""

    @cache
    def of(name):
        text = (seeds / "documents" / f"{name}.txt").read_text(encoding="utf-8")
        told = json.loads((seeds / "documents" / f"{name}.json").read_text(encoding="utf-8"))
        lines = (seeds / "expected" / f"{name}.jsonl").read_text(encoding="utf-8")
        claims = pipeline.extract_claims(nlp, text, date.fromisoformat(told["published"]))
        return text, claims, [json.loads(line) for line in lines.splitlines()]

    return of


@pytest.fixture(params=NAMES)
def seed(request, read):
    return read(request.param)


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


def test_expected_claims_found(seed):
    """Most expected claims are found, with their hedge."""
    text, claims, expected = seed

    matches = [(want, match(want, text, claims)) for want in expected]
    found = [(want, claim) for want, claim in matches if claim]
    hedged = [want for want, claim in found if claim.hedge.value == want["hedge"]]

    assert len(found) >= FOUND * len(expected), [w["claim"] for w, c in matches if not c]
    assert len(hedged) >= HEDGED * len(found)


def test_figures_are_numbers(seed):
    """The figures of the seeds are numbers."""
    _, claims, expected = seed

    values = {figure.value for claim in claims for figure in claim.figures}

    assert {value for want in expected for value in want["figures"]} <= values


def test_seeds_agree_and_disagree(read):
    """The seeds confirm and contradict one another.

    So the demo shows a claim with two passages, and claims that disagree in a figure.
    """
    told = [
        [
            (c.words, make_signature(c.words, c.polarity, c.figures, c.dates, c.as_of))
            for c in read(name)[1]
        ]
        for name in NAMES
    ]

    met = {
        (compare(one, other), words)
        for earlier, later in ((0, 1), (0, 2), (1, 2))
        for (words, one), (_, other) in product(told[earlier], told[later])
    }

    assert (Relation.SAME, "North Korean troops had been sent to Russia") in met
    assert (Relation.SAME, "3,000 North Korean soldiers were on Russian soil") in met
    assert (Relation.FIGURE, "10,000 North Korean soldiers were on Russian soil") in met
    assert sum(likeness is not Relation.DIFFERENT for likeness, _ in met) <= 6
