"""The gateway: identify, heartbeat, events by intent and shard, resume with replay."""

import asyncio
import collections
import json
import time
from enum import IntEnum
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from bot.sandbox.ids import Json, snowflake
from bot.sandbox.rules import permissions
from bot.sandbox.rules.codes import ChannelType, Intent, Op
from bot.sandbox.shapes import channel_shape, guild_shape, role_shape
from bot.sandbox.state import State

KEPT_EVENTS = 5000
SHARD_BITS = 22
"""A server's shard goes by its id without these lowest bits."""
MAX_GUILDS_PER_SHARD = 2500


class CloseCode(IntEnum):
    """Why Discord ends a connection."""

    AUTHENTICATION_FAILED = 4004
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011


class Session:
    """What one shard was sent, so that it can come back and hear what it missed."""

    def __init__(self, shard: list[int], intents: int) -> None:
        self.id, self.seq, self.shard, self.intents = snowflake(), 0, shard, intents
        self.log: collections.deque[tuple[int, str]] = collections.deque(maxlen=KEPT_EVENTS)
        self.line: GatewayConnection | None = None

    def send(self, name: str, event: Json) -> None:
        self.seq += 1
        frame = json.dumps({"op": int(Op.EVENT), "t": name, "s": self.seq, "d": event})
        self.log.append((self.seq, frame))
        if self.line is not None:
            self.line.queue.put_nowait(frame)

    def replay(self, after: int) -> int:
        missed = [frame for seq, frame in self.log if seq > after]
        for frame in missed:
            if self.line is not None:
                self.line.queue.put_nowait(frame)
        return len(missed)


class GatewayConnection:
    """One open WebSocket; frames leave it in the order in which they were put."""

    def __init__(self, request: web.Request) -> None:
        self.socket = web.WebSocketResponse(max_msg_size=0)
        self.transport = request.transport
        self.queue: asyncio.Queue[str] = asyncio.Queue()

    def put(self, op: Op, d: Json | bool | None = None) -> None:
        self.queue.put_nowait(json.dumps({"op": int(op), "d": d, "s": None, "t": None}))

    async def pump(self) -> None:
        while True:
            await self.socket.send_str(await self.queue.get())


