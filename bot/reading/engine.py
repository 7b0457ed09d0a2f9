"""What finds the claims of a text: the built-in rules, or the host's language model.

The model is asked part by part, and no part twice: what it answered is kept. Where it fails, the
rules read English, and a text in another language is refused with a sentence.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from weakref import WeakValueDictionary

from bot.config.model import Config, EngineConfig
from bot.reading.chat import ChatAnswer, ChatClient, Message
from bot.reading.extractor import NOBODY, Extractor
from bot.reading.turns import Asker
from workflows.claims import FoundClaim, Place
from workflows.desk import engine as desk_engine
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents import language as languages
from workflows.engines import BY_RULES, ReadingReport
from workflows.engines import EngineRecord as EngineName
from workflows.errors import BadInput, Unavailable
from workflows.ids import make_hash
from workflows.llm.answer import Answer, make_schema, read_answer
from workflows.llm.chunks import Chunk, cut_text
from workflows.llm.compare import hold_against_rules
from workflows.llm.ground import DropReason, GroundedClaims, ground_answer
from workflows.llm.prompt import MEND, find_prompt_version, load_instructions, write_message
from workflows.llm.verbatim import SearchableText

_log = logging.getLogger(__name__)

_PARTS_OF_CLAIMS = frozenset({DropReason.FIGURE, DropReason.DATE})
"""What is dropped without its claim."""


class EngineMemory(Protocol):
    """What a team's engine may do, and what it was answered already."""

    async def may_send(self, guild: int, host: str) -> bool: ...

    async def find(self, guild: int, keys: Sequence[str]) -> dict[str, str]: ...

    async def take_request(self, guild: int) -> bool: ...

    async def add_tokens(self, guild: int, shown: int, written: int) -> None: ...

    async def keep(self, guild: int, key: str, sha256: str, answer: str) -> None: ...


class DeskMemory:
    """Kept in the database, by a running desk; `most` is a team's requests each day, 0 for any."""

    def __init__(self, desk: ClaimDesk, now: Callable[[], datetime], most: int) -> None:
        self._desk, self._now, self._most = desk, now, most

    async def may_send(self, guild: int, host: str) -> bool:
        return await self._desk.read(desk_engine.may_send_texts, guild, host)

    async def find(self, guild: int, keys: Sequence[str]) -> dict[str, str]:
        return await self._desk.read(desk_engine.find_answers, guild, keys)

    async def take_request(self, guild: int) -> bool:
        return await self._desk.write(desk_engine.take_request, guild, self._most, self._now())

    async def add_tokens(self, guild: int, shown: int, written: int) -> None:
        await self._desk.write(desk_engine.add_tokens, guild, shown, written, self._now())

    async def keep(self, guild: int, key: str, sha256: str, answer: str) -> None:
        await self._desk.write(desk_engine.keep_answer, guild, key, sha256, answer, self._now())


class NoMemory:
    """For a command without a database: the host asks, so everything is allowed; kept here only."""

    def __init__(self) -> None:
        self._answers: dict[str, str] = {}
        self.used = Counter[str]()

    async def may_send(self, guild: int, host: str) -> bool:  # noqa: ARG002
        return True

    async def find(self, guild: int, keys: Sequence[str]) -> dict[str, str]:  # noqa: ARG002
        return {key: self._answers[key] for key in keys if key in self._answers}

    async def take_request(self, guild: int) -> bool:  # noqa: ARG002
        self.used["requests"] += 1
        return True

    async def add_tokens(self, guild: int, shown: int, written: int) -> None:  # noqa: ARG002
        self.used.update(shown=shown, written=written)

    async def keep(self, guild: int, key: str, sha256: str, answer: str) -> None:  # noqa: ARG002
        self._answers[key] = answer


