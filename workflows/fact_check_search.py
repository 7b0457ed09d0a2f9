"""Google's Fact Check Tools: what is asked, and what of an answer is taken. Pure functions.

An answer comes from outside: whatever is wrong in it is left out, and the rest is taken.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from workflows.errors import BadInput
from workflows.fact_checks import FactCheck
from workflows.urls import normalize_public

GOOGLE = "https://factchecktools.googleapis.com"
MOST_FOUND = 5
"""Fact-checks of one answer that are taken."""
LONGEST_QUERY = 300
"""Characters of a claim that are sent."""
_CLAIM, _NAME = 400, 100
"""Characters that are kept of a claim, and of a name or a rating."""
_BRACKETS = re.compile(r"[\[\]]")


def make_query_address(base: str, words: str) -> str:
    """Return the address that asks for fact-checks of a claim, by its words alone."""
    query = " ".join(_BRACKETS.sub("", words).split())[:LONGEST_QUERY]
    return f"{base}/v1alpha1/claims:search?{urlencode({'query': query, 'pageSize': 10})}"


def read_found(body: bytes) -> tuple[FactCheck, ...] | None:
    """Return the fact-checks in an answer, in its order; None where it is no answer at all."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    found: dict[str, FactCheck] = {}
    for check in _iter_checks(told.get("claims")):
        found.setdefault(check.url, check)
    return tuple(found.values())[:MOST_FOUND]


def _iter_checks(claims: object) -> Iterator[FactCheck]:
    for claim in _list_objects(claims):
        words = _read_text(claim.get("text"), _CLAIM)
        for review in _list_objects(claim.get("claimReview")):
            url = _read_address(review.get("url"))
            if not (words and url):
                continue
            publisher = review.get("publisher")
            publisher = publisher if isinstance(publisher, dict) else {}
            yield FactCheck(
                url=url,
                claim=words,
                publisher=_read_text(publisher.get("name") or publisher.get("site"), _NAME),
                rating=_read_text(review.get("textualRating"), _NAME),
                claimant=_read_text(claim.get("claimant"), _NAME),
                reviewed_on=_read_day(review.get("reviewDate")),
                claimed_on=_read_day(claim.get("claimDate")),
            )


def _list_objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _read_text(value: object, most: int) -> str | None:
    return (" ".join(value.split())[:most] or None) if isinstance(value, str) else None


def _read_address(value: object) -> str | None:
    try:
        return normalize_public(value) if isinstance(value, str) else None
    except BadInput:
        return None


def _read_day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
