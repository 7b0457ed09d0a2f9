"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DAY = click.DateTime(formats=["%Y-%m-%d"])
Command = TypeVar("Command", bound=Callable[..., Any])


def config_option(command: Command) -> Command:
    """--config FILE, config.toml by default."""
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        default="config.toml",
        show_default=True,
        help="The configuration file.",
    )(command)


def guild_option(command: Command) -> Command:
    """--guild, which may be left out where there is one team."""
    return click.option(
        "--guild",
        type=click.IntRange(min=1),
        help="The Discord server's ID; not needed if there is only one team.",
    )(command)
