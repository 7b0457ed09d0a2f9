"""Files that people attached, and what can be read of a message; from Discord and nowhere else."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import PurePath
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
import discord
from discord.http import Route
from yarl import URL

from bot.i18n.escaping import escape
from bot.ui.context import Interaction, get_asker, reader_translator
from bot.ui.deferral import with_progress
from workflows.documents import reading
from workflows.documents.document import ReadDocument, find_title
from workflows.errors import BadInput, CorrobotError, Unavailable
from workflows.urls import find_sole_link

CDN = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps what people attach."""
SECONDS = 60
"""How long a file may take to come."""
_CHUNK = 1 << 16


class HostedFile(Protocol):
    """A file that lies with Discord: of a message, an option or a form."""

    @property
    def filename(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def url(self) -> str: ...


def require_readable(file: HostedFile) -> None:
    """Raise BadInput for a file that is too large, or does not lie with Discord."""
    reading.require_size(file.size, file.filename)
    if not is_hosted_by_discord(URL(file.url)):
        raise BadInput("{name} isn't hosted by Discord, so it can't be read.", name=file.filename)


def is_hosted_by_discord(url: URL) -> bool:
    """Return True if an address is Discord's own, or of what stands in for it."""
    if url.user or url.password:
        return False
    if url.scheme == "https" and url.host in CDN:
        return url.is_default_port()
    return bool(url.scheme and url.host) and url.origin() == URL(Route.BASE).origin()


async def read_upload(interaction: Interaction, file: HostedFile) -> ReadDocument:
    """Return a file's text. Raises BadInput for what cannot be read, Unavailable."""
    require_readable(file)
    content = await _download(file)
    return await interaction.client.reader.read_file(
        content, file.filename, asker=get_asker(interaction)
    )


async def _download(file: HostedFile) -> bytes:
    """Return all of it, but never more than is read; no other address is gone to."""
    content = bytearray()
    try:
        async with (
            asyncio.timeout(SECONDS),
            aiohttp.ClientSession(raise_for_status=True) as session,
            session.get(URL(file.url, encoded=True), allow_redirects=False) as response,
        ):
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                reading.require_size(len(content), file.filename)
            if response.status != 200:  # noqa: PLR2004
                raise _explain_refusal(file)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise _explain_refusal(file) from error
    return bytes(content)


def _explain_refusal(file: HostedFile) -> Unavailable:
    return Unavailable(
        "Discord can't provide {name} right now. Please try again.", name=file.filename
    )


# ------------------------------------------------------------------------------------ messages

Told = discord.Message | discord.MessageSnapshot


def _explain(message: discord.Message) -> list[Told]:
    """Return a message, and what is forwarded with it."""
    return [message, *message.message_snapshots]


def list_uploads(message: discord.Message) -> list[discord.Attachment]:
    """Return the files of a message, and of what is forwarded with it, that hold text."""
    return [
        file
        for told in _explain(message)
        for file in told.attachments
        if PurePath(file.filename).suffix.lower() in reading.SUFFIXES
    ]


async def read_link(interaction: Interaction, address: str) -> ReadDocument:
    """Return what stands at an address, telling meanwhile that it is fetched.

    The answer is deferred already. Raises BadInput for what cannot be read, Unavailable.
    """
    tr, site = reader_translator(interaction), escape(urlsplit(address).hostname or "", 100)
    size = 0

    def come(fetched: int) -> None:
        nonlocal size
        size = fetched

    def how_far() -> str:
        if not size:
            return tr.text("Fetching the page from {site} …", site=site)
        return tr.text(
            "Fetched {kilobytes} KB from {site}; reading …",
            kilobytes=tr.number(max(1, round(size / 1000))),
            site=site,
        )

    reading = interaction.client.reader.read_link(address, get_asker(interaction), come)
    return await with_progress(interaction, reading, how_far)


async def read_message_or_link(
    interaction: Interaction, message: discord.Message, zone: tzinfo
) -> ReadDocument:
    """Return the page a message links to, if it says little else; else the message itself.

    Where the page cannot be read, Discord's own preview of it in the message still is. Raises
    BadInput where there is nothing to read, Unavailable.
    """
    link = find_sole_link(message.content)
    if link is None or message.message_snapshots or list_uploads(message):
        return await read_message(interaction, message, zone)
    try:
        return await read_link(interaction, link)
    except CorrobotError:
        preview = _read_preview(message, link)
        if preview is None:
            raise
        return preview


def _read_preview(message: discord.Message, link: str) -> ReadDocument | None:
    """Return what Discord's own preview of a link says: the page's title and description."""
    for embed in message.embeds:
        text = "\n\n".join(_of_embed(embed)).strip()
        if text:
            site = embed.provider.name or embed.author.name or urlsplit(link).hostname
            return ReadDocument(text, embed.title or find_title(text, link), site, url=link)
    return None


async def read_message(
    interaction: Interaction, message: discord.Message, zone: tzinfo
) -> ReadDocument:
    """Return everything that can be read of a message, as a document its author published that day.

    Its words and what is forwarded with it, embeds, and files that hold text, in this order.
    Raises BadInput where there is nothing, Unavailable.
    """
    files = [await read_upload(interaction, file) for file in list_uploads(message)]
    texts = [*_texts(message), *(read.text for read in files)]
    text = "\n\n".join(stripped for each in texts if (stripped := each.strip()))
    name = reader_translator(interaction).text("The message")
    if not text:
        raise BadInput(
            "This message has nothing to read. I can read its words, embeds and text files"
            " (.txt, .md, .html)."
        )
    reading.require_size(len(text.encode(errors="replace")), name)
    return ReadDocument(
        text,
        title=files[0].title if files else find_title(text, name),
        publisher=message.author.display_name,
        published=message.created_at.astimezone(zone).date(),
        url=message.jump_url,
    )


def _texts(message: discord.Message) -> Iterator[str]:
    yield message.clean_content
    for snapshot in message.message_snapshots:
        yield snapshot.content
    for told in _explain(message):
        for embed in told.embeds:
            yield "\n\n".join(_of_embed(embed))
        yield "\n\n".join(_of_components(told.components))


def _of_embed(embed: discord.Embed) -> Iterator[str]:
    yield from (part for part in (embed.title, embed.description) if part)
    for field in embed.fields:
        yield from (part for part in (field.name, field.value) if part)


def _of_components(components: Sequence[Any]) -> Iterator[str]:
    """Yield the texts that newer messages are made of."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _of_components(getattr(component, "children", ()))
