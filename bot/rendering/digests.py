"""A digest as the embed of a Discord message."""

from collections.abc import Iterator
from datetime import timedelta

import discord

from bot.i18n.escaping import escape
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.digest_lines import DigestLine, LineStyle
from bot.rendering.digest_page import DigestPage, build_page, build_personal_page
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.team_digest import Digest

COLOUR = 0x3B82F6
FOR_DISCORD = LineStyle(outside=escape, moment=lambda at: make_timestamp(at, "f"))


def digest_embed(digest: Digest, tr: Translator) -> discord.Embed:
    """Return the digest as one embed; the time it was made is its mark."""
    return _build_embed(build_page(digest, tr, FOR_DISCORD), digest)


def personal_embed(digest: PersonalDigest, server: str, tr: Translator) -> discord.Embed:
    """Return a member's own digest of what goes on in that server."""
    return _build_embed(build_personal_page(digest, server, tr, FOR_DISCORD), digest)


def is_digest(message: discord.Message, digest: Digest | PersonalDigest) -> bool:
    """Return True if a message of ours is this digest: the time it was made is its mark."""
    made = (embed.timestamp for embed in message.embeds)
    return any(at and abs(at - digest.covers.until) < timedelta(seconds=1) for at in made)


def _build_embed(page: DigestPage, digest: Digest | PersonalDigest) -> discord.Embed:
    return discord.Embed(
        title=page.title,
        description="\n".join(_write_parts(page)).strip("\n"),
        colour=COLOUR,
        timestamp=digest.covers.until,
    )


def _write_parts(page: DigestPage) -> Iterator[str]:
    """Yield the lines of a page, an empty one between its parts."""
    if page.news_heading:
        yield f"**{page.news_heading}**"
    for line in page.news:
        yield f"**{line.verdict}:** {_write_claim(line)}"
    yield from _write_faint(" ".join(filter(None, (page.more_news, page.grade))))
    yield ""
    if page.tasks_heading:
        yield f"**{page.tasks_heading}**"
    for line in page.tasks:
        yield _write_claim(line)
    yield from _write_faint(page.more_tasks)
    yield ""
    if page.counts:
        yield f"**{page.counts}**"
    if page.urgent:
        yield f"**{page.urgent}**"
    for note in page.notes:
        yield from _write_faint(note)


def _write_claim(line: DigestLine) -> str:
    number = f"**#{line.number}**"
    if line.address:
        number = f"[{number}]({line.address})"
    first = f"{number} {line.words}".rstrip()
    return "\n".join([first, *_write_faint(line.facts)])


def _write_faint(text: str) -> Iterator[str]:
    if text:
        yield f"-# {text}"
