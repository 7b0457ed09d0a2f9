"""/claim edit, merge, split, assign, settle, reopen, drop and repost: moderators, with a reason."""

from typing import Any

import discord
from discord import app_commands

from bot.controls.client_of import corrobot
from bot.controls.forms import open_form
from bot.controls.merges import preview_merge, split_form
from bot.controls.moderating import edit_form, moderate, person_from
from bot.controls.numbers import AnyClaim, BeforeTheTeam, Closed, NotOut
from bot.language.labels import VERDICTS
from bot.people import guild_of, person_of, readers_words
from workflows.desk import moderation
from workflows.errors import BadInput
from workflows.voting import HELD

Reason = app_commands.Range[str, 1, 500]
NUMBER = "Its number, such as 15, or words of it"
WHY = "Why; everyone reads it on the card and in its history"


@app_commands.command(name="settle", description="Lock a verdict by hand (moderators)")
@app_commands.describe(number=NUMBER, verdict="Which verdict", reason=WHY)
@app_commands.choices(
    verdict=[app_commands.Choice(name=VERDICTS[v], value=v.value) for v in HELD.values()]
)
async def settle(
    interaction: discord.Interaction,
    number: BeforeTheTeam,
    verdict: str,
    reason: Reason | None = None,
) -> None:
    await moderate(interaction, "settle", number, reason, verdict)


@app_commands.command(
    name="reopen", description="Have a settled or dropped claim voted on again (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def reopen(
    interaction: discord.Interaction, number: Closed, reason: Reason | None = None
) -> None:
    await moderate(interaction, "reopen", number, reason)


@app_commands.command(
    name="drop", description="Take out what is no claim, or none of ours (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def drop(
    interaction: discord.Interaction, number: NotOut, reason: Reason | None = None
) -> None:
    await moderate(interaction, "drop", number, reason)


@app_commands.command(name="repost", description="Post a claim's card again (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def repost(
    interaction: discord.Interaction, number: AnyClaim, reason: Reason | None = None
) -> None:
    await moderate(interaction, "repost", number, reason)


@app_commands.command(name="assign", description="Say who looks after a claim (moderators)")
@app_commands.describe(number=NUMBER, member="Who; without one: nobody any more", reason=WHY)
async def assign(
    interaction: discord.Interaction,
    number: NotOut,
    member: discord.Member | None = None,
    reason: Reason | None = None,
) -> None:
    if member is None:
        await moderate(interaction, "assign", number, reason)
        return
    if member.bot:
        raise BadInput("A bot looks after no claim. Choose a person.")
    to = person_from(member)
    await moderate(interaction, "assign", number, reason, str(member.id), to)


@app_commands.command(name="edit", description="Change a claim's words (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def edit(
    interaction: discord.Interaction, number: NotOut, reason: Reason | None = None
) -> None:
    sheet = await corrobot(interaction).desk.read(
        moderation.before, guild_of(interaction), number, person_of(interaction), "edit"
    )
    await open_form(interaction, edit_form(sheet, readers_words(interaction), reason))


@app_commands.command(
    name="split", description="Take a part of a claim out as a claim of its own (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def split(
    interaction: discord.Interaction, number: NotOut, reason: Reason | None = None
) -> None:
    sheet = await corrobot(interaction).desk.read(
        moderation.before, guild_of(interaction), number, person_of(interaction), "split"
    )
    await open_form(interaction, split_form(sheet, readers_words(interaction), reason))


@app_commands.command(
    name="merge", description="Make a claim the duplicate of another one (moderators)"
)
@app_commands.describe(
    number="The duplicate: its number, or words of it",
    into="The claim that stays: its number, or words of it",
    reason=WHY,
)
async def merge(
    interaction: discord.Interaction,
    number: NotOut,
    into: NotOut,
    reason: Reason | None = None,
) -> None:
    await preview_merge(interaction, number, into, reason)


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (
    edit,
    merge,
    split,
    assign,
    settle,
    reopen,
    drop,
    repost,
)
