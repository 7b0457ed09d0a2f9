"""corrobot intake and digest: documents in, the day's summary out, without Discord."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.options import (
    DAY,
    config_option,
    guild_option,
    open_for_reading,
    open_for_writing,
)
from bot.clock import utc_now
from bot.config import Config, read_config
from bot.extractor import Extractor
from bot.language.words import Words, words_for
from bot.rendering.charts import Charts, Picture
from bot.rendering.digest_formats import digest_html, digest_markdown, digest_text
from workflows import documents, languages
from workflows.claims import FoundClaim
from workflows.desk import digests, taking_in
from workflows.digest import Digest
from workflows.digest_course import DayCount
from workflows.errors import BadInput, NotFound
from workflows.intake import Intake
from workflows.links import normalised
from workflows.store.claim_store import ClaimStore
from workflows.store.digests import RunResult


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@guild_option
@click.option("--title", help="Its title; without one, what it says itself.")
@click.option("--publisher", help="Who published it.")
@click.option("--published", type=DAY, metavar="YYYY-MM-DD", help="When it was published.")
@click.option("--link", help="Where it can be read.")
@config_option
def intake(
    file: Path,
    guild: int,
    title: str | None,
    publisher: str | None,
    published: datetime | None,
    link: str | None,
    config_file: Path,
) -> None:
    """Take in a document: keep its claims and have them posted by the team's rule.

    FILE is plain text, Markdown or a web page, of which the main text is read; what a page says of
    its title, publisher and date stands where no option says otherwise. A running bot starts
    posting within two seconds; without one, the next one does.
    """
    config = read_config(config_file)
    read = documents.read(_content(file), str(file))
    link = normalised(link) if link else read.url
    day = published.date() if published else read.published
    _require_team(config, guild)
    claims = asyncio.run(_found(read.text, day, str(file)))
    document = Intake(
        title=title or read.title,
        publisher=publisher or read.publisher,
        url=link,
        published=day,
        language=languages.READ,
        text=read.text,
        claims=claims,
    )
    now = utc_now()
    with open_for_writing(config):
        pass  # tables and teams are there from here on
    with open_for_reading(config) as store:
        met = taking_in.met_ahead(store, guild, document, now)
    with open_for_writing(config) as store:
        taken = taking_in.take_in(store, guild, document, None, now, met)
    counts = f"{taken.posted} claims posted or to be posted, {taken.shelved} on the shelf."
    known = "The team has it already: " if taken.known else ""
    were = "claim was" if taken.shared == 1 else "claims were"
    shared = f" {taken.shared} {were} known already." if taken.shared else ""
    click.echo(f"{taken.document.title}: {known}{counts}{shared}")


def _content(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BadInput(
            "{name} cannot be read: {reason}.", name=file, reason=error.strerror
        ) from None


def _require_team(config: Config, guild: int) -> None:
    """Refuse a wrong server before the work, not after it. Raises NotFound."""
    if config.settings_of(guild) is None and not _is_kept(config, guild):
        raise NotFound(
            "There is no [[team]] with guild = {guild} in the configuration.", guild=str(guild)
        )


def _is_kept(config: Config, guild: int) -> bool:
    """Whether the database has a team of this server though the configuration names none."""
    if not config.database.exists():
        return False
    with open_for_reading(config) as store:
        return store.teams.of_guild(guild) is not None


async def _found(text: str, published: date | None, name: str) -> tuple[FoundClaim, ...]:
    async with Extractor() as extractor:
        return await extractor.claims(text, published, name)


_RESULTS = {
    (RunResult.POSTED, False): "The digest of {day} is on its way; a running bot posts it.",
    (RunResult.POSTED, True): "The digest of {day} was made already; nothing was posted again.",
    (RunResult.EMPTY, False): "The digest of {day} has nothing to say and is not posted.",
    (RunResult.EMPTY, True): "The digest of {day} had nothing to say and was not posted.",
}


@click.command()
@guild_option
@click.option(
    "--date", "day", type=DAY, metavar="YYYY-MM-DD", help="The local day; today's without it."
)
@click.option("--preview", is_flag=True, help="Print it only; post nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="html is one page with its picture in it, to be mailed or published.",
)
@config_option
def digest(
    guild: int, day: datetime | None, *, preview: bool, form: str, config_file: Path
) -> None:
    """Print the digest of a team's open claims; without --preview, have it posted too, once.

    What became of it is said on standard error where the digest is Markdown or HTML.
    """
    config = read_config(config_file)
    if preview:
        with open_for_reading(config) as store:
            shown = digests.preview(store, guild, utc_now(), day.date() if day else None)
            _print(store, shown.digest, form)
        return
    _require_team(config, guild)
    with open_for_writing(config) as store:
        made = digests.queue_for(store, guild, day.date() if day else None, utc_now())
    with open_for_reading(config) as store:
        _print(store, made.digest, form)
    click.echo(_RESULTS[made.result, made.known].format(day=made.local_date), err=form != "text")


async def _picture(days: Sequence[DayCount], words: Words) -> Picture | None:
    async with Charts() as charts:
        return await charts.draw(days, words)


def _print(store: ClaimStore, digest: Digest, form: str) -> None:
    words = words_for(digest.team.settings.language)
    match form:
        case "html":
            days = digests.course(store, digest)
            click.echo(digest_html(digest, words, asyncio.run(_picture(days, words))))
        case "markdown":
            click.echo(digest_markdown(digest, words))
        case _:
            click.echo(digest_text(digest, words))
