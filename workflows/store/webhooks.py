"""The webhooks, and what is on its way to them."""

import json
from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.ids import make_random_key
from workflows.store import rows
from workflows.webhooks import Delivery, Topic, Webhook

AT_ONCE = 500
"""Messages that are looked at together."""


class WebhookRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        team: TeamId,
        url: str,
        secret: str,
        topics: Iterable[Topic],
        by: MemberKey,
        now: datetime,
    ) -> Webhook:
        number = self._db.execute(
            "SELECT ifnull(max(number), 0) + 1 FROM webhooks WHERE team_id = ?", [team]
        ).fetchone()[0]
        self._db.execute(
            "INSERT INTO webhooks (team_id, number, url, secret, topics, added_by, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [team, number, url, secret, rows.as_json(sorted(topics)), by, rows.format_moment(now)],
        )
        found = self.with_number(team, number)
        if found is None:
            raise LookupError("a webhook just stored is not there")
        return found

    def of_team(self, team: TeamId) -> tuple[Webhook, ...]:
        found = self._db.execute("SELECT * FROM webhooks WHERE team_id = ? ORDER BY number", [team])
        return tuple(map(_read_webhook, found.fetchall()))

    def with_number(self, team: TeamId, number: int) -> Webhook | None:
        row = self._db.execute(
            "SELECT * FROM webhooks WHERE team_id = ? AND number = ?", [team, number]
        ).fetchone()
        return _read_webhook(row) if row else None

    def get(self, webhook: int) -> Webhook | None:
        row = self._db.execute("SELECT * FROM webhooks WHERE id = ?", [webhook]).fetchone()
        return _read_webhook(row) if row else None

    def remove(self, webhook: Webhook) -> None:
        """The address goes, with what is on its way there."""
        self._db.execute("DELETE FROM webhook_deliveries WHERE webhook_id = ?", [webhook.id])
        self._db.execute("DELETE FROM webhooks WHERE id = ?", [webhook.id])

    # ------------------------------------------------------------------- what is on its way

    def queue(self, webhook: Webhook, claim: int | None, body: str, now: datetime) -> None:
        moment = rows.format_moment(now)
        self._db.execute(
            "INSERT INTO webhook_deliveries (webhook_id, key, claim_id, body, queued_at,"
            " next_try_at) VALUES (?, ?, ?, ?, ?, ?)",
            [webhook.id, f"msg_{make_random_key()}", claim, body, moment, moment],
        )

    def waiting(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the messages of webhooks with something to be tried now, oldest first."""
        found = self._db.execute(
            "SELECT * FROM webhook_deliveries WHERE webhook_id IN"
            " (SELECT webhook_id FROM webhook_deliveries WHERE next_try_at <= ?)"
            " ORDER BY id LIMIT ?",
            [rows.format_moment(now), AT_ONCE],
        )
        return tuple(map(_read_delivery, found.fetchall()))

    def count_waiting(self, webhook: Webhook) -> int:
        found = self._db.execute(
            "SELECT count(*) FROM webhook_deliveries WHERE webhook_id = ?", [webhook.id]
        )
        return int(found.fetchone()[0])

    def finish(self, delivery: Delivery, now: datetime) -> None:
        """It arrived: the message goes, and its webhook works."""
        self._db.execute("DELETE FROM webhook_deliveries WHERE id = ?", [delivery.id])
        self.mark_working(delivery.webhook, now)

    def mark_working(self, webhook: int, now: datetime) -> None:
        self._db.execute(
            "UPDATE webhooks SET failing_since = NULL, told_at = ? WHERE id = ?",
            [rows.format_moment(now), webhook],
        )

    def retry_now(self, webhook: int, now: datetime) -> None:
        self._db.execute(
            "UPDATE webhook_deliveries SET next_try_at = min(next_try_at, ?) WHERE webhook_id = ?",
            [rows.format_moment(now), webhook],
        )

    def postpone(self, delivery: Delivery, at: datetime, now: datetime) -> None:
        self._db.execute(
            "UPDATE webhook_deliveries SET attempts = attempts + 1, next_try_at = ? WHERE id = ?",
            [rows.format_moment(at), delivery.id],
        )
        self._db.execute(
            "UPDATE webhooks SET failing_since = ifnull(failing_since, ?) WHERE id = ?",
            [rows.format_moment(now), delivery.webhook],
        )

    def drop_older(self, than: datetime) -> None:
        self._db.execute(
            "DELETE FROM webhook_deliveries WHERE queued_at < ?", [rows.format_moment(than)]
        )


def _read_webhook(row: Row) -> Webhook:
    return Webhook(
        id=row["id"],
        team=TeamId(row["team_id"]),
        number=row["number"],
        url=row["url"],
        secret=row["secret"],
        topics=frozenset(map(Topic, json.loads(row["topics"]))),
        added_by=MemberKey(row["added_by"]) if row["added_by"] else None,
        failing_since=rows.read_moment(row["failing_since"]),
        told_at=rows.read_moment(row["told_at"]),
    )


def _read_delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        webhook=row["webhook_id"],
        key=row["key"],
        claim=row["claim_id"],
        body=row["body"],
        attempts=row["attempts"],
        next_try_at=datetime.fromisoformat(row["next_try_at"]),
    )
