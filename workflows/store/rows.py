"""Rows of the tables to nouns, and values to columns."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from sqlite3 import Row
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from workflows.claims import (
    Attribution,
    AttributionCheck,
    ChangeKind,
    Claim,
    ClaimKey,
    ClaimState,
    Consent,
    DateMention,
    Document,
    DocumentKey,
    Evidence,
    EvidenceCounts,
    EvidenceKey,
    Figure,
    Grade,
    Hedge,
    MemberKey,
    PageChange,
    PagePart,
    PagePassage,
    Passage,
    Picture,
    PictureRead,
    Place,
    PlaceKind,
    Polarity,
    Refusal,
    Scene,
    SeenPicture,
    Snapshot,
    SnapshotState,
    SourceInChain,
    Stance,
    Status,
    Tally,
    TeamId,
    Verdict,
    Vote,
)
from workflows.engines import read_engine
from workflows.teams import IntakeAccess, Layout, PublishRule, Settings

_DAY = len("2024-10-18")


@lru_cache(maxsize=64)  # a transaction keeps its own moment in several rows
def format_moment(at: datetime) -> str:
    """A time as its column: ISO 8601 in UTC, of one width, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone is no moment")
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")


def format_moment_or_none(at: datetime | None) -> str | None:
    return None if at is None else format_moment(at)


def as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def numbers_column(numbers: Iterable[int]) -> str:
    """Roles, or days of the week."""
    return json.dumps(sorted(numbers))


def read_settings(row: Row) -> Settings:
    return Settings(
        guild=row["guild"],
        claims_channel=row["claims_channel"],
        digest_channel=row["digest_channel"],
        moderators_channel=row["moderators_channel"],
        timezone=ZoneInfo(row["timezone"]),
        digest_at=time.fromisoformat(row["digest_at"]),
        language=row["language"],
        voter_roles=frozenset(json.loads(row["voter_roles"])),
        moderator_roles=frozenset(json.loads(row["moderator_roles"])),
        post=row["post"],
        post_threshold=row["post_threshold"],
        post_per_day=row["post_per_day"],
        intake=IntakeAccess(row["intake"]),
        digest_days=frozenset(json.loads(row["digest_days"])),
        publish=PublishRule(row["publish"]),
        layout=Layout(row["layout"]),
        snapshots=bool(row["snapshots"]),
        watch_links=bool(row["watch_links"]),
        send_texts_to=row["send_texts_to"],
    )


def read_document(row: Row) -> Document:
    return Document(
        id=row["id"],
        key=DocumentKey(row["key"]),
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        published=read_day(row["published"]),
        language=row["language"],
        sha256=row["sha256"],
        added_at=datetime.fromisoformat(row["added_at"]),
        version=row["version"],
        revises=row["revises"],
        engine=read_engine(row["engine"]),
    )


def write_place(place: Place | None) -> str | None:
    """A place as its column: "page 3"."""
    return f"{place.kind.value} {place.name}" if place else None


def read_state(row: Row | Mapping[str, Any]) -> ClaimState:
    return ClaimState(
        status=Status(row["status"]),
        since=datetime.fromisoformat(row["since"]),
        holding=Verdict(row["holding"]) if row["holding"] else None,
        settles_at=read_moment(row["settles_at"]),
        settled_at=read_moment(row["settled_at"]),
        extended=bool(row["extended"]),
        tally_shown=bool(row["tally_shown"]),
        last=Verdict(row["last_verdict"]) if row["last_verdict"] else None,
        asked_again_at=read_moment(row["asked_again_at"]),
        returns_at=read_moment(row["returns_at"]),
    )


_read_figures = msgspec.json.Decoder(tuple[Figure, ...]).decode
_read_dates = msgspec.json.Decoder(tuple[DateMention, ...]).decode


def read_claim(found: Row) -> Claim:
    row = dict(zip(found.keys(), found, strict=True))  # a row looks through its names each time
    return Claim(
        id=row["id"],
        team=TeamId(row["team_id"]),
        key=ClaimKey(row["key"]),
        number=row["number"],
        words=row["words"],
        wording=row["wording"],
        polarity=Polarity(row["polarity"]),
        figures=_read_figures(row["figures"]),
        dates=_read_dates(row["dates"]),
        as_of=read_day(row["as_of"]),
        check_worthiness=row["check_worthiness"],
        nested=bool(row["nested"]),
        state=read_state(row),
        tally=Tally(
            row["vote_count"], row["supported"], row["refuted"], row["not_enough_evidence"]
        ),
        sources=EvidenceCounts(row["sources_for"], row["sources_against"]),
        version=row["version"],
        added_at=datetime.fromisoformat(row["added_at"]),
        added_by=MemberKey(row["added_by"]) if row["added_by"] else None,
        assigned_to=MemberKey(row["assigned_to"]) if row["assigned_to"] else None,
        assigned_day=read_day(row["assigned_day"]),
        assigned_until=read_moment(row["assigned_until"]),
        merged_into=row["merged_into"],
        needs_words=bool(row["needs_words"]),
        consent=Consent(row["consent"]) if row["consent"] else None,
        consent_at=read_moment(row["consent_at"]),
        scene=read_scene(row),
    )


