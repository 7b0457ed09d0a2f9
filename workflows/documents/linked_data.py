"""What a web page says of itself to programs (JSON-LD): its objects, and its own fact-checks."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workflows.documents.boilerplate import Element
from workflows.documents.document import PageReview

MAX_REVIEWS = 20
"""Fact-checks that are read of one page."""
_MAX_CLAIM, _MAX_NAME = 400, 100
"""Characters that are kept of a claim, and of a rating or a name."""
_BEST, _WORST = 5, 1
"""The scale of ratings where a page names none."""


def iter_linked_data(page: Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, those in lists and graphs too."""
    for script in page.iterfind('.//script[@type="application/ld+json"]'):
        try:
            stack = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while stack:
            node = stack.pop()
            if isinstance(node, list):
                stack.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                stack.append(node.get("@graph") or [])


def is_of_type(node: Mapping[str, Any], name: str) -> bool:
    """Return True for an object of this type, or of several of which this is one."""
    kind = node.get("@type")
    return kind == name or (isinstance(kind, list) and name in kind)


def find_reviews(data: Iterable[Mapping[str, Any]]) -> Iterator[PageReview]:
    """Yield the claims that the page says it has checked, with their ratings."""
    found = 0
    for node in data:
        if not is_of_type(node, "ClaimReview") or found >= MAX_REVIEWS:
            continue
        claim = get_text(node.get("claimReviewed"), _MAX_CLAIM)
        rating = _name_rating(_first(node.get("reviewRating")))
        if claim and rating:
            found += 1
            by = _first(node.get("author")) or _first(node.get("publisher"))
            yield PageReview(claim, rating, _name(by))


def _name_rating(rating: object) -> str:
    """Return a rating in the words of the page, else as "2 of 5"."""
    if not isinstance(rating, dict):
        return get_text(rating, _MAX_NAME)
    if words := get_text(rating.get("alternateName") or rating.get("name"), _MAX_NAME):
        return words
    try:
        value, best = float(rating["ratingValue"]), float(rating.get("bestRating", _BEST))
        worst = float(rating.get("worstRating", _WORST))
    except (KeyError, TypeError, ValueError):
        return ""
    return f"{value:g} of {best:g}" if worst <= value <= best else ""


def _name(who: object) -> str:
    return get_text(who.get("name") if isinstance(who, dict) else who, _MAX_NAME)


def _first(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value[0] if value else None
    return value


def get_text(value: object, most: int) -> str:
    """Return a text in one line, at most so long; "" for anything else."""
    return " ".join(value.split())[:most].rstrip() if isinstance(value, str) else ""
