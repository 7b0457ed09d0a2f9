"""Votes, and who is asked to vote again: the claim was edited, reopened or merged since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from workflows.claims import Claim, MemberKey, TeamId, Verdict, Vote
from workflows.store import rows

ASKED = """
WITH RECURSIVE kept (claim_id, id) AS (
    SELECT id, id FROM claims WHERE team_id = :team
    UNION
    SELECT kept.claim_id, claims.merged_into FROM kept JOIN claims ON claims.id = kept.id
    WHERE claims.merged_into IS NOT NULL
)
SELECT votes.id, votes.voter_id, kept.id AS claim, votes.claim_id <> kept.id AS merged
FROM votes JOIN kept ON kept.claim_id = votes.claim_id JOIN claims ON claims.id = kept.id
WHERE (votes.stale = 1 OR votes.claim_id <> kept.id)
AND claims.settled_at IS NULL AND claims.status NOT IN ('shelved', 'dropped', 'duplicate')
AND NOT EXISTS (
    SELECT 1 FROM votes AS own
    WHERE own.claim_id = kept.id AND own.voter_id = votes.voter_id AND own.stale = 0
)
"""
_ELSEWHERE = """
WITH RECURSIVE merged (id) AS (
    SELECT id FROM claims WHERE merged_into = :claim
    UNION SELECT claims.id FROM merged JOIN claims ON claims.merged_into = merged.id
)
SELECT voter_id FROM votes WHERE claim_id IN (SELECT id FROM merged) AND EXISTS (
    SELECT 1 FROM claims WHERE id = :claim AND settled_at IS NULL
    AND status NOT IN ('shelved', 'dropped', 'duplicate')
) AND NOT EXISTS (
    SELECT 1 FROM votes AS own
    WHERE own.claim_id = :claim AND own.voter_id = votes.voter_id AND own.stale = 0
)
"""

_VOTES = (
    "SELECT votes.*, texts.body AS reason_body FROM votes LEFT JOIN texts ON texts.key = reason"
)
_VOTER = """
SELECT id, joined_at, EXISTS (SELECT 1 FROM votes WHERE voter_id = members.id) AS has_voted,
EXISTS (
    SELECT 1 FROM subscriptions WHERE member_id = members.id AND ended_at IS NOT NULL
) AS digest_ended
FROM members WHERE team_id = ? AND discord_id = ?
"""
_REASONS = 30


@dataclass(frozen=True, slots=True)
class Voter:
    """A member who votes: whether ever before, and whether their own digest has ended."""

    key: MemberKey
    joined_at: datetime | None = None
    has_voted: bool = False
    digest_ended: bool = False


class VoteRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of_member(self, team: TeamId, voter: MemberKey) -> dict[int, tuple[bool, list[int]]]:
        """By the row of each claim: was it merged, and the rows of the votes not asked for yet."""
        asked: dict[int, tuple[bool, list[int]]] = {}
        found = self._db.execute(
            ASKED + " AND votes.voter_id = :voter AND votes.asked_at IS NULL ORDER BY votes.id",
            {"team": team, "voter": voter},
        )
        for row in found.fetchall():
            merged, votes = asked.get(row["claim"], (True, []))
            asked[row["claim"]] = (merged and bool(row["merged"]), [*votes, row["id"]])
        return asked

    def voters(self, claim: int) -> int:
        """Return how many members voted on a claim that was merged into this one, and not here."""
        merged = self._db.execute("SELECT 1 FROM claims WHERE merged_into = ? LIMIT 1", [claim])
        if merged.fetchone() is None:
            return 0
        (voters,) = self._db.execute(
            f"SELECT count(DISTINCT voter_id) FROM ({_ELSEWHERE})",  # noqa: S608  # ours
            {"claim": claim},
        ).fetchone()
        return int(voters)

    def is_asked(self, claim: int, voter: MemberKey) -> bool:
        """Return True if this member voted on a claim merged into this one, but not on this one."""
        found = self._db.execute(
            _ELSEWHERE + " AND voter_id = :voter LIMIT 1", {"claim": claim, "voter": voter}
        )
        return found.fetchone() is not None

    def mark(self, votes: Iterable[int], now: datetime) -> None:
        """These votes' members have been asked."""
        self._db.execute(
            "UPDATE votes SET asked_at = ? WHERE id IN (SELECT value FROM json_each(?))",
            [rows.format_moment(now), rows.as_json(list(votes))],
        )

    # ------------------------------------------------------------------ votes

    def find_voter(self, team: TeamId, discord_id: int) -> Voter | None:
        """Return who this person is in the team; None where it has never seen them."""
        row = self._db.execute(_VOTER, [team, discord_id]).fetchone()
        if row is None:
            return None
        key, joined_at, has_voted, digest_ended = row
        return Voter(
            MemberKey(key), rows.read_moment(joined_at), bool(has_voted), bool(digest_ended)
        )

    def vote_of(self, claim: Claim, voter: MemberKey) -> Vote | None:
        row = self._db.execute(
            _VOTES + " WHERE claim_id = ? AND voter_id = ?", [claim.id, voter]
        ).fetchone()
        return rows.read_vote(row) if row else None

    def votes_on(self, claim: Claim) -> tuple[Vote, ...]:
        found = self._db.execute(_VOTES + " WHERE claim_id = ? ORDER BY cast_at", [claim.id])
        return tuple(rows.read_vote(row) for row in found.fetchall())

    def reasons_on(self, claim: Claim) -> Mapping[Verdict, list[str]]:
        """The reasons given with votes that count, the newest first, as many as anybody reads."""
        reasons: dict[Verdict, list[str]] = {}
        found = self._db.execute(
            "SELECT verdict, body FROM votes JOIN texts ON texts.key = votes.reason"
            " WHERE claim_id = ? AND reason IS NOT NULL AND stale = 0"
            " ORDER BY cast_at DESC LIMIT ?",
            [claim.id, _REASONS],
        )
        for row in found.fetchall():
            reasons.setdefault(Verdict(row["verdict"]), []).append(row["body"])
        return reasons

    def put_vote(self, claim: Claim, vote: Vote, reason_key: str | None) -> None:
        self._db.execute(
            "INSERT INTO votes (claim_id, voter_id, verdict, weight, wording, reason, cast_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (claim_id, voter_id) DO UPDATE SET"
            " verdict = excluded.verdict, weight = excluded.weight, wording = excluded.wording,"
            " stale = 0, asked_at = NULL, reason = excluded.reason, cast_at = excluded.cast_at",
            [
                claim.id,
                vote.voter,
                vote.verdict.value,
                vote.weight,
                vote.wording,
                reason_key,
                rows.format_moment(vote.at),
            ],
        )

    def remove_vote(self, claim: Claim, voter: MemberKey) -> None:
        self._db.execute("DELETE FROM votes WHERE claim_id = ? AND voter_id = ?", [claim.id, voter])

    def make_stale(self, claim: Claim) -> None:
        """The votes on it count no more."""
        self._db.execute("UPDATE votes SET stale = 1 WHERE claim_id = ?", [claim.id])

    def stale_votes_on(self, claim: Claim) -> int:
        found = self._db.execute(
            "SELECT count(*) FROM votes WHERE claim_id = ? AND stale = 1", [claim.id]
        )
        return int(found.fetchone()[0])

    def list_unsettled_votes(self, voter: MemberKey) -> tuple[tuple[Claim, Vote], ...]:
        """Return a member's votes, stale ones too, on the claims that may yet be decided."""
        found = self._db.execute(
            "SELECT claims.* FROM claims JOIN votes ON votes.claim_id = claims.id"
            " WHERE voter_id = ? AND settled_at IS NULL ORDER BY claims.id",
            [voter],
        )
        claims = map(rows.read_claim, found.fetchall())
        return tuple((claim, vote) for claim in claims if (vote := self.vote_of(claim, voter)))
