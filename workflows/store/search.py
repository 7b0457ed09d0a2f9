"""Finds claims: by filters, by words, by what is typed so far. Always within one team."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from sqlite3 import Row

import msgspec
from sqlite_utils import Database

from workflows.claims import Claim, ClaimKey, Document, Hedge, MemberKey, Status, TeamId
from workflows.digest.sections import CardLink
from workflows.ids import make_hash
from workflows.search import (
    POSTED,
    UNDECIDED,
    ClaimFilter,
    ClaimSummary,
    find_number,
    parse_expression,
)
from workflows.store import rows

MOST_TYPED = 25
"""Completions that Discord takes."""
MOST_FOUND = 1000
"""Claims that are counted and paged through; of more, the newest."""
_DIGITS = 7
"""Numbers of more digits than this are completed no further."""


class SearchRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    # ----------------------------------------------------------------------------------- lists

    def page(
        self,
        team: TeamId,
        wanted: ClaimFilter,
        reader: MemberKey | None,
        overdue_before: datetime,
        *,
        own_claims: bool,
        most: int,
        skip: int,
    ) -> tuple[ClaimSummary, ...]:
        """Return the claims wanted, `most` at the most after the first `skip`.

        Those a query asks for come best first; those that await a vote as the digest ranks them;
        all others by their numbers, newest first. `own_claims` says whether the reader may vote on
        claims they added themselves.
        """
        asked, values = _build_query(
            team, wanted, reader, overdue_before, own=own_claims, ranked=True
        )
        order = "id DESC"
        if wanted.awaiting:
            order = f"{_RANKED} DESC, id DESC"
        if wanted.words:
            values["number"] = find_number(wanted.words)
            order = "number IS :number DESC, rank, id DESC"
        found = self._db.execute(
            f"SELECT id FROM ({asked}) ORDER BY {order} LIMIT :most OFFSET :skip",  # noqa: S608  # ours
            {**values, "most": most, "skip": skip},
        )
        return self._list([row["id"] for row in found.fetchall()])

    def count(
        self,
        team: TeamId,
        wanted: ClaimFilter,
        reader: MemberKey | None,
        overdue_before: datetime,
        *,
        own_claims: bool,
    ) -> int:
        """Return how many claims are wanted, counted no further than `MOST_FOUND`."""
        asked, values = _build_query(team, wanted, reader, overdue_before, own=own_claims)
        (total,) = self._db.execute(f"SELECT count(*) FROM ({asked})", values).fetchone()  # noqa: S608  # ours
        return int(total)

    def count_awaiting(self, team: TeamId, reader: MemberKey | None, *, own_claims: bool) -> int:
        """Return how many claims await the reader's vote, counted no further than `MOST_FOUND`."""
        values = {"team": team, "reader": reader, "own": own_claims, "most": MOST_FOUND}
        asked = f"SELECT 1 FROM claims WHERE team_id = :team AND {_AWAITING} LIMIT :most"  # noqa: S608  # ours
        (total,) = self._db.execute(f"SELECT count(*) FROM ({asked})", values).fetchone()  # noqa: S608  # ours
        return int(total)

    def find_awaiting(
        self,
        team: TeamId,
        reader: MemberKey | None,
        after: Claim | None,
        *,
        own_claims: bool,
    ) -> ClaimKey | None:
        """Return the claim that awaits the reader's vote behind `after`, in the list's order."""
        values: dict[str, object] = {"team": team, "reader": reader, "own": own_claims}
        asked = f"SELECT key FROM claims WHERE team_id = :team AND {_AWAITING}"  # noqa: S608  # ours
        if after:
            asked += f" AND ({_RANKED}, id) < (round(:worth, 1), :id)"
            values |= {"worth": after.check_worthiness, "id": after.id}
        row = self._db.execute(
            f"{asked} ORDER BY {_RANKED} DESC, id DESC LIMIT 1", values
        ).fetchone()
        return ClaimKey(row["key"]) if row else None

    def _list(self, ids: Sequence[int]) -> tuple[ClaimSummary, ...]:
        """Return these claims, in this order."""
        found = self._db.execute(_LISTED, [rows.as_json(list(ids))])
        by_id = {row["id"]: _read_summary(row) for row in found.fetchall()}
        return tuple(by_id[each] for each in ids)

    # ------------------------------------------------------------------------------ completion

    def complete(
        self, team: TeamId, typed: str, statuses: Collection[Status] = (), most: int = MOST_TYPED
    ) -> tuple[ClaimSummary, ...]:
        """Return what may be meant by a number's first digits or by words, newest first.

        `statuses` are those in question, if not all. Nothing typed gives the newest claims.
        """
        values: dict[str, object] = {"team": team, "most": most}
        among = "claims.team_id = :team" + (f" AND {_list_among(statuses)}" if statuses else "")
        number, match = find_number(typed), parse_expression(typed)
        ids: list[int] = []
        if number is not None:
            ids = self._ids(
                f"FROM ({_find_beginning(number, among)}) AS claims ORDER BY number", values
            )
        if match and len(ids) < most:
            ids += self._ids(
                f"{_SEARCHED} AND {among} ORDER BY searched.rowid DESC", {**values, "match": match}
            )
        elif number is None and not match:
            ids = self._ids(f"FROM claims WHERE {among} ORDER BY claims.number DESC", values)
        return self._list(list(dict.fromkeys(ids))[:most])

    def best_matching(
        self, team: TeamId, text: str, statuses: Iterable[Status]
    ) -> tuple[ClaimSummary, ...]:
        """Return the claims that share most with a text, best first, at most 25 of the newest."""
        match = parse_expression(text, any_of_them=True)
        if not match:
            return ()
        hits = self._db.execute(
            f"SELECT claims.id, {_RANK} AS rank {_SEARCHED}"  # ours
            f" AND {_list_among(statuses)} ORDER BY searched.rowid DESC LIMIT {MOST_FOUND}",
            {"team": team, "match": match},
        ).fetchall()
        best = sorted(hits, key=lambda row: row["rank"])[:MOST_TYPED]
        return self._list([row["id"] for row in best])

    def has_several_languages(self, team: TeamId) -> bool:
        """Return True if the team's documents aren't all in one language."""
        (count,) = self._db.execute(
            "SELECT count(DISTINCT substr(language, 1, 2)) FROM documents WHERE team_id = ?", [team]
        ).fetchone()
        return int(count) > 1

    def in_other_languages(
        self, team: TeamId, language: str, since: datetime, until: datetime
    ) -> tuple[Claim, ...]:
        """Return the newest claims of a time from documents in other languages, at most 1,000.

        Neither those that were dropped nor those merged into others.
        """
        found = self._db.execute(
            "SELECT claims.* FROM claims JOIN documents ON documents.id = claims.document_id"
            " WHERE claims.team_id = ? AND claims.added_at BETWEEN ? AND ?"
            " AND substr(documents.language, 1, 2) <> substr(?, 1, 2)"
            " AND claims.status NOT IN ('dropped', 'duplicate')"
            " ORDER BY claims.id DESC LIMIT 1000",
            [team, rows.format_moment(since), rows.format_moment(until), language],
        )
        return tuple(rows.read_claim(row) for row in found.fetchall())

    def summarize(self, claims: Iterable[Claim]) -> tuple[ClaimSummary, ...]:
        """Return these claims as a list names them, in this order."""
        return self._list([claim.id for claim in claims])

    def documents(self, team: TeamId, typed: str, most: int = MOST_TYPED) -> tuple[Document, ...]:
        """Return the documents whose title or publisher holds what is typed, newest first."""
        found = self._db.execute(
            "SELECT * FROM documents WHERE team_id = ? AND"
            " (instr(lower(title), lower(?)) OR instr(lower(ifnull(publisher, '')), lower(?)))"
            " ORDER BY id DESC LIMIT ?",
            [team, typed, typed, most],
        )
        return tuple(rows.read_document(row) for row in found.fetchall())

    def sources(self, team: TeamId, typed: str, most: int = MOST_TYPED) -> tuple[str, ...]:
        """Names of sources and publishers in which what is typed stands, of the newest claims."""
        match = parse_expression(typed, among=("sources",))
        found = self._db.execute(
            _NAMES.format(among=f"{_IN_TEAM} AND searched MATCH :match" if match else _IN_TEAM),
            {"team": team, "match": match, "looked_at": 10 * most, "typed": typed, "most": most},
        )
        return tuple(name for (name,) in found.fetchall())

    def _ids(self, question: str, values: Mapping[str, object]) -> list[int]:
        found = self._db.execute(f"SELECT claims.id {question} LIMIT :most", dict(values))  # ours
        return [row["id"] for row in found.fetchall()]

    # -------------------------------------------------------------------------- lists in pages

    def keep(self, team: TeamId, wanted: ClaimFilter, now: datetime) -> str:
        """Remember what a list shows, for its buttons; the same for a team has the same key."""
        plain = rows.as_json(wanted)
        key = make_hash(f"{team}:{plain}")[:22]
        self._db.execute(
            "INSERT INTO listings (key, team_id, wanted, asked_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET asked_at = excluded.asked_at",
            [key, team, plain, rows.format_moment(now)],
        )
        return key

    def get_kept(self, team: TeamId, key: str) -> ClaimFilter | None:
        row = self._db.execute(
            "SELECT wanted FROM listings WHERE team_id = ? AND key = ?", [team, key]
        ).fetchone()
        return msgspec.json.decode(row["wanted"], type=ClaimFilter) if row else None

    def drop_kept(self, before: datetime) -> None:
        self._db.execute("DELETE FROM listings WHERE asked_at < ?", [rows.format_moment(before)])


