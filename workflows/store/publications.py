"""What goes out on a team's public pages: moderators' consent, and what the pages are made of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlite_utils import Database

from workflows.claims import Claim, Consent, Status, TeamId
from workflows.events import ChangedMind, Event, Reopened, Settled
from workflows.export.publication import PublishableText, TextKind
from workflows.store import rows
from workflows.store.history import STATUS_BEFORE, read_event

_TOLD = (Settled.kind, Reopened.kind, ChangedMind.kind)


class PublicationRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_consent(self, claim: Claim, consent: Consent, now: datetime) -> None:
        self._db.execute(
            "UPDATE claims SET consent = ?, consent_at = ? WHERE id = ?",
            [consent.value, rows.format_moment(now), claim.id],
        )

    def mark_texts(self, claim: Claim, keys: Iterable[str]) -> None:
        """Have these of the claim's reasons and notes go out with it, and no others."""
        chosen = frozenset(keys)
        for text in self.texts_of(claim):
            self._db.execute(
                "UPDATE texts SET published = ? WHERE key = ?",
                [int(text.key in chosen), text.key],
            )

    def texts_of(self, claim: Claim) -> tuple[PublishableText, ...]:
        """Return the reasons and notes that stand on a claim, in the order of their random keys."""
        found = self._db.execute(_TEXTS, {"claims": rows.as_json([claim.id])}).fetchall()
        return tuple(
            PublishableText(row["key"], TextKind(row["kind"]), row["body"], bool(row["published"]))
            for row in found
        )

    def published_texts(
        self, claims: Iterable[int]
    ) -> Mapping[int, tuple[tuple[TextKind, str, str], ...]]:
        """Return the marked texts of these claims, by row: kind, key and words."""
        kept: defaultdict[int, list[tuple[TextKind, str, str]]] = defaultdict(list)
        found = self._db.execute(
            f"{_TEXTS_OF_CLAIMS} WHERE published = 1 ORDER BY texts.key",
            {"claims": rows.as_json(list(claims))},
        )
        for row in found.fetchall():
            kept[row["claim_id"]].append((TextKind(row["kind"]), row["owner"], row["body"]))
        return {claim: tuple(texts) for claim, texts in kept.items()}

    def turns(self, claims: Iterable[int]) -> Iterator[tuple[int, Event, Status]]:
        """Yield the events of these claims that settle, reopen or turn them, in order.

        Each comes with where its claim stood before.
        """
        found = self._db.execute(
            f"SELECT claim_id, at, kind, payload, {STATUS_BEFORE} AS before FROM events"  # noqa: S608  # ours
            " WHERE claim_id IN (SELECT value FROM json_each(?))"
            " AND kind IN (SELECT value FROM json_each(?)) ORDER BY id",
            [rows.as_json(list(claims)), rows.as_json(_TOLD)],
        )
        for row in found.fetchall():
            yield row["claim_id"], read_event(row), Status(row["before"])

    def fingerprint(self, team: TeamId) -> str:
        """Return what changes whenever a team's pages may: its last event, its marked texts."""
        row = self._db.execute(
            "SELECT (SELECT max(id) FROM events WHERE team_id = :team),"
            " (SELECT group_concat(key) FROM texts WHERE team_id = :team AND published = 1),"
            " (SELECT count(*) FROM evidence JOIN claims ON claims.id = claim_id"
            "  WHERE team_id = :team),"
            " (SELECT max(taken_at) FROM snapshots JOIN evidence ON evidence.id = evidence_id"
            "  JOIN claims ON claims.id = claim_id WHERE team_id = :team),"
            " (SELECT count(change) || max(changed_on) FROM watches"
            "  JOIN evidence ON evidence.id = evidence_id"
            "  JOIN claims ON claims.id = claim_id WHERE team_id = :team),"
            " (SELECT count(address) FROM captures JOIN evidence ON evidence.id = evidence_id"
            "  JOIN claims ON claims.id = claim_id WHERE team_id = :team)",
            {"team": team},
        ).fetchone()
        return rows.as_json(list(row))


_TEXTS_OF_CLAIMS = """WITH owned (claim_id, owner, kind, text) AS (
    SELECT id, '', 'ruling', ruling FROM claims
    WHERE id IN (SELECT value FROM json_each(:claims)) AND ruling IS NOT NULL
    UNION ALL SELECT claim_id, '', 'reason', reason FROM votes
    JOIN claims ON claims.id = claim_id
    WHERE claim_id IN (SELECT value FROM json_each(:claims))
    AND reason IS NOT NULL AND stale = 0 AND tally_shown = 1
    UNION ALL SELECT claim_id, evidence.key, 'note', note FROM evidence
    WHERE claim_id IN (SELECT value FROM json_each(:claims)) AND note IS NOT NULL)
SELECT owned.*, texts.key, texts.body, texts.published FROM owned
JOIN texts ON texts.key = owned.text"""
_TEXTS = f"{_TEXTS_OF_CLAIMS} ORDER BY kind, texts.key"
