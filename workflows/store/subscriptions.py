"""Members' own digests: who wants one and when, and what it may name."""

import json
from datetime import date, datetime, time
from sqlite3 import Row
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.digest.schedule import Schedule
from workflows.digest.sections import DigestClaim, Window
from workflows.digest.subscription import Subscription
from workflows.store import rows
from workflows.store.digests import CLAIMS, DigestRun, build_candidate, build_run, latest_date
from workflows.store.votes import ASKED


class SubscriptionRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, wanted: Subscription) -> None:
        """In place of what this member wanted before."""
        self._db.execute(
            "INSERT OR REPLACE INTO subscriptions (member_id, team_id, channel_id, at, timezone,"
            " days, language, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                wanted.member,
                wanted.team,
                wanted.channel,
                wanted.at.isoformat("minutes"),
                wanted.timezone.key,
                rows.numbers_column(wanted.days),
                wanted.language,
                rows.format_moment(wanted.since),
            ],
        )

    def of(self, member: MemberKey) -> Subscription | None:
        row = self._db.execute(
            "SELECT * FROM subscriptions WHERE member_id = ?", [member]
        ).fetchone()
        return _read_subscription(row) if row else None

    def remove(self, member: MemberKey) -> None:
        """Nothing more goes out to them, not even what is on its way."""
        self._db.execute("DELETE FROM subscriptions WHERE member_id = ?", [member])
        self._db.execute(
            "UPDATE outbox SET state = 'gone', reason = 'unsubscribed'"
            " WHERE state IN ('pending', 'parked') AND digest_run_id IN"
            " (SELECT id FROM digest_runs WHERE member_id = ?)",
            [member],
        )

    def forget(self, member: MemberKey) -> None:
        """As `remove`; and no post of before leads to them any more by its channel."""
        self.remove(member)
        self._db.execute(
            "UPDATE outbox SET channel_id = 0, message_id = NULL WHERE digest_run_id IN"
            " (SELECT id FROM digest_runs WHERE member_id = ?)",
            [member],
        )

    def end(self, member: MemberKey, now: datetime) -> None:
        """They cannot be written to; they have not been told yet."""
        self._db.execute(
            "UPDATE subscriptions SET ended_at = ? WHERE member_id = ?",
            [rows.format_moment(now), member],
        )

    def schedules(self, now: datetime) -> dict[MemberKey, Schedule]:
        """Return when each member's digest is due."""
        found = self._db.execute(_SCHEDULES, {"latest": latest_date(now)})
        return {MemberKey(row["member_id"]): _read_schedule(row) for row in found.fetchall()}

    def schedule(self, member: MemberKey, now: datetime) -> Schedule | None:
        row = self._db.execute(
            _SCHEDULES + " AND member_id = :member",
            {"latest": latest_date(now), "member": member},
        ).fetchone()
        return _read_schedule(row) if row else None

    def last_read(self, member: MemberKey, before: date) -> DigestRun | None:
        """Return the last run of an earlier date whose content went out or was nothing."""
        row = self._db.execute(
            "SELECT * FROM digest_runs WHERE member_id = ? AND kind = 'personal'"
            " AND result IN ('posted', 'empty') AND local_date < ?"
            " ORDER BY local_date DESC LIMIT 1",
            [member, before.isoformat()],
        ).fetchone()
        return build_run(row) if row else None

    # ------------------------------------------------------------------ what a digest may name

    def awaiting(
        self,
        team: TeamId,
        member: MemberKey,
        quorum: int,
        most: int,
        *,
        own_claims: bool,
    ) -> tuple[tuple[DigestClaim, ...], int]:
        """Return the claims that a vote of theirs would help, best first.

        And how many more there are.

        A claim on which a vote of theirs stands, or stood until its words changed, is not one.
        """
        values = {"team": team, "member": member, "quorum": quorum, "own": own_claims}
        (total,) = self._db.execute(
            f"SELECT count(*) FROM claims WHERE team_id = :team {_AWAITING}",  # noqa: S608  # ours
            values,
        ).fetchone()
        found = self._db.execute(
            CLAIMS
            + _AWAITING
            + " ORDER BY round(check_worthiness, 1) DESC, put_up_at DESC, number LIMIT :most",
            {**values, "after": "", "most": most},
        ).fetchall()
        return tuple(map(build_candidate, found)), int(total) - len(found)

    def list_asked(
        self, team: TeamId, member: MemberKey, covers: Window
    ) -> tuple[DigestClaim, ...]:
        """Return the claims on which their vote is asked for again.

        A vote that counts no more was asked for when this window ended; a claim that could not be
        told came back before the team within it.
        """
        found = self._db.execute(
            CLAIMS + f" AND claims.id IN (SELECT claim FROM ({ASKED}"  # noqa: S608  # ours
            f" AND votes.voter_id = :voter AND votes.asked_at = :until) UNION {_BACK})"
            " ORDER BY number",
            {
                "team": team,
                "voter": member,
                "after": rows.format_moment(covers.after),
                "until": rows.format_moment(covers.until),
            },
        )
        return tuple(build_candidate(row) for row in found.fetchall())

    def list_voted(
        self, team: TeamId, member: MemberKey, covers: Window
    ) -> tuple[DigestClaim, ...]:
        """Return the claims with a vote of theirs whose status changed in this time."""
        found = self._db.execute(
            CLAIMS + _VOTED,
            {
                "team": team,
                "member": member,
                "after": rows.format_moment(covers.after),
                "until": rows.format_moment(covers.until),
            },
        )
        return tuple(build_candidate(row) for row in found.fetchall())


