"""The desk as an event loop sees it."""

import asyncio
import shutil
from contextlib import closing

import pytest

from workflows.claims import Verdict
from workflows.desk import audit, policies, votes
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import NotAllowed
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.store.event_mark import EventMark
from workflows.teams import Acting


async def test_changes_keep_order(database):
    """Changes are made in the order in which they were asked for.

    A person's second click must not come before the first, whichever is awaited sooner.
    """
    desk, done = ClaimDesk(database), []
    first = desk.write(lambda _store: done.append("first"))
    second = asyncio.ensure_future(desk.write(lambda _store: done.append("second")))

    await second
    await first

    desk.close()
    assert done == ["first", "second"]


@pytest.mark.parametrize("kept", [True, False])
async def test_new_rule_in_same_group(claim, db, database, person, now, kept):
    """A rule holds for the vote behind it in the same commit; one that was undone doesn't."""
    db.close()
    desk = ClaimDesk(database)

    def require_reasons(store: ClaimStore) -> None:
        admin = Acting(1001, person(1, administrator=True), now)
        policies.change_policy(store, admin, {"reason": "required"})
        if not kept:
            raise NotAllowed("Not now.")

    def cast(who: int) -> asyncio.Future[votes.VoteReceipt]:
        acting = Acting(1001, person(who), now)
        return desk.write(votes.cast_vote, acting, claim.key, Verdict.SUPPORTED)

    asked = cast(2), desk.write(require_reasons), cast(3)
    before, _, behind = await asyncio.gather(*asked, return_exceptions=True)
    desk.close()

    assert before.changed
    assert isinstance(behind, votes.ReasonNeeded) is kept


async def test_lost_log_is_a_difference(claim, db, database, tmp_path, person, now):
    """Votes that went with a removed write-ahead log are missed, though nothing in the file is."""
    db.close()
    desk = ClaimDesk(database)
    for who in range(3):
        acting = Acting(1001, person(who + 1), now)
        await desk.write(votes.cast_vote, acting, claim.key, Verdict.SUPPORTED)
    left = shutil.copyfile(database, tmp_path / "left.db")  # without what its log holds
    shutil.copyfile(f"{database}.events", f"{left}.events")
    mark = EventMark(left).read()
    with closing(connections.open_for_reading(database)) as whole:
        assert audit.replay_all(ClaimStore(whole), mark).differences == ()
    desk.close()

    with closing(connections.open_for_reading(left)) as cut:
        (difference,) = audit.replay_all(ClaimStore(cut), mark).differences

    assert difference.startswith("The last 3 events are gone")
    assert (database.with_name("corrobot.db.events").stat().st_mode & 0o777) == 0o600


async def test_lost_events_stay_a_finding(claim, db, database, tmp_path, person, now):
    """However far the history comes after a loss, it is told until somebody acknowledges it."""
    db.close()
    desk = ClaimDesk(database)
    acting = Acting(1001, person(1), now)
    await desk.write(votes.cast_vote, acting, claim.key, Verdict.SUPPORTED)
    left = shutil.copyfile(database, tmp_path / "left.db")
    shutil.copyfile(f"{database}.events", f"{left}.events")
    desk.close()

    later = ClaimDesk(left)
    for who in range(2, 6):
        acting = Acting(1001, person(who), now)
        await later.write(votes.cast_vote, acting, claim.key, Verdict.SUPPORTED)
    later.close()

    mark = EventMark(left)
    with closing(connections.open_for_reading(left)) as cut:
        store = ClaimStore(cut)
        (difference,) = audit.replay_all(store, mark.read(), mark.read_lost()).differences
        assert difference.startswith("Events lost before: 1.")
        mark.acknowledge()
        assert audit.replay_all(store, mark.read(), mark.read_lost()).differences == ()
