"""The tables, as numbered steps that are never edited after a release.

Ordinary STRICT tables with explicit foreign keys and ISO 8601 UTC text for times, so that the file
opens well in any SQLite browser. `events` only ever grows: triggers see to it.
"""

import json

from sqlite_utils import Database, Migrations

from workflows.matching.sketch import sketch_text
from workflows.urls import identify_page

migrations = Migrations("corrobot")

APPEND_ONLY = {
    "events_are_never_changed": "CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events\n"
    "BEGIN SELECT raise(ABORT, 'events are never changed'); END",
    "events_are_never_removed": "CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events\n"
    "BEGIN SELECT raise(ABORT, 'events are never removed'); END",
    "events_are_never_replaced": "CREATE TRIGGER events_are_never_replaced"
    " BEFORE INSERT ON events\nWHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)\n"
    "BEGIN SELECT raise(ABORT, 'events are never replaced'); END",
}
"""The triggers that must stand, in these words, after migrating."""


def list_steps() -> frozenset[str]:
    """Return the steps of this version: what an empty database would be given."""
    blank = Database(memory=True)
    try:
        return frozenset(step.name for step in migrations.pending(blank))
    finally:
        blank.close()


@migrations()
def m001_teams_claims_votes_events_outbox(db: Database) -> None:
    db.executescript("""
CREATE TABLE teams (
    id INTEGER PRIMARY KEY,
    guild INTEGER NOT NULL UNIQUE,
    claims_channel INTEGER NOT NULL,
    digest_channel INTEGER NOT NULL,
    moderators_channel INTEGER,
    timezone TEXT NOT NULL,
    digest_at TEXT NOT NULL,
    language TEXT NOT NULL,
    voter_roles TEXT NOT NULL,
    moderator_roles TEXT NOT NULL,
    post INTEGER,
    post_threshold REAL NOT NULL,
    post_per_day INTEGER,
    policy_version INTEGER NOT NULL,
    claims_numbered INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE policies (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    version INTEGER NOT NULL,
    rules TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (team_id, version)
) STRICT;

CREATE TABLE members (
    id TEXT PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    discord_id INTEGER,
    first_seen_at TEXT NOT NULL,
    UNIQUE (team_id, discord_id)
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    title TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    published TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT REFERENCES members(id),
    added_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (team_id, sha256)
) STRICT;

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    number INTEGER NOT NULL,
    document_id INTEGER REFERENCES documents(id),
    words TEXT NOT NULL,
    wording INTEGER NOT NULL DEFAULT 1,
    polarity TEXT NOT NULL,
    figures TEXT NOT NULL,
    dates TEXT NOT NULL,
    as_of TEXT,
    check_worthiness REAL NOT NULL,
    nested INTEGER NOT NULL,
    status TEXT NOT NULL,
    since TEXT NOT NULL,
    holding TEXT,
    settles_at TEXT,
    settled_at TEXT,
    extended INTEGER NOT NULL DEFAULT 0,
    tally_shown INTEGER NOT NULL DEFAULT 0,
    last_verdict TEXT,
    asked_again_at TEXT,
    assigned_to TEXT REFERENCES members(id),
    merged_into INTEGER REFERENCES claims(id),
    vote_count INTEGER NOT NULL DEFAULT 0,
    supported INTEGER NOT NULL DEFAULT 0,
    refuted INTEGER NOT NULL DEFAULT 0,
    not_enough_evidence INTEGER NOT NULL DEFAULT 0,
    sources_for INTEGER NOT NULL DEFAULT 0,
    sources_against INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    added_by TEXT REFERENCES members(id),
    added_at TEXT NOT NULL,
    posted_at TEXT,
    UNIQUE (team_id, number)
) STRICT;
CREATE INDEX claims_open ON claims (team_id, status) WHERE settled_at IS NULL;
CREATE INDEX claims_settled ON claims (team_id, settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX claims_settling ON claims (settles_at)
    WHERE settles_at IS NOT NULL AND settled_at IS NULL;
CREATE INDEX claims_of_document ON claims (document_id);
CREATE INDEX claims_posted ON claims (team_id, posted_at);

CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    version INTEGER NOT NULL,
    words TEXT NOT NULL,
    salt TEXT NOT NULL,
    made_at TEXT NOT NULL,
    UNIQUE (claim_id, version)
) STRICT;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    document_id INTEGER NOT NULL REFERENCES documents(id),
    quote TEXT NOT NULL,
    quote_start INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    hedge TEXT NOT NULL,
    hedge_cue TEXT
) STRICT;
CREATE INDEX passages_of_claim ON passages (claim_id);
CREATE INDEX passages_of_document ON passages (document_id);

CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    passage_id INTEGER NOT NULL REFERENCES passages(id),
    position INTEGER NOT NULL,
    source TEXT,
    start INTEGER,
    end INTEGER,
    cue TEXT,
    cue_start INTEGER,
    cue_end INTEGER,
    anonymous INTEGER NOT NULL,
    date TEXT,
    hedge TEXT NOT NULL,
    resolved TEXT,
    "check" TEXT NOT NULL,
    UNIQUE (passage_id, position)
) STRICT;

CREATE TABLE texts (
    key TEXT PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    author_id TEXT NOT NULL REFERENCES members(id),
    salt TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX texts_of_author ON texts (author_id);

CREATE TABLE votes (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    voter_id TEXT NOT NULL REFERENCES members(id),
    verdict TEXT NOT NULL,
    weight INTEGER NOT NULL,
    wording INTEGER NOT NULL,
    stale INTEGER NOT NULL DEFAULT 0,
    reason TEXT REFERENCES texts(key),
    cast_at TEXT NOT NULL,
    UNIQUE (claim_id, voter_id)
) STRICT;
CREATE INDEX votes_of_member ON votes (voter_id);
CREATE INDEX votes_with_reason ON votes (reason) WHERE reason IS NOT NULL;

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    attribution_id INTEGER REFERENCES attributions(id),
    url TEXT NOT NULL,
    salt TEXT NOT NULL,
    origin TEXT NOT NULL,
    stance TEXT NOT NULL,
    counts INTEGER NOT NULL,
    note TEXT REFERENCES texts(key),
    source_grade TEXT NOT NULL,
    information_grade INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES members(id),
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_with_note ON evidence (note) WHERE note IS NOT NULL;
CREATE UNIQUE INDEX evidence_once ON evidence (claim_id, ifnull(attribution_id, 0), url);

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    claim_id INTEGER REFERENCES claims(id),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_claim ON events (claim_id);
CREATE INDEX events_of_team ON events (team_id, at);

CREATE TABLE digest_runs (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    kind TEXT NOT NULL,
    local_date TEXT NOT NULL,
    covers_from TEXT NOT NULL,
    at TEXT NOT NULL,
    result TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX digest_runs_once_a_day ON digest_runs (team_id, kind, local_date)
    WHERE kind = 'daily';
CREATE INDEX digest_runs_of_team ON digest_runs (team_id, at);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    kind TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    claim_id INTEGER REFERENCES claims(id),
    document_id INTEGER REFERENCES documents(id),
    digest_run_id INTEGER REFERENCES digest_runs(id),
    nonce TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TEXT NOT NULL,
    first_attempt_at TEXT,
    message_id INTEGER,
    reason TEXT
) STRICT;
CREATE INDEX outbox_undelivered ON outbox (channel_id, id) WHERE state IN ('pending', 'sending');

CREATE TABLE cards (
    message_id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    channel_id INTEGER NOT NULL,
    claim_id INTEGER REFERENCES claims(id),
    document_id INTEGER REFERENCES documents(id),
    shown_version INTEGER NOT NULL
) STRICT;
CREATE INDEX cards_of_claim ON cards (claim_id);
CREATE INDEX cards_of_document ON cards (document_id);
""")
    for trigger in APPEND_ONLY.values():
        db.execute(trigger)


