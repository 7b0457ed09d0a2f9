"""The warm extraction child, seen from the parent: asked in turn, replaced when it dies."""

import asyncio
import itertools
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import Self

from bot.config import make_child_environment
from workflows.claims import FoundClaim, Place
from workflows.documents.document import ReadDocument
from workflows.errors import BadInput, Unavailable
from workflows.extraction.protocol import Request, Response, read_answer, write

log = logging.getLogger(__name__)

IDLE_TIMEOUT_S = 600.0
FLOOR = 60.0
"""Seconds any request may take, the start of the child included."""
READING_S = 9.0
"""Seconds that reading a file may take, the start of the child included."""
CHARACTERS_A_SECOND = 4000
"""A fifth of the measured speed: a text that needs longer is taken to hang."""
LONGEST_LINE = 1 << 30


class Extractor:
    """Text in, claims out, by a process of its own that starts when first asked."""

    def __init__(
        self,
        *,
        idle: float = IDLE_TIMEOUT_S,
        floor: float = FLOOR,
        reading_s: float = READING_S,
        command: Sequence[str] = (sys.executable, "-m", "workflows.extraction"),
    ) -> None:
        self._idle = idle
        self._floor = floor
        self._reading_s = reading_s
        self._command = tuple(command)
        self._numbers = itertools.count(1)
        self._turn = asyncio.Lock()
        self._child: Process | None = None
        self._closing: asyncio.Task[None] | None = None
        self._stopped = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        async with self._turn:
            self._stay()
            await self._end()

    def stop(self) -> None:
        """Whatever is being read is let go at once, and nothing more is taken."""
        self._stopped = True
        if self._child is not None and self._child.returncode is None:
            self._child.kill()

    @property
    def is_stopped(self) -> bool:
        """Return True once nothing more is taken, because the process ends."""
        return self._stopped

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid if self._child is not None else None

    async def extract_claims(
        self,
        text: str,
        published: date | None,
        name: str = "The text",
        reached: Callable[[float], None] = lambda _: None,
        places: Sequence[Place] = (),
    ) -> tuple[FoundClaim, ...]:
        """`reached` is told now and then which share of a long text is read.

        What stands at `places` with a day of their own is told on that day. Raises BadInput,
        calling the text by `name`, where it cannot be read.
        """
        dated = tuple(places) if any(place.day for place in places) else ()
        request = Request(
            next(self._numbers), text=text, name=name, published=published, places=dated
        )
        seconds, late = self._limit(len(text))
        return (await self._ask(request, seconds, late, reached)).claims or ()

    async def read_file(self, content: bytes, name: str, media_type: str = "") -> ReadDocument:
        """Return the text of a file. Raises BadInput where it cannot be read, Unavailable.

        What takes longer than a document should is broken, or made to take long: it is given up.
        """
        request = Request(next(self._numbers), file=content, name=name, media_type=media_type)
        late = Unavailable(
            "{name} takes too long to read; it may be broken. Copy its text and paste it.",
            code="too-slow",
            name=name,
        )
        answer = await self._ask(request, self._reading_s, late)
        if answer.document is None:
            raise Unavailable(
                "{name} couldn't be read. Save its text and bring that in.", name=name
            )
        return answer.document

    async def score_sentences(self, sentences: Sequence[str]) -> list[float]:
        """Return how check-worthy each sentence is, 0 to 1."""
        request = Request(next(self._numbers), sentences=tuple(sentences))
        seconds, late = self._limit(sum(map(len, sentences)))
        return (await self._ask(request, seconds, late)).worth or []

    async def warm(self) -> None:
        """Starts the child and lets it load its model, before anybody waits for it."""
        await self.score_sentences(())

    def _limit(self, characters: int) -> tuple[float, Unavailable]:
        """Return how many seconds finding the claims of so much may take, and what is said then."""
        seconds = self._floor + characters / CHARACTERS_A_SECOND
        return seconds, Unavailable(
            "Reading this text took longer than {seconds} seconds and was stopped. Bring"
            " in smaller parts.",
            code="too-slow",
            seconds=round(seconds),
        )

    async def _ask(
        self,
        request: Request,
        seconds: float,
        late: Unavailable,
        reached: Callable[[float], None] = lambda _: None,
    ) -> Response:
        try:
            line = write(request) + b"\n"
        except UnicodeEncodeError:
            raise BadInput(
                "The text contains characters that aren't valid Unicode. Save it again as UTF-8."
            ) from None
        async with self._turn:
            self._stay()
            try:
                answer = await self._answer(line, seconds, late, reached)
            except BaseException:
                await self._end()
                raise
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
        async with self._turn:
            self._closing = None
            await self._end()
