"""Texts that somebody brought and has not decided on yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from sqlite3 import Row

import msgspec
from sqlite_utils import Database

from workflows.claims import FoundClaim, MemberKey, Place, TeamId
from workflows.documents.document import PageReview
from workflows.engines import BY_RULES, ReadingReport
from workflows.ids import make_random_key
from workflows.intake import Draft, DraftKey, Intake, Revision
from workflows.store import rows


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list: how many claims were found in it, None while it is not read."""

    key: DraftKey
    by: MemberKey
    title: str
    claims: int | None
    until: datetime


class DraftRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, team: TeamId, intake: Intake, by: MemberKey, until: datetime) -> DraftKey:
        key = DraftKey(make_random_key())
        self._db.execute(
            "INSERT INTO drafts (key, team_id, author_id, title, publisher, url, published,"
            " language, text, sha256, until, places, reviews, writer_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                key,
                team,
                by,
                intake.title,
                intake.publisher,
                intake.url,
                intake.published.isoformat() if intake.published else None,
                intake.language,
                intake.text,
                intake.sha256,
                rows.format_moment(until),
                rows.as_json(intake.places),
                rows.as_json(intake.reviews),
                intake.writer,
            ],
        )
        return key

    def with_key(self, team: TeamId, key: DraftKey, now: datetime) -> Draft | None:
        """Return the team's draft with this key, unless its time is over."""
        row = self._db.execute(
            "SELECT * FROM drafts WHERE team_id = ? AND key = ? AND until > ?",
            [team, key, rows.format_moment(now)],
        ).fetchone()
        return _read_draft(row) if row else None

    def of_text(self, by: MemberKey, sha256: str, now: datetime) -> Draft | None:
        """Return a member's draft of this very text."""
        row = self._db.execute(
            "SELECT * FROM drafts WHERE author_id = ? AND sha256 = ? AND until > ?",
            [by, sha256, rows.format_moment(now)],
        ).fetchone()
        return _read_draft(row) if row else None

    def remove_of_link(self, by: MemberKey, url: str) -> None:
        """Remove a member's drafts of what this link leads to, for a newer version of it."""
        self._db.execute("DELETE FROM drafts WHERE author_id = ? AND url = ?", [by, url])

    def remove_all_of(self, by: MemberKey) -> None:
        self._db.execute("DELETE FROM drafts WHERE author_id = ? OR writer_id = ?", [by, by])

    def of_team(
        self, team: TeamId, now: datetime, by: MemberKey | None = None
    ) -> tuple[DraftLine, ...]:
        """Return a team's drafts, or those of one member, the newest first."""
        found = self._db.execute(
            "SELECT key, author_id, title, json_array_length(claims) AS claims, until FROM drafts"
            " WHERE team_id = :team AND author_id = ifnull(:by, author_id) AND until > :now"
            " ORDER BY id DESC",
            {"team": team, "by": by, "now": rows.format_moment(now)},
        )
        return tuple(
            DraftLine(
                DraftKey(row["key"]),
                MemberKey(row["author_id"]),
                row["title"],
                row["claims"],
                datetime.fromisoformat(row["until"]),
            )
            for row in found.fetchall()
        )

    def keep_claims(
        self,
        draft: Draft,
        claims: Sequence[FoundClaim],
        known: Mapping[int, int],
        revision: Revision | None = None,
    ) -> None:
        self._db.execute(
            "UPDATE drafts SET claims = ?, known = ?, revision = ?, language = ?, reading = ?"
            " WHERE key = ?",
            [
                rows.as_json(claims),
                rows.as_json(known),
                rows.as_json(revision) if revision else None,
                draft.intake.language,
                rows.as_json(draft.intake.reading),
                draft.key,
            ],
        )

    def keep_link(self, draft: Draft) -> None:
        self._db.execute("UPDATE drafts SET url = ? WHERE key = ?", [draft.intake.url, draft.key])

    def keep_picked(self, draft: Draft, picked: Iterable[int]) -> None:
        self._db.execute(
            "UPDATE drafts SET picked = ? WHERE key = ?",
            [rows.as_json(sorted(picked)), draft.key],
        )

    def remove(self, draft: Draft) -> None:
        self._db.execute("DELETE FROM drafts WHERE key = ?", [draft.key])

    def remove_of(self, by: MemberKey) -> int:
        """Remove the drafts a member brought, and those of their messages that others brought."""
        return self._db.execute(
            "DELETE FROM drafts WHERE author_id = ? OR writer_id = ?", [by, by]
        ).rowcount

    def remove_ended(self, now: datetime) -> int:
        return self._db.execute(
            "DELETE FROM drafts WHERE until <= ?", [rows.format_moment(now)]
        ).rowcount


def _read_draft(row: Row) -> Draft:
    claims = row["claims"]
    return Draft(
        key=DraftKey(row["key"]),
        by=MemberKey(row["author_id"]),
        intake=Intake(
            title=row["title"],
            publisher=row["publisher"],
            url=row["url"],
            published=date.fromisoformat(row["published"]) if row["published"] else None,
            language=row["language"],
            text=row["text"],
            claims=msgspec.json.decode(claims, type=tuple[FoundClaim, ...]) if claims else (),
            places=msgspec.json.decode(row["places"], type=tuple[Place, ...]),
            reviews=msgspec.json.decode(row["reviews"], type=tuple[PageReview, ...]),
            reading=msgspec.json.decode(row["reading"], type=ReadingReport)
            if row["reading"]
            else BY_RULES,
            writer=row["writer_id"],
        ),
        read=claims is not None,
        picked=frozenset(msgspec.json.decode(row["picked"], type=list[int])),
        until=datetime.fromisoformat(row["until"]),
        known=msgspec.json.decode(row["known"], type=dict[int, int]),
        revision=msgspec.json.decode(row["revision"], type=Revision) if row["revision"] else None,
    )
