"""corrobot feed: addresses that are read on a schedule, without Discord."""

import asyncio
from pathlib import Path

import click

from bot.background.feeds import FeedPoller
from bot.cli.database import find_guild, open_for_reading, open_for_writing
from bot.cli.options import config_option, guild_option
from bot.config.model import Config
from bot.config.read import read_config
from bot.i18n.escaping import plain
from bot.reading.engine import open_engine, remember_at_desk
from bot.reading.extractor import Extractor
from bot.reading.reader import make_fetcher
from workflows.desk import feeds
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.feed_files import parse_feed
from workflows.feeds import DAILY, Feed, FeedTarget, FeedTerms, split_words
from workflows.urls import normalize


@click.group()
def feed() -> None:
    """Feeds whose new items are read on a schedule."""


@feed.command()
@click.argument("url")
@guild_option
@click.option(
    "--per-day",
    type=click.IntRange(min=0),
    default=DAILY,
    show_default=True,
    help="How many claims to post a day; the rest are shelved.",
)
@click.option(
    "--words", default="", help="Only items with one of these words, separated by commas."
)
@config_option
def add(url: str, guild: int | None, per_day: int, words: str, config_file: Path) -> None:
    """Add the feed at URL: RSS, Atom or JSON Feed."""
    config = read_config(config_file)
    guild, url = find_guild(config, guild), normalize(url)
    title = asyncio.run(_try(config, url))
    with open_for_writing(config) as store:
        terms = FeedTerms(FeedTarget.POST, per_day, split_words(words))
        kept = feeds.add_feed_by_host(store, guild, url, terms, config.now())
    click.echo(f"Feed {kept.number} was added: {plain(title or url)}")


async def _try(config: Config, url: str) -> str:
    """Return a feed's title, once it is known to be one. Raises BadInput, Unavailable."""
    async with make_fetcher(config) as fetcher:
        fetched = await fetcher.fetch(url, obey_robots=True)
    return parse_feed(fetched.content, url).title if fetched else ""


@feed.command("list")
@guild_option
@config_option
def list_feeds(guild: int | None, config_file: Path) -> None:
    """List the feeds, one a line."""
    config = read_config(config_file)
    guild = find_guild(config, guild)
    with open_for_reading(config) as store:
        kept = feeds.list_feeds(store, guild)
    for each in kept:
        click.echo(_describe(each))
    if not kept:
        click.echo("There are no feeds.")


def _describe(feed: Feed) -> str:
    state = "paused" if feed.paused else "failing" if feed.failures else "on"
    return f"{feed.number}\t{state}\t{feed.target}\t{plain(feed.title or feed.url)}\t{feed.url}"


@feed.command()
@click.argument("number", type=click.IntRange(min=1))
@guild_option
@config_option
def remove(number: int, guild: int | None, config_file: Path) -> None:
    """Stop reading the feed with this NUMBER. Its documents and claims stay."""
    config = read_config(config_file)
    guild = find_guild(config, guild)
    with open_for_writing(config) as store:
        gone = feeds.remove_feed(store, guild, number, config.now())
    click.echo(f"Feed {gone.number} is no longer read: {plain(gone.title or gone.url)}")


@feed.command()
@click.argument("number", type=click.IntRange(min=1))
@guild_option
@config_option
def pause(number: int, guild: int | None, config_file: Path) -> None:
    """Pause the feed with this NUMBER, or resume a paused one."""
    config = read_config(config_file)
    guild = find_guild(config, guild)
    with open_for_writing(config) as store:
        kept = feeds.pause_feed(store, guild, number)
    click.echo(f"Feed {number} is {'paused' if kept.paused else 'read again'}.")


@feed.command()
@config_option
def poll(config_file: Path) -> None:
    """Read all that is due now, of every team, and exit. A running bot does this by itself."""
    config = read_config(config_file)
    with open_for_writing(config):
        pass  # tables and teams are there from here on
    read = asyncio.run(_poll(config))
    click.echo(f"{read} {'item was' if read == 1 else 'items were'} read.")


async def _poll(config: Config) -> int:
    desk = ClaimDesk(config.database)
    try:
        async with (
            make_fetcher(config) as fetcher,
            Extractor() as extractor,
        ):
            memory = remember_at_desk(config, desk, config.now)
            async with open_engine(config, extractor, memory) as engine:
                poller = FeedPoller(desk, fetcher, extractor, config.now, engine=engine)
                return await poller.poll_due()
    finally:
        desk.close()
