"""The feeds and the items that were found in them."""

import json
from datetime import date, datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import Document, MemberKey, TeamId
from workflows.feeds import MAX_EDITS, Feed, FeedCount, FeedItem, FeedTarget, FeedTerms
from workflows.store import rows
from workflows.teams import Actor


class FeedRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, actor: Actor, url: str, terms: FeedTerms) -> Feed:
        """Keep a feed that is due at once; its title is known once it is read."""
        team = actor.team.id
        number = self._db.execute(
            "SELECT ifnull(max(number), 0) + 1 FROM feeds WHERE team_id = ?", [team]
        ).fetchone()[0]
        moment = rows.format_moment(actor.now)
        self._db.execute(
            "INSERT INTO feeds (team_id, number, url, title, target, per_day, words, added_by,"
            " added_at, next_poll_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                team,
                number,
                url,
                "",
                terms.target.value,
                terms.per_day,
                rows.as_json(list(terms.words)),
                actor.by,
                moment,
                moment,
            ],
        )
        found = self.with_number(team, number)
        if found is None:
            raise LookupError("a feed just stored is not there")
        return found

    def of_team(self, team: TeamId) -> tuple[Feed, ...]:
        found = self._db.execute("SELECT * FROM feeds WHERE team_id = ? ORDER BY number", [team])
        return tuple(map(_read_feed, found.fetchall()))

    def with_number(self, team: TeamId, number: int) -> Feed | None:
        row = self._db.execute(
            "SELECT * FROM feeds WHERE team_id = ? AND number = ?", [team, number]
        ).fetchone()
        return _read_feed(row) if row else None

    def get(self, feed: int) -> Feed | None:
        """Return the feed of this row, unless it was removed meanwhile."""
        row = self._db.execute("SELECT * FROM feeds WHERE id = ?", [feed]).fetchone()
        return _read_feed(row) if row else None

    def due(self, now: datetime) -> tuple[Feed, ...]:
        """The feeds to be asked now, and those with items that wait, the longest due first."""
        found = self._db.execute(
            "SELECT * FROM feeds WHERE paused = 0 AND (next_poll_at <= ? OR EXISTS (SELECT 1"
            " FROM feed_items WHERE feed_id = feeds.id AND state = 'waiting' AND tries = 0))"
            " ORDER BY next_poll_at",
            [rows.format_moment(now)],
        )
        return tuple(map(_read_feed, found.fetchall()))

    def remove(self, feed: Feed) -> None:
        self._db.execute("DELETE FROM feed_items WHERE feed_id = ?", [feed.id])
        self._db.execute("DELETE FROM feeds WHERE id = ?", [feed.id])

    def pause(self, feed: Feed, *, paused: bool) -> None:
        self._db.execute("UPDATE feeds SET paused = ? WHERE id = ?", [int(paused), feed.id])

    def keep_poll(
        self, feed: Feed, title: str, etag: str | None, last_modified: str | None, at: datetime
    ) -> None:
        """A poll went well; the next one is `at` that time."""
        self._db.execute(
            "UPDATE feeds SET title = CASE title WHEN '' THEN ? ELSE title END, etag = ?,"
            " last_modified = ?, next_poll_at = ?, failures = 0, failing_since = NULL, is_new = 0"
            " WHERE id = ?",
            [title, etag, last_modified, rows.format_moment(at), feed.id],
        )

    def keep_failure(self, feed: Feed, now: datetime, at: datetime) -> None:
        """A poll failed; the next one is `at` that time."""
        self._db.execute(
            "UPDATE feeds SET failures = failures + 1, failing_since = ifnull(failing_since, ?),"
            " next_poll_at = ? WHERE id = ?",
            [rows.format_moment(now), rows.format_moment(at), feed.id],
        )

    def add_item(self, feed: Feed, item: FeedItem, state: str, now: datetime) -> bool:
        """Keep an item, waiting or left out; False where it was there already, and is no other.

        One that was taken and has been edited since waits again, so often at the most.
        """
        key = [feed.id, item.id]
        self._db.execute(  # an item from before edits were looked for
            "UPDATE feed_items SET hash = ? WHERE feed_id = ? AND item_id = ? AND hash IS NULL",
            [item.hash, *key],
        )
        return bool(
            self._db.execute(
                "INSERT INTO feed_items (feed_id, item_id, url, title, text, published, state,"
                " found_at, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (feed_id, item_id) DO UPDATE SET url = excluded.url,"
                " title = excluded.title, text = excluded.text, published = excluded.published,"
                " hash = excluded.hash, edits = edits + 1, tries = 0, state = 'waiting'"
                " WHERE state = 'taken' AND excluded.state = 'waiting'"
                " AND hash <> excluded.hash AND edits < ?",
                [
                    *key,
                    item.url,
                    item.title,
                    item.text if state == "waiting" else "",
                    item.published.isoformat() if item.published else None,
                    state,
                    rows.format_moment(now),
                    item.hash,
                    MAX_EDITS,
                ],
            ).rowcount
        )

    def keep_document(self, feed: Feed, item: FeedItem, document: Document) -> None:
        """Keep which document an item was taken in as."""
        self._db.execute(
            "UPDATE feed_items SET document_id = ? WHERE feed_id = ? AND item_id = ?",
            [document.id, feed.id, item.id],
        )

    def document_of(self, feed: Feed, item: FeedItem) -> Document | None:
        """Return the document that an item was taken in as before it was edited."""
        row = self._db.execute(
            "SELECT documents.* FROM feed_items JOIN documents ON documents.id = document_id"
            " WHERE feed_id = ? AND item_id = ?",
            [feed.id, item.id],
        ).fetchone()
        return rows.read_document(row) if row else None

    def count_taken(self, team: TeamId, since: datetime) -> tuple[FeedCount, ...]:
        """Return what came in from each of a team's feeds since then, by the feeds' numbers."""
        found = self._db.execute(
            "SELECT ifnull(nullif(feeds.title, ''), feeds.url) AS name, count(*) AS items,"
            " sum(posted) AS posted FROM feeds JOIN feed_items ON feed_id = feeds.id"
            " WHERE team_id = ? AND state = 'taken' AND done_at >= ?"
            " GROUP BY feeds.id ORDER BY number",
            [team, rows.format_moment(since)],
        )
        return tuple(
            FeedCount(row["name"], row["items"], row["posted"]) for row in found.fetchall()
        )

    def waiting(self, feed: Feed, most_tries: int) -> tuple[FeedItem, ...]:
        """Return the items that wait, tried no more often than this, the first found first."""
        found = self._db.execute(
            "SELECT * FROM feed_items WHERE feed_id = ? AND state = 'waiting' AND tries <= ?"
            " ORDER BY id",
            [feed.id, most_tries],
        )
        return tuple(map(_read_item, found.fetchall()))

    def count_try(self, feed: Feed, item: FeedItem) -> int:
        """Count that an item could not be read just now; return how often that was so."""
        key = [feed.id, item.id]
        self._db.execute(
            "UPDATE feed_items SET tries = tries + 1 WHERE feed_id = ? AND item_id = ?", key
        )
        found = self._db.execute(
            "SELECT tries FROM feed_items WHERE feed_id = ? AND item_id = ?", key
        ).fetchone()
        return int(found["tries"]) if found else 0

    def finish_item(self, feed: Feed, item: FeedItem, state: str, now: datetime) -> bool:
        """Mark an item as done with; return False where it was already, or is gone."""
        return bool(
            self._db.execute(
                "UPDATE feed_items SET state = :state, done_at = :at, text = '',"
                " posted = iif(substr(done_at, 1, 10) = substr(:at, 1, 10), posted, 0)"
                " WHERE feed_id = :feed AND item_id = :item AND state = 'waiting'",
                {
                    "state": state,
                    "at": rows.format_moment(now),
                    "feed": feed.id,
                    "item": item.id,
                },
            ).rowcount
        )

    def add_posted(self, feed: Feed, item: FeedItem, posted: int) -> None:
        """Count the claims posted of an item; of one that is edited on one day, all of them."""
        self._db.execute(
            "UPDATE feed_items SET posted = posted + ? WHERE feed_id = ? AND item_id = ?",
            [posted, feed.id, item.id],
        )

    def count_posted_since(self, feed: Feed, since: datetime) -> int:
        """Return how many claims of the feed's items were posted since then."""
        found = self._db.execute(
            "SELECT ifnull(sum(posted), 0) FROM feed_items WHERE feed_id = ? AND done_at >= ?",
            [feed.id, rows.format_moment(since)],
        )
        return int(found.fetchone()[0])


def _read_feed(row: Row) -> Feed:
    failing = row["failing_since"]
    return Feed(
        id=row["id"],
        team=TeamId(row["team_id"]),
        number=row["number"],
        url=row["url"],
        title=row["title"],
        target=FeedTarget(row["target"]),
        per_day=row["per_day"],
        words=tuple(json.loads(row["words"])),
        added_by=MemberKey(row["added_by"]) if row["added_by"] else None,
        paused=bool(row["paused"]),
        is_new=bool(row["is_new"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        next_poll_at=datetime.fromisoformat(row["next_poll_at"]),
        failures=row["failures"],
        failing_since=datetime.fromisoformat(failing) if failing else None,
    )


def _read_item(row: Row) -> FeedItem:
    published = row["published"]
    return FeedItem(
        id=row["item_id"],
        url=row["url"],
        title=row["title"],
        text=row["text"],
        published=date.fromisoformat(published) if published else None,
    )
