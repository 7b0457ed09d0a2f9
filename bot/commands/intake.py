"""/intake: documents in."""

from collections.abc import Iterable
from typing import Self

import discord
from discord import app_commands, ui

from bot.controls.client_of import corrobot
from bot.controls.forms import open_form
from bot.controls.menus import Menu, first
from bot.controls.taking_in import Given, bring, given, intake_form, open_draft, require_to_bring
from bot.controls.uploads import read_message, read_upload, require_readable, uploads_of
from bot.language.words import Words, cut, plain
from bot.people import guild_of, person_of, readers_words
from bot.rendering.preview import PAGE
from bot.servers_only import servers_only
from workflows.desk import drafts
from workflows.errors import BadInput
from workflows.intake import DraftKey
from workflows.store.drafts import DraftLine

INTAKE = servers_only(
    app_commands.Group(name="intake", description="Bring in a text and have its claims found")
)


_described = app_commands.describe(
    title="Its title; without one, what it says itself",
    publisher="Who published it",
    date="When it was published, as year-month-day",
    link="Where it can be read",
)
Title = app_commands.Range[str, 1, 200]
Publisher = app_commands.Range[str, 1, 100]
Day = app_commands.Range[str, 1, 10]
Link = app_commands.Range[str, 1, 512]


@INTAKE.command(name="text", description="Bring in a text: paste it into a form")
@_described
async def text(
    interaction: discord.Interaction,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
    link: Link | None = None,
) -> None:
    given(title, publisher, date, link)
    await require_to_bring(interaction)
    said = {
        "title": title or "",
        "publisher": publisher or "",
        "date": date or "",
        "link": link or "",
    }
    await open_form(interaction, intake_form(readers_words(interaction), said))


@INTAKE.command(name="file", description="Bring in a file: text, Markdown or a web page")
@app_commands.describe(file="The file; of a web page the main text is read")
@_described
async def file(
    interaction: discord.Interaction,
    file: discord.Attachment,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
    link: Link | None = None,
) -> None:
    said = given(title, publisher, date, link)
    require_readable(file)
    await require_to_bring(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    await bring(interaction, await read_upload(interaction, file), said)


@app_commands.context_menu(name="Extract claims")
async def extract_claims(interaction: discord.Interaction, message: discord.Message) -> None:
    if message.author == interaction.client.user:
        raise BadInput("This message is ours; what it says is known already.")
    for upload in uploads_of(message):
        require_readable(upload)
    team = await require_to_bring(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    read = await read_message(interaction, message, team.settings.timezone)
    await bring(interaction, read, Given())


EXTRACT_CLAIMS = servers_only(extract_claims)


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


class DraftMenu(Menu, template=r"^drafts$"):
    """Texts that wait; the one that is chosen is shown again."""

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

    async def chosen(self, interaction: discord.Interaction, values: list[str]) -> None:
        bot = corrobot(interaction)
        key = DraftKey(first(values))
        await bot.desk.read(
            drafts.look, guild_of(interaction), key, person_of(interaction), bot.now()
        )
        await interaction.response.defer(ephemeral=True, thinking=True)
        await open_draft(interaction, key)


ITEMS = (DraftMenu,)
