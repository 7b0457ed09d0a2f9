"""corrobot import: fact-checks made elsewhere, or before, from their ClaimReview."""

import asyncio
from pathlib import Path

import click

from bot.cli.database import find_guild, open_for_writing
from bot.cli.options import config_option, guild_option
from bot.config.model import Config
from bot.config.read import read_config
from bot.fetch.fetcher import Fetcher
from workflows.desk import fact_checks
from workflows.documents.claim_reviews import FoundReviews, read_claim_reviews
from workflows.errors import BadInput
from workflows.urls import normalize

MAX_FEED = 100_000_000
"""Bytes of a data feed; the largest known has half as many."""
_ACCEPT = "application/ld+json,application/json;q=0.9,text/html;q=0.8,*/*;q=0.5"


@click.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@guild_option
@config_option
def import_reviews(sources: tuple[str, ...], guild: int | None, config_file: Path) -> None:
    """Import fact-checks as ClaimReview from each SOURCE: a page, a JSON-LD file or a data feed.

    Files and http(s) addresses are read. Claims like a known fact-check are offered it as evidence;
    a person decides what it shows, and nothing is voted by it.
    """
    config = read_config(config_file)
    guild = find_guild(config, guild)
    for source in sources:
        found = _read(config, source)
        with open_for_writing(config) as store:
            kept = fact_checks.import_fact_checks(store, guild, found.checks, config.now())
        left_out = f", {found.left_out} left out (no claim or link)" if found.left_out else ""
        click.echo(f"{source}: {kept.new} new, {kept.known} known already{left_out}")


def _read(config: Config, source: str) -> FoundReviews:
    """Return the reviews in a file or at an address. Raises BadInput, Unavailable."""
    if source.startswith(("http://", "https://")):
        return read_claim_reviews(asyncio.run(_fetch(config, source)), source)
    try:
        return read_claim_reviews(Path(source).read_bytes(), source)
    except OSError as error:
        raise BadInput(
            "{name} cannot be read: {reason}.", name=source, reason=error.strerror or str(error)
        ) from error


async def _fetch(config: Config, address: str) -> bytes:
    async with Fetcher(contact=config.contact, allow_loopback=config.allow_loopback) as fetcher:
        fetched = await fetcher.fetch(
            normalize(address), obey_robots=True, accept=_ACCEPT, most=MAX_FEED
        )
    return fetched.content if fetched else b""
