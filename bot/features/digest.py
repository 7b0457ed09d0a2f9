"""/digest: the summary of open claims: now, as it will come, not for a while."""

from datetime import date, timedelta

import discord
from discord import app_commands

from bot.features.subscriptions import subscribe, unsubscribe, with_ending
from bot.i18n.translator import Words
from bot.rendering.digests import digest_embeds
from bot.rendering.next_digest import coming_said
from bot.ui.context import Interaction, guild_of, person_of, readers_words, servers_only
from bot.ui.feature import Feature
from bot.ui.modals import day
from workflows.desk import digests
from workflows.errors import BadInput

DIGEST = servers_only(
    app_commands.Group(name="digest", description="The daily summary of open claims")
)


@DIGEST.command(name="now", description="Post a digest to the digest channel now (moderators)")
async def now(interaction: Interaction) -> None:
    bot = interaction.client
    digest = await bot.desk.write(
        digests.make_now, guild_of(interaction), person_of(interaction), bot.now()
    )
    bot.outbox.wake()
    words = readers_words(interaction)
    channel = f"<#{digest.team.settings.digest_channel}>"
    await _answer(interaction, words.say("The digest is on its way to {channel}.", channel=channel))


@DIGEST.command(name="preview", description="See what the next digest will say, for you alone")
async def preview(interaction: Interaction) -> None:
    bot = interaction.client
    words = readers_words(interaction)
    shown = await bot.desk.read(digests.preview_digest, guild_of(interaction), bot.now())
    said = await with_ending(interaction, coming_said(shown.coming, bot.now(), words))
    if shown.digest.is_empty:
        said += " " + words.say("As things stand it has nothing to say and would not be posted.")
    embeds = digest_embeds(shown.digest, words)
    days = await bot.desk.read(digests.load_trend, shown.digest)
    if not days:
        await interaction.response.send_message(said, embeds=embeds, ephemeral=True)
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    picture = await bot.charts.draw(days, words)
    file = picture.file() if picture else discord.utils.MISSING
    await interaction.followup.send(said, embeds=embeds, file=file, ephemeral=True)


@DIGEST.command(name="pause", description="No digest until a day that you name (moderators)")
@app_commands.describe(until="The first day with a digest again, as year-month-day")
async def pause(interaction: Interaction, until: app_commands.Range[str, 10, 10]) -> None:
    bot = interaction.client
    again = day(until)
    if again is None:
        raise BadInput("Please name the first day with a digest again.")
    paused = await bot.desk.write(
        digests.pause, guild_of(interaction), person_of(interaction), again, bot.now()
    )
    bot.outbox.wake()
    await _answer(interaction, coming_said(paused, bot.now(), readers_words(interaction)))


@pause.autocomplete("until")
async def _days_ahead(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    bot = interaction.client
    coming = await bot.desk.read(digests.find_next, guild_of(interaction), bot.now())
    today = bot.now().astimezone(coming.team.settings.timezone).date()
    words = readers_words(interaction)
    return [
        app_commands.Choice(name=name, value=ahead.isoformat())
        for name, ahead in _suggested(today, words)
        if typed.strip().casefold() in name.casefold()
    ]


def _suggested(today: date, words: Words) -> list[tuple[str, date]]:
    """Days that a pause often ends on, with their names."""
    monday = today + timedelta(days=7 - today.weekday())
    ahead = {
        words.say("for one day"): today + timedelta(days=2),
        words.say("until Monday"): monday,
        words.say("for a week"): today + timedelta(days=7),
        words.say("for two weeks"): today + timedelta(days=14),
        words.say("for four weeks"): today + timedelta(days=28),
    }
    return [
        (f"{name} · {words.weekday(each.weekday())}, {each.isoformat()}", each)
        for name, each in ahead.items()
    ]


@DIGEST.command(name="resume", description="End a pause: digests come again (moderators)")
async def resume(interaction: Interaction) -> None:
    bot = interaction.client
    coming = await bot.desk.write(
        digests.resume, guild_of(interaction), person_of(interaction), bot.now()
    )
    await _answer(interaction, coming_said(coming, bot.now(), readers_words(interaction)))


async def _answer(interaction: Interaction, said: str) -> None:
    await interaction.response.send_message(await with_ending(interaction, said), ephemeral=True)


DIGEST.add_command(subscribe)
DIGEST.add_command(unsubscribe)


FEATURE = Feature(commands=(DIGEST,))
