"""One open page: what its person does, and what they get to see of it."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox import messages, page_view
from bot.sandbox.ids import Json
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import CallbackType, Flag
from bot.sandbox.rules.refusals import RefusalError
from bot.sandbox.world import World

LONGEST_MESSAGE = 2000
LONGEST_NAME = 32
MOST_PEOPLE = 60
SILENCE = "The application did not respond"
_MISTAKES = (KeyError, ValueError, TypeError, AttributeError, StopIteration, RefusalError)


class NotPossibleError(ValueError):
    """A sentence for the person who tried."""


class Visitor:
    """Hears the world as one person does; acts as that person."""

    def __init__(self, world: World, me: Json) -> None:
        self.world, self.me = world, me
        self.socket = web.WebSocketResponse(max_msg_size=2**20, heartbeat=30)
        self.queue: asyncio.Queue[Json] = asyncio.Queue()
        self.running: set[asyncio.Task[None]] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        await self.socket.prepare(request)
        self.queue.put_nowait(page_view.hello(self.world, self.me, online=self.world.online))
        self.world.onlookers.append(self.hear)
        pump = asyncio.create_task(self._pump())
        try:
            async for frame in self.socket:
                if frame.type is WSMsgType.TEXT:
                    self._begin(frame.data)
        finally:
            self.world.onlookers.remove(self.hear)
            for task in (pump, *self.running):
                task.cancel()
        return self.socket

    def _begin(self, frame: str) -> None:
        """Several things may be under way at once: an answer can take three seconds."""
        with contextlib.suppress(ValueError):
            wish = json.loads(frame)
            task = asyncio.create_task(self._do(wish if isinstance(wish, dict) else {}))
            self.running.add(task)
            task.add_done_callback(self.running.discard)

    async def _pump(self) -> None:
        while True:
            await self.socket.send_str(json.dumps(await self.queue.get()))

    # what happens around
    def hear(self, name: str, event: Json, person: str | None) -> None:
        if person not in (None, self.me["id"]):
            return
        if (told := self._told(name, event)) is not None:
            self.queue.put_nowait(told)

    def _told(self, name: str, event: Json) -> Json | None:
        world, told = self.world, None
        if name in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            if page_view.readable(world, self.me, event):
                told = {"event": "message", "message": event, "new": name == "MESSAGE_CREATE"}
        elif name == "MESSAGE_DELETE":
            told = {"event": "removed", **event}
        elif name == "COMMANDS":
            told = {"event": "commands", **page_view.commands(world, self.me)}
        elif name == "BOT":
            told = {"event": "bot", **event}
        elif name.startswith(("GUILD_", "CHANNEL_", "THREAD_", "DIRECT_")):
            told = {"event": "around", **page_view.around(world, self.me)}
        return told

    # what the person does
    async def _do(self, wish: Json) -> None:
        try:
            done = await _ACTIONS[wish["do"]](self, wish)
        except NotPossibleError as why:
            done = {"event": "failed", "text": str(why)}
        except _MISTAKES as mistake:
            done = {"event": "failed", "text": f"That is not possible here ({mistake})."}
        self.queue.put_nowait({**done, "ref": wish.get("ref")})

    async def say(self, wish: Json) -> Json:
        text = str(wish["text"]).strip()
        if not 0 < len(text) <= LONGEST_MESSAGE:
            sentence = f"A message has 1 to {LONGEST_MESSAGE} characters."
            raise NotPossibleError(sentence)
        channel = self._channel(wish)
        if channel in self.world.channels and not page_view.may_write(self.world, self.me, channel):
            raise NotPossibleError("You cannot write in this channel.")
        self.world.say(self.me, channel, text)
        return {"event": "done"}

    async def click(self, wish: Json) -> Json:
        message = self._message(wish)
        return await self._answered(self.world.click(self.me, message, wish["custom_id"]))

    async def choose(self, wish: Json) -> Json:
        values = [str(v) for v in wish["values"]]
        asked = self.world.choose(self.me, self._message(wish), wish["custom_id"], values)
        return await self._answered(asked)

    async def command(self, wish: Json) -> Json:
        channel = self._channel(wish)
        return await self._answered(
            self.world.run(self.me, channel, wish["line"], **wish["values"])
        )

    async def complete(self, wish: Json) -> Json:
        channel = self._channel(wish)
        asked = self.world.complete(
            self.me, channel, wish["line"], wish["focused"], **wish["values"]
        )
        answer = await asked.future
        if answer == "TIMEOUT":
            raise NotPossibleError("Loading options failed")
        return {"event": "choices", "choices": (answer.get("data") or {}).get("choices") or []}

    async def menu(self, wish: Json) -> Json:
        asked = self.world.menu(self.me, self._message(wish), wish["name"])
        return await self._answered(asked)

    async def form(self, wish: Json) -> Json:
        shown = self.world.interactions[wish["shown"]]
        if shown.user["id"] != self.me["id"]:
            raise NotPossibleError("This form is somebody else's.")
        return await self._answered(self.world.submit_modal(self.me, shown, wish["values"]))

    async def dismiss(self, wish: Json) -> Json:
        message = self._message(wish)
        if message["flags"] & Flag.EPHEMERAL:
            messages.remove(self.world, message)
        return {"event": "done"}

    async def earlier(self, wish: Json) -> Json:
        channel = self._channel(wish)
        before, back_to = wish["before"], wish.get("back_to")
        found = page_view.messages(self.world, self.me, channel, before, back_to)
        return {"event": "earlier", "channel": channel, "messages": found}

    async def person(self, wish: Json) -> Json:
        name = str(wish["name"]).strip()
        if not 0 < len(name) <= LONGEST_NAME:
            sentence = f"A name has 1 to {LONGEST_NAME} characters."
            raise NotPossibleError(sentence)
        if self.world.person(name) or len(self.world.people()) >= MOST_PEOPLE:
            raise NotPossibleError("There is somebody of that name already.")
        known = {r["id"] for r in page_view.people(self.world)["roles"]}
        roles = tuple(r for r in wish.get("roles") or () if r in known)
        return {"event": "done", "person": self.world.user(name, roles)["id"]}

    async def _answered(self, asked: Interaction) -> Json:
        answer: Any = await asked.future
        if answer == "TIMEOUT":
            raise NotPossibleError(SILENCE)
        if answer["type"] == CallbackType.MODAL:
            return {"event": "form", "shown": asked.id, "form": answer["data"]}
        return {"event": "done", "answer": answer["type"]}

    def _channel(self, wish: Json) -> str:
        channel = str(wish["channel"])
        if not self.world.sees(self.me, channel):
            raise NotPossibleError("There is no such channel.")
        return channel

    def _message(self, wish: Json) -> Json:
        found = self.world.messages[str(wish["channel"])].get(str(wish["message"]))
        if found is None or not page_view.readable(self.world, self.me, found):
            raise NotPossibleError("That message is gone.")
        return found


_ACTIONS: dict[str, Callable[[Visitor, Json], Awaitable[Json]]] = {
    "say": Visitor.say,
    "click": Visitor.click,
    "choose": Visitor.choose,
    "command": Visitor.command,
    "complete": Visitor.complete,
    "menu": Visitor.menu,
    "form": Visitor.form,
    "dismiss": Visitor.dismiss,
    "earlier": Visitor.earlier,
    "person": Visitor.person,
}
