"""The links on claims, each with what it shows and the note beside it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlite_utils import Database

from workflows.claims import Claim, Evidence, EvidenceKey, MemberKey, Scene, TeamId
from workflows.events import Text
from workflows.ids import make_hash
from workflows.store import rows

WHOLE_LINKS = (
    "SELECT evidence.*, texts.body AS note_body, snapshots.*,"
    " captures.address AS archived, watches.change, watches.changed_on,"
    " pictures.sha256 AS picture_sha256, phash, width, height, pictures.words AS picture_words,"
    " is_upload, seen, page_copies.name AS copy_name, page_copies.sha256 AS copy_sha256"
    " FROM evidence"
    " LEFT JOIN texts ON texts.key = evidence.note"
    " LEFT JOIN snapshots ON snapshots.evidence_id = evidence.id"
    " LEFT JOIN captures ON captures.evidence_id = evidence.id"
    " LEFT JOIN watches ON watches.evidence_id = evidence.id"
    " LEFT JOIN pictures ON pictures.evidence_id = evidence.id"
    " LEFT JOIN page_copies ON page_copies.evidence_id = evidence.id"
)
"""All there is to a link: its note, and what stood behind it."""


class EvidenceRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def list_unsettled_of(self, member: MemberKey) -> tuple[tuple[int, EvidenceKey], ...]:
        """Return a member's links on claims that may yet be decided, with the claims' rows."""
        found = self._db.execute(
            "SELECT claims.id, evidence.key FROM evidence"
            " JOIN claims ON claims.id = evidence.claim_id"
            " WHERE evidence.added_by = ? AND settled_at IS NULL ORDER BY evidence.id",
            [member],
        )
        return tuple((row["id"], EvidenceKey(row["key"])) for row in found.fetchall())

    def of_claim(self, claim: Claim) -> tuple[Evidence, ...]:
        found = self._db.execute(
            f"{WHOLE_LINKS} WHERE claim_id = ? ORDER BY evidence.id", [claim.id]
        )
        return tuple(rows.read_evidence(row) for row in found.fetchall())

    def add(self, claim: Claim, link: Evidence, salt: str, note_key: str | None) -> None:
        self._db.execute(
            "INSERT INTO evidence (key, claim_id, attribution_id, url, salt, origin, stance,"
            " counts, note, source_grade, information_grade, added_by, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                link.key,
                claim.id,
                *_list_columns(link, salt, note_key),
                link.by,
                rows.format_moment(link.at),
            ],
        )

    def change(self, claim: Claim, link: Evidence, salt: str, note_key: str | None) -> None:
        """Keep the link as it is now, under its key."""
        self._db.execute(
            "UPDATE evidence SET attribution_id = ?, url = ?, salt = ?, origin = ?, stance = ?,"
            " counts = ?, note = ?, source_grade = ?, information_grade = ?"
            " WHERE claim_id = ? AND key = ?",
            [*_list_columns(link, salt, note_key), claim.id, link.key],
        )

    def set_scene(self, claim: Claim, key: EvidenceKey, scene: Scene | None) -> None:
        self._db.execute(
            "UPDATE evidence SET place = ?, latitude = ?, longitude = ?, happened = ?"
            " WHERE claim_id = ? AND key = ?",
            [*rows.list_scene_columns(scene), claim.id, key],
        )

    def note_of(self, claim: Claim, key: EvidenceKey) -> Text | None:
        """Return what history holds of the note that stands with a link."""
        row = self._db.execute(
            "SELECT texts.* FROM evidence JOIN texts ON texts.key = evidence.note"
            " WHERE claim_id = ? AND evidence.key = ?",
            [claim.id, key],
        ).fetchone()
        return Text(row["key"], make_hash(row["body"], row["salt"])) if row else None

    def recount(self, claim: Claim, key: EvidenceKey, *, counts: bool) -> None:
        self._db.execute(
            "UPDATE evidence SET counts = ? WHERE claim_id = ? AND key = ?",
            [int(counts), claim.id, key],
        )

    def remove(self, claim: Claim, key: EvidenceKey) -> None:
        """The link goes, and the note that stands with it."""
        where = "FROM evidence WHERE claim_id = ? AND key = ?"
        (note,) = self._db.execute(f"SELECT note {where}", [claim.id, key]).fetchone()  # ours
        self._db.execute(f"DELETE {where}", [claim.id, key])  # ours
        self._db.execute("DELETE FROM texts WHERE key = ?", [note])

    def keep_removed(self, claim: Claim, key: EvidenceKey, by: MemberKey, now: datetime) -> None:
        """Keep a link that is to be taken away, so that it can be put back for a while."""
        self._db.execute(
            "INSERT OR REPLACE INTO removed_links (key, claim_id, attribution_id, url, origin,"
            " stance, counts, note, source_grade, information_grade, added_by, added_at,"
            " removed_by, removed_at)"
            " SELECT evidence.key, claim_id, attribution_id, url, origin, stance, counts,"
            " texts.body, source_grade, information_grade, added_by, added_at, ?, ?"
            " FROM evidence LEFT JOIN texts ON texts.key = evidence.note"
            " WHERE claim_id = ? AND evidence.key = ?",
            [by, rows.format_moment(now), claim.id, key],
        )

    def list_removed(self, team: TeamId, by: MemberKey) -> tuple[tuple[int, Evidence], ...]:
        """Return the links that this moderator took away, each with its claim's row."""
        found = self._db.execute(
            "SELECT removed_links.*, note AS note_body, NULL AS state,"
            " NULL AS picture_sha256, NULL AS place, NULL AS latitude, NULL AS happened"
            " FROM removed_links"
            " JOIN claims ON claims.id = claim_id"
            " WHERE claims.team_id = ? AND removed_by = ? ORDER BY claim_id, added_at, key",
            [team, by],
        )
        return tuple((row["claim_id"], rows.read_evidence(row)) for row in found.fetchall())

    def drop_removed(self, key: EvidenceKey) -> None:
        """A link was put back: it is kept no longer."""
        self._db.execute("DELETE FROM removed_links WHERE key = ?", [key])

    def purge_removed(self, before: datetime) -> None:
        """Forget the links that were taken away before then."""
        self._db.execute(
            "DELETE FROM removed_links WHERE removed_at < ?", [rows.format_moment(before)]
        )

    def move(self, keys: Iterable[EvidenceKey], source: Claim, target: Claim) -> None:
        """From one claim to another."""
        self._db.execute(
            "UPDATE evidence SET claim_id = ?"
            " WHERE claim_id = ? AND key IN (SELECT value FROM json_each(?))",
            [target.id, source.id, rows.as_json(list(keys))],
        )

    def address_salts(self, claim: Claim) -> Mapping[str, tuple[str, str]]:
        """Each link's key, with its address and the salt of the address's hash in history."""
        found = self._db.execute(
            "SELECT key, url, salt FROM evidence WHERE claim_id = ?", [claim.id]
        )
        return {row["key"]: (row["url"], row["salt"]) for row in found.fetchall()}


def _list_columns(link: Evidence, salt: str, note_key: str | None) -> list[object]:
    """Return what can change of a link, in the order of its columns from `attribution_id` on."""
    return [
        link.target,
        link.url,
        salt,
        link.origin,
        link.stance.value,
        int(link.counts),
        note_key,
        link.grade.source,
        link.grade.information,
    ]
