"""ClaimReview as sites and feeds publish it: in a page, in a JSON-LD file, in a data feed.

What is found is data from outside: an entry without a claim or an address is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

import msgspec

from workflows.errors import BadInput
from workflows.fact_checks import FactCheck
from workflows.urls import normalize_public

LONGEST = 1000
"""Characters of a claim; more is an article."""
_NAME = 200
_DEEPEST = 12
"""How far objects stand in each other where reviews are still looked for."""
_LD_JSON = "application/ld+json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class FoundReviews:
    """The reviews of a page or a file, and how many were left out for what they lack."""

    checks: tuple[FactCheck, ...]
    left_out: int


def read_claim_reviews(content: bytes, place: str) -> FoundReviews:
    """Return the ClaimReviews in a page, a JSON-LD file or a data feed.

    `place` is where it came from, for the refusal. Raises BadInput where there are none.
    """
    text = content.decode("utf-8-sig", errors="replace")
    is_json = text.lstrip()[:1] in ("{", "[")
    values = [_parse(text)] if is_json else [*map(_parse, _find_scripts(text))]
    reviews = [each for value in values for each in _iter_reviews(value, 0)]
    if not reviews:
        raise BadInput("There is no ClaimReview in {place}.", code="no-reviews", place=place)
    read = [_read_review(each) for each in reviews]
    checks = {(each.url, each.claim): each for each in read if each}
    return FoundReviews(tuple(checks.values()), sum(each is None for each in read))


def _parse(text: str) -> Any:  # noqa: ANN401  # JSON from outside
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().casefold()
        self._inside = tag == "script" and kind == _LD_JSON
        if self._inside:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._inside = False


def _find_scripts(page: str) -> list[str]:
    scripts = _Scripts()
    scripts.feed(page)
    return scripts.found


def _iter_reviews(value: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # JSON
    """Yield the ClaimReviews in a value: alone, in lists, in a graph or in a feed's items."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _iter_reviews(each, depth + 1)
    elif isinstance(value, dict):
        if "ClaimReview" in _list(value.get("@type")):
            yield value
            return
        for name in ("@graph", "dataFeedElement", "item", "mainEntity", "review"):
            yield from _iter_reviews(value.get(name), depth + 1)


def _read_review(review: dict[str, Any]) -> FactCheck | None:
    """Return a review's values; None for one without a claim or an address."""
    claim = _text(review.get("claimReviewed"), LONGEST + 1)
    try:
        url = normalize_public(_text(review.get("url"), 2048))
    except BadInput:
        return None
    if not claim or len(claim) > LONGEST:
        return None
    item, rating = _first(review.get("itemReviewed")), _first(review.get("reviewRating"))
    return FactCheck(
        url=url,
        claim=claim,
        publisher=_name(review.get("author")) or _name(review.get("publisher")),
        rating=_text(rating.get("alternateName"), _NAME) or _text(rating.get("ratingValue"), _NAME),
        claimant=_name(item.get("author")),
        reviewed_on=_day(review.get("datePublished")),
        claimed_on=_day(item.get("datePublished")),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _first(value: object) -> dict[str, Any]:
    return next((each for each in _list(value) if isinstance(each, dict)), {})


def _text(value: object, most: int) -> str:
    """Return a text or a number on one line, empty for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}"
    return " ".join(value.split())[:most] if isinstance(value, str) else ""


def _name(value: object) -> str | None:
    """Return the name of a person or an organisation, written out or as a bare text."""
    for each in _list(value):
        name = _text(each.get("name") if isinstance(each, dict) else each, _NAME)
        if name:
            return name
    return None


def _day(value: object) -> date | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
