"""Files that people attached, and what can be read of a message; from Discord and nowhere else."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import PurePath
from typing import Any, Protocol
from urllib.parse import urlsplit

import discord

from bot.fetch.attachments import download, require_hosted
from bot.i18n.escaping import escape
from bot.ui.context import Interaction, get_asker, reader_translator
from bot.ui.deferral import with_progress
from workflows.documents import reading
from workflows.documents.document import ReadDocument, find_title
from workflows.errors import BadInput, CorrobotError
from workflows.urls import find_sole_link


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
    require_hosted(file.url, file.filename)


async def read_upload(interaction: Interaction, file: HostedFile) -> ReadDocument:
    """Return a file's text. Raises BadInput for what cannot be read, Unavailable."""
    require_readable(file)
    content = await download(file.url, file.filename)
    return await interaction.client.reader.read_file(
        content, file.filename, asker=get_asker(interaction)
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
