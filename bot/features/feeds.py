"""/feed: addresses that are read on a schedule, for moderators."""

import discord
from discord import app_commands

from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from workflows.desk import feeds
from workflows.errors import CorrobotError
from workflows.feeds import DAILY, Feed, FeedTarget, FeedTerms, split_words
from workflows.urls import normalize

TARGETS = {
    FeedTarget.DRAFTS: gettext_noop("drafts: moderators decide"),
    FeedTarget.POST: gettext_noop("post: the best claims of each day"),
}
_CHOICES = 25
_LABEL = 100
_SHOWN = 200
_MAX_LIST = 3800
"""Characters of the list; an embed's description takes 4,096."""

FEED = offer_in_servers_only(
    app_commands.Group(
        name="feed",
        description="Addresses whose new items are read on a schedule (moderators)",
        default_permissions=discord.Permissions(manage_messages=True),
    )
)


@FEED.command(name="add", description="Add a feed to read: RSS, Atom or JSON Feed")
@app_commands.describe(
    url="The feed's address",
    target="What to do with its items",
    per_day="How many claims to post a day at most; the rest are shelved",
    words="Only items with one of these words, separated by commas",
)
@app_commands.choices(
    target=[app_commands.Choice(name=label, value=each.value) for each, label in TARGETS.items()]
)
async def add(
    interaction: Interaction,
    url: app_commands.Range[str, 1, 512],
    target: str = FeedTarget.DRAFTS.value,
    per_day: app_commands.Range[int, 0, 100] = DAILY,
    words: app_commands.Range[str, 1, 300] = "",
) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    bot.reader.require_fetchable(normalize(url))
    kept = await bot.desk.write(
        feeds.add_feed,
        get_acting(interaction),
        url,
        FeedTerms(FeedTarget(target), per_day, split_words(words)),
    )
    said = tr.text(
        "Feed {number} will be read every quarter of an hour: {feed}. Check with `/feed"
        " list` whether it can be read.",
        number=kept.number,
        feed=_name(kept),
    )
    await interaction.response.send_message(said, ephemeral=True)


@FEED.command(name="list", description="Show the team's feeds and whether they can be read")
async def list_feeds(interaction: Interaction) -> None:
    tr = reader_translator(interaction)
    kept = await interaction.client.desk.read(
        feeds.list_feeds, get_guild(interaction), get_person(interaction)
    )
    if not kept:
        said = tr.text("There are no feeds. Add one with `/feed add`.")
        await interaction.response.send_message(said, ephemeral=True)
        return
    embed = discord.Embed(
        title=tr.text("Feeds"),
        description=cut("\n".join(_describe(feed, tr) for feed in kept), _MAX_LIST),
        colour=0x5B6472,
    )
    await interaction.response.send_message(embed=embed, ephemeral=True)


def _describe(feed: Feed, tr: Translator) -> str:
    if feed.paused:
        state = tr.text("paused")
    elif feed.failures:
        state = tr.text("cannot be read at the moment")
    elif feed.is_new:
        state = tr.text("not read yet")
    else:
        state = tr.text(TARGETS[feed.target])
    return f"**{feed.number}** · {_name(feed)} · {state}"


def _name(feed: Feed) -> str:
    return escape(feed.title or feed.url, _SHOWN)


@FEED.command(name="remove", description="Stop reading a feed; its claims stay")
@app_commands.describe(feed="The feed")
async def remove(interaction: Interaction, feed: int) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    gone = await bot.desk.write(
        feeds.remove_feed, get_guild(interaction), feed, bot.now(), get_person(interaction)
    )
    said = tr.text("Feed {number} is no longer read: {feed}", number=feed, feed=_name(gone))
    await interaction.response.send_message(said, ephemeral=True)


@FEED.command(name="pause", description="Pause a feed or resume a paused one")
@app_commands.describe(feed="The feed")
async def pause(interaction: Interaction, feed: int) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    kept = await bot.desk.write(
        feeds.pause_feed, get_guild(interaction), feed, get_person(interaction)
    )
    if kept.paused:
        said = tr.text("Feed {number} is paused: {feed}", number=feed, feed=_name(kept))
    else:
        said = tr.text("Feed {number} is read again: {feed}", number=feed, feed=_name(kept))
    await interaction.response.send_message(said, ephemeral=True)


@remove.autocomplete("feed")
@pause.autocomplete("feed")
async def complete_feed(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
    try:
        kept = await interaction.client.desk.read(
            feeds.list_feeds, get_guild(interaction), get_person(interaction)
        )
    except CorrobotError:  # a stranger, or a server without a team: the command itself says so
        return []
    return [
        app_commands.Choice(
            name=cut(f"{feed.number} · {plain(feed.title or feed.url)}", _LABEL), value=feed.number
        )
        for feed in kept
        if typed.casefold() in f"{feed.number} {feed.title} {feed.url}".casefold()
    ][:_CHOICES]


FEATURE = Feature(commands=(FEED,))