@migrations()
def m002_notices(db: Database) -> None:
    """Add notices to moderators, each sent once until resolved."""
    db.executescript("""
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    claim_id INTEGER REFERENCES claims(id),
    "values" TEXT NOT NULL,
    at TEXT NOT NULL,
    mended_at TEXT
) STRICT;
CREATE UNIQUE INDEX notices_told_once ON notices (team_id, kind, about) WHERE mended_at IS NULL;
ALTER TABLE outbox ADD COLUMN notice_id INTEGER REFERENCES notices(id);
""")


@migrations()
def m003_who_takes_in(db: Database) -> None:
    """Add who may bring in documents: voters, or moderators only."""
    db.executescript("ALTER TABLE teams ADD COLUMN intake TEXT NOT NULL DEFAULT 'voters';")


@migrations()
def m004_cards_move(db: Database) -> None:
    """A card that a newer one took the place of says so."""
    db.executescript("""
ALTER TABLE cards ADD COLUMN state TEXT NOT NULL DEFAULT 'shown';
CREATE INDEX cards_moving ON cards (message_id) WHERE state = 'moving';
""")


@migrations()
def m005_days_of_the_digest(db: Database) -> None:
    """On which days of the week a team has a digest, and since when it owes one."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN digest_days TEXT NOT NULL DEFAULT '[0, 1, 2, 3, 4, 5, 6]';
ALTER TABLE teams ADD COLUMN digest_from TEXT;
""")


