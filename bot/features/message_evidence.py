"""A message added as evidence: which of its links, and on which claim it bears.

What is chosen so far stands in the private message that asks: the link in the embed's address, the
links to choose from in its fields, with what Discord's preview shows of each, the message's picture
as its image. So nothing need be remembered.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Self

import discord
from discord import app_commands, ui

from bot.features.evidence import open_evidence_form, read_previews
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.translator import Translator
from bot.ui.buttons import KeyButton
from bot.ui.claim_option import CHOICE, name_claim
from bot.ui.context import (
    Interaction,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from bot.ui.modals import ModalValues, open_form, text_field
from bot.ui.selects import SelectMenu, first_value
from workflows.claims import ClaimKey
from workflows.desk import search
from workflows.documents.reading import PICTURES
from workflows.errors import NotFound
from workflows.search import POSTED, ClaimSummary
from workflows.urls import find_links

LINKS = 5
"""Links of a message that one can choose from, with its own."""
PREVIEW = 200
"""Characters of a preview that go along with its link."""


async def ask_which_claim(interaction: Interaction, message: discord.Message) -> None:
    """Answer privately with the claims a message may bear on."""
    seen = [message.content, *(embed.url or "" for embed in message.embeds)]
    links = find_links("\n".join(seen))[: LINKS - 1]
    embeds = [f"{embed.title or ''} {embed.description or ''}" for embed in message.embeds]
    text = " ".join([message.content, *embeds])
    found = await interaction.client.desk.read(
        search.find_bearing_on, get_guild(interaction), get_person(interaction), text
    )
    tr = reader_translator(interaction)
    embed = _write_question((*links, message.jump_url), 0, tr, _find_previews(message.embeds))
    embed.set_image(url=_find_picture(message))
    if text.strip():
        embed.description = escape(text, 300)
    await interaction.response.send_message(
        embed=embed, view=_build_view(embed, found, tr), ephemeral=True
    )


def _find_previews(embeds: Sequence[discord.Embed]) -> Mapping[str, str]:
    """Return what Discord's own previews show of the links they stand for."""
    found = {}
    for embed in embeds:
        shown = " — ".join(filter(None, (embed.title, embed.description)))
        for link in find_links(embed.url or ""):
            found[link] = cut(plain(shown).replace("`", "'"), PREVIEW)
    return found


def _find_picture(message: discord.Message) -> str | None:
    """Return where the first picture lies that is attached to a message or forwarded with it."""
    files = [*message.attachments]
    files += [file for told in message.message_snapshots for file in told.attachments]
    return next(
        (file.url for file in files if PurePath(file.filename).suffix.lower() in PICTURES), None
    )


def _write_question(
    links: Sequence[str], chosen: int, tr: Translator, previews: Mapping[str, str]
) -> discord.Embed:
    embed = discord.Embed(
        title=tr.text("Which claim is it about?"), url=links[chosen], colour=0x5B6472
    )
    for number, link in enumerate(links, 1):
        own = number == len(links)
        name = tr.text("The message itself") if own else tr.text("Link {n}", n=number)
        shown = f"\n`{previews[link]}`" if previews.get(link) else ""
        embed.add_field(name=name, value=f"<{link}>{shown}", inline=False)
    return embed


def _read_links(embed: discord.Embed) -> list[str]:
    return list(read_previews(embed))


def _get_question(interaction: Interaction) -> discord.Embed:
    """Return what stands in the message that asks. Raises NotFound where it does not any more."""
    embeds = interaction.message.embeds if interaction.message else []
    if not embeds or not embeds[0].fields:
        raise NotFound("This question has expired. Please start again.")
    return embeds[0]


def _build_view(embed: discord.Embed, claims: Sequence[ClaimSummary], tr: Translator) -> ui.View:
    view = ui.View(timeout=None)
    if claims:
        view.add_item(BearsMenu.of(claims, tr))
    links = _read_links(embed)
    if len(links) > 1:
        view.add_item(LinkMenu.of(links, embed.url, tr))
    view.add_item(SeekButton("seek", tr))
    return view


class BearsMenu(SelectMenu, template=r"^bears:claim$"):
    """The claim chosen: its form opens, with the link filled in."""

    @classmethod
    def of(cls, claims: Sequence[ClaimSummary], tr: Translator) -> Self:
        options = [
            discord.SelectOption(label=name_claim(claim, tr), value=claim.key) for claim in claims
        ]
        placeholder = tr.text("The claim it is about")
        return cls("bears:claim", placeholder=placeholder, options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        await open_evidence_form(
            interaction, ClaimKey(first_value(values)), _get_question(interaction).url
        )


class LinkMenu(SelectMenu, template=r"^bears:link$"):
    """Another of the message's links; the question is asked anew with it."""

    @classmethod
    def of(cls, links: Sequence[str], chosen: str | None, tr: Translator) -> Self:
        options = [
            discord.SelectOption(
                label=cut(plain(link), CHOICE), value=str(place), default=link == chosen
            )
            for place, link in enumerate(links)
        ]
        placeholder = tr.text("Which link?")
        return cls("bears:link", placeholder=placeholder, options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        embed, place = _get_question(interaction), first_value(values)
        links = _read_links(embed)
        chosen = int(place) if place.isdecimal() and int(place) < len(links) else 0
        tr = reader_translator(interaction)
        await _ask_anew(interaction, embed, chosen, "", tr)


class SeekButton(KeyButton, template=r"^bears:(?P<key>seek)$"):
    """The claim is not among those offered: look for it."""

    def __init__(self, key: str, tr: Translator) -> None:
        label = tr.text("Find another claim")
        super().__init__(key, label=label, emoji="🔎", custom_id=f"bears:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr = reader_translator(interaction)
        form = ui.Modal(title=tr.text("Find a claim"), custom_id="seek")
        form.add_item(text_field(tr.text("Its number, or words from it"), "words", most=100))
        await open_form(interaction, form)


async def _seek(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    del carried
    embed, tr = _get_question(interaction), reader_translator(interaction)
    links = _read_links(embed)
    chosen = links.index(str(embed.url)) if embed.url in links else 0
    await _ask_anew(interaction, embed, chosen, sent.get("words", ""), tr)


async def _ask_anew(
    interaction: Interaction, before: discord.Embed, chosen: int, typed: str, tr: Translator
) -> None:
    """The question with another link, or with other claims: those that `typed` names."""
    previews, excerpt = read_previews(before), before.description
    bot, guild, person = interaction.client, get_guild(interaction), get_person(interaction)
    if typed:
        found = await bot.desk.read(search.complete_number, guild, person, typed, POSTED)
    else:
        found = await bot.desk.read(search.find_bearing_on, guild, person, excerpt or "")
    if not found:
        raise NotFound('No claim matches "{typed}".', typed=typed)
    embed = _write_question(list(previews), chosen, tr, previews)
    embed.description = excerpt
    embed.set_image(url=before.image.url)
    await interaction.response.edit_message(embed=embed, view=_build_view(embed, found, tr))


async def _add_as_evidence(interaction: Interaction, message: discord.Message) -> None:
    await ask_which_claim(interaction, message)


ADD_AS_EVIDENCE = offer_in_servers_only(
    app_commands.ContextMenu(name="Add as evidence", callback=_add_as_evidence)
)


FEATURE = Feature(
    commands=(ADD_AS_EVIDENCE,), items=(BearsMenu, LinkMenu, SeekButton), modals={"seek": _seek}
)