_SCHEDULES = """
SELECT subscriptions.*,
    (SELECT max(local_date) FROM digest_runs WHERE digest_runs.member_id = subscriptions.member_id
        AND kind = 'personal' AND local_date <= :latest) AS last
FROM subscriptions WHERE ended_at IS NULL
"""
_AWAITING = """
AND claims.settled_at IS NULL
AND (claims.status = 'conflicting'
    OR claims.status = 'not_enough_evidence' AND claims.asked_again_at IS NOT NULL
    OR claims.status IN ('unreviewed', 'in_review') AND claims.vote_count < :quorum)
AND (:own OR claims.added_by IS NOT :member)
AND NOT EXISTS
    (SELECT 1 FROM votes WHERE votes.claim_id = claims.id AND votes.voter_id = :member)
"""
_BACK = """SELECT claims.id FROM votes JOIN claims ON claims.id = votes.claim_id
WHERE votes.voter_id = :voter AND votes.stale = 0 AND claims.team_id = :team
AND claims.status = 'not_enough_evidence' AND votes.cast_at < claims.asked_again_at
AND claims.asked_again_at > :after AND claims.asked_again_at <= :until"""
_VOTED = """
AND claims.id IN (SELECT claim_id FROM votes WHERE voter_id = :member AND stale = 0)
AND claims.since > :after AND claims.since <= :until
AND claims.status NOT IN ('shelved', 'dropped', 'duplicate')
ORDER BY claims.since
"""


def _read_schedule(row: Row) -> Schedule:
    return Schedule(
        since=datetime.fromisoformat(row["since"]),
        timezone=ZoneInfo(row["timezone"]),
        digest_at=time.fromisoformat(row["at"]),
        last=date.fromisoformat(row["last"]) if row["last"] else None,
        days=frozenset(json.loads(row["days"])),
    )


def _read_subscription(row: Row) -> Subscription:
    ended = row["ended_at"]
    return Subscription(
        member=MemberKey(row["member_id"]),
        team=TeamId(row["team_id"]),
        channel=row["channel_id"],
        at=time.fromisoformat(row["at"]),
        timezone=ZoneInfo(row["timezone"]),
        days=frozenset(json.loads(row["days"])),
        language=row["language"],
        since=datetime.fromisoformat(row["since"]),
        ended_at=datetime.fromisoformat(ended) if ended else None,
    )
