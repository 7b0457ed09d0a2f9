"""The database opens well in Datasette: every query runs as there, and tells nothing hidden."""

import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from workflows.claims import Stance, Verdict
from workflows.desk import evidence, moderation, votes
from workflows.teams import Acting

ROOT = Path(__file__).resolve().parents[1]
METADATA = json.loads((ROOT / "docs/datasette/metadata.json").read_text(encoding="utf-8"))
DATABASE = METADATA["databases"]["corrobot"]
QUERIES = DATABASE["queries"]
PAGE = (ROOT / "docs/data.md").read_text(encoding="utf-8")
GUILD = 1001
LONGEST_S = 1.0
"""How long Datasette lets a query run."""

NOTHING_THERE = ("changed_minds", "disagreements", "fact_checks", "publishers", "sources")
"""The queries that find nothing in the world of this test."""
TYPED = {"words": "bridge", "title": "itl"}


def run(database, name, **values):
    """The rows of a query, asked as Datasette asks: read-only, with named parameters."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        begun = time.monotonic()
        found = [dict(row) for row in db.execute(QUERIES[name]["sql"], TYPED | values).fetchall()]
        assert time.monotonic() - begun < LONGEST_S
        return found


@pytest.fixture
def filled(act, team, make_claim, person, now, database):
    """Three claims: settled by a moderator, hidden in review, and untouched."""
    assert team
    boss = Acting(GUILD, person(1, manages=True), now)
    link = "https://example.org/report"
    for words in ("The bridge is closed", "The bridge is open", "The harbour is open"):
        claim = make_claim(words)
        act(evidence.attach_link, Acting(GUILD, person(7), now), claim.key, link, Stance.REFUTES)
        if "open" not in words:
            act(moderation.settle_claim, boss, claim.key, Verdict.REFUTED, "Seen.")
        elif "bridge" in words:
            acting = Acting(GUILD, person(7), now)
            act(votes.cast_vote, acting, claim.key, Verdict.REFUTED, reason="Hidden words")
    return database


@pytest.mark.parametrize("name", QUERIES)
def test_queries_run(filled, name):
    """Each query runs on a database with content, and has a title, and words about it."""
    found = run(filled, name)

    assert QUERIES[name]["title"]
    assert QUERIES[name]["description"].endswith(".")
    assert QUERIES[name]["allow"] is True
    assert f"`{name}`" in PAGE
    assert bool(found) != (name in NOTHING_THERE)


@pytest.mark.parametrize("name", QUERIES)
def test_queries_hide_votes(filled, name):
    """What a query shows is the same whichever way an open claim's votes go."""
    before = run(filled, name)

    with closing(sqlite3.connect(filled)) as db, db:
        db.execute("UPDATE votes SET verdict = 'supported', reason = NULL")
        db.execute("UPDATE claims SET refuted = 0, supported = 1 WHERE vote_count > 0")
        db.execute("UPDATE claims SET vote_count = 2 WHERE settled_at IS NULL")
        db.execute("UPDATE claims SET status = 'unreviewed' WHERE status = 'in_review'")

    assert run(filled, name) == before
    assert "Hidden words" not in str(before)
    assert not re.search(r"\b(votes|members|webhooks|outbox|drafts)\b", QUERIES[name]["sql"])


@pytest.mark.parametrize("words", ['bri"dge', "NEAR(", "*", "bridge closed"])
def test_typed_words_are_words(filled, words):
    """What is typed into the search means only itself."""
    assert all("bridge" in row["claim"] for row in run(filled, "search_claims", words=words))


def test_settled_values(filled):
    """The queries say what the database holds."""
    (claim,) = run(filled, "settled_claims")
    (by_hand,) = run(filled, "settled_by_moderators")
    (site,) = run(filled, "evidence_sites")

    assert (claim["number"], claim["verdict"]) == (1, "refuted")
    assert by_hand["reason"] == "Seen."
    assert (site["site"], site["links"], site["refutes"]) == ("example.org", 1, 1)
    assert [row["number"] for row in run(filled, "open_claims")] == [2, 3]


def test_tables_are_for_the_host():
    """Tables, and SQL of one's own, are for who is signed in as the host."""
    assert DATABASE["allow"] == DATABASE["allow_sql"] == {"id": "root"}
    assert len(QUERIES) >= 12


def test_tables_are_explained(db):
    """Every table is explained in plain words."""
    names = [row["name"] for row in db.execute("PRAGMA table_list").fetchall()]
    ours = [name for name in names if not re.match(r"sqlite_|(searched|fact_check_words)_", name)]

    assert [name for name in ours if f"`{name}`" not in PAGE] == []
