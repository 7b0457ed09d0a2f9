"""Work in the background goes on, whatever becomes of one round or of one thing in it."""

import asyncio

import pytest

from bot.background.rounds import UNFORESEEN, keep_going, one_of_many
from tests.expect import refuses
from workflows.errors import BadInput, Unavailable


async def test_rounds_go_on(caplog):
    """A round that fails is told, with a traceback where nobody foresaw it, and the next comes."""
    failures = [ZeroDivisionError(), BadInput("No."), None]
    done = asyncio.Event()

    async def work() -> None:
        if failure := failures.pop(0):
            raise failure
        done.set()

    going = asyncio.create_task(keep_going("working", work, 0.001))
    await asyncio.wait_for(done.wait(), 5)
    going.cancel()

    told = [(record.message, bool(record.exc_info)) for record in caplog.records]
    assert told == [
        ("working failed, retrying later", True),
        ("working failed, retrying later: No.", False),
    ]


def test_one_of_many(caplog):
    """What nobody foresaw becomes a sentence and a traceback; the rest is raised as it is."""
    with refuses(Unavailable, UNFORESEEN), one_of_many("this one"):
        raise ZeroDivisionError
    assert caplog.records[0].exc_info
    with pytest.raises(OSError, match="gone"), one_of_many("this one", OSError):
        raise OSError("gone")
    with pytest.raises(BadInput), one_of_many("this one"):
        raise BadInput("No.")
    assert len(caplog.records) == 1
