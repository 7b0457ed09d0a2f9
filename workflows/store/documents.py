"""The documents and the passages in them."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row

from sqlite_utils import Database

from workflows.claims import AttributionCheck, Document, FoundClaim, MemberKey, Passage, TeamId
from workflows.ids import make_random_key
from workflows.intake import Intake
from workflows.store import rows


class DocumentRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, team: TeamId, intake: Intake, by: MemberKey | None, now: datetime) -> Document:
        self._db.execute(
            "INSERT INTO documents (key, team_id, title, publisher, url, published, language,"
            " text, sha256, added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                make_random_key(),
                team,
                intake.title,
                intake.publisher,
                intake.url,
                intake.published.isoformat() if intake.published else None,
                intake.language,
                intake.text,
                intake.sha256,
                by,
                rows.format_moment(now),
            ],
        )
        found = self.with_text(team, intake.sha256)
        if found is None:
            raise LookupError("a document just stored is not there")
        return found

    def with_text(self, team: TeamId, sha256: str) -> Document | None:
        """Return the team's document with this very text."""
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND sha256 = ?", [team, sha256]
        ).fetchone()
        return rows.read_document(row) if row else None

    def with_url(self, team: TeamId, url: str) -> Document | None:
        """Return the team's newest document from this link."""
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND url = ? ORDER BY id DESC LIMIT 1",
            [team, url],
        ).fetchone()
        return rows.read_document(row) if row else None

    def with_key(self, team: TeamId, key: str) -> Document | None:
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND key = ?", [team, key]
        ).fetchone()
        return rows.read_document(row) if row else None

    def find_named(self, team: TeamId, name: str) -> Document | None:
        """Return the team's newest document with this link or this very title."""
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND (url = ? OR title = ? COLLATE NOCASE)"
            " ORDER BY id DESC LIMIT 1",
            [team, name, name],
        ).fetchone()
        return rows.read_document(row) if row else None

    def find_titled(self, team: TeamId, part: str, most: int) -> tuple[Document, ...]:
        """Return the team's newest documents with this in their titles."""
        found = self._db.execute(
            "SELECT id, key, title, publisher, url, published, language, sha256, added_at, version"
            " FROM documents WHERE team_id = ? AND instr(lower(title), lower(?))"
            " ORDER BY id DESC LIMIT ?",
            [team, part, most],
        )
        return tuple(rows.read_document(row) for row in found.fetchall())

    def get(self, document: int) -> Document:
        return rows.read_document(
            self._db.execute("SELECT * FROM documents WHERE id = ?", [document]).fetchone()
        )

    def get_with_team(self, document: int) -> tuple[TeamId, Document]:
        row = self._db.execute("SELECT * FROM documents WHERE id = ?", [document]).fetchone()
        return TeamId(row["team_id"]), rows.read_document(row)

    def text_of(self, document: Document) -> str:
        row = self._db.execute("SELECT text FROM documents WHERE id = ?", [document.id]).fetchone()
        return str(row["text"])

    def remove_texts(self, before: datetime, most: int) -> int:
        """Remove the texts of documents that nobody has worked with since then; how many."""
        then = rows.format_moment(before)
        return self._db.execute(
            "UPDATE documents SET text = '' WHERE id IN ("
            " SELECT id FROM documents AS old WHERE text <> '' AND added_at < ?"
            " AND NOT EXISTS (SELECT 1 FROM passages JOIN claims ON claims.id = claim_id"
            " WHERE passages.document_id = old.id AND (ifnull(settled_at, since) >= ?"
            " OR settled_at IS NULL AND status NOT IN ('shelved', 'dropped', 'duplicate')))"
            " ORDER BY id LIMIT ?)",
            [then, then, most],
        ).rowcount

    def standing_of_claims(self, document: Document) -> dict[tuple[str, bool], int]:
        """Return how many of its claims, shared ones too, are in each (status, settled or not)."""
        counted = self._db.execute(
            "SELECT status, settled_at IS NOT NULL AS settled, count(*) AS claims FROM claims"
            " WHERE id IN (SELECT claim_id FROM passages WHERE document_id = ?) GROUP BY 1, 2",
            [document.id],
        )
        return {(row["status"], bool(row["settled"])): row["claims"] for row in counted.fetchall()}

    def touch(self, claim: int) -> None:
        """The cards of the documents the claim stands in are to be shown anew."""
        self._db.execute(
            "UPDATE documents SET version = version + 1"
            " WHERE id IN (SELECT document_id FROM passages WHERE claim_id = ?)",
            [claim],
        )

    def add_passage(self, claim: int, document: Document, found: FoundClaim) -> int:
        """Keep where a claim stands in a document; the passage's row."""
        passage = self._db.execute(
            "INSERT INTO passages (claim_id, document_id, quote, quote_start, start, end, hedge,"
            " hedge_cue) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                claim,
                document.id,
                found.quote,
                found.quote_start,
                found.start,
                found.end,
                found.hedge.value,
                found.hedge_cue,
            ],
        ).lastrowid
        for position, link in enumerate(found.attribution):
            self._db.execute(
                "INSERT INTO attributions (passage_id, position, source, start, end, cue,"
                ' cue_start, cue_end, anonymous, date, hedge, resolved, "check")'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    passage,
                    position,
                    link.source,
                    link.start,
                    link.end,
                    link.cue,
                    link.cue_start,
                    link.cue_end,
                    int(link.anonymous),
                    link.date.isoformat() if link.date else None,
                    link.hedge.value,
                    link.resolved,
                    AttributionCheck.UNCHECKED.value,
                ],
            )
        if passage is None:
            raise LookupError("a passage just stored has no row")
        return passage

    def move_passages(self, passages: Iterable[int], source: int, target: int) -> None:
        """From one claim to another, with who says so in them."""
        self._db.execute(
            "UPDATE passages SET claim_id = ?"
            " WHERE claim_id = ? AND id IN (SELECT value FROM json_each(?))",
            [target, source, rows.as_json(list(passages))],
        )

    def copy_passages(self, source: int, target: int) -> tuple[int, ...]:
        """Return the same passages for another claim too; the rows of the copies."""
        return tuple(self._copy(passage.id, target) for passage in self.passages(source))

    def _copy(self, passage: int, target: int) -> int:
        copied = self._db.execute(
            "INSERT INTO passages (claim_id, document_id, quote, quote_start, start, end, hedge,"
            " hedge_cue) SELECT ?, document_id, quote, quote_start, start, end, hedge, hedge_cue"
            " FROM passages WHERE id = ?",
            [target, passage],
        ).lastrowid
        self._db.execute(
            "INSERT INTO attributions (passage_id, position, source, start, end, cue, cue_start,"
            ' cue_end, anonymous, date, hedge, resolved, "check") SELECT ?, position, source,'
            " start, end, cue, cue_start, cue_end, anonymous, date, hedge, resolved, ?"
            " FROM attributions WHERE passage_id = ?",
            [copied, AttributionCheck.UNCHECKED.value, passage],
        )
        return int(copied or 0)

    def name_source(self, attribution: int, name: str) -> None:
        """Whom the mention refers to, as a moderator says."""
        self._db.execute("UPDATE attributions SET resolved = ? WHERE id = ?", [name, attribution])

    def check(self, attribution: int, check: AttributionCheck) -> None:
        """Keep what evidence shows about whether this source said it."""
        self._db.execute(
            'UPDATE attributions SET "check" = ? WHERE id = ?', [check.value, attribution]
        )

    def passages(self, claim: int) -> tuple[Passage, ...]:
        found = self._db.execute(
            "SELECT * FROM passages WHERE claim_id = ? ORDER BY id", [claim]
        ).fetchall()
        return tuple(self._passage(row) for row in found)

    def _passage(self, row: Row) -> Passage:
        links = self._db.execute(
            "SELECT * FROM attributions WHERE passage_id = ? ORDER BY position", [row["id"]]
        ).fetchall()
        return rows.read_passage(row, self.get(row["document_id"]), map(rows.read_source, links))
