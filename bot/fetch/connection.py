"""Connections to the public internet only: each address is checked when it is connected to.

A name is looked up once, and what it leads to is what is connected to; so nothing can change in
between. The check stands in the making of the socket, which literal addresses go through too.
"""

import errno
import socket
from ipaddress import ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from workflows.hosts import IpAddress, is_public

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]
CONNECT_S = 10.0


class ForbiddenAddress(OSError):
    """The host leads to an address outside the public internet; it was not connected to."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "forbidden")


class PublicResolver(AbstractResolver):
    """Refuses a name as soon as one of its addresses is forbidden, whatever the others are.

    `allow_loopback` allows this machine too, for tests; `allow_private` whatever there is.
    """

    def __init__(
        self,
        resolver: AbstractResolver | None,
        *,
        allow_loopback: bool,
        allow_private: bool = False,
    ) -> None:
        self._resolver, self._allow_loopback = resolver or DefaultResolver(), allow_loopback
        self._allow_private = allow_private

    def allow(self, address: IpAddress) -> bool:
        """Return True if this address may be connected to."""
        return (
            self._allow_private
            or is_public(address)
            or (self._allow_loopback and address.is_loopback)
        )

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(self.allow(ip_address(each["host"])) for each in found):
            raise ForbiddenAddress
        return found

    async def close(self) -> None:
        await self._resolver.close()


def make_connector(resolver: PublicResolver) -> aiohttp.TCPConnector:
    """Make the connector that all fetching goes through."""

    def make_socket(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, where = info
        if not resolver.allow(ip_address(str(where[0]))):
            raise ForbiddenAddress
        return socket.socket(family=family, type=kind, proto=protocol)

    return aiohttp.TCPConnector(
        resolver=resolver, use_dns_cache=False, socket_factory=make_socket, force_close=True
    )
