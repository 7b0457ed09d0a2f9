"""A connection that lives through whatever comes over it."""

import json
from itertools import repeat
from types import SimpleNamespace

import pytest
from discord.gateway import ReconnectWebSocket

from bot.connection import TolerantWebSocket


def dispatch(event: str, data: object) -> str:
    return json.dumps({"op": 0, "t": event, "s": 1, "d": data})


FRAMES = [
    "",
    "{",
    "[]",
    "17",
    "null",
    '"op"',
    "[" * 100_000,
    json.dumps({"op": 10}),
    json.dumps({"op": 10, "d": {"heartbeat_interval": "soon"}}),
    dispatch("READY", {}),
    dispatch("READY", None),
    dispatch("INTERACTION_CREATE", {"id": "x"}),
    b"\x00\x01 no zlib \x00\x00\xff\xff",
]
HARMLESS = [
    json.dumps({"op": [], "d": {}, "t": {}, "s": None}),
    json.dumps({"op": 99, "d": {}}),
    json.dumps({}),
    json.dumps({"op": "0", "d": 1}),
    dispatch("SOMETHING_NEW", {"x": "y" * 3_000_000}),
]


class Socket(SimpleNamespace):
    closed = 0

    async def close(self, *, code: int) -> None:
        self.closed = code


@pytest.fixture
def ws(monkeypatch):
    """A connection over which nothing came yet; it does not wait before it comes back."""

    def take_interaction(data: dict[str, object]) -> None:
        int(str(data["id"]))

    monkeypatch.setattr(TolerantWebSocket, "_waits", repeat(0))
    monkeypatch.setattr(TolerantWebSocket, "_failed_at", float("inf"))
    ws = TolerantWebSocket(Socket(), loop=None)
    ws._dispatch, ws.shard_id = (lambda *_: None), None
    ws._discord_parsers = {"INTERACTION_CREATE": take_interaction}
    return ws


@pytest.mark.parametrize("frame", FRAMES)
async def test_malformed_frame_reconnects(ws, frame):
    """Whatever cannot be read ends the connection, never the process."""
    with pytest.raises(ReconnectWebSocket):
        await ws.received_message(frame)

    assert ws.socket.closed == 4000


@pytest.mark.parametrize("frame", HARMLESS)
async def test_unknown_frame_is_passed_over(ws, frame):
    """What is not for us is passed over."""
    await ws.received_message(frame)

    assert ws.socket.closed == 0
