"""The button on a document's card: its claims, their cards, and the shelf to post from."""

from typing import Self

import discord
from discord import ui

from bot.i18n.escaping import fit_label
from bot.i18n.labels import label_status
from bot.i18n.translator import Translator
from bot.rendering.claim_card import claim_title
from bot.rendering.document_card import document_title
from bot.rendering.embeds import DESCRIPTION, card_address
from bot.ui.buttons import KEY, KeyButton
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.selects import SelectMenu
from bot.ui.waiting_posts import add_waiting
from workflows.claims import Claim, ClaimKey, DocumentKey
from workflows.desk import documents
from workflows.store.outbox import Card

OPTIONS = 25
"""Entries a select menu takes at most."""
LABEL = 100
_WORDS = 110


class ContentsButton(KeyButton, template=rf"^contents:{KEY}$"):
    """Answers privately with the document's claims."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Show claims"), emoji="📑", custom_id=f"contents:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        key = DocumentKey(self.key)
        found = await interaction.client.desk.read(
            documents.list_contents, get_guild(interaction), get_person(interaction), key
        )
        tr = reader_translator(interaction)
        view = ui.View(timeout=None)
        if found.shelved:
            view.add_item(ShelfPicker.of(found, tr))
        await interaction.response.send_message(
            embed=contents_embed(found, tr), view=view, ephemeral=True
        )


class ShelfPicker(SelectMenu, template=rf"^pick:{KEY}$"):
    """Posts the claims chosen from the shelf."""

    @classmethod
    def of(cls, found: documents.Contents, tr: Translator) -> Self:
        options = [
            discord.SelectOption(
                label=(number := f"#{claim.number} · ")
                + fit_label(claim.words, LABEL - len(number)),
                value=claim.key,
                emoji="✏️" if claim.needs_words else None,
                description=tr.text("needs words: say who or what is meant")
                if claim.needs_words
                else None,
            )
            for claim in found.shelved[:OPTIONS]
        ]
        return cls(
            f"pick:{found.document.key}",
            placeholder=tr.text("Choose claims to post from the shelf"),
            options=options,
            max_values=len(options),
        )

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        bot = interaction.client
        keys = [ClaimKey(key) for key in values]
        posted = await bot.desk.write(documents.post_from_shelf, get_acting(interaction), keys)
        bot.outbox.wake()
        bot.card_sync.wake()
        said = reader_translator(interaction).plural(
            "{n} claim is being posted.", "{n} claims are being posted.", posted
        )
        said = await add_waiting(interaction, said)
        await interaction.response.edit_message(content=said, embed=None, view=None)


def contents_embed(found: documents.Contents, tr: Translator) -> discord.Embed:
    """Return the claims in the order of the document, as many as fit; then what is on the shelf."""
    lines = [_line(claim, card, found.team.settings.guild, tr) for claim, card in found.posted]
    fitting: list[str] = []
    for line in lines:
        if sum(map(len, fitting)) + len(fitting) + len(line) > DESCRIPTION - 60:
            break
        fitting.append(line)
    if more := len(lines) - len(fitting):
        fitting.append(tr.plural("and {n} more", "and {n} more", more))
    embed = discord.Embed(title=document_title(found.document), description="\n".join(fitting))
    if found.shelved:
        embed.set_footer(
            text=tr.plural(
                "{n} claim is on the shelf, not posted.",
                "{n} claims are on the shelf, not posted.",
                len(found.shelved),
            )
        )
    return embed


def _line(claim: Claim, card: Card | None, guild: int, tr: Translator) -> str:
    title = claim_title(claim, _WORDS)
    number, _, said = title.partition(" · ")
    link = f"[{number}]({card_address(guild, card)})" if card else number
    return f"{link} {said} · {label_status(claim.state, tr)}"


def document_view(key: str, tr: Translator) -> ui.View:
    """Return a document card's buttons; fresh ones for each message."""
    view = ui.View(timeout=None)
    view.add_item(ContentsButton(key, tr))
    return view


FEATURE = Feature(items=(ContentsButton, ShelfPicker))
