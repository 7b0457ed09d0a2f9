"""The ledger of digests, one row for each team, kind and local date; and what they may name."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from sqlite3 import Row
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from workflows.claims import (
    AttributionCheck,
    EvidenceCounts,
    Grade,
    Hedge,
    MemberKey,
    Status,
    Tally,
    TeamId,
)
from workflows.digest.schedule import Schedule
from workflows.digest.sections import CardLink, DigestClaim, Window
from workflows.digest.team_digest import FeedDocuments
from workflows.digest.trend import UNDECIDED, StatusChange
from workflows.store import rows
from workflows.store.history import SETTLED_FROM, read_settled_by


class RunKind(StrEnum):
    """The channel's digest of a day, one that a moderator asked for, or a member's own."""

    DAILY = "daily"
    NOW = "now"
    PERSONAL = "personal"


class RunResult(StrEnum):
    POSTED = "posted"
    EMPTY = "empty"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A digest that was made, or owed and not made. It covers what is after `covers_from`."""

    id: int
    team: TeamId
    kind: RunKind
    local_date: date
    covers_from: datetime
    at: datetime
    result: RunResult
    member: MemberKey | None = None


class DigestRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        team: TeamId,
        kind: RunKind,
        local_date: date,
        covers_from: datetime,
        at: datetime,
        result: RunResult,
        member: MemberKey | None = None,
    ) -> int:
        """Return the new run's id, or 0 where that day has its row already."""
        found = self._db.execute(
            "INSERT INTO digest_runs (team_id, kind, local_date, covers_from, at, result,"
            " member_id) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [
                team,
                kind.value,
                local_date.isoformat(),
                rows.format_moment(covers_from),
                rows.format_moment(at),
                result.value,
                member,
            ],
        )
        return int(found.lastrowid or 0) if found.rowcount else 0

    def get(self, run: int) -> DigestRun:
        return build_run(
            self._db.execute("SELECT * FROM digest_runs WHERE id = ?", [run]).fetchone()
        )

    def of_day(self, team: TeamId, day: date) -> DigestRun | None:
        """Return the daily run of a local date."""
        row = self._db.execute(
            "SELECT * FROM digest_runs WHERE team_id = ? AND kind = 'daily' AND local_date = ?",
            [team, day.isoformat()],
        ).fetchone()
        return build_run(row) if row else None

    def last_read(self, team: TeamId, before: date) -> DigestRun | None:
        """Return the last daily run of an earlier date whose content went out or was nothing."""
        row = self._db.execute(
            "SELECT * FROM digest_runs WHERE team_id = ? AND kind = 'daily'"
            " AND result IN ('posted', 'empty') AND local_date < ?"
            " ORDER BY local_date DESC LIMIT 1",
            [team, before.isoformat()],
        ).fetchone()
        return build_run(row) if row else None

    def list_skipped(self, team: TeamId, before: date) -> tuple[date, ...]:
        """Return the dates skipped since the last one before `before` that was posted."""
        found = self._db.execute(
            "SELECT local_date FROM digest_runs WHERE team_id = :team AND kind = 'daily'"
            " AND result = 'skipped' AND local_date < :before AND local_date >"
            " (SELECT ifnull(max(local_date), '') FROM digest_runs WHERE team_id = :team"
            " AND kind = 'daily' AND result = 'posted' AND local_date < :before)"
            " ORDER BY local_date",
            {"team": team, "before": before.isoformat()},
        )
        return tuple(date.fromisoformat(day) for (day,) in found.fetchall())

    def waiting(
        self, team: TeamId, kind: RunKind, member: MemberKey | None = None
    ) -> tuple[tuple[DigestRun, int], ...]:
        """Return the digests that have not gone out yet, oldest first, each with its post's id.

        Not those of which nobody knows whether they arrived.
        """
        found = self._db.execute(
            "SELECT digest_runs.*, outbox.id AS post FROM outbox"
            " CROSS JOIN digest_runs ON digest_runs.id = outbox.digest_run_id"
            " WHERE outbox.team_id = ? AND digest_runs.kind = ? AND member_id IS ?"
            " AND outbox.state IN ('pending', 'sending', 'parked')"  # by the index of what waits
            " AND outbox.state <> 'sending' AND outbox.first_attempt_at IS NULL"
            " ORDER BY local_date, digest_runs.id",
            [team, kind.value, member],
        )
        return tuple((build_run(row), int(row["post"])) for row in found.fetchall())

    def list_waiting_teams(self) -> tuple[TeamId, ...]:
        """Return the teams that have digests which have not gone out yet."""
        found = self._db.execute(
            "SELECT DISTINCT team_id FROM outbox"
            " WHERE state IN ('pending', 'sending', 'parked') AND digest_run_id IS NOT NULL"
        )
        return tuple(TeamId(team) for (team,) in found.fetchall())

    def skip(self, run: DigestRun) -> None:
        """It waited too long to be posted: the next one says so."""
        self._db.execute("UPDATE digest_runs SET result = 'skipped' WHERE id = ?", [run.id])

    def post_after_all(self, run: DigestRun, covers_from: datetime, at: datetime) -> None:
        """A skipped day has its digest now."""
        self._db.execute(
            "UPDATE digest_runs SET result = 'posted', covers_from = ?, at = ? WHERE id = ?",
            [rows.format_moment(covers_from), rows.format_moment(at), run.id],
        )

    def schedules(self, now: datetime) -> dict[TeamId, Schedule]:
        """Return when each team's digest is due. Dates that lie ahead do not count as its last.

        (A clock that was wrong for a while may have left such rows.)
        """
        found = self._db.execute(_SCHEDULES, {"latest": latest_date(now)})
        return {TeamId(row["id"]): _read_schedule(row) for row in found.fetchall()}

    def schedule(self, team: TeamId, now: datetime) -> Schedule:
        found = self._db.execute(
            _SCHEDULES + " WHERE teams.id = :team", {"latest": latest_date(now), "team": team}
        )
        return _read_schedule(found.fetchone())

    def candidates(self, team: TeamId, covers: Window) -> tuple[DigestClaim, ...]:
        """Return the open claims, and those settled in this time."""
        values = {
            "team": team,
            "after": rows.format_moment(covers.after),
            "until": rows.format_moment(covers.until),
        }
        found = [
            *self._db.execute(_OPEN_CLAIMS, values).fetchall(),
            *self._db.execute(_SETTLED_CLAIMS, values).fetchall(),
        ]
        return tuple(build_candidate(row) for row in found)

    def find_standing(self, team: TeamId, after: datetime) -> tuple[int, CardLink | None] | None:
        """Return the newest digest made on request after this time: its row, and its message.

        Without a message while it is on its way; None where there is none, or it was given up.
        """
        row = self._db.execute(
            "SELECT digest_runs.id, ifnull(place_id, outbox.channel_id) AS channel, message_id"
            " FROM digest_runs"
            " JOIN outbox ON outbox.digest_run_id = digest_runs.id"
            " WHERE digest_runs.team_id = ? AND digest_runs.kind = 'now' AND at > ?"
            " AND outbox.state != 'gone'"
            " ORDER BY digest_runs.id DESC LIMIT 1",
            [team, rows.format_moment(after)],
        ).fetchone()
        if row is None:
            return None
        link = CardLink(row["channel"], row["message_id"]) if row["message_id"] else None
        return int(row["id"]), link

    def list_feeds(self, team: TeamId, covers: Window) -> tuple[FeedDocuments, ...]:
        """Return the feeds that brought in documents in this time, the busiest first."""
        found = self._db.execute(
            "SELECT feeds.title, feeds.url, count(DISTINCT documents.id) AS documents FROM feeds"
            " JOIN feed_items ON feed_items.feed_id = feeds.id"
            " JOIN documents ON documents.id = feed_items.document_id"
            " WHERE feeds.team_id = :team AND done_at > :after AND done_at <= :until"
            " AND documents.added_at > :after GROUP BY feeds.id ORDER BY 3 DESC, feeds.number",
            {
                "team": team,
                "after": rows.format_moment(covers.after),
                "until": rows.format_moment(covers.until),
            },
        )
        return tuple(
            FeedDocuments(row["title"] or row["url"], row["documents"]) for row in found.fetchall()
        )

    def count_shelved(self, team: TeamId) -> int:
        (shelved,) = self._db.execute(
            "SELECT count(*) FROM claims WHERE team_id = ? AND status = 'shelved'"
            " AND settled_at IS NULL",
            [team],
        ).fetchone()
        return int(shelved)

    def steps(self, team: TeamId, since: datetime) -> tuple[StatusChange, ...]:
        """Return the changes of status since then; the cost is that of this time's events alone."""
        found = self._db.execute(_STEPS, {"team": team, "since": rows.format_moment(since)})
        return tuple(
            StatusChange(
                claim=row["claim_id"],
                at=datetime.fromisoformat(row["at"]),
                was=Status(row["was"]) if row["was"] else None,
                status=Status(row["status"]),
            )
            for row in found.fetchall()
        )

    def count_undecided(self, team: TeamId) -> int:
        """Return the claims that no verdict is reached on."""
        (undecided,) = self._db.execute(
            "SELECT count(*) FROM claims WHERE team_id = ? AND settled_at IS NULL"
            " AND status IN (SELECT value FROM json_each(?))",
            [team, rows.as_json(sorted(UNDECIDED))],
        ).fetchone()
        return int(undecided)


