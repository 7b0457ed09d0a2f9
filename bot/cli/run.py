"""corrobot run: serve the teams."""

import asyncio
import logging
import sys
from pathlib import Path

import click

from bot.cli.options import config_option
from bot.config.environment import read_token
from bot.config.read import read_config


@click.command()
@config_option
@click.option("--verbose", is_flag=True, help="Also log what the libraries do.")
def run(config_file: Path, *, verbose: bool) -> None:
    """Serve all teams until Ctrl-C or SIGTERM.

    The bot's token is read from the environment variable DISCORD_TOKEN.
    """
    from bot.app import serve  # noqa: PLC0415  # discord.py is loaded only to serve

    config = read_config(config_file)
    token = read_token()
    log_to_stderr(verbose=verbose)
    asyncio.run(serve(config, token))


class _LineFormatter(logging.Formatter):
    """A line for each record: nothing from outside begins another, or steers the terminal."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        return "".join(map(_show_control, super().formatMessage(record)))


def _show_control(mark: str) -> str:
    """Return a mark as it is, or by its code where it is none that is seen."""
    return mark if mark.isprintable() else ascii(mark)[1:-1]


def log_to_stderr(*, verbose: bool) -> None:
    """Our own lines, and the warnings of the libraries."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LineFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.DEBUG if verbose else logging.WARNING)
    for ours in ("bot", "workflows"):
        logging.getLogger(ours).setLevel(logging.DEBUG if verbose else logging.INFO)
    logging.getLogger("discord.shard").addFilter(_shorten)
    if verbose:  # discord.py and asyncio log request bodies and more at this level
        logging.getLogger("discord").setLevel(logging.INFO)


def _shorten(record: logging.LogRecord) -> bool:
    """A shard's lost connection is one line: discord.py adds a traceback to each attempt."""
    if record.exc_info:
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
        record.exc_info = None
    return True
