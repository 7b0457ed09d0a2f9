"""Claims as plain objects, for JSON: all there is to tell of each."""

from typing import Any

from workflows.claims import (
    Attribution,
    DateMention,
    Evidence,
    Figure,
    Passage,
    Place,
    Scene,
    SnapshotState,
    SourceInChain,
    Verdict,
)
from workflows.export.model import ExportedClaim, make_address
from workflows.teams import Team


def make_object(exported: ExportedClaim, team: Team) -> dict[str, Any]:
    """Return all there is to tell of a claim, for programs."""
    claim = exported.claim
    return {
        "number": claim.number,
        "key": claim.key,
        "claim": claim.words,
        "status": claim.state.status,
        "provisional": claim.state.provisional,
        "since": claim.state.since,
        "settles_at": claim.state.settles_at if claim.state.provisional else None,
        "settled_at": claim.state.settled_at,
        "settled_by": exported.settled_by.whose if exported.settled_by else None,
        "polarity": claim.polarity,
        "figures": [make_figure(figure) for figure in claim.figures],
        "dates": [make_date(mention) for mention in claim.dates],
        "as_of": claim.as_of,
        "scene": _build_scene(claim.scene),
        "check_worthiness": claim.check_worthiness,
        "nested": claim.nested,
        "passages": [_build_passage(passage) for passage in exported.passages],
        "votes": _build_votes(exported),
        "evidence": [_build_evidence(link) for link in exported.evidence],
        "added_at": claim.added_at,
        "added_by": claim.added_by,
        "assigned_to": claim.assigned_to,
        "merged_into": exported.merged_into,
        "card": make_address(exported, team) if exported.card else None,
    }


def _build_votes(exported: ExportedClaim) -> dict[str, Any]:
    tally = exported.claim.tally
    if not exported.claim.state.tally_shown:
        return {"count": tally.votes, "hidden": True}
    weights = {verdict.value: tally.weight(verdict) for verdict in Verdict}
    cast = [
        {
            "by": vote.voter,
            "verdict": vote.verdict,
            "weight": vote.weight,
            "stale": vote.stale,
            "at": vote.at,
            "reason": vote.reason,
        }
        for vote in exported.votes
    ]
    return {"count": tally.votes, "hidden": False, **weights, "cast": cast}


def _build_evidence(link: Evidence) -> dict[str, Any]:
    return {
        "key": link.key,
        "url": link.url,
        "stance": link.stance,
        "counts": link.counts,
        "note": link.note,
        "source_grade": link.grade.given[0],
        "information_grade": link.grade.given[1],
        "by": link.by,
        "at": link.at,
        "on_source": link.target,
        **write_snapshot(link),
        **_write_picture(link),
        **({"scene": _build_scene(link.scene)} if link.scene else {}),
    }


def _build_scene(scene: Scene | None) -> dict[str, Any] | None:
    if scene is None:
        return None
    return {
        "place": scene.place,
        "latitude": scene.latitude,
        "longitude": scene.longitude,
        "at": scene.at or scene.day,
    }


def _write_picture(link: Evidence) -> dict[str, Any]:
    """Return what is known of a link's picture: nothing where it has none."""
    picture = link.picture
    if picture is None:
        return {}
    return {
        "picture": {
            "sha256": picture.read.sha256,
            "phash": picture.read.phash,
            "width": picture.read.width,
            "height": picture.read.height,
            "text": picture.text,
            "sent_along": picture.is_upload,
            "seen_on": [seen.number for seen in picture.seen if seen.is_same],
            "alike_on": [seen.number for seen in picture.seen if not seen.is_same],
        }
    }


def write_snapshot(link: Evidence) -> dict[str, Any]:
    """Return what is known of the page behind a link: nothing where it was not read."""
    shot = link.snapshot
    if shot is None or shot.state is not SnapshotState.TAKEN:
        return {}
    return {
        "page": {
            "title": shot.title,
            "site": shot.site,
            "author": shot.author,
            "published": shot.published,
            "status": shot.status,
            "read_at": shot.at,
            "sha256": shot.sha256,
            "archived": shot.archived,
            "change": shot.change and shot.change.kind,
            "changed_on": shot.changed_on,
            "copy": shot.copy_name,
            "copy_sha256": shot.copy_sha256,
        }
    }


def _build_passage(passage: Passage) -> dict[str, Any]:
    document = passage.document
    return {
        "document": {
            "key": document.key,
            "title": document.title,
            "publisher": document.publisher,
            "url": document.url,
            "published": document.published,
            "language": document.language,
            "sha256": document.sha256,
        },
        "quote": passage.quote,
        "quote_start": passage.quote_start,
        "start": passage.start,
        "end": passage.end,
        "place": _build_place(passage.place),
        "is_new": passage.is_new,
        "gone_at": passage.gone_at,
        "attribution": [_build_source(link) for link in passage.attribution],
        "hedge": passage.hedge,
        "hedge_cue": passage.hedge_cue,
    }


def _build_place(place: Place | None) -> dict[str, Any] | None:
    return {"kind": place.kind, "name": place.name} if place else None


def _build_source(link: SourceInChain) -> dict[str, Any]:
    return {"id": link.id, **make_attribution(link.said), "check": link.check}


def make_attribution(link: Attribution) -> dict[str, Any]:
    return {
        "source": link.source,
        "start": link.start,
        "end": link.end,
        "cue": link.cue,
        "cue_start": link.cue_start,
        "cue_end": link.cue_end,
        "anonymous": link.anonymous,
        "date": link.date,
        "hedge": link.hedge,
        "resolved": link.resolved,
    }


def make_figure(figure: Figure) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": _trim_number(figure.value),
        "upper": None if figure.upper is None else _trim_number(figure.upper),
        "unit": figure.unit,
        "modifier": figure.modifier,
        "start": figure.start,
        "end": figure.end,
    }


def make_date(mention: DateMention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "from": mention.first,
        "to": mention.last,
    }


def _trim_number(value: float) -> float:
    return int(value) if value.is_integer() else value
