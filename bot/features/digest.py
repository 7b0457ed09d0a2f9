"""/digest: the summary of open claims: now, as it will come, not for a while."""

from datetime import date, timedelta

import discord
from discord import app_commands

from bot.features.subscriptions import add_ending_notice, subscribe, unsubscribe
from bot.i18n.translator import Translator
from bot.rendering.digests import digest_embeds
from bot.rendering.next_digest import write_next_digest
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from bot.ui.modals import parse_day
from workflows.desk import digests
from workflows.errors import BadInput

DIGEST = offer_in_servers_only(
    app_commands.Group(name="digest", description="The daily summary of open claims")
)


@DIGEST.command(name="now", description="Post a digest to the digest channel now (moderators)")
async def now(interaction: Interaction) -> None:
    bot = interaction.client
    digest = await bot.desk.write(digests.make_now, get_acting(interaction))
    bot.outbox.wake()
    tr = reader_translator(interaction)
    channel = f"<#{digest.team.settings.digest_channel}>"
    await _answer(interaction, tr.text("The digest is on its way to {channel}.", channel=channel))


@DIGEST.command(name="preview", description="Preview the next digest, only for you")
async def preview(interaction: Interaction) -> None:
    bot = interaction.client
    tr = reader_translator(interaction)
    shown = await bot.desk.read(
        digests.preview_digest, get_guild(interaction), get_person(interaction), bot.now()
    )
    said = await add_ending_notice(interaction, write_next_digest(shown.coming, bot.now(), tr))
    digest, days = shown.view.digest, shown.view.days
    if digest.is_empty:
        said += " " + tr.text("Right now it has nothing to report and wouldn't be posted.")
    embeds = digest_embeds(digest, tr)
    if not days:
        await interaction.response.send_message(said, embeds=embeds, ephemeral=True)
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    picture = await bot.charts.draw(days, tr)
    file = picture.file() if picture else discord.utils.MISSING
    await interaction.followup.send(said, embeds=embeds, file=file, ephemeral=True)


@DIGEST.command(name="pause", description="Pause the digest until a day you choose (moderators)")
@app_commands.describe(until="The day when digests resume, as YYYY-MM-DD")
async def pause(interaction: Interaction, until: app_commands.Range[str, 10, 10]) -> None:
    bot = interaction.client
    again = parse_day(until)
    if again is None:
        raise BadInput("Please give the day when digests resume.")
    paused = await bot.desk.write(digests.pause, get_acting(interaction), again)
    bot.outbox.wake()
    await _answer(interaction, write_next_digest(paused, bot.now(), reader_translator(interaction)))


@pause.autocomplete("until")
async def _complete_days(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    bot = interaction.client
    coming = await bot.desk.read(digests.find_next, get_guild(interaction), bot.now())
    today = bot.now().astimezone(coming.team.settings.timezone).date()
    tr = reader_translator(interaction)
    return [
        app_commands.Choice(name=name, value=ahead.isoformat())
        for name, ahead in _suggest_day(today, tr)
        if typed.strip().casefold() in name.casefold()
    ]


def _suggest_day(today: date, tr: Translator) -> list[tuple[str, date]]:
    """Days that a pause often ends on, with their names."""
    monday = today + timedelta(days=7 - today.weekday())
    ahead = {
        tr.text("for one day"): today + timedelta(days=2),
        tr.text("until Monday"): monday,
        tr.text("for a week"): today + timedelta(days=7),
        tr.text("for two weeks"): today + timedelta(days=14),
        tr.text("for four weeks"): today + timedelta(days=28),
    }
    return [
        (f"{name} · {tr.weekday(each.weekday())}, {each.isoformat()}", each)
        for name, each in ahead.items()
    ]


@DIGEST.command(
    name="resume", description="End a pause, so that digests are posted again (moderators)"
)
async def resume(interaction: Interaction) -> None:
    bot = interaction.client
    coming = await bot.desk.write(digests.resume, get_acting(interaction))
    await _answer(interaction, write_next_digest(coming, bot.now(), reader_translator(interaction)))


async def _answer(interaction: Interaction, said: str) -> None:
    await interaction.response.send_message(
        await add_ending_notice(interaction, said), ephemeral=True
    )


DIGEST.add_command(subscribe)
DIGEST.add_command(unsubscribe)


FEATURE = Feature(commands=(DIGEST,))
