"""Broken and hostile files, read as the bot reads them: in a child that may be killed."""

import asyncio
import time

import pytest

from bot.reading.extractor import Extractor
from tests.workflows.documents.hostile import hostile_files
from workflows.errors import CorrobotError

ANSWERED_S = 10.0


@pytest.mark.timeout(300)
async def test_hostile_files():
    """Each is answered with a text or a sentence in good time, and nothing waits meanwhile."""
    slowest_turn = 0.0

    async def watch() -> None:
        nonlocal slowest_turn
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            slowest_turn = max(slowest_turn, time.monotonic() - began)

    watching = asyncio.create_task(watch())
    files = dict(hostile_files())
    await asyncio.sleep(0.05)
    slowest_turn, late, unsaid = 0.0, [], []
    async with Extractor(reading_s=5) as extractor:
        for name, content in files.items():
            began = time.monotonic()
            try:
                await extractor.read_file(content, name)
            except CorrobotError as refusal:
                if not (name in str(refusal) and str(refusal).endswith(".")):
                    unsaid.append((name, str(refusal)))
            if time.monotonic() - began > ANSWERED_S:
                late.append(name)
    watching.cancel()

    assert len(files) >= 60
    assert (late, unsaid) == ([], [])
    assert slowest_turn < 1
