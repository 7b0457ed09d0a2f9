"""Settled claims as schema.org's ClaimReview, for pages and fact-check databases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.claims import Document, Evidence, Passage, Status
from workflows.export.model import ExportedClaim
from workflows.voting import SettledBy

RATINGS: Mapping[Status, tuple[int, str]] = {
    Status.REFUTED: (1, "Refuted"),
    Status.SUPPORTED: (5, "Supported"),
}
"""The rating scale: from 1, refuted, to 5, supported; nothing between them is given."""
WORST, BEST = 1, 5
EXPLANATIONS: Mapping[SettledBy | None, str] = {
    SettledBy.TEAM_EARLY: "A moderator ended the waiting period early. The team's votes had already"
    " reached this verdict.",
    SettledBy.MODERATOR: "A moderator of the team set this verdict by hand; it isn't the result of"
    " a vote.",
}
"""What is said of a verdict that the end of its hold did not settle."""


def make_claim_review(exported: ExportedClaim, address: str, reviewer: str) -> dict[str, Any]:
    """Return one schema.org ClaimReview of a settled claim, whole in itself.

    `address` is where the verdict can be read, `reviewer` who answers for it.

    What Google's guide to it requires (claimReviewed, reviewRating with alternateName, url) and
    what it recommends, as far as the team knows it.
    """
    claim = exported.claim
    explained = EXPLANATIONS.get(exported.settled_by)
    value, said = RATINGS[claim.state.status]
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": claim.words,
        "datePublished": (claim.state.settled_at or claim.state.since).date(),
        "author": {"@type": "Organization", "name": reviewer},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "worstRating": WORST,
            "bestRating": BEST,
            "alternateName": said,
            **({"ratingExplanation": explained} if explained else {}),
        },
        "itemReviewed": _build_item(exported),
        **_make_citations(exported),
    }


def _build_item(exported: ExportedClaim) -> dict[str, Any]:
    """Return the claim itself: who made it, when, and where it appeared."""
    item: dict[str, Any] = {"@type": "Claim"}
    if not exported.passages:
        return item
    first = exported.passages[0]
    if author := _find_author(first):
        item["author"] = {"@type": "Organization", "name": author}
    if made := _find_date(first):
        item["datePublished"] = made
    item["appearance"] = [_build_work(passage.document) for passage in exported.passages]
    return item


def _find_author(passage: Passage) -> str | None:
    """Return the innermost source that has a name.

    The publisher where the document speaks itself.
    """
    if not passage.attribution:
        return passage.document.publisher
    named = [link.said for link in passage.attribution if not link.said.anonymous]
    return next((said for link in reversed(named) if (said := link.resolved or link.source)), None)


def _find_date(passage: Passage) -> date | None:
    dated = [link.said.date for link in passage.attribution if link.said.date]
    return dated[-1] if dated else passage.document.published


def _build_work(document: Document) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "CreativeWork", "headline": document.title}
    if document.url:
        work["url"] = document.url
    if document.publisher:
        work["publisher"] = {"@type": "Organization", "name": document.publisher}
    if document.published:
        work["datePublished"] = document.published
    return work


def _make_citations(exported: ExportedClaim) -> dict[str, Any]:
    """Return the links the team went by; none where it has none."""
    links = [
        {"@type": "CreativeWork", "url": link.url, **_make_archived(link)}
        for link in exported.evidence
    ]
    return {"citation": links} if links else {}


def _make_archived(link: Evidence) -> dict[str, str]:
    archived = link.snapshot.archived if link.snapshot else None
    return {"archivedAt": archived} if archived else {}