_STEPS = """
WITH recent AS (
    SELECT id, claim_id, at, json_extract(payload, '$.outcome.standing.status') AS status
    FROM events INDEXED BY events_of_team -- or else it walks through all of history, by claims
    WHERE team_id = :team AND at >= :since AND claim_id IS NOT NULL
), steps AS (
    SELECT *, CASE row_number() OVER claim WHEN 1 THEN (
        SELECT json_extract(payload, '$.outcome.standing.status') FROM events
        WHERE events.claim_id = recent.claim_id AND events.id < recent.id
        ORDER BY id DESC LIMIT 1
    ) ELSE lag(status) OVER claim END AS was
    FROM recent WINDOW claim AS (PARTITION BY claim_id ORDER BY id)
)
SELECT claim_id, at, was, status FROM steps WHERE status IS NOT was
"""
_SCHEDULES = """
SELECT teams.id, teams.timezone, teams.digest_at, teams.digest_days,
    ifnull(teams.digest_from, teams.created_at) AS since,
    (SELECT max(local_date) FROM digest_runs WHERE team_id = teams.id AND kind = 'daily'
        AND local_date <= :latest) AS last
FROM teams
"""
CLAIMS = (
    """
SELECT claims.*, ifnull(claims.posted_at, claims.added_at) AS put_up_at,
    ifnull(documents.publisher, documents.title) AS voice,
    passages.hedge, ifnull(attributions.resolved, attributions.source) AS said_by,
    attributions."check" AS said_check, cards.channel_id, cards.message_id,
    CASE claims.status WHEN 'supported' THEN (
        SELECT group_concat(source_grade || information_grade) FROM evidence
        WHERE claim_id = claims.id AND attribution_id IS NULL AND counts AND stance = 'supports'
    ) WHEN 'refuted' THEN (
        SELECT group_concat(source_grade || information_grade) FROM evidence
        WHERE claim_id = claims.id AND attribution_id IS NULL AND counts AND stance = 'refutes'
    ) END AS grades,
    CASE WHEN claims.since > :after AND claims.added_at <= :after THEN (
        SELECT json_extract(payload, '$.outcome.standing.status') FROM events
        WHERE events.claim_id = claims.id AND events.at <= :after
        ORDER BY events.id DESC LIMIT 1
    ) END AS was,
"""  # noqa: S608  # ours
    + SETTLED_FROM
    + """ AS settled_from
FROM claims
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN passages ON passages.id =
    (SELECT min(id) FROM passages WHERE claim_id = claims.id)
LEFT JOIN attributions ON attributions.passage_id = passages.id AND attributions.position = 0
LEFT JOIN cards ON cards.message_id =
    (SELECT max(message_id) FROM cards WHERE claim_id = claims.id)
WHERE claims.team_id = :team
"""
)
_OPEN_CLAIMS = (
    CLAIMS
    + """ AND claims.settled_at IS NULL AND claims.status IN
    ('unreviewed', 'in_review', 'conflicting', 'supported', 'refuted', 'not_enough_evidence')
"""
)
_SETTLED_CLAIMS = (
    CLAIMS
    + """ AND claims.settled_at IS NOT NULL
    AND claims.settled_at > :after AND claims.settled_at <= :until
"""
)


