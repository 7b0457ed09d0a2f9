"""corrobot check: is everything there that a bot needs? Green, or a sentence each."""

import asyncio
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.cli.checks import Finding, Verdict, all_of, fine, wrong
from bot.cli.options import config_option
from bot.config import read_config, read_token
from workflows.errors import BadInput

_SIGNS = {Verdict.FINE: ("✓", "green"), Verdict.WRONG: ("✗", "red"), Verdict.NOTE: ("·", "yellow")}


@click.command()
@click.option("--offline", is_flag=True, help="Ask Discord nothing.")
@config_option
def check(*, offline: bool, config_file: Path) -> None:
    """Look whether everything is there that a bot needs, beside a running one or without one.

    The configuration, the token, the database, the disk, the language model; and in Discord the
    clock, the bot's place in each server, its permissions in each channel, and the roles. Ends with
    1 if anything is wrong.
    """
    sys.exit(asyncio.run(_check(config_file, offline=offline)))


async def _check(config_file: Path, *, offline: bool) -> int:
    console = Console(highlight=False, soft_wrap=True)
    troubles = 0

    def say(finding: Finding) -> None:
        nonlocal troubles
        troubles += finding.verdict is Verdict.WRONG
        sign, colour = _SIGNS[finding.verdict]
        console.print(Text(f"{sign} {finding.about}: ", style=colour) + Text(finding.said, ""))

    try:
        config = read_config(config_file)
    except BadInput as error:
        say(wrong("configuration", str(error)))
        return 1
    say(fine("configuration", f"{config_file} is understood."))
    token = None
    try:
        token = read_token()
    except BadInput as error:
        say(wrong("token", str(error)))
    async for finding in all_of(config, None if offline else token):
        say(finding)
    if not troubles:
        console.print(Text("Nothing is wrong.", style="bold green"))
    return 1 if troubles else 0
