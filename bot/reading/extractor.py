"""Finding claims and reading files: what may take how long, and in which process it is done."""

import itertools
import sys
from collections.abc import Callable, Sequence
from datetime import date
from types import TracebackType
from typing import Literal, Self

from bot.reading.extraction_child import Child
from bot.reading.turns import Asker
from workflows.claims import FoundClaim, PictureRead, Place
from workflows.documents.document import ReadDocument
from workflows.documents.feed_files import ParsedFeed
from workflows.errors import Unavailable
from workflows.extraction.protocol import READING, Request, Response

IDLE_TIMEOUT_S = 600.0
FLOOR = 60.0
"""Seconds any request may take, the start of the child included."""
READING_S = 8.0
"""Seconds that reading a file may take, the start of the child included."""
PICTURE_TEXT_S = 60.0
"""Seconds that reading the text in a picture may take."""
CHARACTERS_A_SECOND = 4000
"""A fifth of the measured speed: a text that needs longer is taken to hang."""
LONG = 60_000
"""Characters of a text beyond which it is read apart: some seconds' work."""
LONG_IDLE_S = 60.0
"""Seconds after which the child for long texts goes; it holds a model of its own."""
COMMAND = (sys.executable, "-m", "workflows.extraction")
NOBODY = Asker()


class Extractor:
    """Text in, claims out, by processes of its own that start when first asked.

    Files are read by one, pictures by another, short texts by a third; a long text, which takes
    minutes, has a fourth, so that it holds up none of them. In each it is one's turn as `turns`
    says.
    """

    def __init__(
        self,
        *,
        idle: float = IDLE_TIMEOUT_S,
        floor: float = FLOOR,
        reading_s: float = READING_S,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._floor = floor
        self._reading_s = reading_s
        self._numbers = itertools.count(1)
        reading = (*command, READING) if command == COMMAND else command
        self._reading, self._pictures = Child(reading, idle), Child(command, min(idle, LONG_IDLE_S))
        self._short, self._long = Child(command, idle), Child(command, min(idle, LONG_IDLE_S))
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
        for child in self._children:
            await child.close()

    def stop(self) -> None:
        """Whatever is being read is let go at once, and nothing more is taken."""
        self._stopped = True
        for child in self._children:
            child.stop()

    @property
    def _children(self) -> tuple[Child, ...]:
        return self._reading, self._pictures, self._short, self._long

    @property
    def is_stopped(self) -> bool:
        """Return True once nothing more is taken, because the process ends."""
        return self._stopped

    @property
    def pid(self) -> int | None:
        """The process id of the child that reads short texts, while it runs."""
        return self._short.pid

    async def extract_claims(
        self,
        text: str,
        published: date | None,
        name: str = "The text",
        reached: Callable[[float], None] = lambda _: None,
        places: Sequence[Place] = (),
        asker: Asker = NOBODY,
    ) -> tuple[FoundClaim, ...]:
        """`reached` is told now and then which share of a long text is read.

        What stands at `places` with a day of their own is told on that day. Raises BadInput,
        calling the text by `name`, where it cannot be read, Unavailable, and Refused where too
        many wait.
        """
        dated = tuple(places) if any(place.day for place in places) else ()
        request = Request(
            next(self._numbers), text=text, name=name, published=published, places=dated
        )
        seconds, late = self._limit(len(text))
        child = self._short if len(text) <= LONG else self._long
        return (await child.ask(request, seconds, late, asker, reached)).claims or ()

    async def read_file(
        self, content: bytes, name: str, media_type: str = "", asker: Asker = NOBODY
    ) -> ReadDocument:
        """Return the text of a file. Raises BadInput where it cannot be read, Unavailable, Refused.

        What takes longer than a document should is broken, or made to take long: it is given up.
        """
        request = Request(next(self._numbers), file=content, name=name, media_type=media_type)
        late = Unavailable(
            "{name} takes too long to read; it may be broken. Copy its text and paste it.",
            code="too-slow",
            name=name,
        )
        answer = await self._reading.ask(request, self._reading_s, late, asker)
        if answer.document is None:
            raise Unavailable(
                "{name} couldn't be read. Save its text and bring that in.", name=name
            )
        return answer.document

    async def read_feed(self, content: bytes, address: str, asker: Asker = NOBODY) -> ParsedFeed:
        """Return what the feed at this address holds. Raises as `read_file`."""
        request = Request(next(self._numbers), file=content, name=address, feed=True)
        late = Unavailable("{address} takes too long to read.", code="too-slow", address=address)
        answer = await self._reading.ask(request, self._reading_s, late, asker)
        if answer.feed is None:
            raise Unavailable("{address} couldn't be read as a feed.", address=address)
        return answer.feed

    async def read_picture(self, content: bytes, name: str, asker: Asker = NOBODY) -> PictureRead:
        """Return what tells a picture from others. Raises as `read_file`."""
        answer = await self._ask_picture(content, name, "hashes", asker)
        if answer.picture is None:
            raise Unavailable("{name} couldn't be read as a picture.", name=name)
        return answer.picture

    async def read_picture_text(self, content: bytes, name: str, asker: Asker = NOBODY) -> str:
        """Return the text that stands in a picture; nothing where what reads it isn't installed.

        Raises as `read_file`.
        """
        return (await self._ask_picture(content, name, "text", asker)).picture_text

    async def _ask_picture(
        self, content: bytes, name: str, what: Literal["hashes", "text"], asker: Asker
    ) -> Response:
        request = Request(next(self._numbers), file=content, name=name, picture=what)
        late = Unavailable(
            "{name} takes too long to read as a picture.", code="too-slow", name=name
        )
        seconds = self._reading_s if what == "hashes" else PICTURE_TEXT_S
        return await self._pictures.ask(request, seconds, late, asker)

    async def score_sentences(self, sentences: Sequence[str]) -> list[float]:
        """Return how check-worthy each sentence is, 0 to 1."""
        request = Request(next(self._numbers), sentences=tuple(sentences))
        seconds, late = self._limit(sum(map(len, sentences)))
        return (await self._short.ask(request, seconds, late, NOBODY)).worth or []

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
