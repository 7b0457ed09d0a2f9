"""What is to be posted, what was, and which messages show what."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.ids import make_random_key
from workflows.outbox_state import OutboxState, Progress, confirm
from workflows.store import rows


class PostKind(StrEnum):
    """What a message shows."""

    DOCUMENT = "document"
    CLAIM = "claim"
    DIGEST = "digest"
    NOTICE = "notice"
    PERSONAL = "personal"
    ASSIGNMENT = "assignment"
    NUDGE = "nudge"


class CardState(StrEnum):
    """What a card is to its claim or document."""

    SHOWN = "shown"
    MOVING = "moving"
    """A newer card took its place, and people are not told so on it yet."""
    MOVED = "moved"
    """It says where it moved to, and has no buttons any more."""


@dataclass(frozen=True, slots=True)
class QueuedPost:
    """A post on its way. `subject` is the row id of what is shown."""

    id: int
    team: TeamId
    kind: PostKind
    channel: int
    subject: int
    nonce: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that has arrived. `channel`: the thread or forum's post it stands in, if it does.

    `post_state`: it opened that post, which was set to this; empty where nobody knows to what.
    """

    id: int
    channel: int | None = None
    post_state: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingPosts:
    """Posts that a channel has not taken: how many, since when, and why, as Discord said it."""

    channel: int
    posts: int
    since: datetime
    reason: str | None
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows a claim or a document: the version it shows, and the stored one.

    One that a newer card took the place of is behind every version. `parent` is the team's channel
    around the thread or post in which the card stands; None where it stands in the channel itself.
    `post_state` is what a claim's own post in a forum was last set to.
    """

    message: int
    channel: int
    team: TeamId
    kind: PostKind
    subject: int
    shown_version: int
    version: int
    state: CardState = CardState.SHOWN
    parent: int | None = None
    post_state: str | None = None
    own_post: bool = False

    @property
    def home(self) -> int:
        """Return the team's channel in which the card stands, directly or in a thread of it."""
        return self.parent or self.channel


_CARDS = """
SELECT cards.*, ifnull(claims.version, documents.version) AS version FROM cards
LEFT JOIN claims ON claims.id = cards.claim_id
LEFT JOIN documents ON documents.id = cards.document_id
"""
_BEHIND = """
WITH changed AS (
    SELECT DISTINCT claim_id FROM events NOT INDEXED  -- by its id: the newest few, not all claims'
    WHERE id > :after AND claim_id IS NOT NULL
)
SELECT cards.*, claims.version FROM changed
JOIN claims ON claims.id = changed.claim_id
JOIN cards ON cards.claim_id = claims.id
WHERE claims.version > cards.shown_version AND cards.state = 'shown'
UNION
SELECT cards.*, documents.version FROM changed
JOIN passages ON passages.claim_id = changed.claim_id
JOIN documents ON documents.id = passages.document_id
JOIN cards ON cards.document_id = documents.id
WHERE documents.version > cards.shown_version AND cards.state = 'shown'
UNION
SELECT cards.*, claims.version FROM cards JOIN claims ON claims.id = cards.claim_id
WHERE cards.shown_version < 0 AND cards.state = 'shown'
UNION
SELECT cards.*, documents.version FROM cards JOIN documents ON documents.id = cards.document_id
WHERE cards.shown_version < 0 AND cards.state = 'shown'
UNION
SELECT cards.*, NULL FROM cards WHERE cards.state = 'moving'
"""

_POSTS = """
SELECT cards.*, claims.version FROM cards JOIN claims ON claims.id = cards.claim_id
WHERE cards.post_version < claims.version AND cards.message_id IN (
    SELECT message_id FROM cards WHERE claim_id IN (
        SELECT claim_id FROM events NOT INDEXED WHERE id > :after AND claim_id IS NOT NULL
    )
    UNION SELECT value FROM json_each(:known)
    UNION SELECT message_id FROM cards WHERE post_version < 0
)
"""

_SUBJECT = {
    PostKind.DOCUMENT: "document_id",
    PostKind.CLAIM: "claim_id",
    PostKind.DIGEST: "digest_run_id",
    PostKind.NOTICE: "notice_id",
    PostKind.PERSONAL: "digest_run_id",
    PostKind.ASSIGNMENT: "claim_id",
    PostKind.NUDGE: "claim_id",
}
_CARDED = (PostKind.DOCUMENT, PostKind.CLAIM)
"""What is shown by a message that is kept true."""

