"""A team's public pages for programs: ClaimReview, `claims.json`, and the feeds."""

from collections.abc import Iterator
from uuid import UUID, uuid5

import msgspec

from bot.rendering.site.context import GENERATOR, SiteContext
from bot.rendering.site.names import get_claim_path, get_web_address, name_source
from bot.rendering.site.templates import load_templates
from bot.rendering.site.words import SUMMARIES
from workflows.export.claim_review import make_claim_review
from workflows.export.json_objects import write_snapshot
from workflows.export.publication import VERDICT_OF, PublishedClaim
from workflows.voting import SettledBy

IN_FEEDS = 50
"""The newest claims, which the feeds hold."""


def build_data(context: SiteContext) -> Iterator[tuple[str, bytes]]:
    """Yield the files for programs: each one's path in the folder, and its bytes."""
    yield "claims.json", _build_claims_json(context)
    yield "claimreview.json", _build_claim_reviews(context)
    yield "feed.xml", _build_atom(context)
    yield "feed.json", _build_json_feed(context)


def make_review(context: SiteContext, published: PublishedClaim, address: str) -> dict[str, object]:
    """Return a claim's ClaimReview, with the verdict's name in the pages' language."""
    address = context.get_address(published) if context.site.base_url else address
    review = make_claim_review(published.exported, address, context.title)
    review["reviewRating"]["alternateName"] = context.name_verdict(published)
    if explained := context.explain_settled_by(published):
        review["reviewRating"]["ratingExplanation"] = explained
    if context.site.base_url:
        review["author"]["url"] = context.site.base_url
    return review


def _build_claim_reviews(context: SiteContext) -> bytes:
    """Return all reviews as schema.org's DataFeed."""
    items = []
    for each in reversed(context.claims):
        review = make_review(context, each, get_claim_path(each.claim.number))
        del review["@context"]
        items.append({"@type": "DataFeedItem", "dateModified": each.updated_at, "item": review})
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": context.title,
        "dataFeedElement": items,
    }
    return _write_json(feed)


def _build_claims_json(context: SiteContext) -> bytes:
    told = {
        "version": 1,
        "title": context.title,
        "language": context.tr.language,
        "claims": [_describe(context, each) for each in reversed(context.claims)],
    }
    return _write_json(told)


def _describe(context: SiteContext, published: PublishedClaim) -> dict[str, object]:
    """Return a claim as `claims.json` tells it."""
    claim = published.claim
    return {
        "number": claim.number,
        "url": context.get_address(published),
        "claim": claim.words,
        "verdict": VERDICT_OF[claim.state.status],
        "settled_by": published.exported.settled_by.whose
        if published.exported.settled_by
        else None,
        "settled_at": published.settled_at,
        "updated_at": published.updated_at,
        "as_of": claim.as_of,
        "passages": [
            {
                "quote": passage.quote,
                "hedge": passage.hedge,
                "sources": [
                    {
                        "name": name_source(link.said),
                        "anonymous": link.said.anonymous,
                        "check": link.check,
                    }
                    for link in passage.attribution
                ],
                "document": {
                    "title": passage.document.title,
                    "publisher": passage.document.publisher,
                    "url": get_web_address(passage.document.url) or None,
                    "published": passage.document.published,
                },
            }
            for passage in published.exported.passages
        ],
        "evidence": [
            {
                "url": link.url,
                "stance": link.stance,
                "counts": link.counts,
                "source_grade": link.grade.given[0],
                "information_grade": link.grade.given[1],
                "note": link.note,
                **write_snapshot(link),
            }
            for link in published.exported.evidence
        ],
        "history": [
            {
                "at": each.at,
                "event": each.turn,
                "verdict": each.verdict,
                "was": each.was,
                "by_moderator": each.settled_by is SettledBy.MODERATOR,
            }
            for each in published.milestones
        ],
        "reasons": published.reasons,
        "moderators_reason": published.ruling,
    }


def _iter_entries(context: SiteContext) -> Iterator[dict[str, object]]:
    """Yield the newest claims as the feeds tell them."""
    for each in context.claims[: -IN_FEEDS - 1 : -1]:
        line = context.make_line(each)
        named = {"verdict": line.label, "claim": line.words.rstrip("."), "source": line.source}
        yield {
            "id": _make_id(context, each.claim.number).urn,
            "number": line.number,
            "title": f"{line.label}: {line.words}",
            "summary": context.tr.text(SUMMARIES[bool(line.source)], **named),
            "label": line.label,
            "url": context.get_address(each),
            "published": each.settled_at.isoformat(timespec="seconds"),
            "updated": each.updated_at.isoformat(timespec="seconds"),
        }


def _make_id(context: SiteContext, number: int) -> UUID:
    return uuid5(context.feed_id, str(number))


def _build_atom(context: SiteContext) -> bytes:
    entries = list(_iter_entries(context))
    updated = max(
        (str(entry["updated"]) for entry in entries),
        default=context.team.created_at.isoformat(timespec="seconds"),
    )
    return (
        load_templates()
        .get_template("site/feed.xml")
        .render(
            id=context.feed_id.urn,
            title=context.title,
            language=context.tr.language,
            generator=GENERATOR,
            base_url=context.site.base_url,
            updated=updated,
            entries=entries,
        )
        .encode()
    )


def _build_json_feed(context: SiteContext) -> bytes:
    base = context.site.base_url
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": context.title,
        "language": context.tr.language,
    }
    if base:
        feed |= {"home_page_url": base, "feed_url": f"{base}feed.json"}
    feed["items"] = [
        {
            "id": entry["id"],
            **({"url": entry["url"]} if base else {}),
            "title": entry["title"],
            "content_text": entry["summary"],
            "date_published": entry["published"],
            "date_modified": entry["updated"],
            "tags": [entry["label"]],
        }
        for entry in _iter_entries(context)
    ]
    return _write_json(feed)


def _write_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
