"""The desk as an event loop sees it."""

import asyncio

from workflows.desk.claim_desk import ClaimDesk


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