WITH_CHANNEL = "its channel was deleted"
FORGOTTEN = "whom it called was forgotten"
_LOST_WITH_CHANNEL = """
SELECT claims.id FROM claims
JOIN outbox ON outbox.id = (
    SELECT max(id) FROM outbox WHERE claim_id = claims.id AND kind = 'claim')
WHERE claims.team_id = ? AND claims.settled_at IS NULL
AND claims.status NOT IN ('dropped', 'duplicate', 'shelved')
AND outbox.state = 'gone' AND outbox.reason = ?
ORDER BY claims.number
"""


class OutboxRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, team: TeamId, post: PostKind, channel: int, subject: int, now: datetime) -> None:
        self._db.execute(
            f"INSERT INTO outbox (team_id, kind, channel_id, {_SUBJECT[post]}, nonce, queued_at)"  # noqa: S608  # a column of ours
            " VALUES (?, ?, ?, ?, ?, ?)",
            [team, post.value, channel, subject, make_random_key(), rows.format_moment(now)],
        )

    def list_undelivered(
        self, known: Iterable[int] = (), most: int = 500
    ) -> tuple[QueuedPost, ...]:
        """Return the posts on their way, without the `known` ones, oldest first."""
        found = self._db.execute(
            "SELECT * FROM outbox WHERE state IN ('pending', 'sending')"
            " AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
            [rows.as_json(list(known)), most],
        )
        return tuple(_read_queued(row) for row in found.fetchall())

    def keep(self, queued: QueuedPost, progress: Progress) -> None:
        self._db.execute(
            "UPDATE outbox SET state = ?, attempts = ?, first_attempt_at = ?, reason = ?"
            " WHERE id = ?",
            [
                progress.state.value,
                progress.attempts,
                rows.format_moment_or_none(progress.uncertain_since),
                progress.reason,
                queued.id,
            ],
        )

    def mark_sent(self, queued: QueuedPost, sent: SentMessage, version: int) -> frozenset[int]:
        """It arrived as this message, which shows this version of its subject.

        The messages whose place it takes: they are to say where their card has moved.
        """
        self.keep(queued, confirm(self.get(queued.id).progress))
        place = sent.channel or queued.channel
        parent = queued.channel if place != queued.channel else None
        self._db.execute(
            "UPDATE outbox SET message_id = ?, place_id = ? WHERE id = ?",
            [sent.id, place if parent else None, queued.id],
        )
        if queued.kind not in _CARDED:
            return frozenset()
        subject = _SUBJECT[queued.kind]
        self._db.execute(
            f"UPDATE cards SET state = 'moving' WHERE {subject} = ? AND message_id <> ?",  # noqa: S608  # ours
            [queued.subject, sent.id],
        )
        tended = sent.post_state is not None and queued.kind is PostKind.CLAIM
        self._db.execute(
            "INSERT INTO cards (message_id, team_id, channel_id, parent_id, claim_id, document_id,"
            " shown_version, post_version, post_state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [
                sent.id,
                queued.team,
                place,
                parent,
                queued.subject if queued.kind is PostKind.CLAIM else None,
                queued.subject if queued.kind is PostKind.DOCUMENT else None,
                version,
                version if tended else None,
                sent.post_state if tended else None,
            ],
        )
        moving = self._db.execute(
            f"SELECT message_id FROM cards WHERE {subject} = ? AND state = 'moving'",  # noqa: S608  # ours
            [queued.subject],
        )
        return frozenset(row["message_id"] for row in moving.fetchall())

    def has_sent(self, message: int) -> bool:
        found = self._db.execute("SELECT 1 FROM outbox WHERE message_id = ?", [message])
        return found.fetchone() is not None

    def get(self, queued: int) -> QueuedPost:
        return _read_queued(
            self._db.execute("SELECT * FROM outbox WHERE id = ?", [queued]).fetchone()
        )

    def list_parked(self) -> tuple[QueuedPost, ...]:
        """Oldest first."""
        found = self._db.execute("SELECT * FROM outbox WHERE state = 'parked' ORDER BY id")
        return tuple(_read_queued(row) for row in found.fetchall())

    def cards_behind(self, after: int) -> tuple[int, tuple[Card, ...]]:
        """Return the messages that show less than is stored, of claims with an event above `after`.

        The last event's id comes first; 0 looks at every message.
        """
        (last,) = self._db.execute("SELECT ifnull(max(id), 0) FROM events").fetchone()
        found = self._db.execute(_BEHIND, {"after": after})
        return int(last), tuple(_read_card(row) for row in found.fetchall())

    def cards(self, messages: Iterable[int]) -> tuple[Card, ...]:
        found = self._db.execute(
            f"{_CARDS} WHERE message_id IN (SELECT value FROM json_each(?))",  # noqa: S608  # ours
            [rows.as_json(list(messages))],
        )
        return tuple(_read_card(row) for row in found.fetchall())

    def card_of(self, post: PostKind, subject: int) -> Card | None:
        """Return the newest message that shows this claim or document."""
        row = self._db.execute(
            f"{_CARDS} WHERE cards.{_SUBJECT[post]} = ? AND cards.state = 'shown'"
            " ORDER BY message_id DESC LIMIT 1",
            [subject],
        ).fetchone()
        return _read_card(row) if row else None

    def show(self, shown: Iterable[tuple[int, int]]) -> None:
        """These (message, version) are what people see now.

        A claim drawn again on a card that has moved makes that one say so once more. A card that
        was to be redrawn while an older version was on its way is still to be.
        """
        for message, version in shown:
            self._db.execute(
                "UPDATE cards SET state = 'moving' WHERE message_id = ? AND state = 'moved'",
                [message],
            )
            self._db.execute(
                "UPDATE cards SET shown_version = max(shown_version, :version)"
                " WHERE message_id = :message AND (shown_version >= 0 OR :version >="
                "  ifnull((SELECT version FROM claims WHERE id = claim_id),"
                "   (SELECT version FROM documents WHERE id = document_id)))",
                {"version": version, "message": message},
            )

    def redraw(self, claims: Iterable[int]) -> None:
        """These claims' cards show what must not be seen any more, though no event says so."""
        wanted = rows.as_json(list(claims))
        self._db.execute(
            "UPDATE claims SET version = version + 1"  # what is on its way now is older than that
            " WHERE id IN (SELECT value FROM json_each(?))",
            [wanted],
        )
        self._db.execute(
            "UPDATE cards SET shown_version = -1"
            " WHERE claim_id IN (SELECT value FROM json_each(?))",
            [wanted],
        )

    def redraw_documents_of(self, writer: MemberKey) -> None:
        """Draw the cards of a member's messages anew, once it isn't shown whose they are."""
        self._db.execute(
            "UPDATE cards SET shown_version = -1 WHERE document_id IN"
            " (SELECT id FROM documents WHERE writer_id = ?)",
            [writer],
        )

    def tend_posts(self, team: TeamId) -> None:
        """The posts of a team's open claims are to be looked at again: their tags may be others."""
        self._db.execute(
            "UPDATE cards SET post_version = -1 WHERE post_version IS NOT NULL AND claim_id IN"
            " (SELECT id FROM claims WHERE team_id = ? AND settled_at IS NULL)",
            [team],
        )

    def redraw_open(self, team: TeamId) -> None:
        """Draw the cards of a team's open claims, and of its documents, anew."""
        self._db.execute(
            "UPDATE claims SET version = version + 1 WHERE team_id = ? AND settled_at IS NULL",
            [team],
        )
        self._db.execute("UPDATE documents SET version = version + 1 WHERE team_id = ?", [team])
        self._db.execute(
            "UPDATE cards SET shown_version = -1 WHERE state = 'shown' AND (claim_id IN"
            " (SELECT id FROM claims WHERE team_id = :team AND settled_at IS NULL)"
            " OR document_id IN (SELECT id FROM documents WHERE team_id = :team))",
            {"team": team},
        )

    def mark_moved(self, message: int) -> None:
        """It says now where it moved to; a post of its own is to be closed."""
        self._db.execute("UPDATE cards SET state = 'moved' WHERE message_id = ?", [message])
        self.tend_post(message)

    def posts_behind(self, after: int, known: Iterable[int]) -> tuple[int, tuple[Card, ...]]:
        """Return the cards whose posts in a forum may not say how their claims stand.

        Those of claims with an event above `after`, those `known` to be so, and those to be looked
        at anyway. The last event's id comes first; 0 looks at every post.
        """
        (last,) = self._db.execute("SELECT ifnull(max(id), 0) FROM events").fetchone()
        found = self._db.execute(_POSTS, {"after": after, "known": rows.as_json(list(known))})
        return int(last), tuple(_read_card(row) for row in found.fetchall())

    def tend_post(self, message: int) -> None:
        """The post of this card, if it has one, is to be looked at again."""
        self._db.execute(
            "UPDATE cards SET post_version = -1, post_state = NULL"
            " WHERE message_id = ? AND post_version IS NOT NULL",
            [message],
        )

    def mark_tended(self, message: int, version: int, state: str) -> None:
        """The post of this card says how its claim stood at this version."""
        self._db.execute(
            "UPDATE cards SET post_version = ?, post_state = ? WHERE message_id = ?",
            [version, state, message],
        )

    def cards_in_thread(self, thread: int) -> tuple[int, ...]:
        """Return the cards that stand in a thread or post of a team's channel."""
        found = self._db.execute(
            "SELECT message_id FROM cards WHERE channel_id = ? AND parent_id IS NOT NULL", [thread]
        )
        return tuple(int(message) for (message,) in found)

    def latest(self, post: PostKind, subject: int) -> QueuedPost | None:
        """Return the newest post of this claim or document, however far it came."""
        row = self._db.execute(
            f"SELECT * FROM outbox WHERE {_SUBJECT[post]} = ? AND kind = ?"  # noqa: S608  # ours
            " ORDER BY id DESC LIMIT 1",
            [subject, post.value],
        ).fetchone()
        return _read_queued(row) if row else None

    def of_team(self, team: TeamId, *states: OutboxState) -> tuple[QueuedPost, ...]:
        """Return a team's posts in these states, none of them final, oldest first."""
        found = self._db.execute(
            "SELECT * FROM outbox WHERE team_id = ?"
            " AND state IN ('pending', 'sending', 'parked')"  # by the index of what waits
            " AND state IN (SELECT value FROM json_each(?)) ORDER BY id",
            [team, rows.as_json(states)],
        )
        return tuple(_read_queued(row) for row in found.fetchall())

    def count(self, *states: OutboxState) -> int:
        (count,) = self._db.execute(
            "SELECT count(*) FROM outbox WHERE state IN (SELECT value FROM json_each(?))",
            [rows.as_json(states)],
        ).fetchone()
        return int(count)

    def list_waiting(self, team: TeamId, channels: Iterable[int]) -> tuple[WaitingPosts, ...]:
        """Return, for each channel, what is queued and not posted yet.

        `channels` are the team's own: no notice to a person is among it.
        """
        found = self._db.execute(
            "SELECT channel_id, count(*) AS posts, min(queued_at) AS since, max(reason) AS reason,"
            " max(state = 'parked') AS parked"
            " FROM outbox WHERE team_id = ? AND state IN ('pending', 'sending', 'parked')"
            " AND kind NOT IN ('personal', 'nudge')"
            " AND (kind <> 'notice' OR channel_id IN (SELECT value FROM json_each(?)))"
            " GROUP BY channel_id ORDER BY since",
            [team, rows.as_json(sorted(channels))],
        )
        return tuple(
            WaitingPosts(
                row["channel_id"],
                row["posts"],
                datetime.fromisoformat(row["since"]),
                row["reason"],
                bool(row["parked"]),
            )
            for row in found.fetchall()
        )

    def list_without_card(self, team: TeamId) -> tuple[int, ...]:
        """Return the numbers of posted claims that no card shows and none is on its way for."""
        found = self._db.execute(
            "SELECT number FROM claims WHERE team_id = ?"
            " AND status NOT IN ('shelved', 'dropped', 'duplicate')"
            " AND NOT EXISTS (SELECT 1 FROM cards"
            " WHERE cards.claim_id = claims.id AND cards.state = 'shown')"
            " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.claim_id = claims.id"
            " AND kind = 'claim' AND state IN ('pending', 'sending'))"
            " ORDER BY number",
            [team],
        )
        return tuple(int(number) for (number,) in found.fetchall())

    def withdraw_notice(self, notice: int) -> None:
        """Withdraw a notice whose cause was resolved before it was sent."""
        self._db.execute(
            "UPDATE outbox SET state = 'gone', reason = 'mended meanwhile'"
            " WHERE notice_id = ? AND state IN ('pending', 'parked')",
            [notice],
        )

    def withdraw_assignments(self, member: str) -> None:
        """The messages that called this member are to be deleted, or never sent.

        A message does not hold whom it called: all are taken that belong to claims ever assigned
        to them.
        """
        theirs = (
            " WHERE kind = 'assignment' AND claim_id IN (SELECT claim_id FROM events"
            " WHERE kind = 'assigned' AND json_extract(payload, '$.to') = ?)"
        )
        self._db.execute(
            f"UPDATE outbox SET reason = '{FORGOTTEN}'{theirs} AND state = 'sent'",  # noqa: S608  # ours
            [member],
        )
        self._db.execute(
            f"UPDATE outbox SET state = 'gone', reason = '{FORGOTTEN}'{theirs}"  # noqa: S608  # ours
            " AND state IN ('pending', 'parked')",
            [member],
        )

    def forget_nudges(self, member: str) -> None:
        """No nudge leads to this member by its channel any more; what waits is never sent."""
        theirs = (
            " WHERE kind = 'nudge' AND claim_id IN (SELECT claim_id FROM events"
            " WHERE kind = 'assigned' AND json_extract(payload, '$.to') = ?)"
        )
        self._db.execute(
            f"UPDATE outbox SET channel_id = 0, message_id = NULL{theirs}",  # noqa: S608  # ours
            [member],
        )
        self._db.execute(
            f"UPDATE outbox SET state = 'gone', reason = '{FORGOTTEN}'{theirs}"  # noqa: S608  # ours
            " AND state IN ('pending', 'parked')",
            [member],
        )

    def list_withdrawn(self) -> tuple[tuple[int, int, int], ...]:
        """Return the (post, channel, message) of every message that is still to be deleted."""
        found = self._db.execute(
            "SELECT id, ifnull(place_id, channel_id), message_id FROM outbox"
            " WHERE state = 'sent' AND reason = ?",
            [FORGOTTEN],
        )
        return tuple((int(post), int(place), int(message)) for post, place, message in found)

    def lose_channel(self, channel: int) -> None:
        """Every message in it is no more."""
        self._db.execute("DELETE FROM cards WHERE ? IN (channel_id, parent_id)", [channel])
        self._db.execute(
            "UPDATE outbox SET state = 'gone', reason = ? WHERE channel_id = ? AND state = 'sent'",
            [WITH_CHANNEL, channel],
        )

    def list_lost_with_channel(self, team: TeamId) -> tuple[int, ...]:
        """The open claims whose last card went with its channel, in the order of their numbers."""
        found = self._db.execute(_LOST_WITH_CHANNEL, [team, WITH_CHANNEL])
        return tuple(int(claim) for (claim,) in found.fetchall())

    def open_cards(self, team: TeamId) -> tuple[tuple[int, int], ...]:
        """Return the (channel, message) of every open claim's card, oldest first."""
        found = self._db.execute(
            "SELECT cards.channel_id, cards.message_id FROM cards"
            " JOIN claims ON claims.id = cards.claim_id"
            " WHERE cards.team_id = ? AND cards.state = 'shown' AND claims.settled_at IS NULL"
            " AND claims.status NOT IN ('dropped', 'duplicate', 'shelved')"
            " ORDER BY cards.message_id",
            [team],
        )
        return tuple((int(channel), int(message)) for channel, message in found.fetchall())

    def mark_lost(self, message: int) -> None:
        """The message is no more; it shows nothing and is edited no more."""
        self._db.execute("DELETE FROM cards WHERE message_id = ?", [message])
        self._db.execute(
            "UPDATE outbox SET state = 'gone', reason = 'message deleted' WHERE message_id = ?",
            [message],
        )


def _read_queued(row: Row) -> QueuedPost:
    post = PostKind(row["kind"])
    first = row["first_attempt_at"]
    return QueuedPost(
        id=row["id"],
        team=TeamId(row["team_id"]),
        kind=post,
        channel=row["channel_id"],
        subject=row[_SUBJECT[post]],
        nonce=row["nonce"],
        progress=Progress(
            state=OutboxState(row["state"]),
            attempts=row["attempts"],
            uncertain_since=datetime.fromisoformat(first) if first else None,
            reason=row["reason"],
        ),
    )


def _read_card(row: Row) -> Card:
    post = PostKind.CLAIM if row["claim_id"] is not None else PostKind.DOCUMENT
    state = CardState(row["state"])
    return Card(
        message=row["message_id"],
        channel=row["channel_id"],
        team=TeamId(row["team_id"]),
        kind=post,
        subject=row[_SUBJECT[post]],
        shown_version=row["shown_version"],
        version=row["version"] if state is CardState.SHOWN else sys.maxsize,
        state=state,
        parent=row["parent_id"],
        post_state=row["post_state"],
        own_post=row["post_version"] is not None,
    )
