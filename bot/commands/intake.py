"""/intake: documents in."""

import discord
from discord import app_commands

from bot.forms import day, intake_form, open_form
from bot.people import readers_words
from bot.servers_only import servers_only

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
    given = {
        "title": title or "",
        "publisher": publisher or "",
        "date": date or "",
        "link": link or "",
    }
    await open_form(interaction, intake_form(readers_words(interaction), given))