@migrations()
def m006_merged_and_asked(db: Database) -> None:
    """Monthly returns, the reason a moderator gave last, and whose vote was asked for again."""
    db.executescript("""
ALTER TABLE claims ADD COLUMN returns_at TEXT;
ALTER TABLE claims ADD COLUMN ruling TEXT REFERENCES texts(key);
ALTER TABLE votes ADD COLUMN asked_at TEXT;
CREATE INDEX claims_returning ON claims (returns_at) WHERE returns_at IS NOT NULL;
CREATE INDEX claims_with_ruling ON claims (ruling) WHERE ruling IS NOT NULL;
CREATE INDEX claims_merged ON claims (merged_into) WHERE merged_into IS NOT NULL;
""")


@migrations()
def m007_marks(db: Database) -> None:
    """Add what the process remembers about the world outside."""
    db.executescript("""
CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
""")


@migrations()
def m008_disagreements(db: Database) -> None:
    """Add which claims of a team disagree, a row for either side."""
    db.executescript("""
CREATE TABLE disagreements (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    other_id INTEGER NOT NULL REFERENCES claims(id),
    kind TEXT NOT NULL,
    UNIQUE (claim_id, other_id, kind)
) STRICT;
""")


_SEARCHED_TABLE = """CREATE VIRTUAL TABLE searched USING fts5(words, sources, documents,
tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1 2 3')"""


@migrations()
def m009_search(db: Database) -> None:
    """One row of words for each claim, kept right by triggers whatever writes the tables."""
    db.execute(_SEARCHED_TABLE)
    db.execute(
        "INSERT INTO searched (rowid, words, sources, documents) SELECT id, words, '', ''"
        " FROM claims"
    )
    db.execute(_SEARCHED_ANEW.format(which="(SELECT id FROM claims)"))
    for name, (event, action) in _SEARCHED_BY_CLAIM.items():
        db.execute(f"CREATE TRIGGER {name} AFTER {event}\nBEGIN {action}; END")
    db.executescript("""
CREATE INDEX claims_assigned ON claims (assigned_to) WHERE assigned_to IS NOT NULL;

CREATE TABLE listings (
    key TEXT PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    wanted TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX listings_by_age ON listings (asked_at);
""")


@migrations()
def m010_subscriptions(db: Database) -> None:
    """Members' own digests: who wants one, and the ledger's rows for them."""
    db.executescript("""
CREATE TABLE subscriptions (
    member_id TEXT PRIMARY KEY REFERENCES members(id),
    team_id INTEGER NOT NULL REFERENCES teams(id),
    channel_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    timezone TEXT NOT NULL,
    days TEXT NOT NULL,
    language TEXT NOT NULL,
    since TEXT NOT NULL,
    ended_at TEXT
) STRICT;
ALTER TABLE digest_runs ADD COLUMN member_id TEXT REFERENCES members(id);
CREATE UNIQUE INDEX digest_runs_personal ON digest_runs (member_id, local_date)
    WHERE kind = 'personal';
""")


_ANEW = """UPDATE searched SET
sources = (SELECT ifnull(group_concat(name, ' · '), '') FROM (
    SELECT ifnull(source, '') || ' ' || ifnull(resolved, '') AS name FROM passages
    JOIN attributions ON attributions.passage_id = passages.id
    WHERE passages.claim_id = {claim}
    UNION SELECT publisher FROM passages JOIN documents ON documents.id = passages.document_id
    WHERE passages.claim_id = {claim})),
documents = (SELECT ifnull(group_concat(DISTINCT title), '') FROM passages
    JOIN documents ON documents.id = passages.document_id
    WHERE passages.claim_id = {claim})
WHERE rowid IN {rows}"""
_SEARCHED_ANEW = _ANEW.format(claim="searched.rowid", rows="{which}")
_SEARCHED_ANEW_IN_TEAM = _ANEW.format(
    claim="(searched.rowid & 0xffffffff)",
    rows="(SELECT team_id << 32 | id FROM claims WHERE id IN {which})",
)
_OF_PASSAGE = "(SELECT claim_id FROM passages WHERE id = NEW.passage_id)"
_OF_DOCUMENT = "(SELECT claim_id FROM passages WHERE document_id = NEW.id)"


