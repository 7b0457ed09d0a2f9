"""Which known fact-checks are about a claim: near enough to be offered to a person. Pure.

A person looks at what is offered and says what it shows, so that one too many costs a glance; a
wrong figure or a turned polarity is just what a fact-check is about, and no reason against it.
"""

from collections.abc import Iterable

from rapidfuzz import fuzz

from workflows.claims import Evidence
from workflows.fact_checks import FactCheck
from workflows.matching.compare import make_key
from workflows.urls import identify_page

LIKE = 72.0
"""The least likeness, of 100, of the words that carry something."""
SHARED = 3
"""Words that both must have."""
MOST = 3
"""Fact-checks that are offered of a claim."""


def choose_fact_checks(
    words: str, near: Iterable[FactCheck], evidence: Iterable[Evidence] = ()
) -> tuple[FactCheck, ...]:
    """Return which of the near fact-checks are about a claim with these words, likest first.

    None that is among the claim's `evidence` already.
    """
    there = {identify_page(link.url) for link in evidence}
    known = [each for each in near if identify_page(each.url) not in there]
    key = _make_key(words)
    scored = [(_score(key, _make_key(each.claim)), -place) for place, each in enumerate(known)]
    found = sorted((each for each in scored if each[0] >= LIKE), reverse=True)
    return tuple(known[-place] for _, place in found[:MOST])


def _make_key(words: str) -> str:
    """As claims are looked for, without the marks around words."""
    plain = "".join(mark if mark.isalnum() else " " for mark in words)
    return make_key(plain)


def _score(ours: str, theirs: str) -> float:
    shared = set(ours.split()) & set(theirs.split())
    return fuzz.token_set_ratio(ours, theirs) if len(shared) >= SHARED else 0.0