_IN_TEAM = "searched.rowid BETWEEN :team << 32 AND :team << 32 | 0xffffffff"
"""The index has a team's rows beside each other, so that it passes over all others'."""
_WITH_CLAIMS = "searched CROSS JOIN claims ON claims.id = searched.rowid & 0xffffffff"
_SEARCHED = f"FROM {_WITH_CLAIMS} WHERE searched MATCH :match AND {_IN_TEAM}"
_RANK = "bm25(searched, 10.0, 3.0, 1.0)"
_RANKED = "round(check_worthiness, 1)"
"""By how much a digest and what awaits a vote rank claims: one hardly differs within a tenth."""
_AWAITING = """claims.settled_at IS NULL
AND claims.status IN ('unreviewed', 'in_review', 'conflicting', 'not_enough_evidence')
AND (claims.status <> 'not_enough_evidence' OR claims.asked_again_at IS NOT NULL)
AND (:own OR claims.added_by IS NOT :reader)
AND NOT EXISTS (SELECT 1 FROM votes WHERE votes.claim_id = claims.id
    AND votes.voter_id = :reader AND votes.stale = 0
    AND (claims.status <> 'not_enough_evidence' OR votes.cast_at >= claims.asked_again_at))"""
_IN_DOCUMENT = """claims.id IN (SELECT claim_id FROM passages WHERE document_id =
    (SELECT id FROM documents WHERE team_id = :team AND key = :document))"""
