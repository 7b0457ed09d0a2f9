"""A process that reads what comes from outside: asked in turn, replaced when it dies or hangs."""

import asyncio
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence

from bot.config.environment import make_child_environment
from bot.reading.turns import Asker, FairTurns
from workflows.errors import BadInput, Unavailable
from workflows.extraction.protocol import TOO_LARGE, Request, Response, read_answer, write

log = logging.getLogger(__name__)

LONGEST_LINE = 1 << 30


class Child:
    """Starts when first asked, and goes when it was idle for some seconds."""

    def __init__(self, command: Sequence[str], idle: float) -> None:
        self._command, self._idle = tuple(command), idle
        self._turns = FairTurns()
        self._child: Process | None = None
        self._closing: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._child.pid if self._child is not None else None

    def stop(self) -> None:
        """Whatever is being read is let go at once, and nothing more is taken."""
        self._stopped = True
        if self._child is not None and self._child.returncode is None:
            self._child.kill()

    async def close(self) -> None:
        """The process is gone when this returns."""
        async with self._turns.turn(Asker()):
            self._stay()
            await self._end()

    async def ask(
        self,
        request: Request,
        seconds: float,
        late: Unavailable,
        asker: Asker,
        reached: Callable[[float], None] = lambda _: None,
    ) -> Response:
        """Return its answer. Raises what the answer says went wrong, `late` after so many seconds.

        Raises Refused where too much waits for its turn.
        """
        try:
            line = write(request) + b"\n"
        except UnicodeEncodeError:
            raise BadInput(
                "The text contains characters that aren't valid Unicode. Save it again as UTF-8."
            ) from None
        async with self._turns.turn(asker):
            self._stay()
            try:
                answer = await self._answer(line, seconds, late, reached)
            except BaseException:
                await self._end()
                raise
            if answer.code == TOO_LARGE:  # what it holds is never given back
                await self._end()
            else:
                self._leave_later()
        if answer.error is not None:
            family = Unavailable if answer.unavailable else BadInput
            raise family(answer.error, code=answer.code, **answer.values)
        return answer

    async def _answer(
        self, line: bytes, seconds: float, late: Unavailable, reached: Callable[[float], None]
    ) -> Response:
        """Return the child's answer; a child that hangs or dies is not asked again."""
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(line, reached)
        except TimeoutError:
            raise late from None
        except (ConnectionError, EOFError):
            if self._stopped:
                raise Unavailable(
                    "Corrobot is shutting down. Your text is kept; continue with /intake drafts.",
                    code="stopping",
                ) from None
            log.warning("the extraction process ended while it read a text")
            raise Unavailable(
                "I couldn't read this text: the reading process ended unexpectedly. Try"
                " again, or bring in smaller parts.",
                code="reader-ended",
            ) from None

    async def _exchange(self, line: bytes, reached: Callable[[float], None]) -> Response:
        """Raises EOFError where the child ends before its answer does."""
        if self._stopped:
            raise EOFError
        child = await self._start()
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(line)
        await child.stdin.drain()
        while (told := await child.stdout.readline()).endswith(b"\n"):
            answer = read_answer(told)
            if answer.share is None:
                return answer
            reached(answer.share)
        raise EOFError

    async def _start(self) -> Process:
        if self._child is not None and self._child.returncode is not None:
            await self._end()
        if self._child is None:
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                limit=LONGEST_LINE,
                env=make_child_environment(),
            )
        return self._child

    async def _end(self) -> None:
        """The child is gone when this returns."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:
            child.kill()
        if child.stdin is not None:
            child.stdin.close()
        await child.wait()

    def _leave_later(self) -> None:
        self._closing = asyncio.get_running_loop().create_task(self._end_when_idle())

    def _stay(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle)
        async with self._turns.turn(Asker()):
            self._closing = None
            await self._end()