@dataclass(frozen=True, slots=True)
class ReadClaims:
    """The claims of a text, and how it was read."""

    claims: tuple[FoundClaim, ...]
    reading: ReadingReport = BY_RULES


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on its way through a model, and for which team."""

    chat: ChatClient
    guild: int
    language: str
    searchable: SearchableText

    @property
    def text(self) -> str:
        return self.searchable.text


class Engine:
    """Reads texts with the rules, or with the model that the host's configuration names."""

    def __init__(
        self,
        extractor: Extractor,
        chat: ChatClient | None = None,
        memory: EngineMemory | None = None,
    ) -> None:
        self._extractor, self._chat, self._memory = extractor, chat, memory or NoMemory()
        self._places = asyncio.Semaphore(chat.config.concurrency if chat else 1)
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._stopped = asyncio.Event()

    @property
    def config(self) -> EngineConfig | None:
        """The model, None where there are only the rules."""
        return self._chat.config if self._chat else None

    def stop(self) -> None:
        """Whatever the model reads is let go at once; what it answered is kept."""
        self._stopped.set()

    async def read_claims(
        self,
        text: str,
        published: date | None,
        name: str = "The text",
        reached: Callable[[float], None] = lambda _: None,
        places: Sequence[Place] = (),
        asker: Asker = NOBODY,
        guild: int | None = None,
    ) -> ReadClaims:
        """Return the claims of a text; `reached` is told now and then which share of it is read.

        `guild` is the server whose text it is, where that is another than the asker's.

        Raises BadInput where it can't be read, Unavailable, and Refused where too many wait.
        """
        if self._chat is None:
            claims = await self._extractor.extract_claims(
                text, published, name, reached, places, asker
            )
            return ReadClaims(claims)
        guild = asker.guild if guild is None else guild
        language = await asyncio.to_thread(languages.find_language, text)
        if not await self._may_ask(self._chat.config, guild):
            if language != languages.READ:
                raise BadInput(
                    "{name} seems to be in {language}, which only the language model reads. An"
                    " administrator can let it: `/setup send_texts:True`.",
                    name=name,
                    language=languages.name_language(language),
                )
            claims = await self._extractor.extract_claims(
                text, published, name, reached, places, asker
            )
            return ReadClaims(claims)
        # First, not meanwhile: a model on this machine leaves nothing for them to run with.
        rules: tuple[FoundClaim, ...] | None = None
        if language == languages.READ:
            rules = await self._read_by_rules(text, published, name, places, asker)
        try:
            found = await self._read_by_model(
                _Text(self._chat, guild, language, SearchableText(text)), published, places, reached
            )
        except Unavailable as error:
            _log.warning("engine: %s", error)
            if self._stopped.is_set() or rules is None:
                raise self._tell(name, language) from error
            return ReadClaims(rules, ReadingReport(fell_back=True))
        return _compare(found, rules)

    async def _read_by_rules(
        self,
        text: str,
        published: date | None,
        name: str,
        places: Sequence[Place],
        asker: Asker,
    ) -> tuple[FoundClaim, ...] | None:
        """Return what the rules find, None where they can't just now: the model still may."""
        try:
            return await self._extractor.extract_claims(
                text, published, name, places=places, asker=asker
            )
        except Unavailable as error:
            if self._extractor.is_stopped:
                raise
            _log.warning("engine: the rules couldn't read the text: %s", error)
            return None

    async def _may_ask(self, config: EngineConfig, guild: int) -> bool:
        return config.is_here or await self._memory.may_send(guild, config.host)

    def _tell(self, name: str, language: str) -> Unavailable:
        if self._stopped.is_set():
            return _tell_stopping()
        return Unavailable(
            "{name} is in {language}, and the language model can't read it right now. Try"
            " again later; what it has already read is kept.",
            code="engine",
            name=name,
            language=languages.name_language(language),
        )

    async def _read_by_model(
        self,
        text: _Text,
        published: date | None,
        places: Sequence[Place],
        reached: Callable[[float], None],
    ) -> ReadClaims:
        """Return what the model finds in all parts of a text. Raises Unavailable if one fails."""
        config, version = text.chat.config, find_prompt_version()
        model = config.model
        chunks = cut_text(text.text, published, places)
        keys = [chunk.make_key(text.text, model, version) for chunk in chunks]
        known = await self._memory.find(text.guild, keys)
        done = 0

        async def read(chunk: Chunk, key: str) -> GroundedClaims:
            nonlocal done
            answer = read_answer(known[key]) if key in known else None
            answer = answer or await self._ask_once(text, chunk, key)
            grounded = await asyncio.to_thread(
                ground_answer, answer, text.searchable, chunk, text.language
            )
            done += 1
            reached(done / len(chunks))
            return grounded

        grounded = await self._gather([read(*each) for each in zip(chunks, keys, strict=True)])
        dropped = sum((each.dropped for each in grounded), Counter[DropReason]())
        if dropped:
            _log.info("engine: not found in the text, so dropped: %s", _write_counts(dropped))
        return ReadClaims(
            tuple(claim for each in grounded for claim in each.claims),
            ReadingReport(
                EngineName(model, version, "" if config.is_here else config.host),
                text.language,
                sum(n for what, n in dropped.items() if what not in _PARTS_OF_CLAIMS),
            ),
        )

    async def _gather(self, work: Sequence[Any]) -> list[GroundedClaims]:
        """Return all results in order; none is waited for once one failed, or everything stops."""
        tasks = [asyncio.ensure_future(each) for each in work]
        stopping = asyncio.ensure_future(self._stopped.wait())
        try:
            waiting: set[asyncio.Future[Any]] = set(tasks)
            while waiting:
                ended, _ = await asyncio.wait(
                    {*waiting, stopping}, return_when=asyncio.FIRST_COMPLETED
                )
                if stopping in ended:
                    raise _tell_stopping()
                for task in ended:
                    task.result()
                waiting -= ended
            return [task.result() for task in tasks]
        finally:
            for task in (*tasks, stopping):
                task.cancel()
            await asyncio.gather(*tasks, stopping, return_exceptions=True)

    async def _ask_once(self, text: _Text, chunk: Chunk, key: str) -> Answer:
        """Return the answer for a chunk, of whoever asked first. Raises Unavailable."""
        lock = self._asking.setdefault(f"{text.guild} {key}", asyncio.Lock())
        async with lock, self._places:
            known = await self._memory.find(text.guild, [key])
            if key in known and (answer := read_answer(known[key])):
                return answer
            return await self._ask(text, chunk, key)

    async def _ask(self, text: _Text, chunk: Chunk, key: str) -> Answer:
        """Ask the model for the claims of a chunk, and once more if that is no answer."""
        message = write_message(chunk, text.text, _make_marker(text.text))
        asked: list[Message] = [
            {"role": "system", "content": load_instructions()},
            {"role": "user", "content": message},
        ]
        said = await self._request(text, asked)
        answer = read_answer(said.text) if said.is_whole else None
        if answer is None and said.is_whole:
            again = [{"role": "assistant", "content": said.text}, {"role": "user", "content": MEND}]
            said = await self._request(text, [*asked, *again])
            answer = read_answer(said.text) if said.is_whole else None
        if answer is None:
            raise Unavailable("The language model gave no answer that can be read.", code="engine")
        await self._memory.keep(text.guild, key, make_hash(text.text), said.text)
        return answer

    async def _request(self, text: _Text, asked: Sequence[Message]) -> ChatAnswer:
        if not await self._memory.take_request(text.guild):
            raise Unavailable(
                "The language model's limit for today has been reached.", code="engine"
            )
        said = await text.chat.ask(asked, make_schema())
        await self._memory.add_tokens(text.guild, said.shown, said.written)
        return said


