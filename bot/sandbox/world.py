"""The offline Discord to drive: build a world, start it, point a bot at it, act as its people.

world = World(channels=("claims", "digest"))
port = await world.start()
ada = world.user("Ada", (world.role("voters"),))
...a bot logs in at http://127.0.0.1:{port}/api/v10 and ws://127.0.0.1:{port}/gateway/...
answer = await world.click(ada, card, custom_id)["future"]  # the callback, or "TIMEOUT"
"""

import re
from pathlib import Path
from typing import Any, Self

from aiohttp import web

from bot.sandbox import attachments, interactions, messages, snapshots
from bot.sandbox.faults import Fault, Limits, Record
from bot.sandbox.gateway import SHARD_BITS, Gateway, Session
from bot.sandbox.ids import Json
from bot.sandbox.interaction import Interaction
from bot.sandbox.loopback import LARGEST_REQUEST, Loopback, only_from_here
from bot.sandbox.rest import ROOT, Rest
from bot.sandbox.rules.codes import Asked, Command
from bot.sandbox.state import State

__all__ = ["Fault", "Interaction", "Record", "World"]


class World(State):
    """State, with doors: what people do, and the port on which a bot finds it."""

    def __init__(
        self,
        *,
        limits: dict[str, tuple[int, float]] | None = None,
        global_per_s: int | None = None,
        heartbeat_ms: int = 41250,
        name: str = "Wire",
        owner: str = "owner",
        bot: str = "votebot",
        bot_token: str | None = None,
        channels: tuple[str, ...] = ("votes",),
        shards: int = 1,
        other_guilds: int = 0,
    ) -> None:
        """`other_guilds`: so many more servers that the bot is in, spread over the shards."""
        super().__init__(name, owner, bot)
        self.shards = shards
        self.other_guilds = [
            str(int(self.guild_id) + (number << SHARD_BITS))
            for number in range(1, 1 + other_guilds)
        ]
        self.bot_token = bot_token
        self.limits = Limits(limits, global_per_s)
        self.gateway = Gateway(self, heartbeat_ms)
        self.rest = Rest(self)
        self._loopback: Loopback | None = None
        for channel in channels:
            self.add_channel(channel)

    # what people do
    def say(self, user: Json, channel: str, text: str) -> Json:
        return messages.say(self, user, channel, text)

    def click(self, user: Json, message: Json, custom_id: str, ago: float = 0.0) -> Interaction:
        """`ago`: it was made so many seconds ago, and comes only now, as after a resume."""
        return interactions.click(self, user, message, custom_id, ago)

    def choose(self, user: Json, message: Json, custom_id: str, values: list[str]) -> Interaction:
        """From a select menu on a message."""
        return interactions.choose(self, user, message, custom_id, values)

    def slash(
        self,
        user: Json,
        channel: str,
        name: str,
        options: list[Json],
        permissions: int | None = None,
        type: int = Asked.COMMAND,  # noqa: A002 - the wire's word
    ) -> Interaction:
        """Options as on the wire; `run` is easier."""
        return interactions.slash(self, user, channel, name, options, permissions, type)

    def run(self, user: Json, channel: str, line: str, /, **values: Any) -> Interaction:  # noqa: ANN401 - JSON values
        """`run(ada, channel, "claim list", status="open")`."""
        name, *path = line.split()
        options = interactions.options_for(self.command(name, Command.SLASH), path, values)
        return interactions.slash(self, user, channel, name, options)

    def complete(
        self,
        user: Json,
        channel: str,
        line: str,
        focused: str,
        /,
        **values: Any,  # noqa: ANN401 - JSON values
    ) -> Interaction:
        """Asks for completions of the option `focused`, as far as it is typed."""
        name, *path = line.split()
        command = self.command(name, Command.SLASH)
        options = interactions.options_for(command, path, {focused: "", **values}, focused)
        return interactions.slash(self, user, channel, name, options, kind=Asked.AUTOCOMPLETE)

    def menu(
        self, user: Json, message: Json, name: str, permissions: int | None = None
    ) -> Interaction:
        """Return a command from a message's own menu (the message may be anyone's)."""
        return interactions.menu(self, user, message, name, permissions)

    def submit_modal(self, user: Json, shown: Interaction, values: Json) -> Interaction:
        """Sends the form that answered `shown`: custom_id -> text, list of values, or bool."""
        return interactions.submit(self, user, shown, values)

    def upload(self, channel: str, filename: str, content: bytes, kind: str = "text/plain") -> str:
        """Return a file for an attachment option or a form; returns its id."""
        file = attachments.Upload(filename, kind, content)
        return str(attachments.keep(self, channel, file)["id"])

    # the port
    def application(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_REQUEST, middlewares=[only_from_here(self)])
        for path in ("/gateway/", "/gateway"):
            app.router.add_get(path, self.gateway.serve)
        app.router.add_route("*", ROOT + "/{rest:.*}", self.rest.serve)
        app.router.add_get("/attachments/{channel}/{attachment}/{name}", self._attachment)
        return app

    async def start(self, port: int = 0) -> int:
        self._loopback = Loopback(self.application())
        self.settle_at(await self._loopback.start(port))
        return self.port

    async def stop(self) -> None:
        await self.gateway.close()
        if self._loopback is not None:
            await self._loopback.stop()

    def settle_at(self, port: int) -> None:
        """Addresses that were given out name the port."""
        attachments.move(self, port)
        self.port = port

    async def _attachment(self, request: web.Request) -> web.Response:
        return attachments.serve(self, request)

    # kept in a file
    def save(self, path: Path) -> None:
        snapshots.save(self, path)

    @classmethod
    def load(cls, path: Path, **options: Any) -> Self:  # noqa: ANN401 - those of World()
        """Return the world that was saved there, with all its ids."""
        world = cls(channels=(), **options)
        snapshots.load(world, path)
        return world

    # the bot's place in the server
    def expel(self) -> None:
        """The bot is removed from the server."""
        self.emit("GUILD_DELETE", {"id": self.guild_id})

    def invite(self) -> None:
        """It is invited again."""
        self.emit("GUILD_CREATE", self.guild())

    # looking back, and trouble
    def find(self, method: str, path: str) -> list[Record]:
        return [r for r in self.records if r.method == method and re.search(path, r.path)]

    def say_over_gateway(self, frame: str) -> None:
        """Send the bot a frame as it is, whatever it holds."""
        self.gateway.say(frame)

    async def drop_gateway(self, code: int | None = None, shard: int | None = None) -> None:
        """None: the connection ends; a number: a close with that code. Of all shards, or one."""
        await self.gateway.drop(code, shard)

    def op(self, op: int, d: Json | bool | None = None) -> None:
        """Sends every session a bare frame: 7 reconnect, 9 invalid session."""
        self.gateway.op(op, d)

    @property
    def online(self) -> bool:
        """Return True if a bot is connected."""
        return self.gateway.online

    @property
    def sessions(self) -> dict[str, Session]:
        return self.gateway.sessions
