"""A sign of life while all is well, and none when it is not."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot import health
from bot.health import Health
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import Unavailable

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def client(database):
    desk = ClaimDesk(database)
    yield SimpleNamespace(desk=desk, serving=asyncio.Event(), is_connected=True, now=lambda: NOW)
    desk.close()


@pytest.fixture
def systemd(tmp_path):
    """The socket at which systemd listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(2)
        yield listening


@asynccontextmanager
async def kept(file, client, environment):
    keeping = asyncio.create_task(Health(file, environment).run(client))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def heard(systemd):
    return (await asyncio.to_thread(systemd.recv, 1000)).decode()


async def test_systemd(client, systemd):
    """systemd is told when it serves, that it lives and when it stops."""
    environment = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "300000"}
    async with kept(None, client, environment):
        client.serving.set()
        assert await heard(systemd) == "READY=1"
        for _ in range(2):
            assert (await heard(systemd)).startswith("WATCHDOG=1\nSTATUS=connected; 0 posts wait")

    assert await heard(systemd) == "STOPPING=1"


async def test_health_file(client, tmp_path, claim):
    """The file is there while it serves and says how it is."""
    file = tmp_path / "health.json"
    async with kept(file, client, {}):
        await asyncio.sleep(0.02)
        assert not file.exists()
        client.serving.set()
        async with asyncio.timeout(2):
            while not file.exists():  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0.01)
        said = json.loads(file.read_text())

    assert said == {
        "at": "2026-03-02T12:00:00+00:00",
        "connected": True,
        "posts_waiting": 2,
        "posts_parked": 0,
    }
    assert not file.exists()
    assert claim


async def test_stuck_database(client, tmp_path, systemd, monkeypatch):
    """A database that does not answer is no sign of life."""
    monkeypatch.setattr(health, "ANSWERS", 0.05)

    async def silent(*_):
        await asyncio.sleep(10)

    async def refuses(*_):
        raise Unavailable("The database is locked.")

    file = tmp_path / "health.json"
    environment = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "90000"}
    client.serving.set()
    for write in (silent, refuses):
        broken = SimpleNamespace(**{**vars(client), "desk": SimpleNamespace(write=write)})
        async with kept(file, broken, environment):
            await asyncio.sleep(0.15)
            assert not file.exists()
        assert await heard(systemd) == "READY=1"
        assert await heard(systemd) == "STOPPING=1"
