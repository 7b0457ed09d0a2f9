"""/claim add: a claim by hand."""

from typing import Any

import discord
from discord import app_commands

from bot.controls.adding import LINK, QUOTE, SOURCE, add_claim, claim_form
from bot.controls.client_of import corrobot
from bot.controls.forms import day, open_form
from bot.language.labels import HEDGES
from bot.people import guild_of, person_of, readers_words
from workflows.claims import Hedge
from workflows.desk import sheets
from workflows.desk.moderation import LONGEST
from workflows.teams import require_voter


@app_commands.command(name="add", description="Add a claim by hand")
@app_commands.describe(
    words="The claim, in one sentence that can be true or false; without it, a form opens",
    source="Who says so",
    link="Where it is said; this cannot support it",
    quote="Where it is said, word by word",
    hedge="How firmly they put it",
    date="As of which day it is meant, as year-month-day; without it, today",
)
@app_commands.choices(
    hedge=[app_commands.Choice(name=HEDGES[each], value=each.value) for each in Hedge]
)
async def add(
    interaction: discord.Interaction,
    words: app_commands.Range[str, 1, LONGEST] | None = None,
    source: app_commands.Range[str, 1, SOURCE] | None = None,
    link: app_commands.Range[str, 1, LINK] | None = None,
    quote: app_commands.Range[str, 1, QUOTE] | None = None,
    hedge: str | None = None,
    date: app_commands.Range[str, 10, 10] | None = None,
) -> None:
    day(date or "")
    given = {
        "source": source or "",
        "link": link or "",
        "quote": quote or "",
        "hedge": hedge or "",
        "date": date or "",
    }
    if words:
        await add_claim(interaction, {**given, "words": words})
        return
    team = await corrobot(interaction).desk.read(sheets.team_of, guild_of(interaction))
    require_voter(team, person_of(interaction))
    await open_form(interaction, claim_form(readers_words(interaction), given))


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (add,)