_LISTED = """
SELECT claims.*, documents.title, passages.hedge, cards.channel_id, cards.message_id,
    coalesce(attributions.resolved, attributions.source, documents.publisher) AS said_by
FROM json_each(?) AS wanted
JOIN claims ON claims.id = wanted.value
LEFT JOIN passages ON passages.id =
    (SELECT min(id) FROM passages WHERE claim_id = claims.id)
LEFT JOIN documents ON documents.id = passages.document_id
LEFT JOIN attributions ON attributions.passage_id = passages.id AND attributions.position = 0
LEFT JOIN cards ON cards.message_id =
    (SELECT max(message_id) FROM cards WHERE claim_id = claims.id AND state = 'shown')
"""
_NAMES = """
WITH newest AS (
    SELECT rowid & 0xffffffff AS id FROM searched WHERE {among}
    ORDER BY rowid DESC LIMIT :looked_at
), names AS (
    SELECT coalesce(attributions.resolved, attributions.source) AS name FROM newest
    JOIN passages ON passages.claim_id = newest.id
    JOIN attributions ON attributions.passage_id = passages.id
    UNION SELECT publisher FROM newest JOIN passages ON passages.claim_id = newest.id
    JOIN documents ON documents.id = passages.document_id
)
SELECT name FROM names WHERE instr(lower(name), lower(:typed)) ORDER BY name LIMIT :most
"""


