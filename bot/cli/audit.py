"""corrobot audit: does history add up to what is stored?"""

import sys
from pathlib import Path

import click

from bot.cli.options import config_option, open_for_reading
from bot.config import read_config
from workflows.desk import audit as audits
from workflows.desk import sheets
from workflows.errors import BadInput


@click.command()
@click.option("--guild", type=click.IntRange(min=1), help="One team only, by its server's id.")
@click.option("--all", "every", is_flag=True, help="Every team.")
@config_option
def audit(guild: int | None, *, every: bool, config_file: Path) -> None:
    """Replay teams from their history and compare with what is stored.

    Ends with code 1 on any difference. Safe beside a running bot: it only reads.
    """
    if every == (guild is not None):
        raise BadInput("Say which team to audit with --guild ID, or --all.")
    config = read_config(config_file)
    with open_for_reading(config) as store:
        if guild is None:
            report = audits.replay_all(store)
        else:
            report = audits.replay_team(store, sheets.team_of(store, guild).id)
    for difference in report.differences:
        click.echo(difference)
    click.echo(
        f"{report.claims} claims, {report.events} events, {len(report.differences)} differences"
    )
    if report.differences:
        sys.exit(1)