def _write_search_triggers(row: str, anew: str) -> dict[str, tuple[str, str]]:
    """Return what triggers do by their names: `row` is where a claim, OLD or NEW, stands."""
    new, old = row.format(claim="NEW"), row.format(claim="OLD")
    return {
        "searched_claim_added": (
            "INSERT ON claims",
            (
                "INSERT INTO searched (rowid, words, sources, documents)"  # noqa: S608  # ours
                f" VALUES ({new}, NEW.words, '', '')"
            ),
        ),
        "searched_claim_reworded": (
            "UPDATE OF words ON claims WHEN NEW.words IS NOT OLD.words",
            f"UPDATE searched SET words = NEW.words WHERE rowid = {new}",  # noqa: S608  # ours
        ),
        "searched_claim_removed": (
            "DELETE ON claims",
            f"DELETE FROM searched WHERE rowid = {old}",  # noqa: S608  # ours
        ),
        "searched_passage_added": (
            "INSERT ON passages",
            anew.format(which="(NEW.claim_id)"),
        ),
        "searched_passage_moved": (
            "UPDATE OF claim_id, document_id ON passages",
            anew.format(which="(OLD.claim_id, NEW.claim_id)"),
        ),
        "searched_passage_removed": (
            "DELETE ON passages",
            anew.format(which="(OLD.claim_id)"),
        ),
        "searched_source_added": (
            "INSERT ON attributions",
            anew.format(which=_OF_PASSAGE),
        ),
        "searched_source_changed": (
            "UPDATE OF source, resolved ON attributions",
            anew.format(which=_OF_PASSAGE),
        ),
        "searched_document_renamed": (
            "UPDATE OF title, publisher ON documents",
            anew.format(which=_OF_DOCUMENT),
        ),
    }


_SEARCHED_BY_CLAIM = _write_search_triggers("{claim}.id", _SEARCHED_ANEW)
SEARCHED = _write_search_triggers("{claim}.team_id << 32 | {claim}.id", _SEARCHED_ANEW_IN_TEAM)
"""The triggers that keep the words one can search for; a `transform()` of their tables drops them,
and must be followed by making them again."""


@migrations()
def m011_drafts(db: Database) -> None:
    """Texts that somebody brought and has not decided on yet."""
    db.executescript("""
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    author_id TEXT NOT NULL REFERENCES members(id),
    title TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    published TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    claims TEXT,
    known TEXT NOT NULL DEFAULT '{}',
    picked TEXT NOT NULL DEFAULT '[]',
    until TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_of_team ON drafts (team_id);
CREATE INDEX drafts_of_member ON drafts (author_id, sha256);
CREATE INDEX drafts_by_end ON drafts (until);
""")


@migrations()
def m012_cards_to_redraw(db: Database) -> None:
    """Cards that show words which were removed."""
    db.executescript("""
CREATE INDEX cards_to_redraw ON cards (message_id) WHERE shown_version < 0;
""")


@migrations()
def m013_reasons_of_a_claim(db: Database) -> None:
    """Find what divides a team without looking at every vote."""
    db.executescript(
        "CREATE INDEX votes_reasoned ON votes (claim_id, cast_at)"
        " WHERE reason IS NOT NULL AND stale = 0;"
    )


@migrations()
def m014_posts_of_claims(db: Database) -> None:
    """A claim's posts are found without reading all there are."""
    db.executescript("""
CREATE INDEX outbox_of_claim ON outbox (claim_id, id) WHERE claim_id IS NOT NULL;
""")


@migrations()
def m015_claims_needing_words(db: Database) -> None:
    """Claims whose words leave open who or what is meant, until somebody mends them."""
    db.executescript("""
ALTER TABLE claims ADD COLUMN needs_words INTEGER NOT NULL DEFAULT 0 CHECK (needs_words IN (0, 1));
CREATE INDEX claims_needing_words ON claims (team_id, number) WHERE needs_words = 1;
""")


@migrations()
def m016_feeds(db: Database) -> None:
    """Addresses that are read on a schedule, and what was found there."""
    db.executescript("""
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    target TEXT NOT NULL,
    per_day INTEGER NOT NULL,
    words TEXT NOT NULL DEFAULT '[]',
    added_by TEXT REFERENCES members(id),
    added_at TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    is_new INTEGER NOT NULL DEFAULT 1,
    etag TEXT,
    last_modified TEXT,
    next_poll_at TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    UNIQUE (team_id, number),
    UNIQUE (team_id, url)
) STRICT;
CREATE INDEX feeds_by_poll ON feeds (next_poll_at) WHERE paused = 0;
CREATE TABLE feed_items (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds(id),
    item_id TEXT NOT NULL,
    url TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    published TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'left_out')),
    posted INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    found_at TEXT NOT NULL,
    done_at TEXT,
    UNIQUE (feed_id, item_id)
) STRICT;
CREATE INDEX feed_items_waiting ON feed_items (feed_id) WHERE state = 'waiting';
""")


