"""Work in the background, a round after the other: one that fails is told, and isn't the last.

What comes from outside can fail in ways that nobody foresaw. That ends neither the rounds of its
kind nor the turn of the next in line.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from workflows.errors import CorrobotError, Unavailable

_log = logging.getLogger(__name__)


async def keep_going(name: str, work: Callable[[], Awaitable[object]], rest_s: float) -> None:
    """Do a round of work, rest, and so on for ever."""
    while True:
        try:
            await work()
        except CorrobotError as error:
            _log.warning("%s failed, retrying later: %s", name, error)
        except Exception:  # noqa: BLE001  # one round that fails must not be the last
            _log.exception("%s failed, retrying later", name)
        await asyncio.sleep(rest_s)


UNFORESEEN = "unforeseen"
"""The code of the sentence for what nobody foresaw."""


@contextmanager
def one_of_many(name: str, *expected: type[Exception]) -> Iterator[None]:
    """Do something for one of many in a round, of which it may raise what is `expected`.

    What nobody foresaw is logged. Raises Unavailable for it, so that it is tried later like what is
    out of order just now.
    """
    passed_on: tuple[type[Exception], ...] = (CorrobotError, *expected)
    try:
        yield
    except passed_on:
        raise
    except Exception as error:
        _log.exception("%s failed", name)
        raise Unavailable(
            "Something went wrong with it. The log says more.", code=UNFORESEEN
        ) from error
