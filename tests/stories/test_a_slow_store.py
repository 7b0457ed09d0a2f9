"""Another process holds the database: a click is answered in time, and its vote is kept."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio

from bot.sandbox.codes import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("The bridge is closed")
        await newsroom.start()
        await newsroom.posts(1)
        yield newsroom


async def test_waiting_vote(newsroom):
    """A vote that must wait is answered first and shown later."""
    with closing(sqlite3.connect(newsroom.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = newsroom.world.click(
            newsroom.person("Ada"),
            newsroom.card(1),
            newsroom.card(1)["components"][0]["components"][0]["custom_id"],
        )
        answer = await asyncio.wait_for(asked.future, 4)
        held = newsroom.votes(1)
        other.execute("ROLLBACK")

    assert answer["type"] == Answer.LATER
    assert held == {}
    await newsroom.shows(1, "1 of 3 votes")
    assert newsroom.votes(1) == {"Ada": "supported"}