def _tell_stopping() -> Unavailable:
    return Unavailable(
        "Corrobot is shutting down. Your text is kept; continue with /intake drafts.",
        code="stopping",
    )


def _compare(found: ReadClaims, rules: tuple[FoundClaim, ...] | None) -> ReadClaims:
    """Return a model's claims held against the rules', where those could read the text."""
    if rules and not found.claims:  # a model that finds nothing, or nothing that is there
        return ReadClaims(rules, ReadingReport(dropped=found.reading.dropped, fell_back=True))
    return replace(found, claims=hold_against_rules(found.claims, rules or ()))


def _make_marker(text: str) -> str:
    """Return a word that stands nowhere in a text."""
    while (marker := secrets.token_hex(8)) in text:
        pass
    return marker


def _write_counts(dropped: Counter[DropReason]) -> str:
    return ", ".join(f"{count} {what.value}" for what, count in sorted(dropped.items()))


@asynccontextmanager
async def open_engine(
    config: Config | None, extractor: Extractor, memory: EngineMemory | None = None
) -> AsyncIterator[Engine]:
    """Open the engine that a configuration wants; the rules where there is none."""
    if config is None or config.engine is None:
        yield Engine(extractor)
        return
    async with ChatClient(config.engine, proxy=config.proxy) as chat:
        engine = Engine(extractor, chat, memory)
        try:
            yield engine
        finally:
            engine.stop()


def remember_at_desk(config: Config, desk: ClaimDesk, now: Callable[[], datetime]) -> DeskMemory:
    """Return the memory of an engine in the database of a running desk."""
    return DeskMemory(desk, now, config.engine.requests_per_day if config.engine else 0)