def _build_query(
    team: TeamId,
    wanted: ClaimFilter,
    reader: MemberKey | None,
    overdue_before: datetime,
    *,
    own: bool,
    ranked: bool = False,
) -> tuple[str, dict[str, object]]:
    """Return the question for the claims that `wanted` amounts to, newest first, and its values.

    `ranked` adds how well each has the words, which costs as much again as finding them.
    `searched` is walked first where words are asked for: the other way round, the index would be
    asked anew for every claim of the team.
    """
    values: dict[str, object] = {"team": team, "reader": reader, "own": own, "all": MOST_FOUND}
    conditions = ["claims.team_id = :team", _list_among(wanted.statuses or POSTED)]
    columns, tables, order = "0 AS rank", "claims", "claims.number"
    if match := _match(wanted):
        tables = _WITH_CLAIMS
        order = "searched.rowid"
        conditions += ["searched MATCH :match", _IN_TEAM]
        values["match"] = match
        columns = f"{_RANK} AS rank" if ranked and wanted.words else columns
    if wanted.settled is not None:
        conditions.append(f"claims.settled_at IS {'NOT ' if wanted.settled else ''}NULL")
    if wanted.awaiting:
        conditions.append(_AWAITING)
    if wanted.overdue:
        conditions += ["claims.settled_at IS NULL", _list_among(UNDECIDED)]
        conditions.append("+claims.posted_at < :overdue")  # the open ones are few
        values["overdue"] = rows.format_moment(overdue_before)
    for condition, name, value in _iter_narrowing(wanted):
        conditions.append(condition)
        values[name] = value
    narrow = wanted.awaiting or wanted.overdue or wanted.document or wanted.assignee
    if narrow and tables == "claims":
        order = "+" + order  # few are sorted sooner than all are walked through in their order
    asked = (
        f"SELECT claims.id, claims.number, claims.check_worthiness, {columns} FROM {tables}"  # noqa: S608  # ours
        f" WHERE {' AND '.join(conditions)} ORDER BY {order} DESC LIMIT :all"
    )
    return asked, values


def _iter_narrowing(wanted: ClaimFilter) -> Iterator[tuple[str, str, object]]:
    """Yield what each claim must be besides: the condition, and its value by name."""
    if wanted.document:
        yield _IN_DOCUMENT, "document", wanted.document
    if wanted.hedge:
        said_so = "EXISTS (SELECT 1 FROM passages WHERE claim_id = claims.id AND hedge = :hedge)"
        yield said_so, "hedge", wanted.hedge.value
    if wanted.needs_words:
        yield "claims.needs_words = :needs_words", "needs_words", 1
    if wanted.assignee:
        yield "claims.assigned_to = :assignee", "assignee", wanted.assignee
    if wanted.numbers is not None:
        among = "claims.number IN (SELECT value FROM json_each(:numbers))"
        yield among, "numbers", rows.as_json(wanted.numbers)


def _list_among(statuses: Iterable[Status]) -> str:
    return "claims.status IN (" + ", ".join(f"'{Status(each).value}'" for each in statuses) + ")"


def _match(wanted: ClaimFilter) -> str:
    asked = (parse_expression(wanted.words), parse_expression(wanted.source, among=("sources",)))
    return " AND ".join(filter(None, asked))


def _find_beginning(number: int, among: str) -> str:
    """The first claims of each span whose numbers begin so: 12, 120 to 129, 1200 to 1299, ..."""
    longer = range(max(1, _DIGITS + 1 - len(str(number))))
    spans = [(number * 10**more, (number + 1) * 10**more - 1) for more in longer]
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT id, number FROM claims WHERE {among}"  # noqa: S608  # ours
        f" AND number BETWEEN {first} AND {last} ORDER BY number LIMIT :most)"
        for first, last in spans
    )


def _read_summary(row: Row) -> ClaimSummary:
    return ClaimSummary(
        key=ClaimKey(row["key"]),
        number=row["number"],
        words=row["words"],
        state=rows.read_state(row),
        source=row["said_by"],
        hedge=Hedge(row["hedge"]) if row["hedge"] else None,
        document=row["title"],
        link=CardLink(row["channel_id"], row["message_id"]) if row["message_id"] else None,
        needs_words=bool(row["needs_words"]),
    )
