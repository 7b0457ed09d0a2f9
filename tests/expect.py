"""What tests wait for, and the refusals they expect."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from workflows.errors import CorrobotError


async def wait_until(true: Callable[[], Any], within: float = 5) -> Any:
    """Wait until it holds, and return it; it may be a coroutine. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while True:
            value = true()
            if inspect.isawaitable(value):
                value = await value
            if value:
                return value
            await asyncio.sleep(0.005)


def refuses(error: type[CorrobotError], code: str | None = None, **values: object):
    """Expect an error of this class, told from others by its code or by some of its values."""

    def fits(raised: CorrobotError) -> bool:
        return code in (None, raised.code) and values.items() <= raised.values.items()

    return pytest.raises(error, check=fits)