class Gateway:
    """Its switches for trouble are the state's, so that a test has them at hand."""

    def __init__(self, state: State, heartbeat_ms: int) -> None:
        self.state, self.heartbeat_ms = state, heartbeat_ms
        self.sessions: dict[str, Session] = {}
        state.wire.append(self.emit)

    def emit(self, name: str, event: Json) -> None:
        for session in self.sessions.values():
            if self._hears(session, name, event):
                session.send(name, _as_seen(session, name, event, self.state.app_id))

    def op(self, op: int, d: Json | bool | None = None) -> None:
        for line in self._lines():
            line.put(Op(op), d)

    def say(self, frame: str) -> None:
        """Send a frame as it is, whatever it holds."""
        for line in self._lines():
            line.queue.put_nowait(frame)

    async def drop(self, code: int | None = None, shard: int | None = None) -> None:
        """None: the TCP connection ends; a number: a close with that code. Of all, or one shard."""
        for line in self._lines(shard):
            if code is not None:
                await line.socket.close(code=code)
            elif line.transport is not None:
                line.transport.abort()

    @property
    def online(self) -> bool:
        return bool(self._lines())

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self.state.gateway_down:
            self._note("refused")
            return web.Response(status=503)
        line = GatewayConnection(request)
        await line.socket.prepare(request)
        pump = asyncio.create_task(line.pump())
        line.put(Op.HELLO, {"heartbeat_interval": self.heartbeat_ms, "_trace": []})
        try:
            async for frame in line.socket:
                if frame.type is WSMsgType.TEXT:
                    await self._heard(line, json.loads(frame.data))
        finally:
            pump.cancel()
            for session in self.sessions.values():
                if session.line is line:
                    session.line = None
                    self.state.show("BOT", {"online": self.online})
            self._note(f"closed {line.socket.close_code}")
        return line.socket

    async def _heard(self, line: GatewayConnection, frame: Json) -> None:
        op, d = frame["op"], frame["d"]
        names: dict[Any, str] = {1: "heartbeat", 2: "identify", 6: "resume"}
        self._note(names.get(op, str(op)))
        if op == Op.HEARTBEAT and self.state.ack_heartbeats:
            line.put(Op.HEARTBEAT_ACK)
        elif op == Op.IDENTIFY:
            await self._identify(line, d)
        elif op == Op.RESUME:
            self._resume(line, d)

    async def _identify(self, line: GatewayConnection, d: Json) -> None:
        if self.state.bot_token not in (None, d["token"]):
            await line.socket.close(
                code=CloseCode.AUTHENTICATION_FAILED, message=b"Authentication failed."
            )
            return
        session = Session(d.get("shard") or [0, 1], d["intents"])
        if not 0 <= session.shard[0] < session.shard[1]:
            await line.socket.close(code=CloseCode.INVALID_SHARD, message=b"Invalid shard.")
            return
        if len(self._list_guilds(session)) > MAX_GUILDS_PER_SHARD:
            await line.socket.close(code=CloseCode.SHARDING_REQUIRED, message=b"Sharding required.")
            return
        session.line = line
        others = {
            key: other
            for key, other in self.sessions.items()
            if other.shard[1] == session.shard[1] and other.shard[0] != session.shard[0]
        }
        self.sessions = {**others, session.id: session}
        self.state.reads_content = bool(session.intents & Intent.MESSAGE_CONTENT)
        session.send("READY", self._ready(session))
        self.state.show("BOT", {"online": True})
        for guild in self._list_guilds(session):
            session.send("GUILD_CREATE", self._describe(guild))

    def _resume(self, line: GatewayConnection, d: Json) -> None:
        session = self.sessions.get(d["session_id"]) if self.state.accept_resume else None
        if session is None:
            line.put(Op.INVALID_SESSION, False)
            return
        session.line = line
        self._note(f"replayed {session.replay(d['seq'])}")
        session.send("RESUMED", {"_trace": []})
        self.state.show("BOT", {"online": True})

    def _ready(self, session: Session) -> Json:
        return {
            "v": 10,
            "user": self.state.bot,
            "guilds": [{"id": each, "unavailable": True} for each in self._list_guilds(session)],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.state.address("/gateway/", "ws"),
            "application": {"id": self.state.app_id, "flags": 0},
            "shard": session.shard,
            "private_channels": [],
            "relationships": [],
            "presences": [],
        }

    def _list_guilds(self, session: Session) -> list[str]:
        """Return the servers of its shard."""
        number, count = session.shard
        guilds = (self.state.guild_id, *self.state.other_guilds)
        return [guild for guild in guilds if (int(guild) >> SHARD_BITS) % count == number]

    def _describe(self, guild: str) -> Json:
        if guild == self.state.guild_id:
            return self.state.guild()
        channel = channel_shape(str(int(guild) + 1), "claims", ChannelType.TEXT, None, guild)
        return {
            **guild_shape(guild, f"Server {guild}", self.state.owner["id"]),
            "roles": [role_shape(guild, "@everyone", permissions.MEMBER, 0)],
            "channels": [{**channel, "position": 0}],
            "threads": [],
            "members": [self.state.members[self.state.app_id]],
            "member_count": 2,
        }

    def _is_home(self, session: Session) -> bool:
        return (int(self.state.guild_id) >> SHARD_BITS) % session.shard[1] == session.shard[0]

    def _hears(self, session: Session, name: str, event: Json) -> bool:
        in_guild = "guild_id" in event
        if not (self._is_home(session) if in_guild else session.shard[0] == 0):
            return False
        if name.startswith("MESSAGE_"):
            needed = Intent.GUILD_MESSAGES if in_guild else Intent.DIRECT_MESSAGES
        elif name.startswith("GUILD_MEMBER_"):
            needed = Intent.MEMBERS
        elif name.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
            needed = Intent.GUILDS
        else:  # those that no intent governs are always sent
            return True
        return bool(session.intents & needed)

    def _lines(self, shard: int | None = None) -> list[GatewayConnection]:
        lines = [
            session.line
            for session in self.sessions.values()
            if shard is None or session.shard[0] == shard
        ]
        return [line for line in lines if line is not None and not line.socket.closed]

    def _note(self, what: str) -> None:
        self.state.gw_log.append((time.time(), what))

    async def close(self) -> None:
        await self.drop(WSCloseCode.OK)


def _as_seen(session: Session, name: str, event: Json, bot: str) -> Json:
    """Others' words in a server come without the intent only when they mention the bot."""
    if name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or "guild_id" not in event:
        return event
    if session.intents & Intent.MESSAGE_CONTENT:
        return event
    return without_words(event, bot)


def without_words(message: Json, bot: str) -> Json:
    ours = message["author"]["id"] == bot
    if ours or any(user["id"] == bot for user in message["mentions"]):
        return message
    return {**message, "content": "", "embeds": [], "attachments": [], "components": []}
