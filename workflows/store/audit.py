"""What only the audit asks of the tables: rows by their numbers, and misplaced ones."""

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from workflows.claims import Claim, TeamId

_PAGE = 500


class AuditRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def teams(self) -> list[tuple[TeamId, int]]:
        """Return each team with its server."""
        found = self._db.execute("SELECT id, guild FROM teams ORDER BY id").fetchall()
        return [(TeamId(row["id"]), row["guild"]) for row in found]

    def count_missing_events(self) -> int:
        """Return how many events are not stored though their numbers were given out."""
        (missing,) = self._db.execute(
            "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)"
            " - count(*) FROM events"
        ).fetchone()
        return int(missing)

    def list_skipped(self, team: TeamId) -> list[tuple[int, int]]:
        """Return the ranges of claim numbers that were passed over when a copy was put back."""
        found = self._db.execute(
            "SELECT first, last FROM skipped_numbers WHERE team_id = ?", [team]
        ).fetchall()
        return [(row["first"], row["last"]) for row in found]

    def numbers(self, team: TeamId) -> Iterator[int]:
        """Yield the numbers of a team's claims, ascending, a page at a time."""
        after = 0
        while True:
            page = self._db.execute(
                "SELECT number FROM claims WHERE team_id = ? AND number > ?"
                " ORDER BY number LIMIT ?",
                [team, after, _PAGE],
            ).fetchall()
            yield from (number for (number,) in page)
            if len(page) < _PAGE:
                return
            after = page[-1]["number"]

    def read_numbered(self, team: TeamId) -> int:
        """Return the last claim number that was given out in the team."""
        row = self._db.execute("SELECT claims_numbered FROM teams WHERE id = ?", [team]).fetchone()
        return int(row["claims_numbered"])

    def policies(self, team: TeamId) -> dict[int, object]:
        """Return each version of a team's rules in its plain form, as the table has it."""
        found = self._db.execute("SELECT version, rules FROM policies WHERE team_id = ?", [team])
        return {row["version"]: msgspec.json.decode(row["rules"]) for row in found.fetchall()}

    def policy_in_force(self, team: TeamId) -> int:
        row = self._db.execute("SELECT policy_version FROM teams WHERE id = ?", [team]).fetchone()
        return int(row["policy_version"])

    def texts_of(self, claim: Claim) -> dict[str, str | None]:
        """The key of the words kept with each standing vote (by voter) and each link (by key)."""
        found = self._db.execute(
            "SELECT voter_id AS owner, reason AS text FROM votes WHERE claim_id = ?"
            " UNION ALL SELECT key, note FROM evidence WHERE claim_id = ?",
            [claim.id, claim.id],
        )
        return {row["owner"]: row["text"] for row in found.fetchall()}

    def get_merged_into(self, claim: Claim) -> str | None:
        """Return the key of the claim whose duplicate it is."""
        row = self._db.execute(
            "SELECT kept.key FROM claims JOIN claims AS kept ON kept.id = claims.merged_into"
            " WHERE claims.id = ?",
            [claim.id],
        ).fetchone()
        return str(row["key"]) if row else None

    def ruling_of(self, claim: Claim) -> str | None:
        """Return the key of the reason a moderator gave last."""
        row = self._db.execute("SELECT ruling FROM claims WHERE id = ?", [claim.id]).fetchone()
        return None if row["ruling"] is None else str(row["ruling"])

    def disagreements_of(self, claim: Claim) -> frozenset[tuple[str, str]]:
        """Return the key of each claim that disagrees with it, and in what."""
        found = self._db.execute(
            "SELECT claims.key, disagreements.kind FROM disagreements"
            " JOIN claims ON claims.id = other_id WHERE claim_id = ?",
            [claim.id],
        )
        return frozenset((row["key"], row["kind"]) for row in found.fetchall())

    def find_misplaced(self, team: TeamId) -> Iterator[tuple[int, str]]:
        """Rows of this team's claims that belong to another team: (claim number, what it is)."""
        for what, joined, whose in _JOINS:
            found = self._db.execute(
                f"SELECT DISTINCT claims.number FROM claims {joined}"  # noqa: S608  # joins of ours
                f" WHERE claims.team_id = ? AND {whose} <> claims.team_id ORDER BY 1",
                [team],
            )
            yield from ((number, what) for (number,) in found.fetchall())


_VOTERS = "JOIN votes ON votes.claim_id = claims.id JOIN members ON members.id = votes.voter_id"
_AUTHORS = (
    "JOIN evidence ON evidence.claim_id = claims.id JOIN members ON members.id = evidence.added_by"
)
_DOCUMENTS = (
    "JOIN passages ON passages.claim_id = claims.id"
    " JOIN documents ON documents.id = passages.document_id"
)
_OTHERS = (
    "JOIN disagreements ON disagreements.claim_id = claims.id"
    " JOIN claims AS others ON others.id = disagreements.other_id"
)
_JOINS = (
    ("an event", "JOIN events ON events.claim_id = claims.id", "events.team_id"),
    ("a voter", _VOTERS, "members.team_id"),
    ("the author of a link", _AUTHORS, "members.team_id"),
    ("a document", _DOCUMENTS, "documents.team_id"),
    ("a claim that disagrees", _OTHERS, "others.team_id"),
    ("a card", "JOIN cards ON cards.claim_id = claims.id", "cards.team_id"),
)
