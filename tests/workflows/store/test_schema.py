"""The tables: strict, append-only where they must be, and quick where people wait."""

import re
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from workflows.claims import Stance, Status, Verdict
from workflows.desk import claim_views, evidence, intake, transitions, votes
from workflows.intake import Intake
from workflows.outbox_state import OutboxState
from workflows.search import ClaimFilter
from workflows.store.digests import RunKind
from workflows.store.schema import SEARCHED, migrations
from workflows.teams import Acting

GUILD = 1001
CONTRACT = {
    "teams": {"id"},
    "members": {"id", "team_id", "discord_id"},
    "documents": {"id", "team_id"},
    "claims": {"id", "team_id", "status", "settled_at"},
    "passages": {"id", "claim_id", "document_id"},
    "votes": {"claim_id", "voter_id", "verdict", "stale"},
    "evidence": {"claim_id", "url", "stance"},
    "events": {"id", "team_id", "claim_id", "at", "kind", "payload"},
    "outbox": {"id", "state", "message_id"},
    "digest_runs": {"team_id", "kind", "local_date"},
    "policies": {"team_id", "version"},
}


@pytest.mark.parametrize("table", CONTRACT)
def test_contract_tables(db, table):
    """The tables of the contract are there."""
    columns = {row["name"] for row in db.execute(f"PRAGMA table_info({table})").fetchall()}

    assert columns >= CONTRACT[table]


def test_strict_tables(db):
    """Every table is strict."""
    tables = db.execute("PRAGMA table_list").fetchall()
    ours = {
        row["name"]: row["strict"]
        for row in tables
        if (row["schema"], row["type"]) == ("main", "table")
        and not row["name"].startswith(("sqlite_", "_sqlite"))
    }

    assert set(CONTRACT) <= set(ours)
    assert all(ours.values())


def test_search_triggers_stand(db):
    """The triggers that keep the search stand after every step.

    A step that transforms a table loses them, and search would miss what comes after it.
    """
    state = {trigger.name for trigger in db.triggers}

    assert set(SEARCHED) <= state


def test_events_not_replaced(db, claim, database):
    """A plain connection cannot replace an event.

    Without recursive triggers, REPLACE removes a row and no DELETE trigger knows of it.
    """
    before = [tuple(row) for row in db.execute("SELECT * FROM events").fetchall()]

    replaced = pytest.raises(sqlite3.IntegrityError, match="never replaced")
    with closing(sqlite3.connect(database)) as other, replaced:
        other.execute("INSERT OR REPLACE INTO events SELECT * FROM events LIMIT 1")

    assert [tuple(row) for row in db.execute("SELECT * FROM events").fetchall()] == before
    assert claim


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET kind = 'settled'",
        "UPDATE events SET at = at WHERE id = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE id = 1",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE id = 1",
    ],
)
def test_append_only(db, claim, statement):
    """History is only ever appended to."""
    before = db.execute("SELECT * FROM events").fetchall()

    with pytest.raises(sqlite3.IntegrityError, match="events are never"):
        db.execute(statement)

    assert db.execute("SELECT * FROM events").fetchall() == before
    assert claim.number == 1


def test_one_standing_vote(db, act, claim, person):
    """Nobody has two standing votes on a claim."""
    act(votes.cast_vote, Acting(GUILD, person(7), claim.added_at), claim.key, Verdict.SUPPORTED)

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        db.execute(
            "INSERT INTO votes (claim_id, voter_id, verdict, weight, wording, cast_at)"
            " SELECT claim_id, voter_id, 'refuted', 1, 1, cast_at FROM votes"
        )


def test_one_daily_digest(db, team):
    """A date has one daily digest, and any number beside it."""
    insert = (
        "INSERT INTO digest_runs (team_id, kind, local_date, covers_from, at, result)"
        " VALUES (?, ?, '2026-03-02', '2026', '2026', 'posted')"
    )
    for kind in ("daily", "now", "now"):
        db.execute(insert, [team.id, kind])

    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        db.execute(insert, [team.id, "daily"])


