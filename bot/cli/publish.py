"""corrobot publish: a team's settled claims as pages that any host can serve."""

import time
from pathlib import Path

import click

from bot.background.publishing import publish as publish_pages
from bot.cli.database import find_guild, open_for_reading
from bot.cli.options import config_option, guild_option
from bot.config.read import read_config
from workflows.desk import publication
from workflows.errors import BadInput


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@guild_option
@config_option
def publish(folder: Path | None, guild: int | None, config_file: Path) -> None:
    """Write a team's settled claims into FOLDER as static pages, feeds and data.

    Without FOLDER: into the one that [publish] names. Files that need no change are left alone.
    """
    config = read_config(config_file)
    target = folder or config.publish.folder
    if target is None:
        raise BadInput("Name the folder to publish into, here or as [publish] folder.")
    guild = find_guild(config, guild or config.publish.guild)
    began = time.perf_counter()
    with open_for_reading(config) as store:
        gathered = publication.gather_publication(store, guild)
    language = config.publish.language or gathered.team.settings.language
    written = publish_pages(gathered, config.publish.site, language, target)
    click.echo(
        f"{target}: {written.claims} claims, {written.written} files written,"
        f" {written.unchanged} unchanged, {written.withdrawn} withdrawn"
        f" ({written.size_bytes} bytes, {time.perf_counter() - began:.2f} s)"
    )