@migrations()
def m017_publication(db: Database) -> None:
    """Add which settled claims go out on public pages, and which reasons and notes with them."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN publish TEXT NOT NULL DEFAULT 'all';
ALTER TABLE claims ADD COLUMN consent TEXT;
ALTER TABLE claims ADD COLUMN consent_at TEXT;
ALTER TABLE texts ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
CREATE INDEX texts_published ON texts (team_id) WHERE published = 1;
""")


@migrations()
def m018_versions_of_documents(db: Database) -> None:
    """Versions of one document, and where passages stand as people find it again."""
    db.executescript("""
ALTER TABLE documents ADD COLUMN page TEXT;
ALTER TABLE documents ADD COLUMN revises INTEGER REFERENCES documents(id);
ALTER TABLE documents ADD COLUMN places TEXT NOT NULL DEFAULT '[]';
CREATE INDEX documents_of_page ON documents (team_id, page) WHERE page IS NOT NULL;
CREATE INDEX documents_revised ON documents (revises) WHERE revises IS NOT NULL;
CREATE TABLE document_sketches (
    document_id INTEGER NOT NULL REFERENCES documents(id),
    hash INTEGER NOT NULL,
    PRIMARY KEY (hash, document_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE passages ADD COLUMN place TEXT;
ALTER TABLE passages ADD COLUMN is_new INTEGER NOT NULL DEFAULT 0 CHECK (is_new IN (0, 1));
ALTER TABLE passages ADD COLUMN gone_in INTEGER REFERENCES documents(id);
CREATE INDEX passages_gone ON passages (gone_in) WHERE gone_in IS NOT NULL;
ALTER TABLE drafts ADD COLUMN places TEXT NOT NULL DEFAULT '[]';
ALTER TABLE drafts ADD COLUMN reviews TEXT NOT NULL DEFAULT '[]';
ALTER TABLE drafts ADD COLUMN revision TEXT;
ALTER TABLE feed_items ADD COLUMN hash TEXT;
ALTER TABLE feed_items ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed_items ADD COLUMN document_id INTEGER REFERENCES documents(id);
CREATE INDEX feed_items_done ON feed_items (feed_id, done_at) WHERE done_at IS NOT NULL;
""")
    for (document,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        url, text = db.execute(
            "SELECT url, text FROM documents WHERE id = ?", [document]
        ).fetchone()
        page = identify_page(url) if url else None
        db.execute("UPDATE documents SET page = ? WHERE id = ?", [page, document])
        db.execute(
            "INSERT INTO document_sketches (document_id, hash) SELECT ?, value FROM json_each(?)",
            [document, json.dumps(sorted(sketch_text(text)))],
        )


@migrations()
def m019_arrivals(db: Database) -> None:
    """Add what is still to be written of documents that are taken in, step by step."""
    db.executescript("""
CREATE TABLE arrivals (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents(id),
    position INTEGER NOT NULL,
    added_by TEXT REFERENCES members(id),
    step TEXT NOT NULL,
    UNIQUE (document_id, position)
) STRICT;
CREATE INDEX arrivals_waiting ON arrivals (position, id);
CREATE TABLE arrived (
    document_id INTEGER NOT NULL REFERENCES documents(id),
    place INTEGER NOT NULL,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    PRIMARY KEY (document_id, place)
) STRICT, WITHOUT ROWID;
""")


@migrations()
def m020_webhooks(db: Database) -> None:
    """Addresses that are told of a team's verdicts, and what is on its way to them."""
    db.executescript("""
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    topics TEXT NOT NULL,
    added_by TEXT REFERENCES members(id),
    added_at TEXT NOT NULL,
    failing_since TEXT,
    told_at TEXT,
    UNIQUE (team_id, number),
    UNIQUE (team_id, url)
) STRICT;
CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks(id),
    key TEXT NOT NULL UNIQUE,
    claim_id INTEGER REFERENCES claims(id),
    body TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_deliveries_by_try ON webhook_deliveries (next_try_at);
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, id);
""")


@migrations()
def m021_skipped_numbers(db: Database) -> None:
    """Claim numbers that were seen in public before a copy was put back, and never come again."""
    db.executescript("""
CREATE TABLE skipped_numbers (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
) STRICT;
CREATE INDEX skipped_numbers_of_team ON skipped_numbers (team_id);
""")


@migrations()
def m022_threads_and_posts(db: Database) -> None:
    """Cards that stand in a thread or in a forum's post, and what their posts were last set to."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN layout TEXT NOT NULL DEFAULT 'channel';
ALTER TABLE outbox ADD COLUMN place_id INTEGER;
ALTER TABLE cards ADD COLUMN parent_id INTEGER;
ALTER TABLE cards ADD COLUMN post_version INTEGER;
ALTER TABLE cards ADD COLUMN post_state TEXT;
CREATE INDEX cards_with_post_to_tend ON cards (message_id) WHERE post_version < 0;
CREATE INDEX cards_in_threads ON cards (channel_id) WHERE parent_id IS NOT NULL;
""")


