"""corrobot unsubscribe: end the digest that a mail came with, for whatever takes such requests."""

import sys
from pathlib import Path

import click

from bot.cli.database import open_for_writing
from bot.cli.options import config_option
from bot.config.read import read_config
from workflows.desk import mail
from workflows.errors import BadInput
from workflows.mail import find_token

MOST = 100_000
"""Characters of a mail that are looked through."""


@click.command()
@click.argument("token")
@config_option
def unsubscribe(token: str, config_file: Path) -> None:
    """End the mailed digest with this TOKEN; "-" finds it in a mail on standard input.

    For the address that [mail] unsubscribe_url names, or for a mailbox that takes such mails.
    """
    if token == "-":  # noqa: S105  # standard input
        found = find_token(sys.stdin.read(MOST))
        if found is None:
            raise BadInput("There is no token in this mail.")
        token = found
    with open_for_writing(read_config(config_file)) as store:
        mail.unsubscribe_by_token(store, token)
    click.echo("Unsubscribed.")
