"""A newsroom for each story, held at its end to what every story must leave behind."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from tests.harness import TOKEN, Newsroom

Opened = Callable[..., AbstractAsyncContextManager[Newsroom]]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """`async with opened(quorum=2) as newsroom`. At its end, every story is held to this:

    history adds up to what is stored, nothing could ping, nothing failed that has no name.
    """

    @asynccontextmanager
    async def run(**team: Any) -> AsyncIterator[Newsroom]:
        newsroom = Newsroom(tmp_path_factory.mktemp("newsroom"), **team)
        await newsroom.open()
        try:
            yield newsroom
        finally:
            await newsroom.close()
        assert newsroom.differences() == ()
        assert newsroom.pings() == []
        assert not newsroom.world.unimplemented
        log = newsroom.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log
        assert TOKEN not in log

    return run
