"""/claim evidence, and the message menu: a link on a claim."""

from typing import Any

import discord
from discord import app_commands

from bot.controls.bearing import ask_which_claim
from bot.controls.client_of import corrobot
from bot.controls.evidence_forms import INFORMATION_GRADES, SOURCE_GRADES, STANCE_CHOICES, attach
from bot.controls.numbers import BeforeTheTeam
from bot.people import guild_of, person_of
from bot.servers_only import servers_only
from workflows.desk import finding


@app_commands.command(name="evidence", description="Add a link to a claim")
@app_commands.describe(
    number="Its number, such as 15, or words of it",
    link="Where the evidence can be read",
    stance="What it shows",
    note="Where in it, and what it says; everyone sees this",
    source="How reliable the source is",
    information="How credible the information is",
)
@app_commands.choices(
    stance=[app_commands.Choice(name=said, value=s.value) for s, said in STANCE_CHOICES.items()],
    source=[app_commands.Choice(name=said, value=g) for g, said in SOURCE_GRADES.items()],
    information=[app_commands.Choice(name=s, value=g) for g, s in INFORMATION_GRADES.items()],
)
async def evidence(
    interaction: discord.Interaction,
    number: BeforeTheTeam,
    link: app_commands.Range[str, 1, 512],
    stance: str,
    note: app_commands.Range[str, 1, 500] | None = None,
    source: str | None = None,
    information: str | None = None,
) -> None:
    sheet, _ = await corrobot(interaction).desk.read(
        finding.by_number, guild_of(interaction), person_of(interaction), number
    )
    sent = {
        "link": link,
        "stance": stance,
        "note": note or "",
        "source": source or "",
        "info": information or "",
    }
    await attach(interaction, sheet.claim.key, sent)


async def _add_as_evidence(interaction: discord.Interaction, message: discord.Message) -> None:
    await ask_which_claim(interaction, message)


ADD_AS_EVIDENCE = servers_only(
    app_commands.ContextMenu(name="Add as evidence", callback=_add_as_evidence)
)
COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (evidence,)
