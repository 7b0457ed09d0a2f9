"""corrobot intake: documents in, without Discord."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date, datetime
from pathlib import Path

import click

from bot.cli.database import find_guild, open_for_reading, open_for_writing
from bot.cli.options import DAY, config_option, guild_option
from bot.cli.sources import is_link, read_source
from bot.cli.status import show_status, tell_paragraphs
from bot.config.model import Config
from bot.config.read import read_config
from bot.i18n.escaping import plain
from bot.reading.engine import Engine, ReadClaims, open_engine, remember_at_desk
from bot.reading.extractor import Extractor
from bot.reading.reader import Reader, make_fetcher
from workflows.desk import intake as desk_intake
from workflows.desk.claim_desk import ClaimDesk
from workflows.documents.document import ReadDocument
from workflows.intake import Intake
from workflows.urls import normalize

BETWEEN_STEPS_S = 0.005
"""Seconds in which a running bot can write between two steps of a long document."""


@click.command()
@click.argument("source")
@guild_option
@click.option("--title", help="Its title; taken from the document itself by default.")
@click.option("--publisher", help="Who published it.")
@click.option("--published", type=DAY, metavar="YYYY-MM-DD", help="The day it was published.")
@click.option("--link", help="A link to it.")
@config_option
def intake(
    source: str,
    guild: int | None,
    title: str | None,
    publisher: str | None,
    published: datetime | None,
    link: str | None,
    config_file: Path,
) -> None:
    """Bring in a document: store its claims and have them posted as the team's rules say.

    SOURCE is a file (text, Markdown, a web page, PDF, Word, an e-mail or subtitles), an http(s)
    address, or - for standard input. Of a web page the main text is read; what it says of its
    title, publisher and date stands where no option says otherwise. A running bot starts posting
    within two seconds; without one, the next one does.
    """
    config = read_config(config_file)
    guild = find_guild(config, guild)
    given = published.date() if published else None
    read, found = asyncio.run(_read(source, given, config, guild))
    document = Intake(
        title=title or read.title,
        publisher=publisher or read.publisher,
        url=normalize(link) if link else read.url,
        published=given or read.published,
        language=found.reading.language,
        text=read.text,
        claims=found.claims,
        places=read.places,
        reviews=read.reviews,
        reading=found.reading,
    )
    now = config.now()
    with open_for_writing(config):
        pass  # tables and teams are there from here on
    with open_for_reading(config) as store:
        met = desk_intake.match_ahead(store, guild, document, now)
    with open_for_writing(config) as store:
        taken = desk_intake.add_document(store, guild, document, None, now, met)
    left = True
    while left:  # a step each, so that a bot that runs beside this can write in between
        with open_for_writing(config) as store:
            left = desk_intake.write_next(store, taken.document.id, now)
        time.sleep(BETWEEN_STEPS_S if left else 0)
    counts = f"{taken.posted} claims posted or to be posted, {taken.shelved} on the shelf."
    known = "The team has it already: " if taken.known else ""
    were = "claim was" if taken.shared == 1 else "claims were"
    shared = f" {taken.shared} {were} known already." if taken.shared else ""
    figures = f" {taken.revised} with another figure than before." if taken.revised else ""
    gone = f" {taken.gone} of the earlier version gone." if taken.gone else ""
    fallen = " The language model couldn't read it, so the built-in rules did."
    rules = fallen if found.reading.fell_back else ""
    click.echo(f"{plain(taken.document.title)}: {known}{counts}{shared}{figures}{gone}{rules}")


async def _read(
    source: str, published: date | None, config: Config, guild: int
) -> tuple[ReadDocument, ReadClaims]:
    doing = f"Fetching {source} …" if is_link(source) else f"Reading {source} …"
    with show_status(doing) as say:
        async with make_fetcher(config) as fetcher, Extractor() as extractor:
            read = await read_source(
                Reader(fetcher, extractor),
                source,
                lambda size: say(f"Fetched {size // 1000} KB; reading …"),
            )
            async with _open_engine(config, extractor) as engine:
                found = await engine.read_claims(
                    read.text,
                    published or read.published,
                    source,
                    tell_paragraphs(say, read.text, read.title),
                    read.places,
                    guild=guild,
                )
            return read, found


@asynccontextmanager
async def _open_engine(config: Config, extractor: Extractor) -> AsyncIterator[Engine]:
    """Open what finds the claims; a language model remembers in the database."""
    if config.engine is None:
        yield Engine(extractor)
        return
    with open_for_writing(config):
        pass  # tables and teams are there from here on
    with closing(ClaimDesk(config.database)) as desk:
        memory = remember_at_desk(config, desk, config.now)
        async with open_engine(config, extractor, memory) as engine:
            yield engine
