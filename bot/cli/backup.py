"""corrobot backup and restore: a verified copy, and the way back."""

from pathlib import Path

import click

from bot.cli.options import config_option
from bot.config.read import read_config
from workflows.desk import backups


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@config_option
def backup(file: Path, config_file: Path) -> None:
    """Write a verified copy of the database, with or without a running bot.

    The copy is opened again and audited before it gets its name; only its owner may read it.
    """
    config = read_config(config_file)
    report = backups.back_up_database(config.database, file)
    click.echo(f"{file}: {report.claims} claims, {report.events} events, verified")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the existing database; it is set aside.")
@config_option
def restore(file: Path, *, force: bool, config_file: Path) -> None:
    """Put a copy in place of the database. Stop the bot first.

    Posts that the copy takes for unsent are looked for in their channels before they are sent, and
    every card it knows is drawn again at the next start.
    """
    config = read_config(config_file)
    done = backups.restore_database(file, config.database, config.now(), force=force)
    click.echo(f"Restored: {done.report.claims} claims, {done.report.events} events.")
    if done.aside:
        click.echo(f"The previous database was set aside as {done.aside}.")
    click.echo(
        f"At the next start {done.unsure.posts} posts are looked for before they are sent, and"
        f" {done.unsure.cards} cards are drawn again. Cards posted after the copy was made are"
        " unknown to it; their buttons say so, and they can be deleted by hand."
    )