_FACT_CHECK_WORDS = """CREATE VIRTUAL TABLE fact_check_words USING fts5(claim,
tokenize = 'porter unicode61 remove_diacritics 2')"""


@migrations()
def m023_fact_checks(db: Database) -> None:
    """Fact-checks made elsewhere, or before, that claims on their way in may be like."""
    db.execute(_FACT_CHECK_WORDS)
    db.executescript("""
CREATE TABLE fact_checks (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    url TEXT NOT NULL,
    claim TEXT NOT NULL,
    publisher TEXT,
    rating TEXT,
    claimant TEXT,
    reviewed_on TEXT,
    claimed_on TEXT,
    imported_at TEXT NOT NULL,
    UNIQUE (team_id, url, claim)
) STRICT;
""")


@migrations()
def m024_joined_at(db: Database) -> None:
    """Since when a member is in the server, as far as a vote of theirs told."""
    db.executescript("""
ALTER TABLE members ADD COLUMN joined_at TEXT;
""")


@migrations()
def m025_mail(db: Database) -> None:
    """Members' own digests by mail: their addresses, and what is on its way there."""
    db.executescript("""
CREATE TABLE mail_addresses (
    member_id TEXT PRIMARY KEY REFERENCES members(id),
    team_id INTEGER NOT NULL REFERENCES teams(id),
    address TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    asked_at TEXT NOT NULL,
    confirmed_at TEXT
) STRICT;
CREATE TABLE mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id TEXT NOT NULL REFERENCES members(id),
    kind TEXT NOT NULL,
    digest_run_id INTEGER REFERENCES digest_runs(id),
    code TEXT,
    key TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    queued_at TEXT NOT NULL,
    next_try_at TEXT NOT NULL
) STRICT;
CREATE INDEX mails_by_try ON mails (next_try_at);
CREATE INDEX mails_of_member ON mails (member_id);
""")


@migrations()
def m026_taken_until(db: Database) -> None:
    """Until which day somebody looks into a claim, and when they are nudged."""
    db.executescript("""
ALTER TABLE claims ADD COLUMN assigned_day TEXT;
ALTER TABLE claims ADD COLUMN assigned_until TEXT;
ALTER TABLE claims ADD COLUMN nudge_at TEXT;
CREATE INDEX claims_taken ON claims (assigned_until) WHERE assigned_until IS NOT NULL;
CREATE INDEX claims_to_nudge ON claims (nudge_at) WHERE nudge_at IS NOT NULL;
""")


@migrations()
def m027_snapshots(db: Database) -> None:
    """Add what stood behind a link when it was added, and whose page is yet to be read."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN snapshots INTEGER NOT NULL DEFAULT 1;
CREATE TABLE snapshots (
    evidence_id INTEGER PRIMARY KEY REFERENCES evidence(id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,
    preview TEXT,
    title TEXT,
    site TEXT,
    author TEXT,
    published TEXT,
    status INTEGER,
    taken_at TEXT,
    sha256 TEXT,
    passage TEXT,
    passage_start INTEGER,
    place_kind TEXT,
    place_name TEXT,
    refusal TEXT
) STRICT;
CREATE INDEX snapshots_by_try ON snapshots (next_try_at) WHERE next_try_at IS NOT NULL;
""")