def read_source(row: Row) -> SourceInChain:
    said = Attribution(
        source=row["source"],
        start=row["start"],
        end=row["end"],
        cue=row["cue"],
        cue_start=row["cue_start"],
        cue_end=row["cue_end"],
        anonymous=bool(row["anonymous"]),
        date=read_day(row["date"]),
        hedge=Hedge(row["hedge"]),
        resolved=row["resolved"],
    )
    return SourceInChain(row["id"], said, AttributionCheck(row["check"]))


def read_passage(
    row: Row, document: Document, links: Iterable[SourceInChain], gone_at: datetime | None = None
) -> Passage:
    kind, _, name = (row["place"] or "").partition(" ")
    return Passage(
        document=document,
        quote=row["quote"],
        quote_start=row["quote_start"],
        start=row["start"],
        end=row["end"],
        attribution=tuple(links),
        hedge=Hedge(row["hedge"]),
        hedge_cue=row["hedge_cue"],
        id=row["id"],
        place=Place(row["start"], name, PlaceKind(kind)) if kind else None,
        is_new=bool(row["is_new"]),
        gone_at=gone_at,
    )


def read_vote(row: Row) -> Vote:
    return Vote(
        voter=MemberKey(row["voter_id"]),
        verdict=Verdict(row["verdict"]),
        weight=row["weight"],
        wording=row["wording"],
        at=datetime.fromisoformat(row["cast_at"]),
        stale=bool(row["stale"]),
        reason=row["reason_body"],
    )


def read_evidence(row: Row) -> Evidence:
    return Evidence(
        key=EvidenceKey(row["key"]),
        url=row["url"],
        origin=row["origin"],
        stance=Stance(row["stance"]),
        counts=bool(row["counts"]),
        note=row["note_body"],
        grade=Grade(row["source_grade"], row["information_grade"]),
        by=MemberKey(row["added_by"]),
        at=datetime.fromisoformat(row["added_at"]),
        target=row["attribution_id"],
        snapshot=read_snapshot(row) if row["state"] else None,
        picture=read_picture(row) if row["picture_sha256"] else None,
        scene=read_scene(row),
    )


def read_scene(row: Row | Mapping[str, Any]) -> Scene | None:
    """Return where and when it happened, as a claim's or a link's row holds it."""
    happened = row["happened"]
    if row["place"] is None and row["latitude"] is None and happened is None:
        return None
    is_day = happened is not None and len(happened) == _DAY
    return Scene(
        row["place"],
        row["latitude"],
        row["longitude"],
        read_day(happened) if is_day else None,
        None if is_day else read_moment(happened),
    )


def list_scene_columns(scene: Scene | None) -> list[str | float | None]:
    """Return a scene as the columns `place`, `latitude`, `longitude` and `happened` hold it."""
    if scene is None:
        return [None, None, None, None]
    happened = scene.day.isoformat() if scene.day else None
    if scene.at:
        happened = format_moment(scene.at)
    return [scene.place, scene.latitude, scene.longitude, happened]


def read_picture(row: Row) -> Picture:
    seen = (SeenPicture(**each) for each in json.loads(row["seen"]))
    read = PictureRead(row["picture_sha256"], row["phash"], row["width"], row["height"])
    return Picture(read, row["picture_words"] or "", tuple(seen), bool(row["is_upload"]))


def read_snapshot(row: Row) -> Snapshot:
    passage, refusal = None, json.loads(row["refusal"]) if row["refusal"] else None
    if row["passage"]:
        kind, name, start = row["place_kind"], row["place_name"], row["passage_start"]
        place = Place(start, name, PlaceKind(kind)) if kind else None
        passage = PagePassage(row["passage"], start, place)
    return Snapshot(
        state=SnapshotState(row["state"]),
        title=row["title"],
        site=row["site"],
        author=row["author"],
        published=read_day(row["published"]),
        status=row["status"],
        at=read_moment(row["taken_at"]),
        sha256=row["sha256"],
        passage=passage,
        refusal=Refusal(refusal["sentence"], refusal["values"]) if refusal else None,
        preview=row["preview"],
        archived=row["archived"],
        change=read_change(row["change"]),
        changed_on=read_day(row["changed_on"]),
        copy_name=row["copy_name"],
        copy_sha256=row["copy_sha256"],
    )


def read_change(text: str | None) -> PageChange | None:
    """Return what became of a page, as a column holds it, if it holds that."""
    if not text:
        return None
    told = json.loads(text)
    return PageChange(ChangeKind(told["kind"]), told["site"], tuple(map(PagePart, told["lost"])))


def read_day(text: str | None) -> date | None:
    """Return the day that a column holds, if it holds one."""
    return date.fromisoformat(text) if text else None


def read_moment(text: str | None) -> datetime | None:
    """Return the time that a column holds, if it holds one."""
    return datetime.fromisoformat(text) if text else None
