"""/digest subscribe and unsubscribe: a digest of one's own, by direct message."""

import re
from datetime import time
from itertools import chain
from typing import Self

import discord
from discord import app_commands

from bot.i18n.time_zones import find_zones, guess_zone, parse_zone
from bot.i18n.translator import Translator
from bot.rendering.next_digest import write_days, write_moment
from bot.ui.buttons import KeyButton
from bot.ui.context import Interaction, get_acting, get_guild, reader_translator
from bot.ui.feature import Feature
from workflows.desk import subscriptions
from workflows.errors import BadInput, Refused
from workflows.teams import EVERY_DAY

CHOICES = 25
"""Suggestions that Discord takes."""
DAYS = (
    EVERY_DAY,
    frozenset(range(5)),
    frozenset({0, 2, 4}),
    frozenset({5, 6}),
    *(frozenset({day}) for day in range(7)),
)
"""The days that are offered for a digest of one's own."""


@app_commands.command(name="subscribe", description="Get your own digest by direct message")
@app_commands.describe(
    hour="The time to send it, such as 08:00",
    zone="Your time zone: type a city; the team's if left empty",
    days="Days to send it on; every day if left empty",
)
async def subscribe(
    interaction: Interaction,
    hour: app_commands.Range[str, 1, 10],
    zone: app_commands.Range[str, 1, 60] | None = None,
    days: app_commands.Range[str, 1, 60] | None = None,
) -> None:
    bot = interaction.client
    tr = reader_translator(interaction)
    at, where = _parse_hour(hour), parse_zone(zone) if zone else None
    chosen = _read_days(days, tr) if days else EVERY_DAY
    channel = await _open_direct(interaction)
    made = await bot.desk.write(
        subscriptions.subscribe,
        get_acting(interaction),
        channel,
        at,
        where,
        days=chosen,
        language=tr.language,
    )
    first = write_moment(made.due_at.astimezone(made.subscription.timezone), bot.now(), tr)
    said = tr.text(
        "Your own digest will arrive by direct message, {days}. The first one: {when}. It"
        " lists what is waiting for your vote and what was decided where you voted. If"
        " there is nothing to report, none is sent.",
        days=write_days(chosen, tr),
        when=first,
    )
    await interaction.response.send_message(said, ephemeral=True)


async def _open_direct(interaction: Interaction) -> int:
    """Return the direct channel to this person. Raises Refused where Discord gives none."""
    try:
        channel = await interaction.user.create_dm()
    except discord.Forbidden:
        raise Refused(
            "I can't send you direct messages. Allow them from this server, then try again."
        ) from None
    return channel.id


@subscribe.autocomplete("hour")
async def _complete_hours(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    del interaction
    usual = chain(range(6, 24), range(6))
    hours = [f"{hour:02}:{minute:02}" for hour in usual for minute in (0, 30)]
    sought = typed.strip()
    fitting = [hour for hour in hours if sought in hour]
    return [app_commands.Choice(name=hour, value=hour) for hour in fitting[:CHOICES]]


@subscribe.autocomplete("zone")
async def _complete_zones(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    first = guess_zone(str(interaction.locale))
    found = find_zones(typed, first, interaction.client.now(), CHOICES)
    return [app_commands.Choice(name=name, value=value) for name, value in found]


@subscribe.autocomplete("days")
async def _parse_days(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    tr = reader_translator(interaction)
    names = [write_days(days, tr) for days in DAYS]
    sought = typed.strip().casefold()
    return [
        app_commands.Choice(name=name, value=name) for name in names if sought in name.casefold()
    ]


def _parse_hour(text: str) -> time:
    """Return the time of day that "8", "8:30" or "08:30" writes. Raises BadInput."""
    match = re.fullmatch(r"\s*(\d{1,2})(?::(\d\d))?\s*", text)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:  # noqa: PLR2004  # a clock's
        raise BadInput('"{text}" isn\'t a time of day. Write it like 08:00.', text=text)
    return time(int(match[1]), int(match[2] or 0))


def _read_days(text: str, tr: Translator) -> frozenset[int]:
    """Return the days that somebody chose or typed by their names. Raises BadInput."""
    sought = text.strip().casefold()
    for days in DAYS:
        if write_days(days, tr).casefold() == sought:
            return days
    named = {
        day
        for day in range(7)
        for word in re.findall(r"\w+", sought)
        if len(word) > 1 and tr.weekday(day).casefold().startswith(word)
    }
    if not named:
        raise BadInput('"{text}" isn\'t a day of the week. Pick one from the list.', text=text)
    return frozenset(named)


@app_commands.command(name="unsubscribe", description="Stop your own digests")
async def unsubscribe(interaction: Interaction) -> None:
    bot = interaction.client
    await bot.desk.write(subscriptions.unsubscribe, get_guild(interaction), interaction.user.id)
    said = reader_translator(interaction).text("You no longer get digests.")
    await interaction.response.send_message(said, ephemeral=True)


class UnsubscribeButton(KeyButton, template=r"^unsubscribe:(?P<key>\d{1,20})$"):
    """Its id carries the server; whose digest it is, Discord says with the click."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Unsubscribe"), custom_id=f"unsubscribe:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        bot = interaction.client
        await bot.desk.write(subscriptions.unsubscribe, int(self.key), interaction.user.id)
        tr = reader_translator(interaction)
        await interaction.response.edit_message(view=None)
        await interaction.followup.send(
            tr.text("You no longer get digests. Use `/digest subscribe` to get them again."),
            ephemeral=True,
        )

    @classmethod
    def from_match(cls, match: re.Match[str], tr: Translator) -> Self:
        return cls(match["key"], tr)


async def add_ending_notice(interaction: Interaction, text: str) -> str:
    """Return the text, with a line about the reader's own digest where Discord closed its way."""
    guild = interaction.guild_id
    if guild is None or not await interaction.client.desk.write(
        subscriptions.take_ended_of, guild, interaction.user.id
    ):
        return text
    return text + ending_line(reader_translator(interaction))


def ending_line(tr: Translator) -> str:
    return "\n-# " + tr.text(
        "Your own digest has ended because I couldn't send you direct messages. Allow them"
        " from this server, then subscribe again with `/digest subscribe`."
    )


FEATURE = Feature(items=(UnsubscribeButton,))
