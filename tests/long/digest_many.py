"""A digest of 10,000 open claims, beside 100,000 decided: python -m tests.long.digest_many

Prints seconds for the digest with its picture's days, and for one member's own digest; ends
with code 1 where the digest takes a second or grows with what is decided.
"""

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from workflows.desk import digests, setup, subscriptions
from workflows.policy import Policy
from workflows.store import connections, rows
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunKind, RunResult
from workflows.teams import Acting, Person, make_first_settings

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FOUNDED = NOW - timedelta(days=400)
ONE_DAY, RECENT = timedelta(days=1), 14
MOST, GROWTH = 1.0, 1.5
"""Seconds a digest may take, and how much more beside what is decided: timings waver."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--open", type=int, default=10_000)
    asked.add_argument("--decided", type=int, default=100_000)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="corrobot-many-") as folder:
        path = Path(folder) / "corrobot.db"
        connections.migrate(path)
        db = connections.open_for_writing(path)
        db.execute("PRAGMA synchronous = OFF")
        store = ClaimStore(db)
        team, _ = setup.create_team(store, make_first_settings(1, 1), Policy(), FOUNDED)
        person = Person(7, frozenset(), None, manages_messages=False, administrator=False)
        made = subscriptions.subscribe(store, Acting(1, person, FOUNDED), 77, NOW.time(), None)
        before = NOW - ONE_DAY
        store.digests.add(team.id, RunKind.DAILY, before.date(), FOUNDED, before, RunResult.POSTED)
        numbers = count(1)
        _fill(db, numbers, options.open, decided=False)
        alone = _measured(store, made.subscription.member)
        _fill(db, numbers, options.decided, decided=True)
        beside = _measured(store, made.subscription.member)
        db.close()
    for name, found in (("alone", alone), (f"beside {options.decided} decided", beside)):
        print(json.dumps({"claims": f"{options.open} open, {name}", **found}))  # noqa: T201
    grown = beside["digest"] > GROWTH * alone["digest"] + 0.05
    return 1 if beside["digest"] >= MOST or grown else 0


def _fill(db, numbers, n, *, decided) -> None:
    """Claims as the program leaves them: each with its passage, source, card, link and history."""
    db.execute("BEGIN")
    db.execute(
        "INSERT OR IGNORE INTO documents (id, key, team_id, title, language, text, sha256,"
        " added_at) VALUES (1, 'd', 1, 'A document', 'en', '', '', ?)",
        [rows.format_moment(FOUNDED)],
    )
    for number, place in zip(numbers, range(n), strict=False):
        _claim(db, number, place, decided=decided)
    db.execute("COMMIT")
    db.execute("ANALYZE")


def _claim(db, number, place, *, decided) -> None:
    """One in twenty of the decided ones was decided in the last two weeks."""
    recent = not decided or place % 20 == 0
    added = NOW - timedelta(minutes=place % (RECENT * 1440)) if recent else FOUNDED + ONE_DAY
    settled = added + timedelta(minutes=30) if decided else None
    status = "supported" if decided else ("unreviewed", "in_review", "conflicting")[place % 3]
    db.execute(
        "INSERT INTO claims (id, key, team_id, number, document_id, words, polarity, figures,"
        " dates, check_worthiness, nested, status, since, settled_at, tally_shown, vote_count,"
        " supported, sources_for, added_at, posted_at)"
        " VALUES (?, ?, 1, ?, 1, ?, 'affirmed', '[]', '[]', ?, 0, ?, ?, ?, 1, 2, 2, 1, ?, ?)",
        [
            number,
            f"{number:022}",
            number,
            f"Claim number {number} of the bridge, the ferry and the dam",
            place % 10 / 10,
            status,
            rows.format_moment(added),
            rows.format_moment_or_none(settled),
            rows.format_moment(added),
            rows.format_moment(added),
        ],
    )
    db.execute(
        "INSERT INTO passages (id, claim_id, document_id, quote, quote_start, start, end, hedge)"
        " VALUES (?, ?, 1, 'words', 0, 0, 5, 'reported')",
        [number, number],
    )
    db.execute(
        'INSERT INTO attributions (passage_id, position, source, anonymous, hedge, "check")'
        " VALUES (?, 0, 'the BBC', 0, 'reported', 'unchecked')",
        [number],
    )
    db.execute(
        "INSERT INTO cards (message_id, team_id, channel_id, claim_id, shown_version)"
        " VALUES (?, 1, 1, ?, 1)",
        [10**18 + number, number],
    )
    standings = ("unreviewed", "in_review", "in_review", status)
    db.conn.executemany(
        "INSERT INTO events (team_id, claim_id, at, kind, payload)"
        " VALUES (1, ?, ?, 'vote_cast', ?)",
        [
            (
                number,
                rows.format_moment(added + timedelta(minutes=minute)),
                json.dumps({"outcome": {"standing": {"status": state}, "policy": 1}}),
            )
            for minute, state in enumerate(standings)
        ],
    )


def _measured(store, member) -> dict[str, float]:
    """Seconds, the middle one of five."""
    digest = digests.preview_digest(store, 1, None, NOW).view.digest
    window = digest.covers
    return {
        "digest": _seconds(lambda: digests.preview_digest(store, 1, None, NOW)),
        "a member's own": _seconds(
            lambda: (
                store.subscriptions.awaiting(
                    store.teams.of_guild(1).id, member, 3, 10, own_claims=True
                ),
                store.subscriptions.list_voted(store.teams.of_guild(1).id, member, window),
            )
        ),
    }


def _seconds(action) -> float:
    found = []
    for _ in range(5):
        begun = time.perf_counter()
        action()
        found.append(time.perf_counter() - begun)
    return round(median(found), 3)


if __name__ == "__main__":
    sys.exit(main())