def is_scan(step):
    """Whether a step of a plan reads a whole table; looking words up in their index does not."""
    looks_words_up = re.search(r"VIRTUAL TABLE INDEX \d+:M", step)  # in whichever order
    return "SCAN" in step and not looks_words_up


@contextmanager
def overheard(db):
    """The statements that are run meanwhile, with their values."""
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    yield statements
    db.conn.set_trace_callback(None)


@pytest.fixture
def busy_claim(act, claim, person, make_claim):
    """A claim with votes and a link, among others."""
    for number in range(3):
        make_claim(f"Another claim {number}")
    for voter in range(2):
        act(
            votes.cast_vote,
            Acting(GUILD, person(voter), claim.added_at),
            claim.key,
            Verdict.SUPPORTED,
        )
    return claim


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(
            lambda store, claim, who: votes.cast_vote(
                store, Acting(GUILD, who, claim.added_at), claim.key, Verdict.REFUTED, reason="So."
            ),
            id="a vote",
        ),
        pytest.param(
            lambda store, claim, who: votes.cast_vote(
                store,
                Acting(GUILD, replace(who, discord_id=99), claim.added_at),
                claim.key,
                Verdict.REFUTED,
            ),
            id="a first vote",
        ),
        pytest.param(
            lambda store, claim, who: votes.take_back_vote(
                store, Acting(GUILD, who, claim.added_at), claim.key
            ),
            id="a vote taken back",
        ),
        pytest.param(
            lambda store, claim, who: evidence.attach_link(
                store,
                Acting(GUILD, who, claim.added_at),
                claim.key,
                "https://example.com/",
                Stance.SUPPORTS,
            ),
            id="a link",
        ),
        pytest.param(
            lambda store, claim, who: claim_views.view_details(
                store, GUILD, claim.key, who.discord_id
            ),
            id="details",
        ),
        pytest.param(
            lambda store, claim, _: transitions.apply_all_due(store, claim.added_at), id="settling"
        ),
        pytest.param(
            lambda store, claim, who: intake.add_document(
                store, GUILD, Intake("T", None, None, None, "en", "New.", ()), who, claim.added_at
            ),
            id="a document",
        ),
        pytest.param(lambda store, claim, _: store.claims.open_in(claim.team), id="open claims"),
        pytest.param(
            lambda store, claim, _: tuple(store.history.policies(claim.team)), id="policies"
        ),
        pytest.param(lambda store, claim, _: store.history.count(claim.team), id="a count"),
    ],
)
def test_no_table_scans(db, act, busy_claim, person, action):
    """Nothing that people wait for reads a whole table."""
    with overheard(db) as statements:
        act(action, busy_claim, person(1))
    asked = [
        each
        for each in statements
        if each.startswith(("SELECT", "UPDATE", "DELETE"))
        and "'main'." not in each  # the search engine's own tables
    ]

    plans = {
        each: [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + each).fetchall()]
        for each in asked
    }

    assert plans
    scans = {each: plan for each, plan in plans.items() if any(map(is_scan, plan))}
    assert {each for each, plan in scans.items() if "json_each" not in str(plan)} == set()


def test_likeness_by_hash(db, act, busy_claim):
    """Documents much like another are found by its sketch, however many the teams have."""
    with overheard(db) as statements:
        act(lambda store: store.documents.with_sketch(busy_claim.team, {1, 2}, 3))
        act(lambda store: store.documents.list_sketches(busy_claim))

    likeness, of_claim = (each for each in statements if "document_sketches" in each)
    searches = [step for step in read_plan(db, likeness) if step.startswith("SEARCH")]
    own = "SEARCH document_sketches USING PRIMARY KEY (team_id=? AND hash=?"
    assert searches[0].startswith(own)
    assert all("rowid=?" in step for step in searches[1:])
    plan = read_plan(db, of_claim)
    assert any("sketches_of_document (document_id=?" in step for step in plan), plan
    assert not any(map(is_scan, plan)), plan


