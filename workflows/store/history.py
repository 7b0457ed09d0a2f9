"""The history: events, appended and never changed, and the texts they hold only hashes of."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from sqlite3 import Row
from typing import Any

import msgspec
from sqlite_utils import Database

from workflows.claims import Claim, ClaimState, MemberKey, Status, TeamId
from workflows.events import KINDS, Event, EventData, Outcome, Ruling, Text
from workflows.ids import make_hash, make_random_key
from workflows.policy import Policy, write_rules
from workflows.store import rows
from workflows.teams import Settings, write_settings
from workflows.voting import HELD, SettledBy, find_settled_by

STATUS_BEFORE = """ifnull((
    SELECT json_extract(before.payload, '$.outcome.standing.status') FROM events AS before
    WHERE before.claim_id = events.claim_id AND before.id < events.id
    ORDER BY before.id DESC LIMIT 1
), 'unreviewed')"""
"""Where a claim stood before a row of events."""
SETTLED_FROM = f"""CASE WHEN claims.settled_at IS NOT NULL THEN (
    SELECT {STATUS_BEFORE} FROM events
    WHERE events.claim_id = claims.id AND events.kind = 'settled'
    AND events.at = claims.settled_at AND json_extract(events.payload, '$.by') IS NOT NULL
    ORDER BY events.id DESC LIMIT 1
) END"""  # noqa: S608  # ours
"""Of a row of claims that a moderator settled: where the claim stood before; else null."""


def read_settled_by(state: ClaimState, before: str | None) -> SettledBy | None:
    """Return whose verdict a claim has, by its state and what `SETTLED_FROM` says of its row."""
    verdict = HELD.get(state.status)
    if state.settled_at is None or verdict is None:
        return None
    return find_settled_by(
        verdict, by_moderator=before is not None, before=Status(before or Status.UNREVIEWED)
    )


_RULINGS = tuple(data.kind for data in Ruling.__args__)


class HistoryRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def append(self, claim: Claim, event: Event) -> None:
        data = msgspec.to_builtins(event.data)
        data["outcome"] = _write_outcome(event.outcome)
        self._append(claim.team, claim.id, event.at, event.data.kind, data)

    def append_policy(
        self,
        team: TeamId,
        version: int,
        policy: Policy,
        at: datetime,
        by: MemberKey | None = None,
    ) -> None:
        """A team's rules from now on, whole, so that replay needs nothing else."""
        rules = {"version": version, "rules": write_rules(policy), "by": by}
        self._append(team, None, at, "policy_made", rules)

    def append_settings(
        self, team: TeamId, settings: Settings, at: datetime, by: MemberKey
    ) -> None:
        """A team's settings from now on, whole, and who made them so."""
        made = {"settings": write_settings(settings), "by": by}
        self._append(team, None, at, "settings_changed", made)

    def settings(self, team: TeamId) -> Mapping[str, object] | None:
        """Return the team's settings as its history tells them.

        None where they are the first ones.
        """
        row = self._db.execute(
            "SELECT payload FROM events WHERE claim_id IS NULL AND team_id = ?"
            " AND kind = 'settings_changed' ORDER BY id DESC LIMIT 1",
            [team],
        ).fetchone()
        return dict(msgspec.json.decode(row["payload"])["settings"]) if row else None

    def of_claim(self, claim: Claim) -> tuple[Event, ...]:
        found = self._db.execute(
            "SELECT at, kind, payload FROM events WHERE claim_id = ? ORDER BY id", [claim.id]
        )
        return tuple(read_event(row) for row in found.fetchall())

    def find_last_ruling(self, claim: Claim) -> EventData | None:
        """Return what a moderator did to the claim last and gave a reason for."""
        row = self._db.execute(
            "SELECT at, kind, payload FROM events WHERE claim_id = ?"
            " AND kind IN (SELECT value FROM json_each(?))"
            " AND json_extract(payload, '$.reason') IS NOT NULL ORDER BY id DESC LIMIT 1",
            [claim.id, rows.as_json(_RULINGS)],
        ).fetchone()
        return read_event(row).data if row else None

    def find_settled_by(self, claim: Claim) -> SettledBy | None:
        """Return whose verdict a claim has; None for one that isn't settled."""
        row = self._db.execute(
            f"SELECT {SETTLED_FROM} FROM claims WHERE id = ?",  # noqa: S608  # ours
            [claim.id],
        ).fetchone()
        return read_settled_by(claim.state, row[0])

    def list_removed_since(self, team: TeamId, by: MemberKey, at: datetime) -> tuple[int, ...]:
        """Return the rows of the claims from which this moderator took votes since then."""
        found = self._db.execute(
            "SELECT DISTINCT claim_id FROM events WHERE team_id = ? AND at >= ?"
            " AND kind = 'vote_removed' AND json_extract(payload, '$.by') = ? ORDER BY 1",
            [team, rows.format_moment(at), by],
        )
        return tuple(int(claim) for (claim,) in found.fetchall())

    def policies(self, team: TeamId) -> Iterator[tuple[int, Mapping[str, object]]]:
        """Yield the versions of a team's rules as its history tells them."""
        found = self._db.execute(
            "SELECT payload FROM events WHERE claim_id IS NULL AND team_id = ?"
            " AND kind = 'policy_made' ORDER BY id",
            [team],
        )
        for (payload,) in found.fetchall():
            made = msgspec.json.decode(payload)
            yield made["version"], made["rules"]

    def read_last(self) -> int:
        """Return the number of the last event of all teams; 0 for none."""
        (last,) = self._db.execute("SELECT ifnull(max(id), 0) FROM events").fetchone()
        return int(last)

    def count(self, team: TeamId) -> int:
        (events,) = self._db.execute(
            "SELECT count(*) FROM events WHERE team_id = ?", [team]
        ).fetchone()
        return int(events)

    def keep_text(self, team: TeamId, author: MemberKey, body: str | None) -> Text | None:
        """Keep somebody's words apart from history; what history holds of them."""
        if not body:
            return None
        key, salt = make_random_key(), make_random_key()
        self._db.execute(
            "INSERT INTO texts (key, team_id, author_id, salt, body) VALUES (?, ?, ?, ?, ?)",
            [key, team, author, salt, body],
        )
        return Text(key, make_hash(body, salt))

    def text(self, key: str) -> tuple[str, str] | None:
        """Return the words kept under this key and the hash history should hold of them."""
        row = self._db.execute("SELECT body, salt FROM texts WHERE key = ?", [key]).fetchone()
        return (row["body"], make_hash(row["body"], row["salt"])) if row else None

    def _append(
        self, team: TeamId, claim: int | None, at: datetime, kind: str, payload: object
    ) -> None:
        if at.tzinfo is not UTC:  # a hold added to a local time would be an hour out twice a year
            raise ValueError("history is kept in UTC")
        self._db.execute(
            "INSERT INTO events (team_id, claim_id, at, kind, payload) VALUES (?, ?, ?, ?, ?)",
            [team, claim, rows.format_moment(at), kind, rows.as_json(payload)],
        )


def read_event(row: Row) -> Event:
    """Return an event as its row holds it."""
    payload = msgspec.json.decode(row["payload"])
    outcome = _read_outcome(payload.pop("outcome"))
    data = msgspec.convert(payload, KINDS[row["kind"]])
    return Event(datetime.fromisoformat(row["at"]), data, outcome)


def _write_outcome(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as the history keeps it: the state under its stored name, "standing"."""
    kept = msgspec.to_builtins(outcome)
    return {"standing": kept.pop("state"), **kept}


def _read_outcome(kept: dict[str, Any]) -> Outcome:
    return msgspec.convert({"state": kept.pop("standing"), **kept}, Outcome)
