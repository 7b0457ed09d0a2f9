"""One interaction: a click, a command, a form sent; open until it is answered or expires."""

import asyncio
import dataclasses
import time
from typing import Any, Literal

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import Asked


@dataclasses.dataclass(eq=False)
class Interaction:
    """Read as attributes or as items: `shown.answer` and `shown["answer"]` are the same."""

    id: str
    token: str
    type: Asked
    channel_id: str
    user: Json
    data: Json
    message: Json | None = None  # the one whose component was used
    name: str | None = None  # of the command
    answer: Json | None = None  # the body of the callback
    original: Json | None = None  # the message that answered
    followups: list[Json] = dataclasses.field(default_factory=list)
    t: float = dataclasses.field(default_factory=time.perf_counter)
    latency: float | None = None
    state: Literal["open", "answered", "expired"] = "open"
    timer: asyncio.TimerHandle | None = None
    future: asyncio.Future[Any] = dataclasses.field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )  # the callback's body, or "TIMEOUT"

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever the attribute is
        return getattr(self, name)

    def settle(self, answer: Json) -> None:
        self.answer, self.state = answer, "answered"
        self.latency = time.perf_counter() - self.t
        if self.timer is not None:
            self.timer.cancel()
        if not self.future.done():
            self.future.set_result(answer)

    def expire(self) -> None:
        if self.state == "open":
            self.state = "expired"
            if not self.future.done():
                self.future.set_result("TIMEOUT")
