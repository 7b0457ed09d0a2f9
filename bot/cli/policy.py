"""corrobot policy: a team's rules tried on its own history."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.cli.database import find_guild, open_for_reading
from bot.cli.options import config_option, guild_option
from bot.config.read import read_config
from bot.i18n.translator import translator_for
from bot.rendering.simulations import simulation_lines
from workflows.desk import policies
from workflows.errors import BadInput


@click.group()
def policy() -> None:
    """The rules that turn a team's votes into verdicts."""


@policy.command()
@guild_option
@click.option(
    "--set",
    "rules",
    multiple=True,
    required=True,
    metavar="RULE=VALUE",
    help="A rule to try, such as quorum=2 or preset=newsroom; may be given several times.",
)
@config_option
def simulate(guild: int | None, rules: tuple[str, ...], config_file: Path) -> None:
    """Replay a team's real history under other rules: which verdicts would be different, and when.

    Nothing is changed. Claims whose votes are still hidden are left out.
    """
    config = read_config(config_file)
    guild = find_guild(config, guild)
    tried = [_rule(each) for each in rules]
    with (
        open_for_reading(config) as store,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        bar = progress.add_task("Replaying", total=None)
        simulated = policies.simulate_policy(
            store,
            guild,
            None,
            tried,
            config.now(),
            progress=lambda done, of: progress.update(bar, completed=done, total=of),
        )
    for line in simulation_lines(simulated, translator_for("en")):
        click.echo(line)


def _rule(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise BadInput(
            'Write a rule to try as name=value, such as quorum=2, not "{given}".', given=given
        )
    return name.strip(), value.strip()
