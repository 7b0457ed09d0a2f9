"""Connections to the public internet only: each address is checked when it is connected to.

A name is looked up once, and what it leads to is what is connected to; so nothing can change in
between. The check stands in the making of the socket, which literal addresses go through too.
"""

import errno
import socket
from collections.abc import Callable
from ipaddress import ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from workflows.hosts import IpAddress, is_public

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]
Allowed = Callable[[IpAddress], bool]
CONNECT_S = 10.0


class ForbiddenAddress(OSError):
    """The host leads to an address outside the public internet; it was not connected to."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "forbidden")


def make_connector(
    *, allow_loopback: bool, resolver: AbstractResolver | None = None
) -> aiohttp.TCPConnector:
    """Make the connector that all fetching goes through.

    `allow_loopback` lets it connect to this machine too, for tests.
    """

    def allowed(address: IpAddress) -> bool:
        return is_public(address) or (allow_loopback and address.is_loopback)

    def make_socket(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, where = info
        if not allowed(ip_address(str(where[0]))):
            raise ForbiddenAddress
        return socket.socket(family=family, type=kind, proto=protocol)

    return aiohttp.TCPConnector(
        resolver=_PublicResolver(resolver or DefaultResolver(), allowed),
        use_dns_cache=False,
        socket_factory=make_socket,
        force_close=True,
    )


class _PublicResolver(AbstractResolver):
    """Refuses a name as soon as one of its addresses is forbidden, whatever the others are."""

    def __init__(self, resolver: AbstractResolver, allowed: Allowed) -> None:
        self._resolver, self._allowed = resolver, allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(self._allowed(ip_address(each["host"])) for each in found):
            raise ForbiddenAddress
        return found

    async def close(self) -> None:
        await self._resolver.close()
