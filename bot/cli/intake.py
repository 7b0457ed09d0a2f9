"""corrobot intake: documents in, without Discord."""

import asyncio
import sys
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.options import (
    DAY,
    config_option,
    guild_option,
    open_for_reading,
    open_for_writing,
    require_team,
)
from bot.config import read_config
from bot.extractor import Extractor
from workflows.claims import FoundClaim
from workflows.desk import intake as desk_intake
from workflows.documents import language, reading
from workflows.errors import BadInput
from workflows.intake import Intake
from workflows.urls import normalize


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
    read = reading.read_document(_content(file), str(file))
    link = normalize(link) if link else read.url
    day = published.date() if published else read.published
    require_team(config, guild)
    claims = asyncio.run(_find_claims(read.text, day, str(file)))
    document = Intake(
        title=title or read.title,
        publisher=publisher or read.publisher,
        url=link,
        published=day,
        language=language.READ,
        text=read.text,
        claims=claims,
    )
    now = config.now()
    with open_for_writing(config):
        pass  # tables and teams are there from here on
    with open_for_reading(config) as store:
        met = desk_intake.match_ahead(store, guild, document, now)
    with open_for_writing(config) as store:
        taken = desk_intake.add_document(store, guild, document, None, now, met)
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


async def _find_claims(text: str, published: date | None, name: str) -> tuple[FoundClaim, ...]:
    async with Extractor() as extractor:
        return await extractor.extract_claims(text, published, name)