def latest_date(now: datetime) -> str:
    """Return the latest date that any clock in the world shows."""
    return (now.astimezone(UTC).date() + timedelta(days=1)).isoformat()


def _read_schedule(row: Row) -> Schedule:
    return Schedule(
        since=datetime.fromisoformat(row["since"]),
        timezone=ZoneInfo(row["timezone"]),
        digest_at=time.fromisoformat(row["digest_at"]),
        last=date.fromisoformat(row["last"]) if row["last"] else None,
        days=frozenset(json.loads(row["digest_days"])),
    )


def build_candidate(row: Row) -> DigestClaim:
    return DigestClaim(
        number=row["number"],
        words=row["words"],
        source=row["said_by"],
        hedge=Hedge(row["hedge"]) if row["hedge"] else None,
        document=row["voice"],
        link=CardLink(row["channel_id"], row["message_id"]) if row["message_id"] else None,
        check_worthiness=row["check_worthiness"],
        state=rows.read_state(row),
        tally=Tally(
            row["vote_count"], row["supported"], row["refuted"], row["not_enough_evidence"]
        ),
        sources=EvidenceCounts(row["sources_for"], row["sources_against"]),
        posted_at=datetime.fromisoformat(row["put_up_at"]),
        was=Status(row["was"]) if row["was"] else None,
        document_id=row["document_id"],
        grades=_read_grades(row["grades"]),
        check=AttributionCheck(row["said_check"] or AttributionCheck.UNCHECKED),
        settled_by=read_settled_by(rows.read_state(row), row["settled_from"]),
        taken_until=date.fromisoformat(row["assigned_day"]) if row["assigned_day"] else None,
    )


def _read_grades(column: str | None) -> tuple[Grade, ...]:
    """From "B2,F6"; links that nobody graded are left out."""
    given = (Grade(each[0], int(each[1])) for each in (column or "").split(",") if each)
    return tuple(grade for grade in given if grade != Grade())


def build_run(row: Row) -> DigestRun:
    return DigestRun(
        id=row["id"],
        team=TeamId(row["team_id"]),
        kind=RunKind(row["kind"]),
        local_date=date.fromisoformat(row["local_date"]),
        covers_from=datetime.fromisoformat(row["covers_from"]),
        at=datetime.fromisoformat(row["at"]),
        result=RunResult(row["result"]),
        member=MemberKey(row["member_id"]) if row["member_id"] else None,
    )
