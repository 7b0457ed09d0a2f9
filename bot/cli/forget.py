"""corrobot forget: for requests that come by mail."""

from pathlib import Path

import click

from bot.cli.database import find_guild, open_for_reading, open_for_writing
from bot.cli.options import config_option, guild_option
from bot.config.read import read_config
from workflows.desk import privacy
from workflows.errors import NotFound


@click.command()
@guild_option
@click.option("--user", type=click.IntRange(min=1), required=True, help="The person's Discord ID.")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation.")
@config_option
def forget(guild: int | None, user: int, *, yes: bool, config_file: Path) -> None:
    """Remove someone's identity from a team, as /forget-me does; for requests that arrive by mail.

    Their account and every text they wrote go, and their votes on claims that are not settled are
    taken back. It cannot be undone. Safe beside a running bot, which then mends its cards.
    """
    config = read_config(config_file)
    guild = find_guild(config, guild)
    with open_for_reading(config) as store:
        about = privacy.count_stored(store, guild, user)
    if about is None:
        raise NotFound("Nothing is stored about {user} in this server.", user=str(user))
    click.echo(
        f"Stored about {user}: votes: {about.votes}; links: {about.links};"
        f" reasons and notes: {about.texts}; messages brought in: {about.messages}."
    )
    if not yes:
        click.confirm("Forget them? This can't be undone.", abort=True)
    with open_for_writing(config) as store:
        done = privacy.forget_member(store, guild, user, config.now())
    click.echo(
        f"Forgotten. Votes taken back: {done.votes}; reasons and notes removed: {done.texts}."
    )
    if config.retention.backups:
        days = config.retention.backups.days
        click.echo(f"Backups still contain them for up to {days} days.")
    click.echo("Copies made with `corrobot backup` are yours to delete.")
