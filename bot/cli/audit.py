"""corrobot audit: does history add up to what is stored?"""

import sys
from pathlib import Path

import click

from bot.cli.database import find_guild, open_for_reading
from bot.cli.options import config_option, guild_option
from bot.config.model import Config
from bot.config.read import read_config
from bot.i18n.escaping import plain
from bot.i18n.translator import translator_for
from bot.rendering.history import history_text
from workflows.desk import audit as audits
from workflows.desk import claim_views
from workflows.errors import BadInput
from workflows.store.event_mark import EventMark


@click.command()
@guild_option
@click.option("--all", "every", is_flag=True, help="Every team.")
@click.option(
    "--claim", type=click.IntRange(min=1), help="One claim's full history, by its number."
)
@click.option("--acknowledge", is_flag=True, help="Lost events were looked into: stop naming them.")
@config_option
def audit(
    guild: int | None,
    claim: int | None,
    *,
    every: bool,
    acknowledge: bool,
    config_file: Path,
) -> None:
    """Replay the history of teams and compare it with what is stored.

    With --claim, tell the whole story of one claim: who, what, when, why, by which rules.
    Ends with code 1 on any difference. Safe beside a running bot: it only reads.
    """
    if every and (guild is not None or claim is not None):
        raise BadInput("Say which team to audit with --guild ID, or --all.")
    config = read_config(config_file)
    if acknowledge:
        lost = EventMark(config.database).read_lost()
        EventMark(config.database).acknowledge()
        click.echo(f"{lost} lost events are no longer named.")
        return
    if every:
        kept = EventMark(config.database)
        mark, lost = kept.read(), kept.read_lost()  # before the store, which may go on meanwhile
        with open_for_reading(config) as store:
            report = audits.replay_all(store, mark, lost)
    else:
        guild = find_guild(config, guild)
        if claim is not None:
            _tell(config, guild, claim)
            return
        with open_for_reading(config) as store:
            report = audits.replay_team(store, claim_views.get_team(store, guild).id)
    for difference in report.differences:
        click.echo(difference)
    click.echo(
        f"{report.claims} claims, {report.events} events, {len(report.differences)} differences"
    )
    if report.differences:
        sys.exit(1)


def _tell(config: Config, guild: int, number: int) -> None:
    tr = translator_for("en")
    with open_for_reading(config) as store:
        told = audits.audit_claim(store, guild, number, None)
    click.echo(f"#{number} {plain(told.claim.words)}")
    for line in history_text(told, tr):
        click.echo(line)
    if told.differences:
        sys.exit(1)
