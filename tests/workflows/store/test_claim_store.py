"""What the store does after a commit."""

import time

from workflows.store import connections
from workflows.store.claim_store import ClaimStore


def test_a_reader_that_stays(database, db):
    """A reader that never leaves holds up one commit; what was removed goes once it has left."""
    store = ClaimStore(db)
    reader = connections.open_for_reading(database)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM teams").fetchone()
    db.execute("INSERT INTO marks (name, value) VALUES ('a', 'removed words')")
    db.execute("DELETE FROM marks")
    log = database.with_name(database.name + "-wal")

    store.purge()
    store.after_commit()
    begun = time.monotonic()
    for _ in range(20):
        store.after_commit()
    took_s = time.monotonic() - begun

    assert took_s < connections.PURGE_WAIT_MS / 1000
    assert b"removed words" in log.read_bytes()
    reader.close()
    store.after_commit()
    assert log.stat().st_size == 0
