"""The addresses that members confirmed, and the mail that is on its way to them."""

from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.ids import make_hash, make_random_key
from workflows.mail import CODE_LIVES, CODE_TRIES, MailAddress, MailKind, QueuedMail
from workflows.store import rows


class MailRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, member: MemberKey) -> MailAddress | None:
        row = self._db.execute(
            "SELECT * FROM mail_addresses WHERE member_id = ?", [member]
        ).fetchone()
        return _read_address(row) if row else None

    def with_token(self, token: str) -> MailAddress | None:
        row = self._db.execute("SELECT * FROM mail_addresses WHERE token = ?", [token]).fetchone()
        return _read_address(row) if row else None

    def ask(self, team: TeamId, member: MemberKey, address: str, code: str, now: datetime) -> None:
        """Keep an address that is to be confirmed, in place of another, and queue its code."""
        self.remove(member)
        token = make_random_key()
        self._db.execute(
            "INSERT INTO mail_addresses (member_id, team_id, address, token, code_hash, asked_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [member, team, address, token, make_hash(code, token), rows.format_moment(now)],
        )
        self._queue(member, MailKind.CONFIRMATION, None, code, now)
        moment = rows.format_moment(now)
        self._db.conn.executemany(
            "INSERT INTO mail_requests (key, asked_at) VALUES (?, ?)",
            [(key, moment) for key in _hash_request(member, address)],
        )

    def list_asked(self, member: MemberKey, address: str, since: datetime) -> tuple[datetime, ...]:
        """Return when codes were asked for since then, by this member or for this address.

        Which address it was outlasts neither the day nor, but for a hash of it, its removal.
        """
        moment = rows.format_moment(since)
        self._db.execute("DELETE FROM mail_requests WHERE asked_at <= ?", [moment])
        found = self._db.execute(
            "SELECT DISTINCT asked_at FROM mail_requests WHERE key IN (?, ?)",
            _hash_request(member, address),
        )
        return tuple(datetime.fromisoformat(asked_at) for (asked_at,) in found.fetchall())

    def confirm(self, member: MemberKey, code: str, now: datetime) -> bool:
        """Return True if this is the code; a few wrong ones end it."""
        row = self._db.execute(
            "SELECT token, code_hash FROM mail_addresses WHERE member_id = ? AND tries < ?"
            " AND confirmed_at IS NULL AND asked_at > ?",
            [member, CODE_TRIES, rows.format_moment(now - CODE_LIVES)],
        ).fetchone()
        if row is None:
            return False
        if make_hash(code, row["token"]) != row["code_hash"]:
            self._db.execute(
                "UPDATE mail_addresses SET tries = tries + 1 WHERE member_id = ?", [member]
            )
            return False
        self._db.execute(
            "UPDATE mail_addresses SET confirmed_at = ?, code_hash = '' WHERE member_id = ?",
            [rows.format_moment(now), member],
        )
        return True

    def remove(self, member: MemberKey) -> None:
        """The address goes, and what is on its way there."""
        self._db.execute("DELETE FROM mails WHERE member_id = ?", [member])
        self._db.execute("DELETE FROM mail_addresses WHERE member_id = ?", [member])

    # ------------------------------------------------------------------- what is on its way

    def queue_digest(self, member: MemberKey, run: int, now: datetime) -> None:
        self._queue(member, MailKind.DIGEST, run, None, now)

    def _queue(
        self, member: MemberKey, kind: MailKind, run: int | None, code: str | None, now: datetime
    ) -> None:
        moment = rows.format_moment(now)
        self._db.execute(
            "INSERT INTO mails (member_id, kind, digest_run_id, code, key, queued_at, next_try_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [member, kind.value, run, code, make_random_key(), moment, moment],
        )

    def due(self, now: datetime) -> tuple[QueuedMail, ...]:
        found = self._db.execute(
            "SELECT mails.id AS mail_id, mails.*, mail_addresses.* FROM mails"
            " JOIN mail_addresses ON mail_addresses.member_id = mails.member_id"
            " WHERE next_try_at <= ? ORDER BY mails.id LIMIT 100",
            [rows.format_moment(now)],
        )
        return tuple(map(_read_mail, found.fetchall()))

    def finish(self, mail: QueuedMail) -> None:
        self._db.execute("DELETE FROM mails WHERE id = ?", [mail.id])

    def postpone(self, mail: QueuedMail, at: datetime) -> None:
        self._db.execute(
            "UPDATE mails SET attempts = attempts + 1, next_try_at = ? WHERE id = ?",
            [rows.format_moment(at), mail.id],
        )

    def drop_older(self, than: datetime) -> None:
        self._db.execute("DELETE FROM mails WHERE queued_at < ?", [rows.format_moment(than)])


def _hash_request(member: MemberKey, address: str) -> tuple[str, str]:
    return make_hash(f"by {member}"), make_hash(f"for {address.casefold()}")


def _read_address(row: Row) -> MailAddress:
    return MailAddress(
        member=MemberKey(row["member_id"]),
        team=TeamId(row["team_id"]),
        address=row["address"],
        token=row["token"],
        confirmed_at=rows.read_moment(row["confirmed_at"]),
        asked_at=datetime.fromisoformat(row["asked_at"]),
    )


def _read_mail(row: Row) -> QueuedMail:
    return QueuedMail(
        id=row["mail_id"],
        to=_read_address(row),
        kind=MailKind(row["kind"]),
        run=row["digest_run_id"],
        code=row["code"],
        key=row["key"],
        attempts=row["attempts"],
    )