@migrations()
def m028_engines(db: Database) -> None:
    """Add what found a document's claims, what models answered, and who may be sent texts."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN send_texts_to TEXT;
ALTER TABLE documents ADD COLUMN engine TEXT NOT NULL DEFAULT 'rules';
ALTER TABLE drafts ADD COLUMN reading TEXT;
CREATE TABLE engine_answers (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES teams(id),
    key TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    UNIQUE (team_id, key)
) STRICT;
CREATE INDEX engine_answers_by_text ON engine_answers (text_sha256);
CREATE TABLE engine_use (
    team_id INTEGER NOT NULL REFERENCES teams(id),
    local_date TEXT NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    tokens_shown INTEGER NOT NULL DEFAULT 0,
    tokens_written INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team_id, local_date)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER answers_go_with_drafts AFTER DELETE ON drafts
BEGIN
    DELETE FROM engine_answers WHERE team_id = OLD.team_id AND text_sha256 = OLD.sha256
        AND NOT EXISTS (SELECT 1 FROM drafts
            WHERE team_id = OLD.team_id AND sha256 = OLD.sha256)
        AND NOT EXISTS (SELECT 1 FROM documents
            WHERE team_id = OLD.team_id AND sha256 = OLD.sha256 AND text <> '');
END;
CREATE TRIGGER answers_go_with_texts AFTER UPDATE OF text ON documents WHEN NEW.text = ''
BEGIN
    DELETE FROM engine_answers WHERE team_id = OLD.team_id AND text_sha256 = OLD.sha256
        AND NOT EXISTS (SELECT 1 FROM drafts
            WHERE team_id = OLD.team_id AND sha256 = OLD.sha256);
END;
""")


@migrations()
def m029_page_sketches(db: Database) -> None:
    """Pages behind links are compared: one report on two sites is one origin."""
    db.execute("ALTER TABLE snapshots ADD COLUMN sketch TEXT")


@migrations()
def m030_removed_links(db: Database) -> None:
    """Links that were taken out with a raid's votes can be put back for a day."""
    db.executescript("""
CREATE TABLE removed_links (
    key TEXT PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims(id),
    attribution_id INTEGER,
    url TEXT NOT NULL,
    origin TEXT NOT NULL,
    stance TEXT NOT NULL,
    counts INTEGER NOT NULL,
    note TEXT,
    source_grade TEXT NOT NULL,
    information_grade INTEGER NOT NULL,
    added_by TEXT NOT NULL REFERENCES members(id),
    added_at TEXT NOT NULL,
    removed_by TEXT NOT NULL REFERENCES members(id),
    removed_at TEXT NOT NULL
) STRICT;
CREATE INDEX removed_links_by_author ON removed_links (added_by);
CREATE INDEX removed_links_by_claim ON removed_links (claim_id);
CREATE INDEX removed_links_by_remover ON removed_links (removed_by);
CREATE INDEX removed_links_by_time ON removed_links (removed_at);
CREATE TRIGGER removed_links_go_with_members AFTER UPDATE OF discord_id ON members
WHEN NEW.discord_id IS NULL
BEGIN
    DELETE FROM removed_links WHERE added_by = OLD.id;
END;
""")


@migrations()
def m031_captures(db: Database) -> None:
    """Pages that an archive is asked to keep, and where their copies are."""
    db.executescript("""
CREATE TABLE captures (
    evidence_id INTEGER PRIMARY KEY REFERENCES snapshots(evidence_id) ON DELETE CASCADE,
    asks INTEGER NOT NULL DEFAULT 0,
    asked_at TEXT,
    looks INTEGER NOT NULL DEFAULT 0,
    job TEXT,
    next_try_at TEXT,
    address TEXT
) STRICT;
CREATE INDEX captures_by_try ON captures (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX captures_asked ON captures (asked_at);
""")


@migrations()
def m032_watches(db: Database) -> None:
    """Links whose pages are looked at again, and what became of the pages."""
    db.executescript("""
ALTER TABLE teams ADD COLUMN watch_links INTEGER NOT NULL DEFAULT 1;
ALTER TABLE snapshots ADD COLUMN figures TEXT NOT NULL DEFAULT '[]';
ALTER TABLE snapshots ADD COLUMN found_on TEXT;
CREATE TABLE watches (
    evidence_id INTEGER PRIMARY KEY REFERENCES snapshots(evidence_id) ON DELETE CASCADE,
    next_look_at TEXT NOT NULL,
    looked_at TEXT,
    change TEXT,
    changed_on TEXT,
    suspected TEXT,
    suspected_on TEXT
) STRICT;
CREATE INDEX watches_by_look ON watches (next_look_at);
CREATE INDEX watches_looked ON watches (looked_at);
""")


@migrations()
def m033_pictures(db: Database) -> None:
    """Pictures that are evidence: the hashes by which they are known again."""
    db.executescript("""
CREATE TABLE pictures (
    evidence_id INTEGER PRIMARY KEY REFERENCES evidence(id) ON DELETE CASCADE,
    is_upload INTEGER NOT NULL CHECK (is_upload IN (0, 1)),
    upload TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT,
    sha256 TEXT,
    phash TEXT,
    width INTEGER,
    height INTEGER,
    words TEXT,
    seen TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX pictures_by_try ON pictures (next_try_at) WHERE next_try_at IS NOT NULL;
""")


