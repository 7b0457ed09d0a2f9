"""/intake: documents in."""

import re
from collections.abc import Iterable
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.client_of import answering, corrobot, fields_of
from bot.forms import day, open_form
from bot.people import guild_of, person_of, readers_words
from bot.preview import PAGE
from bot.servers_only import servers_only
from bot.taking_in import intake_form, open_draft, require_to_bring
from bot.words import Words, cut, plain
from workflows.desk import drafts
from workflows.intake import DraftKey
from workflows.store.drafts import DraftLine

INTAKE = servers_only(
    app_commands.Group(name="intake", description="Bring in a text and have its claims found")
)


@INTAKE.command(name="text", description="Bring in a text: paste it into a form")
@app_commands.describe(
    title="Its title; without one, its first line",
    publisher="Who published it",
    date="When it was published, as year-month-day",
    link="Where it can be read",
)
async def text(
    interaction: discord.Interaction,
    title: app_commands.Range[str, 1, 200] | None = None,
    publisher: app_commands.Range[str, 1, 100] | None = None,
    date: app_commands.Range[str, 1, 10] | None = None,
    link: app_commands.Range[str, 1, 512] | None = None,
) -> None:
    day(date or "")
    await require_to_bring(interaction)
    given = {
        "title": title or "",
        "publisher": publisher or "",
        "date": date or "",
        "link": link or "",
    }
    await open_form(interaction, intake_form(readers_words(interaction), given))


@INTAKE.command(name="drafts", description="Go on with texts that wait for your decision")
async def unfinished(interaction: discord.Interaction) -> None:
    bot, words = corrobot(interaction), readers_words(interaction)
    found = await bot.desk.read(
        drafts.unfinished, guild_of(interaction), person_of(interaction), bot.now()
    )
    lines = [*found.own, *found.others]
    if not lines:
        await interaction.response.send_message(
            words.say("Nothing waits for your decision."), ephemeral=True
        )
        return
    said = words.count(
        "{n} text of yours waits for a decision.",
        "{n} texts of yours wait for a decision.",
        len(found.own),
    )
    if found.others:
        said += " " + words.count(
            "{n} of others does, too.", "{n} of others do, too.", len(found.others)
        )
    if len(lines) > PAGE:
        said += " " + words.say("The newest are listed.")
    view = ui.View(timeout=None)
    view.add_item(DraftMenu.of(lines[:PAGE], words))
    await interaction.response.send_message(said, view=view, ephemeral=True)


class DraftMenu(ui.DynamicItem[ui.Select[Any]], template=r"^drafts$"):
    """Texts that wait; the one that is chosen is shown again."""

    def __init__(self, menu: ui.Select[Any]) -> None:
        super().__init__(menu)

    @classmethod
    def of(cls, lines: Iterable[DraftLine], words: Words) -> Self:
        options = [
            discord.SelectOption(
                label=cut(plain(line.title), 100) or "…",
                value=line.key,
                description=words.say("not read yet")
                if line.claims is None
                else words.count("{n} claim", "{n} claims", line.claims),
            )
            for line in lines
        ]
        placeholder = words.say("Choose one to go on with")
        return cls(ui.Select(custom_id="drafts", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item
        return cls(ui.Select(custom_id=match.string))

    async def callback(self, interaction: discord.Interaction) -> None:
        await answering(interaction, self._chosen)

    async def _chosen(self, interaction: discord.Interaction) -> None:
        bot = corrobot(interaction)
        values = fields_of(interaction).get("values")
        key = DraftKey(str(values[0] if isinstance(values, list) and values else ""))
        await bot.desk.read(
            drafts.look, guild_of(interaction), key, person_of(interaction), bot.now()
        )
        await interaction.response.defer(ephemeral=True, thinking=True)
        await open_draft(interaction, key)


ITEMS = (DraftMenu,)
