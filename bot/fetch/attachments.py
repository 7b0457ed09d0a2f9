"""Files that people attached: from Discord, where they lie, and from nowhere else."""

import asyncio

import aiohttp
from discord.http import Route
from yarl import URL

from workflows.documents import reading
from workflows.errors import BadInput, Unavailable

CDN = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps what people attach."""
SECONDS = 60
"""How long a file may take to come."""
_CHUNK = 1 << 16


def require_hosted(address: str, name: str) -> None:
    """Raise BadInput for a file that does not lie with Discord."""
    if not is_hosted_by_discord(URL(address)):
        raise BadInput("{name} isn't hosted by Discord, so it can't be read.", name=name)


def is_hosted_by_discord(url: URL) -> bool:
    """Return True if an address is Discord's own, or of what stands in for it."""
    if url.user or url.password:
        return False
    if url.scheme == "https" and url.host in CDN:
        return url.is_default_port()
    return bool(url.scheme and url.host) and url.origin() == URL(Route.BASE).origin()


async def download(address: str, name: str) -> bytes:
    """Return all of a file, but never more than is read; no other address is gone to.

    Raises BadInput for one that is too large or lies elsewhere, Unavailable.
    """
    require_hosted(address, name)
    content = bytearray()
    try:
        async with (
            asyncio.timeout(SECONDS),
            aiohttp.ClientSession(raise_for_status=True) as session,
            session.get(URL(address, encoded=True), allow_redirects=False) as response,
        ):
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                reading.require_size(len(content), name)
            if response.status != 200:  # noqa: PLR2004
                raise _explain_refusal(name)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise _explain_refusal(name) from error
    return bytes(content)


def _explain_refusal(name: str) -> Unavailable:
    return Unavailable("Discord can't provide {name} right now. Please try again.", name=name)
