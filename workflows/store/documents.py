"""The documents and the passages in them."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row

import msgspec
from sqlite_utils import Database

from workflows.claims import (
    AttributionCheck,
    Claim,
    Disagreement,
    Document,
    FoundClaim,
    Hedge,
    MemberKey,
    Passage,
    Place,
    TeamId,
)
from workflows.engines import write_engine
from workflows.ids import make_random_key
from workflows.intake import Intake
from workflows.matching.sketch import sketch_text
from workflows.store import rows
from workflows.urls import identify_page


class DocumentRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        team: TeamId,
        intake: Intake,
        by: MemberKey | None,
        now: datetime,
        revises: Document | None = None,
    ) -> Document:
        """Keep a document; `revises` is the version of it that the team had before."""
        row = self._db.execute(
            "INSERT INTO documents (key, team_id, title, publisher, url, published, language,"
            " text, sha256, added_by, added_at, page, places, revises, engine, writer_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                identify_page(intake.url) if intake.url else None,
                rows.as_json(intake.places),
                revises.id if revises else None,
                write_engine(intake.reading.engine),
                intake.writer,
            ],
        ).lastrowid
        if row is None:
            raise LookupError("a document just stored is not there")
        self._db.execute(
            "INSERT INTO document_sketches (team_id, hash, document_id)"
            " SELECT ?, value, ? FROM json_each(?)",
            [team, row, rows.as_json(sorted(sketch_text(intake.text)))],
        )
        return self.get(row)

    def forget_writer(self, writer: MemberKey) -> None:
        """Remove from the messages of a member whose they are and where they stand."""
        self._db.execute(
            "UPDATE documents SET publisher = NULL, url = NULL, page = NULL, writer_id = NULL,"
            " version = version + 1 WHERE writer_id = ?",
            [writer],
        )

    def with_text(self, team: TeamId, sha256: str) -> Document | None:
        """Return the team's document with this very text."""
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND sha256 = ?", [team, sha256]
        ).fetchone()
        return rows.read_document(row) if row else None

    def with_page(self, team: TeamId, url: str) -> Document | None:
        """Return the team's newest document from the page that this link leads to."""
        row = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND page = ? ORDER BY id DESC LIMIT 1",
            [team, identify_page(url)],
        ).fetchone()
        return rows.read_document(row) if row else None

    def list_sketches(self, claim: Claim) -> tuple[frozenset[int], ...]:
        """Return the sketch of each document that a claim stands in."""
        sketches: dict[int, set[int]] = {}
        for row in self._db.execute(
            "SELECT DISTINCT passages.document_id, hash FROM passages"
            " JOIN document_sketches ON document_sketches.document_id = passages.document_id"
            " WHERE passages.claim_id = ?",
            [claim.id],
        ).fetchall():
            sketches.setdefault(row["document_id"], set()).add(row["hash"])
        return tuple(map(frozenset, sketches.values()))

    def with_sketch(self, team: TeamId, sketch: Iterable[int], most: int) -> tuple[Document, ...]:
        """Return the team's documents that share part of a sketch, the likest first.

        They are found by the hashes, among the team's own: else every text that comes in would hold
        up the votes the longer, the more came before. Only the likest are read whole.
        """
        found = self._db.execute(
            "SELECT documents.* FROM (SELECT document_id, count(*) AS shared FROM document_sketches"
            " WHERE team_id = ? AND hash IN (SELECT value FROM json_each(?))"
            " GROUP BY document_id ORDER BY shared DESC, document_id DESC LIMIT ?)"
            " JOIN documents ON documents.id = document_id ORDER BY shared DESC, document_id DESC",
            [team, rows.as_json(list(sketch)), most],
        )
        return tuple(rows.read_document(row) for row in found.fetchall())

    def get_places(self, document: Document) -> tuple[Place, ...]:
        """Return the places of a document's text, as far as the document has its own."""
        row = self._db.execute(
            "SELECT places FROM documents WHERE id = ?", [document.id]
        ).fetchone()
        return msgspec.json.decode(row["places"], type=tuple[Place, ...])

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
            "SELECT id, key, title, publisher, url, published, language, sha256, added_at, version,"
            " revises, engine FROM documents WHERE team_id = ? AND instr(lower(title), lower(?))"
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

    def count_changes(self, document: Document) -> tuple[int, int, int]:
        """Return how many claims a newer version has: new, with another figure, and no longer."""
        row = self._db.execute(
            "SELECT (SELECT count(DISTINCT claim_id) FROM passages WHERE document_id = :id"
            " AND is_new = 1) AS new,"
            " (SELECT count(DISTINCT disagreements.claim_id) FROM passages"
            " JOIN disagreements ON disagreements.claim_id = passages.claim_id AND kind = :kind"
            " JOIN passages AS former ON former.claim_id = other_id AND former.gone_in = :id"
            " WHERE passages.document_id = :id) AS revised,"
            " (SELECT count(DISTINCT claim_id) FROM passages WHERE gone_in = :id) AS gone",
            {"id": document.id, "kind": Disagreement.REVISES.value},
        ).fetchone()
        return row["new"], row["revised"], row["gone"] - row["revised"]

    def earlier_passages(self, document: Document) -> tuple[tuple[int, str, bool], ...]:
        """Return what a document and its earlier versions say, as (claim, quote, gone since).

        In the order in which they stand, the oldest version first; each of the claim
        it was found for.
        """
        found = self._db.execute(
            "WITH RECURSIVE versions (id, revises) AS ("
            " SELECT id, revises FROM documents WHERE id = ?"
            " UNION SELECT documents.id, documents.revises FROM documents"
            " JOIN versions ON documents.id = versions.revises)"
            " SELECT claim_id, quote, gone_in IS NOT NULL AS gone FROM passages"
            " WHERE document_id IN (SELECT id FROM versions)"
            " ORDER BY document_id, start, id",
            [document.id],
        )
        return tuple((row["claim_id"], row["quote"], bool(row["gone"])) for row in found.fetchall())

    def mark_gone(self, claim: int, earlier: Document, newer: Document) -> None:
        """A newer version no longer has what a document and its earlier versions say here."""
        self._db.execute(
            "WITH RECURSIVE versions (id, revises) AS ("
            " SELECT id, revises FROM documents WHERE id = ?"
            " UNION SELECT documents.id, documents.revises FROM documents"
            " JOIN versions ON documents.id = versions.revises)"
            " UPDATE passages SET gone_in = ? WHERE claim_id = ? AND gone_in IS NULL"
            " AND document_id IN (SELECT id FROM versions)",
            [earlier.id, newer.id, claim],
        )

    def touch(self, claim: int) -> None:
        """The cards of the documents the claim stands in are to be shown anew."""
        self._db.execute(
            "UPDATE documents SET version = version + 1"
            " WHERE id IN (SELECT document_id FROM passages WHERE claim_id = ?)",
            [claim],
        )

    def add_passage(
        self,
        claim: int,
        document: Document,
        found: FoundClaim,
        place: Place | None = None,
        *,
        is_new: bool = False,
    ) -> int:
        """Keep where a claim stands in a document; the passage's row."""
        passage = self._db.execute(
            "INSERT INTO passages (claim_id, document_id, quote, quote_start, start, end, hedge,"
            " hedge_cue, place, is_new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                claim,
                document.id,
                found.quote,
                found.quote_start,
                found.start,
                found.end,
                found.hedge.value,
                found.hedge_cue,
                rows.write_place(place),
                int(is_new),
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
            " hedge_cue, place, is_new, gone_in) SELECT ?, document_id, quote, quote_start, start,"
            " end, hedge, hedge_cue, place, is_new, gone_in FROM passages WHERE id = ?",
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
        """Keep whom the mention refers to, as a moderator says."""
        self._db.execute("UPDATE attributions SET resolved = ? WHERE id = ?", [name, attribution])

    def set_hedge(self, passage: int, hedge: Hedge) -> None:
        """Keep how firmly a passage puts its claim, as a moderator says."""
        self._db.execute("UPDATE passages SET hedge = ? WHERE id = ?", [hedge.value, passage])

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
        gone_at = self.get(row["gone_in"]).added_at if row["gone_in"] else None
        document = self.get(row["document_id"])
        return rows.read_passage(row, document, map(rows.read_source, links), gone_at)