def test_waiting_posts_by_team(db, act, busy_claim):
    """What waits for a team is found without what was ever posted to it or to others."""
    with overheard(db) as statements:
        act(lambda store: store.outbox.of_team(busy_claim.team, OutboxState.PARKED))
        act(lambda store: store.digests.waiting(busy_claim.team, RunKind.DAILY))

    for asked in (each for each in statements if "outbox" in each):
        plan = [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + asked).fetchall()]
        assert any("outbox_waiting (team_id=?" in step for step in plan), plan
        assert not any(step.startswith("SCAN outbox") for step in plan), plan


def test_words_by_team(db, act, busy_claim):
    """Words are looked for in the team's part of the index, however much others have in theirs."""
    team, wanted, now = busy_claim.team, ClaimFilter(words="pier", source="BBC"), datetime.now(UTC)
    with overheard(db) as statements:
        act(lambda store: store.search.count(team, wanted, None, now, own_claims=True))
        act(lambda store: store.search.complete(team, "pier"))
        act(lambda store: store.search.best_matching(team, "pier", [Status.UNREVIEWED]))
        act(lambda store: store.search.sources(team, ""))
        act(lambda store: store.fact_checks.near(team, "pier"))

    asked = [each for each in statements if re.search(r"FROM (searched|fact_check_words)", each)]
    walks = [step for each in asked for step in read_plan(db, each) if "VIRTUAL" in step]
    assert len(asked) == len(walks) == 5
    assert all(step.endswith("><") for step in walks), walks


def read_plan(db, statement):
    return [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + statement).fetchall()]


OLD = """
INSERT INTO teams (id, guild, claims_channel, digest_channel, timezone, digest_at, language,
    voter_roles, moderator_roles, post_threshold, policy_version, created_at)
VALUES (1, 1001, 1, 1, 'UTC', '09:00', 'en', '[]', '[]', 0.0, 1, '2026-01-05T00:00:00+00:00');
INSERT INTO documents (id, key, team_id, title, language, text, sha256, added_at)
VALUES (1, 'd', 1, 'Ferry news', 'en', 't', 's', '2026-01-05T00:00:00+00:00');
INSERT INTO claims (id, key, team_id, number, words, polarity, figures, dates, check_worthiness,
    nested, status, since, added_at)
VALUES (1, 'c', 1, 1, 'It sank', 'affirmed', '[]', '[]', 0.5, 0, 'dropped',
    '2026-01-05T00:00:00+00:00', '2026-01-05T00:00:00+00:00');
INSERT INTO passages (id, claim_id, document_id, quote, quote_start, start, end, hedge)
VALUES (1, 1, 1, 'q', 0, 0, 1, 'asserted');
INSERT INTO attributions (passage_id, position, source, anonymous, hedge, "check")
VALUES (1, 0, 'The harbour', 0, 'asserted', 'unchecked');
"""


def test_older_database_searched(tmp_path):
    """A database from before the search is searched as well."""
    db = Database(tmp_path / "old.db")
    migrations.apply(db, stop_before="m009_search")
    db.executescript(OLD)

    migrations.apply(db)

    for word in ("sank", "harbour", "ferry"):
        found = db.execute("SELECT rowid FROM searched WHERE searched MATCH ?", [word]).fetchall()
        assert [row for (row,) in found] == [1 << 32 | 1]
    db.close()


def test_older_fact_checks_found(tmp_path):
    """The fact-checks of a database from before their index was in teams are found as well."""
    db = Database(tmp_path / "old.db")
    migrations.apply(db, stop_before="m041_fact_checks_of_teams")
    db.executescript(OLD.partition("INSERT INTO documents")[0])
    db.execute(
        "INSERT INTO fact_checks (id, team_id, url, claim, imported_at)"
        " VALUES (7, 1, 'https://example.org', 'It sank', '2026-01-05T00:00:00+00:00')"
    )

    migrations.apply(db)

    found = db.execute("SELECT rowid FROM fact_check_words WHERE fact_check_words MATCH 'sank'")
    assert [row for (row,) in found.fetchall()] == [1 << 32 | 7]
    db.close()
