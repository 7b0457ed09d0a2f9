"""What an export reads: a team's claims with all that belongs to them, a page at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from sqlite3 import Row
from typing import TypeVar

from sqlite_utils import Database

from workflows.claims import Document, Passage, SourceInChain, TeamId
from workflows.export.model import ExportedClaim, Selection
from workflows.store import rows
from workflows.store.evidence import WHOLE_LINKS
from workflows.store.history import SETTLED_FROM, read_settled_by

T = TypeVar("T")
PAGE = 500
_DOCUMENTS = 200
"""How many documents are kept at hand; claims of one document stand together."""


class ExportRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self, team: TeamId, selection: Selection) -> int:
        where, values = _build_where(team, selection)
        counted = "SELECT count(*) FROM claims WHERE " + where  # noqa: S608  # conditions of ours
        return int(self._db.execute(counted, values).fetchone()[0])

    def claims(self, team: TeamId, selection: Selection) -> Iterator[ExportedClaim]:
        """Yield the selected claims by number, never more than a page of them in memory."""
        where, values = _build_where(team, selection)
        documents: dict[int, Document] = {}
        after = 0
        while True:
            page = self._db.execute(
                f"{_CLAIMS} WHERE {where} AND claims.number > ? ORDER BY claims.number LIMIT ?",
                [*values, after, PAGE],
            ).fetchall()
            yield from self._whole(page, documents)
            if len(page) < PAGE:
                return
            after = page[-1]["number"]

    def _whole(
        self, page: Sequence[Row], documents: dict[int, Document]
    ) -> Iterator[ExportedClaim]:
        ids = rows.as_json([row["id"] for row in page])
        passages = self._by("claim_id", _PASSAGES, ids, lambda row: row)
        links = self._by("passage_id", _LINKS, ids, rows.read_source)
        evidence = self._by("claim_id", _EVIDENCE, ids, rows.read_evidence)
        votes = self._by("claim_id", _VOTES, ids, rows.read_vote)
        cards = self._by("claim_id", _CARDS, ids, lambda row: (row["channel_id"], row["message"]))
        for row in page:
            yield ExportedClaim(
                claim=rows.read_claim(row),
                passages=tuple(
                    self._passage(found, documents, links) for found in passages[row["id"]]
                ),
                evidence=tuple(evidence[row["id"]]),
                votes=tuple(votes[row["id"]]),
                merged_into=row["merged_number"],
                card=next(iter(cards[row["id"]]), None),
                settled_by=read_settled_by(rows.read_state(row), row["settled_from"]),
            )

    def _by(self, key: str, sql: str, ids: str, made: Callable[[Row], T]) -> dict[int, list[T]]:
        found: defaultdict[int, list[T]] = defaultdict(list)
        for row in self._db.execute(sql, [ids]).fetchall():
            found[row[key]].append(made(row))
        return found

    def _passage(
        self, row: Row, documents: dict[int, Document], links: dict[int, list[SourceInChain]]
    ) -> Passage:
        document = self._document(row["document_id"], documents)
        gone_in = self._document(row["gone_in"], documents) if row["gone_in"] else None
        gone_at = gone_in.added_at if gone_in else None
        return rows.read_passage(row, document, links[row["id"]], gone_at)

    def _document(self, key: int, known: dict[int, Document]) -> Document:
        if key not in known:
            if len(known) >= _DOCUMENTS:
                known.clear()
            row = self._db.execute(_DOCUMENT, [key]).fetchone()
            known[key] = rows.read_document(row)
        return known[key]


def _build_where(team: TeamId, selection: Selection) -> tuple[str, list[object]]:
    conditions, values = ["claims.team_id = ?"], [team]
    more: list[object] = []
    if selection.statuses:
        conditions.append("claims.status IN (SELECT value FROM json_each(?))")
        more.append(rows.as_json(sorted(selection.statuses)))
    if selection.settled:
        conditions.append("claims.settled_at IS NOT NULL")
    if selection.document is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM passages WHERE claim_id = claims.id AND document_id = ?)"
        )
        more.append(selection.document)
    if selection.since is not None:
        conditions.append("max(claims.since, ifnull(claims.settled_at, '')) >= ?")
        more.append(rows.format_moment(selection.since))
    return " AND ".join(conditions), [*values, *more]


_CLAIMS = (
    f"SELECT claims.*, kept.number AS merged_number, {SETTLED_FROM} AS settled_from FROM claims"  # noqa: S608  # ours
    " LEFT JOIN claims AS kept ON kept.id = claims.merged_into"
)
_THESE = "IN (SELECT value FROM json_each(?))"
_PASSAGES = f"SELECT * FROM passages WHERE claim_id {_THESE} ORDER BY id"  # noqa: S608  # ours
_LINKS = (
    "SELECT attributions.* FROM attributions JOIN passages ON passages.id = passage_id"  # noqa: S608  # ours
    f" WHERE claim_id {_THESE} ORDER BY passage_id, position"
)
_EVIDENCE = f"{WHOLE_LINKS} WHERE claim_id {_THESE} ORDER BY evidence.id"
_VOTES = (
    "SELECT votes.*, texts.body AS reason_body FROM votes"  # noqa: S608  # ours
    f" LEFT JOIN texts ON texts.key = reason WHERE claim_id {_THESE} ORDER BY cast_at"
)
_CARDS = (
    "SELECT claim_id, channel_id, max(message_id) AS message FROM cards"  # noqa: S608  # ours
    f" WHERE claim_id {_THESE} AND state = 'shown' GROUP BY claim_id"
)
_DOCUMENT = (
    "SELECT id, key, title, publisher, url, published, language, sha256, added_at, version,"
    " revises, engine FROM documents WHERE id = ?"
)
