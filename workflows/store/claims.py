"""The claims, and the votes that stand on them."""

from collections.abc import Iterable
from datetime import date, datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import (
    Claim,
    ClaimKey,
    ClaimState,
    Document,
    EvidenceCounts,
    FoundClaim,
    MemberKey,
    Scene,
    Status,
    Tally,
    TeamId,
)
from workflows.ids import make_random_key
from workflows.store import rows

_OPEN = (
    Status.UNREVIEWED,
    Status.IN_REVIEW,
    Status.CONFLICTING,
    Status.SUPPORTED,
    Status.REFUTED,
    Status.NOT_ENOUGH_EVIDENCE,
)


_DUE = (
    (
        "settles_at",
        "settled_at IS NULL AND settles_at IS NOT NULL AND status IN ('supported', 'refuted')",
    ),
    (
        "returns_at",
        "settled_at IS NULL AND returns_at IS NOT NULL AND status = 'not_enough_evidence'",
    ),
    ("assigned_until", "assigned_until IS NOT NULL"),
)
"""What the clock brings, by the column that holds when, and of which claims: that a hold ends, that
a claim is before the team again, that whoever looked into it has had their day."""


class ClaimRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    # ------------------------------------------------------------------ claims

    def add(
        self,
        team: TeamId,
        number: int,
        found: FoundClaim,
        document: Document | None,
        state: ClaimState,
        by: MemberKey | None,
        now: datetime,
    ) -> Claim:
        key = ClaimKey(make_random_key())
        self._db.execute(
            "INSERT INTO claims (key, team_id, number, document_id, words, polarity, figures,"
            " dates, as_of, check_worthiness, nested, status, since, added_by, added_at, posted_at,"
            " needs_words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                key,
                team,
                number,
                document.id if document else None,
                found.words,
                found.polarity.value,
                rows.as_json(found.figures),
                rows.as_json(found.dates),
                found.as_of.isoformat() if found.as_of else None,
                found.check_worthiness,
                int(found.nested),
                state.status.value,
                rows.format_moment(state.since),
                by,
                rows.format_moment(now),
                None if state.status is Status.SHELVED else rows.format_moment(now),
                int(found.needs_words),
            ],
        )
        claim = self.with_key(team, key)
        if claim is None:
            raise LookupError("a claim just stored is not there")
        return claim

    def with_key(self, team: TeamId, key: str) -> Claim | None:
        return self._one("SELECT * FROM claims WHERE team_id = ? AND key = ?", team, key)

    def with_number(self, team: TeamId, number: int) -> Claim | None:
        return self._one("SELECT * FROM claims WHERE team_id = ? AND number = ?", team, number)

    def with_words_of(self, member: MemberKey) -> tuple[int, ...]:
        """The claims whose cards show a member: by their words, a message, or as who looks."""
        theirs = "(SELECT key FROM texts WHERE author_id = :member)"
        found = self._db.execute(
            f"SELECT claim_id FROM evidence WHERE note IN {theirs}"  # noqa: S608  # ours
            f" UNION SELECT id FROM claims WHERE ruling IN {theirs} OR assigned_to = :member"
            " UNION SELECT claim_id FROM passages JOIN documents"
            " ON documents.id = passages.document_id WHERE writer_id = :member",
            {"member": member},
        )
        return tuple(int(claim) for (claim,) in found.fetchall())

    def read_known_keys(self, team: TeamId, keys: Iterable[str]) -> frozenset[str]:
        """Return those of these keys that are claims of the team's."""
        found = self._db.execute(
            "SELECT key FROM claims WHERE team_id = ? AND key IN (SELECT value FROM json_each(?))",
            [team, rows.as_json(list(keys))],
        )
        return frozenset(str(key) for (key,) in found.fetchall())

    def get(self, claim_id: int) -> Claim:
        return rows.read_claim(
            self._db.execute("SELECT * FROM claims WHERE id = ?", [claim_id]).fetchone()
        )

    def of_document(self, document: Document) -> tuple[Claim, ...]:
        """Return the claims that stand in it, shared ones too."""
        return self._many(
            "SELECT * FROM claims WHERE id IN"
            " (SELECT claim_id FROM passages WHERE document_id = ?) ORDER BY number",
            document.id,
        )

    def open_in(self, team: TeamId) -> tuple[Claim, ...]:
        """Return every claim that awaits votes or the end of its hold."""
        statuses = ", ".join("?" * len(_OPEN))
        return self._many(
            f"SELECT * FROM claims WHERE team_id = ? AND settled_at IS NULL"  # noqa: S608  # marks
            f" AND status IN ({statuses}) ORDER BY number",
            team,
            *(status.value for status in _OPEN),
        )

    def due(self, now: datetime) -> tuple[Claim, ...]:
        """The claims for which the clock has brought something by `now`: as in `_DUE`."""
        return tuple(
            claim
            for column, which in _DUE
            for claim in self._many(
                f"SELECT * FROM claims WHERE {which}"  # noqa: S608  # ours
                f" AND {column} <= ? ORDER BY {column}",
                rows.format_moment(now),
            )
        )

    def next_due(self) -> datetime | None:
        """Return when the next hold ends, the next claim returns or is free again."""
        firsts = [
            self._db.execute(
                f"SELECT min({column}) FROM claims WHERE {which}"  # noqa: S608  # ours
            ).fetchone()[0]
            for column, which in _DUE
        ]
        return min((datetime.fromisoformat(at) for at in firsts if at), default=None)

    def count_posted_since(self, team: TeamId, after: datetime) -> int:
        (posted,) = self._db.execute(
            "SELECT count(*) FROM claims WHERE team_id = ? AND posted_at >= ?",
            [team, rows.format_moment(after)],
        ).fetchone()
        return int(posted)

    def of_team(self, team: TeamId) -> tuple[Claim, ...]:
        return self._many("SELECT * FROM claims WHERE team_id = ? ORDER BY id", team)

    def save(self, claim: Claim, state: ClaimState, tally: Tally, sources: EvidenceCounts) -> int:
        """Keep where the claim stands now; the new version its card is to show."""
        if state == claim.state and sources == claim.sources:  # as after most votes: no index moves
            return self._save_tally(claim, tally)
        self._db.execute(
            "UPDATE claims SET status = ?, since = ?, holding = ?, settles_at = ?, settled_at = ?,"
            " extended = ?, tally_shown = ?, vote_count = ?, supported = ?, refuted = ?,"
            " not_enough_evidence = ?, sources_for = ?, sources_against = ?, last_verdict = ?,"
            " asked_again_at = ?, returns_at = ?, version = ?"
            " WHERE id = ?",
            [
                state.status.value,
                rows.format_moment(state.since),
                state.holding.value if state.holding else None,
                rows.format_moment_or_none(state.settles_at),
                rows.format_moment_or_none(state.settled_at),
                int(state.extended),
                int(state.tally_shown),
                tally.votes,
                tally.supported,
                tally.refuted,
                tally.not_enough_evidence,
                sources.supports,
                sources.refutes,
                state.last.value if state.last else None,
                rows.format_moment_or_none(state.asked_again_at),
                rows.format_moment_or_none(state.returns_at),
                claim.version + 1,
                claim.id,
            ],
        )
        return claim.version + 1

    def set_scene(self, claim: Claim, scene: Scene | None) -> None:
        self._db.execute(
            "UPDATE claims SET place = ?, latitude = ?, longitude = ?, happened = ? WHERE id = ?",
            [*rows.list_scene_columns(scene), claim.id],
        )

    def _save_tally(self, claim: Claim, tally: Tally) -> int:
        self._db.execute(
            "UPDATE claims SET vote_count = ?, supported = ?, refuted = ?,"
            " not_enough_evidence = ?, version = ? WHERE id = ?",
            [
                tally.votes,
                tally.supported,
                tally.refuted,
                tally.not_enough_evidence,
                claim.version + 1,
                claim.id,
            ],
        )
        return claim.version + 1

    def mark_posted(self, claim: Claim, now: datetime) -> None:
        self._db.execute(
            "UPDATE claims SET posted_at = ? WHERE id = ?", [rows.format_moment(now), claim.id]
        )

    def mark_posted_if_new(self, claim: Claim, now: datetime) -> bool:
        """Return True if it had never been posted before."""
        marked = self._db.execute(
            "UPDATE claims SET posted_at = ? WHERE id = ? AND posted_at IS NULL",
            [rows.format_moment(now), claim.id],
        )
        return bool(marked.rowcount)

    def keep_particulars(self, claim: Claim) -> None:
        """Keep the figures and dates of its present words, and whether those can be read alone."""
        self._db.execute(
            "UPDATE claims SET figures = ?, dates = ?, needs_words = ? WHERE id = ?",
            [
                rows.as_json(claim.figures),
                rows.as_json(claim.dates),
                int(claim.needs_words),
                claim.id,
            ],
        )

    def assign(
        self,
        claim: Claim,
        to: MemberKey | None,
        day: date | None = None,
        until: datetime | None = None,
        nudge_at: datetime | None = None,
    ) -> None:
        """Keep who looks after it; until the end of which day, and when they are nudged."""
        self._db.execute(
            "UPDATE claims SET assigned_to = ?, assigned_day = ?, assigned_until = ?, nudge_at = ?"
            " WHERE id = ?",
            [
                to,
                day.isoformat() if day else None,
                rows.format_moment_or_none(until),
                rows.format_moment_or_none(nudge_at),
                claim.id,
            ],
        )

    def list_to_nudge(self, now: datetime) -> tuple[Claim, ...]:
        """Return the claims whose assignee's nudge is due by `now`, the longest due first."""
        return self._many(
            "SELECT * FROM claims WHERE nudge_at <= ? AND assigned_until > ? ORDER BY nudge_at",
            *[rows.format_moment(now)] * 2,
        )

    def mark_nudged(self, claim: Claim) -> None:
        self._db.execute("UPDATE claims SET nudge_at = NULL WHERE id = ?", [claim.id])

    def next_nudge(self) -> datetime | None:
        (at,) = self._db.execute("SELECT min(nudge_at) FROM claims").fetchone()
        return datetime.fromisoformat(at) if at else None

    # -------------------------------------------------------------- moderation

    def merge(self, claim: Claim, into: Claim | None) -> None:
        """Set whose duplicate it is; None for nobody's."""
        self._db.execute(
            "UPDATE claims SET merged_into = ? WHERE id = ?", [into.id if into else None, claim.id]
        )

    def rule(self, claim: Claim, reason_key: str) -> None:
        """The reason a moderator gave last."""
        self._db.execute("UPDATE claims SET ruling = ? WHERE id = ?", [reason_key, claim.id])

    def ruling_on(self, claim: Claim) -> str | None:
        """Return the reason a moderator gave last, in their words."""
        row = self._db.execute(
            "SELECT texts.body FROM claims JOIN texts ON texts.key = claims.ruling"
            " WHERE claims.id = ?",
            [claim.id],
        ).fetchone()
        return str(row["body"]) if row else None

    def _one(self, sql: str, *values: object) -> Claim | None:
        row = self._db.execute(sql, values).fetchone()
        return rows.read_claim(row) if row else None

    def _many(self, sql: str, *values: object) -> tuple[Claim, ...]:
        return tuple(rows.read_claim(row) for row in self._read_found(sql, values))

    def _read_found(self, sql: str, values: Iterable[object]) -> list[Row]:
        return self._db.execute(sql, list(values)).fetchall()
