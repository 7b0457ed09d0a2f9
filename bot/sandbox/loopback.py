"""One web application on one loopback port, for this machine's own visitors only."""

from collections.abc import Awaitable, Callable
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.sandbox.state import State

HOST = "127.0.0.1"
NAMES = (HOST, "localhost", "[::1]")
LARGEST_REQUEST = 30 * 2**20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Loopback:
    """Started and stopped once."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=False, shutdown_timeout=0.2
        )

    async def start(self, port: int = 0) -> int:
        """Return the port it listens on; OSError when it is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        return cast("int", self._runner.addresses[0][1])

    async def stop(self) -> None:
        await self._runner.cleanup()


def only_from_here(state: State) -> Middleware:
    """No page elsewhere can read or write here, whatever name it gives to this machine."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        hosts = {f"{name}:{state.port}" for name in NAMES}
        origin = request.headers.get("Origin")
        if request.host not in hosts:
            raise web.HTTPForbidden(text="This address is not ours.")
        if origin is not None and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="Another site may not use this one.")
        return await handler(request)

    return check
