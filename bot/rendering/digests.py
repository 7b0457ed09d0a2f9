"""A digest as the embeds of one Discord message. What does not fit is counted, not named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import discord

from bot.i18n.escaping import escape
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.digest_lines import DigestLine, LineStyle
from bot.rendering.digest_page import (
    DigestPage,
    LineGroup,
    PageBlock,
    build_page,
    build_personal_page,
    group_lines,
    write_more,
)
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.team_digest import Digest

LEAST = 600
"""A second page with less than this is not worth its frame: the lists are shortened instead."""
PAGE, MESSAGE = 4096, 6000
"""Discord's limits: an embed's description; all embeds of a message. In UTF-16 units here, which
are never fewer than characters."""
COLOUR = 0x3B82F6

FOR_DISCORD = LineStyle(
    outside=escape,
    moment=lambda at: make_timestamp(at, "f"),
    ahead=lambda at: make_timestamp(at, "R"),
)


def digest_embeds(digest: Digest, tr: Translator) -> list[discord.Embed]:
    """Return the digest as the embeds of one message; the time it was made is its mark."""
    embeds = page_embeds(build_page(digest, tr, FOR_DISCORD), tr)
    embeds[-1].timestamp = digest.covers.until
    return embeds


def personal_embeds(digest: PersonalDigest, server: str, tr: Translator) -> list[discord.Embed]:
    """Return a member's own digest of what goes on in that server."""
    embeds = page_embeds(build_personal_page(digest, server, tr, FOR_DISCORD), tr)
    embeds[-1].timestamp = digest.covers.until
    return embeds


def is_digest(message: discord.Message, digest: Digest | PersonalDigest) -> bool:
    """Return True if a message of ours is this digest: the time it was made is its mark."""
    made = (embed.timestamp for embed in message.embeds)
    return any(at and abs(at - digest.covers.until) < timedelta(seconds=1) for at in made)


def page_embeds(page: DigestPage, tr: Translator) -> list[discord.Embed]:
    """Return a page in as few embeds as it needs, shortened until Discord takes them."""
    descriptions = _descriptions(_pieces(page, tr))
    while _units(page.title, *descriptions) > MESSAGE or (
        len(descriptions) > 1 and _units(descriptions[-1]) < LEAST
    ):
        page = _shorten(page)
        descriptions = _descriptions(_pieces(page, tr))
    embeds = [discord.Embed(description=each, colour=COLOUR) for each in descriptions]
    embeds[0].title = page.title
    return embeds


def _pieces(page: DigestPage, tr: Translator) -> Iterator[str]:
    """Yield the page in pieces that are never broken."""
    yield "\n".join([f"**{page.headline}**", *map(_faint, page.notes)])
    for block in page.blocks:
        groups = [piece for group in group_lines(block.lines) for piece in _group(group)]
        if block.more:
            more = tr.text("{more}: `/claim list`", more=write_more(block.more, tr))
            groups.append(_faint(more))
        yield "\n".join([f"\n**{block.heading}**", *groups[:1]])
        yield from groups[1:]
    ending = [f"**{page.urgent}**"] * bool(page.urgent) + list(map(_faint, page.tail))
    if ending:
        yield "\n" + "\n".join(ending)


def _group(group: LineGroup) -> Iterator[str]:
    """Yield one claim, or several of a document as a quotation under its title."""
    if group.document is None:
        yield from ("\n".join(_line(line, grouped=False)) for line in group.lines)
        return
    title = _faint(f"📄 {group.document}")
    for place, line in enumerate(group.lines):
        quoted = [f"> {each}" for each in _line(line, grouped=True)]
        yield "\n".join([title, *quoted] if place == 0 else quoted)


def _line(line: DigestLine, *, grouped: bool) -> Iterator[str]:
    number = f"**#{line.number}**"
    if line.address:
        number = f"[{number}]({line.address})"
    yield f"{number} {line.words}".rstrip()
    if facts := line.facts(grouped=grouped):
        yield _faint(" · ".join(facts))


def _faint(text: str) -> str:
    return f"-# {text}"


# ------------------------------------------------------------------------------ making it fit


def _descriptions(pieces: Iterable[str]) -> list[str]:
    """Return the pieces in as few descriptions of an embed as they need, in their order."""
    pages: list[str] = []
    for piece in pieces:
        if pages and _units(pages[-1], "\n", piece) <= PAGE:
            pages[-1] += "\n" + piece
        else:
            pages.append(piece.strip("\n"))
    return pages


def _shorten(page: DigestPage) -> DigestPage:
    """Return one claim less, taken from the end of the longest list."""
    blocks = list(page.blocks)
    longest = max(reversed(range(len(blocks))), key=lambda place: len(blocks[place].lines))
    block = blocks[longest]
    blocks[longest] = PageBlock(block.heading, block.lines[:-1], block.more + 1)
    return replace(page, blocks=tuple(blocks))


def _units(*texts: str) -> int:
    return sum(len(text.encode("utf-16-le", "surrogatepass")) for text in texts) // 2
