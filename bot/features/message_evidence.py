"""A message added as evidence: which of its links, and on which claim it bears.

What is chosen so far stands in the private message that asks: the link in the embed's address, the
links to choose from in its fields. So nothing need be remembered.
"""

from collections.abc import Sequence
from typing import Self

import discord
from discord import app_commands, ui

from bot.features.evidence import open_evidence_form
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.translator import Words
from bot.ui.buttons import KeyButton
from bot.ui.claim_option import CHOICE, named
from bot.ui.context import Interaction, guild_of, person_of, readers_words, servers_only
from bot.ui.feature import Feature
from bot.ui.modals import Submitted, line, open_form
from bot.ui.selects import Menu, first
from workflows.claims import ClaimKey
from workflows.desk import search
from workflows.errors import NotFound
from workflows.search import POSTED, ClaimSummary
from workflows.urls import find_links

LINKS = 5
"""Links of a message that one can choose from, with its own."""


async def ask_which_claim(interaction: Interaction, message: discord.Message) -> None:
    """Answer privately with the claims a message may bear on."""
    seen = [message.content, *(embed.url or "" for embed in message.embeds)]
    links = find_links("\n".join(seen))[: LINKS - 1]
    embeds = [f"{embed.title or ''} {embed.description or ''}" for embed in message.embeds]
    text = " ".join([message.content, *embeds])
    found = await interaction.client.desk.read(
        search.find_bearing_on, guild_of(interaction), person_of(interaction), text
    )
    words = readers_words(interaction)
    embed = _question((*links, message.jump_url), 0, words)
    if text.strip():
        embed.description = escape(text, 300)
    await interaction.response.send_message(
        embed=embed, view=_view(embed, found, words), ephemeral=True
    )


def _question(links: Sequence[str], chosen: int, words: Words) -> discord.Embed:
    embed = discord.Embed(
        title=words.say("Which claim does it bear on?"), url=links[chosen], colour=0x5B6472
    )
    for number, link in enumerate(links, 1):
        own = number == len(links)
        name = words.say("The message itself") if own else words.say("Link {n}", n=number)
        embed.add_field(name=name, value=f"<{link}>", inline=False)
    return embed


def _links(embed: discord.Embed) -> list[str]:
    return [str(field.value).strip("<>") for field in embed.fields]


def _asked(interaction: Interaction) -> discord.Embed:
    """What stands in the message that asks. Raises NotFound where it does not any more."""
    embeds = interaction.message.embeds if interaction.message else []
    if not embeds or not embeds[0].fields:
        raise NotFound("This question is not known any more. Please ask again.")
    return embeds[0]


def _view(embed: discord.Embed, claims: Sequence[ClaimSummary], words: Words) -> ui.View:
    view = ui.View(timeout=None)
    if claims:
        view.add_item(BearsMenu.of(claims, words))
    links = _links(embed)
    if len(links) > 1:
        view.add_item(LinkMenu.of(links, embed.url, words))
    view.add_item(SeekButton("seek", words))
    return view


class BearsMenu(Menu, template=r"^bears:claim$"):
    """The claim chosen: its form opens, with the link filled in."""

    @classmethod
    def of(cls, claims: Sequence[ClaimSummary], words: Words) -> Self:
        options = [
            discord.SelectOption(label=named(claim, words), value=claim.key) for claim in claims
        ]
        placeholder = words.say("The claim it bears on")
        return cls(ui.Select(custom_id="bears:claim", placeholder=placeholder, options=options))

    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        await open_evidence_form(interaction, ClaimKey(first(values)), _asked(interaction).url)


class LinkMenu(Menu, template=r"^bears:link$"):
    """Another of the message's links; the question is asked anew with it."""

    @classmethod
    def of(cls, links: Sequence[str], chosen: str | None, words: Words) -> Self:
        options = [
            discord.SelectOption(
                label=cut(plain(link), CHOICE), value=str(place), default=link == chosen
            )
            for place, link in enumerate(links)
        ]
        placeholder = words.say("Which link?")
        return cls(ui.Select(custom_id="bears:link", placeholder=placeholder, options=options))

    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        embed, place = _asked(interaction), first(values)
        links = _links(embed)
        chosen = int(place) if place.isdecimal() and int(place) < len(links) else 0
        words = readers_words(interaction)
        await _ask_anew(interaction, links, chosen, embed.description, "", words)


class SeekButton(KeyButton, template=r"^bears:(?P<key>seek)$"):
    """The claim is not among those offered: look for it."""

    def __init__(self, key: str, words: Words) -> None:
        label = words.say("Find another claim")
        super().__init__(key, ui.Button(label=label, emoji="🔎", custom_id=f"bears:{key}"))

    async def pressed(self, interaction: Interaction) -> None:
        words = readers_words(interaction)
        form = ui.Modal(title=words.say("Find a claim"), custom_id="seek")
        form.add_item(line(words.say("Its number, or words of it"), "words", most=100))
        await open_form(interaction, form)


async def _seek(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    del carried
    embed, words = _asked(interaction), readers_words(interaction)
    links = _links(embed)
    chosen = links.index(str(embed.url)) if embed.url in links else 0
    await _ask_anew(interaction, links, chosen, embed.description, sent.get("words", ""), words)


async def _ask_anew(
    interaction: Interaction,
    links: Sequence[str],
    chosen: int,
    excerpt: str | None,
    typed: str,
    words: Words,
) -> None:
    """The question with another link, or with other claims: those that `typed` names."""
    bot, guild, person = interaction.client, guild_of(interaction), person_of(interaction)
    if typed:
        found = await bot.desk.read(search.complete_number, guild, person, typed, POSTED)
    else:
        found = await bot.desk.read(search.find_bearing_on, guild, person, excerpt or "")
    if not found:
        raise NotFound('No claim is found with "{typed}".', typed=typed)
    embed = _question(links, chosen, words)
    embed.description = excerpt
    await interaction.response.edit_message(embed=embed, view=_view(embed, found, words))


async def _add_as_evidence(interaction: Interaction, message: discord.Message) -> None:
    await ask_which_claim(interaction, message)


ADD_AS_EVIDENCE = servers_only(
    app_commands.ContextMenu(name="Add as evidence", callback=_add_as_evidence)
)


FEATURE = Feature(
    commands=(ADD_AS_EVIDENCE,), items=(BearsMenu, LinkMenu, SeekButton), modals={"seek": _seek}
)
