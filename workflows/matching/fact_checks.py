"""Which known fact-checks are about a claim: near enough to be offered to a person. Pure.

A person looks at what is offered and says what it shows, so that one too many costs a glance; a
wrong figure or a turned polarity is just what a fact-check is about, and no reason against it.
"""

from collections.abc import Iterable

from workflows.claims import Evidence
from workflows.fact_checks import FactCheck
from workflows.matching.ranking import rank_alike
from workflows.urls import identify_page

MOST = 3
"""Fact-checks that are offered of a claim unasked."""


def choose_fact_checks(
    words: str,
    near: Iterable[FactCheck],
    evidence: Iterable[Evidence] = (),
    *,
    most: int = MOST,
    loosely: bool = False,
) -> tuple[FactCheck, ...]:
    """Return which of the near fact-checks are about a claim with these words, likest first.

    None that is among the claim's `evidence` already; with `loosely` whatever shares a word.
    """
    there = {identify_page(link.url) for link in evidence}
    known = [each for each in near if identify_page(each.url) not in there]
    texts = [each.claim for each in known]
    return tuple(known[place] for place in rank_alike(words, texts, most, loosely=loosely))
