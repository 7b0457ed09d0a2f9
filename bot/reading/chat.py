"""A language model's server, asked in OpenAI's chat protocol, which all of them speak.

Through the one fetcher, with limits on time, size and tries. Nothing waits for ever.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import msgspec

from bot.config.model import EngineConfig
from bot.fetch.fetcher import Exchanged, Fetcher
from workflows.errors import CorrobotError, Unavailable

_log = logging.getLogger(__name__)

PAUSES_S = (1.0, 4.0)
"""Seconds before each further try, where the server names none; there is one more than these."""
LONGEST_PAUSE_S = 30.0
MOST_BYTES = 4_000_000
"""Bytes of an answer: what is longer is babble."""
_UNKNOWN_FORMAT = frozenset({400, 404, 415, 422, 501})
"""How servers answer that don't know JSON schemas."""


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class _Model(msgspec.Struct):
    id: str


class _Models(msgspec.Struct):
    data: list[_Model]


class ChatAnswer(msgspec.Struct, frozen=True):
    """What a model said, and the tokens it was shown and wrote. `is_whole`: it came to its end."""

    text: str
    shown: int
    written: int
    is_whole: bool = True


Message = Mapping[str, str]


class ChatClient:
    """Asks one model; as a context manager, so that its connections end with it."""

    def __init__(
        self,
        config: EngineConfig,
        *,
        proxy: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.config, self._sleep = config, sleep
        self._base = str(config.base_url).rstrip("/")
        self._fetcher = Fetcher(
            proxy=proxy, total_s=config.timeout.total_seconds(), only=config.base_url
        )
        self._headers = {"Accept": "application/json"}
        if config.key:
            self._headers["Authorization"] = f"Bearer {config.key}"
        self.takes_schema = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._fetcher.__aexit__(kind, error, traceback)

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> ChatAnswer:
        """Return what the model says; in a schema's shape, where its server can.

        Raises Unavailable where it can't be reached, is slow, refuses, or answers with nothing.
        """
        wanted: dict[str, Any] = {
            "model": self.config.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": self.config.max_tokens,
            "stream": False,
        }
        shape = {"name": "claims", "strict": True, "schema": schema}
        if self.takes_schema:
            given = {**wanted, "response_format": {"type": "json_schema", "json_schema": shape}}
            answered = await self._exchange_patiently(given)
            if answered.status not in _UNKNOWN_FORMAT:
                return self._read(answered)
            _log.info("engine: the server takes no JSON schema (%d)", answered.status)
            answered = await self._exchange_patiently(wanted)
            self.takes_schema = answered.status in _UNKNOWN_FORMAT
            return self._read(answered)
        return self._read(await self._exchange_patiently(wanted))

    async def list_models(self) -> list[str]:
        """Return the models that the server has. Raises Unavailable."""
        try:
            answered = await self._fetcher.exchange("GET", self._base + "/models", self._headers)
        except Unavailable as error:
            raise self._tell_unreachable(error) from error
        except CorrobotError as error:
            raise self._tell_unfit() from error
        self._require_ok(answered)
        try:
            return [model.id for model in msgspec.json.decode(answered.content, type=_Models).data]
        except msgspec.MsgspecError:
            raise self._tell_unfit() from None

    async def _exchange_patiently(self, wanted: Mapping[str, Any]) -> Exchanged:
        """Ask, and again a little later where the server is busy or broken."""
        content = msgspec.json.encode(wanted)
        for pause_s in PAUSES_S:
            try:
                answered = await self._exchange(content)
            except Unavailable as error:
                if error.code == "too-slow":
                    raise self._tell_unreachable(error) from error
                if error.code == "engine":
                    raise
                await self._sleep(pause_s)
                continue
            if not _is_passing(answered.status):
                return answered
            await self._sleep(_read_pause(answered.retry_after, pause_s))
        try:
            return await self._exchange(content)
        except Unavailable as error:
            raise error if error.code == "engine" else self._tell_unreachable(error) from error

    async def _exchange(self, content: bytes) -> Exchanged:
        headers = {**self._headers, "Content-Type": "application/json"}
        try:
            return await self._fetcher.exchange(
                "POST", self._base + "/chat/completions", headers, content, MOST_BYTES
            )
        except Unavailable:
            raise
        except CorrobotError as error:  # more than anybody reads, or no place to go
            raise self._tell_unfit() from error

    def _read(self, answered: Exchanged) -> ChatAnswer:
        self._require_ok(answered)
        try:
            completion = msgspec.json.decode(answered.content, type=_Completion)
            choice = completion.choices[0]
        except (msgspec.MsgspecError, IndexError, RecursionError):
            raise self._tell_unfit() from None
        usage = completion.usage or _Usage()
        return ChatAnswer(
            choice.message.content or "",
            usage.prompt_tokens,
            usage.completion_tokens,
            choice.finish_reason != "length",
        )

    def _require_ok(self, answered: Exchanged) -> None:
        if answered.status != HTTPStatus.OK:
            raise Unavailable(
                "The language model's server at {host} answered with HTTP status {status}.",
                code="engine",
                host=self.config.host,
                status=answered.status,
            )

    def _tell_unfit(self) -> Unavailable:
        return Unavailable(
            "The language model's server at {host} gave an answer that doesn't follow"
            " OpenAI's chat protocol.",
            code="engine",
            host=self.config.host,
        )

    def _tell_unreachable(self, error: Unavailable) -> Unavailable:
        if error.code == "too-slow":
            return Unavailable(
                "The language model's server at {host} took too long to answer.",
                code="engine",
                host=self.config.host,
            )
        return Unavailable(
            "The language model's server at {host} can't be reached.",
            code="engine",
            host=self.config.host,
        )


def _is_passing(status: int) -> bool:
    if status == HTTPStatus.NOT_IMPLEMENTED:
        return False
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _read_pause(header: str, otherwise_s: float) -> float:
    """Return how many seconds a server wants to be left alone, within reason."""
    try:
        return min(max(float(header), 0.0), LONGEST_PAUSE_S)
    except ValueError:
        return otherwise_s
