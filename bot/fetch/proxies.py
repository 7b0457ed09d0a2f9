"""Proxies that the environment names, for hosts that reach the web through one."""

from urllib.request import getproxies_environment, proxy_bypass

import aiohttp
from yarl import URL

from bot.fetch.connection import ForbiddenAddress, PublicResolver
from workflows.errors import Unavailable


class Proxies:
    """Which proxy leads to an address. `names` guards the names that pages are asked by."""

    def __init__(self, names: PublicResolver) -> None:
        self._names = names
        self.connector = aiohttp.TCPConnector(use_dns_cache=False, force_close=True)
        """Connects to proxies, which may stand in the host's own network."""

    async def close(self) -> None:
        await self.connector.close()

    async def find(self, url: URL) -> URL | None:
        """Return the proxy for an address; None where it is reached directly.

        Raises ForbiddenAddress for a name that leads into a private network, as far as this host
        can look names up; Unavailable for a proxy of another kind.
        """
        proxies = getproxies_environment()
        named = proxies.get(url.scheme) or proxies.get("all")
        host = url.raw_host or ""
        if not named or proxy_bypass(host, proxies):
            return None
        proxy = URL(named)
        if proxy.scheme not in ("http", "https"):
            raise Unavailable("The proxy {proxy} isn't an HTTP proxy.", proxy=proxy.host or named)
        await self._check_name(host, url.port or 0)
        return proxy

    async def _check_name(self, host: str, port: int) -> None:
        try:
            await self._names.resolve(host, port)
        except ForbiddenAddress:
            raise
        except OSError:  # only the proxy can look names up here
            return