@migrations()
def m034_scenes(db: Database) -> None:
    """Add where and when what claims and links tell of happened."""
    db.executescript("""
ALTER TABLE claims ADD COLUMN place TEXT;
ALTER TABLE claims ADD COLUMN latitude REAL;
ALTER TABLE claims ADD COLUMN longitude REAL;
ALTER TABLE claims ADD COLUMN happened TEXT;
ALTER TABLE evidence ADD COLUMN place TEXT;
ALTER TABLE evidence ADD COLUMN latitude REAL;
ALTER TABLE evidence ADD COLUMN longitude REAL;
ALTER TABLE evidence ADD COLUMN happened TEXT;
""")


@migrations()
def m035_page_copies(db: Database) -> None:
    """The host's own copies of linked pages, each a file in a folder."""
    db.executescript("""
CREATE TABLE page_copies (
    name TEXT PRIMARY KEY,
    evidence_id INTEGER UNIQUE REFERENCES evidence(id) ON DELETE SET NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL
) STRICT;
""")


@migrations()
def m036_mail_requests(db: Database) -> None:
    """Add when codes were asked for, by hashes of who asked and of where they went."""
    db.executescript("""
CREATE TABLE mail_requests (
    key TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX mail_requests_by_key ON mail_requests (key, asked_at);
""")


@migrations()
def m037_writers(db: Database) -> None:
    """Add whose message a text is, so that it is theirs to have forgotten."""
    db.executescript("""
ALTER TABLE drafts ADD COLUMN writer_id TEXT REFERENCES members(id);
ALTER TABLE documents ADD COLUMN writer_id TEXT REFERENCES members(id);
CREATE INDEX drafts_of_writer ON drafts (writer_id) WHERE writer_id IS NOT NULL;
CREATE INDEX documents_of_writer ON documents (writer_id) WHERE writer_id IS NOT NULL;
""")


@migrations()
def m038_waiting_posts(db: Database) -> None:
    """Find what waits for a team, however much was posted to it and others."""
    db.executescript("""
CREATE INDEX outbox_waiting ON outbox (team_id, state, id)
    WHERE state IN ('pending', 'sending', 'parked');
""")


@migrations()
def m039_sketches_of_teams(db: Database) -> None:
    """Find a team's documents by their sketch, however many others have the same text."""
    db.executescript("""
CREATE TABLE team_sketches (
    team_id INTEGER NOT NULL REFERENCES teams(id),
    hash INTEGER NOT NULL,
    document_id INTEGER NOT NULL REFERENCES documents(id),
    PRIMARY KEY (team_id, hash, document_id)
) STRICT, WITHOUT ROWID;
INSERT INTO team_sketches (team_id, hash, document_id)
    SELECT team_id, hash, document_id FROM document_sketches
    JOIN documents ON documents.id = document_id;
DROP TABLE document_sketches;
ALTER TABLE team_sketches RENAME TO document_sketches;
CREATE INDEX sketches_of_document ON document_sketches (document_id);
""")


@migrations()
def m040_search_of_teams(db: Database) -> None:
    """Let a team's words stand together in the index: its part is asked, and no other team's."""
    for name in SEARCHED:
        db.execute(f"DROP TRIGGER {name}")
    db.execute("ALTER TABLE searched RENAME TO searched_by_claim")
    db.execute(_SEARCHED_TABLE)
    db.execute(
        "INSERT INTO searched (rowid, words, sources, documents)"
        " SELECT team_id << 32 | id, known.words, sources, documents"
        " FROM claims JOIN searched_by_claim AS known ON known.rowid = id ORDER BY team_id, id"
    )
    db.execute("DROP TABLE searched_by_claim")
    for name, (event, action) in SEARCHED.items():
        db.execute(f"CREATE TRIGGER {name} AFTER {event}\nBEGIN {action}; END")


@migrations()
def m041_fact_checks_of_teams(db: Database) -> None:
    """Let the words of a team's fact-checks stand together in their index, too."""
    db.execute("DROP TABLE fact_check_words")
    db.execute(_FACT_CHECK_WORDS)
    db.execute(
        "INSERT INTO fact_check_words (rowid, claim)"
        " SELECT team_id << 32 | id, claim FROM fact_checks ORDER BY team_id, id"
    )
